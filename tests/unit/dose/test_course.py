"""A course from morning to morning: raising, lowering, flare-ups, breaks and directions."""

import pytest
from tests.unit.clinic import (
    BENT,
    BENT_LADDERS,
    FIVE,
    FIVE_LADDERS,
    HEAD,
    ONE,
    amounts,
    at,
    days,
    evening,
    exercise,
    good,
    intake,
    library,
    rules,
)

from ischia.check_in import Comparison
from ischia.dose.course import REVIEW
from ischia.dose.orders import Direction, Prefer
from ischia.dose.state import Refusal
from ischia.screening import Clearance
from ischia.session.record import SkipReason
from ischia.session.rules import Rule
from ischia.units import Side


def test_three_green_sessions_and_48_hours_raise_the_hold() -> None:
    one = days()
    found = [one.next() for _ in range(4)]
    assert [rules(sketch)["tilt"] for sketch in found] == [
        "dose.start",
        "dose.keep.streak",
        "dose.keep.streak",
        "dose.raise.hold",
    ]
    assert amounts(found[3]) == {"tilt": ((5.0, 5, 1),)}
    assert found[3].items[0].side is Side.BOTH


@pytest.mark.parametrize(("hours", "rule"), [(73, "dose.keep.streak"), (72, "dose.raise.hold")])
def test_the_hours_of_green_are_counted_from_the_first_green_session(hours: float, rule: str) -> None:
    one = days(green_hours=hours)
    for _ in range(3):
        one.next()
    assert rules(one.next()) == {"tilt": rule}


def test_the_row_begins_anew_after_a_raise() -> None:
    one = days()
    found = [rules(one.next())["tilt"] for _ in range(8)]
    assert found[3:8] == [
        "dose.raise.hold",
        "dose.keep.streak",
        "dose.keep.streak",
        "dose.keep.week",
        "dose.keep.week",
    ]


def test_hold_then_repetitions_then_the_next_rung() -> None:
    one = days(volume_window_days=1, rung_apart_days=1)
    seen = [(rules(sketch), amounts(sketch)) for sketch in (one.next() for _ in range(10))]
    assert seen[3] == ({"tilt": "dose.raise.hold"}, {"tilt": ((5.0, 5, 1),)})
    assert seen[6] == ({"tilt": "dose.raise.repetitions"}, {"tilt": ((5.0, 6, 1),)})
    assert seen[9] == ({"bridge": "dose.raise.rung"}, {"bridge": ((3.0, 5, 1),)})


def test_the_next_rung_waits_for_its_days() -> None:
    two = {"a": ("tilt", "bridge"), "b": ("slide", "chest")}
    lib = {**ONE, **library(exercise("slide", start=(3, 5, 1), ceiling=(3, 5, 1)), exercise("chest"))}
    lib["tilt"] = exercise("tilt", start=(3, 5, 1), ceiling=(3, 5, 1))
    one = days(lib, two, volume_window_days=1)
    found = [rules(one.next()) for _ in range(11)]
    assert found[3] == {"bridge": "dose.raise.rung", "slide": "dose.keep.other_raised"}
    assert all(day.get("slide") for day in found[4:10])
    assert found[10]["chest"] == "dose.raise.rung"


def test_a_locked_rung_is_never_reached() -> None:
    one = days(
        starts={"bridge": "bridge"},
        lib={**ONE, "bridge": exercise("bridge", start=(3, 5, 1), ceiling=(3, 5, 1))},
    )
    for _ in range(5):
        found = one.next()
    assert rules(found) == {"bridge": "dose.keep.locked"}


def test_at_the_top_of_the_ladder_the_full_dose_stays() -> None:
    one = days({"tilt": exercise("tilt", start=(3, 5, 1), ceiling=(3, 5, 1))}, {"a": ("tilt",)})
    for _ in range(5):
        found = one.next()
    assert rules(found) == {"tilt": "dose.keep.ceiling"}


