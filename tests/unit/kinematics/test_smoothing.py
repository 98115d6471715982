"""Smoothing by true time."""

from math import pi, sin

import pytest

from ischia.kinematics import OneEuro, smoothed


def curve(rate_hz: float, seconds: float = 4.0) -> tuple[list[float], list[float]]:
    t_s = [i / rate_hz for i in range(int(seconds * rate_hz) + 1)]
    return t_s, [sin(2 * pi * 0.4 * t) for t in t_s]


@pytest.mark.parametrize("rate_hz", [10, 15, 60])
def test_the_same_movement_is_smoothed_alike_at_any_rate(rate_hz: float) -> None:
    reference = dict(zip(*(lambda t, v: (t, smoothed(t, v)))(*curve(30)), strict=True))
    t_s, values = curve(rate_hz)
    for t, value in zip(t_s, smoothed(t_s, values), strict=True):
        near = min(reference, key=lambda known: abs(known - t))
        if abs(near - t) < 1e-9 and 0.3 < t < 3.7:
            assert value == pytest.approx(reference[near], abs=0.05)


def test_one_frame_that_jumps_leaves_no_trace() -> None:
    t_s, values = curve(15)
    jumped = list(values)
    jumped[30] += 5.0
    assert max(abs(a - b) for a, b in zip(smoothed(t_s, values), smoothed(t_s, jumped), strict=True)) < 0.1


def test_a_single_frame_stays_what_it_is() -> None:
    assert smoothed([3.0], [7.0]) == [7.0]
    assert smoothed([], []) == []


def test_the_live_filter_settles_on_a_steady_value_and_lets_a_step_through() -> None:
    smooth = OneEuro()
    for i in range(60):
        value = smooth(i / 30, 1.0 if i >= 30 else 0.0)
    assert value == pytest.approx(1.0, abs=0.02)


def test_the_live_filter_does_not_care_for_time_that_stands_still() -> None:
    smooth = OneEuro()
    assert smooth(1.0, 2.0) == 2.0
    assert smooth(1.0, 3.0) == 3.0
