"""The edges of a course: the floor, half hours, a second check-in, an empty map, the stop button."""

import pytest
from tests.unit.clinic import (
    BENT,
    BENT_LADDERS,
    FIVE,
    FIVE_LADDERS,
    HEAD,
    amounts,
    days,
    evening,
    exercise,
    good,
    intake,
    library,
    rules,
)

from ischia.check_in import Comparison
from ischia.dose.orders import Bound, SetDose
from ischia.session.plan import Dose
from ischia.units import Side


def floor(start: tuple[float, int, int], reds: int) -> tuple[float, int, int]:
    """Where somebody on the first rung ends after so many red sessions."""
    one = days(
        library(exercise("tilt", start=start, ceiling=(9, 20, 1))),
        {"a": ("tilt",)},
        review_reds=99,
        stop_reds=99,
    )
    for _ in range(reds):
        one.next({"tilt": good(pain=6)})
    return amounts(one.next())["tilt"][0]


def test_on_the_first_rung_half_of_the_starting_volume_is_the_floor() -> None:
    assert [floor((3, 5, 1), reds)[1] for reds in range(5)] == [5, 4, 3, 3, 3]
    assert [floor((2, 4, 1), reds)[1] for reds in range(5)] == [4, 3, 2, 2, 2]
    assert [floor((1, 19, 1), reds)[1] for reds in range(5)] == [19, 15, 12, 12, 12]


def test_half_hours_count_where_bending_waits() -> None:
    for hour, waits in ((9.5, False), (9.45, True)):
        one = days(BENT, BENT_LADDERS, flexion_from_hours=9.5)
        assert ("knee" not in amounts(one.next(hour=hour))) is waits


def test_a_second_check_in_of_the_day_leaves_the_session_to_the_next_morning() -> None:
    one = days()
    one.next()
    one.wake(hour=18)
    one.next()
    assert one.course.sides["tilt"][0].greens == 1


def test_a_leg_map_left_empty_is_unknown_and_no_fault() -> None:
    one = days()
    one.next(None, evening(1, leg_map={}))
    one.next(None, None, leg_map={})
    assert rules(one.next()) == {"tilt": "dose.keep.missing"}


@pytest.mark.parametrize(("name", "rule"), [("unwell", "dose.keep"), ("further_down", "dose.lower.red")])
def test_what_was_said_at_the_stop_button_reaches_the_grade(name: str, rule: str) -> None:
    one = days()
    one.next({"tilt": good(**{name: True})})
    assert rules(one.next()) == {"tilt": rule}


def test_a_raise_needs_its_hours_of_green_to_the_minute() -> None:
    for hour, rule in ((11, "dose.raise.hold"), (10.98, "dose.keep.streak")):
        one = days(green_sessions=2)
        one.next(hour=11)
        one.next(hour=11)
        assert rules(one.next(hour=hour)) == {"tilt": rule}


def test_a_session_may_fill_its_time_to_the_second() -> None:
    whole = days(FIVE, FIVE_LADDERS).next()
    for spare_s, exercises in ((0, 5), (-1, 4)):
        one = days(FIVE, FIVE_LADDERS, session_most_minutes=(whole.duration_s + spare_s) / 60)
        assert len(one.next().items) == exercises


def test_an_exercise_counts_for_the_volume_until_its_window_is_over() -> None:
    for later, volume in ((7, 15.0), (8, 0.0)):
        one = days(volume_window_days=7, missed_days=14)
        one.next()
        one.day += later
        one.wake()
        assert one.course.volume() == volume


def test_on_the_way_down_each_side_keeps_to_its_own_bound() -> None:
    lib = library(exercise("low", sides=(Side.LEFT, Side.RIGHT)), exercise("high"))
    one = days(lib, {"x": ("low", "high")}, {"x": "high"})
    one.course.order(Bound(*HEAD, "low", Dose(3, 4, 1, 30), Side.RIGHT))
    one.next({"high": good(pain=6)})
    assert amounts(one.next()) == {"low": ((3.0, 5, 1), (3.0, 4, 1))}


def test_a_rung_that_was_raised_once_begins_light_again_on_the_way_down() -> None:
    one = days(library(exercise("low"), exercise("high")), {"x": ("low", "high")})
    one.course.order(SetDose(*HEAD, "low", Dose(9, 9, 1, 30)))
    one.course.order(SetDose(*HEAD, "high", Dose(3, 5, 1, 30)))
    one.next({"high": good(pain=6)})
    assert amounts(one.next()) == {"low": ((3.0, 5, 1),)}


