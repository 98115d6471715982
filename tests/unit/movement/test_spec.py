"""What the tracker knows of an exercise."""

import json
from dataclasses import replace

import pytest

from ischia.analysis import UnknownExercise, motion_spec
from ischia.catalogue import load_catalogue
from ischia.movement import MotionSpec
from ischia.movement.template import variants_of


@pytest.mark.parametrize("exercise", sorted(load_catalogue().exercises))
def test_a_spec_survives_its_json(exercise: str) -> None:
    spec = motion_spec(exercise)
    again = MotionSpec.from_json(json.dumps(spec.to_json()))
    assert again.to_json() == spec.to_json()
    assert again.fixed == spec.fixed and again.each_side == spec.each_side


def test_a_spec_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        MotionSpec.from_json(motion_spec("bridge").to_json() | {"format": 99})


def test_a_pose_that_lacks_points_is_refused() -> None:
    with pytest.raises(ValueError, match="points"):
        replace(motion_spec("bridge"), start=((0.0, 0.0, 0.0),))


def test_an_unknown_exercise_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownExercise, match="bridge"):
        motion_spec("brdge")


def test_hands_hold_the_leg_in_knee_to_chest_alone_of_the_six() -> None:
    assert motion_spec("knee_to_chest").grips
    assert not motion_spec("curl_up").grips


def test_an_exercise_of_one_side_has_a_left_and_a_right_one() -> None:
    left, right = variants_of(motion_spec("knee_to_chest"))
    assert (left.side, right.side) == ("left", "right")
    assert left.least == pytest.approx(right.least, abs=0.02)
    (both,) = variants_of(motion_spec("bridge"))
    assert both.side == "both"
