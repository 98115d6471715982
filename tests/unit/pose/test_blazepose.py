"""BlazePose without MediaPipe: geometry, suppression, the trimmed model, and agreement with MediaPipe."""

import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ischia.pose import ModelError, landmarks_of, load_model
from ischia.pose.detector import anchors, body_region, weighted_suppression
from ischia.pose.model import Region
from ischia.pose.region import cut, matrix
from ischia.recording import read_track, track_of

CLIPS = Path(__file__).resolve().parents[3].parent / "shared" / "clips"
BRIDGE = Path(__file__).resolve().parents[2] / "data" / "bridge_08_physioplus.mp4"


@pytest.fixture(scope="module")
def model():  # type: ignore[no-untyped-def]
    try:
        return load_model()
    except ModelError as error:
        pytest.skip(str(error))


@given(
    x=st.floats(0, 600), y=st.floats(0, 400), size=st.floats(10, 900), turn_rad=st.floats(-math.pi, math.pi)
)
@settings(max_examples=50)
def test_the_middle_of_a_cutting_is_the_middle_of_its_region(
    x: float, y: float, size: float, turn_rad: float
) -> None:
    middle = matrix(Region(x, y, size, turn_rad), 256) @ (128, 128, 1)
    assert middle == pytest.approx((x, y), abs=1e-6)


def test_a_cutting_of_the_whole_picture_is_the_picture() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (64, 64, 4), np.uint8)
    whole = cut(picture, Region(32, 32, 64, 0.0), 64)[0]
    assert np.abs(whole * 255 - picture[:, :, :3]).max() <= 1.01


def test_a_turned_cutting_turns_the_picture() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (64, 64, 4), np.uint8)
    turned = cut(picture, Region(32, 32, 64, math.pi / 2), 64)[0]
    assert np.abs(turned * 255 - np.rot90(picture[:, :, :3])).max() <= 1.01


def test_a_cutting_between_pixels_is_their_mean() -> None:
    picture = np.zeros((4, 4, 4), np.uint8)
    picture[:, 2:] = 200
    shifted = cut(picture, Region(2.5, 2, 4, 0.0), 4)[0]
    assert shifted[1, 1, 0] * 255 == pytest.approx(100, abs=1)


def test_beyond_the_picture_its_edge_goes_on() -> None:
    picture = np.full((8, 8, 4), 120, np.uint8)
    assert np.allclose(cut(picture, Region(-20, 30, 16, 0.7), 16) * 255, 120, atol=1)


def test_the_region_of_a_lying_body_is_turned_towards_its_head() -> None:
    region = body_region(np.array([100, 50], np.float32), np.array([40, 50], np.float32))
    assert (region.x, region.y, region.size) == (100, 50, pytest.approx(150))
    assert region.turn_rad == pytest.approx(-math.pi / 2)
    upright = body_region(np.array([100, 50], np.float32), np.array([100, 10], np.float32))
    assert upright.turn_rad == pytest.approx(0)


def test_the_anchors_are_those_the_network_was_made_with() -> None:
    assert anchors().shape == (2254, 2)
    assert anchors()[0] == pytest.approx((0.5 / 28, 0.5 / 28))
    assert anchors()[-1] == pytest.approx((6.5 / 7, 6.5 / 7))


def test_boxes_of_one_person_melt_and_boxes_of_two_do_not() -> None:
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [50, 0, 60, 10]], np.float32)
    scores = np.array([0.6, 0.2, 0.9], np.float32)
    points = np.repeat(boxes[:, None, :2], 4, axis=1)
    people = weighted_suppression(scores, boxes, points)
    assert [score for score, _, _ in people] == pytest.approx([0.9, 0.6])
    assert people[1][1] == pytest.approx((0.25, 0, 10.25, 10))


def test_an_empty_picture_holds_nobody(model) -> None:  # type: ignore[no-untyped-def]
    assert model.find(np.zeros((240, 320, 4), np.uint8)) == []


def test_the_shape_of_the_picture_does_not_move_the_body(model) -> None:  # type: ignore[no-untyped-def]
    from ischia.recording.video import Video

    with Video(BRIDGE) as video:
        picture = next(iter(video)).picture()
    height, width = picture.shape[:2]
    wide = np.zeros((height, width * 2, 4), np.uint8)
    wide[:, width // 2 : width // 2 + width] = picture
    (one,), (other,) = model.find(picture), model.find(wide)
    x = other.landmarks[:, 0] * 2 - 0.5
    sure = one.landmarks[:, 3] > 0.9
    assert np.abs(x - one.landmarks[:, 0])[sure].max() * width < 25
    assert np.median(np.abs(x - one.landmarks[:, 0])[sure]) * width < 5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "median_px"),
    [
        ("bridge_08_physioplus", 6),
        ("crunch_02_leapB", 4),
        ("prone_01_elbows_childrensco", 4),
        ("neg_walk", 4),
    ],
)
def test_landmarks_agree_with_mediapipe(model, name: str, median_px: float) -> None:  # type: ignore[no-untyped-def]
    stored = CLIPS / "landmarks" / f"{name}.npz"
    if not stored.exists():
        pytest.skip(f"{stored} is not here: the recordings for measuring are not part of the project")
    theirs = read_track(stored)
    ours = track_of(landmarks_of(CLIPS / "video" / f"{name}.mp4", model, every_frame=True))
    at = np.searchsorted(ours.t_s, theirs.t_s - 0.004)
    joints = [11, 12, 23, 24, 25, 26, 27, 28]
    apart = (ours.image[at] - theirs.image)[:, joints, :2] * (theirs.width, theirs.height)
    seen = theirs.image[:, joints, 3] > 0.5
    assert np.nanmedian(np.hypot(apart[..., 0], apart[..., 1])[seen]) < median_px


def test_the_models_say_nothing_on_standard_error(model, capfd: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    load_model()
    assert capfd.readouterr().err == ""
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
