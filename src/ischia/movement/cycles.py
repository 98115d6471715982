"""From a curve of progress to its cycles: turning points by hysteresis, and the edges of each hold.

The curve is that of a person who leaves a rest, reaches a hold and comes back. How far this person goes is
read from the curve itself; nothing here knows an exercise."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import linear_regression, median
from typing import Final

from ischia.anatomy.pace import share_of_time

OWN_SHARE: Final = 0.5
"""A movement counts from this share of the person's own usual movement on: it is nearer to a repetition than
to none. What is usual must itself be twice the pose model's error (``Variant.least``), so that what counts is
one such error at least; with jittering landmarks a smaller share takes a wobble for a repetition."""

EDGE: Final = 0.1
"""A rest ends where this share of the way has been gone: the least that a rater sees as movement."""

NEARLY: Final = 0.7
"""A hold is looked for beyond this share of the way up: people who sag by a quarter still hold."""

SETTLED: Final = 0.3
"""A hold is looked for where the speed has fallen to this share of the way's greatest speed."""

PASSED: Final = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
"""Shares of the way that its end is drawn out from. Nearer to the top the curve is flat, and any noise moves
a level there by half a second. The upper ones stand closer: however unevenly people move on the way, they
come to its end alike."""

_MIDDLE: Final = PASSED.index(0.5)
_LAST: Final = PASSED.index(0.8)

_TIMES: Final = tuple(map(share_of_time, PASSED))
"""The share of its time in which a movement of least acceleration, 3 s^2 - 2 s^3, has gone so far. People on
the labelled recordings move so: from half-way to 90, 95 and 97 % of the way they take 0.70, 0.84, 0.91 of
the time from 20 to 80 %; by the formula 0.71, 0.86 and 0.93, with the least jerk 0.73, 0.90 and 0.99."""

ARRIVED: Final = 0.99
"""The share of a movement's time after which it is over for an onlooker, who sees no last millimetre."""

HALTED: Final = 1.4
"""Who takes so many times longer for the way than its last fifth promises has halted below."""

SMOOTHED_S: Final = 0.28
"""How long a step seems to take in the smoothed curve: from 20 to 80 % it takes 60 % of the mean's width."""

PLATEAU_S: Final = 0.4
"""Time over which the level of a hold is taken, beside its edge: people overshoot, and sag."""

TURNS: Final = 6
"""So often edge and level of a hold are drawn from one another. After that the edges of the labelled
recordings stay where they are."""

SPEED_HALF_S: Final = 0.07
"""Half the window over which speed is taken: one frame at 15 frames a second."""

USUAL: Final = 0.5
"""Movements of half the greatest and more tell what is usual."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One way from a rest to a top and back; indices into the curve.

    Attributes:
        before: the lowest point before the top, or None where the curve begins raised.
        top: the highest point.
        after: the lowest point after the top, or None where the curve ends raised.
    """

    before: int | None
    top: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Edges:
    """When a cycle leaves rest, reaches its hold, leaves it and is back; None outside the curve."""

    start_s: float | None
    hold_start_s: float | None
    hold_end_s: float | None
    end_s: float | None


def turning_points(values: Sequence[float], least: float) -> list[tuple[int, int]]:
    """Tops (index, 1) and bottoms (index, -1), in turn, that lie ``least`` or more apart."""
    found: list[tuple[int, int]] = []
    high = low = 0
    going = 0
    for i, value in enumerate(values):
        if going >= 0 and value > values[high]:
            high = i
        if going <= 0 and value < values[low]:
            low = i
        if going == 0 and values[high] - values[low] >= least:
            going = 1 if high > low else -1
            found.append((low, -1) if going > 0 else (high, 1))
        elif going > 0 and values[high] - value >= least:
            found.append((high, 1))
            going, low = -1, i
        elif going < 0 and value - values[low] >= least:
            found.append((low, -1))
            going, high = 1, i
    if going:
        found.append((high, 1) if going > 0 else (low, -1))
    return found


def usual_movement(values: Sequence[float], least: float) -> float:
    """How far this person usually goes: the median of the larger movements; 0 where there is none."""
    points = turning_points(values, least)
    sizes = [abs(values[b] - values[a]) for (a, _), (b, _) in pairwise(points)]
    if not sizes:
        return 0.0
    most = max(sizes)
    return median(size for size in sizes if size >= USUAL * most)


def cycles(values: Sequence[float], least: float) -> list[Cycle]:
    """The cycles of one unbroken curve whose movements are at least ``least``."""
    points = turning_points(values, least)
    found = []
    for k, (index, kind) in enumerate(points):
        if kind > 0:
            before = points[k - 1][0] if k else None
            after = points[k + 1][0] if k + 1 < len(points) else None
            found.append(Cycle(before, index, after))
    return found


