"""The player in a real browser: led by time, stopped by one key, nothing lost, nothing twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.conftest import OpenPage
from tests.journeys.playground import Playground, dose, player_data

pytestmark = pytest.mark.journey

SHORT = {"bridge": dose(hold_s=2, repetitions=2, sets=2), "pelvic_tilt": dose(hold_s=2, repetitions=2)}


@pytest.fixture(autouse=True)
def _short_session(playground: Playground) -> None:
    playground.data = player_data(SHORT)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def open_player(page: Page, ground: Playground) -> None:
    page.goto(ground.address + "/player/")
    page.locator("#start-button, #result-leave").and_(page.locator(":visible")).first.wait_for()


def start(page: Page, ground: Playground) -> None:
    open_player(page, ground)
    page.locator("#start-button").click()
    expect(page.locator("#stop")).to_be_visible()


def kind(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.step"))


def run_to(page: Page, wanted: str, seconds: int = 300) -> None:
    """Let time go by until a step of this kind is on."""
    for _ in range(seconds):
        if kind(page) == wanted:
            return
        page.clock.run_for(1000)
    raise AssertionError(f"no {wanted} within {seconds} s, but {kind(page)}")


def run_until_saved(page: Page, ground: Playground, count: int, seconds: int = 400) -> None:
    """Let time go by until so many events are on record."""
    for _ in range(seconds):
        if len(ground.events) >= count:
            return
        page.clock.run_for(1000)
    raise AssertionError(f"{len(ground.events)} events instead of {count} within {seconds} s")


def run_to_the_end(page: Page, seconds: int = 900) -> None:
    for _ in range(seconds // 5):
        try:
            if page.evaluate("document.body.dataset.screen") != "stage":
                return
            page.clock.run_for(5000)
        except Error:  # the summary is being opened
            return page.wait_for_url("**/after/")
    raise AssertionError("the session does not end")


def waiting_in_the_browser(page: Page) -> list[dict[str, Any]]:
    """Return what lies in the browser's own database, as it lies there."""
    rows: list[dict[str, Any]] = page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("ischia-outbox", 1);
          opening.onsuccess = () => {
            const all = opening.result.transaction("records").objectStore("records").getAll();
            all.onsuccess = () => resolve(all.result.map((row) => ({
              id: row.id, keys: Object.keys(row).sort(),
              text: new TextDecoder("latin1").decode(row.sealed),
            })));
          };
        })"""
    )
    return rows


def test_a_session_runs_by_itself_from_the_first_instruction_to_the_last(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    run_to_the_end(page)
    page.clock.run_for(4000)
    page.wait_for_url("**/after/")
    assert playground.kinds() == ["set", "set", "feedback", "set", "feedback", "finish"]
    first = playground.done[0]
    assert (first["repetitions"], first["hold_s"], first["measured_by"]) == (2, [2, 2], "timer")
    assert first["prescribed"] == SHORT["bridge"]
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
    run_to(page, "announce", 5)


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


def test_a_reload_goes_on_at_the_first_set_that_is_not_recorded(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_until_saved(page, playground, 1)
    run_to(page, "hold")
    open_player(page, playground)
    expect(page.locator("#resume-note")).to_be_visible()
    page.locator("#start-button").click()
    expect(page.locator("#caption")).to_contain_text("Welcome back")
    run_to(page, "ready")
    expect(page.locator("#dose")).to_contain_text("Set 2 of 2")
    run_to_the_end(page)
    assert playground.sets() == [("bridge", "both", 1), ("bridge", "both", 2), ("pelvic_tilt", "both", 1)]


def test_what_was_done_without_a_connection_is_kept_encrypted_and_sent_later(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.context.set_offline(True)
    for _ in range(90):
        page.clock.run_for(1000)
        if page.locator("#saved").inner_text().startswith("No connection"):
            break
    expect(page.locator("#saved")).to_have_text("No connection: 1 kept on this device")
    rows = waiting_in_the_browser(page)
    assert [row["keys"] for row in rows] == [["id", "iv", "sealed"]]
    assert "bridge" not in rows[0]["text"]
    page.context.set_offline(False)
    page.clock.run_for(31_000)
    expect(page.locator("#saved")).to_have_text("Saved")
    assert playground.sets()[0] == ("bridge", "both", 1)
    assert rows[0]["id"] not in [row["id"] for row in waiting_in_the_browser(page)]


def test_a_page_closed_without_a_connection_loses_nothing(
    open_page: OpenPage, playground: Playground
) -> None:
    page = open_page()
    start(page, playground)
    run_to(page, "hold")
    page.route("**/events/**", lambda route: route.abort())
    for _ in range(90):
        page.clock.run_for(1000)
        if page.locator("#saved").inner_text().startswith("No connection"):
            break
    assert not playground.events
    page.unroute("**/events/**")
    open_player(page, playground)
    expect(page.locator("#resume-note")).to_be_visible()
    expect(page.locator("#saved")).to_have_text("Saved")
    assert playground.sets() == [("bridge", "both", 1)]
    page.locator("#start-button").click()
    run_to_the_end(page)
    assert playground.sets() == [("bridge", "both", 1), ("bridge", "both", 2), ("pelvic_tilt", "both", 1)]


def test_an_answer_that_got_lost_leaves_the_record_once(page: Page, playground: Playground) -> None:
    playground.lose_answers = True
    start(page, playground)
    for _ in range(120):
        page.clock.run_for(1000)
        if len(playground.received) >= 3:
            break
    assert len(set(playground.received)) == 1
    playground.lose_answers = False
    run_to_the_end(page)
    page.clock.run_for(31_000)
    assert playground.sets() == [("bridge", "both", 1), ("bridge", "both", 2), ("pelvic_tilt", "both", 1)]


def test_without_encryption_records_wait_in_memory_and_the_page_says_so(
    page: Page, playground: Playground
) -> None:
    page.add_init_script(
        "Object.defineProperty(crypto, 'subtle', {value: undefined}); delete Crypto.prototype.randomUUID"
    )
    start(page, playground)
    run_to(page, "hold")
    page.context.set_offline(True)
    for _ in range(90):
        page.clock.run_for(1000)
        if page.locator("#saved").inner_text().startswith("No connection"):
            break
    expect(page.locator("#saved")).to_have_text("No connection: 1 kept while this page stays open")
    assert page.evaluate("indexedDB.databases()") == []
    page.context.set_offline(False)
    page.clock.run_for(31_000)
    expect(page.locator("#saved")).to_have_text("Saved")
    assert playground.sets()[0] == ("bridge", "both", 1)


def test_a_refused_record_is_said_plainly_and_blocks_nothing(page: Page, playground: Playground) -> None:
    playground.refuse = (422, "This set was never planned.")
    start(page, playground)
    for _ in range(120):
        page.clock.run_for(1000)
        if playground.received:
            break
    expect(page.locator("#saved")).to_have_text("Not accepted: This set was never planned.")
    playground.refuse = None
    run_until_saved(page, playground, 1)


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
    page.clock.run_for(4000)
    assert playground.sets() == [("knee_to_chest", "right", 1)]
    assert playground.done[0]["side"] == "left"


def stop_with(page: Page, *keys: str) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("#stop-dialog")).to_be_visible()
    for key in keys:
        page.keyboard.press(key)


def test_more_pain_ends_the_exercise_and_two_clear_answers_allow_the_rest(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    run_to(page, "hold")
    stop_with(page, "1", "2", "2")
    expect(page.locator("#result-text")).to_contain_text("This exercise ends here.")
    run_until_saved(page, playground, 1, 10)
    stop = playground.done[0]
    assert (stop["reason"], stop["pain_further_down"], stop["new_weakness_or_numbness"]) == (
        "hurts_more",
        False,
        False,
    )
    page.get_by_role("button", name="Go on without this exercise").click()
    run_to(page, "announce", 10)
    expect(page.locator("#exercise-title")).to_have_text("Pelvic tilt")
    run_to_the_end(page)
    page.clock.run_for(4000)
    assert playground.sets() == [("pelvic_tilt", "both", 1)]
    assert playground.kinds() == ["stop", "skip", "set", "feedback", "finish"]


@pytest.mark.parametrize("answers", [("1", "2"), ("2", "3"), ("3", "2"), ("3", "3")])
def test_any_other_answer_ends_the_session(
    page: Page, playground: Playground, answers: tuple[str, str]
) -> None:
    start(page, playground)
    stop_with(page, "1", *answers)
    expect(page.locator("#result-leave")).to_be_visible()
    expect(page.locator("#result-go-on")).to_be_hidden()
    page.keyboard.press("Enter")
    page.clock.run_for(5000)
    page.wait_for_url("**/after/")


def test_new_weakness_is_urgent_and_leads_to_the_stop_page(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    stop_with(page, "1", "2", "1")
    expect(page.locator("#result-text")).to_contain_text("must be seen by a doctor today")
    expect(page.locator("#result-text")).to_contain_text("emergency department")
    page.get_by_role("button", name="See what to do now").click()
    page.clock.run_for(5000)
    page.wait_for_url("**/stop/")
    assert playground.done[-1]["new_weakness_or_numbness"] is True


def test_an_urgent_answer_says_what_to_do_without_a_connection_too(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    page.context.set_offline(True)
    stop_with(page, "2", "2", "1")
    expect(page.locator("#result-text")).to_contain_text("must be seen by a doctor today")


def test_the_server_may_send_a_stopped_person_elsewhere(page: Page, playground: Playground) -> None:
    playground.next_url = "/check-in/"
    start(page, playground)
    stop_with(page, "1", "1", "2")
    run_until_saved(page, playground, 1, 10)
    expect(page.locator("#result-saved")).to_have_text("Saved")
    page.locator("#result-leave").click()
    page.clock.run_for(5000)
    page.wait_for_url("**/check-in/")


def test_a_stop_whose_questions_were_never_answered_is_recorded_unanswered(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    run_to(page, "hold")
    stop_with(page, "1")
    page.wait_for_timeout(300)
    assert playground.events == {}
    page.goto(playground.address + "/elsewhere/")
    open_player(page, playground)
    expect(page.locator("#result-title")).to_have_text("It hurts more")
    expect(page.locator("#result-go-on")).to_be_hidden()
    assert playground.kinds() == ["stop"]
    assert playground.done[0]["pain_further_down"] is None


def test_after_enough_for_today_a_person_may_still_go_on(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_until_saved(page, playground, 1)
    stop_with(page, "3")
    expect(page.locator("#result-text")).to_contain_text("enough for today")
    run_until_saved(page, playground, 2, 10)
    open_player(page, playground)
    page.locator("#start-button").click()
    run_to_the_end(page)
    assert playground.sets() == [("bridge", "both", 1), ("bridge", "both", 2), ("pelvic_tilt", "both", 1)]


def test_a_stop_pressed_by_mistake_goes_back_to_the_pause(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    stop_with(page, "Escape")
    expect(page.locator("#stop-dialog")).to_be_hidden()
    expect(page.locator("#paused")).to_be_visible()
    page.keyboard.press("Space")
    run_until_saved(page, playground, 1)
    assert playground.kinds() == ["set"]


def test_the_stop_button_is_in_every_dialog(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "explain")
    for opener in ("#skip", "#show-list", "#show-help", "#show-settings"):
        page.locator(opener).click()
        page.locator("dialog[open]").get_by_role("button", name="Stop the exercise").click()
        expect(page.locator("#stop-dialog")).to_be_visible()
        page.keyboard.press("Escape")


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


def test_leaving_full_screen_with_escape_counts_as_stop(page: Page, playground: Playground) -> None:
    start(page, playground)
    page.wait_for_function("document.fullscreenElement !== null")
    page.evaluate("document.exitFullscreen()")
    expect(page.locator("#stop-dialog")).to_be_visible()


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
    assert playground.sets() == [("bridge", "both", 1), ("bridge", "both", 2), ("pelvic_tilt", "both", 1)]


HEAR = """
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !(this.context instanceof OfflineAudioContext)) {
      window.ear ??= this.context.createAnalyser();
      connect.call(this, window.ear);
    }
    return connect.call(this, target, ...rest);
  };
  window.peak = () => {
    if (!window.ear) return 0;
    const samples = new Float32Array(window.ear.fftSize);
    window.ear.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  };
