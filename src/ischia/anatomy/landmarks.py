"""The 33 landmarks of BlazePose: their names in order, and where each number stands."""

from types import MappingProxyType
from typing import Final

from ischia.anatomy.joints import LEFT, RIGHT

BLAZEPOSE: Final[tuple[str, ...]] = (
    "nose",
    "eye_inner_left",
    "eye_left",
    "eye_outer_left",
    "eye_inner_right",
    "eye_right",
    "eye_outer_right",
    "ear_left",
    "ear_right",
    "mouth_left",
    "mouth_right",
    "shoulder_left",
    "shoulder_right",
    "elbow_left",
    "elbow_right",
    "wrist_left",
    "wrist_right",
    "pinky_left",
    "pinky_right",
    "index_left",
    "index_right",
    "thumb_left",
    "thumb_right",
    "hip_left",
    "hip_right",
    "knee_left",
    "knee_right",
    "ankle_left",
    "ankle_right",
    "heel_left",
    "heel_right",
    "foot_index_left",
    "foot_index_right",
)

INDEX: Final = MappingProxyType({name: i for i, name in enumerate(BLAZEPOSE)})
"""Landmark name to its number."""


def _other_side(name: str) -> str:
    if name.endswith(LEFT):
        return name.removesuffix(LEFT) + RIGHT
    return name.removesuffix(RIGHT) + LEFT if name.endswith(RIGHT) else name


MIRROR: Final[tuple[int, ...]] = tuple(INDEX[_other_side(name)] for name in BLAZEPOSE)
"""For each number, the number of the same landmark on the other side of the body."""
