"""Is this cycle a repetition of this exercise? Compared with its poses, from wherever the camera may
stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Final

from ischia.kinematics.geometry import turn_deg
from ischia.kinematics.posture import ANGLES, Column
from ischia.movement.own import OwnMovement, change_of
from ischia.movement.records import Reason
from ischia.movement.spec import MotionSpec
from ischia.movement.template import LYING_DEG, STOUT, Row, Variant, View, gone

UNLIKE_DEG: Final = 27.0
"""A pose is another one from this difference on, as root mean square over trunk, neck and legs. The pose
model errs by 9 degrees (its 90th percentile), a camera half-way between two of the views by 15, and people
set their feet up to a foot's length from where the demonstration does, which turns hip and knee by 20;
sqrt(9^2 + 15^2 + 20^2) = 27."""

ALONE: Final = 0.5
"""One repetition may go so little of the least way that tells a movement at all, which is twice the pose
model's error: that one is a chance of one in three, but it comes at its time among others that went further,
and like them."""

DRIFT: Final = 0.25
"""A part that stays on the ground moves less than this share of the trunk, half a foot's length, as root mean
square over all such parts."""

GRIP: Final = 0.5
"""A hand that holds a shin is within half a trunk's length (a forearm's) of the knee or the middle of the
shin."""

TOO_FAR: Final = 2.0
"""Twice as far as the hold, and as any of the exercise's faults, is another exercise."""

STRAIGHT: Final = 0.5
"""Half of a movement's power at least goes the exercise's way; the rest is the person's own."""

BEYOND: Final = 0.5
"""Half of a movement at least lies beyond the start pose, or else ``A_LITTLE`` of the exercise's way does:
who comes up from a stoop or a squat, and goes on a little, has done another exercise."""

A_LITTLE: Final = 0.25
"""Half of the way to half-way."""

HELD: Final = 0.5
"""Nearer to the hold than to the start."""

_PLACES: Final = {
    "head": (Column.EAR_X, Column.EAR_Y),
    "chest": (Column.CHEST_X, Column.CHEST_Y),
    "pelvis": (Column.PELVIS_X, Column.PELVIS_Y),
    "knee_left": (Column.KNEE_LEFT_X, Column.KNEE_LEFT_Y),
    "knee_right": (Column.KNEE_RIGHT_X, Column.KNEE_RIGHT_Y),
    "ankle_left": (Column.ANKLE_LEFT_X, Column.ANKLE_LEFT_Y),
    "ankle_right": (Column.ANKLE_RIGHT_X, Column.ANKLE_RIGHT_Y),
}
_LEGS: Final = (Column.HIP_LEFT, Column.HIP_RIGHT, Column.KNEE_LEFT, Column.KNEE_RIGHT)
_SLIDING: Final = 3
"""So many parts that move as one make a body that slides; two feet may be a step to the side."""

_LEGS_FREE: Final = "supine"
"""On their backs people bend their knees, or do not. Whoever lies prone, stands or kneels has thighs like
everybody: somebody who stands, turned on the side, would else press up from the floor."""

