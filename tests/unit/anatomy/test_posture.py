import subprocess
import sys
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ischia.anatomy import (
    BLAZEPOSE,
    INDEX,
    MIRROR,
    PARENTS,
    Place,
    PlacedPose,
    body_named,
    body_names,
    bounds_of,
    joint_names,
    pose_body,
    pose_placed,
)

STANDING = Place("standing", (0.0, 1.0, 0.0))


@st.composite
def postures(draw: st.DrawFn) -> dict[str, float]:
    names = draw(st.lists(st.sampled_from(joint_names()), unique=True, max_size=12))
    return {n: draw(st.floats(bounds_of(n).least_deg, bounds_of(n).greatest_deg)) for n in names}


@pytest.mark.parametrize(
    ("joint", "landmark", "axis", "sign"),
    [
        # Standing, the face looks to -x and the right side is at -z.
        ("hip_flexion", "knee_right", 0, -1),
        ("knee_flexion", "ankle_right", 0, +1),
        ("ankle_dorsiflexion", "foot_index_right", 1, +1),
        ("hip_abduction", "knee_right", 2, -1),
        ("hip_rotation", "foot_index_right", 2, +1),
        ("shoulder_flexion", "wrist_right", 0, -1),
        ("shoulder_abduction", "wrist_right", 2, -1),
        ("elbow_flexion", "wrist_right", 0, -1),
        ("pronation", "thumb_right", 2, +1),
        ("wrist_flexion", "index_right", 2, +1),
        ("lumbar_flexion", "nose", 0, -1),
        ("thoracic_side", "nose", 2, -1),
        ("neck_rotation", "nose", 2, -1),
        ("neck_flexion", "nose", 1, -1),
    ],
)
def test_a_positive_angle_moves_the_limb_the_clinical_way(
    joint: str, landmark: str, axis: int, sign: int
) -> None:
    before = pose_body({}, STANDING).landmark(landmark)[axis]
    after = pose_body({joint: 20}, STANDING).landmark(landmark)[axis]
    assert (after - before) * sign > 0.005


def test_lying_on_the_back_the_face_looks_up_and_the_head_is_left() -> None:
    lying = pose_body({}, Place("supine", (0.0, 0.1, 0.0)))
    assert lying.landmark("nose")[1] > lying.landmark("ear_left")[1]
    assert lying.landmark("nose")[0] < lying.landmark("heel_left")[0]


def test_lying_on_the_belly_the_face_looks_down() -> None:
    lying = pose_body({}, Place("prone", (0.0, 0.1, 0.0)))
    assert lying.landmark("nose")[1] < lying.landmark("ear_left")[1]


@pytest.mark.parametrize("position", ["standing", "supine", "prone", "quadruped"])
def test_the_near_side_is_nearer_to_the_side_camera(position: str) -> None:
    place = Place(position)
    posture = pose_body({}, place)
    far = {"left": "right", "right": "left"}[place.near_side()]
    assert posture.landmark(f"hip_{place.near_side()}")[2] > posture.landmark(f"hip_{far}")[2]


@pytest.mark.parametrize("name", body_names())
def test_a_body_at_neutral_is_as_tall_as_it_says_and_stands_on_level_feet(name: str) -> None:
    body = body_named(name)
    upright = pose_body({}, Place("standing"), body)
    points = [p[1] for part in body.skin for p in upright.skin(part)]
    assert max(points) - min(points) == pytest.approx(body.stature_m, abs=0.02)
    assert upright.lowest(["heel_left"]) == pytest.approx(upright.lowest(["forefoot_left"]), abs=0.01)


@given(postures())
def test_no_posture_changes_the_length_of_a_segment(angles: dict[str, float]) -> None:
    body = body_named()
    posture = pose_body(angles, STANDING, body)
    for segment, parent in PARENTS.items():
        if parent:
            at_rest = dist(body.joints[segment], body.joints[parent])
            assert dist(posture.joints[segment], posture.joints[parent]) == pytest.approx(at_rest, abs=1e-9)


@given(postures())
def test_a_mirrored_posture_gives_mirrored_landmarks(angles: dict[str, float]) -> None:
    pose = PlacedPose(angles, STANDING)
    one, other = pose_placed(pose).landmarks(), pose_placed(pose.mirrored()).landmarks()
    for i, (x, y, z) in enumerate(one):
        assert other[MIRROR[i]] == pytest.approx((x, y, -z), abs=1e-9)


@given(postures(), st.sampled_from(joint_names()))
def test_a_small_change_of_an_angle_moves_nothing_far(angles: dict[str, float], name: str) -> None:
    before = pose_body(angles, STANDING).landmarks()
    angle = angles.get(name, angles.get(name.rsplit("_", 1)[0], 0.0))
    after = pose_body({**angles, name: angle + 0.1}, STANDING).landmarks()
    assert max(map(dist, before, after)) < 0.01


def test_a_placed_pose_survives_being_written_and_read() -> None:
    pose = PlacedPose({"hip_flexion": 41.25, "lumbar_side": -3}, Place("prone", (0.1, 0.123, 0.0), 4.5))
    again = PlacedPose.from_json(pose.as_json())
    for a, b in zip(pose_placed(pose).landmarks(), pose_placed(again).landmarks(), strict=True):
        assert a == pytest.approx(b, abs=1e-4)


def test_blazepose_has_33_landmarks_and_each_has_its_mirror() -> None:
    assert len(BLAZEPOSE) == len(INDEX) == 33
    assert BLAZEPOSE[MIRROR[INDEX["knee_left"]]] == "knee_right"
    assert BLAZEPOSE[MIRROR[INDEX["nose"]]] == "nose"


def test_the_body_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; import ischia.anatomy as a; a.pose_body({}, a.Place('supine')).landmarks();"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'scipy', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
