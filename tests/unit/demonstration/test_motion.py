import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import Any, Self

import pytest

from ischia.analysis import motion_spec_of
from ischia.anatomy import PlacedPose, body_named, body_names, pose_placed
from ischia.catalogue import Exercise, load_catalogue
from ischia.catalogue.load import packaged_data
from ischia.demonstration.body_motion import body_motion_of
from ischia.demonstration.check import CONTACT_M, SHOWS_M, SUNK_M, difference, problems
from ischia.demonstration.contacts import UnknownContactError, both_sides, broken_by, reaches_of
from ischia.demonstration.figure import figure_of
from ischia.demonstration.motion import (
    Motion,
    MotionError,
    fingerprint,
    motion_named,
    motion_of,
    placed_faults,
    placed_poses,
    solved_motion,
    written_motion,
)
from ischia.demonstration.synthesis import Synthetic, synthesise
from ischia.movement import MotionSpec, Tracker
from ischia.recording import LandmarkFrame

EXERCISES = load_catalogue().exercises


@pytest.mark.parametrize("name", EXERCISES)
def test_every_written_motion_is_as_new_as_its_definition(name: str) -> None:
    written = written_motion(name)
    assert written is not None
    assert written[0] == fingerprint(EXERCISES[name]), "run tools/place_poses.py"


@pytest.mark.parametrize("name", EXERCISES)
def test_every_motion_keeps_to_joints_contacts_and_mat_and_every_fault_shows(name: str) -> None:
    assert list(problems(EXERCISES[name], motion_named(name))) == []


@pytest.mark.parametrize("name", EXERCISES)
def test_contacts_are_measured_again_on_the_posed_body(name: str) -> None:
    motion = motion_named(name)
    for pose_id, pose in motion.poses.items():
        posture = pose_placed(pose)
        lowest = posture.lowest(p for p in posture.body.skin if p not in ("waist", "chest", "pelvis"))
        assert lowest > -SUNK_M
        if EXERCISES[name].equipment != ("mat", "pillow"):
            assert abs(posture.lowest(posture.body.skin)) < CONTACT_M, pose_id


def _steps(motion: Motion) -> Iterator[tuple[PlacedPose, PlacedPose]]:
    for way in motion.ways.values():
        yield from pairwise(way)


@pytest.mark.parametrize("name", EXERCISES)
def test_no_part_jumps_between_two_pictures(name: str) -> None:
    for one, other in _steps(motion_named(name)):
        moved = map(dist, pose_placed(one).landmarks(), pose_placed(other).landmarks())
        assert max(moved) < 0.35


@pytest.mark.parametrize("name", EXERCISES)
def test_every_phase_has_a_way_that_begins_and_ends_in_its_poses(name: str) -> None:
    motion = motion_named(name)
    for phase in EXERCISES[name].phases:
        way = motion.way(phase.from_, phase.to)
        assert (way[0], way[-1]) == (motion.poses[phase.from_], motion.poses[phase.to])
        assert motion.between(phase.from_, phase.to, 0.0).place == way[0].place
        assert motion.between(phase.from_, phase.to, 1.0).place == way[-1].place


def test_the_two_sides_of_a_one_sided_exercise_are_mirror_images() -> None:
    left = motion_named("knee_to_chest")
    right = left.mirrored()
    assert left.poses["hold"].angles["hip_flexion_left"] == right.poses["hold"].angles["hip_flexion_right"]
    one = pose_placed(left.poses["hold"]).landmark("knee_left")
    other = pose_placed(right.poses["hold"]).landmark("knee_right")
    assert other == pytest.approx((one[0], one[1], -one[2]))


def test_the_bridge_brings_shoulder_hip_and_knee_into_line() -> None:
    held = pose_placed(placed_poses("bridge")["hold"])
    (sx, sy, _), (hx, hy, _), (kx, ky, _) = (held.landmark(f"{n}_right") for n in ("shoulder", "hip", "knee"))
    off_line = abs((kx - sx) * (hy - sy) - (ky - sy) * (hx - sx)) / dist((sx, sy), (kx, ky))
    assert off_line < 0.05


