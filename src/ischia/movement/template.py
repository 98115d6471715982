"""An exercise's poses as a camera would measure them: the same rows of numbers as a frame gives.

Nothing here is written by hand in degrees. Start, hold and faults come from the catalogue's poses; every
measure of them is taken by the function that measures real frames.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import asin, atan, cos, degrees, dist, inf, prod, radians, sin, sqrt, tan
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

BEFORE: Final = 0.3
"""Progress where the last way to a hold begins, if it begins elsewhere than in the start pose: too little to
count, or to be taken for the hold."""

LYING_DEG: Final = 45.0
"""A trunk, or a thigh, is level or upright, whichever is nearer."""

LIES: Final = 0.25
"""Up to this height, in trunk lengths, a wrist lies on the ground: half a foot's length."""

MOVES_DEG: Final = 15.0
"""A leg takes part in the movement from this change on: four of the model's errors."""

_ALIKE: Final = 0.1
"""Two ways that point less than 18 degrees apart, sin(18)^2, are one."""

_LEGS: Final = (Column.HIP_LEFT, Column.HIP_RIGHT, Column.KNEE_LEFT, Column.KNEE_RIGHT)
_ARMS: Final = (Column.SHOULDER_LEFT, Column.SHOULDER_RIGHT)


@dataclass(frozen=True, slots=True)
class Signal:
    """One measured angle's part in the progress from start to hold.

    Attributes:
        column: which angle.
        start_deg: its value in the start pose.
        change_deg: how far it turns until the hold.
        before_deg: how far of it before the last way to the hold begins; 0 where that begins in the start
            pose.
        error: its own error in units of the trunk direction's, from the lengths of the limbs it is taken
            from.
    """

    column: Column
    start_deg: float
    change_deg: float
    before_deg: float
    error: float


@dataclass(frozen=True, slots=True)
class Way:
    """One of two ways to a hold, the hips lifted or a leg stretched.

    Attributes:
        weights: what a degree of each angle from the start adds to it.
        least: how far the hold goes it, 1, or the fault that goes it least.
    """

    weights: Mapping[Column, float]
    least: float


@dataclass(frozen=True, slots=True)
class View:
    """Start, hold and faults as one camera measures them; ``before`` is where the last way to the hold
    begins, in the start pose or elsewhere. There are two ``ways``, or none where one leads straight there."""

    azimuth_deg: float
    elevation_deg: float
    start: Row
    before: Row
    hold: Row
    faults: Mapping[str, Row]
    ways: tuple[Way, ...] = ()

    @property
    def place(self) -> tuple[float, float]:
        """Where the camera stands: azimuth and elevation in degrees."""
        return self.azimuth_deg, self.elevation_deg


@dataclass(frozen=True, slots=True)
class Variant:
    """The exercise with the left side moving, the right, or both.

    Attributes:
        side: ``left``, ``right`` or ``both``.
        signals: angles that make up the progress, as seen from the side.
        compared: angles by which a frame is compared with the poses.
        last: progress where the last way to the hold begins: 0 in the start pose.
        least: the least movement that can be told from the model's own errors, as a share of the whole way.
        elevations: (lowest, highest) elevation of trunk and of thighs over the horizontal in any of its
            poses.
        broadest: shoulders over trunk, as seen, from which on the camera stands too far from the side.
        views: the poses from every place a camera may stand.
    """

    side: str
    signals: tuple[Signal, ...]
    compared: tuple[Column, ...]
    last: float
    least: float
    elevations: tuple[tuple[float, float], tuple[float, float]]
    broadest: float
    views: tuple[View, ...]

    @property
    def by_arms(self) -> bool:
        """Whether the arms tell the progress, since nothing else moves."""
        return any(signal.column in _ARMS for signal in self.signals)

    def seen_from(self, place: tuple[float, float]) -> View:
        """The view from one of ``VIEWS``."""
        return self.views[VIEWS.index(place)]


def is_too_small(variants: Iterable[Variant]) -> bool:
    """Whether the whole way is no more than the model's own errors, so that a camera cannot follow it."""
    return min(variant.least for variant in variants) >= 1.0


def variants_of(spec: MotionSpec) -> tuple[Variant, ...]:
    """One variant where both sides move together, one for each side where they take turns."""
    if not spec.each_side:
        return (_variant(spec, "both"),)
    right = replace(
        spec,
        start=other_side(spec.start),
        hold=other_side(spec.hold),
        before=other_side(spec.before) if spec.before else None,
        faults=tuple(replace(fault, points=other_side(fault.points)) for fault in spec.faults),
    )
    return (_variant(spec, "left"), _variant(right, "right"))


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


