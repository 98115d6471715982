"""The gate: one answer is enough, missing is never no, and what locks stays locked."""

from dataclasses import replace

import pytest
from tests.unit.clinic import at, bank, intake, leg_map, morning, no_to_all, no_to_groups

from ischia.check_in import CheckIn, Comparison, Moment, NerveWatch
from ischia.screening import Clearance, Lift, Tier, Watch, screen
from ischia.screening.screen import instant
from ischia.session.record import SessionRecord, Stop, StopReason

EMERGENCY = [one.id for one in bank().questions if one.tier is Tier.EMERGENCY]
SAME_DAY = [one.id for one in bank().questions if one.tier is Tier.SAME_DAY]
HOLDS = [one.id for one in bank().conditions if one.hold]


def clear(day: int, *reasons: str) -> Clearance:
    return Clearance(f"c{day}", at(day, 10), "Dr A", reasons)


def test_nobody_is_cleared_without_a_first_visit() -> None:
    verdict = screen(bank(), None)
    assert not verdict.cleared
    assert verdict.missing == ("first_visit",)


def test_no_to_everything_clears() -> None:
    verdict = screen(bank(), intake(), [morning(1)])
    assert (verdict.cleared, verdict.tier, verdict.may_raise, verdict.decisions) == (True, None, True, ())


@pytest.mark.parametrize("question", EMERGENCY)
def test_any_one_emergency_answer_is_enough(question: str) -> None:
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_all(**{question: True}))])
    assert not verdict.cleared
    assert verdict.tier is Tier.EMERGENCY
    assert [(flag.reason, flag.since, flag.lift) for flag in verdict.flags] == [
        (question, at(1), Lift.CLINICIAN)
    ]
    assert [(one.rule, one.facts[0].name) for one in verdict.decisions] == [("screening.emergency", question)]


@pytest.mark.parametrize("question", SAME_DAY)
def test_a_same_day_answer_locks_until_a_clinician_clears_it(question: str) -> None:
    said_yes = morning(1, answers=no_to_all(**{question: True}))
    assert screen(bank(), intake(), [said_yes]).tier is Tier.SAME_DAY
    assert not screen(bank(), intake(), [said_yes, morning(2)]).cleared
    assert screen(bank(), intake(), [said_yes, morning(2)], [clear(2, question)]).cleared


@pytest.mark.parametrize("question", [one.id for one in bank().questions])
def test_an_answer_that_is_missing_is_never_no(question: str) -> None:
    answers = no_to_all(**{question: None, bank().parts[question].group: None})
    verdict = screen(bank(), intake(), [morning(1, new_symptoms=True, answers=answers)])
    assert not verdict.cleared
    assert verdict.missing == (question,)
    assert verdict.flags == ()
    assert [one.rule for one in verdict.decisions] == ["screening.unanswered"]


def test_a_none_in_the_answers_is_missing_too() -> None:
    verdict = screen(
        bank(), intake(), [morning(1, new_symptoms=True, answers={**no_to_all(), "foot_drop": None})]
    )
    assert verdict.missing == ("foot_drop",)


@pytest.mark.parametrize("condition", HOLDS)
def test_a_condition_on_hold_locks_until_cleared(condition: str) -> None:
    person = intake(conditions=[condition])
    verdict = screen(bank(), person, [morning(1)])
    assert not verdict.cleared
    assert [(flag.reason, flag.tier, flag.since, flag.lift) for flag in verdict.flags] == [
        (condition, Tier.HOLD, at(0, 9), Lift.CLINICIAN)
    ]
    assert screen(bank(), person, [morning(1)], [clear(1, condition)]).cleared


def test_a_condition_that_only_cautions_does_not_lock() -> None:
    assert screen(bank(), intake(conditions=["osteoporosis"]), [morning(1)]).cleared


def test_a_condition_without_an_answer_stays_missing_after_any_check_in() -> None:
    verdict = screen(bank(), intake(unknown=["glaucoma"]), [morning(1), morning(2)])
    assert not verdict.cleared
    assert verdict.missing == ("glaucoma",)


@pytest.mark.parametrize(("age", "cleared"), [(17, False), (18, True), (None, True)])
def test_the_age_itself_answers_whether_somebody_is_under_18(age: int | None, cleared: bool) -> None:
    assert screen(bank(), intake(age=age), [morning(1)]).cleared is cleared


def test_a_yes_to_under_18_counts_whatever_the_age_says() -> None:
    assert not screen(bank(), intake(conditions=["under_18"], age=40), [morning(1)]).cleared


