"""The second look, when everything has been seen: from the curve to the records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import fmean, median, mode
from typing import Final

from ischia.kinematics.posture import COLUMNS, Column
from ischia.movement.cycles import EDGE, OWN_SHARE, Cycle, Edges, cycles, edges_of, usual_movement
from ischia.movement.form import cues_of, faults_seen, side_of, symmetry
from ischia.movement.own import ROUGH, Moved, OwnMovement, change_of, own_movements, places
from ischia.movement.records import Cue, Reason, Summary, Unscored
from ischia.movement.spec import MotionSpec
from ischia.movement.template import STOUT, Row, Variant, is_too_small
from ischia.movement.verify import DRIFT, HELD, TOO_FAR, UNLIKE_DEG, Likeness, compare, median_row, unlike
from ischia.movement.whole import Stretch, Whole
from ischia.session import RepRecord

STEADY_S: Final = 0.3
"""A recording that begins raised shows a repetition if the hold goes on for this long: one that is not just
over, by three times the smoothing's half width."""

NEAR_TOP: Final = 0.2
"""Frames within this share of the way from the top make up the hold that is compared; likewise for a rest."""

REST_S: Final = 0.5
"""Frames within this time of a lowest point make up the rest that is compared."""

CUT_S: Final = 0.3
"""A lowest point within this time of the curve's end may have been cut short."""

LOOK_S: Final = 0.3
"""Time between two frames of a cycle that are looked at one by one."""

FITTING: Final = 1 / 3
"""Where no more of a recording's movements than this fit the exercise, those that do fit by chance."""

SHOWN: Final = 2 / 3
"""A movement is timed where the camera shows as much of its way as it shows from ``OBLIQUE_DEG`` beside the
side: of less, the pose model sees the end come early."""

LEARNT: Final = 2
"""So often the person's own movement is learnt from what was found: the second time what had been taken for
one repetition, or was overlooked, has its part in it, too."""

FEWEST: Final = 3
"""Frames without which nothing can be told apart."""

Own = Mapping[str, Sequence[OwnMovement]]
"""The own movements of each side."""


@dataclass(frozen=True, slots=True)
class Found:
    """One cycle, compared with the exercise.

    Attributes:
        record: what is kept of it.
        likeness: how it compares.
        variant: the side, or sides, that it was done with.
        hold: its hold, as measured.
        rest: its rest, likewise.
        low: progress of the rest in the picture, as a share of the demonstration's from the side.
        shown: progress from there to the hold, likewise.
    """

    record: RepRecord
    likeness: Likeness
    variant: Variant
    hold: Row
    rest: Row
    low: float
    shown: float


def finish(spec: MotionSpec, variants: Sequence[Variant], stretch: Stretch) -> Summary:
    """The records of a stretch of frames."""
    whole = Whole(spec, variants, stretch)
    unscored = list(whole.unseen)
    found: list[Found] = []
    if is_too_small(variants):
        unscored = _all(stretch, Reason.TOO_SMALL)
    elif 0 < len(whole.t_s) < FEWEST:
        unscored = _all(stretch, Reason.TOO_FEW)
    elif whole.t_s:
        cycles_found = _cycles(whole)
        found = [f for f in cycles_found if f.likeness.reason is None]
        if len(found) <= FITTING * len(cycles_found) or not any(_is_clear(f) for f in found):
            unscored += [_refused(whole, f, Reason.WRONG_EXERCISE) for f in found]
            found = []
        whole, cycles_found, found = _by_own_movement(whole, cycles_found, found)
        unscored += [_refused(whole, f, f.likeness.reason) for f in cycles_found if f.likeness.reason]
        if not cycles_found and (reason := _at_rest(whole)):
            unscored.append(Unscored(whole.t_s[0], whole.t_s[-1], reason))
    elif stretch.t_s and all(part.reason in (Reason.OUT_OF_POSITION, Reason.NOBODY) for part in unscored):
        reason = Reason.VIEW if _from_an_end(variants[0], stretch) else Reason.WRONG_EXERCISE
        unscored = [_in_all(part, reason) for part in unscored]
    return Summary(
        exercise_id=spec.exercise_id,
        repetitions=tuple(f.record for f in found),
        cues=tuple(_cues(whole, found)),
        symmetry=symmetry(whole.view, spec.each_side, [(f.record, f.hold, f.rest) for f in found]),
        not_scored=_merged(unscored),
        view=whole.view,
        fit=_fit(found),
        curve=tuple(zip(whole.t_s, whole.curve, strict=True)),
    )


def _own_movements(whole: Whole, found: Sequence[Found]) -> Own:
    """By side, how this person goes from rest to hold; where two ways lead there it would be but one."""
    own = {
        v.side: own_movements([_moved(f) for f in found if f.variant is v])
        for v in whole.variants
        if not v.last
    }
    return {side: movements for side, movements in own.items() if movements}


def _moved(found: Found) -> Moved:
    return Moved(places(found.rest), change_of(found.hold, found.rest), found.low, found.shown)


