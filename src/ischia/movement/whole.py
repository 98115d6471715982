"""Everything that was seen of one recording, column by column, and the progress curve drawn from it."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import hypot
from statistics import fmean, median
from typing import Final

from ischia.kinematics.posture import ANGLES, COLUMNS, Column, Seen, turned_round
from ischia.kinematics.smoothing import running_median, smoothed
from ischia.movement.cycles import NEARLY
from ischia.movement.records import Reason, Unscored
from ischia.movement.spec import MotionSpec
from ischia.movement.template import LYING_DEG, STOUT, Variant, camera_angle_deg, elevation_deg, weights_of

GAP_S: Final = 1.0
"""The curve breaks where nothing was seen for longer; a shorter gap is bridged, for no repetition fits into
it."""

UNSEEN_S: Final = 0.5
"""A shorter stretch that was not seen is not worth telling."""

SIDE_DEG: Final = 25.0
"""Up to here the camera stands at the side: the set-up asks for 20 degrees, and people stand a little off."""

JUMP: Final = 0.5
"""All of a body moving by half a trunk between two frames, in one direction, is the camera or another
body."""

APART: Final = 0.25
"""Legs this far apart, in trunk lengths, are told from one another over time: half a foot's length, as for
parts that stay on the ground."""

EXACT: Final = 1e-4
"""A curve that trembles by less than this share of the way has hardly an error to mend: exact landmarks do so
by 0.00006 and less, a pose model's by 0.0001 and more."""

AROUND_S: Final = 0.5
"""Left and right are exchanged in a frame that lies the other way round than most within this time of it."""

_NEEDED: Final = ((Seen.SHOULDER | Seen.HIP, Reason.TRUNK_HIDDEN), (Seen.KNEE, Reason.LEGS_HIDDEN))
_BODY: Final = (
    (Column.CHEST_X, Column.CHEST_Y),
    (Column.PELVIS_X, Column.PELVIS_Y),
    (Column.KNEE_LEFT_X, Column.KNEE_LEFT_Y),
    (Column.KNEE_RIGHT_X, Column.KNEE_RIGHT_Y),
)


