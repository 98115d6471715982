"""Bodies: where their joints, landmarks and skin lie at neutral zero.

Measured once from four CC0 bodies (MakeHuman/mpfb2 base mesh) by ``tools/measure_bodies.py``; metres, origin
at the pelvis joint, x forward, y up, z to the person's right. Left is the exact mirror image of right.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from ischia.anatomy.joints import LEFT, RIGHT
from ischia.anatomy.space import Point

DEFAULT_BODY: Final = "f_adult"

PARENTS: Final = MappingProxyType(
    {
        "pelvis": None,
        "lumbar_low": "pelvis",
        "lumbar_mid": "lumbar_low",
        "lumbar_high": "lumbar_mid",
        "thorax_low": "lumbar_high",
        "thorax_high": "thorax_low",
        "neck": "thorax_high",
        "head": "neck",
        **{
            name + side: parent if parent in ("thorax_high", "pelvis") else parent + side
            for side in (LEFT, RIGHT)
            for name, parent in (
                ("clavicle", "thorax_high"),
                ("upper_arm", "clavicle"),
                ("forearm", "upper_arm"),
                ("hand", "forearm"),
                ("fingers", "hand"),
                ("thigh", "pelvis"),
                ("shin", "thigh"),
                ("foot", "shin"),
            )
        },
    }
)
"""Each segment and the segment it hangs on, parents first."""


@dataclass(frozen=True, slots=True)
class SkinPoint:
    """A point of the skin. ``share`` of it moves with segment ``first``, the rest with ``second``."""

    first: str
    second: str
    share: float
    at: Point


@dataclass(frozen=True, slots=True)
class Body:
    """One person's measures.

    Attributes:
        name: such as ``f_adult``.
        stature_m: from sole to crown.
        joints: segment name to the joint it turns about.
        landmarks: landmark name to (segment, place).
        skin: part name (``heel_left``, ``chest``) to its outermost skin points: the shape that meets mat and
            things.
        profile: the trunk's outline seen from the side, ``front`` and ``back``, from the hips to the neck.
    """

    name: str
    stature_m: float
    joints: MappingProxyType[str, Point]
    landmarks: MappingProxyType[str, tuple[str, Point]]
    skin: MappingProxyType[str, tuple[SkinPoint, ...]]
    profile: MappingProxyType[str, tuple[SkinPoint, ...]]


class UnknownBodyError(ValueError):
    """There is no body of that name."""


@cache
def _measured() -> dict[str, Any]:
    text = (files("ischia.anatomy") / "data/bodies.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def body_names() -> tuple[str, ...]:
    """The bodies there are."""
    return tuple(_measured())


@cache
def body_named(name: str = DEFAULT_BODY) -> Body:
    """A body by its name.

    Raises:
        UnknownBodyError: there is none of that name.
    """
    if name not in _measured():
        raise UnknownBodyError(f"{name!r} is no body; there are {', '.join(body_names())}")
    read = _measured()[name]
    joints: dict[str, Point] = {}
    for segment, at in read["joints"].items():
        joints.update(_both_sides(segment, tuple(at)))
    landmarks: dict[str, tuple[str, Point]] = {}
    for landmark, (segment, at) in read["landmarks"].items():
        landmarks[landmark] = (segment, tuple(at))
        if landmark.endswith(RIGHT):
            landmarks[_other(landmark)] = (_other(segment), _across(tuple(at)))
    skin: dict[str, tuple[SkinPoint, ...]] = {}
    for part, points in read["skin"].items():
        right = _points(points)
        left = tuple(SkinPoint(_other(p.first), _other(p.second), p.share, _across(p.at)) for p in right)
        skin.update({part: right, _other(part): left} if part.endswith(RIGHT) else {part: right + left})
    profile = {edge: tuple(_amid(p) for p in _points(points)) for edge, points in read["profile"].items()}
    return Body(
        name=name,
        stature_m=read["stature_m"],
        joints=MappingProxyType(joints),
        landmarks=MappingProxyType(landmarks),
        skin=MappingProxyType(skin),
        profile=MappingProxyType(profile),
    )


def _points(read: list[Any]) -> tuple[SkinPoint, ...]:
    return tuple(SkinPoint(first, second, share, tuple(at)) for first, share, second, at in read)


def _amid(point: SkinPoint) -> SkinPoint:
    """A point of the outline, laid into the middle plane of the body."""
    return SkinPoint(point.first, point.second, point.share, (point.at[0], point.at[1], 0.0))


def _other(name: str) -> str:
    """The same name on the left, where it has a side."""
    return name.removesuffix(RIGHT) + LEFT if name.endswith(RIGHT) else name


def _across(at: Point) -> Point:
    return (at[0], at[1], -at[2])


def _both_sides(name: str, at: Point) -> dict[str, Point]:
    return {name: at, _other(name): _across(at)} if name.endswith(RIGHT) else {name: at}
