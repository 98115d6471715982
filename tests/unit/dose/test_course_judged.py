"""What a session is judged by, and what the leg teaches about directions, as whole values."""

import pytest
from tests.unit.clinic import BENT, BENT_LADDERS, days, evening, exercise, good, intake, leg_map, library

from ischia.check_in import Comparison, LegVerdict
from ischia.check_in.direction import Response
from ischia.dose.grade import ExerciseFacts, SessionFacts
from ischia.dose.orders import Direction
from ischia.session.record import Effort
from ischia.units import Side


def test_a_session_is_judged_by_everything_that_was_told_of_it() -> None:
    both = (Side.LEFT, Side.RIGHT)
    pain = {"back_left": 4, "calf_left": 3}
    one = days(library(exercise("low", sides=both)), {"x": ("low",)}, person=intake(pain=pain))
    done = good(2, pain=2, shares=(0.5, 1.0), stopped=True, unwell=True, further_down=True, new_weakness=True)
    one.next({"low": done}, evening(1, {"back_left": 4, "calf_left": 4}), pain=pain)
    one.day += 1
    one.wake(pain={"back_left": 5, "calf_left": 5}, night=Comparison.BETTER, morning=Comparison.WORSE)
    session = SessionFacts(
        leg_after=LegVerdict.UNCHANGED,
        leg_rise_after=1,
        leg_morning=LegVerdict.UNCHANGED,
        leg_rise_morning=2,
        back_rise_morning=1,
        morning=Comparison.WORSE,
        night=Comparison.BETTER,
        morning_late=False,
    )
    owns = [ExerciseFacts(2, 4, Effort.RIGHT, share, True, True, True, True, None) for share in (0.5, 1.0)]
    assert [(facts, own) for _, facts, own in one.course.judged["low"]] == [(session, own) for own in owns]


def test_a_good_session_is_remembered_by_its_own_day() -> None:
    one = days()
    one.next()
    one.day += 2
    one.wake()
    assert one.course.well_day == one.course.day - 2


def test_the_morning_speaks_up_to_its_last_hour() -> None:
    for hour, late in ((11, False), (11.1, True)):
        one = days(next_morning_most_hours=24)
        one.next(hour=11)
        one.day += 1
        one.wake(hour=hour)
        assert one.course.judged["tilt"][0][1].morning_late is late


@pytest.mark.parametrize(
    ("after", "morning", "further_down", "knee", "elbows"),
    [
        ("up", "up", (), Response(0.5, 0), Response(0.5, 0)),
        ("down", "down", (), Response(0, 0.5), Response(0, 0.5)),
        ("same", "same", (), Response(0, 0), Response(0, 0)),
        ("up", "same", (), Response(0, 0), Response(0, 0)),
        ("up", "gone", (), Response(0.5, 0), Response(0.5, 0)),
        ("down", "gone", (), Response(0, 0.5), Response(0, 0.5)),
        (None, "gone", (), Response(0, 0), Response(0, 0)),
        ("up", "up", ("knee",), Response(0, 1), Response(0, 0)),
        ("same", "same", ("elbows",), Response(0, 0), Response(0, 1)),
        ("down", "down", ("tilt",), Response(0, 0.5), Response(0, 0.5)),
    ],
)
def test_what_the_leg_did_counts_for_the_directions_that_were_moved(
    after: str | None, morning: str, further_down: tuple[str, ...], knee: Response, elbows: Response
) -> None:
    maps = {"up": {"back_left": 3}, "same": {"calf_left": 3}, "down": {"calf_left": 3, "foot_left": 3}}
    one = days(BENT, BENT_LADDERS, person=intake(pain=maps["same"]))
    done = {name: good(further_down=True) for name in further_down}
    one.next(done, None if after is None else evening(1, maps[after]), pain=maps["same"])
    one.day += 1
    one.wake(leg_map=leg_map(maps[morning]) if morning in maps else {})
    assert (one.course.responses[Direction.FLEXION], one.course.responses[Direction.EXTENSION]) == (
        knee,
        elbows,
    )
