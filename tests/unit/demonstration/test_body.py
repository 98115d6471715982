"""The 3-D body moves exactly as the anatomy says, and stays small."""

import gzip
import json
import struct
from importlib.resources import files
from math import dist
from pathlib import Path
from typing import Any

import pytest

import ischia
from ischia.anatomy import PARENTS, Point, Rotation, body_named, body_names, pose_placed
from ischia.anatomy.space import plus, then, turned
from ischia.catalogue import load_catalogue
from ischia.demonstration import motion_named, motion_of
from ischia.demonstration.body_motion import body_motion, body_motion_of
from ischia.demonstration.bones import BONES, Quaternion, bone_turns, quaternion
from ischia.demonstration.graphics import three_js

PAGE = Path(ischia.__file__).parent / "server" / "static" / "ischia" / "body"
EVERY = sorted(load_catalogue().exercises)


def glb(body: str) -> bytes:
    return (files("ischia.demonstration") / "data/bodies" / f"{body}.glb").read_bytes()


def nodes(body: str) -> dict[str, dict[str, Any]]:
    content = glb(body)
    (length,) = struct.unpack_from("<I", content, 12)
    return {node["name"]: node for node in json.loads(content[20 : 20 + length])["nodes"] if "name" in node}


def matrix(q: Quaternion) -> Rotation:
    x, y, z, w = q
    return (
        *(1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
        *(2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
        *(2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)),
    )


def joints_of(body: str, turns: dict[str, Quaternion], pelvis: Point) -> dict[str, Point]:
    """Where a page's scene graph puts the bones' joints."""
    known = nodes(body)
    found: dict[str, tuple[Rotation, Point]] = {}
    for bone, parent in BONES.items():
        own = matrix(turns.get(bone, (0.0, 0.0, 0.0, 1.0)))
        if parent is None:
            found[bone] = own, pelvis
        else:
            turn, at = found[parent]
            found[bone] = then(turn, own), plus(at, turned(turn, tuple(known[bone]["translation"])))
    return {bone: at for bone, (_, at) in found.items()}


@pytest.mark.parametrize("body", body_names())
@pytest.mark.parametrize(
    "exercise_id", ["bridge", "bird_dog", "knee_to_chest", "superman", "standing_extension"]
)
def test_the_drawn_body_has_its_joints_where_the_anatomy_has_them(exercise_id: str, body: str) -> None:
    for pose in motion_named(exercise_id, body).poses.values():
        posture = pose_placed(pose, body_named(body))
        drawn = joints_of(body, dict(zip(BONES, bone_turns(pose), strict=True)), pose.place.at)

        assert max(dist(drawn[name], posture.joints[name]) for name in PARENTS) < 0.002


@pytest.mark.parametrize("exercise_id", ["bridge", "curl_up", "double_knee_to_chest", "prone_lying"])
def test_the_straight_way_between_two_pictures_is_the_way_of_the_joint_angles(exercise_id: str) -> None:
    motion, written = motion_named(exercise_id), body_motion(exercise_id)
    for from_, to, numbers in written["ways"]:
        for i in range(len(numbers) - 1):
            pose = motion.between(from_, to, (i + 0.5) / (len(numbers) - 1))
            a, b = (written["frames"][numbers[i + k]] for k in (0, 1))
            turns = {
                bone: halfway(a[4 * k : 4 * k + 4], b[4 * k : 4 * k + 4])
                for k, bone in enumerate(written["bones"])
            }
            drawn = joints_of("f_adult", turns, pose.place.at)
            joints = pose_placed(pose).joints
            assert max(dist(drawn[name], joints[name]) for name in PARENTS) < 0.02


def halfway(a: list[int], b: list[int]) -> Quaternion:
    sign = -1 if sum(p * q for p, q in zip(a, b, strict=True)) < 0 else 1
    x, y, z, w = (p + sign * q for p, q in zip(a, b, strict=True))
    length = (x * x + y * y + z * z + w * w) ** 0.5
    return (x / length, y / length, z / length, w / length)


def test_a_turn_survives_being_written_as_a_quaternion() -> None:
    for pose in motion_named("bird_dog").poses.values():
        for turn in pose_placed(pose).turns.values():
            assert matrix(quaternion(turn)) == pytest.approx(turn, abs=1e-9)


@pytest.mark.parametrize("body", body_names())
def test_every_body_has_every_bone_and_a_skin_that_hangs_on_them(body: str) -> None:
    found = nodes(body)

    assert set(BONES) <= set(found)
    assert b"KHR_mesh_quantization" in glb(body)


@pytest.mark.parametrize("exercise_id", EVERY)
def test_every_phase_of_every_exercise_has_its_pictures(exercise_id: str) -> None:
    written = body_motion(exercise_id)
    ways = {(a, b) for a, b, _ in written["ways"]} | {(b, a) for a, b, _ in written["ways"]}

    assert len(written["at"]) == len(written["frames"])
    assert all(len(frame) == 4 * len(written["bones"]) for frame in written["frames"])
    for phase in written["phases"]:
        assert phase["from"] == phase["to"] or (phase["from"], phase["to"]) in ways


@pytest.mark.slow
def test_changing_one_angle_of_a_definition_moves_the_body() -> None:
    exercise = load_catalogue().exercises["bridge"]
    hold = exercise.poses["hold"]
    bent = hold.model_copy(update={"angles": {**hold.angles, "neck_flexion": 5.0}})
    changed = exercise.model_copy(update={"poses": {**exercise.poses, "hold": bent}})

    before, after = (body_motion_of(one, motion_of(one)) for one in (exercise, changed))

    assert before["frames"] != after["frames"]


def test_the_3_d_view_with_a_body_stays_under_300_kb_on_the_way() -> None:
    bundle = three_js()
    if bundle is None:
        pytest.skip("three.js has not been fetched: 'ischia assets' does it")
    page = [path.read_bytes() for path in (*PAGE.glob("*.js"), *PAGE.glob("*.css"))]
    motions = max(len(packed(json.dumps(body_motion(name)).encode())) for name in EVERY)
    shared = sum(len(packed(content)) for content in (bundle.read_bytes(), *page)) + motions

    for body in body_names():
        assert shared + len(packed(glb(body))) < 300_000


def packed(content: bytes) -> bytes:
    return gzip.compress(content, 9)
