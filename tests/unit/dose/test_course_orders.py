"""What a session holds: directions, conditions, orders, ladders that meet, and its length."""

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
    exercise,
    good,
    intake,
    library,
    morning,
    no_to_all,
    rules,
)

from ischia.dose.choose import sketch_session
from ischia.dose.orders import Bound, Direction, Exclude, Freeze, Prefer, SetDose, Unlock, Withdraw
from ischia.dose.state import Refusal
from ischia.session.plan import Dose
from ischia.session.record import Effort, Stop, StopReason
from ischia.session.rules import Rule
from ischia.units import Side


def test_a_clinicians_direction_leaves_the_other_out_and_none_gives_it_back() -> None:
    one = days(BENT, BENT_LADDERS)
    one.course.order(Prefer(*HEAD, Direction.EXTENSION))
    found = one.next()
    assert set(amounts(found)) == {"elbows", "tilt"}
    assert (Rule.REMOVE_PREFERENCE, "knee") in [(note.rule, note.subject) for note in found.notes]
    one.course.order(Prefer("o2", at(1), "Dr A", None))
    assert "knee" in amounts(one.next())


@pytest.mark.parametrize(("hour", "there"), [(9.95, False), (10, True)])
def test_bending_waits_until_later_in_the_morning(hour: float, there: bool) -> None:
    found = days(BENT, BENT_LADDERS).next(hour=hour)
    assert ("knee" in amounts(found)) is there
    assert ((Rule.FLEXION_LATER, "knee") in [(note.rule, note.subject) for note in found.notes]) is not there


def test_bending_does_not_wait_where_it_is_the_direction_to_work_in() -> None:
    one = days(BENT, BENT_LADDERS)
    one.course.order(Prefer(*HEAD, Direction.FLEXION))
    assert "knee" in amounts(one.next(hour=7))


def test_later_that_day_only_what_waited_is_left_and_then_nothing() -> None:
    one = days(BENT, BENT_LADDERS)
    one.next(hour=7)
    one.course.check_in(morning(1, hour=15))
    found = one.look()
    assert set(amounts(found)) == {"knee"}  # type: ignore[arg-type]
    one.train(found, None, None)  # type: ignore[arg-type]
    one.course.check_in(morning(1, hour=18))
    assert one.look().notes[0].rule is Rule.DONE_TODAY  # type: ignore[union-attr]


def test_where_everything_is_left_out_there_is_a_reason() -> None:
    one = days({"knee": BENT["knee"]}, {"k": ("knee",)})
    one.day = 1
    one.wake(hour=7)
    found = one.look()
    assert [note.rule for note in found.notes] == [Rule.NOTHING_LEFT, Rule.FLEXION_LATER]  # type: ignore[union-attr]


def test_positions_are_grouped_and_standing_comes_last() -> None:
    lib = library(
        exercise("s1", position="standing"),
        exercise("p1", position="prone"),
        exercise("l1"),
        exercise("q1", position="quadruped"),
        exercise("p2", position="prone"),
        exercise("l2"),
    )
    found = days(lib, {name: (name,) for name in lib}).next()
    assert [item.exercise.id for item in found.items] == ["l1", "l2", "p1", "p2", "q1", "s1"]


def test_the_duration_adds_instructions_changes_repetitions_and_rests() -> None:
    lib = library(exercise("l1"), exercise("p1", position="prone", sides=(Side.LEFT, Side.RIGHT)))
    found = days(
        lib, {name: (name,) for name in lib}, instruction_seconds=10, position_change_seconds=7
    ).next()
    # l1: 7 + 10 + 5 x (3 + 6); p1: 7 + 10 + 2 x 5 x (3 + 6) + one rest of 30 between the sides
    assert found.duration_s == 7 + 10 + 45 + 7 + 10 + 90 + 30


def test_a_session_that_would_be_too_long_leaves_out_what_was_done_last() -> None:
    one = days(FIVE, FIVE_LADDERS, session_most_minutes=5, instruction_seconds=25)
    first = one.next()
    assert first.duration_s <= 300
    left = {note.subject for note in first.notes if note.rule is Rule.TIME_BUDGET}
    assert left
    second = one.next()
    assert left <= set(amounts(second))


def test_there_are_never_more_exercises_than_the_protocol_says() -> None:
    one = days(FIVE, FIVE_LADDERS, session_exercises=4, bad_day_exercises=4)
    assert len(one.next().items) == 4
    assert "e" in amounts(one.next())


def test_a_bound_is_never_passed_and_lowers_at_once() -> None:
    one = days()
    one.course.order(Bound(*HEAD, "tilt", Dose(4, 5, 1, 30)))
    found = [one.next() for _ in range(12)]
    assert {amounts(sketch)["tilt"][0][0] for sketch in found} == {3.0, 4.0}
    assert rules(found[-1]) == {"tilt": "dose.keep.ceiling"}
    one.course.order(Bound("o2", at(12, 12), "Dr A", "tilt", Dose(2, 9, 1, 30)))
    found = one.next()
    assert (amounts(found), rules(found)) == ({"tilt": ((2.0, 5, 1),)}, {"tilt": "dose.lower.order"})


