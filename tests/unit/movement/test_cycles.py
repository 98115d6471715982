"""Turning points and edges of a curve."""

from itertools import pairwise
from math import cos, pi

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ischia.anatomy.pace import share_of_way
from ischia.movement.cycles import Cycle, cycles, edges_of, turning_points, usual_movement


@given(st.lists(st.floats(-3, 3, allow_nan=False), max_size=60), st.floats(0.1, 1.0))
def test_turning_points_take_turns_and_lie_far_enough_apart(values: list[float], least: float) -> None:
    points = turning_points(values, least)
    for (i, kind), (j, other) in pairwise(points):
        assert i < j and kind == -other
        assert abs(values[i] - values[j]) >= least


def test_a_dip_within_a_hold_is_no_repetition() -> None:
    values = [0, 1, 0.8, 1, 0, 1, 0]
    usual = usual_movement(values, 0.15)
    assert len(cycles(values, 0.4 * usual)) == 2


def test_a_curve_that_begins_and_ends_raised_has_open_ends() -> None:
    first, last = cycles([1, 1, 0, 1, 1], 0.5)
    assert (first.before, first.after) == (None, 2)
    assert (last.before, last.after) == (2, None)


def test_a_flat_curve_has_no_cycle() -> None:
    assert cycles([0.1] * 20, 0.2) == []
    assert usual_movement([0.1] * 20, 0.2) == 0.0
    assert cycles([], 0.2) == []


@pytest.mark.parametrize("rate_hz", [10, 15, 30, 60])
def test_a_hold_between_smooth_movements_is_timed_between_frames(rate_hz: float) -> None:
    def height(t: float) -> float:
        if t < 1.0 or t > 5.0:
            return 0.0
        if t < 2.0 or t > 4.0:
            return share_of_way(min(t - 1.0, 5.0 - t))
        return 1.0

    t_s = [i / rate_hz for i in range(int(6 * rate_hz) + 1)]
    values = [height(t) for t in t_s]
    top = values.index(max(values))
    edges = edges_of(t_s, values, Cycle(0, top, len(values) - 1))
    assert edges.hold_start_s == pytest.approx(2.0 - 0.04, abs=0.03)
    assert edges.hold_end_s == pytest.approx(4.0 + 0.04, abs=0.03)


def test_a_movement_that_turns_at_once_has_hardly_any_hold() -> None:
    t_s = [i / 30 for i in range(61)]
    values = [(1 - cos(pi * t)) / 2 for t in t_s]
    edges = edges_of(t_s, values, Cycle(0, 30, 60))
    assert edges.hold_start_s is not None and edges.hold_end_s is not None
    assert 0.0 <= edges.hold_end_s - edges.hold_start_s < 0.35


@example([0.0, 1.0, 3.6e-227, 0.0], 0.0)
@given(st.lists(st.floats(0, 1, allow_nan=False), min_size=3, max_size=60), st.sampled_from((0.0, 0.3)))
def test_however_rough_a_curve_is_a_hold_lies_within_its_repetition(values: list[float], last: float) -> None:
    t_s = [i / 15 for i in range(len(values))]
    for cycle in cycles(values, 0.2):
        edges = edges_of(t_s, values, cycle, last)
        in_order = (edges.start_s, edges.hold_start_s, edges.hold_end_s, edges.end_s)
        seen = [t_s[0], *(t for t in in_order if t is not None), t_s[-1]]
        assert seen == sorted(seen)


@pytest.mark.parametrize("share", [0.7, 0.75, 0.8])
def test_who_hesitates_on_a_slow_way_is_timed_from_the_hold(share: float) -> None:
    way_s, pause_s, rate_hz = 3.0, 0.2, 15
    moving = [share_of_way(i / (way_s * rate_hz)) for i in range(int(way_s * rate_hz) + 1)]
    paused = next(i for i, height in enumerate(moving) if height >= share)
    up = [*moving[:paused], *[moving[paused]] * round(pause_s * rate_hz), *moving[paused:]]
    values = [*[0.0] * 15, *up, *[1.0] * 45, *reversed(up), *[0.0] * 15]
    t_s = [i / rate_hz for i in range(len(values))]
    edges = edges_of(t_s, values, Cycle(0, values.index(max(values)), len(values) - 1))
    assert edges.hold_start_s == pytest.approx(t_s[14 + len(up)], abs=0.1)
    assert edges.hold_end_s == pytest.approx(t_s[15 + len(up) + 45], abs=0.1)