def test_elbows_lie_under_the_shoulders_when_propped() -> None:
    held = pose_placed(placed_poses("prone_on_elbows")["hold"])
    assert abs(held.landmark("elbow_left")[0] - held.landmark("shoulder_left")[0]) < 0.04


@pytest.mark.parametrize("body", body_names())
def test_elbows_too_far_forward_leave_the_legs_where_they_lie(body: str) -> None:
    motion = motion_named("prone_on_elbows", body)
    wrong, right = motion.faults["elbows_forward"], motion.poses["hold"]
    for joint in ("hip_flexion_left", "knee_flexion_left", "thoracic_flexion"):
        assert wrong.angles[joint] == pytest.approx(right.angles[joint], abs=3.0)
    posture = pose_placed(wrong, body_named(body))
    # The head lies at smaller x.
    assert posture.landmark("elbow_left")[0] < posture.landmark("shoulder_left")[0] - 0.05


def test_hands_lie_under_the_shoulders_on_all_fours() -> None:
    start = pose_placed(placed_poses("bird_dog")["start"])
    assert abs(start.landmark("wrist_left")[0] - start.landmark("shoulder_left")[0]) < 0.08


def test_a_fault_differs_from_the_pose_it_spoils() -> None:
    right, wrong = placed_poses("bridge")["hold"], placed_faults("bridge")["sagging"]
    assert difference(pose_placed(right), pose_placed(wrong)) > SHOWS_M
    assert pose_placed(wrong).landmark("hip_left")[1] < pose_placed(right).landmark("hip_left")[1] - 0.05


def test_a_fault_that_hardly_shows_is_found() -> None:
    exercise, motion = EXERCISES["bridge"], motion_named("bridge")
    invisible = Motion(
        motion.exercise_id,
        motion.poses,
        dict.fromkeys(motion.faults, motion.poses["hold"]),
        motion.ways,
        motion.gaps_m,
        motion.sunk_m,
    )
    assert [key for key, _, _ in problems(exercise, invisible)] == ["faults.0.angles", "faults.1.angles"]


def test_a_pose_that_hovers_or_sinks_is_found() -> None:
    exercise, motion = EXERCISES["bridge"], motion_named("bridge")
    gaps = {**motion.gaps_m, "hold": {**motion.gaps_m["hold"], "head": 0.03}}
    sunk = {**motion.sunk_m, "start": 0.05}
    worse = Motion(motion.exercise_id, motion.poses, motion.faults, motion.ways, gaps, sunk)
    found = [problem for _, problem, _ in problems(exercise, worse)]
    assert any("head is 3.0 cm over" in problem for problem in found)
    assert any("5.0 cm in the mat" in problem for problem in found)


@dataclass(frozen=True)
class Everything:
    """What is made of one definition."""

    figure: dict[str, Any]
    body: dict[str, Any]
    spec: MotionSpec
    seen: Synthetic

    @classmethod
    def of(cls, exercise: Exercise) -> Self:
        motion = motion_of(exercise)
        return cls(
            figure_of(exercise, motion),
            body_motion_of(exercise, motion),
            motion_spec_of(exercise, motion),
            synthesise(exercise, repetitions=3, hold_s=2.0),
        )


def _cues(spec: MotionSpec, seen: Synthetic) -> set[str]:
    """The faults that a tracker of this definition finds, once it has counted right."""
    tracker = Tracker(spec)
    for frame in seen.frames:
        tracker.push(LandmarkFrame(frame.t_s, frame.image, seen.width, seen.height))
    told = tracker.finish()
    assert told.count == len(seen.repetitions)
    return {cue.id for cue in told.cues}


