"""Which correction to speak, if any: one, the most important, and seldom."""

from collections import Counter
from collections.abc import Collection
from typing import Final

from ischia.movement import MotionSpec
from ischia.movement.form import TIMED

APART_S: Final = 10.0
"""Seconds from one correction to the next at least: what was said has to be tried first. Our proposal."""

MOST: Final = 2
"""The same correction is spoken this often in a set at most: who cannot change it now is not nagged. Our
proposal."""


class Corrections:
    """Remembers what was said in this set."""

    def __init__(self, spec: MotionSpec) -> None:
        """The order of importance is that of the exercise's own faults; haste and want of rest come last."""
        self._order = (*(fault.id for fault in spec.faults), *TIMED)
        self._said: Counter[str] = Counter()
        self._last_s = float("-inf")
        self._corrected_before = False

    def choose(self, t_s: float, faults: Collection[str]) -> str | None:
        """The correction to speak after a repetition; None where none is wanted now.

        Never after two repetitions in a row, never sooner than ``APART_S``.

        Args:
            t_s: media seconds.
            faults: what this repetition showed.
        """
        wanted = next((id_ for id_ in self._order if id_ in faults and self._said[id_] < MOST), None)
        if self._corrected_before or t_s - self._last_s < APART_S:
            wanted = None
        self._corrected_before = wanted is not None
        if wanted is not None:
            self._said[wanted] += 1
            self._last_s = t_s
        return wanted