def _by_own_movement(
    whole: Whole, cycles_found: list[Found], found: list[Found]
) -> tuple[Whole, list[Found], list[Found]]:
    """The same along the person's own movement as well. Other repetitions are seen so only where the curve is
    rough."""
    if not found:
        return whole, cycles_found, found
    rough = whole.rough > ROUGH * median(f.shown for f in found)
    learnt, again, seen = whole, cycles_found, found
    for _ in range(LEARNT if rough else 1):
        own = _own_movements(learnt, seen)
        if not own:
            break
        learnt = whole.redrawn(
            {
                v.side: [one.curve(whole.columns, rough or v.by_arms) for one in own[v.side]]
                for v in whole.variants
                if v.side in own
            }
        )
        again = _cycles(learnt, own)
        seen = [f for f in again if f.likeness.reason is None]
    return (learnt, again, seen) if rough or len(seen) == len(found) else (whole, cycles_found, found)


def _is_clear(found: Found) -> bool:
    """Whether it went further than the pose model errs. One may go less among others, but not all of them."""
    return min(found.likeness.reached, found.likeness.moved) >= found.variant.least


def _all(stretch: Stretch, reason: Reason) -> list[Unscored]:
    times = [*stretch.t_s, *stretch.empty_s]
    return [Unscored(min(times), max(times), reason)] if times else []


def _in_all(part: Unscored, reason: Reason) -> Unscored:
    """Who is never in the exercise's position does another one, or cannot be seen doing it."""
    return Unscored(part.from_s, part.to_s, reason) if part.reason is Reason.OUT_OF_POSITION else part


def _from_an_end(variant: Variant, stretch: Stretch) -> bool:
    """Whether the shoulders look too wide beside the trunk for a camera at the side."""
    widths, lengths = (
        stretch.rows[Column.SHOULDER_WIDTH :: COLUMNS],
        stretch.rows[Column.TRUNK_LENGTH :: COLUMNS],
    )
    broadest = STOUT * variant.broadest
    return median(w - broadest * length for w, length in zip(widths, lengths, strict=True)) > 0


def _refused(whole: Whole, found: Found, reason: Reason) -> Unscored:
    begin, end = found.record.start_s, found.record.end_s
    return Unscored(whole.t_s[0] if begin is None else begin, whole.t_s[-1] if end is None else end, reason)


def _merged(unscored: Sequence[Unscored]) -> tuple[Unscored, ...]:
    """In order of time, neighbours of one reason made one."""
    merged: list[Unscored] = []
    for part in sorted(unscored, key=lambda part: (part.from_s, part.to_s)):
        last = merged[-1] if merged else None
        if last and last.reason is part.reason and part.from_s <= last.to_s + 2 * REST_S:
            merged[-1] = Unscored(last.from_s, max(last.to_s, part.to_s), part.reason)
        else:
            merged.append(part)
    return tuple(merged)


def _cycles(whole: Whole, own: Own | None = None) -> list[Found]:
    """Every cycle of the curve, compared with the exercise."""
    floor = min(variant.least for variant in whole.variants)
    parts = [(first, whole.t_s[first:last], whole.curve[first:last]) for first, last in whole.segments]
    usual = min(TOO_FAR, max(usual_movement(curve, floor) for _, _, curve in parts))
    if not usual:
        return []
    least = OWN_SHARE * usual
    found = []
    raised = not whole.begins
    for first, t_s, curve in parts:
        for cycle in cycles(curve, least):
            if cycle.before is None and (raised or _only_lowering(t_s, edges_of(t_s, curve, cycle))):
                continue
            found.append(_compared(whole, first, t_s, curve, cycle, least, own))
            raised = cycle.after is None
    return found


def _only_lowering(t_s: Sequence[float], edges: Edges) -> bool:
    """Whether a curve that begins raised shows no more of a hold than its end."""
    return edges.hold_end_s is not None and edges.hold_end_s - t_s[0] < STEADY_S


def _compared(
    whole: Whole,
    first: int,
    t_s: Sequence[float],
    curve: Sequence[float],
    cycle: Cycle,
    least: float,
    own: Own | None,
) -> Found:
    """Find a cycle's rests, its hold and its edges, and compare them with the exercise's."""
    at = first + cycle.top
    variant = max(zip(whole.variants, whole.by_variant, strict=True), key=lambda pair: pair[1][at])[0]
    look = _Look(whole, variant, first, t_s, curve, least)
    cycle = Cycle(look.rest(cycle.before, cycle.top), cycle.top, look.rest(cycle.after, cycle.top))
    ends = [i for i in (cycle.before, cycle.after) if i is not None]
    top = curve[cycle.top]
    low = min(curve[i] for i in ends)
    shown = top - low
    slack = NEAR_TOP * shown
    begin = cycle.before if cycle.before is not None else 0
    end = cycle.after if cycle.after is not None else len(curve) - 1
    hold = median_row(whole.columns, [first + i for i in range(begin, end + 1) if curve[i] >= top - slack])
    rests = [(look.row(i, slack), t_s[i] - t_s[0] < CUT_S or t_s[-1] - t_s[i] < CUT_S) for i in ends]
    way = [look.at(i) for i in look.looks(begin, end) if curve[i] >= top - (1.0 - EDGE) * shown]
    likeness, rest = compare(whole.spec, variant, hold, rests, way, (own or {}).get(variant.side, ()))
    edges = edges_of(t_s, curve, cycle, variant.last)
    record = RepRecord(
        edges.start_s,
        edges.hold_start_s,
        edges.hold_end_s,
        edges.end_s,
        side_of(variant, hold, rest, [progress[at] for progress in whole.by_variant]),
        None not in (edges.start_s, edges.end_s),
        _confidence(whole, variant, likeness),
    )
    return Found(record, likeness, variant, hold, rest, low, shown)