_PAIRS: Final = tuple(
    (column, Column[column.name.replace("LEFT", "RIGHT")]) for column in Column if "LEFT" in column.name
)
_LEGS: Final = (
    (Column.KNEE_LEFT_X, Column.KNEE_RIGHT_X),
    (Column.KNEE_LEFT_Y, Column.KNEE_RIGHT_Y),
    (Column.ANKLE_LEFT_X, Column.ANKLE_RIGHT_X),
    (Column.ANKLE_LEFT_Y, Column.ANKLE_RIGHT_Y),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the tracker kept: times, rows one after another, people, and the times at which nobody was
    seen."""

    t_s: "array[float]"
    rows: "array[float]"
    people: "array[int]"
    empty_s: "array[float]"


class Whole:
    """A stretch made ready for one exercise: usable frames only, turned so that the head lies to the right.

    Attributes:
        t_s: (n,) media seconds of the usable frames.
        columns: ``COLUMNS`` sequences of n numbers each.
        segments: (first, last) of the unbroken parts.
        variants: those whose leg is not in the hold's pose all the time.
        drawn: (variants, n) progress of each of them, not smoothed yet.
        by_variant: (variants, n) the same smoothed.
        curve: (n,) the greatest of them.
        rough: median distance of the frames from the smoothed curve, of the roughest variant.
        unseen: what could not be used, and why.
        begins: whether the first usable frame is the first in which anybody was seen.
        view: ``side``, ``oblique``, ``front`` or ``unknown``.
        shares: how well the left and the right leg were seen; together 1.
    """

    def __init__(self, spec: MotionSpec, variants: Sequence[Variant], stretch: Stretch) -> None:
        """Sort frames, turn them and draw the curves."""
        self.spec, self.variants = spec, variants
        reasons = _reasons(spec, variants, stretch)
        use = [i for i, reason in enumerate(reasons) if reason is None]
        self.t_s = [stretch.t_s[i] for i in use]
        self.columns = _columns(stretch.rows, use)
        _exchange_back(self.t_s, self.columns)
        self.begins = bool(use) and use[0] == 0
        self.unseen = list(_unseen(stretch, reasons))
        self.segments: list[tuple[int, int]] = []
        self.by_variant: list[list[float]] = [[] for _ in variants]
        self.drawn: list[list[float]] = [[] for _ in variants]
        self.rough = 0.0
        self.curve: list[float] = []
        self.view = "unknown"
        self.shares = {"left": 0.5, "right": 0.5}
        if not use:
            return
        if self._turned():
            self._turn()
        left, right = fmean(self.columns[Column.SEEN_LEFT]), fmean(self.columns[Column.SEEN_RIGHT])
        self.shares = (
            {"left": left / (left + right), "right": right / (left + right)} if left + right else self.shares
        )
        self.view = _view(spec, variants[0], self.columns)
        self._break([stretch.people[i] for i in use])
        curves = [(variant, *self._progress(variant)) for variant in variants]
        # A leg that lies in the hold's pose all the time is the one that rests (heel slide).
        moving = [one for one in curves if min(one[2]) < NEARLY] or curves
        self.variants, self.drawn, self.by_variant = map(list, zip(*moving, strict=True))
        self.rough = max(map(_apart, self.drawn, self.by_variant))
        self.curve = _greatest(self.by_variant)

    def _turned(self) -> bool:
        """Whether the head lies to the left (standing: whether the face looks to the right)."""
        c = self.columns
        if self.spec.position == "standing":
            return median(c[Column.ASPECT]) > 0
        towards = [a - b for a, b in zip(c[Column.CHEST_X], c[Column.PELVIS_X], strict=True)]
        # An upright trunk does not say where the head will lie.
        lying = [
            x
            for x, trunk in zip(towards, c[Column.TRUNK], strict=True)
            if abs(elevation_deg(trunk)) < LYING_DEG
        ]
        return median(lying or towards) < 0

    def _turn(self) -> None:
        for column in ANGLES:
            self.columns[column] = [turned_round(column, value) for value in self.columns[column]]
        for column in (Column.FACE, Column.ASPECT):
            self.columns[column] = [-value for value in self.columns[column]]

    def _break(self, people: Sequence[int]) -> None:
        """Find the unbroken parts: no gap, no jump of the camera or to another person."""
        first = 0
        places = [(self.columns[x], self.columns[y]) for x, y in _BODY]
        lengths = self.columns[Column.TRUNK_LENGTH]
        for i in range(1, len(self.t_s)):
            gap = self.t_s[i] - self.t_s[i - 1] > GAP_S
            jump = not gap and _jumped(places, i, JUMP * lengths[i])
            if gap or jump:
                self.segments.append((first, i))
                first = i
            if jump:
                reason = Reason.SEVERAL if max(people[i - 1], people[i]) > 1 else Reason.CAMERA_MOVED
                self.unseen.append(Unscored(self.t_s[i - 1], self.t_s[i], reason))
        self.segments.append((first, len(self.t_s)))

    def _progress(self, variant: Variant) -> tuple[list[float], list[float]]:
        """The variant's progress, 0 in the start pose and 1 in the hold; and the same smoothed."""
        total = [0.0] * len(self.t_s)
        shares = {
            s.column: self.shares.get(s.column.name.rpartition("_")[2].lower(), 0.5) for s in variant.signals
        }
        for signal, weight in zip(variant.signals, weights_of(variant.signals, shares), strict=True):
            origin = 540.0 - signal.start_deg
            column = self.columns[signal.column]
            total = [a + weight * ((v + origin) % 360.0 - 180.0) for a, v in zip(total, column, strict=True)]
        return total, self._smoothed(total)

    def _smoothed(self, values: Sequence[float]) -> list[float]:
        """Values smoothed within each unbroken part."""
        curve: list[float] = []
        for first, last in self.segments:
            curve += smoothed(self.t_s[first:last], values[first:last])
        return curve

    def redrawn(self, own: Mapping[str, Sequence[Sequence[float]]]) -> "Whole":
        """The same with some sides drawn along other curves as well, which are not smoothed yet; the greatest
        counts where there are several."""
        other = copy(self)
        other.by_variant = [
            _greatest([self._both(drawn, old, curve) for curve in own[variant.side]])
            if variant.side in own
            else old
            for variant, drawn, old in zip(self.variants, self.drawn, self.by_variant, strict=True)
        ]
        other.curve = _greatest(other.by_variant)
        return other

    def _both(self, drawn: Sequence[float], smooth: Sequence[float], other: Sequence[float]) -> list[float]:
        """The mean of a curve and another one, smoothed; each counts the more the less it trembles."""
        power, others = _apart(drawn, smooth) ** 2, _apart(other, self._smoothed(other)) ** 2
        share = power / (power + others + EXACT**2)
        return self._smoothed([a + share * (b - a) for a, b in zip(drawn, other, strict=True)])


def _greatest(curves: Sequence[Sequence[float]]) -> list[float]:
    return [max(values) for values in zip(*curves, strict=True)]


def _apart(drawn: Sequence[float], smooth: Sequence[float]) -> float:
    """Median distance of a curve from the smoothed one."""
    return median(abs(a - b) for a, b in zip(drawn, smooth, strict=True))


def _columns(rows: "array[float]", use: Sequence[int]) -> list[list[float]]:
    """The columns of the rows that are used."""
    if len(use) * COLUMNS == len(rows):
        return [rows[k::COLUMNS].tolist() for k in range(COLUMNS)]
    return [[column[i] for i in use] for column in (rows[k::COLUMNS] for k in range(COLUMNS))]


def _exchange_back(t_s: Sequence[float], columns: list[list[float]]) -> None:
    """Give left and right back their names in frames where the pose model exchanged them.

    What tells it is which way the right leg's knee and ankle lie from the left one's, against most frames
    around. Legs side by side tell nothing, and lose nothing by it.
    """
    ways = [[a - b for a, b in zip(columns[left], columns[right], strict=True)] for left, right in _LEGS]
    usual = zip(*(running_median(t_s, way, AROUND_S) for way in ways), strict=True)
    for i, (way, most, length) in enumerate(
        zip(zip(*ways, strict=True), usual, columns[Column.TRUNK_LENGTH], strict=True)
    ):
        apart = sum([m * m for m in most]) >= (APART * length) ** 2
        if apart and sum([w * m for w, m in zip(way, most, strict=True)]) < 0:
            for left, right in _PAIRS:
                columns[left][i], columns[right][i] = columns[right][i], columns[left][i]


def _reasons(spec: MotionSpec, variants: Sequence[Variant], stretch: Stretch) -> list[Reason | None]:
    """Why each frame with somebody in it cannot be used, or None where it can."""
    needed = _NEEDED if {"knee", "ankle"} & set(spec.sees) else _NEEDED[:1]
    found: list[Reason | None] = []
    rows = stretch.rows
    trunk_low, trunk_high, thigh_low, thigh_high = _bounds(variants)
    for bits, trunk, left, right in zip(
        rows[Column.SEEN :: COLUMNS],
        rows[Column.TRUNK :: COLUMNS],
        rows[Column.HIP_LEFT :: COLUMNS],
        rows[Column.HIP_RIGHT :: COLUMNS],
        strict=True,
    ):
        seen = int(bits)
        reason = next((reason for need, reason in needed if seen & need != need), None)
        if reason is None and not (
            trunk_low <= elevation_deg(trunk) <= trunk_high
            and (
                thigh_low <= elevation_deg(trunk + left) <= thigh_high
                or thigh_low <= elevation_deg(trunk + right) <= thigh_high
            )
        ):
            reason = Reason.OUT_OF_POSITION
        found.append(reason)
    return _without_blinks(stretch.t_s, found)


def _bounds(variants: Sequence[Variant]) -> tuple[float, float, float, float]:
    """Elevations of trunk and thighs within which somebody is in this exercise's position."""
    trunks, thighs = zip(*(variant.elevations for variant in variants), strict=True)
    return (
        min(low for low, _ in trunks) - LYING_DEG,
        max(high for _, high in trunks) + LYING_DEG,
        min(low for low, _ in thighs) - LYING_DEG,
        max(high for _, high in thighs) + LYING_DEG,
    )


def _without_blinks(t_s: Sequence[float], reasons: Sequence[Reason | None]) -> list[Reason | None]:
    """Reasons without those "not in position" that last a moment: a landmark jumped."""
    kept = list(reasons)
    for reason, group in groupby(range(len(kept)), key=reasons.__getitem__):
        indices = list(group)
        inside = indices[0] > 0 and indices[-1] < len(kept) - 1
        if reason is Reason.OUT_OF_POSITION and inside and t_s[indices[-1]] - t_s[indices[0]] < UNSEEN_S:
            kept[indices[0] : indices[-1] + 1] = [None] * len(indices)
    return kept


def _unseen(stretch: Stretch, reasons: Sequence[Reason | None]) -> Iterator[Unscored]:
    """Stretches of frames that could not be used, each with its reason."""
    seen = [(t, reason) for t, reason in zip(stretch.t_s, reasons, strict=True)]
    frames = sorted([*seen, *((t, Reason.NOBODY) for t in stretch.empty_s)], key=lambda frame: frame[0])
    if not frames:
        return
    last_seen = stretch.t_s[-1] if stretch.t_s else None
    times = [t for t, _ in frames]
    step = (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else UNSEEN_S
    first = 0
    for i in range(1, len(frames) + 1):
        if i < len(frames) and frames[i][1] is frames[first][1]:
            continue
        reason = frames[first][1]
        begin, end = times[first], times[i] if i < len(times) else times[-1] + step
        if reason is not None and (end - begin >= UNSEEN_S or i - first == len(frames)):
            gone = reason is Reason.NOBODY and last_seen is not None and begin > last_seen
            yield Unscored(begin, end, Reason.LEFT if gone else reason)
        first = i


def _jumped(places: Sequence[tuple[Sequence[float], Sequence[float]]], i: int, least: float) -> bool:
    """Whether all parts moved by ``least`` and more between two frames, as one."""
    moves = []
    for x, y in places:
        dx, dy = x[i] - x[i - 1], y[i] - y[i - 1]
        if abs(dx) + abs(dy) < least:
            return False
        moves.append((dx, dy))
    mx, my = fmean(m[0] for m in moves), fmean(m[1] for m in moves)
    size = hypot(mx, my)
    return size >= least and all(hypot(dx - mx, dy - my) <= size / 2 for dx, dy in moves)


def _view(spec: MotionSpec, variant: Variant, columns: Sequence[Sequence[float]]) -> str:
    """Where the camera stands, from how wide the shoulders look beside the trunk."""
    ratio = median(
        w / max(length, 1e-9)
        for w, length in zip(columns[Column.SHOULDER_WIDTH], columns[Column.TRUNK_LENGTH], strict=True)
    )
    angle = camera_angle_deg(spec.position, ratio / variant.broadest)
    return "side" if angle <= SIDE_DEG else "oblique" if ratio <= STOUT * variant.broadest else "front"


def rate_hz(t_s: Sequence[float]) -> float:
    """Usual frames a second; 0 where there are fewer than two."""
    steps = [b - a for a, b in pairwise(t_s)]
    return 1.0 / median(steps) if steps else 0.0
