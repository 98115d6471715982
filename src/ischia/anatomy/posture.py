"""Forward kinematics: joint angles and a place in the room -> where joints, landmarks and skin are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import acos, degrees, radians, sin
from types import MappingProxyType
from typing import Any, Final

from ischia.anatomy.body import PARENTS, Body, SkinPoint, body_named
from ischia.anatomy.joints import LEFT, RIGHT, Angles, full_angles, mirrored
from ischia.anatomy.landmarks import BLAZEPOSE
from ischia.anatomy.space import NONE, Point, Rotation, about_x, about_y, about_z, minus, plus, then, turned

BASES: Final[Mapping[str, Rotation]] = MappingProxyType(
    {
        "standing": (-1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -1.0),
        "supine": (0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        "prone": (0.0, -1.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, -1.0),
        "quadruped": (0.0, -1.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, -1.0),
    }
)
"""How the pelvis lies in the room in each position: lying, the head points to -x; standing, the face does."""

# How a bend of a region is shared among its segments, from below: the drawn spine bends evenly, its lowest
# joint least.
_SHARES: Final = {
    "lumbar_low": ("lumbar", 0.2),
    "lumbar_mid": ("lumbar", 0.4),
    "lumbar_high": ("lumbar", 0.4),
    "thorax_low": ("thoracic", 0.5),
    "thorax_high": ("thoracic", 0.5),
    "neck": ("neck", 0.5),
    "head": ("neck", 0.5),
}
# The shoulder blade follows a lifted arm. The slope and the angle it begins at are those that keep the drawn
# shoulder's shape.
_BLADE_BEGINS_DEG: Final = 50.0
_BLADE_SLOPE: Final = 0.22
_BLADE_FORWARD_DEG: Final = 8.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pelvis is in the room.

    Attributes:
        position: ``standing``, ``supine``, ``prone`` or ``quadruped``: how it lies before it is tilted.
        at: its joint, in metres.
        tilt_deg: turn about the axis towards the side camera, anticlockwise in that camera's picture.
    """

    position: str
    at: Point = (0.0, 0.0, 0.0)
    tilt_deg: float = 0.0

    def rotation(self) -> Rotation:
        """How the pelvis is turned in the room.

        Raises:
            ValueError: the position is unknown.
        """
        if self.position not in BASES:
            raise ValueError(f"{self.position!r} is no position; there are {', '.join(BASES)}")
        return then(about_z(self.tilt_deg), BASES[self.position])

    def near_side(self) -> str:
        """The side of the body, ``left`` or ``right``, turned towards the side camera."""
        return "right" if self.position == "supine" else "left"


@dataclass(frozen=True, slots=True)
class PlacedPose:
    """A posture that has been laid on the mat: every joint angle, and the place. Plain enough for JSON."""

    angles: Mapping[str, float]
    place: Place

    def as_json(self) -> dict[str, Any]:
        """Angles that are not 0, and the place."""
        return {
            "position": self.place.position,
            "at": [round(v, 4) for v in self.place.at],
            "tilt_deg": round(self.place.tilt_deg, 2),
            "angles": {name: round(v, 2) for name, v in full_angles(self.angles).items() if abs(v) >= 0.005},
        }

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "PlacedPose":
        """The pose that :meth:`as_json` wrote."""
        x, y, z = (float(v) for v in read["at"])
        place = Place(str(read["position"]), (x, y, z), float(read["tilt_deg"]))
        return cls(full_angles(read["angles"]), place)

    def mirrored(self) -> "PlacedPose":
        """The same pose with left and right exchanged, in the same place."""
        x, y, z = self.place.at
        return PlacedPose(mirrored(self.angles), Place(self.place.position, (x, y, -z), self.place.tilt_deg))


@dataclass(frozen=True, slots=True)
class Posture:
    """A body in a pose: each segment's rotation, and the joint it turns about (metres, room axes)."""

    body: Body
    turns: Mapping[str, Rotation]
    joints: Mapping[str, Point]

    def point(self, segment: str, at: Point) -> Point:
        """Where a point of a segment, given at neutral zero, has gone."""
        return plus(self.joints[segment], turned(self.turns[segment], minus(at, self.body.joints[segment])))

    def landmark(self, name: str) -> Point:
        """A landmark of the body, such as ``heel_left``."""
        return self.point(*self.body.landmarks[name])

    def landmarks(self) -> tuple[Point, ...]:
        """The 33 BlazePose landmarks, in BlazePose's order."""
        return tuple(self.landmark(name) for name in BLAZEPOSE)

    def skin(self, part: str) -> tuple[Point, ...]:
        """The outermost skin points of a part, such as ``chest`` or ``heel_left``."""
        return tuple(self.skin_point(point) for point in self.body.skin[part])

    def lowest(self, parts: Iterable[str]) -> float:
        """Height of the lowest skin point of some parts, in metres above the mat."""
        return min(point[1] for part in parts for point in self.skin(part))

    def direction(self, segment: str, along: Point) -> Point:
        """Where a direction that was ``along`` at neutral zero points now, moving with a segment."""
        return turned(self.turns[segment], along)

    def skin_point(self, point: SkinPoint) -> Point:
        """Where one point of the skin has gone."""
        a = self.point(point.first, point.at)
        if point.share >= 1.0:
            return a
        b, s = self.point(point.second, point.at), point.share
        return (a[0] * s + b[0] * (1 - s), a[1] * s + b[1] * (1 - s), a[2] * s + b[2] * (1 - s))


