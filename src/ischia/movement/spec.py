"""What the tracker has to know of an exercise: its poses as points in space. Plain values, plain JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from ischia.anatomy.landmarks import BLAZEPOSE

Point = tuple[float, float, float]
"""Metres in the room: x to the right of a camera at the side, y up, z towards that camera."""

Points = tuple[Point, ...]
"""The 33 landmarks of one pose, in BlazePose's order."""

FORMAT: Final = 5


@dataclass(frozen=True)
class FaultSpec:
    """A way to do it wrong: its id and the pose it looks like."""

    id: str
    points: Points


@dataclass(frozen=True)
class MotionSpec:
    """An exercise as the tracker sees it.

    Attributes:
        exercise_id: id in the catalogue.
        position: ``supine``, ``prone``, ``quadruped`` or ``standing``.
        each_side: True where left and right are done in turn; the poses then show the left one.
        start: pose between repetitions.
        hold: pose that is held.
        before: pose from which the hold is reached, where that is not the start: one lifts the hips, and then
            a foot.
        faults: the exercise's own faults, in the pose of the hold.
        sees: joints that the camera must see: ``head``, ``shoulder``, ``elbow``, ``hip``, ``knee``,
            ``ankle``.
        fixed: parts that lie or stand on the ground from start to hold and so must stay where they are:
            ``head``, ``chest``, ``pelvis``, ``knee_left``, ``knee_right``, ``ankle_left``, ``ankle_right``.
        grips: True where the hands hold the moving leg.
        move_s: the phases' own seconds from start to hold; 0 where unknown.
        rest_s: the phases' own seconds from one repetition to the next; 0 where unknown.
    """

    exercise_id: str
    position: str
    each_side: bool
    start: Points
    hold: Points
    faults: tuple[FaultSpec, ...] = ()
    sees: tuple[str, ...] = ("shoulder", "hip", "knee")
    fixed: tuple[str, ...] = ()
    grips: bool = False
    move_s: float = 0.0
    rest_s: float = 0.0
    before: Points | None = None

    def __post_init__(self) -> None:
        """Refuse poses that are not 33 points.

        Raises:
            ValueError: a pose has another number of points.
        """
        for name, points in (
            ("start", self.start),
            ("hold", self.hold),
            *((("before", self.before),) if self.before else ()),
            *((f.id, f.points) for f in self.faults),
        ):
            if len(points) != len(BLAZEPOSE):
                raise ValueError(
                    f"{self.exercise_id}: the pose {name} has {len(points)} points, not {len(BLAZEPOSE)}"
                )

    @cached_property
    def face_sign(self) -> int:
        """Which way the face looks with the head to the right (standing: to the left): 1 up, -1 down."""
        return -1 if self.position in ("prone", "quadruped") else 1

    def to_json(self) -> dict[str, Any]:
        """The spec as plain JSON; points in millimetres, rounded."""
        return {
            "format": FORMAT,
            "exercise": self.exercise_id,
            "position": self.position,
            "each_side": self.each_side,
            "start": _millimetres(self.start),
            "hold": _millimetres(self.hold),
            "before": _millimetres(self.before) if self.before else None,
            "faults": {fault.id: _millimetres(fault.points) for fault in self.faults},
            "sees": list(self.sees),
            "fixed": list(self.fixed),
            "grips": self.grips,
            "move_s": self.move_s,
            "rest_s": self.rest_s,
        }

    @classmethod
    def from_json(cls, read: Mapping[str, Any] | str) -> "MotionSpec":
        """The spec that :meth:`to_json` wrote.

        Raises:
            ValueError: it is of another format.
        """
        data = json.loads(read) if isinstance(read, str) else read
        if data.get("format") != FORMAT:
            raise ValueError(
                f"this description of a movement has format {data.get('format')!r}, not {FORMAT}"
            )
        return cls(
            exercise_id=data["exercise"],
            position=data["position"],
            each_side=data["each_side"],
            start=_metres(data["start"]),
            hold=_metres(data["hold"]),
            before=_metres(data["before"]) if data["before"] else None,
            faults=tuple(FaultSpec(id_, _metres(points)) for id_, points in data["faults"].items()),
            sees=tuple(data["sees"]),
            fixed=tuple(data["fixed"]),
            grips=data["grips"],
            move_s=float(data["move_s"]),
            rest_s=float(data["rest_s"]),
        )


def _millimetres(points: Points) -> list[int]:
    return [round(value * 1000) for point in points for value in point]


def _metres(flat: Sequence[int]) -> Points:
    return tuple((flat[i] / 1000, flat[i + 1] / 1000, flat[i + 2] / 1000) for i in range(0, len(flat), 3))
