"""What keeps a raise away, and what a harder rung has to wait for: each side and each boundary by itself."""

import pytest
from tests.unit.clinic import HEAD, Days, amounts, days, evening, exercise, good, intake, library, rules

from ischia.dose.orders import Bound, Direction, Exclude, Order, Prefer, SetDose, Unlock
from ischia.session.plan import Dose
from ischia.units import Side

BOTH = (Side.LEFT, Side.RIGHT)
LADDER = {"x": ("low", "high")}
PAIN_6 = {"back_left": 6}


def at_the_top(sides: tuple[Side, ...] = BOTH, **high: object) -> Days:
    """Somebody on an exercise whose light start is its ceiling; ``high`` is the rung above it."""
    low = exercise("low", sides=sides, ceiling=(3, 5, 1))
    return days(library(low, exercise("high", **high)), LADDER)  # type: ignore[arg-type]


def fourth_day(one: Days, **done: object) -> dict[str, str]:
    """The rules of the fourth day, after three good ones; ``done`` changes the third."""
    for day in range(3):
        one.next({"low": good(2, **done)} if done and day == 2 else None)
    return rules(one.next())


def test_from_the_ceiling_a_harder_rung_follows_three_good_sessions() -> None:
    assert fourth_day(at_the_top()) == {"high": "dose.raise.rung"}


def test_a_bound_on_one_side_keeps_the_rung() -> None:
    one = at_the_top()
    one.course.order(Bound(*HEAD, "low", Dose(3, 4, 1, 30), Side.RIGHT))
    assert "high" not in fourth_day(one)


@pytest.mark.parametrize("dose", [Dose(3, 4, 1, 30), Dose(2, 5, 1, 30)])
def test_a_rung_waits_until_both_sides_are_at_the_ceiling(dose: Dose) -> None:
    one = at_the_top()
    one.course.order(SetDose(*HEAD, "low", dose, Side.RIGHT))
    assert fourth_day(one)["low"].startswith("dose.raise")
    assert amounts(one.next())["low"] == ((3.0, 5, 1), (3.0, 5, 1))


def test_a_rung_waits_until_both_sides_went_well() -> None:
    assert fourth_day(at_the_top(), shares=(1.0, 0.5)) == {"low": "dose.keep"}


def test_a_rung_that_is_paused_or_against_the_direction_is_not_reached() -> None:
    one = at_the_top(direction=Direction.FLEXION)
    one.course.order(Prefer(*HEAD, Direction.EXTENSION))
    assert "high" not in fourth_day(one)


def test_a_rung_that_another_ladder_stands_on_is_not_reached_twice() -> None:
    low, high = exercise("low", ceiling=(3, 5, 1)), exercise("high", ceiling=(3, 5, 1))
    one = days(library(low, high), {"x": ("low", "high"), "y": ("high",)})
    assert set(fourth_day(one)) == {"low", "high"}


@pytest.mark.parametrize(("repetitions", "reached"), [(6, True), (7, False)])
def test_a_rung_that_adds_more_than_the_week_allows_waits(repetitions: int, reached: bool) -> None:
    low = exercise("low", sides=BOTH, ceiling=(3, 5, 1))
    one = days(library(low, exercise("high", sides=BOTH, start=(3, repetitions, 1))), LADDER)
    assert ("high" in fourth_day(one)) is reached


def test_a_further_set_that_does_not_fit_the_week_gives_way_to_the_next_rung() -> None:
    low = exercise("low", ceiling=(3, 5, 2))
    assert fourth_day(days(library(low, exercise("high")), LADDER)) == {"high": "dose.raise.rung"}


@pytest.mark.parametrize(("others", "rule"), [(4, "dose.raise.sets"), (3, "dose.keep.sets")])
def test_a_further_set_fits_where_it_is_a_fifth_of_the_programme(others: int, rule: str) -> None:
    full = [exercise(f"other{number}", ceiling=(3, 5, 1)) for number in range(others)]
    low = exercise("low", ceiling=(3, 5, 2))
    one = days(library(low, *full), {"x": ("low",), **{each.id: (each.id,) for each in full}})
    assert fourth_day(one)["low"] == rule


def test_a_further_set_that_fits_another_week_waits_for_that_week() -> None:
    full = [exercise(f"other{number}", ceiling=(3, 5, 1)) for number in range(4)]
    lib = library(exercise("low", ceiling=(3, 5, 2)), exercise("too", ceiling=(3, 5, 2)), *full)
    one = days(lib, {name: (name,) for name in lib}, session_exercises=6)
    assert fourth_day(one)["low"] == "dose.raise.sets"
    assert rules(one.next())["too"] == "dose.keep.week"