def test_the_age_answers_for_a_condition_left_blank() -> None:
    assert screen(bank(), intake(unknown=["under_18"], age=40), [morning(1)]).cleared
    assert screen(bank(), intake(unknown=["under_18"], age=None), [morning(1)]).missing == ("under_18",)


def test_whether_something_is_new_has_to_be_answered() -> None:
    assert screen(bank(), intake(), [morning(1, new_symptoms=None)]).missing == ("new_symptoms",)


def test_four_grouped_answers_are_enough_on_an_ordinary_morning() -> None:
    assert screen(bank(), intake(), [morning(1, answers=no_to_groups())]).cleared


def test_a_group_without_an_answer_is_missing() -> None:
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_groups(legs=None))])
    assert verdict.missing == ("legs",)


def test_single_answers_stand_for_their_group() -> None:
    assert screen(bank(), intake(), [morning(1, answers=no_to_all(legs=None))]).cleared


def test_a_grouped_yes_without_details_is_taken_as_its_most_urgent_question() -> None:
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_groups(unwell_or_injured=True))])
    assert [(flag.reason, flag.tier) for flag in verdict.flags] == [("unwell_or_injured", Tier.SAME_DAY)]
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_groups(legs=True))])
    assert [(flag.reason, flag.tier) for flag in verdict.flags] == [("legs", Tier.EMERGENCY)]
    assert set(verdict.missing) == {one.id for one in bank().of_group("legs")}


def test_a_grouped_yes_with_a_detail_yes_is_told_by_its_detail() -> None:
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_all(legs=True, foot_drop=True))])
    assert [flag.reason for flag in verdict.flags] == ["foot_drop"]
    assert verdict.contradicting == ()


def test_a_grouped_yes_with_every_detail_no_does_not_fit_together() -> None:
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_all(legs=True))])
    assert not verdict.cleared
    assert verdict.contradicting == ("legs",)
    assert [one.rule for one in verdict.decisions] == ["screening.contradiction"]
    again = [morning(1, answers=no_to_all(legs=True)), morning(2)]
    assert screen(bank(), intake(), again).cleared


def test_after_answers_that_did_not_fit_the_full_set_is_asked() -> None:
    again = [morning(1, answers=no_to_all(legs=True)), morning(2, answers=no_to_groups())]
    assert not screen(bank(), intake(), again).cleared


@pytest.mark.parametrize(("day", "cleared"), [(6, True), (7, False)])
def test_the_full_set_comes_back_weekly(day: int, cleared: bool) -> None:
    assert screen(bank(), intake(), [morning(day, answers=no_to_groups())]).cleared is cleared


def test_a_full_set_answered_in_between_counts_from_there() -> None:
    assert screen(bank(), intake(), [morning(7), morning(13, answers=no_to_groups())]).cleared
    assert not screen(bank(), intake(), [morning(7), morning(14, answers=no_to_groups())]).cleared


def test_single_answers_on_an_ordinary_morning_do_not_move_the_week() -> None:
    assert not screen(bank(), intake(), [morning(3), morning(7, answers=no_to_groups())]).cleared


@pytest.mark.parametrize(
    "told", [{"new_symptoms": True}, {"morning": Comparison.WORSE}, {"night": Comparison.WORSE}]
)
def test_new_or_worse_asks_the_full_set(told: dict[str, object]) -> None:
    assert not screen(bank(), intake(), [morning(1, answers=no_to_groups(), **told)]).cleared


def test_pain_that_moved_towards_the_foot_asks_the_full_set() -> None:
    moved = morning(1, {"foot_left": 2}, answers=no_to_groups())
    assert not screen(bank(), intake(pain={"calf_left": 2}), [moved]).cleared
    back = morning(1, {"thigh_left": 2}, answers=no_to_groups())
    assert screen(bank(), intake(pain={"calf_left": 2}), [back]).cleared


def test_a_standing_answer_that_was_cleared_does_not_lock_again() -> None:
    person = intake(answers=no_to_all(cancer_history=True))
    assert not screen(bank(), person, [morning(1)]).cleared
    again = morning(2, answers=no_to_all(cancer_history=True))
    assert screen(bank(), person, [morning(1), again], [clear(1, "cancer_history")]).cleared
    unasked = morning(9, new_symptoms=True, answers=no_to_all(cancer_history=None, warning_signs=None))
    assert screen(bank(), person, [unasked], [clear(1, "cancer_history")]).cleared