def test_one_side_of_one_exercise_is_raised_at_a_time_the_longest_waiting_first() -> None:
    lib = library(
        exercise("dog", sides=(Side.LEFT, Side.RIGHT)), exercise("tilt", start=(3, 40, 1), ceiling=(9, 40, 1))
    )
    one = days(lib, {"a": ("dog",), "b": ("tilt",)}, volume_rise_share=0.9)
    found = [one.next() for _ in range(7)]
    raised = [
        [(item.exercise.id, item.side) for item in sketch.items if item.rule is Rule.RAISE_HOLD]
        for sketch in found
    ]
    assert raised[3:6] == [[("dog", Side.LEFT)], [("dog", Side.RIGHT)], [("tilt", Side.BOTH)]]
    assert amounts(found[3])["dog"] == ((5.0, 5, 1), (3.0, 5, 1))


def test_sides_are_graded_apart() -> None:
    lib = library(exercise("dog", sides=(Side.LEFT, Side.RIGHT)))
    one = days(lib, {"a": ("dog",)})
    for _ in range(3):
        one.next({"dog": good(2, shares=(0.5, 1.0))})
    states = one.course.sides["dog"]
    assert [state.greens for state in states] == [0, 2]


def test_the_raises_of_a_week_stay_within_their_share() -> None:
    lib = library(*(exercise(name, start=(3, 10, 1), ceiling=(9, 10, 1)) for name in "abcd"))
    one = days(lib, {name: (name,) for name in "abcd"}, volume_rise_share=0.2)
    found = [rules(one.next()) for _ in range(6)]
    # 120 s in all: one step adds 20 s, a second one would come to 40 s, more than 24 s.
    assert "dose.raise.hold" in found[3].values()
    assert set(found[4].values()) == {"dose.keep.streak", "dose.keep.week"}
    assert set(found[5].values()) == {"dose.keep.streak", "dose.keep.week"}


def test_a_week_is_over_after_its_days() -> None:
    one = days()
    found = [rules(one.next())["tilt"] for _ in range(11)]
    assert [day for day, rule in enumerate(found, 1) if rule.startswith("dose.raise")] == [4, 11]


def test_another_set_has_to_fit_the_week_even_alone() -> None:
    lib = library(exercise("tilt", start=(3, 5, 1), ceiling=(3, 5, 2)))
    one = days(lib, {"a": ("tilt",)})
    assert [rules(one.next())["tilt"] for _ in range(5)][3:] == ["dose.keep.sets", "dose.keep.sets"]
    lib = library(
        exercise("tilt", start=(3, 5, 1), ceiling=(3, 5, 2)),
        exercise("rest", start=(80, 1, 1), ceiling=(80, 1, 1)),
    )
    one = days(lib, {"a": ("tilt",), "b": ("rest",)})
    found = [one.next() for _ in range(4)]
    assert amounts(found[3])["tilt"] == ((3.0, 5, 2),)


def test_one_red_session_lowers_and_raises_nothing_next_time() -> None:
    lib = library(exercise("tilt"), exercise("dog"))
    one = days(lib, {"a": ("tilt",), "b": ("dog",)})
    for _ in range(2):
        one.next()
    one.next({"tilt": good(pain=6)})
    found = one.next()
    assert rules(found) == {"tilt": "dose.lower.red", "dog": "dose.keep.bad_day"}
    assert amounts(found)["tilt"] == ((3.0, 4, 1),)


def test_red_above_the_start_takes_repetitions_and_at_the_start_a_rung() -> None:
    one = days(starts={"bridge": "bridge"})
    one.next({"bridge": good(pain=6)})
    found = one.next()
    assert amounts(found) == {"tilt": ((3.0, 5, 1),)}
    assert rules(found) == {"tilt": "dose.lower.red"}


def test_on_the_first_rung_nothing_falls_below_its_floor() -> None:
    one = days(floor_share=0.5, stop_reds=99)
    for _ in range(6):
        found = one.next({"tilt": good(pain=6)})
    assert amounts(found) == {"tilt": ((3.0, 3, 1),)}


