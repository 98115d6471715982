"""What a day's session notes about itself, in whole, and why an exercise that went well got no more."""

import pytest
from tests.unit.clinic import (
    BENT,
    BENT_LADDERS,
    FIVE,
    FIVE_LADDERS,
    HEAD,
    days,
    exercise,
    good,
    intake,
    library,
    rules,
)

from ischia.check_in import Comparison
from ischia.dose.orders import Bound, Direction, Prefer, SetDose
from ischia.dose.state import Note
from ischia.session.plan import Dose
from ischia.session.rules import Rule
from ischia.units import Side

BOTH = (Side.LEFT, Side.RIGHT)


def test_what_waits_and_what_is_against_the_direction_name_how_the_exercise_bends() -> None:
    assert days(BENT, BENT_LADDERS).next(hour=8).notes == (
        Note(Rule.FLEXION_LATER, "knee", Direction.FLEXION),
    )
    one = days(BENT, BENT_LADDERS)
    one.course.order(Prefer(*HEAD, Direction.FLEXION))
    assert one.next().notes == (Note(Rule.REMOVE_PREFERENCE, "elbows", Direction.EXTENSION),)


@pytest.mark.parametrize(("before", "mode"), [(5, "flare_up"), (4, "bad_day")])
def test_a_harder_day_says_whether_it_is_a_flare_up_and_what_it_leaves_out(before: int, mode: str) -> None:
    one = days(FIVE, FIVE_LADDERS, person=intake(pain={"back_left": before}), flare_rise_points=2)
    one.next(pain={"back_left": before}, after=None)
    worse = {"back_left": 6 if mode == "bad_day" else 7}
    compared = Comparison.SAME if mode == "bad_day" else Comparison.WORSE
    assert one.next(pain=worse, morning=compared).notes == (
        Note(Rule.BAD_DAY, None, mode),
        Note(Rule.REMOVE_BAD_DAY, "d"),
        Note(Rule.REMOVE_BAD_DAY, "e"),
    )


def test_more_exercises_than_fit_are_left_out_for_time_on_an_ordinary_day() -> None:
    one = days(FIVE, FIVE_LADDERS, session_exercises=3)
    assert one.next().notes == (Note(Rule.TIME_BUDGET, "d"), Note(Rule.TIME_BUDGET, "e"))
    assert one.next().notes == (Note(Rule.TIME_BUDGET, "b"), Note(Rule.TIME_BUDGET, "c"))


def test_after_two_red_sessions_a_good_one_does_not_make_the_next_day_whole() -> None:
    one = days(FIVE, FIVE_LADDERS)
    for pain in (6, 6, 1):
        one.next({name: good(pain=pain) for name in FIVE})
    found = one.next()
    assert found.notes[0] == Note(Rule.REVIEW)
    assert [note.rule for note in found.notes[1:]] == [Rule.REMOVE_BAD_DAY, Rule.REMOVE_BAD_DAY]


@pytest.mark.parametrize(("first", "now", "notes"), [(2, 1, (Note(Rule.NO_GAIN),)), (2, 0, ()), (1, 1, ())])
def test_no_gain_is_said_from_the_least_pain_that_can_get_better(
    first: int, now: int, notes: tuple[Note, ...]
) -> None:
    one = days(person=intake(pain={"calf_left": first}), missed_days=14)
    assert one.next(skip=42, pain={"calf_left": now}).notes == notes


def test_somebody_whose_pain_was_not_told_at_first_has_no_gain_to_miss() -> None:
    unknown = {f"{region}_{side}": None for region in ("back", "calf") for side in BOTH}
    one = days(person=intake(pain=unknown))
    one.course.baseline = None
    assert one.next(skip=60).notes == ()


def after_three_good_sessions(*orders: Bound | SetDose, ceiling: tuple[float, int, int]) -> dict[str, str]:
    one = days(library(exercise("low", sides=BOTH, ceiling=ceiling)), {"x": ("low",)})
    for order in orders:
        one.course.order(order)
    for _ in range(3):
        one.next()
    return rules(one.next())


@pytest.mark.parametrize(("sets", "rule"), [(1, "dose.keep.ceiling"), (2, "dose.keep.sets")])
def test_a_further_set_that_never_fits_the_week_is_named_instead_of_a_full_dose(sets: int, rule: str) -> None:
    assert after_three_good_sessions(ceiling=(3, 5, sets)) == {"low": rule}


def test_a_dose_is_full_where_each_side_is_at_its_own_bound() -> None:
    orders = (
        Bound(*HEAD, "low", Dose(3, 4, 1, 30), Side.RIGHT),
        SetDose(*HEAD, "low", Dose(3, 6, 1, 30), Side.LEFT),
    )
    assert after_three_good_sessions(*orders, ceiling=(3, 6, 1)) == {"low": "dose.keep.ceiling"}


def test_one_change_of_position_is_counted_for_all_exercises_in_it() -> None:
    lib = library(exercise("a"), exercise("b"), exercise("c", position="prone"))
    usual = {"instruction_seconds": 10, "position_change_seconds": 7}
    found = days(lib, {name: (name,) for name in lib}, **usual).next()
    assert found.duration_s == 2 * 7 + 3 * (10 + 5 * (3 + 6))
