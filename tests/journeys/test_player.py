"""The player in a real browser: led by time, operable with one key or one tap."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.conftest import OpenPage
from tests.journeys.play import ALL_SETS, SHORT, kind, run_to, run_to_the_end, run_until_saved, start
from tests.journeys.playground import Playground, dose, player_data

pytestmark = pytest.mark.journey


def test_a_session_runs_by_itself_from_the_first_instruction_to_the_last(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    run_to_the_end(page)
    assert playground.kinds() == ["set", "set", "feedback", "set", "feedback", "finish"]
    first = playground.done[0]
    assert (first["repetitions"], first["hold_s"], first["measured_by"]) == (2, [2, 2], "timer")
    assert first["prescribed"] == SHORT["plan"]["exercises"][0]["doses"][0]["dose"]
    assert first["started_at"] < first["ended_at"]


def test_an_unanswered_question_stays_unanswered(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_until_saved(page, playground, 3)
    feedback = playground.done[2]
    assert (feedback["effort"], feedback["pain"]) == (None, None)


def test_effort_and_pain_take_two_taps(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "feedback")
    page.get_by_role("button", name="Hard").click()
    page.get_by_role("button", name="Same as before (4)").click()
    run_until_saved(page, playground, 3, 20)
    assert (playground.done[2]["effort"], playground.done[2]["pain"]) == ("hard", 4)
    run_to(page, "hold", 60)  # and the session goes on


def test_a_pain_of_zero_is_an_answer(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "feedback")
    page.keyboard.press("1")
    page.keyboard.press("0")
    run_until_saved(page, playground, 3, 20)
    assert (playground.done[2]["effort"], playground.done[2]["pain"]) == ("easy", 0)


def test_same_as_before_is_no_number_where_no_pain_was_ever_named(page: Page, playground: Playground) -> None:
    playground.data["pain_before"] = None
    start(page, playground)
    run_to(page, "feedback")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    run_until_saved(page, playground, 3, 20)
    assert (playground.done[2]["effort"], playground.done[2]["pain"]) == ("right", None)


def test_space_and_a_tap_pause_and_go_on(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "explain")
    page.keyboard.press("Space")
    expect(page.locator("#paused")).to_be_visible()
    left = page.locator("#time-left").inner_text()
    page.clock.run_for(60_000)
    assert page.locator("#time-left").inner_text() == left
    page.locator("#stage").click(position={"x": 30, "y": 200})
    expect(page.locator("#paused")).to_be_hidden()


def test_a_tapped_button_leaves_space_free_for_pausing(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "explain")
    page.locator("#mute").click()
    page.keyboard.press("Space")
    expect(page.locator("#paused")).to_be_visible()
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "true")


def test_a_page_out_of_sight_waits(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    page.clock.run_for(600_000)
    expect(page.locator("#paused-hint")).to_have_text("Paused, because the page was out of sight.")
    assert playground.events == {}


def test_a_broken_off_repetition_is_not_counted_and_not_lost(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.keyboard.press("Space")
    page.clock.run_for(10_000)
    page.keyboard.press("Space")
    assert kind(page) == "ready"
    run_until_saved(page, playground, 1)
    assert (playground.done[0]["repetitions"], playground.done[0]["hold_s"]) == (2, [2, 2])


def test_repeating_tells_the_exercise_again_and_keeps_the_count(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.keyboard.press("r")
    assert kind(page) == "explain"
    run_until_saved(page, playground, 1)
    assert playground.done[0]["repetitions"] == 2


def test_i_am_ready_ends_the_waiting(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "position")
    page.keyboard.press("Enter")
    assert kind(page) == "place"
    page.get_by_role("button", name="I am ready").click()
    assert kind(page) == "explain"


def test_an_exercise_left_out_is_recorded_with_its_reason(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("2")
    run_until_saved(page, playground, 1, 10)
    assert playground.done[0] | {"at": ""} == {
        "kind": "skip", "exercise_id": "bridge", "side": None, "reason": "tired", "at": "",
    }  # fmt: skip
    run_to(page, "announce", 10)
    expect(page.locator("#exercise-title")).to_have_text("Pelvic tilt")


def test_repetitions_done_before_leaving_out_are_recorded(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "pause")
    page.keyboard.press("s")
    page.keyboard.press("1")
    run_until_saved(page, playground, 2, 10)
    assert [(one["kind"], one.get("repetitions")) for one in playground.done] == [("set", 1), ("skip", None)]


def test_one_side_can_be_left_out(page: Page, playground: Playground) -> None:
    playground.data = player_data({"knee_to_chest": dose(hold_s=2, repetitions=1)})
    start(page, playground)
    run_to(page, "explain")
    page.keyboard.press("s")
    page.get_by_label("Only this side").check()
    page.get_by_role("button", name="I cannot do it").click()
    run_to_the_end(page)
    assert playground.sets() == [("knee_to_chest", "right", 1)]
    assert playground.done[0]["side"] == "left"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (844, 390)])
def test_every_panel_is_whole_and_shuts_nobody_out(
    open_page: OpenPage, playground: Playground, repository: Path, screenshots: Path, width: int, height: int
) -> None:
    source = axe_source(repository)
    page = open_page(width, height)
    folder = screenshots / f"panels-{width}"
    folder.mkdir(exist_ok=True)
    start(page, playground)
    run_to(page, "explain")
    page.clock.resume()  # the checker waits now and then
    faults: list[str] = []

    def look(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")
        stop = page.locator(
            "dialog[open] .stop, dialog[open]#stop-dialog, body:not(:has(dialog[open])) #stop"
        )
        expect(stop.first).to_be_in_viewport()
        faults.extend(faults_of(page, source, name) if source else [])

    look("explain")
    page.keyboard.press("Space")
    look("paused")
    for opener, close in (("s", "b"), ("l", "l"), ("?", "?")):
        page.keyboard.press(opener)
        look({"s": "skip", "l": "list", "?": "help"}[opener])
        page.keyboard.press(close)
    page.locator("#show-settings").click()
    look("settings")
    page.locator("#settings-dialog [data-close]").click()
    page.keyboard.press("Escape")
    look("stop")
    page.keyboard.press("1")
    look("question")
    assert faults == []


def test_the_figure_moves_for_those_who_want_it_and_not_for_others(
    open_page: OpenPage, playground: Playground
) -> None:
    playground.figures = True
    shown = {}
    for wish in ("no-preference", "reduce"):
        page = open_page(reduced_motion=wish)
        start(page, playground)
        run_to(page, "move")
        looks = set()
        for _ in range(4):
            page.clock.run_for(300)
            looks.add(page.locator("#figure").inner_html())
        shown[wish] = len(looks)
    assert shown["no-preference"] > 2
    assert shown["reduce"] == 1


def test_the_language_can_change_midway_and_the_place_stays(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_until_saved(page, playground, 1)
    run_to(page, "hold")
    page.get_by_role("button", name="Tiếng Việt").click()
    assert kind(page) == "hold"
    expect(page.locator("#stop")).to_have_text("DỪNG")
    expect(page.locator("#exercise-title")).to_have_text("Bắc cầu")
    assert page.evaluate("document.documentElement.lang") == "vi"
    run_to_the_end(page)
    assert playground.sets() == ALL_SETS


def test_without_a_drawing_or_a_still_the_words_lead_on(page: Page, playground: Playground) -> None:
    playground.missing = "figure.js"
    start(page, playground)
    run_to(page, "hold")
    expect(page.locator("#still")).to_be_hidden()
    expect(page.locator("#caption")).not_to_be_empty()
    run_until_saved(page, playground, 1)
