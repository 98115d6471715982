"""A session before a camera: the camera leads, and wherever it cannot, the timer does."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.play import (
    CUT_SHORT,
    cut_short,
    kind,
    open_player,
    press_start,
    run_to,
    run_until,
    run_until_saved,
    start,
    with_stand_in_coach,
)
from tests.journeys.playground import Playground, dose, player_data

pytestmark = pytest.mark.journey
FOLLOWED: dict[str, dict[str, Any]] = {
    "move": {"phase": "hold", "hold_s": 0.1},
    "hold": {"phase": "hold", "hold_s": 2.0},
}
NOTE_REMARKS = """() => {
  window.remarks = [];
  const remark = document.getElementById("remark");
  new MutationObserver(() => remarks.push(remark.textContent)).observe(remark, {childList: true});
}"""


@pytest.fixture
def page(page: Page) -> Page:
    return with_stand_in_coach(page)


def start_with_camera(page: Page, ground: Playground) -> None:
    open_player(page, ground)
    page.locator("#use-camera").check()
    expect(page.locator("#camera")).to_have_text("Camera on")
    press_start(page)


def sees(page: Page, seconds: float, **live: Any) -> None:
    """Let time go by while the camera sees this."""
    for _ in range(round(seconds * 5)):
        page.evaluate("live => coach.see(live)", live)
        page.clock.run_for(200)


def caption(page: Page) -> str:
    return page.locator("#caption").inner_text()


def media_s(page: Page) -> float:
    return float(page.evaluate("performance.now() / 1000"))


def follow(page: Page) -> None:
    """Let a moment go by in which the person does what is asked."""
    at = kind(page)
    if at in CUT_SHORT:
        cut_short(page)
    else:
        sees(page, 0.4, **FOLLOWED.get(at, {}))


def hold_of(page: Page, rep: int) -> float:
    """Go on until this repetition is held, and return the camera's second."""
    for _ in range(200):
        if kind(page) == "hold" and page.locator("#unit").inner_text().startswith(f"Rep {rep} "):
            return media_s(page)
        follow(page)
    raise AssertionError(f"repetition {rep} is never held")


def move_along(page: Page, ground: Playground, count: int) -> None:
    """Do what is asked until so many events are on record."""
    run_until(page, lambda: len(ground.events) >= count, f"{count} events on record", go_by=follow)


def seen_at(hold_s: float) -> dict[str, Any]:
    """Return the record of a repetition whose hold begins then."""
    edges = {"start_s": hold_s - 1, "hold_start_s": hold_s, "hold_end_s": hold_s + 1, "end_s": hold_s + 2}
    return {**edges, "hold_s": 2.5, "side": "both", "complete": True, "confidence": 0.8}


def cue(id_: str, at_s: float) -> dict[str, Any]:
    return {"id": id_, "at_s": at_s, "confidence": 0.9}


def give(page: Page, repetitions: list[dict[str, Any]], cues: list[dict[str, Any]] | None = None) -> None:
    """Let the coach's record of the set be this."""
    record = {"repetitions": repetitions, "cues": cues or [], "symmetry": None}
    page.evaluate("record => coach.record = record", record)


def run_to_ready(page: Page) -> None:
    """Go on until a set is about to be counted down; nobody has been seen yet."""
    for _ in range(200):
        if kind(page) == "ready":
            return
        if kind(page) in CUT_SHORT:
            cut_short(page)
        else:
            page.clock.run_for(400)
    raise AssertionError("no set begins")


def run_to_move(page: Page) -> None:
    for _ in range(200):
        if kind(page) == "move":
            return
        if kind(page) in ("announce", "position", "place", "explain"):
            page.keyboard.press("Enter")
        else:
            sees(page, 0.4)
    raise AssertionError("no movement begins")