def test_a_change_that_comes_again_after_clearance_locks_again() -> None:
    days = [morning(day, answers=no_to_all(night_pain=True)) for day in (1, 2)]
    assert screen(bank(), intake(), days[:1], [clear(2, "night_pain")]).cleared
    assert not screen(bank(), intake(), days, [clear(2, "night_pain")]).cleared


def test_a_state_that_a_clinician_knows_locks_again_only_after_it_was_gone() -> None:
    drops = [morning(day, answers=no_to_all(foot_drop=True)) for day in (1, 2, 9)]
    assert screen(bank(), intake(), drops, [clear(2, "foot_drop")]).cleared
    gone = [drops[0], morning(3), drops[2]]
    assert not screen(bank(), intake(), gone, [clear(2, "foot_drop")]).cleared
    unasked = [drops[0], morning(3, answers=no_to_groups()), drops[2]]
    assert screen(bank(), intake(), unasked, [clear(2, "foot_drop")]).cleared


def test_a_known_foot_drop_does_not_hide_that_a_foot_grows_weaker() -> None:
    weaker = morning(2, answers=no_to_all(foot_drop=True, weakness_growing=True))
    days = [morning(1, answers=no_to_all(foot_drop=True)), weaker]
    verdict = screen(bank(), intake(), days, [clear(2, "foot_drop")])
    assert [flag.reason for flag in verdict.flags] == ["weakness_growing"]


def test_a_known_foot_drop_is_still_asked_for_in_the_full_set() -> None:
    drop = morning(1, answers=no_to_all(foot_drop=True))
    unanswered = morning(9, answers=no_to_all(foot_drop=None, legs=None))
    verdict = screen(bank(), intake(), [drop, unanswered], [clear(2, "foot_drop")])
    assert verdict.missing == ("foot_drop",)


def test_a_clearance_covers_only_what_it_names() -> None:
    days = [morning(1, answers=no_to_all(foot_drop=True, night_pain=True))]
    verdict = screen(bank(), intake(), [*days, morning(2)], [clear(2, "foot_drop")])
    assert [flag.reason for flag in verdict.flags] == ["night_pain"]


def test_a_clearance_before_the_answer_does_not_cover_it() -> None:
    assert not screen(
        bank(), intake(), [morning(2, answers=no_to_all(foot_drop=True))], [clear(1, "foot_drop")]
    ).cleared


def test_since_is_the_first_check_in_that_said_so() -> None:
    days = [morning(1, answers=no_to_all(foot_drop=True)), morning(2, answers=no_to_all(foot_drop=True))]
    assert screen(bank(), intake(), days).flags[0].since == at(1)


def test_the_most_urgent_flag_comes_first_then_the_oldest() -> None:
    days = [
        morning(1, answers=no_to_all(foot_drop=True)),
        morning(2, answers=no_to_all(saddle_seat=True, night_pain=True)),
    ]
    verdict = screen(bank(), intake(), days)
    assert [flag.reason for flag in verdict.flags] == ["saddle_seat", "foot_drop", "night_pain"]
    assert verdict.tier is Tier.EMERGENCY


def test_slow_recovery_waits_for_a_booked_visit_and_then_goes_on_gently() -> None:
    slow = morning(1, answers=no_to_all(not_settling=True))
    verdict = screen(bank(), intake(), [slow])
    assert (verdict.cleared, verdict.tier) == (False, Tier.BOOK_SOON)
    assert verdict.missing == ("booked_appointment",)
    booked = morning(2, answers={**no_to_all(not_settling=True), "booked_appointment": True})
    verdict = screen(bank(), intake(), [slow, booked])
    assert (verdict.cleared, verdict.may_raise) == (True, False)
    assert [one.rule for one in verdict.decisions] == ["screening.booked"]
    assert screen(bank(), intake(), [slow, booked, morning(3, answers=no_to_all(not_settling=True))]).cleared


def test_a_visit_that_is_said_not_to_be_booked_is_answered_and_locks() -> None:
    said = morning(1, answers={**no_to_all(not_settling=True), "booked_appointment": False})
    verdict = screen(bank(), intake(), [said])
    assert (verdict.cleared, verdict.missing) == (False, ())
    verdict = screen(bank(), intake(), [said, morning(2, answers=no_to_all(not_settling=True))])
    assert (verdict.cleared, verdict.missing) == (False, ("booked_appointment",))