def test_amber_twice_in_a_row_lowers_once_does_not() -> None:
    one = days()
    one.next({"tilt": good(pain=3)})
    assert rules(one.next({"tilt": good(pain=3)})) == {"tilt": "dose.keep"}
    assert rules(one.next()) == {"tilt": "dose.lower.amber"}


def test_a_green_session_between_two_ambers_starts_the_count_anew() -> None:
    one = days()
    for pain in (3, 1, 3):
        one.next({"tilt": good(pain=pain)})
    assert rules(one.next()) == {"tilt": "dose.keep"}


def test_amber_breaks_the_row_of_green() -> None:
    one = days()
    for pain in (1, 1, 3, 1, 1):
        one.next({"tilt": good(pain=pain)})
    assert rules(one.next()) == {"tilt": "dose.keep.streak"}


@pytest.mark.parametrize("told", [{"pain": None}, {"effort": None}, {"skipped": SkipReason.NO_TIME}])
def test_a_missing_answer_never_raises_and_breaks_the_row(told: dict[str, object]) -> None:
    one = days()
    one.next()
    one.next()
    one.next({"tilt": good(**told)})
    assert rules(one.next()) == {"tilt": "dose.keep.missing"}
    assert rules(one.next()) == {"tilt": "dose.keep.streak"}


def test_no_leg_map_after_the_session_never_raises() -> None:
    one = days()
    one.next()
    one.next()
    one.next(after=None)
    assert rules(one.next()) == {"tilt": "dose.keep.missing"}


def test_a_check_in_that_comes_too_late_never_raises() -> None:
    one = days(missed_days=14)
    for _ in range(3):
        one.next()
    assert rules(one.next(skip=3)) == {"tilt": "dose.keep.missing"}


def test_a_plan_that_was_not_done_says_nothing() -> None:
    one = days()
    for _ in range(3):
        one.next()
    one.day += 1
    one.wake()
    sketch = one.look()
    one.course.adopt("p4", sketch.items)  # type: ignore[union-attr]
    assert rules(one.next()) == {"tilt": "dose.keep.missing"}


def test_a_red_session_is_not_forgotten_over_a_rest_day() -> None:
    one = days()
    one.next()
    one.next({"tilt": good(pain=6)})
    one.day += 1
    one.wake()
    assert rules(one.next()) == {"tilt": "dose.lower.red"}


@pytest.mark.parametrize(("gap", "rule"), [(5, "dose.keep"), (6, "dose.lower")])
def test_seven_days_without_a_session_go_back_one_level(gap: int, rule: str) -> None:
    one = days(starts={"bridge": "bridge"})
    one.next()
    assert next(iter(rules(one.next(skip=gap)).values())).startswith(rule)


def test_after_a_break_a_raised_dose_goes_back_to_its_start() -> None:
    one = days()
    for _ in range(4):
        one.next()
    found = one.next(skip=6)
    assert amounts(found) == {"tilt": ((3.0, 5, 1),)}
    assert rules(found) == {"tilt": "dose.lower.week_missed"}


def test_rest_days_that_were_chosen_count_as_done() -> None:
    one = days()
    one.next()
    one.course.rest_day(at(6)[:10])
    assert not next(iter(rules(one.next(skip=7)).values())).startswith("dose.lower")


def test_a_chosen_rest_day_has_no_session() -> None:
    one = days()
    one.course.rest_day(at(1)[:10])
    one.day = 1
    one.wake()
    assert one.look() == Refusal(one.look().notes)  # type: ignore[union-attr]
    assert one.look().notes[0].rule is Rule.REST_CHOSEN  # type: ignore[union-attr]
    assert isinstance(one.next(), tuple)


