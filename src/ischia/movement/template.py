"""An exercise's poses as a camera would measure them: the same rows of numbers as a frame gives.

Nothing here is written by hand in degrees. Start, hold and faults come from the catalogue's poses; every
measure of them is taken by the function that measures real frames.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, atan, cos, degrees, dist, radians, sin, sqrt, tan
from typing import Final

from ischia.anatomy.landmarks import INDEX, MIRROR
from ischia.kinematics.geometry import turn_deg
from ischia.kinematics.posture import ANGLES, Column, Landmark, row_of, turned_round
from ischia.movement.spec import MotionSpec, Points

Row = tuple[float, ...]

VIEWS: Final = tuple((azimuth, elevation) for azimuth in (0.0, -45.0, 45.0) for elevation in (5.0, 25.0))
"""Where the camera may stand, in degrees: the side and 45 degrees to either end, on the floor (5) or on a
chair (25). Beyond 45 degrees the pose model finds under two thirds of the joints (measured on renders of
known truth)."""

OBLIQUE_DEG: Final = 50.0
"""Further from the side than this a bend forwards or backwards shows less than two thirds of itself."""

STOUT: Final = 1.15
"""Shoulders may look so much broader beside the trunk than the demonstration's before it must be
the camera: the broadest of its four bodies has 1.13 times the shoulders of the usual one."""

MODEL_ERROR_DEG: Final = 3.5
"""The pose model's own median error of a joint's direction in a side view (measured on renders of known
truth)."""

LEAST_IN_ERRORS: Final = 2.0
"""A movement is seen from this many of the model's errors on: one in twenty is that wrong by chance."""

LEAST_DEG: Final = LEAST_IN_ERRORS * MODEL_ERROR_DEG
"""The same of a direction of one trunk's length."""

LYING_DEG: Final = 45.0
"""A trunk, or a thigh, is level or upright, whichever is nearer."""

LIES: Final = 0.25
"""Up to this height, in trunk lengths, a wrist lies on the ground: half a foot's length."""

MOVES_DEG: Final = 15.0
"""A leg takes part in the movement from this change on: four of the model's errors."""

_LEGS: Final = (Column.HIP_LEFT, Column.HIP_RIGHT, Column.KNEE_LEFT, Column.KNEE_RIGHT)
_ARMS: Final = (Column.SHOULDER_LEFT, Column.SHOULDER_RIGHT)


@dataclass(frozen=True, slots=True)
class Signal:
    """One measured angle's part in the progress from start to hold.

    Attributes:
        column: which angle.
        start_deg: its value in the start pose.
        change_deg: how far it turns until the hold.
        error: its own error in units of the trunk direction's, from the lengths of the limbs it is taken
            from.
    """

    column: Column
    start_deg: float
    change_deg: float
    error: float


@dataclass(frozen=True, slots=True)
class View:
    """Start, hold and faults as one camera measures them."""

    azimuth_deg: float
    elevation_deg: float
    start: Row
    hold: Row
    faults: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Variant:
    """The exercise with the left side moving, the right, or both.

    Attributes:
        side: ``left``, ``right`` or ``both``.
        signals: angles that make up the progress, as seen from the side.
        compared: angles by which a frame is compared with the poses.
        least: the least movement that can be told from the model's own errors, as a share of the whole way.
        elevations: (lowest, highest) elevation of trunk and of thighs over the horizontal in any of its
            poses.
        broadest: shoulders over trunk, as seen, from which on the camera stands too far from the side.
        views: the poses from every place a camera may stand.
    """

    side: str
    signals: tuple[Signal, ...]
    compared: tuple[Column, ...]
    least: float
    elevations: tuple[tuple[float, float], tuple[float, float]]
    broadest: float
    views: tuple[View, ...]


def is_too_small(variants: Iterable[Variant]) -> bool:
    """Whether the whole way is no more than the model's own errors, so that a camera cannot follow it."""
    return min(variant.least for variant in variants) >= 1.0


def variants_of(spec: MotionSpec) -> tuple[Variant, ...]:
    """One variant where both sides move together, one for each side where they take turns."""
    if not spec.each_side:
        return (_variant(spec, "both", spec.start, spec.hold, {f.id: f.points for f in spec.faults}),)
    right = {f.id: other_side(f.points) for f in spec.faults}
    return (
        _variant(spec, "left", spec.start, spec.hold, {f.id: f.points for f in spec.faults}),
        _variant(spec, "right", other_side(spec.start), other_side(spec.hold), right),
    )


def projected(points: Points, azimuth_deg: float, elevation_deg: float) -> tuple[Landmark, ...]:
    """The points as a far camera sees them, without perspective: x to the right, y downwards, all visible."""
    c, s = cos(radians(azimuth_deg)), sin(radians(azimuth_deg))
    ce, se = cos(radians(elevation_deg)), sin(radians(elevation_deg))
    return tuple((x * c - z * s, -(y * ce - (x * s + z * c) * se), 0.0, 1.0) for x, y, z in points)


def measured(points: Points, position: str, azimuth_deg: float, elevation_deg: float) -> Row:
    """A pose's row, turned so that the head lies to the right (standing: the face looks to the left)."""
    row = row_of(projected(points, azimuth_deg, elevation_deg), 1.0)
    return row if faces(row, position) > 0 else facing_right(row)


def faces(row: Row, position: str) -> float:
    """Positive where the head lies to the right (standing: where the face looks to the left)."""
    return -row[Column.ASPECT] if position == "standing" else row[Column.CHEST_X] - row[Column.PELVIS_X]


def facing_right(row: Row) -> Row:
    """A row as the mirrored picture would give it, as far as its angles and directions go."""
    turned = [turned_round(column, row[column]) for column in ANGLES]
    rest = list(row[len(ANGLES) :])
    for column in (Column.FACE, Column.ASPECT):
        rest[column - len(ANGLES)] *= -1.0
    return (*turned, *rest)


