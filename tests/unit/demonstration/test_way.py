from itertools import pairwise
from math import dist

import pytest
from tests.unit.movement.films import SIX

from ischia.anatomy import Place, PlacedPose, body_named, body_names, pose_placed
from ischia.demonstration.motion import motion_named
from ischia.demonstration.way import along, even_shares, mixed

BODY = body_named("f_adult")


def standing(**angles: float) -> PlacedPose:
    return PlacedPose(angles, Place("standing", (0.0, 0.9, 0.0), 0.0))


def trunk_head_and_legs(pose: PlacedPose, body: str) -> list[tuple[float, float, float]]:
    joints = pose_placed(pose, body_named(body)).joints
    return [
        at for name, at in joints.items() if not name.startswith(("upper_arm", "forearm", "hand", "fingers"))
    ]


@pytest.mark.parametrize("body", body_names())
@pytest.mark.parametrize("exercise", SIX)
def test_trunk_head_and_legs_move_evenly_from_pose_to_pose(exercise: str, body: str) -> None:
    way = [trunk_head_and_legs(pose, body) for pose in motion_named(exercise, body).way("start", "hold")]
    moved = [sum(dist(a, b) ** 2 for a, b in zip(*step, strict=True)) ** 0.5 for step in pairwise(way)]
    mean = sum(moved) / len(moved)
    assert all(one == pytest.approx(mean, rel=0.15) for one in moved)


def test_a_way_that_starts_slowly_is_half_gone_later() -> None:
    knee = [standing(knee_flexion_left=angle) for angle in (0.0, 20.0, 80.0)]
    (half,) = even_shares(knee, BODY)
    assert along(knee, half).angles["knee_flexion_left"] == pytest.approx(40.0, abs=1.0)


def test_arms_set_the_pace_where_nothing_else_moves() -> None:
    (half,) = even_shares([standing(elbow_flexion_left=angle) for angle in (0.0, 20.0, 80.0)], BODY)
    assert half == pytest.approx(0.67, abs=0.02)


def test_arms_hardly_count_where_a_leg_moves() -> None:
    both = [standing(knee_flexion_left=k, elbow_flexion_left=e) for k, e in ((0, 0), (20, 60), (80, 80))]
    (half,) = even_shares(both, BODY)
    assert along(both, half).angles["knee_flexion_left"] == pytest.approx(40.0, abs=2.0)


def test_a_way_without_any_movement_is_passed_at_even_shares() -> None:
    assert even_shares([standing()] * 5, BODY) == [0.25, 0.5, 0.75]


def test_shares_outside_a_way_are_its_ends() -> None:
    way = [standing(knee_flexion_left=angle) for angle in (0.0, 30.0)]
    assert [along(way, share).angles["knee_flexion_left"] for share in (-1.0, 2.0)] == [0.0, 30.0]


def test_a_pose_between_two_has_its_share_of_each_angle_and_of_the_place() -> None:
    low = PlacedPose({"knee_flexion_left": 0.0}, Place("supine", (0.0, 0.1, 0.0), 0.0))
    high = PlacedPose({"knee_flexion_left": 80.0}, Place("supine", (0.4, 0.3, 0.0), 20.0))
    between = mixed(low, high, 0.25)
    assert between.angles["knee_flexion_left"] == 20.0
    assert between.place.at == pytest.approx((0.1, 0.15, 0.0))
    assert between.place.tilt_deg == 5.0
