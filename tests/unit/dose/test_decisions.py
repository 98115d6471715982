"""Decisions as values: what each rule decides, on which facts and sources, and what would have changed it."""

from dataclasses import replace

import pytest
from tests.unit.clinic import HEAD, Days, days, exercise, good, intake, library, protocol

from ischia.dose.decisions import decision_of_item, decision_of_note, outcome_of, sources_of
from ischia.dose.orders import Direction, Exclude
from ischia.dose.state import Note, Sketch
from ischia.session.decision import Change, Decision, Fact
from ischia.session.record import SkipReason
from ischia.session.rules import Rule
from ischia.units import Side

OWN = ("consensus_to_sign_off",)
OUTCOMES = {
    "raise": [rule for rule in Rule if rule.startswith("dose.raise")],
    "lower": [rule for rule in Rule if rule.startswith("dose.lower")],
    "keep": [rule for rule in Rule if rule.startswith("dose.keep")],
    "remove": [*(rule for rule in Rule if rule.startswith("dose.remove")), Rule.TIME_BUDGET],
    "start": [Rule.START, Rule.START_EASIER],
    "set": [Rule.SET_BY_CLINICIAN],
    "replace": [Rule.REPLACE_CAUTION],
    "move": [Rule.FLEXION_LATER],
    "rest": [Rule.REST_CHOSEN, Rule.REST_DUE],
    "stop": [Rule.NO_CHECK_IN, Rule.TOO_MANY_REDS, Rule.NOTHING_LEFT],
    "done": [Rule.DONE_TODAY],
    "ease": [Rule.BAD_DAY],
    "notify": [Rule.REVIEW, Rule.NO_GAIN, Rule.NO_PROGRESS],
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_rule_has_its_outcome(outcome: str) -> None:
    assert {outcome_of(rule) for rule in OUTCOMES[outcome]} == {outcome}


def test_no_rule_of_sessions_and_doses_is_left_out() -> None:
    named = {rule for rules in OUTCOMES.values() for rule in rules}
    assert named == {rule for rule in Rule if not rule.startswith("screening.")}


def one_exercise(**numbers: object) -> Days:
    return days(library(exercise("low")), {"x": ("low",)}, **numbers)


def told(one: Days, exercise_id: str = "low") -> Decision:
    one.day += 1
    one.wake()
    found = one.look()
    assert isinstance(found, Sketch)
    return next(decision_of_item(one.course, item) for item in found.items if item.exercise.id == exercise_id)


def noted(one: Days, rule: Rule, subject: str | None = None, because: str = "") -> Decision:
    return decision_of_note(one.course, Note(rule, subject, because))


def test_a_row_that_is_too_short_names_sessions_and_one_that_is_too_young_names_hours() -> None:
    one = one_exercise(green_hours=96)
    one.next()
    assert told(one).would_change == Change("green_sessions", ">= 3", "raise")
    one = one_exercise(green_hours=96)
    for _ in range(3):
        one.next()
    assert told(one).would_change == Change("green_hours", ">= 96", "raise")


def test_a_raise_names_its_side_and_what_would_have_kept_it() -> None:
    one = one_exercise()
    for _ in range(3):
        one.next()
    found = told(one)
    assert (found.rule, found.outcome, found.subject) == (Rule.RAISE_HOLD, "raise", "low")
    assert found.facts[0] == Fact("side", "both")
    assert found.would_change == Change("pain", ">= 3", "keep")
    assert found.sources == OWN


def test_a_session_that_was_not_done_would_have_counted_had_it_been() -> None:
    one = one_exercise()
    one.next({})
    one.course.pending.clear()
    found = told(one)
    assert (found.rule, found.would_change) == (Rule.KEEP_MISSING, Change("done", "= yes", "count"))


def test_flags_that_are_off_and_skips_that_did_not_happen_are_not_told() -> None:
    one = one_exercise()
    one.next({"low": good(stopped=True)})
    names = [fact.name for fact in told(one).facts]
    assert "stopped" in names
    assert not {"unwell", "further_down", "new_weakness", "skipped", "morning_late"} & set(names)
    assert {"pain", "effort", "done_share", "leg_after", "morning", "night"} < set(names)


def test_an_exercise_that_stands_above_another_ladders_rung_is_told_by_its_own_session() -> None:
    lib = library(exercise("low"), exercise("high"))
    one = days(lib, {"x": ("low", "high"), "y": ("high",)})
    one.next({"high": good(pain=3)})
    found = told(one, "high")
    assert (found.rule, found.subject) == (Rule.KEEP, "high")
    assert Fact("pain", 3) in found.facts
    assert "instead_of" not in [fact.name for fact in found.facts]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (Rule.NO_CHECK_IN, Change("check_in", "= done", "go_on")),
        (Rule.TOO_MANY_REDS, Change("plan.review", "= cleared", "go_on")),
        (Rule.REVIEW, Change("plan.review", "= cleared", "go_on")),
        (Rule.REST_DUE, Change("days_in_a_row", "< 99", "go_on")),
        (Rule.FLEXION_LATER, Change("hour", ">= 10", "go_on")),
        (Rule.REMOVE_EXCLUDED, Change("excluded", "= lifted", "go_on")),
        (Rule.NO_GAIN, None),
    ],
)
def test_a_note_names_what_would_have_changed_it(rule: Rule, change: Change | None) -> None:
    one = one_exercise()
    one.next()
    assert noted(one, rule, "low").would_change == change