def edges_of(t_s: Sequence[float], values: Sequence[float], cycle: Cycle, last: float = 0.0) -> Edges:
    """The edges of a cycle, between frames: rest by place, hold by speed.

    Args:
        t_s: (n,) media seconds.
        values: (n,) progress.
        cycle: where it rests and holds.
        last: share of the way up at which the last way to the hold begins, 0 for the whole way.
    """
    top = values[cycle.top]
    start = hold_start = hold_end = end = None
    if cycle.before is not None:
        low = values[cycle.before]
        start = _crossing(t_s, values, cycle.top, cycle.before, low + EDGE * (top - low))
        hold_start = hold_edge(t_s, values, cycle.before, cycle.top, low + last * (top - low))
    if cycle.after is not None:
        low = values[cycle.after]
        end = _crossing(t_s, values, cycle.top, cycle.after, low + EDGE * (top - low))
        hold_end = hold_edge(t_s, values, cycle.after, cycle.top, low + last * (top - low))
    if hold_start is not None and hold_end is not None and hold_end < hold_start:
        hold_start = hold_end = (hold_start + hold_end) / 2
    # Where a curve is rough, a way's end is drawn out beyond the cycle itself.
    first_s, last_s = (t_s[0] if start is None else start), (t_s[-1] if end is None else end)
    hold_start, hold_end = (
        None if t is None else min(max(t, first_s), last_s) for t in (hold_start, hold_end)
    )
    return Edges(start, hold_start, hold_end, end)


def hold_edge(
    t_s: Sequence[float],
    values: Sequence[float],
    rest: int,
    top: int,
    low: float,
) -> float:
    """When the way from a rest to a hold ends, or, from the other side, when the way back begins.

    Args:
        t_s: (n,) media seconds.
        values: (n,) progress.
        rest: index of the rest.
        top: index of the highest point.
        low: progress at rest, or where the last way to the hold begins.
    """
    edge = _settling(t_s, values, rest, top)
    step = 1 if top > rest else -1
    # The hold's level is known once its edge is, and the edge once the level is. Who hesitates on a slow way
    # seems to have arrived; the next turns find the way going on.
    for _ in range(TURNS):
        ends = sorted((edge, edge + step * PLATEAU_S))
        inside = values[bisect_left(t_s, ends[0]) : bisect_right(t_s, ends[1])]
        way = (median(inside) if inside else values[top]) - low
        begin = min(range(min(rest, top), max(rest, top) + 1), key=lambda i: abs(t_s[i] - edge))
        was = edge
        edge = _arrival([_passing(t_s, values, rest, top, begin, low + share * way) for share in PASSED])
        if edge == was:
            break
    return edge


def _arrival(times: Sequence[float]) -> float:
    """When a way is over that passes the shares ``PASSED`` at these times, in either direction of time.

    A line by least squares through when a movement of least acceleration passes them and when this one did.
    """
    lasts_s, begun_s = linear_regression(_TIMES, times)
    last_s, last_begun_s = linear_regression(_TIMES[_LAST:], times[_LAST:])
    if abs(last_s) * HALTED < abs(lasts_s):
        lasts_s, begun_s = last_s, last_begun_s
    sharpened = sqrt(1.0 - (SMOOTHED_S / lasts_s) ** 2) if abs(lasts_s) > SMOOTHED_S else 0.0
    middle = times[_MIDDLE]
    return middle + (begun_s + ARRIVED * lasts_s - middle) * sharpened


def _passing(
    t_s: Sequence[float], values: Sequence[float], rest: int, top: int, begin: int, level: float
) -> float:
    """When a level is passed on the way from rest to top, the last time before ``begin``."""
    if values[begin] >= level:
        return _crossing(t_s, values, begin, rest, level)
    return _crossing(t_s, values, rest, top, level)


def _settling(t_s: Sequence[float], values: Sequence[float], rest: int, top: int) -> float:
    """When the way from a rest to a top comes to a standstill; from either direction of time."""
    step = 1 if top > rest else -1
    level = values[rest] + NEARLY * (values[top] - values[rest])
    i, fastest = rest, 0.0
    while values[i] < level:
        fastest = max(fastest, step * _speed(t_s, values, i))
        i += step
    slow = before = SETTLED * max(fastest, step * _speed(t_s, values, i))
    while i != top:
        speed = step * _speed(t_s, values, i)
        if speed < slow:
            share = (before - slow) / (before - speed)
            return t_s[i - step] + share * (t_s[i] - t_s[i - step])
        before = speed
        i += step
    return t_s[top]


def _speed(t_s: Sequence[float], values: Sequence[float], i: int) -> float:
    """Change a second around a frame, over ``SPEED_HALF_S`` to either side at least."""
    first = last = i
    while first > 0 and t_s[i] - t_s[first] < SPEED_HALF_S:
        first -= 1
    while last < len(t_s) - 1 and t_s[last] - t_s[i] < SPEED_HALF_S:
        last += 1
    return (values[last] - values[first]) / (t_s[last] - t_s[first]) if last > first else 0.0


def _crossing(t_s: Sequence[float], values: Sequence[float], begin: int, stop: int, level: float) -> float:
    """When the curve first crosses a level on the way from one index to another, in either direction of
    time."""
    step = 1 if stop > begin else -1
    above = values[begin] >= level
    for i in range(begin + step, stop + step, step):
        if (values[i] >= level) != above:
            a, b = values[i - step], values[i]
            return t_s[i - step] + (t_s[i] - t_s[i - step]) * (level - a) / (b - a)
    return t_s[stop]