"""


def hear(page: Page, condition: str) -> None:
    """Wait for a loudness, at most ten seconds of real time."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never {condition}")


def test_the_voice_is_really_heard_and_mute_silences_it(page: Page, playground: Playground) -> None:
    page.add_init_script(HEAR)
    open_player(page, playground)
    page.wait_for_load_state("networkidle")
    page.locator("#start-button").click()
    hear(page, "peak() > 0.02")
    page.keyboard.press("m")
    hear(page, "peak() === 0")


def test_bell_and_breath_are_heard_without_any_clip(page: Page, playground: Playground) -> None:
    playground.data["voice"] = {"en": {}, "vi": {}}
    page.add_init_script(HEAR)
    start(page, playground)
    run_to(page, "hold")
    hear(page, "peak() > 0.02")


def test_a_device_voice_that_never_speaks_is_given_up(page: Page, playground: Playground) -> None:
    page.add_init_script(
        HEAR
        + """
        localStorage.setItem("ischia-player", JSON.stringify({voice: "system"}));
        window.asked = 0;
        const silent = {speak: () => (window.asked += 1), cancel: () => undefined, speaking: false,
          pending: false, getVoices: () => [{lang: "en-GB"}]};
        Object.defineProperty(window, "speechSynthesis", {value: silent});
        window.SpeechSynthesisUtterance = class {};
        """
    )
    open_player(page, playground)
    page.wait_for_load_state("networkidle")
    page.locator("#start-button").click()
    page.clock.run_for(2500)
    assert page.evaluate("asked") == 1
    hear(page, "peak() > 0.02")


def test_without_a_drawing_or_a_still_the_words_lead_on(page: Page, playground: Playground) -> None:
    page.route("**/figure.js", lambda route: route.abort())
    start(page, playground)
    run_to(page, "hold")
    expect(page.locator("#still")).to_be_hidden()
    expect(page.locator("#caption")).not_to_be_empty()
    run_until_saved(page, playground, 1)


def test_records_left_by_a_closed_player_are_sent_from_any_page(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.route("**/events/**", lambda route: route.abort())
    for _ in range(90):
        page.clock.run_for(1000)
        if page.locator("#saved").inner_text().startswith("No connection"):
            break
    page.unroute("**/events/**")
    page.goto(playground.address + "/elsewhere/")
    page.evaluate("import('/static/ischia/player/flush.js')")
    page.wait_for_timeout(300)
    assert playground.sets() == [("bridge", "both", 1)]
    assert json.dumps(playground.done[0])