def test_a_movement_waits_for_the_person_and_a_hold_runs_by_what_is_held(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    sees(page, 4)
    assert kind(page) == "move"
    sees(page, 3, phase="hold", hold_s=0.5)
    assert kind(page) == "hold"
    sees(page, 0.4, phase="hold", hold_s=2.0)
    assert kind(page) == "return"


def test_of_two_ways_to_a_hold_only_the_last_waits_for_the_person(page: Page, playground: Playground) -> None:
    playground.data = player_data({"marching_bridge": dose(hold_s=2, repetitions=1)})
    start_with_camera(page, playground)
    run_to_move(page)
    sees(page, 5)
    assert (kind(page), caption(page)) == ("move", "Lift one foot.")
    sees(page, 3, phase="out")
    assert (kind(page), caption(page)) == ("move", "Lift one foot.")
    sees(page, 0.4, phase="hold", hold_s=0.1)
    assert kind(page) == "hold"
    sees(page, 0.4, phase="hold", hold_s=2.0)
    assert (kind(page), caption(page)) == ("return", "Set your foot down.")
    sees(page, 4, phase="back")
    assert (kind(page), caption(page)) == ("return", "Lower your hips slowly.")
    sees(page, 0.4)
    assert kind(page) == "side"


def test_where_nothing_is_seen_the_timer_takes_over_and_says_so_once(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    sees(page, 4, scored=False, phase="unseen")
    expect(page.locator("#remark")).to_contain_text("did not see")
    run_until_saved(page, playground, 1)
    assert playground.done[0]["measured_by"] == "timer"


def test_a_set_keeps_what_the_camera_saw_of_it_and_no_picture(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    first_s, second_s = hold_of(page, 1), hold_of(page, 2)
    cues = [cue("sagging", first_s), cue("sagging", second_s)]
    give(page, [seen_at(first_s), seen_at(second_s)], cues)
    move_along(page, playground, 1)
    record = playground.done[0]
    assert (record["measured_by"], record["cues"], len(record["reps"])) == ("camera", ["sagging"], 2)
    assert set(record["reps"][0]) == set(seen_at(0)) - {"hold_s"}
    assert record["hold_s"] == [2.5, 2.5]


def test_what_was_said_to_be_not_seen_is_not_on_record_as_seen(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    first_s = media_s(page) + 1
    sees(page, 4, scored=False, phase="unseen")
    expect(page.locator("#remark")).to_contain_text("did not see")
    second_s = hold_of(page, 2)
    give(page, [seen_at(first_s), seen_at(second_s)], [cue("sagging", first_s)])
    move_along(page, playground, 1)
    record = playground.done[0]
    assert (record["measured_by"], record["cues"]) == ("camera", [])
    assert [one["hold_start_s"] for one in record["reps"]] == [second_s]
    assert record["hold_s"] == [2, 2.5]


def test_a_movement_before_the_set_began_is_none_of_its_repetitions(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    before_s = media_s(page) - 2
    first_s, second_s = hold_of(page, 1), hold_of(page, 2)
    give(page, [{**seen_at(before_s), "hold_s": 9.0}, seen_at(first_s), seen_at(second_s)])
    move_along(page, playground, 1)
    assert playground.done[0]["hold_s"] == [2.5, 2.5]


def test_what_was_seen_before_the_camera_was_gone_is_kept(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    first_s = hold_of(page, 1)
    give(page, [seen_at(first_s)])
    while page.locator("#unit").inner_text() != "Rep 2 of 2":
        follow(page)
    page.evaluate("coach.told.trouble('camera_lost')")
    run_until_saved(page, playground, 1)
    record = playground.done[0]
    assert (record["measured_by"], len(record["reps"]), record["hold_s"]) == ("camera", 1, [2.5, 2])


def test_the_set_is_counted_down_once_the_whole_body_is_seen(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_ready(page)
    for _ in range(8):
        sees(page, 1, framing="show_feet", say="show_feet")
    assert kind(page) == "ready"
    expect(page.locator("#framing")).to_have_text("Move the camera until I see your feet.")
    expect(page.get_by_role("button", name="Begin without waiting")).to_be_visible()
    sees(page, 1, framing="ready")
    expect(page.get_by_role("button", name="Begin without waiting")).to_be_hidden()
    assert kind(page) == "ready"  # three, two, one
    sees(page, 3, framing="ready")
    assert kind(page) == "move"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_nobody_is_shut_out_while_the_count_down_waits(
    page: Page, playground: Playground, repository: Path, language: str
) -> None:
    if (axe := axe_source(repository)) is None:
        pytest.skip("axe-core is not installed: './ischia test' gets it")
    playground.data["language"] = language
    page.set_viewport_size({"width": 390, "height": 844})
    open_player(page, playground)
    page.locator("#use-camera").check()
    expect(page.locator("#camera[aria-pressed=true]")).to_be_visible()
    page.locator("#start-button").click()
    run_to_ready(page)
    sees(page, 4, framing="show_feet", say="show_feet")
    expect(page.locator("#ready")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults_of(page, axe, f"player, waiting, {language}") == []


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
def test_on_a_phone_no_word_lies_on_the_ring_around_the_count(
    page: Page, playground: Playground, size: tuple[int, int]
) -> None:
    playground.figures = True
    page.set_viewport_size({"width": size[0], "height": size[1]})
    start_with_camera(page, playground)
    run_to_move(page)
    before, ring, after = (
        page.locator(f".dial {part}").bounding_box() for part in ("#phase", "svg", "#unit")
    )
    assert before and ring and after
    assert before["x"] + before["width"] <= ring["x"]
    assert ring["x"] + ring["width"] <= after["x"]


def test_a_tap_begins_although_not_all_is_seen(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_ready(page)
    sees(page, 4, framing="step_back")
    page.keyboard.press("Enter")
    sees(page, 3.4, framing="step_back")
    assert kind(page) == "move"


def test_who_never_comes_into_the_picture_is_led_by_the_timer(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_ready(page)
    page.evaluate(NOTE_REMARKS)  # a busy computer may read a remark only when it is gone again
    sees(page, 61, framing="nobody", scored=False, phase="unseen")
    assert kind(page) == "ready"
    sees(page, 5, framing="nobody", scored=False, phase="unseen")
    assert "I do not see you well enough. The timer leads you." in page.evaluate("remarks")
    run_until_saved(page, playground, 1)
    assert playground.done[0]["measured_by"] == "timer"


def test_trouble_midway_is_told_in_one_sentence_and_the_timer_goes_on(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    page.evaluate("coach.told.trouble('camera_lost')")
    expect(page.locator("#remark")).to_have_text("The camera is gone. The timer leads you.")
    run_until_saved(page, playground, 1)


def test_a_coach_that_stops_for_good_turns_the_camera_off_until_it_is_turned_on_again(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    page.evaluate("coach.told.trouble('given_up')")
    told = (
        "The camera coach stopped, and the camera is off. The timer leads you; C or a tap turns it on again."
    )
    expect(page.locator("#remark")).to_have_text(told)
    expect(page.locator("#camera")).to_have_text("Camera off")
    assert page.evaluate("streams.map((one) => one.getTracks()[0].readyState)") == ["ended"]
    page.keyboard.press("c")
    expect(page.locator("#camera")).to_have_text("Camera on")
    assert page.evaluate("streams.map((one) => one.getTracks()[0].readyState)") == ["ended", "live"]


def test_a_camera_that_is_turned_off_and_on_again_goes_on_with_the_same_set(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    sees(page, 0.4)
    page.keyboard.press("c")
    expect(page.locator("#camera")).to_have_text("Camera off")
    page.keyboard.press("c")
    expect(page.locator("#camera-note")).to_contain_text("The camera is on.")
    assert len(page.evaluate("coach.begun")) == 1


def test_a_camera_that_was_refused_leaves_everything_to_the_timer(page: Page, playground: Playground) -> None:
    page.add_init_script("globalThis.refused = true")
    open_player(page, playground)
    page.locator("#use-camera").check()
    expect(page.locator("#camera-note")).to_contain_text("was not allowed")
    page.locator("#start-button").click()
    run_to(page, "hold")


def test_the_persons_own_tap_ends_a_repetition(page: Page, playground: Playground) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#unit")).to_have_text("Rep 2 of 2")


def test_nothing_is_asked_of_who_does_not_want_a_camera(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    expect(page.locator("#camera")).to_be_hidden()
