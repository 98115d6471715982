import pytest
from hypothesis import given
from hypothesis import strategies as st

from ischia.anatomy import INDEX, VIEWS, Camera, Place, image_landmarks, pose_body, world_landmarks

LYING = pose_body({}, Place("supine", (0.0, 0.1, 0.0))).landmarks()


def test_from_the_side_the_head_of_somebody_lying_is_left_in_the_picture() -> None:
    seen = image_landmarks(LYING, VIEWS["side"])
    assert seen[INDEX["nose"]][0] < seen[INDEX["hip_left"]][0] < seen[INDEX["ankle_left"]][0]


def test_from_the_other_side_it_is_right() -> None:
    seen = image_landmarks(LYING, VIEWS["other_side"])
    assert seen[INDEX["nose"]][0] > seen[INDEX["ankle_left"]][0]


def test_up_is_up_in_the_picture() -> None:
    seen = image_landmarks(LYING, VIEWS["side"])
    assert seen[INDEX["nose"]][1] < seen[INDEX["ear_left"]][1]


def test_the_side_turned_away_is_further_and_hidden() -> None:
    seen = image_landmarks(LYING, VIEWS["side"])
    near, far = seen[INDEX["knee_right"]], seen[INDEX["knee_left"]]
    assert near[2] < 0 < far[2]
    assert near[3] > 0.9 > far[3]


def test_what_is_outside_the_picture_is_hardly_visible() -> None:
    tall = pose_body({}, Place("standing", (0.0, 2.0, 0.0))).landmarks()
    assert image_landmarks(tall, VIEWS["side"])[INDEX["nose"]][3] < 0.1


def test_a_body_behind_the_camera_is_refused() -> None:
    with pytest.raises(ValueError, match="further away"):
        image_landmarks(LYING, Camera(azimuth_deg=90, distance_m=0.3))


@given(st.floats(-180, 180), st.floats(-20, 60))
def test_world_landmarks_keep_every_distance(azimuth: float, elevation: float) -> None:
    world = world_landmarks(LYING, Camera(azimuth_deg=azimuth, elevation_deg=elevation))
    for a, b in ((0, 23), (11, 27), (15, 32)):
        real = sum((p - q) ** 2 for p, q in zip(LYING[a], LYING[b], strict=True))
        assert sum((p - q) ** 2 for p, q in zip(world[a], world[b], strict=True)) == pytest.approx(real)