def test_after_days_in_a_row_comes_a_rest_day_and_then_the_row_is_new() -> None:
    one = days(training_row_days=2)
    one.next()
    one.next()
    one.day += 1
    one.wake()
    assert one.look().notes[0].rule is Rule.REST_DUE  # type: ignore[union-attr]
    one.next()
    assert one.course.row == 1


def test_a_day_without_a_session_ends_the_row() -> None:
    one = days(training_row_days=2)
    one.next()
    one.next(skip=1)
    assert one.course.row == 1
    assert isinstance(one.next().items, tuple)


@pytest.mark.parametrize(("pain", "count"), [(5, 5), (6, 3)])
def test_a_bad_day_is_short(pain: int, count: int) -> None:
    one = days(FIVE, FIVE_LADDERS, person=intake(pain={"back_left": 5}))
    found = one.next(pain={"back_left": pain})
    assert len(found.items) == count
    assert (Rule.BAD_DAY in [note.rule for note in found.notes]) is (count == 3)


@pytest.mark.parametrize("told", [{"morning": Comparison.WORSE}, {"night": Comparison.WORSE}])
def test_a_worse_morning_or_night_makes_a_bad_day(told: dict[str, object]) -> None:
    one = days(FIVE, FIVE_LADDERS)
    one.next()
    found = one.next(**told)
    assert len(found.items) == 3
    assert {note.subject for note in found.notes if note.rule is Rule.REMOVE_BAD_DAY} == {"d", "e"}


def test_on_a_bad_day_the_preferred_direction_comes_first() -> None:
    one = days(FIVE, FIVE_LADDERS)
    one.course.order(Prefer(*HEAD, Direction.EXTENSION))
    assert "e" in amounts(one.next(pain={"back_left": 6}))


def test_a_jump_in_pain_on_a_worse_morning_is_a_flare_up() -> None:
    one = days(FIVE, FIVE_LADDERS)
    one.next()
    found = one.next(pain={"back_left": 2}, morning=Comparison.WORSE, after=None)
    assert one.course.flare
    assert set(rules(found).values()) == {"dose.lower.flare_up"}
    assert amounts(found)["a"] == ((3.0, 4, 1),)


@pytest.mark.parametrize(("pain", "compared"), [(1, Comparison.WORSE), (2, Comparison.SAME)])
def test_a_small_rise_or_a_quiet_morning_is_none(pain: int, compared: Comparison) -> None:
    one = days(FIVE, FIVE_LADDERS)
    one.next()
    one.next(pain={"back_left": pain}, morning=compared)
    assert not one.course.flare


def test_two_bad_mornings_are_a_flare_up_and_two_good_ones_end_it() -> None:
    one = days(FIVE, FIVE_LADDERS, person=intake(pain={"back_left": 6}), stop_reds=99)
    flares = []
    for pain in (6, 6, 5, 5, 5):
        one.next(pain={"back_left": pain}, after=None)
        flares.append(one.course.flare)
    assert flares == [False, True, True, False, False]


def test_a_flare_up_lowers_once() -> None:
    one = days(FIVE, FIVE_LADDERS, person=intake(pain={"back_left": 6}))
    seen = [amounts(one.next(pain={"back_left": 6}, after=None))["a"] for _ in range(4)]
    assert seen == [((3.0, 5, 1),), ((3.0, 4, 1),), ((3.0, 4, 1),), ((3.0, 4, 1),)]


def test_two_reds_ask_for_a_review_and_three_stop() -> None:
    one = days(FIVE, FIVE_LADDERS)
    for name in ("a", "b"):
        one.next({name: good(pain=6)})
    found = one.next({"c": good(pain=6)})
    assert Rule.REVIEW in [note.rule for note in found.notes]
    assert len(found.items) == 3
    one.day += 1
    one.wake()
    assert one.look().notes[0].rule is Rule.TOO_MANY_REDS  # type: ignore[union-attr]
    one.course.clearance(Clearance("c", at(4), "Dr A", (REVIEW,)))
    assert len(one.next().items) > 0


