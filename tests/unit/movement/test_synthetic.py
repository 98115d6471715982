"""Synthetic recordings with known truth, and the same recording in other clothes."""

from math import inf
from typing import Any

import pytest
from tests.unit.movement.films import (
    SIX,
    TWO_WAYS,
    facing_the_camera,
    far_elbow_behind_the_trunk,
    faster,
    film,
    frames_of,
    legs_exchanged,
    mirrored,
    padded,
    roughened,
    track,
    without_rests,
)

from ischia.analysis import motion_spec
from ischia.anatomy import Camera, body_names
from ischia.demonstration import synthesise
from ischia.movement import Reason
from ischia.recording import LandmarkFrame
from ischia.units import Side

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


@pytest.mark.parametrize("camera", ["side", "oblique_head", "high"])
@pytest.mark.parametrize("exercise", [*SIX, *TWO_WAYS, "press_up"])
def test_every_exercise_is_counted_from_where_it_can_be_seen(exercise: str, camera: str) -> None:
    seen = track(exercise, film(exercise, camera=camera, noise="light"))
    assert seen.count == 3
    assert all(record.complete for record in seen.repetitions)
    assert seen.not_scored == ()


@pytest.mark.parametrize("exercise", SIX)
@pytest.mark.parametrize("seed", range(3))
def test_noise_of_a_bad_pose_model_changes_no_count(exercise: str, seed: int) -> None:
    assert track(exercise, film(exercise, noise="medium", seed=seed)).count == 3


@pytest.mark.parametrize("camera", ["side", "oblique"])
@pytest.mark.parametrize("exercise", ["prone_lying", "prone_pillow"])
def test_who_only_lays_the_arms_down_does_nothing_that_a_camera_can_time(exercise: str, camera: str) -> None:
    seen = track(exercise, film(exercise, camera=camera, noise="light"))
    assert (seen.count, seen.cues) == (0, ())
    assert {part.reason for part in seen.not_scored} == {Reason.TOO_SMALL}


def test_lying_still_is_no_exercise() -> None:
    assert track("superman", film("prone_lying", noise="light")).count == 0


@pytest.mark.parametrize("exercise", SIX)
def test_a_camera_at_the_feet_is_told_to_move_and_nothing_is_counted(exercise: str) -> None:
    seen = track(exercise, film(exercise, camera="feet"))
    assert seen.count == 0
    assert Reason.VIEW in {part.reason for part in seen.not_scored}


PRONE = {"prone_on_elbows", "superman", "press_up"}


@pytest.mark.parametrize("done", [*SIX, "press_up"])
@pytest.mark.parametrize("tried", [*SIX, "press_up"])
def test_no_exercise_is_taken_for_another(done: str, tried: str) -> None:
    if done == tried or {done, tried} <= PRONE:
        pytest.skip("all that lift the chest lying prone are alike to a camera")
    seen = track(tried, film(done))
    assert seen.count == 0
    assert seen.not_scored or motion_spec(done).position == motion_spec(tried).position


def test_repetitions_begin_and_end_where_they_do() -> None:
    made = synthesise("bridge", repetitions=4, hold_s=3.0, rate_hz=30, seed=2)
    seen = track("bridge", frames_of(made))
    for true, record in zip(made.repetitions, seen.repetitions, strict=True):
        # A slow movement has gone 10 % of its way after 0.5 of its 2.5 s.
        assert record.start_s == pytest.approx(true.start_s + 0.5, abs=0.15)
        assert record.hold_start_s == pytest.approx(true.hold_start_s, abs=0.15)
        assert record.hold_end_s == pytest.approx(true.hold_end_s, abs=0.15)
        assert record.end_s == pytest.approx(true.end_s - 0.5, abs=0.15)


@pytest.mark.parametrize("camera", ["side", "oblique_head"])
@pytest.mark.parametrize("exercise", [*SIX, *TWO_WAYS])
def test_a_hold_is_as_long_as_it_was(exercise: str, camera: str) -> None:
    for asked_s in (1.0, 4.0):
        for record in track(exercise, film(exercise, hold_s=asked_s, camera=camera)).repetitions:
            assert record.hold_s == pytest.approx(asked_s, abs=0.15)