def test_a_note_names_its_exercise_and_what_it_counts() -> None:
    one = one_exercise()
    one.next({"low": good(pain=6)}, hour=7 + 1 / 3)
    assert noted(one, Rule.FLEXION_LATER, "low").facts == (Fact("hour", 7.33),)
    assert noted(one, Rule.REST_DUE).facts == (Fact("days_in_a_row", 1),)
    one.day += 1
    one.wake()
    assert noted(one, Rule.TOO_MANY_REDS).facts == noted(one, Rule.REVIEW).facts == (Fact("red_sessions", 1),)
    assert noted(one, Rule.NO_PROGRESS).facts == (Fact("days_since_a_good_session", 1),)
    found = noted(one, Rule.REMOVE_DIRECTION, "low", Direction.FLEXION)
    assert (found.subject, found.outcome) == ("low", "remove")
    assert found.facts == (Fact("because", "flexion"),)
    assert noted(one, Rule.REMOVE_BAD_DAY, "low").facts == ()


def test_pain_of_the_first_visit_and_of_now_are_told_where_nothing_is_gained() -> None:
    one = days(library(exercise("low")), {"x": ("low",)}, person=intake(pain={"back_left": 4}))
    one.next(pain={"back_left": 3, "calf_left": 2})
    assert noted(one, Rule.NO_GAIN).facts == (Fact("pain_at_first_visit", 4), Fact("pain_now", 3))


def test_a_caution_speaks_with_its_own_sources_and_an_order_with_the_projects() -> None:
    low = exercise("low", cautions=(("glaucoma", "remove", None),))
    low = low.__class__(
        **{
            **{name: getattr(low, name) for name in low.__slots__},
            "cautions": tuple(
                one.__class__(one.condition, one.action, one.by, ("sinaki_1984",)) for one in low.cautions
            ),
        }
    )
    one = days(library(low, exercise("high")), {"x": ("low", "high")}, person=intake(["glaucoma"]))
    one.course.order(Exclude(*HEAD, "high"))
    by_subject = {note.subject: decision_of_note(one.course, note) for note in one.course.left_out()}
    assert by_subject["low"].sources == ("sinaki_1984",)
    assert by_subject["high"].sources == OWN


