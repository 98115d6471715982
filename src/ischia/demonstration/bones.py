"""The bones of the 3-D body: the anatomy's segments, and a few that spread a twist along a limb.

A bone's turn is told against the bone it hangs on, as a quaternion, so that a page moves the body without
knowing what a joint angle is: there is one forward kinematics, in ``ischia.anatomy``.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from types import MappingProxyType
from typing import Final

from ischia.anatomy import PARENTS, PlacedPose, Rotation, full_angles, pose_placed
from ischia.anatomy.joints import LEFT, RIGHT
from ischia.anatomy.space import about_x, about_y, then

Quaternion = tuple[float, float, float, float]
"""x, y, z, w."""

# Bones that turn about a limb's length by a share of the limb's twist, so that skin is wrung along all of it.
_TWISTS: Final = {
    "upper_arm_twist": ("upper_arm", "shoulder_rotation", -0.5),
    "forearm_twist": ("forearm", "pronation", 0.35),
    "wrist_twist": ("forearm", "pronation", 0.75),
}

BONES: Final = MappingProxyType(
    {
        **PARENTS,
        **{
            bone + side: parent + side
            for side in (LEFT, RIGHT)
            for bone, parent in (
                *((bone, parent) for bone, (parent, _, _) in _TWISTS.items()),
                ("fingertips", "fingers"),
            )
        },
    }
)
"""Each bone and the bone it hangs on, parents first."""


def bone_turns(pose: PlacedPose) -> Sequence[Quaternion]:
    """How each bone of a pose is turned against the bone it hangs on, in the order of ``BONES``.

    The pelvis is turned against the room.
    """
    posture = pose_placed(pose)
    angles = full_angles(pose.angles)
    found: list[Quaternion] = []
    for bone, parent in BONES.items():
        if bone not in PARENTS:
            local = _own_turn(bone, angles)
        elif parent is None:
            local = posture.turns[bone]
        else:
            local = then(_inverse(posture.turns[parent]), posture.turns[bone])
        found.append(quaternion(local))
    return found


def _own_turn(bone: str, angles: Mapping[str, float]) -> Rotation:
    side, sign = (RIGHT, 1.0) if bone.endswith(RIGHT) else (LEFT, -1.0)
    stem = bone.removesuffix(side)
    if stem == "fingertips":
        return about_x(sign * angles["finger_flexion" + side])
    _, joint, share = _TWISTS[stem]
    return about_y(sign * share * angles[joint + side])


def _inverse(rotation: Rotation) -> Rotation:
    a, b, c, d, e, f, g, h, i = rotation
    return (a, d, g, b, e, h, c, f, i)


def quaternion(rotation: Rotation) -> Quaternion:
    """A rotation matrix as a unit quaternion with w of 0 or more."""
    a, b, c, d, e, f, g, h, i = rotation
    squares = (1 + a - e - i, 1 - a + e - i, 1 - a - e + i, 1 + a + e + i)
    largest = max(range(4), key=squares.__getitem__)
    root = sqrt(squares[largest])
    k = 0.5 / root
    x, y, z, w = (
        (root / 2, (b + d) * k, (c + g) * k, (h - f) * k),
        ((b + d) * k, root / 2, (f + h) * k, (c - g) * k),
        ((c + g) * k, (f + h) * k, root / 2, (d - b) * k),
        ((h - f) * k, (c - g) * k, (d - b) * k, root / 2),
    )[largest]
    return (x, y, z, w) if w >= 0 else (-x, -y, -z, -w)
