"""The player's timeline: what comes when, for how long, and what is left after what is done."""

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.journeys.playground import dose, player_data

pytestmark = pytest.mark.journey

BUILD = """async ({data, language, events, position, opening}) => {
  const {buildTimeline, secondsLeft} = await import("/static/ischia/player/timeline.js");
  const {plan, exercises, tempo} = data;
  const input = {plan, exercises, tempo, texts: data.texts[language], voice: data.voice[language]};
  const steps = buildTimeline({...input, events, position, opening});
  return {steps, seconds: secondsLeft(steps, 0, 0)};
}"""


def build(
    page: Page,
    data: dict[str, Any],
    events: list[dict[str, Any]] | None = None,
    position: str | None = "standing",
    language: str = "en",
) -> list[dict[str, Any]]:
    given = {
        "data": data,
        "language": language,
        "events": events or [],
        "position": position,
        "opening": "begin",
    }
    steps: list[dict[str, Any]] = page.evaluate(BUILD, given)["steps"]
    return steps


def set_done(exercise_id: str, side: str = "both", number: int = 1) -> dict[str, Any]:
    return {"kind": "set", "exercise_id": exercise_id, "side": side, "number": number}


def completed(steps: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [(one["exercise_id"], one["side"], one["set"]) for one in steps if one["completes_set"]]


def test_every_planned_set_of_every_side_is_completed_once_in_order(modules: Page) -> None:
    steps = build(modules, player_data({"knee_to_chest": dose(sets=2), "bridge": dose()}))
    assert completed(steps) == [
        ("knee_to_chest", "left", 1),
        ("knee_to_chest", "left", 2),
        ("knee_to_chest", "right", 1),
        ("knee_to_chest", "right", 2),
        ("bridge", "both", 1),
    ]
    assert [one["exercise_id"] for one in steps if one["kind"] == "feedback"] == ["knee_to_chest", "bridge"]


def test_each_repetition_is_held_for_the_prescribed_seconds(modules: Page) -> None:
    steps = build(modules, player_data({"bridge": dose(hold_s=7, repetitions=4)}))
    assert [one["duration_s"] for one in steps if one["kind"] == "hold"] == [7, 7, 7, 7]
    assert [one["rep"] for one in steps if one["completes_rep"]] == [1, 2, 3, 4]


def test_movements_keep_the_tempo_of_the_exercise_once_they_are_told(modules: Page) -> None:
    data = player_data({"bridge": dose(repetitions=3)})
    lift = next(phase for phase in data["exercises"]["bridge"]["phases"] if phase["to"] == "hold")
    steps = build(modules, data)
    lifts = [one["duration_s"] for one in steps if one["kind"] == "move" and one["phase"]["id"] == lift["id"]]
    assert lifts[0] >= lift["seconds"]
    assert lifts[1:] == [lift["seconds"]] * 2


def test_no_step_ends_before_its_words_are_said(modules: Page) -> None:
    exercises = {"knee_to_chest": dose(hold_s=30), "superman": dose(), "standing_extension": dose(hold_s=1)}
    for language in ("en", "vi"):
        data = player_data(exercises, language)
        for step in build(modules, data, language=language):
            ends = [say["at_s"] + data["voice"][language][say["text"]]["duration_s"] for say in step["says"]]
            assert max(ends, default=0) <= step["duration_s"] + 0.35, step["id"]


def test_sentences_never_overlap(modules: Page) -> None:
    data = player_data({"knee_to_chest": dose(hold_s=30, sets=2), "bird_dog": dose(hold_s=10)})
    for step in build(modules, data):
        for one, following in zip(step["says"], step["says"][1:], strict=False):
            assert one["at_s"] + data["voice"]["en"][one["text"]]["duration_s"] <= following["at_s"] + 0.01, (
                step["id"]
            )


def test_steps_carry_the_same_ids_in_both_languages(modules: Page) -> None:
    data = player_data({"knee_to_chest": dose(sets=2), "standing_extension": dose(), "bird_dog": dose()})
    ids = [[one["id"] for one in build(modules, data, language=language)] for language in ("en", "vi")]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


def test_the_body_is_given_time_to_turn_over_and_to_get_up_slowly(modules: Page) -> None:
    data = player_data(
        {"bridge": dose(), "superman": dose(), "standing_extension": dose(), "curl_up": dose()}
    )
    tempo = data["tempo"]
    changes = [(one["id"], one["duration_s"]) for one in build(modules, data) if one["kind"] == "position"]
    assert [name for name, _ in changes] == ["0.position", "1.position", "2.position", "3.position", "rise"]
    least = [
        tempo["lie_down_s"],
        tempo["turn_over_s"],
        tempo["get_up_s"] + tempo["stand_s"],
        tempo["lie_down_s"],
    ]
    assert all(seconds >= floor for (_, seconds), floor in zip(changes, least, strict=False))


def test_nobody_who_stands_or_lies_already_has_to_wait(modules: Page) -> None:
    steps = build(modules, player_data({"bridge": dose(), "superman": dose()}))
    assert all(one["early"] for one in steps if one["kind"] == "position")


def test_no_position_is_changed_between_exercises_in_the_same_one(modules: Page) -> None:
    steps = build(modules, player_data({"bridge": dose(), "pelvic_tilt": dose()}))
    assert [one["id"] for one in steps if one["kind"] == "position"] == ["0.position", "rise"]


def test_recorded_sets_are_not_asked_for_again(modules: Page) -> None:
    data = player_data({"knee_to_chest": dose(sets=2), "bridge": dose()})
    steps = build(
        modules, data, [set_done("knee_to_chest", "left"), set_done("knee_to_chest", "left", 2)], None
    )
    assert completed(steps)[0] == ("knee_to_chest", "right", 1)
    assert len(completed(steps)) == 3


def test_a_skipped_side_is_left_out_and_the_other_one_stays(modules: Page) -> None:
    skip = {"kind": "skip", "exercise_id": "knee_to_chest", "side": "left", "reason": "pain"}
    assert completed(build(modules, player_data({"knee_to_chest": dose()}), [skip])) == [
        ("knee_to_chest", "right", 1)
    ]


def test_feedback_is_still_asked_for_when_the_page_was_closed_before_it(modules: Page) -> None:
    data = player_data({"bridge": dose(), "curl_up": dose()})
    steps = build(modules, data, [set_done("bridge")], None)
    assert [one["kind"] for one in steps][:2] == ["begin", "feedback"]


def test_feedback_is_not_asked_twice_nor_after_a_stop(modules: Page) -> None:
    data = player_data({"bridge": dose(), "curl_up": dose()})
    for event in ({"kind": "feedback"}, {"kind": "stop"}):
        steps = build(modules, data, [set_done("bridge"), {**event, "exercise_id": "bridge"}], None)
        assert [one["exercise_id"] for one in steps if one["kind"] == "feedback"] == ["curl_up"]


def test_nothing_is_left_when_everything_is_recorded(modules: Page) -> None:
    events = [set_done("bridge"), {"kind": "feedback", "exercise_id": "bridge"}]
    assert build(modules, player_data({"bridge": dose()}), events) == []


def test_the_last_seconds_of_a_long_hold_are_counted_and_those_of_a_short_one_are_not(modules: Page) -> None:
    data = player_data({"bridge": dose(hold_s=10), "curl_up": dose(hold_s=3)})
    three = data["texts"]["en"]["phrases"]["number_3"]
    holds = [one for one in build(modules, data) if one["kind"] == "hold"]
    counted = {one["exercise_id"]: any(say["text"] == three for say in one["says"]) for one in holds}
    assert counted == {"bridge": True, "curl_up": False}


def test_a_plan_without_voice_clips_still_has_its_full_time(modules: Page) -> None:
    data = player_data({"bridge": dose()})
    with_clips = build(modules, data)
    data["voice"] = {"en": {}, "vi": {}}
    without = build(modules, data)
    assert [one["id"] for one in without] == [one["id"] for one in with_clips]
    assert all(one["duration_s"] > 0 for one in without)


def test_every_exercise_of_the_catalogue_has_words_for_each_of_its_steps(modules: Page) -> None:
    from ischia.catalogue import load_catalogue

    data = player_data({exercise_id: dose() for exercise_id in load_catalogue().exercises})
    for language in ("en", "vi"):
        for step in build(modules, data, language=language):
            assert step["caption"], step["id"]
            for say in step["says"]:
                assert say["text"] in data["voice"][language], say["text"]
