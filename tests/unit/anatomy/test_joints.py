import pytest
from hypothesis import given
from hypothesis import strategies as st

from ischia.anatomy import (
    UnknownJointError,
    blended,
    bounds_of,
    changed_angles,
    full_angles,
    joint_names,
    middle_joints,
    mirrored,
    sided_joints,
)

postures = st.dictionaries(
    st.sampled_from([*middle_joints(), *sided_joints(), *joint_names()]), st.floats(-90, 120, allow_nan=False)
)


def test_a_name_without_side_means_both_sides() -> None:
    full = full_angles({"hip_flexion": 30})
    assert full["hip_flexion_left"] == full["hip_flexion_right"] == 30


def test_the_more_exact_name_wins_in_any_order() -> None:
    for angles in ({"hip_flexion": 30, "hip_flexion_left": 90}, {"hip_flexion_left": 90, "hip_flexion": 30}):
        full = full_angles(angles)
        assert (full["hip_flexion_left"], full["hip_flexion_right"]) == (90, 30)


def test_what_is_not_named_is_neutral() -> None:
    assert set(full_angles({}).values()) == {0.0}


def test_an_unknown_joint_is_named_in_the_message() -> None:
    with pytest.raises(UnknownJointError, match="hipp_flexion"):
        full_angles({"hipp_flexion": 3})


def test_a_middle_joint_has_no_side() -> None:
    with pytest.raises(UnknownJointError):
        bounds_of("lumbar_flexion_left")


def test_every_joint_has_bounds_around_neutral() -> None:
    for name in joint_names():
        assert bounds_of(name).holds(0.0)


@given(postures)
def test_mirroring_twice_changes_nothing(angles: dict[str, float]) -> None:
    assert mirrored(mirrored(angles)) == full_angles(angles)


@given(postures, postures)
def test_blending_begins_at_the_first_and_ends_at_the_second(
    a: dict[str, float], b: dict[str, float]
) -> None:
    assert blended(a, b, 0.0) == full_angles(a)
    assert blended(a, b, 1.0) == full_angles(b)


def test_a_change_without_side_turns_both_sides_whatever_they_did() -> None:
    changed = changed_angles({"hip_flexion_left": 80, "hip_flexion_right": 10}, {"hip_flexion": 30})
    assert changed["hip_flexion_left"] == changed["hip_flexion_right"] == 30


def test_a_change_of_one_side_leaves_the_other() -> None:
    changed = changed_angles({"hip_flexion": 80}, {"hip_flexion_left": 30})
    assert (changed["hip_flexion_left"], changed["hip_flexion_right"]) == (30, 80)