def other_side(points: Points) -> Points:
    """The pose with left and right exchanged, which leaves the view from the side as it is."""
    return tuple((points[i][0], points[i][1], -points[i][2]) for i in MIRROR)


def _variant(
    spec: MotionSpec, side: str, start: Points, hold: Points, faults: Mapping[str, Points]
) -> Variant:
    views = tuple(
        View(
            azimuth,
            elevation,
            measured(start, spec.position, azimuth, elevation),
            measured(hold, spec.position, azimuth, elevation),
            {id_: measured(points, spec.position, azimuth, elevation) for id_, points in faults.items()},
        )
        for azimuth, elevation in VIEWS
    )
    first = views[0]
    errors = _errors(start)
    changes = {c: turn_deg(first.start[c], first.hold[c]) for c in errors}
    body = [c for c in changes if c not in _ARMS]
    # Arms lie as people like; they speak only where nothing else moves and they are lifted.
    seen_without = _least((changes[c], errors[c]) for c in body) < 0.5
    used = body if seen_without or not (_arms_lifted(start) or _arms_lifted(hold)) else list(changes)
    signals = tuple(Signal(c, first.start[c], changes[c], errors[c]) for c in used)
    moving = [c for c in _LEGS if abs(changes[c]) >= MOVES_DEG]
    moved = {c.name.rpartition("_")[2].lower() for c in moving}
    sides = moved if spec.each_side and moved else {"left", "right"}
    legs = tuple(c for c in _LEGS if c.name.rpartition("_")[2].lower() in sides)
    return Variant(
        side,
        signals,
        (Column.TRUNK, Column.NECK, *legs),
        _least((s.change_deg, s.error) for s in signals),
        _elevations(views, sides if legs else {"left", "right"}),
        _broadest(spec.position, start),
        views,
    )


def _arms_lifted(pose: Points) -> bool:
    """Whether a wrist is off the ground."""
    return max(pose[INDEX[f"wrist_{side}"]][1] for side in ("left", "right")) > LIES * _trunk(pose)


def elevation_deg(direction_deg: float) -> float:
    """How far a direction points upwards, -90 to 90, whichever way along the picture it goes."""
    turned = (direction_deg + 90.0) % 360.0
    return turned - 90.0 if turned <= 180.0 else 270.0 - turned


def _elevations(
    views: Iterable[View], sides: Iterable[str]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Lowest and highest elevation of trunk and thighs, over all views and poses."""
    rows = [row for view in views for row in (view.start, view.hold, *view.faults.values())]
    trunks = [elevation_deg(row[Column.TRUNK]) for row in rows]
    hips = [Column[f"HIP_{side.upper()}"] for side in sides]
    thighs = [elevation_deg(row[Column.TRUNK] + row[hip]) for row in rows for hip in hips]
    return (min(trunks), max(trunks)), (min(thighs), max(thighs))


def _broadest(position: str, start: Points) -> float:
    """Shoulder width over trunk length as seen from ``OBLIQUE_DEG`` beside the side.

    Standing, the trunk keeps its length and the shoulders turn into view; lying, the trunk shortens as well.
    """
    width = dist(start[INDEX["shoulder_left"]], start[INDEX["shoulder_right"]]) / _trunk(start)
    turn = radians(OBLIQUE_DEG)
    return width * (sin(turn) if position == "standing" else tan(turn))


def camera_angle_deg(position: str, share: float) -> float:
    """How far from the side the camera stands, 0 to 90.

    Args:
        position: the exercise's.
        share: shoulders over trunk, as seen, as a share of the variant's ``broadest``.
    """
    turn = radians(OBLIQUE_DEG)
    if position == "standing":
        return degrees(asin(min(1.0, share * sin(turn))))
    return degrees(atan(share * tan(turn)))


def _trunk(points: Points) -> float:
    return dist(_middle(points, "shoulder"), _middle(points, "hip"))


def _middle(points: Points, name: str) -> tuple[float, ...]:
    left, right = points[INDEX[f"{name}_left"]], points[INDEX[f"{name}_right"]]
    return tuple((a + b) / 2 for a, b in zip(left, right, strict=True))


def _least(changes: Iterable[tuple[float, float]]) -> float:
    """The least movement that can be told from the model's errors, as a share of start to hold.

    The matched filter of independent errors e_i and changes d_i has the error 1 / sqrt(sum (d_i / e_i)^2).
    """
    power = sum((change / error) ** 2 for change, error in changes)
    return LEAST_DEG / sqrt(power) if power else float("inf")


def _errors(points: Points) -> dict[Column, float]:
    """Error of each angle, where every landmark errs alike; the trunk's direction has 1."""

    def at(name: str) -> tuple[float, float, float]:
        return points[INDEX[name]]

    trunk = _trunk(points)
    thigh = sqrt(2) * trunk / dist(at("hip_left"), at("knee_left"))
    shin = sqrt(2) * trunk / dist(at("knee_left"), at("ankle_left"))
    arm = sqrt(2) * trunk / dist(at("shoulder_left"), at("elbow_left"))
    hip, knee, shoulder = sqrt(1 + thigh**2), sqrt(thigh**2 + shin**2), sqrt(1 + arm**2)
    return {
        Column.TRUNK: 1.0,
        Column.HEAD: trunk / dist(_middle(points, "ear"), _middle(points, "hip")),
        Column.HIP_LEFT: hip,
        Column.HIP_RIGHT: hip,
        Column.KNEE_LEFT: knee,
        Column.KNEE_RIGHT: knee,
        Column.SHOULDER_LEFT: shoulder,
        Column.SHOULDER_RIGHT: shoulder,
    }
