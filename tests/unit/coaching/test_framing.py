"""Advice before the first repetition, from pictures with known faults."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.movement.films import film

from ischia.analysis import motion_spec
from ischia.anatomy.landmarks import BLAZEPOSE
from ischia.coaching import Guide
from ischia.coaching.framing import REPEAT_S, STEADY_S
from ischia.recording import LandmarkFrame

HEAD = ("nose", "eye", "ear", "mouth")
FEET = ("ankle", "heel", "foot")


def still(exercise: str, **wish: Any) -> LandmarkFrame:
    """The start position, as a camera sees it."""
    return film(exercise, **wish)[0]


def seen_for(frame: LandmarkFrame, seconds: float, rate_hz: float = 10.0) -> list[LandmarkFrame]:
    return [replace(frame, t_s=i / rate_hz) for i in range(round(seconds * rate_hz))]


def told(frames: Iterable[LandmarkFrame], exercise: str = "bridge") -> list[dict[str, Any]]:
    watching = Guide(json.dumps(motion_spec(exercise).to_json()), "both", 3, 2.0)
    return [watching.push(f.t_s, f.landmarks, f.width, f.height, f.people) for f in frames]


def moved(frame: LandmarkFrame, to: Callable[[float, float], tuple[float, float]]) -> LandmarkFrame:
    """The picture cut or scaled: what lies outside is not seen any more."""
    points = []
    for x, y, z, visibility in frame.landmarks or ():
        nx, ny = to(x, y)
        points.append((nx, ny, z, visibility if 0 <= nx <= 1 and 0 <= ny <= 1 else 0.05))
    return replace(frame, landmarks=tuple(points))


def without(frame: LandmarkFrame, parts: tuple[str, ...]) -> LandmarkFrame:
    points = [
        (x, y, z, 0.05 if name.startswith(parts) else visibility)
        for name, (x, y, z, visibility) in zip(BLAZEPOSE, frame.landmarks or (), strict=True)
    ]
    return replace(frame, landmarks=tuple(points))


def advice(frame: LandmarkFrame, exercise: str = "bridge") -> str | None:
    return told(seen_for(frame, STEADY_S + 0.2), exercise)[-1]["framing"]


def test_a_body_seen_from_the_side_is_ready_whichever_way_it_lies() -> None:
    assert advice(still("bridge")) == advice(still("bridge", camera="other_side")) == "ready"


@pytest.mark.parametrize(
    ("frame", "wanted"),
    [
        (without(still("bridge"), HEAD), "show_head"),
        (without(still("bridge"), FEET), "show_feet"),
        (without(still("bridge"), HEAD + FEET), "step_back"),
        (moved(still("bridge"), lambda x, y: (0.5 + 4 * (x - 0.5), y)), "step_back"),
        (moved(still("bridge"), lambda x, y: (0.5 + (x - 0.5) / 2, 0.5 + (y - 0.5) / 2)), "come_closer"),
        (still("bridge", camera="oblique"), "turn_side_on"),
        (still("standing_extension"), "lie_down_ready"),
        (replace(still("bridge"), people=2), "several_people"),
        (replace(still("bridge"), landmarks=None), "nobody"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_trouble_has_its_advice(frame: LandmarkFrame, wanted: str) -> None:
    assert advice(frame) == wanted


def test_who_should_stand_is_asked_to_take_their_position() -> None:
    assert advice(still("bridge"), "standing_extension") == "take_position"


def test_the_feet_may_be_out_of_a_picture_that_needs_no_legs() -> None:
    spec = {**motion_spec("prone_on_elbows").to_json(), "sees": ["shoulder", "elbow", "hip"]}
    watching = Guide(json.dumps(spec), "both", 3, 2.0)
    frames = seen_for(without(still("prone_on_elbows"), FEET), 2.0)
    assert [watching.push(f.t_s, f.landmarks, f.width, f.height, 1)["framing"] for f in frames][-1] == "ready"


def test_an_advice_is_given_only_once_it_has_held() -> None:
    frames = seen_for(still("bridge"), STEADY_S - 0.1)
    assert [one["framing"] for one in told(frames)] == [None] * len(frames)


def test_a_flicker_shows_and_says_nothing() -> None:
    frames = seen_for(still("bridge"), 4.0)
    frames[25] = replace(frames[25], landmarks=None)
    shown = [one["framing"] for one in told(frames)]
    assert set(shown) == {None, "ready"}


def test_an_advice_is_repeated_seldom_and_ever_more_seldom() -> None:
    frames = seen_for(without(still("bridge"), FEET), 21.0)
    spoken = [one["t_s"] for one in told(frames) if one["say"]]
    assert spoken == pytest.approx([STEADY_S, STEADY_S + REPEAT_S, STEADY_S + 3 * REPEAT_S])


def test_ready_is_said_once() -> None:
    assert [one["say"] for one in told(seen_for(still("bridge"), 30.0)) if one["say"]] == ["ready"]