def test_slow_recovery_ends_with_a_no_once_the_visit_is_booked() -> None:
    booked = {**no_to_all(not_settling=True), "booked_appointment": True}
    verdict = screen(bank(), intake(), [morning(1, answers=booked), morning(2)])
    assert (verdict.cleared, verdict.flags, verdict.may_raise) == (True, (), True)


def test_a_no_is_no_way_around_booking_the_visit() -> None:
    days = [morning(1, answers=no_to_all(not_settling=True)), morning(2)]
    verdict = screen(bank(), intake(), days)
    assert (verdict.cleared, verdict.missing) == (False, ("booked_appointment",))


def test_a_no_does_not_end_what_needs_a_clinician() -> None:
    assert not screen(bank(), intake(), [morning(1, answers=no_to_all(foot_drop=True)), morning(2)]).cleared


def test_slow_recovery_that_comes_back_has_to_be_booked_again() -> None:
    days = [
        morning(1, answers={**no_to_all(not_settling=True), "booked_appointment": True}),
        morning(2),
        morning(3, answers=no_to_all(not_settling=True)),
    ]
    assert not screen(bank(), intake(), days).cleared


def test_a_booked_visit_does_not_lift_anything_else() -> None:
    said = morning(1, answers={**no_to_all(not_settling=True, foot_drop=True), "booked_appointment": True})
    assert not screen(bank(), intake(), [said]).cleared


def test_weakness_newly_marked_on_the_map_locks() -> None:
    weak = morning(1, leg_map=leg_map(weak=["calf_left"]))
    verdict = screen(bank(), intake(), [weak])
    assert [(flag.reason, flag.tier) for flag in verdict.flags] == [("leg_map.new_weakness", Tier.SAME_DAY)]


def test_weakness_known_from_the_first_visit_does_not_lock_by_itself() -> None:
    weak = morning(1, leg_map=leg_map(weak=["calf_left"]))
    assert screen(bank(), intake(weak=["calf_left"]), [weak]).cleared
    elsewhere = morning(1, leg_map=leg_map(weak=["calf_left", "foot_left"]))
    assert not screen(bank(), intake(weak=["calf_left"]), [elsewhere]).cleared


def test_weakness_that_went_away_and_came_back_is_new() -> None:
    days = [morning(1), morning(2, leg_map=leg_map(weak=["calf_left"]))]
    assert not screen(bank(), intake(weak=["calf_left"]), days).cleared


def test_an_after_check_in_can_lock_but_never_asks_for_answers() -> None:
    quiet = CheckIn("a1", Moment.AFTER, at(1, 12), leg_map())
    assert screen(bank(), intake(), [morning(1), quiet]).cleared
    weak = CheckIn("a1", Moment.AFTER, at(1, 12), leg_map(weak=["foot_left"]))
    assert not screen(bank(), intake(), [morning(1), weak]).cleared


def test_an_after_check_in_does_not_forgive_answers_that_did_not_fit() -> None:
    quiet = CheckIn("a1", Moment.AFTER, at(1, 12), leg_map())
    assert not screen(bank(), intake(), [morning(1, answers=no_to_all(legs=True)), quiet]).cleared


@pytest.mark.parametrize(("answer", "cleared"), [(True, False), (False, True), (None, True)])
def test_new_weakness_at_the_stop_button_locks(answer: bool | None, cleared: bool) -> None:
    stop = Stop("s", None, StopReason.HURTS_MORE, None, answer, at(1, 11.5))
    record = SessionRecord("p1", at(1, 11.25), stops=(stop,))
    assert screen(bank(), intake(), [morning(1)], records=[record]).cleared is cleared


def test_facts_are_taken_in_the_order_of_their_instants_not_of_the_lists() -> None:
    booked = {**no_to_all(not_settling=True), "booked_appointment": True}
    verdict = screen(bank(), intake(), [morning(2), morning(1, answers=booked)])
    assert verdict.flags == ()


def test_a_clearance_at_the_very_instant_comes_after_the_check_in() -> None:
    said = morning(1, answers=no_to_all(foot_drop=True))
    assert screen(bank(), intake(), [said], [Clearance("c", at(1), "Dr A", ("foot_drop",))]).cleared


def test_an_instant_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its offset"):
        instant("2026-03-14T07:00:00")


def test_the_watch_tells_the_same_as_its_verdict() -> None:
    watch = Watch(bank())
    watch.first_visit(intake())
    watch.check_in(morning(1, answers=no_to_all(foot_drop=True)))
    verdict = watch.verdict()
    assert (watch.cleared, watch.may_raise, watch.flags) == (
        verdict.cleared,
        verdict.may_raise,
        verdict.flags,
    )