def test_a_ladder_that_comes_down_to_anothers_exercise_takes_it_as_it_is() -> None:
    one = days(
        library(exercise("low"), exercise("high")), {"x": ("low",), "y": ("low", "high")}, {"y": "high"}
    )
    one.course.sides["low"][0].amount = (9, 9, 1)
    one.next({"high": good(pain=6)})
    assert amounts(one.next()) == {"low": ((9, 9, 1),)}


def test_above_the_start_a_red_session_takes_repetitions_and_the_rung_stays() -> None:
    one = days(library(exercise("low"), exercise("high")), {"x": ("low", "high")}, {"x": "high"})
    one.course.order(SetDose(*HEAD, "high", Dose(9, 9, 1, 30)))
    one.next({"high": good(pain=6)})
    found = one.next()
    assert (amounts(found), rules(found)) == ({"high": ((9.0, 7, 1),)}, {"high": "dose.lower.red"})


@pytest.mark.parametrize("place", ["back_left", "calf_left"])
def test_a_jump_of_back_or_leg_pain_on_a_worse_morning_is_a_flare_up(place: str) -> None:
    one = days(person=intake(pain={"back_left": 1, "calf_left": 1}))
    one.next(pain={"back_left": 1, "calf_left": 1})
    one.day += 1
    one.wake(pain={"back_left": 1, "calf_left": 1, place: 3}, morning=Comparison.WORSE)
    assert one.course.flare


def test_two_bad_check_ins_of_one_day_are_one_bad_morning() -> None:
    one = days(person=intake(pain={"back_left": 6}))
    one.day = 1
    for hour in (8, 9):
        one.wake(hour=hour, pain={"back_left": 6})
    assert (one.course.bad_row, one.course.flare) == (1, False)
    one.day = 2
    one.wake(pain={"back_left": 6})
    assert (one.course.bad_row, one.course.flare) == (2, True)


def test_a_day_that_turns_bad_at_its_second_check_in_counts_as_bad() -> None:
    one = days(person=intake(pain={"back_left": 6}))
    one.day = 1
    one.wake(hour=8, pain={"back_left": 5})
    one.wake(hour=9, pain={"back_left": 6})
    assert one.course.bad_row == 1


def test_after_a_break_what_was_lowered_already_is_lowered_no_further_and_the_rest_is() -> None:
    one = days(library(exercise("a"), exercise("b")), {"a": ("a",), "b": ("b",)})
    one.next({"a": good(pain=6)})
    found = one.next(skip=6)
    assert rules(found) == {"a": "dose.lower.red", "b": "dose.lower.week_missed"}
    assert amounts(found) == {"a": ((3.0, 4, 1),), "b": ((3.0, 4, 1),)}


def test_one_step_back_a_day_is_enough_for_each_exercise() -> None:
    one = days(library(exercise("low")), {"x": ("low",)}, person=intake(pain={"back_left": 4}))
    one.next({"low": good(pain=6)}, pain={"back_left": 4})
    found = one.next(pain={"back_left": 6}, morning=Comparison.WORSE)
    assert one.course.flare
    assert (amounts(found), rules(found)) == ({"low": ((3.0, 4, 1),)}, {"low": "dose.lower.red"})


@pytest.mark.parametrize("window", [4, 3])
def test_raises_are_remembered_with_their_day_and_volumes_while_the_window_lasts(window: int) -> None:
    one = days(volume_rise_share=1, volume_window_days=window)
    for _ in range(7):
        one.next()
    today = one.course.day
    earlier = [(today - 3, 10.0, 15.0)] if window > 3 else []
    assert one.course.rises == [*earlier, (today, 5.0, 25.0)]
    assert one.course.raised_on == today


def test_the_light_start_below_a_set_dose_is_of_the_side_it_was_set_for() -> None:
    both = (Side.LEFT, Side.RIGHT)
    one = days(library(exercise("low", sides=both)), {"x": ("low",)}, person=intake(pain={"back_left": 4}))
    one.course.order(SetDose(*HEAD, "low", Dose(3, 9, 1, 30), Side.RIGHT))
    one.course.sides["low"][0].amount = (3, 9, 1)
    for _ in range(2):
        one.next({"low": good(2, pain=4)}, pain={"back_left": 4})
    assert amounts(one.next(pain={"back_left": 4})) == {"low": ((3, 7, 1), (3.0, 9, 1))}