def test_a_bound_on_the_left_leaves_the_raise_to_the_right() -> None:
    one = days(library(exercise("low", sides=BOTH)), {"x": ("low",)})
    one.course.order(Bound(*HEAD, "low", Dose(3, 5, 1, 30), Side.LEFT))
    for _ in range(3):
        one.next()
    assert amounts(one.next()) == {"low": ((3.0, 5, 1), (5.0, 5, 1))}


def mornings(one: Days, *pains: int) -> dict[str, str]:
    """Good sessions on mornings with these pains; returns the rules of the last."""
    for pain in pains:
        told = {"back_left": pain}
        found = one.next(None, evening(one.day + 1, told), pain=told)
    return rules(found)


def test_nothing_is_raised_on_a_morning_of_much_pain_even_after_good_sessions() -> None:
    low = library(exercise("low"))
    told = {"flare_bad_mornings": 99}
    assert mornings(days(low, {"x": ("low",)}, person=intake(pain=PAIN_6), **told), 6, 6, 6, 6) == {
        "low": "dose.keep.bad_day"
    }
    assert mornings(days(low, {"x": ("low",)}, person=intake(pain={"back_left": 5}), **told), 5, 5, 5, 5) == {
        "low": "dose.raise.hold"
    }


def test_nothing_is_raised_while_a_flare_up_lasts_even_on_good_mornings() -> None:
    low, told = library(exercise("low")), {"flare_bad_mornings": 1}
    lasts = days(low, {"x": ("low",)}, person=intake(pain=PAIN_6), flare_good_mornings=99, **told)
    assert mornings(lasts, 6, 1, 1, 1) == {"low": "dose.keep.bad_day"}
    ended = days(low, {"x": ("low",)}, person=intake(pain=PAIN_6), flare_good_mornings=1, **told)
    assert mornings(ended, 6, 1, 1, 1) == {"low": "dose.raise.hold"}


def test_two_red_sessions_in_the_window_keep_everything_however_well_it_goes_since() -> None:
    one = days(library(exercise("low")), {"x": ("low",)}, red_window_days=30)
    for _ in range(2):
        one.next({"low": good(pain=7)})
    for _ in range(4):
        found = one.next()
    assert rules(found) == {"low": "plan.review"}


def test_a_late_morning_speaks_only_of_the_session_before_it() -> None:
    low, bend = exercise("low", ceiling=(3, 5, 1)), exercise("bend", Direction.FLEXION)
    one = days(library(low, bend), {"x": ("low",), "b": ("bend",)}, flexion_from_hours=10)
    for hour in (11, 11, 11, 7):
        found = one.next(hour=hour)
    assert "bend" not in rules(found)
    one.next(hour=11, skip=3)
    assert rules(one.next(hour=11)) == {"low": "dose.keep.streak", "bend": "dose.raise.hold"}


THREE = library(exercise("low", ceiling=(3, 5, 1)), exercise("middle"), exercise("high"))


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ((), {"middle": "dose.raise.rung"}),
        ((Exclude(*HEAD, "middle"),), {"low": "dose.keep.left_out"}),
        ((Exclude(*HEAD, "middle"), Unlock(*HEAD, "high")), {"high": "dose.raise.rung"}),
        ((Exclude(*HEAD, "middle"), SetDose(*HEAD, "high", Dose(3, 5, 1, 30))), {"high": "dose.raise.hold"}),
        ((Exclude(*HEAD, "high"), Exclude(*HEAD, "middle")), {"low": "dose.keep.ceiling"}),
    ],
)
def test_no_raise_leads_past_a_rung_that_is_left_out(
    orders: tuple[Order, ...], expected: dict[str, str]
) -> None:
    one = days(THREE, {"x": ("low", "middle", "high")})
    for order in orders:
        one.course.order(order)
    assert fourth_day(one) == expected


def test_after_a_step_back_past_a_rung_that_is_left_out_the_way_up_waits_too() -> None:
    one = days(THREE, {"x": ("low", "middle", "high")}, starts={"x": "high"})
    one.course.order(Exclude(*HEAD, "middle"))
    assert set(rules(one.next({"high": good(pain=6)}))) == {"high"}
    assert rules(one.next()) == {"low": "dose.lower.red"}
    found = [rules(one.next()) for _ in range(6)]
    assert found[-1] == {"low": "dose.keep.left_out"}


def test_a_bound_on_one_side_of_the_next_rung_caps_its_start() -> None:
    one = at_the_top(sides=BOTH)
    high = exercise("high", sides=BOTH)
    one = days(library(exercise("low", sides=BOTH, ceiling=(3, 5, 1)), high), LADDER)
    one.course.order(Bound(*HEAD, "high", Dose(2, 5, 1, 30), Side.RIGHT))
    assert fourth_day(one) == {"high": "dose.raise.rung"}
    assert amounts(one.next())["high"] == ((3.0, 5, 1), (2.0, 5, 1))