def test_a_bound_of_one_side_leaves_the_other() -> None:
    one = days(library(exercise("dog", sides=(Side.LEFT, Side.RIGHT))), {"a": ("dog",)})
    one.course.order(Bound(*HEAD, "dog", Dose(2, 5, 1, 30), Side.RIGHT))
    assert amounts(one.next()) == {"dog": ((3.0, 5, 1), (2.0, 5, 1))}


def test_freezes_keep_one_exercise_or_all() -> None:
    lib = library(exercise("a"), exercise("b"))
    one = days(lib, {"a": ("a",), "b": ("b",)})
    one.course.order(Freeze(*HEAD, "a"))
    found = [rules(one.next()) for _ in range(4)]
    assert found[3] == {"a": "dose.keep.frozen", "b": "dose.raise.hold"}
    one.course.order(Freeze("o2", at(4, 12), "Dr A"))
    for _ in range(8):
        last = rules(one.next())
    assert set(last.values()) == {"dose.keep.frozen", "dose.keep.streak"} or set(last.values()) == {
        "dose.keep.frozen"
    }
    one.course.order(Withdraw("o3", at(13), "Dr A", "o2"))
    assert "dose.raise.hold" in rules(one.next()).values()


def test_a_set_dose_moves_to_its_rung_and_is_said_so_once() -> None:
    one = days()
    one.course.order(SetDose(*HEAD, "bridge", Dose(6, 6, 1, 30)))
    first, second = one.next(), one.next()
    assert (amounts(first), rules(first)) == ({"bridge": ((6.0, 6, 1),)}, {"bridge": "dose.set_by_clinician"})
    assert rules(second) == {"bridge": "dose.keep.streak"}


def test_a_set_dose_of_one_side_leaves_the_other() -> None:
    one = days(library(exercise("dog", sides=(Side.LEFT, Side.RIGHT))), {"a": ("dog",)})
    one.course.order(SetDose(*HEAD, "dog", Dose(6, 6, 1, 30), Side.LEFT))
    assert amounts(one.next()) == {"dog": ((6.0, 6, 1), (3.0, 5, 1))}


def test_a_set_dose_never_passes_a_bound_nor_a_lock() -> None:
    one = days()
    one.course.order(Bound(*HEAD, "tilt", Dose(4, 5, 1, 30)))
    one.course.order(SetDose("o2", at(0, 10.5), "Dr A", "tilt", Dose(9, 9, 1, 30)))
    one.course.order(SetDose("o3", at(0, 10.6), "Dr A", "single", Dose(3, 3, 1, 30)))
    assert amounts(one.next()) == {"tilt": ((4.0, 5, 1),)}


def test_unlocked_an_exercise_is_reached_by_its_ladder() -> None:
    lib = {**ONE, "bridge": exercise("bridge", start=(3, 5, 1), ceiling=(3, 5, 1))}
    one = days(lib, starts={"bridge": "bridge"})
    one.course.order(Unlock(*HEAD, "single"))
    found = [rules(one.next()) for _ in range(4)]
    assert found[3] == {"single": "dose.raise.rung"}


def test_an_excluded_exercise_gives_way_to_an_easier_one_never_to_a_harder() -> None:
    one = days()
    one.course.order(Exclude(*HEAD, "tilt"))
    one.day = 1
    one.wake()
    assert isinstance(one.look(), Refusal)
    other = days(starts={"bridge": "bridge"})
    other.course.order(Exclude(*HEAD, "bridge"))
    assert set(amounts(other.next())) == {"tilt"}
    other.course.order(Withdraw("o2", at(1, 12), "Dr A", "o"))
    assert amounts(other.next()) == {"bridge": ((3.0, 5, 1),)}


def test_an_exercise_on_two_ladders_is_done_once_and_keeps_one_dose() -> None:
    lib = library(exercise("brace"), exercise("arm"), exercise("curl"))
    one = days(lib, {"back": ("brace", "arm"), "belly": ("brace", "curl")})
    assert list(amounts(one.next())) == ["brace"]
    for _ in range(3):
        found = one.next()
    assert rules(found) == {"brace": "dose.raise.hold"}


def test_red_on_a_shared_exercise_lowers_both_ladders() -> None:
    lib = library(exercise("a"), exercise("b"), exercise("brace"))
    one = days(lib, {"x": ("a", "brace"), "y": ("b", "brace")}, {"x": "brace", "y": "brace"})
    one.next({"brace": good(pain=6)})
    assert set(amounts(one.next())) == {"a", "b"}