@dataclass(frozen=True, slots=True)
class _Look:
    """One unbroken part of the curve, to look for rests in."""

    whole: Whole
    variant: Variant
    first: int
    t_s: Sequence[float]
    curve: Sequence[float]
    least: float

    def rest(self, low: int | None, top: int) -> int | None:
        """The rest at the lowest point beside a top; where that is another pose, the likest one on the way.

        Somebody who kneels down, lies down and only then begins passes through places that are further from
        the hold than the start is.
        """
        if low is None or self._unlike_start(low) <= UNLIKE_DEG:
            return low
        between = self.looks(min(low, top), max(low, top))
        # What is usual may be those other poses; half of the exercise's way tells a hold from a rest, too.
        least = min(self.least, HELD)
        far = (i for i in between if self.curve[top] - self.curve[i] >= least)
        differs, best = min(((self._unlike_start(i), i) for i in far), default=(inf, low))
        return best if differs <= UNLIKE_DEG else low

    def looks(self, begin: int, end: int) -> Iterator[int]:
        """Frames from one to another, ``LOOK_S`` apart and more."""
        seen_s = -inf
        for i in range(begin, end + 1):
            if self.t_s[i] - seen_s >= LOOK_S:
                seen_s = self.t_s[i]
                yield i

    def at(self, i: int) -> Row:
        """The row of one frame."""
        return tuple(column[self.first + i] for column in self.whole.columns)

    def _unlike_start(self, i: int) -> float:
        return unlike(self.variant, self.at(i), starts=True)

    def row(self, low: int, slack: float) -> Row:
        """The median row of the rest at a lowest point."""
        near = _around(self.t_s, low)
        return median_row(
            self.whole.columns,
            [self.first + i for i in near if abs(self.curve[i] - self.curve[low]) <= slack],
        )


def _around(t_s: Sequence[float], at: int) -> range:
    """Indices of the frames within ``REST_S`` of one."""
    first = last = at
    while first > 0 and t_s[at] - t_s[first - 1] <= REST_S:
        first -= 1
    while last < len(t_s) - 1 and t_s[last + 1] - t_s[at] <= REST_S:
        last += 1
    return range(first, last + 1)


def _confidence(whole: Whole, variant: Variant, likeness: Likeness) -> float:
    """How sure a repetition is, 0 to 1: how like the exercise, how far beyond the least, how well it was
    seen."""
    like = max(0.0, 1.0 - likeness.unlike_deg / (2 * UNLIKE_DEG))
    clear = min(1.0, likeness.moved / (2 * variant.least))
    seen = max(fmean(whole.columns[Column.SEEN_LEFT]), fmean(whole.columns[Column.SEEN_RIGHT]))
    return round(like * clear * min(1.0, seen), 3)


def _cues(whole: Whole, found: Sequence[Found]) -> list[Cue]:
    """What to tell of each repetition. A camera stands where it stands: all are compared with the view that
    most of them fit best."""
    if not found:
        return []
    place = mode(f.likeness.view.place for f in found)
    return [
        cue
        for before, f in zip([None, *(f.record for f in found)], found, strict=False)
        for cue in cues_of(
            f.record,
            before,
            faults_seen(f.variant.seen_from(place), f.hold, f.rest, whole.view == "side"),
            *((whole.spec.move_s, whole.spec.rest_s) if f.shown >= SHOWN else (0.0, 0.0)),
        )
    ]


def _at_rest(whole: Whole) -> Reason | None:
    """Why nothing could be scored where nothing moved: the pose is none of this exercise's."""
    row = median_row(whole.columns, range(len(whole.t_s)))
    if whole.view == "front":
        return Reason.VIEW
    least = min(unlike(variant, row) for variant in whole.variants)
    return Reason.WRONG_EXERCISE if least > UNLIKE_DEG else None


def _fit(found: Sequence[Found]) -> float:
    """How well what was counted fits the exercise, 0 to 1: its poses, its resting parts, its way."""
    if not found:
        return 0.0
    fits = []
    for likeness in (f.likeness for f in found):
        like = max(0.0, 1.0 - likeness.unlike_deg / UNLIKE_DEG) * (1.0 - likeness.drift / DRIFT)
        fits.append(like / (1.0 + abs(1.0 - likeness.reached)))
    return fmean(fits)
