"""Pain that was there before: it repeats, then lowers to the light start, and is told after six weeks."""

import pytest
from tests.unit.clinic import FIVE, HEAD, ONE, Days, amounts, days, evening, good, intake, rules

from ischia.dose.orders import SetDose
from ischia.dose.state import Sketch
from ischia.session.plan import Dose
from ischia.session.rules import Rule

TILT = {"t": ("tilt",)}
BACK_3 = {"back_left": 3}


def steady(one: Days, times: int, pain: int = 3, skip: int = 0) -> Sketch:
    """So many sessions with pain that was there before; returns the last."""
    for _ in range(times):
        after = evening(one.day + 1 + skip, BACK_3)
        found = one.next({"tilt": good(pain=pain)}, after, skip, pain=BACK_3)
    return found


def raised() -> Days:
    """Somebody with back pain of 3 whose hold has gone up from 3 s to 5 s; 5 repetitions as at the start."""
    one = days(ONE, TILT, person=intake(pain=BACK_3))
    assert amounts(steady(one, 4, pain=1)) == {"tilt": ((5.0, 5, 1),)}
    return one


def test_steady_pain_twice_takes_back_what_was_raised() -> None:
    one = raised()
    found = steady(one, 2)
    assert (rules(found), amounts(found)) == ({"tilt": "dose.keep"}, {"tilt": ((5.0, 5, 1),)})
    found = steady(one, 1)
    assert (rules(found), amounts(found)) == ({"tilt": "dose.lower.amber"}, {"tilt": ((5.0, 4, 1),)})


def test_steady_pain_never_goes_below_the_light_start() -> None:
    found = steady(raised(), 14)
    assert (rules(found), amounts(found)) == ({"tilt": "dose.keep"}, {"tilt": ((5.0, 3, 1),)})


def test_a_good_session_between_two_steady_ones_starts_the_count_anew() -> None:
    one = raised()
    for pain in (3, 1, 3, 1):
        found = steady(one, 1, pain)
    assert amounts(found) == {"tilt": ((5.0, 5, 1),)}


def test_steady_pain_keeps_the_dose_a_clinician_set() -> None:
    one = days(ONE, TILT, person=intake(pain=BACK_3))
    one.course.order(SetDose(*HEAD, "tilt", Dose(5, 6, 1, 30)))
    assert amounts(steady(one, 6)) == {"tilt": ((5.0, 6, 1),)}


def test_steady_pain_at_a_small_set_dose_takes_no_rung() -> None:
    one = days(ONE, {"t": ("bridge", "tilt")}, {"t": "tilt"}, intake(pain=BACK_3))
    one.course.order(SetDose(*HEAD, "tilt", Dose(3, 3, 1, 30)))
    assert amounts(steady(one, 6)) == {"tilt": ((3.0, 3, 1),)}


def test_pain_that_was_not_there_before_counts_as_second_after_steady_pain() -> None:
    one = days(starts={"bridge": "bridge"}, person=intake(pain=BACK_3))
    one.next({"bridge": good(pain=3)}, evening(1, BACK_3), pain=BACK_3)
    one.next({"bridge": good(pain=4)}, evening(2, BACK_3), pain=BACK_3)
    assert rules(one.next(pain=BACK_3)) == {"tilt": "dose.lower.amber"}


def test_in_a_red_session_nothing_counts_as_green() -> None:
    one = days(FIVE, {"a": ("a",), "b": ("b",)})
    one.next({"b": good(pain=7)})
    for _ in range(2):
        one.next()
    assert set(rules(one.next()).values()) == {"dose.keep.streak"}
    assert "dose.raise.hold" in rules(one.next()).values()


@pytest.mark.parametrize(("days_since", "noted"), [(41, False), (42, True)])
def test_six_weeks_without_a_good_session_are_noted(days_since: int, noted: bool) -> None:
    one = days(person=intake(pain={"back_left": 5}))
    steady(one, days_since)
    told = [note.rule for note in steady(one, 1).notes]
    assert (Rule.NO_PROGRESS in told) is noted
    assert Rule.NO_GAIN not in told


@pytest.mark.parametrize(("skip", "pain"), [(0, 1), (7, 3)])
def test_one_good_session_or_a_week_missed_begins_the_six_weeks_anew(skip: int, pain: int) -> None:
    one = days(person=intake(pain={"back_left": 5}))
    steady(one, 30)
    steady(one, 1, pain, skip)
    told = [note.rule for note in steady(one, 30).notes]
    assert Rule.NO_PROGRESS not in told


def test_a_good_exercise_in_a_red_session_is_no_good_session() -> None:
    one = days(
        FIVE, {"a": ("a",), "b": ("b",)}, person=intake(pain={"back_left": 5}), review_reds=99, stop_reds=99
    )
    for day in range(42):
        told = {"a": good(pain=3), "b": good(pain=3)} if day != 20 else {"a": good(), "b": good(pain=7)}
        one.next(told, evening(one.day + 1, BACK_3), pain=BACK_3)
    found = one.next(pain=BACK_3)
    assert Rule.NO_PROGRESS in [note.rule for note in found.notes]