def test_every_finding_says_since_when_and_that_a_clinician_lifts_it() -> None:
    stop = Stop("s", None, StopReason.HURTS_MORE, None, True, at(1, 12))
    watch = Watch(bank())
    watch.first_visit(intake())
    watch.check_in(morning(1, leg_map=leg_map(weak=["calf_left"]), answers=no_to_groups(legs=True)))
    watch.stop(stop)
    watch.nerve_watch(NerveWatch("n", at(2), heel_walk_left=False))
    assert [(flag.reason, flag.tier, flag.since, flag.lift) for flag in watch.verdict().flags] == [
        ("legs", Tier.EMERGENCY, at(1), Lift.CLINICIAN),
        ("leg_map.new_weakness", Tier.SAME_DAY, at(1), Lift.CLINICIAN),
        ("stop.new_weakness", Tier.SAME_DAY, at(1, 12), Lift.CLINICIAN),
        ("nerve_watch.heel_walk_left", Tier.SAME_DAY, at(2), Lift.CLINICIAN),
    ]


def test_at_one_instant_a_check_in_a_stop_a_test_and_a_clearance_count_in_this_order() -> None:
    said = morning(1, answers=no_to_all(foot_drop=True))
    stops = tuple(Stop(name, None, StopReason.HURTS_MORE, None, True, at(1)) for name in ("s1", "s2"))
    record = SessionRecord("p", at(1), stops=stops)
    watch = NerveWatch("n", at(1), heel_walk_left=False)
    reasons = ("foot_drop", "stop.new_weakness", "nerve_watch.heel_walk_left")
    locked = screen(bank(), intake(), [said], (), [watch], [record])
    assert {flag.reason for flag in locked.flags} == set(reasons)
    cleared = Clearance("c", at(1), "Dr A", reasons)
    assert screen(bank(), intake(), [said], [cleared], [watch], [record]).flags == ()


def test_a_group_whose_questions_differ_counts_as_its_most_urgent_one() -> None:
    softer = {Tier.EMERGENCY: Tier.EMERGENCY, Tier.SAME_DAY: Tier.BOOK_SOON}
    mixed = replace(
        bank(),
        questions=tuple(
            replace(one, tier=softer[one.tier]) if one.group == "legs" else one for one in bank().questions
        ),
    )
    assert {one.tier for one in mixed.of_group("legs")} == {Tier.EMERGENCY, Tier.BOOK_SOON}
    verdict = screen(mixed, intake(), [morning(1, answers=no_to_groups(legs=True))])
    assert [(flag.reason, flag.tier) for flag in verdict.flags] == [("legs", Tier.EMERGENCY)]


def test_a_booking_counts_for_what_it_was_made_and_not_for_what_comes_after_a_clearance() -> None:
    booked = no_to_all(not_settling=True, booked_appointment=True)
    first = morning(1, new_symptoms=True, answers=booked)
    again = morning(2, new_symptoms=True, answers=no_to_all(not_settling=True))
    assert screen(bank(), intake(), [first, again]).cleared
    cleared = [Clearance("c", at(1, 20), "Dr A", ("not_settling",))]
    verdict = screen(bank(), intake(), [first, again], cleared)
    assert (verdict.cleared, verdict.missing) == (False, ("booked_appointment",))
    rebooked = morning(3, new_symptoms=True, answers=booked)
    verdict = screen(bank(), intake(), [first, again, rebooked], cleared)
    assert (verdict.cleared, verdict.may_raise) == (True, False)


def test_a_single_yes_counts_where_nothing_else_was_answered() -> None:
    verdict = screen(bank(), intake(), [morning(1, answers={"foot_drop": True})])
    assert [flag.reason for flag in verdict.flags] == ["foot_drop"]


def test_weakness_that_was_not_asked_about_stays_known() -> None:
    known = leg_map(weak=["calf_left"])
    silent = {place: replace(symptoms, weakness=None) for place, symptoms in leg_map().items()}
    days = [morning(1, leg_map=silent), morning(2, leg_map=known)]
    assert screen(bank(), intake(weak=["calf_left"]), days).flags == ()


def test_after_a_first_visit_with_a_gap_the_next_check_in_needs_the_full_set() -> None:
    gap = intake(answers=no_to_all(foot_drop=None, legs=None))
    verdict = screen(bank(), gap, [morning(1, answers=no_to_groups())])
    assert set(verdict.missing) == {one.id for one in bank().questions}
    assert screen(bank(), gap, [morning(1)]).cleared
