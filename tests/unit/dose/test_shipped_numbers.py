"""Numbers of the shipped protocol at their boundary, where no case of tests/scenarios stands on it."""

import pytest
from tests.unit.clinic import LADDER, ONE, Days, exercise, library, protocol

from ischia.check_in.direction import Response, preference
from ischia.dose.protocol_file import default_protocol
from ischia.dose.raises import is_earned
from ischia.dose.state import Refusal, SideState, Sketch


def first_session(*repetitions_and_holds: tuple[int, float]) -> Sketch | Refusal:
    """The first session of exercises with these doses, each of them on a ladder of its own."""
    made = [
        exercise(f"e{place}", start=(hold_s, repetitions, 1), ceiling=(hold_s, repetitions, 1))
        for place, (repetitions, hold_s) in enumerate(repetitions_and_holds)
    ]
    days = Days(library(*made), protocol({one.id: (one.id,) for one in made}))
    days.day = 1
    days.wake()
    return days.look()


def test_a_session_of_thirty_minutes_to_the_second_is_short_enough() -> None:
    """Turning over 20 s, instructions 60 s, and 43 repetitions of 34 s and the 6 s that moving takes."""
    fits = first_session((43, 34))
    assert isinstance(fits, Sketch)
    assert fits.duration_s == 20 + 60 + 43 * (34 + 6) == 30 * 60
    assert isinstance(first_session((43, 34.1)), Refusal)


def test_a_second_exercise_in_the_same_position_costs_its_instructions_alone() -> None:
    both = first_session((5, 3), (5, 3))
    assert isinstance(both, Sketch)
    assert both.duration_s == 20 + 2 * (60 + 5 * (3 + 6))


@pytest.mark.parametrize(("ladders", "exercises"), [(6, 6), (7, 6)])
def test_a_session_has_six_exercises_and_never_a_seventh(ladders: int, exercises: int) -> None:
    sketch = first_session(*[(5, 3)] * ladders)
    assert isinstance(sketch, Sketch)
    assert len(sketch.items) == exercises


@pytest.mark.parametrize(("sessions", "direction"), [(7, None), (8, "extension")])
def test_a_direction_is_chosen_after_eight_good_answers_and_not_after_seven(
    sessions: int, direction: str | None
) -> None:
    """Seven make it 89.9 % certain, eight 90.7 %."""
    share = default_protocol().numbers.direction_certainty_share
    assert preference(Response(), Response(good=sessions), share).direction == direction


@pytest.mark.parametrize(("hours", "earned"), [(48, True), (47.9, False)])
def test_three_green_sessions_count_after_forty_eight_hours(hours: float, earned: bool) -> None:
    """Three sessions on three days take that long by themselves, unless somebody flies east."""
    days = Days(ONE, protocol(LADDER))
    days.next()
    greens = SideState((3, 5, 1), greens=3, green_since_h=days.course.morning_h - hours)
    assert is_earned(days.course, greens) is earned
