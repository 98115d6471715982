"""What can be said while it happens: progress, phase and a count that may still be corrected by the second
look."""

from collections import deque
from collections.abc import Sequence
from math import inf, nan
from statistics import median
from typing import Final

from ischia.kinematics.geometry import turn_deg
from ischia.kinematics.posture import Column, Seen
from ischia.kinematics.smoothing import MEDIAN_HALF_S, OneEuro
from ischia.movement.cycles import EDGE, NEARLY, OWN_SHARE, PASSED, SETTLED, hold_edge
from ischia.movement.records import Live, Phase, Reason
from ischia.movement.spec import MotionSpec
from ischia.movement.template import Row, Variant, faces, facing_right, weights_of
from ischia.movement.verify import UNLIKE_DEG, is_half, unlike
from ischia.movement.whole import GAP_S

_REMEMBERED: Final = 8
"""Movements that tell what is usual."""

_MEDIAN_S: Final = 2.0 * MEDIAN_HALF_S
"""Width of the running median, as in the second look; here it looks back, and so comes half of it late."""

_SPEED_S: Final = 0.15
"""Speed is taken over this time at least."""

_STILL_S: Final = 0.5
"""Who stands still for so long, not half-way (of the first way, where there are two) from where they began,
has come to rest, too."""

_SETTLE_S: Final = 1.0
"""The edge of a hold is looked for anew for so long after it was reached: only then its level is known."""

_LONGEST: Final = 4000
"""So many frames of a rest or a hold are kept: more than two minutes at 30 frames a second."""


