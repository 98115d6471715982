"""A set before a camera: what is counted, what is said, and when."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from tests.unit.movement.films import SIX, film, without_rests

from ischia.analysis import Analysis, Media, motion_spec
from ischia.coaching import Guide
from ischia.demonstration import synthesise
from ischia.movement import Tracker
from ischia.recording import LandmarkFrame


def guide(exercise: str, hold_s: float = 2.0) -> Guide:
    return Guide(json.dumps(motion_spec(exercise).to_json()), "both", 3, hold_s)


def pushed(watching: Guide, frames: Iterable[LandmarkFrame]) -> list[dict[str, Any]]:
    return [watching.push(f.t_s, f.landmarks, f.width, f.height, f.people) for f in frames]


def said(told: Iterable[dict[str, Any]]) -> list[str]:
    return [one["say"] for one in told if one["say"]]


@pytest.mark.parametrize("exercise", SIX)
def test_each_good_repetition_sounds_once_and_nothing_is_corrected(exercise: str) -> None:
    frames = film(exercise)
    told = pushed(guide(exercise), frames)
    assert sum(one["good"] for one in told) == told[-1]["count"] == 3
    assert said(told) == ["ready"]
    assert not any(one["unseen_repetition"] for one in told)


def test_the_records_are_those_of_an_analysis() -> None:
    watching = guide("bridge")
    tracker = Tracker(watching.spec)
    for frame in film("bridge", noise="light"):
        pushed(watching, [frame])
        tracker.push(frame)
    analysed = Analysis("", tracker.finish(), Media(0.0, None, 0, 0)).to_json()
    told = watching.finish()
    assert told.pop("view") == tracker.finish().view
    assert told == {key: analysed[key] for key in told}


def test_a_fault_is_corrected_kindly_and_not_in_two_repetitions_running() -> None:
    told = pushed(guide("bridge"), film("bridge", fault="sagging", repetitions=6))
    corrections = [one["t_s"] for one in told if one["say"] == "sagging"]
    assert len(corrections) == 2
    assert corrections[1] - corrections[0] > 15
    assert not any(one["good"] for one in told)


def test_a_hold_that_is_too_short_is_counted_without_the_sound_of_a_good_one() -> None:
    told = pushed(guide("bridge", hold_s=5.0), film("bridge", hold_s=2.0))
    assert told[-1]["count"] == 3
    assert not any(one["good"] for one in told)


def test_a_movement_that_was_another_exercise_is_said_to_be_not_seen() -> None:
    told = pushed(guide("curl_up"), film("bridge"))
    assert any(one["unseen_repetition"] for one in told)
    assert not any(one["good"] for one in told)


def test_the_same_film_is_followed_alike_whichever_way_one_lies() -> None:
    one_way = pushed(guide("superman"), film("superman"))
    other_way = pushed(guide("superman"), film("superman", camera="other_side"))
    assert said(one_way) == said(other_way) == ["ready"]


def test_frames_must_come_in_order() -> None:
    watching = guide("bridge")
    watching.push(1.0, None, 640, 360, 0)
    with pytest.raises(ValueError, match="in order of time"):
        watching.push(1.0, None, 640, 360, 0)


def test_a_movement_too_small_for_a_camera_is_never_scored() -> None:
    told = pushed(guide("pelvic_tilt"), film("pelvic_tilt"))
    assert not any(one["scored"] for one in told)
    assert {one["reason"] for one in told} == {"not_measurable_by_camera"}


def test_who_takes_no_rest_is_told_to_breathe() -> None:
    told = pushed(guide("bridge"), without_rests(synthesise("bridge", repetitions=3, hold_s=2.0), times=1.5))
    assert told[-1]["count"] == 3
    assert said(told) == ["ready", "no_breath"]
