"""An exercise's whole motion as it was laid on the mat: read, and asked for any moment of it.

The poses were found by the solver (``choreography``) and are written in ``data/motion``, one small file an
exercise, with the fingerprint of what they were made from. A definition that has changed since is solved anew
where scipy is at hand.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ischia.anatomy import DEFAULT_BODY, PlacedPose, body_named
from ischia.catalogue import Exercise, load_catalogue
from ischia.demonstration.way import along

_FORMAT = 1


class MotionError(ValueError):
    """The motion of an exercise is not there, or is older than its definition."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The motion of one exercise; one-sided exercises show the left side.

    Attributes:
        exercise_id: whose motion it is.
        poses: pose id to the pose on the mat.
        faults: fault id to the wrong pose.
        ways: (from, to) to the poses passed at even distances, both ends included.
        gaps_m: pose id to what was left over: contact or reaching hand to metres.
        sunk_m: pose id to the deepest any part is in the mat, in metres.
    """

    exercise_id: str
    poses: Mapping[str, PlacedPose]
    faults: Mapping[str, PlacedPose]
    ways: Mapping[tuple[str, str], tuple[PlacedPose, ...]]
    gaps_m: Mapping[str, Mapping[str, float]]
    sunk_m: Mapping[str, float]

    def way(self, from_: str, to: str) -> tuple[PlacedPose, ...]:
        """The poses passed from one pose to another, both included.

        Raises:
            MotionError: no phase of the exercise leads that way.
        """
        if (from_, to) in self.ways:
            return self.ways[from_, to]
        if (to, from_) in self.ways:
            return self.ways[to, from_][::-1]
        if from_ == to and from_ in self.poses:
            return (self.poses[from_],)
        raise MotionError(f"{self.exercise_id} has no way from {from_!r} to {to!r}")

    def between(self, from_: str, to: str, share: float) -> PlacedPose:
        """The pose at a share of the way, 0 to 1.

        Raises:
            MotionError: no phase of the exercise leads that way.
        """
        return along(self.way(from_, to), share)

    def as_json(self, fingerprint: str) -> dict[str, Any]:
        """Plain values; the same pose is written once."""
        frames: list[PlacedPose] = []

        def number(pose: PlacedPose) -> int:
            if pose not in frames:
                frames.append(pose)
            return frames.index(pose)

        written = {
            "format": _FORMAT,
            "made_from": fingerprint,
            "poses": {name: number(pose) for name, pose in self.poses.items()},
            "faults": {name: number(pose) for name, pose in self.faults.items()},
            "ways": [[a, b, [number(pose) for pose in way]] for (a, b), way in self.ways.items()],
            "gaps_m": {n: {k: round(v, 4) for k, v in gaps.items()} for n, gaps in self.gaps_m.items()},
            "sunk_m": {n: round(v, 4) for n, v in self.sunk_m.items()},
        }
        return written | {"frames": [pose.as_json() for pose in frames]}

    @classmethod
    def from_json(cls, exercise_id: str, read: Mapping[str, Any]) -> "Motion":
        """The motion that :meth:`as_json` wrote."""
        frames = [PlacedPose.from_json(frame) for frame in read["frames"]]
        return cls(
            exercise_id,
            {name: frames[i] for name, i in read["poses"].items()},
            {name: frames[i] for name, i in read["faults"].items()},
            {(a, b): tuple(frames[i] for i in way) for a, b, way in read["ways"]},
            read["gaps_m"],
            read["sunk_m"],
        )

    def mirrored(self) -> "Motion":
        """The same motion with left and right exchanged."""
        return Motion(
            self.exercise_id,
            {name: pose.mirrored() for name, pose in self.poses.items()},
            {name: pose.mirrored() for name, pose in self.faults.items()},
            {key: tuple(pose.mirrored() for pose in way) for key, way in self.ways.items()},
            self.gaps_m,
            self.sunk_m,
        )

    def everything(self) -> Iterator[PlacedPose]:
        """Every pose and every pose passed on a way; no faults."""
        yield from self.poses.values()
        for way in self.ways.values():
            yield from way


def fingerprint(exercise: Exercise) -> str:
    """Of everything a motion is made from: the definition, the room's geometry, joints and bodies."""
    definition = exercise.model_dump(
        mode="json", include={"id", "position", "equipment", "sides", "poses", "phases", "faults"}
    )
    made_from = hashlib.sha256(json.dumps(definition, sort_keys=True).encode())
    for package, name in (
        ("ischia.demonstration", "data/places.toml"),
        ("ischia.anatomy", "data/joints.toml"),
        ("ischia.anatomy", "data/bodies.json"),
    ):
        made_from.update((files(package) / name).read_bytes())
    return made_from.hexdigest()[:16]