def test_a_longer_hold_is_longer_by_as_much_whatever_the_frame_rate() -> None:
    for rate_hz in (10, 15, 30, 60):
        short, long = (track("bridge", film("bridge", hold_s=h, rate_hz=rate_hz)) for h in (2.0, 5.0))
        for a, b in zip(short.repetitions, long.repetitions, strict=True):
            assert a.hold_s is not None and b.hold_s is not None
            assert b.hold_s - a.hold_s == pytest.approx(3.0, abs=2.0 / rate_hz)


@pytest.mark.parametrize("exercise", ["bridge", "knee_to_chest", "superman"])
@pytest.mark.parametrize("rate_hz", [10, 15, 60])
def test_the_same_recording_at_another_rate_gives_the_same_answer(exercise: str, rate_hz: float) -> None:
    known = track(exercise, film(exercise, rate_hz=30))
    seen = track(exercise, film(exercise, rate_hz=rate_hz))
    assert seen.count == known.count
    for a, b in zip(known.repetitions, seen.repetitions, strict=True):
        assert a.hold_s is not None and b.hold_s is not None
        assert a.hold_s == pytest.approx(b.hold_s, abs=1.0 / min(rate_hz, 30))


@pytest.mark.parametrize("aspect", [16 / 9, 4 / 3, 9 / 16])
def test_bars_around_the_picture_change_nothing(aspect: float) -> None:
    frames = film("curl_up", noise="light")
    known, seen = track("curl_up", frames), track("curl_up", padded(frames, aspect))
    assert seen.count == known.count
    for a, b in zip(known.repetitions, seen.repetitions, strict=True):
        assert a.hold_s is not None and b.hold_s == pytest.approx(a.hold_s, abs=0.01)


@pytest.mark.parametrize("exercise", ["knee_to_chest", "bridge", "standing_extension"])
def test_a_mirrored_picture_exchanges_the_sides_and_nothing_else(exercise: str) -> None:
    frames = film(exercise, noise="light", side=Side.RIGHT)
    known, seen = track(exercise, frames), track(exercise, mirrored(frames))
    assert [record.side for record in seen.repetitions] == [
        OTHER[record.side] for record in known.repetitions
    ]
    for a, b in zip(known.repetitions, seen.repetitions, strict=True):
        assert a.hold_s is not None and b.hold_s == pytest.approx(a.hold_s, abs=0.02)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_the_working_leg_is_told(side: Side) -> None:
    seen = track("knee_to_chest", film("knee_to_chest", side=side))
    assert {record.side for record in seen.repetitions} == {side}


@pytest.mark.parametrize("seed", range(8))
def test_left_and_right_exchanged_now_and_then_neither_end_a_hold_nor_change_its_side(seed: int) -> None:
    frames = film("knee_to_chest", rate_hz=15, hold_s=8.0)
    rough = list(roughened(frames, seed=seed, jitter=0.0, swaps=0.10, drops=0.2))
    seen = track("knee_to_chest", rough)
    assert [record.side for record in seen.repetitions] == [Side.LEFT] * 3
    assert all(record.hold_s == pytest.approx(8.0, abs=0.5) for record in seen.repetitions)


@pytest.mark.parametrize("exercise", ["prone_on_elbows", "bridge"])
def test_legs_that_are_exchanged_for_whole_holds_have_stayed_where_they_lay(exercise: str) -> None:
    made = synthesise(exercise, camera="high", repetitions=2, hold_s=2.0)
    frames = [
        legs_exchanged(frame)
        if any(rep.start_s + 1.0 <= frame.t_s <= rep.end_s - 1.0 for rep in made.repetitions)
        else frame
        for frame in frames_of(made)
    ]
    assert track(exercise, frames).count == 2


@pytest.mark.parametrize("camera", ["side", "oblique", "oblique_head"])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_leg_that_rests_in_the_pose_of_the_hold_is_not_taken_for_the_one_that_moves(
    side: Side, camera: str
) -> None:
    seen = track("heel_slide", film("heel_slide", side=side, camera=camera, noise="light"))
    assert [record.side for record in seen.repetitions] == [side] * 3


def test_sides_done_in_turn_are_counted_and_told_apart() -> None:
    frames: list[LandmarkFrame] = []
    for side in (Side.LEFT, Side.RIGHT, Side.LEFT):
        begin = frames[-1].t_s + 0.1 if frames else 0.0
        for frame in film("knee_to_chest", repetitions=1, side=side, still_s=1.0):
            frames.append(LandmarkFrame(begin + frame.t_s, frame.landmarks, frame.width, frame.height))
    seen = track("knee_to_chest", frames)
    assert [record.side for record in seen.repetitions] == [Side.LEFT, Side.RIGHT, Side.LEFT]


