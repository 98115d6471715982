"""A session before a camera: the camera leads, and wherever it cannot, the timer does."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.play import kind, open_player, run_to, run_until_saved, start
from tests.journeys.playground import Playground

pytestmark = pytest.mark.journey
FAKE = Path(__file__).with_name("fake_coach.js")
SEEN = {"start_s": 1.0, "hold_start_s": 2.0, "hold_end_s": 4.5, "end_s": 6.0, "hold_s": 2.5}
REPETITION = {**SEEN, "side": "both", "complete": True, "confidence": 0.8}


@pytest.fixture
def page(page: Page) -> Page:
    script = FAKE.read_text(encoding="utf-8")
    page.route(
        "**/ischia/coach/coach.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    return page


def start_with_camera(page: Page, ground: Playground) -> None:
    open_player(page, ground)
    page.locator("#use-camera").check()
    expect(page.locator("#camera")).to_have_text("Camera on")
    page.locator("#start-button").click()


def sees(page: Page, seconds: float, **live: Any) -> None:
    """Let time go by while the camera sees this."""
    for _ in range(round(seconds * 5)):
        page.evaluate("live => coach.see(live)", live)
        page.clock.run_for(200)


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
    cues = [{"id": "sagging"}, {"id": "sagging"}]
    record = {"repetitions": [REPETITION], "cues": cues, "symmetry": None}
    page.evaluate("record => coach.record = record", record)
    run_until_saved(page, playground, 1)
    record = playground.done[0]
    assert (record["measured_by"], record["cues"], len(record["reps"])) == ("camera", ["sagging"], 1)
    assert set(record["reps"][0]) == set(REPETITION) - {"hold_s"}
    assert sorted(record["hold_s"]) == [2, 2.5]


def test_trouble_midway_is_told_in_one_sentence_and_the_timer_goes_on(
    page: Page, playground: Playground
) -> None:
    start_with_camera(page, playground)
    run_to_move(page)
    page.evaluate("coach.told.trouble('camera_lost')")
    expect(page.locator("#remark")).to_have_text("The camera is gone. The timer leads you.")
    run_until_saved(page, playground, 1)


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