_OTHER: Final = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the exercise a cycle is.

    Attributes:
        unlike_deg: root mean square difference from the exercise's poses.
        drift: movement of the parts that should stay, in trunk lengths.
        reached: progress of the hold, as the best fitting view measures it.
        moved: progress from rest to hold, likewise.
        view: the best fitting view.
        reason: why it is not a repetition, or None where it is one.
    """

    unlike_deg: float
    drift: float
    reached: float
    moved: float
    view: View
    reason: Reason | None


def compare(
    spec: MotionSpec,
    variant: Variant,
    hold: Row,
    rests: Sequence[tuple[Row, bool]],
    way: Sequence[Row],
    own: Sequence[OwnMovement] = (),
) -> tuple[Likeness, Row]:
    """Compare a cycle's hold and rests with the exercise's.

    Args:
        spec: the exercise.
        variant: which side moves.
        hold: median row of the hold, head to the right.
        rests: median rows of the rest before and after, and whether each lies at an end of the curve and so
            may have been cut short.
        way: rows on the way out, of the hold and on the way back.
        own: how this person has done it: who goes the same way again does the same exercise, however the
            landmarks jitter.

    Returns:
        The likeness with the better of the rests, from which the hold lies further, and that rest.
    """
    drifts = sorted(_drift(spec, variant, hold, row) for row in (*way, hold))[len(way) * 3 // 4]
    found = [(_with_rest(spec, variant, hold, rest, at_end, drifts, own), rest) for rest, at_end in rests]
    return min(found, key=lambda pair: (pair[0].reason is not None, -pair[0].moved))


def _with_rest(
    spec: MotionSpec,
    variant: Variant,
    hold: Row,
    rest: Row,
    at_end: bool,
    drifts: float,
    own: Sequence[OwnMovement],
) -> Likeness:
    columns = variant.compared
    held, rested, view = _nearest(variant, hold, rest)
    unlike, unlike_hold = sqrt((held + rested) / (2 * len(columns))), sqrt(held / len(columns))
    reached, before = along(variant, view, hold), along(variant, view, rest)
    drift = max(drifts, _drift(spec, variant, hold, rest))
    like = unlike <= UNLIKE_DEG or (at_end and unlike_hold <= UNLIKE_DEG and reached >= HELD)
    reason = None
    if min(_width(hold), _width(rest)) > STOUT * variant.broadest:
        reason = Reason.VIEW
    elif (
        (spec.grips and _grip(variant, hold) > GRIP)
        or is_half(variant, hold, rest)
        or (
            not any(movement.is_same(change_of(hold, rest)) for movement in own)
            and (
                not like
                or _turned_by(hold, view.hold, *view.faults.values()) > LYING_DEG
                or _turned_by(rest, view.start) > LYING_DEG
                or (spec.position != _LEGS_FREE and _turned_thighs(rest, view.start) > LYING_DEG)
                or drift > DRIFT
                or min(reached, reached - before) < ALONE * variant.least
                or reached < min(A_LITTLE, BEYOND * (reached - before))
                or _straight(variant, view, hold, rest) < STRAIGHT
                or reached
                > TOO_FAR * max([1.0, *(along(variant, view, pose) for pose in view.faults.values())])
            )
        )
    ):
        reason = Reason.WRONG_EXERCISE
    return Likeness(unlike, drift, reached, reached - before, view, reason)


def _held(columns: Sequence[Column], row: Row, view: View) -> float:
    """Difference from the hold, or from the fault it looks like: done wrongly it is still this exercise."""
    return min(_squares(columns, row, pose) for pose in (view.hold, *view.faults.values()))


def _width(row: Row) -> float:
    """Shoulders over trunk, as seen."""
    return row[Column.SHOULDER_WIDTH] / max(row[Column.TRUNK_LENGTH], 1e-9)


def _turned_by(row: Row, *poses: Row) -> float:
    """How far the trunk is turned from the nearest of some poses."""
    return min(abs(turn_deg(pose[Column.TRUNK], row[Column.TRUNK])) for pose in poses)


def _turned_thighs(row: Row, start: Row) -> float:
    """How far the thigh is turned that is turned less: one leg may do as it likes."""
    return min(
        abs(turn_deg(start[Column.TRUNK] + start[hip], row[Column.TRUNK] + row[hip]))
        for hip in (Column.HIP_LEFT, Column.HIP_RIGHT)
    )


def unlike(variant: Variant, row: Row, *, starts: bool = False) -> float:
    """Root mean square difference of a row from start, hold or fault, whichever is nearest, in degrees.

    Args:
        variant: which side moves.
        row: head to the right.
        starts: compare with the start only.
    """
    columns = variant.compared
    poses = [
        pose
        for view in variant.views
        for pose in ((view.start,) if starts else (view.start, view.hold, *view.faults.values()))
    ]
    return sqrt(min(_squares(columns, row, pose) for pose in poses) / len(columns))


def is_half(variant: Variant, hold: Row, rest: Row) -> bool:
    """Whether one of two ways to the hold is still to come: who lifts the hips alone has not marched, who
    slides a heel alone has not lifted the hips.

    Either the row is nearer to where the last way begins than to the hold, or to a fault; or one of the ways
    was not gone half as far as in the hold, or in the fault that goes it least.

    Args:
        variant: which side moves.
        hold: what may be the hold, head to the right.
        rest: where it was reached from, likewise.
    """
    if not variant.last:
        return False
    columns, views = variant.compared, variant.views
    before = min(_squares(columns, hold, v.before) for v in views)
    held = min(_held(columns, hold, v) for v in views)
    view = _nearest(variant, hold, rest)[2]
    return before < held or any(gone(view, way.weights, hold) < HELD * way.least for way in view.ways)


def _nearest(variant: Variant, hold: Row, rest: Row) -> tuple[float, float, View]:
    """The view that a hold and a rest fit best, after their differences from its hold and start."""
    columns = variant.compared
    return min(
        ((_held(columns, hold, v), _squares(columns, rest, v.start), v) for v in variant.views),
        key=lambda squares: squares[0] + squares[1],
    )


def along(variant: Variant, view: View, row: Row) -> float:
    """Progress of a row from start to hold, as one view measures it."""
    part = whole = 0.0
    for signal in variant.signals:
        change = turn_deg(view.start[signal.column], view.hold[signal.column])
        weight = change / signal.error**2
        part += weight * turn_deg(view.start[signal.column], row[signal.column])
        whole += weight * change
    return part / whole if whole else 0.0


def _straight(variant: Variant, view: View, hold: Row, rest: Row) -> float:
    """Share of the movement's power that goes from the exercise's start towards its hold; 0 the other way.

    Angles count in units of their errors. In an exercise of one side the other leg is free.
    """
    along_ = moved = whole = 0.0
    for signal in variant.signals:
        if variant.side != "both" and signal.column in _LEGS and signal.column not in variant.compared:
            continue
        change = turn_deg(view.start[signal.column], view.hold[signal.column]) / signal.error
        own = turn_deg(rest[signal.column], hold[signal.column]) / signal.error
        along_ += change * own
        moved += own * own
        whole += change * change
    return max(0.0, along_) ** 2 / (moved * whole) if moved and whole else 0.0


def _squares(columns: Sequence[Column], row: Row, pose: Row) -> float:
    return sum(turn_deg(pose[c], row[c]) ** 2 for c in columns)


def _drift(spec: MotionSpec, variant: Variant, hold: Row, rest: Row) -> float:
    """Root mean square movement of the parts that should stay, in trunk lengths.

    Seen from above, the pose model exchanges legs that lie side by side, for a whole hold: where both sides
    should stay, each may lie where the other did.
    """
    parts = tuple(_turned(part) for part in spec.fixed) if variant.side == "right" else spec.fixed
    others = tuple(_turned(part) for part in parts)
    moved = _moved(parts, parts, hold, rest)
    return min(moved, _moved(others, parts, hold, rest)) if set(others) == set(parts) else moved


def _moved(here: Sequence[str], there: Sequence[str], hold: Row, rest: Row) -> float:
    """Root mean square way, in trunk lengths, from parts at rest (``there``) to parts in a hold (``here``).

    A side that was seen badly counts little. Three parts and more may move as one: a body slides on its mat.
    """
    moves = []
    for held, rested in zip(here, there, strict=True):
        (x, y), (a, b) = _PLACES[held], _PLACES[rested]
        moves.append((hold[x] - rest[a], hold[y] - rest[b], _seen(held, hold) * _seen(rested, rest)))
    weight = sum(w for _, _, w in moves)
    if not weight:
        return 0.0
    slides = len(moves) >= _SLIDING
    mx = sum(x * w for x, _, w in moves) / weight if slides else 0.0
    my = sum(y * w for _, y, w in moves) / weight if slides else 0.0
    square = sum(((x - mx) ** 2 + (y - my) ** 2) * w for x, y, w in moves) / weight
    return sqrt(square) / max(hold[Column.TRUNK_LENGTH], rest[Column.TRUNK_LENGTH])


def _seen(part: str, row: Row) -> float:
    """How well a part was seen, by its side."""
    if part.endswith("_left"):
        return row[Column.SEEN_LEFT]
    return row[Column.SEEN_RIGHT] if part.endswith("_right") else 1.0


def _turned(part: str) -> str:
    stem, _, side = part.rpartition("_")
    return f"{stem}_{_OTHER[side]}" if side in _OTHER else part


def _grip(variant: Variant, hold: Row) -> float:
    """Distance from the hands to the held leg, in trunk lengths."""
    left, right = hold[Column.GRIP_LEFT], hold[Column.GRIP_RIGHT]
    distance = {"left": left, "right": right, "both": max(left, right)}[variant.side]
    return distance / hold[Column.TRUNK_LENGTH]


def median_row(columns: Sequence[Sequence[float]], indices: Sequence[int]) -> Row:
    """The median of every column over some frames; angles about the first frame's, so that none folds."""
    row = []
    for number, column in enumerate(columns):
        values = [column[i] for i in indices]
        if number < len(ANGLES):
            first = values[0]
            values = [first + turn_deg(first, value) for value in values]
        row.append(median(values))
    return tuple(row)