@pytest.mark.parametrize(
    ("exercise", "fault"),
    [(exercise, fault.id) for exercise in SIX for fault in motion_spec(exercise).faults],
)
def test_a_fault_gives_its_cue_and_done_well_gives_none(exercise: str, fault: str) -> None:
    wrong = track(exercise, film(exercise, fault=fault))
    assert wrong.count == 3
    assert [cue.id for cue in wrong.cues].count(fault) == 3
    well = track(exercise, film(exercise))
    assert fault not in {cue.id for cue in well.cues}


def cues_well_and_wrong(exercise: str, fault: str, **wish: Any) -> tuple[list[str], ...]:
    """The cues of a film done well, and of the same with a fault."""
    seen = (track(exercise, film(exercise, fault=id_, noise="light", **wish)) for id_ in (None, fault))
    return tuple([cue.id for cue in one.cues] for one in seen)


HEADS = [
    ("curl_up", "chin_tucked"),
    ("knee_to_chest", "head_lifted"),
    ("prone_on_elbows", "head_back"),
    ("superman", "head_back"),
]


@pytest.mark.parametrize("body", body_names())
@pytest.mark.parametrize(("exercise", "fault"), HEADS)
def test_what_the_head_does_wrong_is_told_of_any_body(exercise: str, fault: str, body: str) -> None:
    seen = track(exercise, film(exercise, fault=fault, body=body, noise="light", repetitions=2))
    assert [cue.id for cue in seen.cues] == [fault, fault]


@pytest.mark.parametrize("body", body_names())
def test_a_high_camera_at_the_side_sees_the_chin_of_somebody_who_lies_face_up(body: str) -> None:
    well, wrong = cues_well_and_wrong("curl_up", "chin_tucked", camera="high", body=body, repetitions=2)
    assert well == []
    assert wrong == ["chin_tucked", "chin_tucked"]


@pytest.mark.parametrize("body", body_names())
def test_where_the_arms_lie_says_nothing_of_the_head(body: str) -> None:
    assert track("half_curl_up", film("half_curl_up", body=body, camera="oblique_head")).cues == ()


@pytest.mark.parametrize("camera", ["oblique", "oblique_head", "high"])
@pytest.mark.parametrize("body", body_names())
def test_a_head_that_is_to_lie_still_is_seen_lifted_from_anywhere(body: str, camera: str) -> None:
    well, wrong = cues_well_and_wrong("knee_to_chest", "head_lifted", body=body, camera=camera)
    assert set(well) == set()
    assert set(wrong) == {"head_lifted"}


@pytest.mark.parametrize("camera", ["side", "oblique", "high"])
@pytest.mark.parametrize("body", body_names())
def test_elbows_too_far_forward_are_told_of_any_body(body: str, camera: str) -> None:
    well, wrong = cues_well_and_wrong("prone_on_elbows", "elbows_forward", body=body, camera=camera)
    assert set(well) == set()
    assert set(wrong) == {"elbows_forward"}


@pytest.mark.parametrize("azimuth_deg", [18.0, 22.0, 26.0])
def test_the_camera_is_not_taken_to_have_moved_between_two_repetitions(azimuth_deg: float) -> None:
    camera = Camera(azimuth_deg, elevation_deg=16.0, distance_m=4.0)
    wish = {"camera": camera, "noise": "heavy", "repetitions": 6, "seed": 3, "rate_hz": 10}
    seen = track("superman", film("superman", **wish))
    assert (seen.count, seen.cues) == (6, ())


@pytest.mark.parametrize("fault", [None, "elbows_forward"])
def test_an_arm_whose_elbow_is_hidden_says_nothing_of_the_arms(fault: str | None) -> None:
    made = film("prone_on_elbows", camera="oblique", fault=fault, repetitions=2)
    seen = track("prone_on_elbows", [far_elbow_behind_the_trunk(frame) for frame in made])
    assert [cue.id for cue in seen.cues] == ([fault, fault] if fault else [])


def test_a_face_that_looks_at_the_camera_says_nothing_of_the_chin() -> None:
    assert track("curl_up", facing_the_camera(film("curl_up", fault="chin_tucked"))).cues == ()


