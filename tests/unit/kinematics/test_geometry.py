"""Angles: by other means than ours, straight from the landmarks with complex numbers."""

import cmath
import random
from math import cos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ischia.anatomy.landmarks import INDEX, MIRROR
from ischia.kinematics import Column, joint_deg, row_of, turn_deg
from ischia.kinematics.geometry import unfolded

angle = st.floats(-720, 720, allow_nan=False)


def points_of(seed: int) -> list[tuple[float, float]]:
    """33 points anywhere in the picture."""
    dice = random.Random(seed)
    return [(dice.uniform(0.05, 0.95), dice.uniform(0.05, 0.95)) for _ in range(33)]


picture = st.integers(0, 2**32).map(points_of)


@given(angle, angle)
def test_a_turn_is_the_shorter_way_round(first: float, second: float) -> None:
    turn = turn_deg(first, second)
    assert -180 <= turn < 180
    assert cmath.isclose(cmath.rect(1, radians(first + turn)), cmath.rect(1, radians(second)), abs_tol=1e-9)


@given(st.floats(1, 359))
def test_a_joint_that_passes_through_straight_does_not_fold(bend: float) -> None:
    after = (cos(radians(bend)), sin(radians(bend)))
    assert joint_deg((1.0, 0.0), (0.0, 0.0), after) == pytest.approx(bend)


def test_an_unfolded_angle_follows_the_one_before() -> None:
    assert unfolded(350.0, 10.0) == 370.0
    assert unfolded(10.0, 350.0) == -10.0


@given(picture, st.sampled_from([(640, 360), (640, 480), (360, 640)]))
def test_the_angles_of_a_row_are_those_of_the_true_picture(
    points: list[tuple[float, float]], size: tuple[int, int]
) -> None:
    width, height = size
    pixels = {name: complex(points[i][0] * width, -points[i][1] * height) for name, i in INDEX.items()}
    row = row_of([(x, y, 0.0, 1.0) for x, y in points], width / height)
    chest = (pixels["shoulder_left"] + pixels["shoulder_right"]) / 2
    pelvis = (pixels["hip_left"] + pixels["hip_right"]) / 2
    trunk, thigh = chest - pelvis, pixels["knee_left"] - pixels["hip_left"]
    shin = pixels["ankle_left"] - pixels["knee_left"]
    if min(abs(trunk), abs(thigh), abs(shin)) < 1.0:
        return
    for column, turned in (
        (Column.TRUNK, trunk),
        (Column.HIP_LEFT, thigh / trunk),
        (Column.KNEE_LEFT, shin / -thigh),
    ):
        assert abs(turn_deg(row[column], degrees(cmath.phase(turned)))) < 1e-6
    assert row[Column.TRUNK_LENGTH] == pytest.approx(abs(trunk) / height)


@given(picture)
def test_a_mirrored_picture_gives_the_same_angles_turned_round(points: list[tuple[float, float]]) -> None:
    seen = [(x, y, 0.0, 1.0) for x, y in points]
    mirrored = [(1.0 - seen[i][0], seen[i][1], 0.0, 1.0) for i in MIRROR]
    row, other = row_of(seen, 1.5), row_of(mirrored, 1.5)
    assert abs(turn_deg(180.0 - row[Column.TRUNK], other[Column.TRUNK])) < 1e-6
    assert abs(turn_deg(360.0 - row[Column.HIP_LEFT], other[Column.HIP_RIGHT])) < 1e-6
    assert abs(turn_deg(360.0 - row[Column.KNEE_RIGHT], other[Column.KNEE_LEFT])) < 1e-6
