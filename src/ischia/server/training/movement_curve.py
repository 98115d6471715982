"""How far a kept movement had come at each moment, as a curve to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ischia.analysis import UnknownExercise, motion_spec
from ischia.movement import Tracker
from ischia.movement.whole import GAP_S
from ischia.recording import LandmarkTrack
from ischia.session import RepRecord

WIDTH: Final = 1000
HEIGHT: Final = 100

_ROOM: Final = 0.15
"""Room above the hold and below the start pose, as a share of the way between them."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines in a picture of ``WIDTH`` by ``HEIGHT``, each as the points of an SVG polyline.

    Attributes:
        ways: everything that was seen, broken where the tracker, too, follows no movement.
        holds: the holds on record, to be laid over it.
        levels: heights of the start pose and of the hold.
    """

    ways: list[str]
    holds: list[str]
    levels: tuple[float, float]
    box: str = f"0 0 {WIDTH} {HEIGHT}"


def curve_of(track: LandmarkTrack, exercise_id: str, reps: Sequence[RepRecord]) -> Curve | None:
    """Follow a movement from its start pose to its hold; None where nothing of the exercise was seen."""
    try:
        tracker = Tracker(motion_spec(exercise_id))
    except UnknownExercise:
        return None
    for frame in track:
        tracker.push(frame)
    seen = tracker.finish().curve
    first_s, last_s = float(track.t_s[0]), float(track.t_s[-1])
    if not seen or last_s == first_s:
        return None

    def points(part: Sequence[Point]) -> str:
        return " ".join(
            f"{WIDTH * (t_s - first_s) / (last_s - first_s):.1f},{_height(progress):.1f}"
            for t_s, progress in part
        )

    edges = ((rep.hold_start_s, rep.hold_end_s) for rep in reps)
    held = (
        [point for point in seen if begin <= point[0] <= end]
        for begin, end in edges
        if begin is not None and end is not None
    )
    return Curve(
        ways=[points(part) for part in _unbroken(seen)],
        holds=[points(part) for part in held if part],
        levels=(_height(0.0), _height(1.0)),
    )


def _height(progress: float) -> float:
    within = min(1.0 + _ROOM, max(-_ROOM, progress))
    return HEIGHT * (1.0 + _ROOM - within) / (1.0 + 2.0 * _ROOM)


def _unbroken(seen: Sequence[Point]) -> list[Sequence[Point]]:
    breaks = [at for at, (one, other) in enumerate(pairwise(seen), 1) if other[0] - one[0] > GAP_S]
    return [seen[begin:end] for begin, end in pairwise([0, *breaks, len(seen)])]
