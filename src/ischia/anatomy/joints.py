"""Joints by their clinical names: neutral-zero angles, their bounds, and the two sides of the body.

An angle set is a plain mapping from name to degrees. A name such as ``hip_flexion`` without suffix means both
sides, ``hip_flexion_left`` one; ``lumbar_flexion`` and its like have no side. What is not named is neutral:
0.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

Angles = Mapping[str, float]
"""Joint angles in degrees, by name."""

LEFT: Final = "_left"
RIGHT: Final = "_right"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest angle of a joint, in degrees."""

    least_deg: float
    greatest_deg: float

    def holds(self, angle_deg: float, tolerance_deg: float = 0.5) -> bool:
        """Whether an angle lies within, give or take the tolerance."""
        return self.least_deg - tolerance_deg <= angle_deg <= self.greatest_deg + tolerance_deg


class UnknownJointError(ValueError):
    """An angle was given for a joint that the body does not have."""


@cache
def _tables() -> tuple[dict[str, Bounds], dict[str, Bounds]]:
    read = tomllib.loads((files("ischia.anatomy") / "data/joints.toml").read_text(encoding="utf-8"))
    middle, sided = (
        {n: Bounds(*map(float, b)) for n, b in read[kind].items()} for kind in ("middle", "sided")
    )
    return middle, sided


def middle_joints() -> tuple[str, ...]:
    """Names of the angles that have no side."""
    return tuple(_tables()[0])


def sided_joints() -> tuple[str, ...]:
    """Names of the angles that a left and a right side have, without suffix."""
    return tuple(_tables()[1])


@cache
def joint_names() -> tuple[str, ...]:
    """Every full name: the middle ones, then each sided one with ``_left`` and ``_right``."""
    return middle_joints() + tuple(name + side for name in sided_joints() for side in (LEFT, RIGHT))


def bounds_of(name: str) -> Bounds:
    """How far a joint may turn. ``name`` with or without side.

    Raises:
        UnknownJointError: the body has no such joint.
    """
    middle, sided = _tables()
    stem = name.removesuffix(LEFT).removesuffix(RIGHT)
    found = sided.get(stem) if stem != name else middle.get(name) or sided.get(name)
    if found is None:
        raise UnknownJointError(f"{name!r} is no joint of the body; known are {', '.join((*middle, *sided))}")
    return found


def full_angles(angles: Angles) -> dict[str, float]:
    """Every joint's angle: both sides written out, what is not named at 0. The more exact name wins.

    Raises:
        UnknownJointError: a name is none of the body's.
    """
    full = dict.fromkeys(joint_names(), 0.0)
    sided = set(sided_joints())
    for name in sorted(angles, key=lambda name: name.endswith((LEFT, RIGHT))):
        bounds_of(name)
        for target in (name + LEFT, name + RIGHT) if name in sided else (name,):
            full[target] = float(angles[name])
    return full


def changed_angles(angles: Angles, changes: Angles) -> dict[str, float]:
    """A posture with some joints turned otherwise: a change without side turns both, whatever they did.

    Raises:
        UnknownJointError: a name is none of the body's.
    """
    full, new, sided = full_angles(angles), full_angles(changes), set(sided_joints())
    for name in changes:
        for target in (name + LEFT, name + RIGHT) if name in sided else (name,):
            full[target] = new[target]
    return full


def mirrored(angles: Angles) -> dict[str, float]:
    """The same posture with left and right exchanged."""
    full = full_angles(angles)
    swap = {name: name.removesuffix(LEFT) + RIGHT for name in full if name.endswith(LEFT)}
    swap |= {right: left for left, right in swap.items()}
    turned = ("_side", "_rotation")
    middle = set(middle_joints())
    return {n: -v if n in middle and n.endswith(turned) else full[swap.get(n, n)] for n, v in full.items()}


def blended(first: Angles, second: Angles, share: float) -> dict[str, float]:
    """The posture between two: ``share`` 0 is the first, 1 the second."""
    a, b = full_angles(first), full_angles(second)
    return {name: a[name] * (1 - share) + b[name] * share for name in a}
