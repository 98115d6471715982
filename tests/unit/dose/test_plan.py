"""From a history to a session: the public functions, in the order of instants, the same every time."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.clinic import at, bank, evening, intake, morning, no_to_all

from ischia.check_in import CheckIn, Comparison, NerveWatch
from ischia.dose import History, NoSession, RestDay, default_library, default_protocol, outlook, plan_session
from ischia.dose.explain import change_sentence, explain_date, in_full, sentence, words
from ischia.dose.orders import Freeze
from ischia.dose.plan import fold, plan_id_of, replay
from ischia.screening import Clearance, screen
from ischia.session import (
    Decision,
    Effort,
    Fact,
    Feedback,
    MeasuredBy,
    SessionPlan,
    SessionRecord,
    SetRecord,
    Stop,
    StopReason,
)
from ischia.session.decision import Change
from ischia.session.rules import Rule
from ischia.session.serialise import from_plain, to_plain

RULES, LIBRARY = default_protocol(), default_library()


def plan(history: History, day: int) -> SessionPlan | NoSession:
    return plan_session(history, at(day)[:10], RULES, LIBRARY)


def trained(history: History, found: SessionPlan, day: int, pain: int | None = 1) -> History:
    sets = tuple(
        SetRecord(
            f"{day}{one.exercise_id}{side.side}",
            one.exercise_id,
            side.side,
            1,
            side.dose,
            side.dose.repetitions * side.dose.sets,
            (),
            MeasuredBy.TIMER,
            at(day, 11.25),
            at(day, 11.25),
        )
        for one in found.exercises
        for side in one.doses
    )
    felt = tuple(
        Feedback(f"{day}{one.exercise_id}", one.exercise_id, Effort.RIGHT, pain, at(day, 11.5))
        for one in found.exercises
    )
    record = SessionRecord(found.id, at(day, 11.2), sets, feedback=felt)
    return replace(
        history,
        plans=(*history.plans, found),
        records=(*history.records, record),
        check_ins=(*history.check_ins, evening(day)),
    )


def lived(days: int, pain: int | None = 1) -> History:
    history = History(intake())
    for day in range(1, days + 1):
        history = replace(history, check_ins=(*history.check_ins, morning(day)))
        found = plan(history, day)
        if isinstance(found, SessionPlan):
            history = trained(history, found, day, pain)
    return history


def test_without_todays_check_in_there_is_no_session_but_a_reason() -> None:
    for history in (History(intake()), lived(1), History(intake(), (morning(1), evening(1)))):
        found = plan(history, 2)
        assert isinstance(found, NoSession)
        assert [one.rule for one in found.decisions] == [Rule.NO_CHECK_IN]
    assert isinstance(plan(replace(lived(1), plans=()), 1), NoSession)


def test_a_refusal_says_for_which_date_and_by_which_protocol() -> None:
    missing = Decision(
        Rule.NO_CHECK_IN,
        "stop",
        None,
        (),
        ("consensus_to_sign_off",),
        Change("check_in", "= done", "go_on"),
    )
    assert plan(History(intake()), 1) == NoSession(at(1)[:10], (missing,), RULES.stamp)
    shut = morning(1, answers=no_to_all(foot_drop=True))
    decisions = screen(bank(), intake(), [shut]).decisions
    assert plan(History(intake(), (shut,)), 1) == NoSession(at(1)[:10], decisions, RULES.stamp)
    resting = History(intake(), (morning(1),), rest_days=(RestDay("r", at(1)[:10], at(1, 5)),))
    chosen = Decision(Rule.REST_CHOSEN, "rest", None, (), ("consensus_to_sign_off",))
    assert plan(resting, 1) == NoSession(at(1)[:10], (chosen,), RULES.stamp)


def test_the_same_check_in_always_gives_the_same_plan() -> None:
    history = History(intake(), (morning(1),))
    first = plan(history, 1)
    assert first == plan(history, 1)
    assert isinstance(first, SessionPlan)
    assert first.id == plan_id_of(morning(1), at(1)[:10])
    assert first.id != plan_id_of(replace(morning(1), id="other"), at(1)[:10])
    assert first.protocol == RULES.stamp


def test_a_stored_plan_is_returned_as_it_was() -> None:
    history = History(intake(), (morning(1),))
    found = plan(history, 1)
    assert isinstance(found, SessionPlan)
    stored = replace(found, duration_s=1.0)
    assert plan(replace(history, plans=(stored,)), 1) == stored


def test_a_shut_gate_gives_its_own_decisions() -> None:
    found = plan(History(intake(), (morning(1, answers=no_to_all(foot_drop=True)),)), 1)
    assert isinstance(found, NoSession)
    assert [one.rule for one in found.decisions] == [Rule.SAME_DAY]


def test_a_replay_decides_the_same_every_day() -> None:
    history = lived(9)
    again = replay(history, RULES, LIBRARY, bank())
    assert [again[one.for_date] for one in history.plans] == list(history.plans)
    rest = next(one for one in again.values() if isinstance(one, NoSession))
    assert rest.decisions[0].rule is Rule.REST_DUE


def test_lists_in_another_order_give_the_same_plan() -> None:
    history = replace(lived(4), check_ins=(*lived(4).check_ins, morning(5)))
    turned = replace(history, records=history.records[::-1], plans=history.plans[::-1])
    assert plan(turned, 5) == plan(history, 5)


def test_a_plan_goes_to_plain_data_and_back() -> None:
    for found in (*lived(5).plans, plan(History(intake()), 1)):
        assert from_plain(type(found), to_plain(found)) == found


def test_a_history_goes_to_plain_data_and_back() -> None:
    history = lived(2)
    assert to_plain(from_plain(History, {**to_plain(history), "orders": []})) == to_plain(history)


def test_orders_clearances_and_rest_days_are_taken_in() -> None:
    base = replace(lived(3), check_ins=(*lived(3).check_ins, morning(4)))
    frozen = plan(replace(base, orders=(Freeze("o", at(3, 20), "Dr A"),)), 4)
    assert {one.decision.rule for one in frozen.exercises} == {Rule.KEEP_FROZEN}  # type: ignore[union-attr]
    resting = plan(replace(base, rest_days=(RestDay("r", at(4)[:10], at(4, 5)),)), 4)
    assert resting.decisions[0].rule is Rule.REST_CHOSEN
    shut = History(intake(), (morning(1, answers=no_to_all(foot_drop=True)), morning(2)))
    assert isinstance(plan(shut, 2), NoSession)
    cleared = (Clearance("c", at(1, 18), "Dr A", ("foot_drop",)),)
    assert isinstance(plan(replace(shut, clearances=cleared), 2), SessionPlan)


def test_a_stop_in_a_record_reaches_the_gate() -> None:
    history = lived(1)
    stop = Stop("s", None, StopReason.HURTS_MORE, None, True, at(1, 11.6))
    history = replace(
        history,
        records=(replace(history.records[0], stops=(stop,)),),
        check_ins=(*history.check_ins, morning(2)),
    )
    assert isinstance(plan(history, 2), NoSession)


def test_a_record_whose_plan_is_not_known_is_left_aside_but_its_stops_are_not() -> None:
    stop = Stop("s", None, StopReason.HURTS_MORE, None, True, at(1, 11.6))
    lost = SessionRecord("lost", at(1), stops=(stop,))
    assert isinstance(
        plan(History(intake(), (morning(2),), records=(replace(lost, stops=()),)), 2), SessionPlan
    )
    assert isinstance(plan(History(intake(), (morning(2),), records=(lost,)), 2), NoSession)


def test_the_outlook_assumes_a_morning_like_the_last() -> None:
    found = outlook(lived(3), at(4)[:10], RULES, LIBRARY).plan
    assert isinstance(found, SessionPlan)
    assert found.for_date == at(4)[:10]
    assert [one.decision.rule for one in found.exercises].count(Rule.RAISE_HOLD) == 1
    worse = replace(morning(3), morning=Comparison.WORSE, answers={})
    history = replace(lived(2), check_ins=(*lived(2).check_ins, worse))
    better = outlook(history, at(4)[:10], RULES, LIBRARY).plan
    assert isinstance(better, SessionPlan)
    assert Rule.BAD_DAY not in [one.rule for one in better.decisions]
    history = replace(lived(2), check_ins=(*lived(2).check_ins, unfinished(morning(3))))
    assert isinstance(outlook(history, at(4)[:10], RULES, LIBRARY).plan, SessionPlan)


def test_the_outlook_before_any_check_in_says_why_there_is_none() -> None:
    assert isinstance(outlook(History(intake()), at(1)[:10], RULES, LIBRARY).plan, NoSession)


def test_a_history_until_a_date_holds_nothing_later() -> None:
    def told_on(day: int) -> dict[str, Any]:
        return {
            "rest_days": (RestDay(f"r{day}", at(day)[:10], at(day)),),
            "orders": (Freeze(f"o{day}", at(day), "Dr A"),),
            "clearances": (Clearance(f"c{day}", at(day), "Dr A", ("foot_drop",)),),
            "nerve_watches": (NerveWatch(f"n{day}", at(day)),),
        }

    both = {name: (*told_on(3)[name], *told_on(4)[name]) for name in told_on(3)}
    history = replace(lived(4), **both)
    assert history.until(at(3)[:10]) == replace(lived(3), **told_on(3))
    assert history.until(at(4)[:10]) == history


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_date_is_explained_one_text_for_each_decision(language: str) -> None:
    history = lived(4)
    told = explain_date(history, at(4)[:10], RULES, LIBRARY, language)
    assert len(told) == len(history.plans[3].exercises) + len(history.plans[3].decisions)
    full = explain_date(history, at(4)[:10], RULES, LIBRARY, language, full=True)
    assert all("dose." in text for text in full)
    assert not any("dose." in text for text in told)
    assert explain_date(history, at(9)[:10], RULES, LIBRARY, language) == explain_date(
        lived(2), at(9)[:10], RULES, LIBRARY, language
    )


def test_a_date_without_a_stored_plan_is_explained_as_of_that_date() -> None:
    history = replace(
        lived(2), check_ins=(*lived(2).check_ins, morning(3, answers=no_to_all(foot_drop=True)), morning(4))
    )
    assert explain_date(history, at(3)[:10], RULES, LIBRARY, "en")[0].startswith("No exercise today")


def test_the_example_sentence_of_the_brief() -> None:
    told = Decision(
        Rule.KEEP,
        "keep",
        "bridge",
        (Fact("because", "leg_rise_morning"), Fact("leg_rise_morning", 1)),
        ("consensus_to_sign_off",),
        Change("leg_rise_morning", "<= 0", "count"),
    )
    assert sentence(told, "en") == "Bridge stays as it is, because leg pain next morning was up by 1."
    assert (
        change_sentence(told, "en")
        == "It would have counted towards going up if leg pain next morning had not risen."
    )
    assert "expert consensus" in in_full(told, "en").lower()
    assert change_sentence(replace(told, would_change=None), "en") is None


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_rule_has_its_sentence(language: str) -> None:
    assert set(words(language)["sentences"]) == {rule.value for rule in Rule}


def test_both_languages_have_the_same_phrases() -> None:
    assert {table: set(phrases) for table, phrases in words("en").items()} == {
        table: set(phrases) for table, phrases in words("vi").items()
    }


def test_an_instant_without_an_offset_is_refused() -> None:
    broken = replace(morning(1), at="2026-03-02T11:00:00")
    with pytest.raises(ValueError, match="offset"):
        plan_session(History(intake(), (broken,)), "2026-03-02", RULES, LIBRARY)


def unfinished(check_in: CheckIn) -> CheckIn:
    return replace(check_in, new_symptoms=None)


def test_an_unfinished_check_in_gives_no_session() -> None:
    found = plan(History(intake(), (unfinished(morning(1)),)), 1)
    assert [one.rule for one in found.decisions] == [Rule.UNANSWERED]


def test_a_nerve_watch_reaches_the_gate() -> None:
    lost = NerveWatch("n", at(1, 9), heel_walk_left=False)
    found = plan(History(intake(), (morning(1),), nerve_watches=(lost,)), 1)
    assert [one.rule for one in found.decisions] == [Rule.WEAKER]


def test_what_a_condition_leaves_out_stands_in_the_plan() -> None:
    found = plan(History(intake(["spinal_stenosis"]), (morning(1),)), 1)
    assert isinstance(found, SessionPlan)
    told = {(one.rule, one.outcome, one.facts[0].value) for one in found.decisions}
    assert told == {
        (Rule.REMOVE_CAUTION, "remove", "spinal_stenosis"),
        (Rule.REPLACE_CAUTION, "replace", "spinal_stenosis"),
    }


def test_a_stored_raise_is_taken_over_for_the_side_it_was_made_for() -> None:
    for count in range(4, 10):
        history = lived(count)
        planned = next(
            (
                one
                for one in history.plans[-1].exercises
                if one.decision.outcome == "raise"
                and len(one.doses) == 2
                and one.decision.facts[0].name == "side"
            ),
            None,
        )
        if planned is not None:
            break
    assert planned is not None
    states = fold(history, RULES, LIBRARY, bank()).sides[planned.exercise_id]
    raised = [str(one.side) == planned.decision.facts[0].value for one in planned.doses]
    assert [state.raised_day > 0 for state in states] == raised
    assert sorted(raised) == [False, True]