def test_a_rung_above_that_another_ladder_stands_on_waits() -> None:
    lib = library(exercise("a", ceiling=(3, 5, 1)), exercise("brace", ceiling=(3, 5, 1)))
    one = days(lib, {"x": ("a", "brace"), "y": ("brace",)})
    for _ in range(5):
        found = rules(one.next())
    assert found["a"].startswith("dose.keep")
    assert set(found) == {"a", "brace"}


@pytest.mark.parametrize(
    ("person", "start"),
    [
        ({}, "bridge"),
        ({"age": 64}, "bridge"),
        ({"age": 65}, "tilt"),
        ({"age": None}, "tilt"),
        ({"pain": {"calf_left": 5}}, "bridge"),
        ({"pain": {"calf_left": 6}}, "tilt"),
        ({"pain": {"back_left": 6}}, "tilt"),
    ],
)
def test_irritable_older_or_unknown_starts_one_rung_lower(person: dict[str, object], start: str) -> None:
    one = days(starts={"bridge": "bridge"}, person=intake(**person))  # type: ignore[arg-type]
    found = one.next()
    assert rules(found) == {start: "dose.start.easier" if start == "tilt" else "dose.start"}


def test_on_the_lowest_rung_nobody_starts_lower_still() -> None:
    assert set(amounts(days(person=intake(age=80)).next())) == {"tilt"}


def test_a_flag_that_lets_exercise_go_on_raises_nothing() -> None:
    one = days()
    answers = {**no_to_all(not_settling=True), "booked_appointment": True}
    for _ in range(4):
        found = one.next(answers=answers)
    assert rules(found) == {"tilt": "dose.keep.flag"}


@pytest.mark.parametrize(
    ("day", "pain", "noted"), [(42, 3, True), (41, 3, False), (42, 2, False), (42, 4, True)]
)
def test_six_weeks_without_gain_are_noted(day: int, pain: int, noted: bool) -> None:
    one = days(person=intake(pain={"calf_left": 4}), missed_days=14)
    found = one.next(skip=day - 1, pain={"calf_left": pain})
    assert (Rule.NO_GAIN in [note.rule for note in found.notes]) is noted


def test_somebody_without_pain_at_first_has_nothing_to_gain() -> None:
    one = days(person=intake(pain={"calf_left": 1}))
    assert Rule.NO_GAIN not in [note.rule for note in one.next(skip=60, pain={"calf_left": 1}).notes]


def test_what_conditions_leave_out_is_listed_without_the_locks() -> None:
    lib = {**ONE, "bridge": exercise("bridge", cautions=(("osteoporosis", "remove", None),))}
    one = days(lib, person=intake(conditions=["osteoporosis"]))
    assert [(note.rule, note.subject, note.because) for note in one.course.left_out()] == [
        (Rule.REMOVE_CAUTION, "bridge", "osteoporosis")
    ]


def test_new_weakness_at_the_stop_button_shuts_the_gate() -> None:
    one = days()
    one.next()
    one.course.stop(Stop("s", "tilt", StopReason.HURTS_MORE, None, True, at(1, 11.5)))
    one.day += 1
    one.wake()
    assert not one.course.watch.cleared


def test_hard_effort_twice_takes_a_step_back() -> None:
    one = days()
    one.next({"tilt": good(effort=Effort.HARD)})
    one.next({"tilt": good(effort=Effort.HARD)})
    assert rules(one.next()) == {"tilt": "dose.lower.amber"}


def test_planning_changes_nothing() -> None:
    one = days()
    for _ in range(3):
        one.next()
    one.day += 1
    one.wake()
    assert sketch_session(one.course) == sketch_session(one.course)


def test_a_session_of_an_unknown_plan_is_left_aside() -> None:
    one = days()
    one.next()
    one.course.done("another", {"tilt": good(pain=9)})
    assert rules(one.next()) == {"tilt": "dose.keep.streak"}


def test_a_rung_that_is_reached_begins_within_its_bound() -> None:
    lib = {**ONE, "tilt": exercise("tilt", start=(3, 5, 1), ceiling=(3, 5, 1))}
    one = days(lib)
    one.course.order(Bound(*HEAD, "bridge", Dose(2, 4, 1, 30)))
    for _ in range(4):
        found = one.next()
    assert (amounts(found), rules(found)) == ({"bridge": ((2.0, 4, 1),)}, {"bridge": "dose.raise.rung"})


def test_on_the_way_down_a_rung_is_no_more_than_when_it_was_last_done() -> None:
    one = days(stop_reds=99)
    one.next({"tilt": good(pain=6)})
    assert amounts(one.next()) == {"tilt": ((3.0, 4, 1),)}
    one.course.order(SetDose(*HEAD, "bridge", Dose(3, 5, 1, 30)))
    assert amounts(one.next({"bridge": good(pain=6)})) == {"bridge": ((3.0, 5, 1),)}
    assert amounts(one.next()) == {"tilt": ((3.0, 4, 1),)}
