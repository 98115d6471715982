"""The stop button: at once, two questions, what to do, and when the session may go on."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.play import (
    ALL_SETS,
    open_player,
    run_to,
    run_to_the_end,
    run_until_saved,
    start,
    stop_with,
    wait_until,
)
from tests.journeys.playground import Playground

pytestmark = pytest.mark.journey


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
    expect(page.locator("#result-saved")).to_have_text("Saved")
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
    wait_until(page, lambda: bool(playground.events), "a record")
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
    assert playground.sets() == ALL_SETS


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


def test_leaving_full_screen_with_escape_counts_as_stop(page: Page, playground: Playground) -> None:
    start(page, playground)
    page.wait_for_function("document.fullscreenElement !== null")
    page.evaluate("document.exitFullscreen()")
    expect(page.locator("#stop-dialog")).to_be_visible()