class Follower:
    """Follows the progress with the range seen so far."""

    def __init__(self, spec: MotionSpec, variants: Sequence[Variant]) -> None:
        """Begin at rest, with the definition's own range."""
        self._spec, self._variants = spec, variants
        self._filters = [_filter(variant) for variant in variants]
        self._lowest = [inf] * len(variants)
        self._least = min(variant.least for variant in variants)
        self._last = variants[0].last
        self._needed = Seen.SHOULDER | Seen.HIP | (Seen.KNEE if {"knee", "ankle"} & set(spec.sees) else 0)
        self._towards = 0.0
        self._sizes: list[float] = []
        self._count = 0
        self._restart()

    def _restart(self) -> None:
        """Know nothing of where the body is; what is usual and the count stay."""
        self._smooth = OneEuro()
        self._latest: deque[tuple[float, float]] = deque()
        self._base = nan
        self._t_s: list[float] = []
        self._values: list[float] = []
        self._low = self._high = self._way = self._fastest = 0.0
        self._top = 0
        self._low_row: Row = ()
        self._top_row: Row = ()
        self._out = self._counted = False
        self._phase = Phase.REST
        self._arrived_s: float | None = None
        self._reached_s = self._looked_s = self._held_s = 0.0

    def nobody(self, t_s: float) -> Live:
        """The answer to a frame in which nobody was seen."""
        return self._unseen(t_s, Reason.NOBODY)

    def follow(self, t_s: float, row: Row) -> Live:
        """The answer to a frame, from its row."""
        seen = int(row[Column.SEEN])
        if seen & self._needed != self._needed:
            trunk = Seen.SHOULDER | Seen.HIP
            return self._unseen(t_s, Reason.LEGS_HIDDEN if seen & trunk == trunk else Reason.TRUNK_HIDDEN)
        self._towards += faces(row, self._spec.position)
        if self._towards < 0:
            row = facing_right(row)
        if self._t_s and t_s - self._t_s[-1] > GAP_S:
            self._restart()
        self._step(t_s, self._smoothed(t_s, self._furthest(row)), row)
        return Live(
            t_s,
            self._share(self._values[-1]),
            self._phase,
            self._count,
            self._held_s,
            turn_deg(min(row[Column.HIP_LEFT], row[Column.HIP_RIGHT]), 180.0) * self._spec.face_sign,
            row[Column.TRUNK],
            True,
        )

    def _furthest(self, row: Row) -> float:
        """The progress of the leg that does most, of those not in the hold's pose all along (heel slide)."""
        values = [_progress(filter_, row) for filter_ in self._filters]
        self._lowest = [min(pair) for pair in zip(self._lowest, values, strict=True)]
        moving = [value for value, low in zip(values, self._lowest, strict=True) if low < NEARLY]
        return max(moving or values)

    def _unseen(self, t_s: float, reason: Reason) -> Live:
        return Live(t_s, None, Phase.UNSEEN, self._count, 0.0, None, None, False, reason)

    def _smoothed(self, t_s: float, value: float) -> float:
        latest = self._latest
        latest.append((t_s, value))
        while t_s - latest[0][0] > _MEDIAN_S:
            latest.popleft()
        values = sorted([v for _, v in latest])
        return self._smooth(t_s, (values[(len(values) - 1) // 2] + values[len(values) // 2]) * 0.5)

    def _usual(self) -> float:
        """How far this person goes, as far as is known; the whole way before anything is."""
        if not self._sizes:
            return 1.0
        most = max(self._sizes)
        return median([size for size in self._sizes if size >= most / 2])

    def _share(self, value: float) -> float:
        """Progress from this person's rest to their usual hold."""
        return (value - self._base) / self._usual()

    def _step(self, t_s: float, value: float, row: Row) -> None:
        """Take the next point of the curve."""
        self._t_s.append(t_s)
        self._values.append(value)
        if len(self._values) == 1:
            self._base, self._low, self._low_row = value, value, row
        if len(self._t_s) > _LONGEST and not self._out:
            self._begin_at_low()
        least = OWN_SHARE * self._usual() if self._sizes else self._least
        if self._out:
            self._go_on(t_s, value, row, least)
        else:
            self._wait(value, row, least)

    def _wait(self, value: float, row: Row, least: float) -> None:
        """At rest, or on the way back to it: the next repetition begins ``least`` above the lowest point."""
        if value <= self._low:
            self._low, self._low_row = value, row
            if self._phase is Phase.REST:
                self._begin_at_low()
        if value - self._low >= least:
            self._begin_at_low()
            self._base = self._low
            self._out, self._counted, self._phase = True, False, Phase.OUT
            self._high, self._top, self._top_row = value, len(self._values) - 1, row
            self._fastest, self._arrived_s, self._held_s = self._speed(), None, 0.0
        elif self._phase is Phase.BACK:
            speed = self._speed()
            self._fastest = max(self._fastest, -speed)
            share = self._share(value)
            if self._arrived_s is not None and value <= self._base + PASSED[0] * self._way:
                last = len(self._values) - 1
                left_s = hold_edge(self._t_s, self._values, last, self._top, self._last_way())
                self._held_s, self._arrived_s = max(0.0, left_s - self._arrived_s), None
            if share <= EDGE or (
                share <= OWN_SHARE * (self._last or 1.0)
                and abs(self._speed(_STILL_S)) <= SETTLED * self._fastest
            ):
                self._phase, self._held_s, self._base = Phase.REST, 0.0, self._low
                self._begin_at_low()
        else:
            self._base = self._low

    def _begin_at_low(self) -> None:
        """Forget what was before the lowest point."""
        values = self._values
        at = max(i for i in range(len(values)) if values[i] <= self._low or i == 0)
        del self._t_s[:at], values[:at]

    def _go_on(self, t_s: float, value: float, row: Row, least: float) -> None:
        """On the way out, in the hold, or beginning to leave it."""
        if value > self._high:
            self._high, self._top, self._top_row = value, len(self._values) - 1, row
        speed, way = self._speed(), self._high - self._low
        self._fastest = max(self._fastest, speed)
        near = value >= self._low + NEARLY * max(way, OWN_SHARE * self._usual())
        still = near and abs(speed) <= SETTLED * self._fastest and self._share(value) >= OWN_SHARE
        if still and not self._is_half(row):
            self._hold(t_s)
        elif self._high - value >= EDGE * way and speed < 0.0:
            self._leave()
        if self._high - value >= least:
            self._turn(value)

    def _hold(self, t_s: float) -> None:
        if self._phase is not Phase.HOLD:
            self._phase = Phase.HOLD
            if self._arrived_s is None:
                self._reached_s, self._looked_s = t_s, float("-inf")
        if t_s - self._looked_s >= _SPEED_S and t_s - self._reached_s <= _SETTLE_S:
            self._looked_s = t_s
            self._arrived_s = hold_edge(self._t_s, self._values, 0, self._top, self._last_way())
        self._count_once()
        if self._arrived_s is not None:
            self._held_s = max(0.0, t_s - self._arrived_s)

    def _last_way(self) -> float:
        """Progress where the last way to this hold began."""
        return self._base + self._last * (self._values[self._top] - self._base)

    def _count_once(self) -> None:
        """Count what was reached, if rest and hold are the exercise's."""
        if not self._counted:
            self._counted = True
            squares = (
                unlike(variant, self._top_row) ** 2 + unlike(variant, self._low_row) ** 2
                for variant in self._variants
            )
            self._count += min(squares) <= 2.0 * UNLIKE_DEG**2 and not self._is_half(self._top_row)

    def _is_half(self, row: Row) -> bool:
        """Whether one of two ways to a hold is still to come, with either side."""
        return all(is_half(variant, row, self._low_row) for variant in self._variants)

    def _leave(self) -> None:
        """The way back has begun."""
        if self._phase is Phase.HOLD:
            self._phase = Phase.BACK

    def _turn(self, value: float) -> None:
        """So far down that it is no wobble in a hold."""
        self._count_once()
        self._sizes = [*self._sizes[1 - _REMEMBERED :], self._high - self._low]
        self._way, self._base = self._high - self._low, self._low
        self._out, self._low, self._phase, self._fastest = False, value, Phase.BACK, 0.0
        self._low_row = self._top_row

    def _speed(self, over_s: float = _SPEED_S) -> float:
        """Change a second, over a time and more."""
        i = len(self._t_s) - 1
        while i > 0 and self._t_s[-1] - self._t_s[i] < over_s:
            i -= 1
        gone_s = self._t_s[-1] - self._t_s[i]
        return (self._values[-1] - self._values[i]) / gone_s if gone_s else 0.0


def _filter(variant: Variant) -> list[tuple[int, float, float]]:
    """Column, origin and weight of each signal that moves: the variant's progress as a plain sum."""
    moving = [s for s in variant.signals if max(abs(s.change_deg), abs(s.before_deg)) >= 1.0]
    weighed = zip(moving, weights_of(moving), strict=True)
    return [(int(s.column), 540.0 - s.start_deg, weight) for s, weight in weighed]


def _progress(filter_: Sequence[tuple[int, float, float]], row: Row) -> float:
    """Progress from start to hold as seen from the side."""
    return sum([weight * ((row[column] + origin) % 360.0 - 180.0) for column, origin, weight in filter_])