def motion_file(exercise_id: str, body: str = DEFAULT_BODY) -> str:
    """Where a body's motion is written, below ``data/motion``."""
    return f"{exercise_id}.json" if body == DEFAULT_BODY else f"{body}/{exercise_id}.json"


def written_motion(exercise_id: str, body: str = DEFAULT_BODY) -> tuple[str, Motion] | None:
    """The fingerprint and the motion in ``data/motion``, or None where none is written."""
    path = files("ischia.demonstration") / "data/motion" / motion_file(exercise_id, body)
    if not path.is_file():
        return None
    read = json.loads(path.read_text(encoding="utf-8"))
    return str(read["made_from"]), Motion.from_json(exercise_id, read)


def motion_of(exercise: Exercise, body: str = DEFAULT_BODY) -> Motion:
    """A body's motion in an exercise: as written, or found anew where the definition has changed since.

    Raises:
        MotionError: the written motion is older than the definition and scipy is not installed.
    """
    body_named(body)
    written = written_motion(exercise.id, body)
    if written and written[0] == fingerprint(exercise):
        return written[1]
    return solved_motion(exercise, body)


def solved_motion(exercise: Exercise, body: str = DEFAULT_BODY) -> Motion:
    """A body's motion in an exercise, found by the solver now.

    Raises:
        MotionError: scipy is not installed.
    """
    try:
        from ischia.demonstration.choreography import choreograph
    except ImportError as missing:
        raise MotionError(
            f"the motion of {exercise.id} is older than its definition: "
            "install scipy and run tools/place_poses.py"
        ) from missing
    found = choreograph(exercise, body)
    every = {**found.poses, **{f"fault:{name}": placed for name, placed in found.faults.items()}}
    return Motion(
        exercise.id,
        {name: placed.pose for name, placed in found.poses.items()},
        {name: placed.pose for name, placed in found.faults.items()},
        {key: tuple(way) for key, way in found.ways.items()},
        {
            name: {**placed.gaps_m, **{f"reach:{h}": m for h, m in placed.misses_m.items()}}
            for name, placed in every.items()
        },
        {name: placed.sunk_m for name, placed in every.items()},
    )


@cache
def motion_named(exercise_id: str, body: str = DEFAULT_BODY) -> Motion:
    """A body's motion in an exercise of the catalogue that comes with ischia.

    Raises:
        MotionError: there is no such exercise, or its motion cannot be had.
    """
    exercises = load_catalogue().exercises
    if exercise_id not in exercises:
        raise MotionError(f"there is no exercise {exercise_id!r}")
    return motion_of(exercises[exercise_id], body)


def placed_poses(exercise_id: str) -> Mapping[str, PlacedPose]:
    """Pose id to the pose on the mat. One-sided exercises show the left side; ``.mirrored()`` gives the
    right.

    Raises:
        MotionError: there is no such exercise.
    """
    return motion_named(exercise_id).poses


def placed_faults(exercise_id: str) -> Mapping[str, PlacedPose]:
    """Fault id to the wrong pose on the mat.

    Raises:
        MotionError: there is no such exercise.
    """
    return motion_named(exercise_id).faults
