from itertools import pairwise
from math import dist
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ischia.anatomy import INDEX, VIEWS, body_names
from ischia.catalogue import load_catalogue
from ischia.demonstration.motion import MotionError
from ischia.demonstration.recorded import write_landmarks
from ischia.demonstration.synthesis import NOISES, Noise, Synthetic, synthesise
from ischia.recording.track import read_track
from ischia.units import Side

EXERCISES = load_catalogue().exercises


def _heights(made: Synthetic, landmark: str) -> list[float]:
    return [-frame.image[INDEX[landmark]][1] for frame in made.frames if frame.image]


@given(st.integers(0, 3), st.floats(0, 4), st.sampled_from(["bridge", "marching_bridge", "prone_lying"]))
@settings(max_examples=10, deadline=None)
def test_the_truth_holds_as_many_repetitions_and_seconds_as_were_asked(
    n: int, hold_s: float, name: str
) -> None:
    made = synthesise(name, repetitions=n, hold_s=hold_s, rate_hz=4.0)
    assert len(made.repetitions) == n
    for rep in made.repetitions:
        assert rep.hold_s == pytest.approx(hold_s)
        assert (
            rep.start_s
            < rep.plateau_start_s
            < rep.hold_start_s
            <= rep.hold_end_s
            < rep.plateau_end_s
            < rep.end_s
        )


def test_the_body_is_in_the_pose_exactly_while_it_holds() -> None:
    made = synthesise("bridge", repetitions=2, hold_s=2.0, rate_hz=10.0)
    hips = _heights(made, "hip_left")
    top = max(hips)
    for frame, hip in zip(made.frames, hips, strict=True):
        holds = any(r.hold_start_s <= frame.t_s <= r.hold_end_s for r in made.repetitions)
        assert (hip == pytest.approx(top, abs=1e-6)) is holds


def test_the_plateau_is_where_the_body_is_within_three_per_cent_of_the_pose() -> None:
    made = synthesise("bridge", repetitions=1, hold_s=2.0, rate_hz=50.0)
    hips = _heights(made, "hip_left")
    near = min(hips) + 0.97 * (max(hips) - min(hips))
    high = [frame.t_s for frame, hip in zip(made.frames, hips, strict=True) if hip > near]
    (rep,) = made.repetitions
    assert (high[0], high[-1]) == pytest.approx((rep.plateau_start_s, rep.plateau_end_s), abs=0.12)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_stays_in_the_picture_of_every_camera(name: str) -> None:
    for camera in VIEWS:
        made = synthesise(name, repetitions=1, hold_s=0.5, camera=camera, rate_hz=2.0)
        points = [point for frame in made.frames for point in frame.image or ()]
        assert len(points) == 33 * len(made.frames)
        assert all(0 < x < 1 and 0 < y < 1 for x, y, _, _ in points)


def test_the_same_seed_gives_the_same_recording_and_another_does_not() -> None:
    one, same, other = (synthesise("curl_up", repetitions=1, noise="medium", seed=s) for s in (7, 7, 8))
    assert one == same
    assert one.frames != other.frames


def test_left_and_right_are_mirror_images() -> None:
    left = synthesise("bird_dog", repetitions=1, side=Side.LEFT, rate_hz=3.0)
    right = synthesise("bird_dog", repetitions=1, side=Side.RIGHT, rate_hz=3.0)
    for a, b in zip(left.frames, right.frames, strict=True):
        assert a.world is not None
        assert b.world is not None
        one, other = a.world[INDEX["wrist_left"]], b.world[INDEX["wrist_right"]]
        assert one[0] == pytest.approx(other[0], abs=1e-9)
    assert (left.truth()["side"], right.truth()["side"]) == ("left", "right")


def test_an_exercise_of_both_sides_names_neither() -> None:
    assert synthesise("bridge", repetitions=0, side=Side.RIGHT).truth()["side"] == "both"


