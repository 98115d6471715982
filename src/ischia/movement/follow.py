"""What can be said while it happens: progress, phase and a count that may still be corrected by the second
look."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from ischia.kinematics.geometry import turn_deg
from ischia.kinematics.posture import Column, Seen
from ischia.kinematics.smoothing import OneEuro
from ischia.movement.cycles import NEARLY, OWN_SHARE, SETTLED
from ischia.movement.records import Live, Phase, Reason
from ischia.movement.spec import MotionSpec
from ischia.movement.template import Row, Variant, faces, facing_right
from ischia.movement.verify import UNLIKE_DEG, unlike
from ischia.movement.whole import GAP_S

_REMEMBERED: Final = 8
"""Movements that tell what is usual: the last four repetitions, out and back."""


class Follower:
    """Follows the progress with the range seen so far."""

    def __init__(self, spec: MotionSpec, variants: Sequence[Variant]) -> None:
        """Begin at rest, with the definition's own range."""
        self._spec, self._variants = spec, variants
        self._filters = [_filter(variant) for variant in variants]
        self._least = min(variant.least for variant in variants)
        self._needed = Seen.SHOULDER | Seen.HIP | (Seen.KNEE if {"knee", "ankle"} & set(spec.sees) else 0)
        self._smooth = OneEuro()
        self._towards = 0.0
        self._sizes: list[float] = []
        self._count = 0
        self._last: Live | None = None
        self._restart()

    def _restart(self) -> None:
        self._low: float | None = None
        self._high = self._speed = self._fastest = 0.0
        self._at: tuple[float, float] | None = None
        self._out = False
        self._held_from_s: float | None = None

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
        if self._at and t_s - self._at[0] > GAP_S:
            self._restart()
        value = self._smooth(t_s, max([_progress(filter_, row) for filter_ in self._filters]))
        self._step(t_s, value, row)
        low = self._low if self._low is not None else value
        progress = (value - low) / self._usual()
        phase = self._phase(t_s, progress)
        held = t_s - self._held_from_s if self._held_from_s is not None else 0.0
        return Live(
            t_s,
            progress,
            phase,
            self._count,
            held,
            turn_deg(min(row[Column.HIP_LEFT], row[Column.HIP_RIGHT]), 180.0) * self._spec.face_sign,
            row[Column.TRUNK],
            True,
        )

    def _unseen(self, t_s: float, reason: Reason) -> Live:
        return Live(t_s, None, Phase.UNSEEN, self._count, 0.0, None, None, False, reason)

    def _usual(self) -> float:
        """How far this person goes, as far as is known; the whole way before anything is."""
        if not self._sizes:
            return 1.0
        most = max(self._sizes)
        return median(size for size in self._sizes if size >= most / 2)

    def _step(self, t_s: float, value: float, row: Row) -> None:
        """Follow the turning points, as :func:`ischia.movement.cycles.turning_points` does over a whole
        curve."""
        if self._at is not None and t_s > self._at[0]:
            self._speed = (value - self._at[1]) / (t_s - self._at[0])
        self._at = (t_s, value)
        if self._low is None:
            self._low = self._high = value
        least = max(self._least, OWN_SHARE * self._usual() if self._sizes else 0.0)
        if self._out:
            self._high = max(self._high, value)
            if self._high - value >= least:
                self._remember(self._high - self._low)
                self._out, self._low, self._fastest, self._held_from_s = False, value, 0.0, None
        else:
            self._low = min(self._low, value)
            if value - self._low >= least:
                self._out, self._high = True, value
                self._count += min(unlike(variant, row) for variant in self._variants) <= UNLIKE_DEG

    def _remember(self, size: float) -> None:
        self._sizes = [*self._sizes[1 - _REMEMBERED :], size]

    def _phase(self, t_s: float, progress: float) -> Phase:
        if not self._out:
            return Phase.BACK if progress > OWN_SHARE else Phase.REST
        self._fastest = max(self._fastest, self._speed)
        if progress >= NEARLY and abs(self._speed) <= SETTLED * self._fastest:
            if self._held_from_s is None:
                self._held_from_s = t_s
            return Phase.HOLD
        if self._speed < 0 and self._held_from_s is not None:
            return Phase.BACK
        return Phase.OUT


def _filter(variant: Variant) -> list[tuple[int, float, float]]:
    """Column, origin and weight of each signal that moves: the variant's progress as a plain sum."""
    moving = [s for s in variant.signals if abs(s.change_deg) >= 1.0]
    whole = sum(s.change_deg**2 / s.error**2 for s in moving)
    return [(int(s.column), 540.0 - s.start_deg, s.change_deg / s.error**2 / whole) for s in moving]


def _progress(filter_: Sequence[tuple[int, float, float]], row: Row) -> float:
    """Progress from start to hold as seen from the side."""
    return sum([weight * ((row[column] + origin) % 360.0 - 180.0) for column, origin, weight in filter_])