def pose_body(angles: Angles, place: Place, body: Body | None = None) -> Posture:
    """Put a body into a posture.

    Args:
        angles: joint angles in degrees, as in an exercise's definition.
        place: where its pelvis is.
        body: whose measures; the adult woman's where none is given.

    Raises:
        UnknownJointError: an angle's name is unknown.
        ValueError: the position is unknown.
    """
    body = body or body_named()
    full = full_angles(angles)
    turns: dict[str, Rotation] = {"pelvis": place.rotation()}
    joints: dict[str, Point] = {"pelvis": place.at}
    for segment, parent in PARENTS.items():
        if parent is None:
            continue
        offset = minus(body.joints[segment], body.joints[parent])
        joints[segment] = plus(joints[parent], turned(turns[parent], offset))
        # The arm's angles are told from the chest, not from the shoulder blade it hangs on.
        base = turns["thorax_high"] if segment.startswith("upper_arm") else turns[parent]
        turns[segment] = then(base, _turn(segment, full))
    return Posture(body, MappingProxyType(turns), MappingProxyType(joints))


def pose_placed(pose: PlacedPose, body: Body | None = None) -> Posture:
    """Put a body into a pose that has been laid on the mat."""
    return pose_body(pose.angles, pose.place, body)


def _turn(segment: str, angles: Mapping[str, float]) -> Rotation:
    """How a segment is turned against what it hangs on."""
    if segment in _SHARES:
        region, share = _SHARES[segment]
        bend = about_z(-share * angles[f"{region}_flexion"])
        aside, round_ = angles[f"{region}_side"], angles[f"{region}_rotation"]
        return then(bend, then(about_x(share * aside), about_y(-share * round_))) if aside or round_ else bend
    stem, side, sign = (
        (segment.removesuffix(RIGHT), RIGHT, 1.0)
        if segment.endswith(RIGHT)
        else (segment.removesuffix(LEFT), LEFT, -1.0)
    )
    match stem:
        case "thigh":
            return _ball(angles, "hip", side, sign)
        case "upper_arm":
            return _ball(angles, "shoulder", side, sign)
        case "shin":
            return about_z(-angles["knee_flexion" + side])
        case "foot":
            return about_z(angles["ankle_dorsiflexion" + side])
        case "forearm":
            return about_z(angles["elbow_flexion" + side])
        case "hand":
            wrist = then(
                about_x(sign * angles["wrist_flexion" + side]), about_z(angles["wrist_deviation" + side])
            )
            return then(about_y(sign * angles["pronation" + side]), wrist)
        case "fingers":
            return about_x(sign * angles["finger_flexion" + side])
        case "clavicle":
            return _blade(angles, side, sign)
    return NONE


def _ball(angles: Mapping[str, float], joint: str, side: str, sign: float) -> Rotation:
    """A ball joint: flexed, then abducted, then turned about the limb's own length."""
    aside = about_x(-sign * angles[f"{joint}_abduction{side}"])
    spin = about_y(sign * angles[f"{joint}_rotation{side}"])
    return then(about_z(angles[f"{joint}_flexion{side}"]), then(aside, spin))


def _blade(angles: Mapping[str, float], side: str, sign: float) -> Rotation:
    arm = turned(_ball(angles, "shoulder", side, sign), (0.0, -1.0, 0.0))
    lifted = degrees(acos(max(-1.0, min(1.0, -arm[1]))))
    up = max(0.0, lifted - _BLADE_BEGINS_DEG) * _BLADE_SLOPE + angles["scapula_elevation" + side]
    forward = max(-0.4, arm[0]) * sin(radians(min(lifted, 180.0))) * _BLADE_FORWARD_DEG
    return then(about_x(-sign * up), about_y(sign * forward))