@pytest.mark.parametrize(
    ("name", "fault"), [(e.id, f.id) for e in EXERCISES.values() for f in e.faults if e.article]
)
def test_a_fault_is_made_in_the_hold_and_not_at_rest(name: str, fault: str) -> None:
    clean = synthesise(name, repetitions=1, hold_s=1.0, rate_hz=5.0)
    faulty = synthesise(name, repetitions=1, hold_s=1.0, rate_hz=5.0, fault=fault)
    held = int((clean.repetitions[0].hold_start_s + 0.5) * 5)
    a, b = clean.frames[held].world, faulty.frames[held].world
    assert a is not None
    assert b is not None
    assert max(map(dist, a, b)) > 0.04
    assert clean.frames[0].world is not None
    assert faulty.frames[0].world is not None
    assert max(map(dist, clean.frames[0].world, faulty.frames[0].world)) < 1e-9
    assert faulty.truth()["cues"] == [fault]


def test_noise_has_the_size_it_says_and_lasts() -> None:
    clean = synthesise("bridge", repetitions=0, still_s=60.0)
    noisy = synthesise("bridge", repetitions=0, still_s=60.0, noise=Noise(jitter=0.02, correlation_s=0.5))
    truth, seen = (np.array([frame.world for frame in made.frames]) for made in (clean, noisy))
    errors = seen - truth
    trunk = float(np.linalg.norm(truth[0, INDEX["shoulder_left"]] - truth[0, INDEX["hip_left"]]))
    near = errors[:, INDEX["knee_right"], 0]
    assert near.std() == pytest.approx(0.02 * trunk, rel=0.35)
    assert np.corrcoef(near[:-1], near[1:])[0, 1] > 0.6


def test_dropout_leaves_frames_without_anybody() -> None:
    made = synthesise("bridge", repetitions=1, noise=Noise(dropout=0.5), seed=3)
    lost = sum(frame.image is None for frame in made.frames) / len(made.frames)
    assert 0.35 < lost < 0.65


@pytest.mark.parametrize("body", body_names())
def test_every_body_lies_on_the_mat(body: str) -> None:
    made = synthesise("bridge", repetitions=1, hold_s=0.5, body=body, rate_hz=2.0)
    assert made.truth()["asked"]["body"] == body


def test_motion_is_smooth_from_frame_to_frame() -> None:
    made = synthesise("prone_on_elbows", repetitions=2, noise=Noise(reach=0.05, tempo=0.2), rate_hz=30.0)
    worlds = [frame.world for frame in made.frames if frame.world]
    assert max(max(map(dist, a, b)) for a, b in pairwise(worlds)) < 0.03


def test_what_makes_no_sense_is_refused_in_one_sentence() -> None:
    for wrong in (
        {"exercise_id": "brigde"},
        {"exercise_id": "bridge", "fault": "yawning"},
        {"exercise_id": "bridge", "camera": "moon"},
        {"exercise_id": "bridge", "noise": "loud"},
        {"exercise_id": "bridge", "repetitions": -1},
    ):
        with pytest.raises(MotionError):
            synthesise(**wrong)
    with pytest.raises(ValueError, match="giant"):
        synthesise("bridge", body="giant", repetitions=0)


def test_every_noise_is_worse_than_the_one_before() -> None:
    jitter = [noise.jitter for noise in NOISES.values()]
    assert jitter == sorted(jitter)


def test_a_written_track_reads_like_a_recording(tmp_path: Path) -> None:
    made = synthesise("bridge", repetitions=1, noise=Noise(dropout=0.3), seed=1)
    write_landmarks(made, tmp_path / "made.npz")
    track = read_track(tmp_path / "made.npz")
    assert len(track) == len(made.frames)
    assert (track.width, track.height) == (made.width, made.height)
    for frame, seen in zip(track, made.frames, strict=True):
        assert (frame.landmarks is None) is (seen.image is None)