@pytest.mark.slow
@pytest.mark.parametrize("body", body_names())
@pytest.mark.parametrize("exercise", SIX)
def test_done_well_by_any_body_gives_no_cue_from_the_side_and_obliquely(exercise: str, body: str) -> None:
    for camera in ("side", "oblique_head"):
        wish = {"camera": camera, "body": body, "noise": "light", "repetitions": 2, "rate_hz": 10}
        seen = track(exercise, film(exercise, **wish))
        assert (seen.count, seen.cues) == (2, ())


@pytest.mark.parametrize(
    ("exercise", "camera", "body"),
    [
        ("arm_raise", "high", "m_adult"),
        ("arm_raise", "high", "m_heavy"),
        ("leg_raise", "oblique", "m_adult"),
        ("leg_raise", "oblique", "f_older"),
    ],
)
def test_a_body_that_rests_otherwise_than_demonstrated_is_told_no_fault(
    exercise: str, camera: str, body: str
) -> None:
    seen = track(exercise, film(exercise, camera=camera, body=body))
    assert (seen.count, seen.cues) == (3, ())


@pytest.mark.parametrize("camera", ["side", "oblique_head"])
@pytest.mark.parametrize("exercise", SIX)
def test_a_fault_gives_no_other_cue_than_its_own(exercise: str, camera: str) -> None:
    for fault in motion_spec(exercise).faults:
        seen = track(exercise, film(exercise, fault=fault.id, camera=camera, repetitions=1))
        assert seen.count == 1
        assert {cue.id for cue in seen.cues} <= {fault.id}


@pytest.mark.parametrize("body", body_names())
@pytest.mark.parametrize("camera", ["side", "oblique_head", "high"])
@pytest.mark.parametrize(
    ("exercise", "fault"), [(x, f) for x in ("bird_dog", "leg_raise") for f in ("leg_low", "back_sagging")]
)
def test_a_leg_that_hangs_is_told_from_a_back_that_sags(
    exercise: str, fault: str, camera: str, body: str
) -> None:
    seen = track(exercise, film(exercise, fault=fault, camera=camera, body=body, repetitions=1))
    assert [cue.id for cue in seen.cues] == [fault]


@pytest.mark.parametrize(("times", "too_fast"), [(1.0, False), (1.7, False), (2.4, True), (3.0, True)])
@pytest.mark.parametrize("exercise", SIX)
def test_a_movement_in_less_than_half_the_demonstrated_time_is_too_fast(
    exercise: str, times: float, too_fast: bool
) -> None:
    seen = track(exercise, faster(film(exercise, hold_s=times * 3, rate_hz=15), times))
    assert seen.count
    assert ("too_fast" in {cue.id for cue in seen.cues}) is too_fast


def test_a_movement_of_which_the_camera_shows_half_is_not_called_too_fast() -> None:
    seen = track("knee_to_chest", faster(film("knee_to_chest", camera="oblique", rate_hz=15), 3))
    assert seen.count and "too_fast" not in {cue.id for cue in seen.cues}


def test_who_begins_again_at_once_is_told_to_breathe_and_who_rests_is_not() -> None:
    seen = track(
        "bridge", without_rests(synthesise("bridge", repetitions=3, hold_s=2.0, noise="light"), times=2.0)
    )
    assert seen.count == 3
    assert [cue.id for cue in seen.cues if cue.id == "no_breath"] == ["no_breath"] * 2
    assert track("bridge", film("bridge", noise="light")).cues == ()


def test_a_side_is_not_made_up_where_both_legs_look_alike() -> None:
    seen = track("knee_to_chest", film("double_knee_to_chest"))
    assert [one.side for one in seen.repetitions] == [Side.BOTH] * 3


def test_symmetry_is_not_measured_from_the_side_and_is_from_an_oblique_camera() -> None:
    side = track("bridge", film("bridge")).symmetry
    oblique = track("bridge", film("bridge", camera="oblique_head")).symmetry
    assert side is not None and not side.measurable and side.reason is Reason.VIEW
    assert oblique is not None and oblique.measurable
    assert oblique.difference_deg == pytest.approx(0.0, abs=5.0)


def test_the_hold_is_as_long_however_slow_the_computer_is() -> None:
    frames = film("bridge")
    assert track("bridge", frames) == track("bridge", iter(frames))


def test_somebody_who_only_lies_there_is_counted_nothing() -> None:
    seen = track("bridge", film("bridge", repetitions=0, still_s=10.0, noise="light"))
    assert seen.count == 0 and seen.not_scored == () and max(v for _, v in seen.curve) < inf
