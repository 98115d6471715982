"""How it was done: faults, sides, symmetry. Every bound is half-way between two poses of the definition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import copysign, inf
from operator import mul, sub
from statistics import fmean
from typing import Final

from ischia.anatomy.pace import share_of_time
from ischia.kinematics.geometry import turn_deg
from ischia.kinematics.posture import VISIBLE, Column
from ischia.movement.cycles import ARRIVED, EDGE
from ischia.movement.records import Cue, Reason, Symmetry
from ischia.movement.template import LEAST_DEG, LEAST_IN_ERRORS, MOVES_DEG, Row, Variant, View
from ischia.session import RepRecord
from ischia.units import Side

HALF_WAY: Final = 0.5
"""A fault is seen where the hold is nearer to the fault's pose than to the right one."""

RESTS_SO: Final = 0.5
"""Who rests otherwise than demonstrated is taken to hold so by half of that, with limbs that the exercise
does not move: the likeliest guess where bodies differ by as much as the pose model errs."""

MEASURED_SHARE: Final = ARRIVED - share_of_time(EDGE)
"""The share of a movement's time between its measured start, where it shows, and its measured end: 0.79."""

TOO_FAST: Final = "too_fast"
"""Cue of a movement that takes less than half the time the demonstration takes; every exercise has it."""

NO_BREATH: Final = "no_breath"
"""Cue of a repetition that begins after less than half the demonstrated rest; every exercise has it."""

TIMED: Final = (TOO_FAST, NO_BREATH)
"""The cues that every exercise has, the more important one first."""

_LIMBS: Final = (
    (Column.HIP_LEFT, Column.KNEE_LEFT, Column.SHOULDER_LEFT),
    (Column.HIP_RIGHT, Column.KNEE_RIGHT, Column.SHOULDER_RIGHT),
)
THROWN_BACK: Final = 0.7
"""How much the pose model sees of a head bent back, from where the face is square to the trunk: on drawn
people of known truth 0.78 in one exercise and 0.64 in another. Of one bent forward it sees all."""

_NOSE: Final = 2
_HEAD: Final = (1, _NOSE)
_LEGS: Final = (3, 4, 6, 7)
_ARM_SEEN: Final = {5: Column.ARM_SEEN_LEFT, 8: Column.ARM_SEEN_RIGHT}
_ARMS: Final = tuple(_ARM_SEEN)
_BODY: Final = (0, 1, *range(3, 9))
"""Where they stand among the directions: the head's neck and nose, and all but the nose."""

_ERRORS: Final = (1.0, 2.5, 1.5, 1.8, 1.8, 2.5, 1.8, 1.8, 2.5)
"""Errors of the directions of trunk, neck, nose, and of thigh, shin and upper arm on either side, where every
landmark errs alike: one over their lengths, in trunk lengths; the trunk's ends are middles of two landmarks
each. The landmarks of a face err together: from ears to nose it errs less than its length promises."""

_ERRORS_BESIDE: Final = (_ERRORS[0], inf, *_ERRORS[2:])
"""The same where the camera does not stand at the side: there the pose model bends the necks of drawn people
backwards, so that the neck's direction says nothing."""


def faults_seen(view: View, hold: Row, rest: Row, from_side: bool) -> list[tuple[str, float]]:
    """Faults of the exercise that a hold shows, each with how far it goes: 0 not at all, 1 the fault's own
    pose.

    Compared are the directions of the limbs in the picture, turned until the trunk at rest lies as it
    should, so that a tilted camera does no harm; for a fault of the head, until the trunk in the hold does,
    however it is held. How this person's body differs at rest is no fault. A fault that this view does not
    show, by less than the pose model's own errors, is passed over, and an arm whose elbow is hidden tells
    nothing. Seen from above at the side, a head that lies face up is seen as well as from the side."""
    from_side = not view.azimuth_deg and (from_side or view.start[Column.FACE] > 0)
    errors = list(_ERRORS if from_side else _ERRORS_BESIDE)
    for i, seen in _ARM_SEEN.items():
        if hold[seen] < VISIBLE:
            errors[i] = inf
    right, held, own = _directions(view.hold), _directions(hold), _own(view, rest)
    if (nose := _nose_deg(view, hold, rest, from_side)) is None:
        errors[_NOSE] = inf
    else:
        held[_NOSE] = hold[Column.TRUNK] + nose
    leans: dict[str, _Lean] = {}
    for id_, pose in view.faults.items():
        wrongs = [turn_deg(good, bad) for good, bad in zip(right, _directions(pose), strict=True)]
        of_the_head = _is_of_the_head(wrongs)
        level, lies = (view.hold, hold) if of_the_head else (view.start, rest)
        tilt = turn_deg(level[Column.TRUNK], lies[Column.TRUNK])
        apart = [turn_deg(good, here - tilt) for good, here in zip(right, held, strict=True)]
        if not of_the_head:
            apart = list(map(sub, apart, own))
        compared = _HEAD if of_the_head else _BODY
        weights = [wrong / errors[i] ** 2 if i in compared else 0.0 for i, wrong in enumerate(wrongs)]
        lean = _Lean(wrongs, apart, weights)
        if lean.whole >= LEAST_DEG**2:
            leans[id_] = lean
    shares = dict(_told_apart(leans))
    return [(id_, shares[id_]) for id_ in view.faults if id_ in shares]


