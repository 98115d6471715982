"""What moves the 3-D body: the catalogue's poses as turns of its bones.

Plain data for ``static/ischia/body``: the page bends the body by these and knows no joint angle. A picture's
numbers are the turns of the bones that ever move, as quaternions (x, y, z, w) in ten thousandths, told
against the bone each hangs on; and the place of the pelvis joint, in millimetres of the room.
"""

from collections.abc import Sequence
from functools import cache
from math import dist
from typing import Any, Final

from ischia.anatomy import DEFAULT_BODY, PlacedPose, body_named, pose_placed
from ischia.catalogue import Exercise, load_catalogue
from ischia.demonstration.bones import BONES, Quaternion, bone_turns
from ischia.demonstration.contacts import geometry
from ischia.demonstration.motion import Motion, motion_named

# Skin, hair and the mat's edge lie this far outside the landmarks.
_BEYOND_M: Final = 0.1
_ONE: Final = 10_000
_STILL: Final = (0.0, 0.0, 0.0, 1.0)


@cache
def body_motion(exercise_id: str, body: str = DEFAULT_BODY) -> dict[str, Any]:
    """The motion of a body in an exercise, for ``static/ischia/body/motion.js``.

    Keys: ``position``, ``equipment`` and ``things`` (what stands in the room), ``bones`` (those that move),
    ``frames`` (their turns) and ``at`` (the pelvis) of every picture, ``poses`` (pose id to picture),
    ``ways`` ([from, to, pictures]), ``phases`` with their seconds (null: the hold), ``sides`` (``both``, or
    the side that is shown), ``reach`` (room x from which to which the motion goes), ``middle`` and ``radius``
    (of all of it, to aim a camera): metres.

    Raises:
        MotionError: there is no such exercise.
        UnknownBodyError: there is no such body.
    """
    body_named(body)
    return body_motion_of(load_catalogue().exercises[exercise_id], motion_named(exercise_id, body), body)


def body_motion_of(exercise: Exercise, motion: Motion, body: str = DEFAULT_BODY) -> dict[str, Any]:
    """The motion of a body in a motion."""
    pictures: list[PlacedPose] = []

    def number(pose: PlacedPose) -> int:
        if pose not in pictures:
            pictures.append(pose)
        return pictures.index(pose)

    poses = {name: number(pose) for name, pose in motion.poses.items()}
    ways = [[a, b, [number(pose) for pose in way]] for (a, b), way in motion.ways.items()]
    turns = [bone_turns(pose) for pose in pictures]
    moving = [i for i in range(len(BONES)) if any(_whole(turn[i]) != _whole(_STILL) for turn in turns)]
    names = list(BONES)
    return {
        "id": exercise.id,
        "position": exercise.position,
        "equipment": list(exercise.equipment),
        "things": things(exercise, pictures[0], body),
        "bones": [names[i] for i in moving],
        "frames": [[value for i in moving for value in _whole(turn[i])] for turn in turns],
        "at": [[round(v * 1000, 1) for v in pose.place.at] for pose in pictures],
        "poses": poses,
        "ways": ways,
        "phases": [
            {"id": phase.id, "from": phase.from_, "to": phase.to, "seconds": phase.seconds}
            for phase in exercise.phases
        ],
        "sides": "left" if exercise.sides == "each" else "both",
        **_extent(pictures, body),
    }


def things(exercise: Exercise, start: PlacedPose, body: str) -> dict[str, dict[str, float]]:
    """What stands in the room beside the mat, and where: metres."""
    known = geometry()["things"]
    found: dict[str, dict[str, float]] = {}
    if "pillow" in exercise.equipment:
        belly = pose_placed(start, body_named(body)).joints["lumbar_mid"][0]
        pillow = known["pillow"]
        found["pillow"] = {"x": round(belly, 3), "height": pillow["height"], "length": pillow["length"]}
    if "worktop" in exercise.equipment:
        size, worktop = body_named(body).stature_m / body_named().stature_m, known["worktop"]
        edge, height = (round(worktop[name] * size, 3) for name in ("behind", "height"))
        found["worktop"] = {"edge": edge, "height": height}
    return found


def _extent(pictures: Sequence[PlacedPose], body: str) -> dict[str, Any]:
    """Where in the room the motion takes place."""
    points = [p for pose in pictures for p in pose_placed(pose, body_named(body)).landmarks()]
    low, high = ([pick(p[i] for p in points) for i in range(3)] for pick in (min, max))
    middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
    return {
        "reach": [round(low[0], 2), round(high[0], 2)],
        "middle": [round(v, 3) for v in middle],
        "radius": round(max(dist(p, middle) for p in points) + _BEYOND_M, 3),
    }


def turns_of(pose: PlacedPose) -> list[int]:
    """The turns of every bone of ``BONES`` in a pose, as in ``frames``."""
    return [value for turn in bone_turns(pose) for value in _whole(turn)]


def _whole(turn: Quaternion) -> tuple[int, ...]:
    return tuple(round(v * _ONE) for v in turn)