def test_a_clearance_for_something_else_does_not_end_a_review() -> None:
    one = days(FIVE, FIVE_LADDERS)
    for name in ("a", "b"):
        one.next({name: good(pain=6)})
    one.course.clearance(Clearance("c", at(3), "Dr A", ("foot_drop",)))
    assert one.course.reds_in_window() == 1
    one.next()
    assert one.course.reds_in_window() == 2


@pytest.mark.parametrize(("gap", "count"), [(6, 1), (7, 0)])
def test_reds_are_counted_over_their_window(gap: int, count: int) -> None:
    one = days(missed_days=14)
    one.next({"tilt": good(pain=6)})
    one.next(skip=gap - 1)
    assert one.course.reds_in_window() == count


def test_pain_still_further_down_next_morning_leaves_out_every_direction_that_was_moved() -> None:
    one = days(BENT, BENT_LADDERS, person=intake(pain={"calf_left": 2}))
    one.next(pain={"calf_left": 2}, after=None)
    found = one.next(pain={"calf_left": 2, "foot_left": 1}, after=None)
    assert set(amounts(found)) == {"tilt"}
    assert {note.subject for note in found.notes if note.rule is Rule.REMOVE_DIRECTION} == {"knee", "elbows"}


def test_a_stop_that_names_the_culprit_leaves_the_other_direction_alone() -> None:
    one = days(BENT, BENT_LADDERS, person=intake(pain={"calf_left": 2}))
    one.next({"knee": good(stopped=True, further_down=True)}, pain={"calf_left": 2}, after=None)
    found = one.next(pain={"calf_left": 2, "foot_left": 1}, after=None)
    assert set(amounts(found)) == {"tilt", "elbows"}


def test_pain_that_was_back_up_by_morning_leaves_nothing_out() -> None:
    one = days(BENT, BENT_LADDERS, person=intake(pain={"calf_left": 2}))
    one.next(pain={"calf_left": 2}, after=evening(1, {"calf_left": 2, "foot_left": 1}))
    found = one.next(pain={"calf_left": 2}, after=None)
    assert set(amounts(found)) == {"tilt", "knee", "elbows"}
    assert set(rules(found).values()) == {"dose.lower.red"}


@pytest.mark.parametrize(("wait", "back"), [(12, False), (13, True)])
def test_a_direction_comes_back_after_its_pause(wait: int, back: bool) -> None:
    one = days(BENT, BENT_LADDERS, person=intake(pain={"calf_left": 2}), missed_days=14)
    one.next(pain={"calf_left": 2}, after=None)
    one.next(pain={"calf_left": 2, "foot_left": 1}, after=None)
    found = one.next(pain={"calf_left": 2}, after=None, skip=wait)
    assert ("knee" in amounts(found)) is back


def test_the_leg_map_chooses_a_direction_once_it_is_sure() -> None:
    lib = {name: BENT[name] for name in ("elbows", "tilt")}
    one = days(
        {**lib, "knee": BENT["knee"]},
        {"e": ("elbows",), "t": ("tilt",)},
        person=intake(pain={"foot_left": 3}),
    )
    for region in ("foot", "calf", "thigh", "buttock", "back"):
        one.next(pain={f"{region}_left": 3}, after=None)
    assert one.course.responses[Direction.EXTENSION] == (4, 0)
    assert one.course.direction() is None
    one.course._count({Direction.FLEXION}, good=False)
    one.course._count({Direction.FLEXION}, good=False)
    assert one.course.direction() is Direction.EXTENSION


def test_what_directions_did_together_is_shared_between_them() -> None:
    one = days(BENT, BENT_LADDERS, person=intake(pain={"calf_left": 3}))
    one.next(pain={"calf_left": 3}, after=None)
    one.next(pain={"thigh_left": 3}, after=None)
    assert one.course.responses == {Direction.FLEXION: (0.5, 0), Direction.EXTENSION: (0.5, 0)}