@dataclass(frozen=True, slots=True)
class _Lean:
    """A fault in a hold: how far it turns each direction, how far each is turned, and what each counts."""

    wrongs: Sequence[float]
    apart: Sequence[float]
    weights: Sequence[float]

    @property
    def whole(self) -> float:
        return sum(map(mul, self.weights, self.wrongs), 0.0)

    def share(self, explained: Sequence[float]) -> float:
        """How far the hold goes with the fault, but for what another one explains."""
        return sum(map(mul, self.weights, map(sub, self.apart, explained)), 0.0) / self.whole


def _told_apart(leans: dict[str, _Lean]) -> Iterator[tuple[str, float]]:
    """First the fault that explains most, then others that are still seen in what it leaves.

    Two faults of one limb turn the same directions: a back that sags takes the lifted leg along. This is
    matching pursuit (Mallat and Zhang, IEEE Transactions on Signal Processing 41, 1993)."""
    explained = [0.0] * len(_ERRORS)
    while seen := {id_: share for id_, lean in leans.items() if (share := lean.share(explained)) >= HALF_WAY}:
        most = max(seen, key=lambda id_: seen[id_] ** 2 * leans[id_].whole)
        yield most, seen[most]
        explained = [
            here + seen[most] * wrong for here, wrong in zip(explained, leans[most].wrongs, strict=True)
        ]
        leans = {id_: leans[id_] for id_ in seen if id_ != most}


def _own(view: View, rest: Row) -> list[float]:
    """How far this person is taken to hold each direction otherwise than demonstrated, by how they rest."""
    tilt = turn_deg(view.start[Column.TRUNK], rest[Column.TRUNK])
    return [
        RESTS_SO * turn_deg(start, rested - tilt) if abs(turn_deg(start, right)) < MOVES_DEG else 0.0
        for start, rested, right in zip(*map(_directions, (view.start, rest, view.hold)), strict=True)
    ]


def _nose_deg(view: View, hold: Row, rest: Row, from_side: bool) -> float | None:
    """Where the nose points in a hold, from the trunk's direction; None where it cannot be told.

    From the side it is where it seems to be, bent back further than it seems. From elsewhere the pose model
    turns heads with the movement; but where the head is to lie still, what it turns from this person's own
    rest is true from anywhere.
    """
    if from_side:
        if not _in_profile(hold, view.hold):
            return None
        seen_deg = hold[Column.NOSE]
        back = 90.0 - abs(seen_deg)
        return copysign(90.0 - back / THROWN_BACK, seen_deg) if back > 0 else seen_deg
    lies_still = all(
        abs(turn_deg(view.start[column], view.hold[column])) < LEAST_DEG
        for column in (Column.TRUNK, Column.NECK, Column.NOSE)
    )
    if not (lies_still and _in_profile(rest, view.start) and _in_profile(hold, rest)):
        return None
    return view.start[Column.NOSE] + turn_deg(rest[Column.NOSE], hold[Column.NOSE])


def _in_profile(row: Row, pose: Row) -> bool:
    """Whether at least half of the face's length is seen: it looks neither at the camera nor away from it."""
    seen, shown = (r[Column.NOSE_LENGTH] / r[Column.TRUNK_LENGTH] for r in (row, pose))
    return seen >= HALF_WAY * shown