def _variant(spec: MotionSpec, side: str) -> Variant:
    start, before, hold = spec.start, spec.before or spec.start, spec.hold
    views = tuple(
        View(
            azimuth,
            elevation,
            measured(start, spec.position, azimuth, elevation),
            measured(before, spec.position, azimuth, elevation),
            measured(hold, spec.position, azimuth, elevation),
            {f.id: measured(f.points, spec.position, azimuth, elevation) for f in spec.faults},
        )
        for azimuth, elevation in VIEWS
    )
    first = views[0]
    known = _signals(first, _errors(start))
    # Arms lie as people like; they speak only where nothing else moves and they are lifted.
    body = [signal for signal in known if signal.column not in _ARMS]
    seen_without = _least(body) < 0.5
    signals = body if seen_without or not (_arms_lifted(start) or _arms_lifted(hold)) else known
    moving = [s.column for s in known if s.column in _LEGS and abs(s.change_deg) >= MOVES_DEG]
    moved = {c.name.rpartition("_")[2].lower() for c in moving}
    sides = moved if spec.each_side and moved else {"left", "right"}
    legs = tuple(c for c in _LEGS if c.name.rpartition("_")[2].lower() in sides)
    return Variant(
        side,
        tuple(signals),
        (Column.TRUNK, Column.NECK, *legs),
        BEFORE if spec.before else 0.0,
        _least(signals),
        _elevations(views, sides if legs else {"left", "right"}),
        _broadest(spec.position, start),
        tuple(replace(view, ways=_ways(view, signals)) for view in views),
    )


def _signals(view: View, errors: Mapping[Column, float]) -> list[Signal]:
    return [
        Signal(
            c,
            view.start[c],
            turn_deg(view.start[c], view.hold[c]),
            turn_deg(view.start[c], view.before[c]),
            error,
        )
        for c, error in errors.items()
    ]


def _ways(view: View, signals: Iterable[Signal]) -> tuple[Way, ...]:
    """The two ways to a hold as one camera measures them."""
    seen = _signals(view, {s.column: s.error for s in signals})
    ways = []
    for weights in _two_ways(seen, _powers(seen, {})):
        named = {s.column: weight for s, weight in zip(seen, weights, strict=True)}
        ways.append(Way(named, min([1.0, *(gone(view, named, pose) for pose in view.faults.values())])))
    return tuple(ways)


def gone(view: View, weights: Mapping[Column, float], row: Row) -> float:
    """How far a row has gone from the start; 1 is as far as the hold."""
    return sum(weight * turn_deg(view.start[c], row[c]) for c, weight in weights.items())


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


def weights_of(signals: Sequence[Signal], shares: Mapping[Column, float] | None = None) -> list[float]:
    """What a degree of each signal adds to the progress.

    The matched filter of start to hold. Where the hold is reached from another pose, the ways to and from
    there are told apart by weighted least squares, and add up to ``BEFORE`` and the rest.

    Args:
        signals: of one variant.
        shares: how well each was seen beside the others; all alike where it is not told.
    """
    powers = _powers(signals, shares or {})
    if ways := _two_ways(signals, powers):
        return [BEFORE * first + (1.0 - BEFORE) * last for first, last in zip(*ways, strict=True)]
    whole = sum(p * s.change_deg**2 for p, s in zip(powers, signals, strict=True))
    return [p * s.change_deg / whole if whole else 0.0 for p, s in zip(powers, signals, strict=True)]


def _two_ways(signals: Sequence[Signal], powers: Sequence[float]) -> list[list[float]]:
    """What a degree of each signal adds to either way, where a hold is reached from another pose.

    Weighted least squares with ``powers``; nothing where there is one way only, or the two are alike.
    """
    firsts = [s.before_deg for s in signals]
    lasts = [s.change_deg - s.before_deg for s in signals]
    ff, fl, ll = (
        sum(map(prod, zip(powers, one, other, strict=True)))
        for one, other in ((firsts, firsts), (firsts, lasts), (lasts, lasts))
    )
    own = ff * ll - fl * fl
    if own <= _ALIKE * ff * ll:
        return []
    each = list(zip(powers, firsts, lasts, strict=True))
    return [
        [p * (ll * first - fl * last) / own for p, first, last in each],
        [p * (ff * last - fl * first) / own for p, first, last in each],
    ]


def _powers(signals: Iterable[Signal], shares: Mapping[Column, float]) -> list[float]:
    return [shares.get(s.column, 1.0) / s.error**2 for s in signals]


def _least(signals: Sequence[Signal]) -> float:
    """The least movement that can be told from the model's errors, as a share of start to hold.

    With independent errors e_i and weights w_i the progress has the error sqrt(sum (w_i e_i)^2); that of a
    matched filter of changes d_i is 1 / sqrt(sum (d_i / e_i)^2).
    """
    weights = weights_of(signals)
    gain = sqrt(sum((weight * s.error) ** 2 for weight, s in zip(weights, signals, strict=True)))
    return LEAST_DEG * gain if gain else inf


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
