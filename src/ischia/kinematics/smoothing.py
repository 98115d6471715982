"""Smoothing by true time, so that the same movement gives the same curve at 5 and at 60 frames a second."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from math import pi
from typing import Final

MEDIAN_HALF_S: Final = 0.12
"""Half width of the median window. A swap of left and right, or a jump of one frame, lasts 1/15 s and less;
the shortest plateau that a rater could read (0.1 s and more on each side of a peak) must survive."""

MEAN_HALF_S: Final = 0.10
"""Half width of the mean window: it passes 90 % of a movement of 1 Hz, faster than any of the exercises."""


@dataclass(slots=True)
class OneEuro:
    """The 1-euro filter: steady at rest, quick in movement.

    G. Casiez, N. Roussel, D. Vogel: 1 euro filter: a simple speed-based low-pass filter for noisy input in
    interactive systems. CHI 2012, doi 10.1145/2207676.2208639.

    Attributes:
        least_cutoff_hz: cutoff at rest.
        beta: how much the cutoff rises with speed, in Hz per unit a second.
        speed_cutoff_hz: cutoff of the speed's own filter; 1 Hz is the paper's.
    """

    least_cutoff_hz: float = 1.5
    beta: float = 3.0
    speed_cutoff_hz: float = 1.0
    _t_s: float | None = None
    _value: float = 0.0
    _speed: float = 0.0

    def __call__(self, t_s: float, value: float) -> float:
        """Take the value at ``t_s`` media seconds, later than the last, and return it smoothed."""
        if self._t_s is None or t_s <= self._t_s:
            self._t_s, self._value, self._speed = t_s, value, 0.0
            return value
        step_s = t_s - self._t_s
        self._t_s = t_s
        self._speed += _share(self.speed_cutoff_hz, step_s) * ((value - self._value) / step_s - self._speed)
        cutoff = self.least_cutoff_hz + self.beta * abs(self._speed)
        self._value += _share(cutoff, step_s) * (value - self._value)
        return self._value


def _share(cutoff_hz: float, step_s: float) -> float:
    """Weight of the newest value in a low-pass filter of first order."""
    return 1.0 / (1.0 + 1.0 / (2.0 * pi * cutoff_hz * step_s))


def smoothed(
    t_s: Sequence[float],
    values: Sequence[float],
    median_half_s: float = MEDIAN_HALF_S,
    mean_half_s: float = MEAN_HALF_S,
) -> list[float]:
    """A centred running median, then a centred running mean, both over windows of time; no delay.

    Args:
        t_s: (n,) media seconds, rising.
        values: (n,) values.
        median_half_s: half the width of the median's window.
        mean_half_s: half the width of the mean's window.
    """
    return _running_mean(t_s, running_median(t_s, values, median_half_s), mean_half_s)


def running_median(t_s: Sequence[float], values: Sequence[float], half_s: float) -> list[float]:
    """The median over a centred window of time, at each value."""
    window: list[float] = []
    result: list[float] = []
    first = last = 0
    n = len(values)
    for t in t_s:
        while last < n and t_s[last] <= t + half_s:
            insort(window, values[last])
            last += 1
        while t_s[first] < t - half_s:
            window.remove(values[first])
            first += 1
        count = len(window)
        middle = count // 2
        result.append(window[middle] if count % 2 else (window[middle - 1] + window[middle]) * 0.5)
    return result


def _running_mean(t_s: Sequence[float], values: Sequence[float], half_s: float) -> list[float]:
    """Mean of the line drawn through the values, over a window of time: the same at any frame rate."""
    n = len(values)
    if n < 2:
        return list(values)
    areas = [0.0]
    for i in range(1, n):
        areas.append(areas[-1] + (t_s[i] - t_s[i - 1]) * (values[i] + values[i - 1]) * 0.5)
    result: list[float] = []
    left = right = 0
    begin, end = t_s[0], t_s[-1]
    for t in t_s:
        a, b = max(begin, t - half_s), min(end, t + half_s)
        while left < n - 2 and t_s[left + 1] <= a:
            left += 1
        while right < n - 2 and t_s[right + 1] <= b:
            right += 1
        result.append((_area(t_s, values, areas, right, b) - _area(t_s, values, areas, left, a)) / (b - a))
    return result


def _area(t_s: Sequence[float], values: Sequence[float], areas: Sequence[float], i: int, t: float) -> float:
    """Area under the line up to a time that lies after frame i and not after the next."""
    gone = t - t_s[i]
    slope = (values[i + 1] - values[i]) / (t_s[i + 1] - t_s[i])
    return areas[i] + gone * (values[i] + 0.5 * slope * gone)