def _is_of_the_head(wrongs: Sequence[float]) -> bool:
    """Whether a fault turns the face at least twice as far as trunk, legs and both arms; one arm alone lies
    as people like."""
    below = [abs(wrongs[i]) for i in (0, *_LEGS)]
    return HALF_WAY * abs(wrongs[_NOSE]) >= max(*below, min(abs(wrongs[i]) for i in _ARMS))


def _directions(row: Row) -> list[float]:
    """Directions of trunk, neck, nose, and of thigh, shin and upper arm on either side."""
    trunk = row[Column.TRUNK]
    found = [trunk, trunk + row[Column.NECK], trunk + row[Column.NOSE]]
    for hip, knee, shoulder in _LIMBS:
        thigh = trunk + row[hip]
        found += [thigh, thigh + row[knee] - 180.0, trunk + row[shoulder] - 180.0]
    return found


def too_fast(record: RepRecord, move_s: float) -> bool:
    """Whether the way out took less than half the time it is demonstrated in."""
    if record.start_s is None or record.hold_start_s is None or not move_s:
        return False
    return record.hold_start_s - record.start_s < HALF_WAY * MEASURED_SHARE * move_s


def no_breath(before: RepRecord, record: RepRecord, rest_s: float) -> bool:
    """Whether it began after less than half the demonstrated rest, without room to breathe."""
    if before.end_s is None or record.start_s is None:
        return False
    return record.start_s - before.end_s < HALF_WAY * rest_s


def side_of(variant: Variant, hold: Row, rest: Row, reached: Sequence[float]) -> Side:
    """Which leg did it: the variant's, or, where both should, the one that went more than twice as far.

    Args:
        variant: the one that went furthest.
        hold: its hold.
        rest: its rest.
        reached: progress of each variant in the hold; less than the pose model's error apart they tell no
            side.
    """
    if variant.side != "both":
        alike = len(reached) > 1 and max(reached) - min(reached) < variant.least / LEAST_IN_ERRORS
        return Side.BOTH if alike else Side(variant.side)
    left, right = _leg(hold, rest, Column.HIP_LEFT), _leg(hold, rest, Column.HIP_RIGHT)
    near, far = max(left, right), min(left, right)
    if near - far < MOVES_DEG or far > near / 2:
        return Side.BOTH
    return Side.LEFT if left > right else Side.RIGHT


def symmetry(
    view: str, each_side: bool, repetitions: Sequence[tuple[RepRecord, Row, Row]]
) -> Symmetry | None:
    """Left against right over all repetitions; a camera at the side does not show the far leg."""
    if not repetitions:
        return None
    sides = [record.side for record, _, _ in repetitions]
    left, right = sides.count(Side.LEFT), sides.count(Side.RIGHT)
    if view != "oblique":
        return Symmetry(False, Reason.VIEW, left, right)
    ways = [
        (_leg(h, r, Column.HIP_LEFT), _leg(h, r, Column.HIP_RIGHT), s)
        for (_, h, r), s in zip(repetitions, sides, strict=True)
    ]
    lefts = [w[0] for w in ways if not each_side or w[2] is Side.LEFT]
    rights = [w[1] for w in ways if not each_side or w[2] is Side.RIGHT]
    if not lefts or not rights:
        return Symmetry(False, Reason.ONE_SIDE, left, right)
    confidence = fmean(record.confidence for record, _, _ in repetitions)
    return Symmetry(True, None, left, right, fmean(lefts) - fmean(rights), confidence)


def _leg(hold: Row, rest: Row, column: Column) -> float:
    return abs(turn_deg(rest[column], hold[column]))


def cues_of(
    record: RepRecord,
    before: RepRecord | None,
    faults: Sequence[tuple[str, float]],
    move_s: float,
    rest_s: float,
) -> Iterator[Cue]:
    """The cues of one repetition, at the moment at which they could be given."""
    at = next(
        t
        for t in (record.hold_start_s, record.hold_end_s, record.start_s, record.end_s, 0.0)
        if t is not None
    )
    if too_fast(record, move_s):
        yield Cue(at, TOO_FAST, record.confidence)
    if before and no_breath(before, record, rest_s):
        yield Cue(at, NO_BREATH, min(before.confidence, record.confidence))
    for id_, share in faults:
        yield Cue(at, id_, record.confidence * min(1.0, share))