@pytest.mark.slow
def test_one_angle_in_a_definitions_file_changes_figure_body_tracker_and_test_motion_together(
    tmp_path: Path,
) -> None:
    shutil.copytree(Path(str(packaged_data())), tmp_path / "data")
    file = tmp_path / "data/exercises/half_bridge/exercise.toml"
    before, after = (text := file.read_text("utf-8")), text.replace("hip_flexion = 26,", "hip_flexion = 14,")
    assert sum(a != b for a, b in zip(before.split(), after.split(), strict=True)) == 1
    file.write_text(after, "utf-8")
    old = Everything.of(EXERCISES["half_bridge"])
    new = Everything.of(load_catalogue(tmp_path / "data").exercises["half_bridge"])

    for pose, least, most in (("start", 0, 1), ("hold", 20, 500)):
        points = [made.figure["points"][made.figure["poses"][pose]] for made in (old, new)]
        assert least <= max(abs(a - b) for a, b in zip(*points, strict=True)) <= most
        heights = [made.body["at"][made.body["poses"][pose]][1] for made in (old, new)]
        assert least <= heights[1] - heights[0] <= most, "the pelvis of the body, in millimetres"
    assert max(map(dist, old.spec.start, new.spec.start)) < 0.001
    assert max(map(dist, old.spec.hold, new.spec.hold)) > 0.02
    held = int((old.seen.repetitions[0].hold_start_s + 0.4) * old.seen.rate_hz)
    for number, least_m, most_m in ((0, 0.0, 0.001), (held, 0.02, 1.0)):
        a, b = (made.seen.frames[number].world for made in (old, new))
        assert a is not None
        assert b is not None
        assert least_m <= max(map(dist, a, b)) <= most_m
    assert _cues(new.spec, new.seen) == set()
    assert _cues(old.spec, new.seen) == {"back_arched"}, "to the old definition, so high is a fault"


@pytest.mark.slow
def test_solving_again_gives_what_is_written() -> None:
    exercise = EXERCISES["pelvic_tilt"]
    written, solved = motion_named("pelvic_tilt"), solved_motion(exercise)
    for name, pose in written.poses.items():
        a, b = pose_placed(pose).landmarks(), pose_placed(solved.poses[name]).landmarks()
        assert max(map(dist, a, b)) < 0.005


def test_a_motion_survives_being_written_and_read() -> None:
    motion = motion_named("single_leg_bridge")
    again = Motion.from_json(motion.exercise_id, motion.as_json("x"))
    assert again.poses.keys() == motion.poses.keys()
    assert [len(way) for way in again.ways.values()] == [len(way) for way in motion.ways.values()]


def test_an_exercise_or_way_that_does_not_exist_is_named() -> None:
    with pytest.raises(MotionError, match="no_such"):
        motion_named("no_such")
    with pytest.raises(MotionError, match="ceiling"):
        motion_named("bridge").way("start", "ceiling")


def test_contacts_without_side_mean_both_sides() -> None:
    assert both_sides(("head", "heel", "hand_left")) == ("head", "heel_left", "heel_right", "hand_left")
    assert reaches_of({"hand": "shin_left"}) == {"hand_left": "shin_left", "hand_right": "shin_left"}
    assert reaches_of({"hand": "knee"}) == {"hand_left": "knee_left", "hand_right": "knee_right"}


def test_an_unknown_contact_or_target_is_refused() -> None:
    with pytest.raises(UnknownContactError, match="tail"):
        both_sides(("tail",))
    with pytest.raises(UnknownContactError, match="moon"):
        reaches_of({"hand": "moon"})


@pytest.mark.parametrize(
    ("contact", "changed", "position", "broken"),
    [
        ("head", {"neck_flexion": 30}, "supine", True),
        ("head", {"lumbar_flexion": 30}, "supine", False),
        ("pelvis", {"hip_flexion": -30}, "supine", True),
        ("pelvis", {"hip_flexion": 30}, "supine", False),
        ("pelvis", {"hip_flexion": 30}, "prone", True),
        ("thigh_left", {"hip_flexion_left": -20}, "prone", True),
        ("thigh_left", {"hip_flexion_right": -20}, "prone", False),
        ("forefoot_left", {"knee_flexion": 40}, "prone", True),
        ("heel_left", {"knee_flexion": 40}, "standing", False),
    ],
)
def test_a_fault_breaks_only_the_contacts_it_means_to(
    contact: str, changed: dict[str, float], position: str, broken: bool
) -> None:
    assert broken_by(contact, changed, position, {}) is broken