def with_sources() -> Days:
    """Somebody whose protocol gives every number a source of its own, and so does the exercise."""
    rules = protocol({"x": ("low",)})
    rules = replace(rules, sources=tuple((name, f"of_{name}") for name, _ in rules.sources))
    return Days(library(replace(exercise("low"), sources=("of_low",))), rules)


def test_a_light_start_speaks_with_the_exercises_sources_and_any_other_dose_with_its_rules() -> None:
    one = with_sources()
    assert told(one).sources == ("of_low",)
    one = with_sources()
    one.next()
    assert told(one).sources == ("of_green_sessions", "of_green_hours")
    assert noted(one, Rule.REST_DUE).sources == ("of_training_row_days",)
    assert noted(one, Rule.REST_CHOSEN).sources == OWN


def test_a_skip_that_decided_is_told_with_its_reason() -> None:
    one = one_exercise()
    one.next({"low": good(shares=(0.0,), skipped=SkipReason.CANNOT)})
    found = told(one).facts
    assert found[:2] == (Fact("grade", "amber"), Fact("because", "skipped"))
    assert Fact("skipped", "cannot") in found


def test_a_harder_day_names_the_pain_of_now_and_its_kind() -> None:
    one = one_exercise()
    one.next(pain={"back_left": 4, "calf_left": 6})
    assert noted(one, Rule.BAD_DAY, None, "flare_up").facts == (
        Fact("pain_now", 6),
        Fact("mode", "flare_up"),
    )
    one.next(leg_map={})
    assert noted(one, Rule.BAD_DAY, None, "bad_day").facts == (
        Fact("pain_now", None),
        Fact("mode", "bad_day"),
    )


def test_a_rule_speaks_with_the_sources_of_its_numbers_each_once() -> None:
    one = one_exercise()
    assert sources_of(one.course, Rule.FLEXION_LATER) == ("consensus_unverified",)
    assert sources_of(one.course, Rule.NO_GAIN) == ("consensus_to_sign_off", "nrs_change")
    assert sources_of(one.course, Rule.KEEP_OTHER) == OWN


def test_of_two_sides_graded_alike_the_first_tells() -> None:
    one = days(library(exercise("low", sides=(Side.LEFT, Side.RIGHT))), {"x": ("low",)})
    one.next({"low": good(2, pain=3, shares=(0.5, 1.0))})
    assert Fact("done_share", 0.5) in told(one).facts
    one.next({"low": good(2, pain=3, shares=(1.0, 0.5))})
    assert {Fact("grade", "amber"), Fact("done_share", 1.0)} <= set(told(one).facts)


def told_instead_of(one: Days) -> list[object]:
    return [fact.value for fact in told(one).facts if fact.name == "instead_of"]


def test_a_step_back_is_told_by_the_rung_just_above_and_only_where_that_was_the_last() -> None:
    lib = library(*(exercise(name) for name in ("low", "mid", "high")))
    ladder = {"x": ("low", "mid", "high")}
    one = days(lib, ladder, {"x": "mid"})
    one.next({"mid": good(pain=6)})
    assert told_instead_of(one) == ["mid"]
    one.next({"low": good(pain=6)}, skip=-1)
    assert told_instead_of(one) == []


def test_a_step_back_before_any_session_takes_no_exercises_place() -> None:
    one = days(library(exercise("low"), exercise("high")), {"x": ("low", "high")}, {"x": "high"})
    for _ in range(2):
        one.day += 1
        one.wake(pain={"back_left": 6})
    assert one.course.flare
    assert told_instead_of(one) == []


def test_the_time_since_the_first_good_session_is_told_to_a_tenth_of_an_hour() -> None:
    one = one_exercise()
    one.next(hour=11)
    one.day += 1
    one.wake(hour=11 + 1 / 3)
    found = one.look()
    assert isinstance(found, Sketch)
    assert decision_of_item(one.course, found.items[0]).facts[-1] == Fact("green_hours", 24.3)
