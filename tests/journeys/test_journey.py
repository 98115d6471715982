"""A patient's morning on the real server, in a real browser: from the first page to the history."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys import ledger, patient
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.conftest import OpenPage
from tests.journeys.patient import Picture, no_picture
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The real server on an empty folder."""
    server = Served(tmp_path / "data")
    server.start()
    yield server
    server.stop()


# The other steps of the player fill the very same places of the page with other words.
ALIKE = {
    f"player-{kind}" for kind in ("announce", "position", "place", "ready", "return", "pause", "side", "rest")
}


class Album:
    """Takes a picture of each page and looks for what shuts people out."""

    def __init__(self, page: Page, folder: Path, axe: str | None = None) -> None:
        """Keep pictures of ``page`` in ``folder``; with ``axe``'s source each kind of page is checked."""
        self.page = page
        self.folder = folder
        self.axe = axe
        self.faults: list[str] = []
        self.seen: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, name: str) -> None:
        """Take the picture ``name``."""
        if name in self.seen:
            return
        self.seen.add(name)
        whole = not name.startswith("player")
        self.page.screenshot(path=self.folder / f"{len(self.seen):02}-{name}.png", full_page=whole)
        if self.axe and name not in ALIKE:
            self.faults += faults_of(self.page, self.axe, name)


def start_session(page: Page, served: Served, picture: Picture = no_picture, language: str = "en") -> None:
    patient.first_visit(page, served.address, picture, language)
    patient.check_in(page, served.address, picture)
    patient.open_session(page, served.address, picture)
    page.locator("#start-button").click()


def test_the_accessibility_checker_is_there(repository: Path) -> None:
    if axe_source(repository) is None:
        pytest.skip("axe-core is not installed: 'npm ci' installs it, and pages are checked with it")


@pytest.mark.parametrize(
    ("language", "width", "height"),
    [("en", 1280, 800), ("vi", 390, 844)],
)
def test_a_whole_morning(
    open_page: OpenPage,
    served: Served,
    screenshots: Path,
    repository: Path,
    language: str,
    width: int,
    height: int,
) -> None:
    page = open_page(width, height)
    album = Album(page, screenshots / f"{language}-{width}", axe_source(repository))
    start_session(page, served, album, language)
    patient.train_to_the_end(page, album)
    patient.after(page, album)
    page.goto(served.address + "/history/")
    expect(page.locator(".days .day")).to_have_count(1)
    album("history")
    page.locator(".days a.day").click()
    album("history-session")
    for name in ("care", "settings", "help"):
        page.goto(f"{served.address}/{name}/")
        album(name)
    assert album.faults == []
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    planned = ledger.planned_sets(served.folder)
    assert len(planned) > 5
    assert ledger.recorded_sets(served.folder) == planned
    kinds = [one["kind"] for one in ledger.events(served.folder)]
    assert kinds.count("feedback") == len({exercise for exercise, _, _ in planned})
    assert kinds[-1] == "finish"


def test_a_killed_server_a_reload_and_a_lost_connection_lose_no_set_and_double_none(
    open_page: OpenPage, served: Served
) -> None:
    page = open_page()
    start_session(page, served)
    folder = served.folder

    def recorded(count: int) -> None:
        patient.train_until(page, lambda: len(ledger.recorded_sets(folder)) >= count)

    recorded(1)
    patient.train_to(page, "hold")
    served.kill()
    patient.train_until(page, lambda: "waiting" in (page.locator("#saved").get_attribute("class") or ""))
    assert len(ledger.recorded_sets(folder)) == 1
    served.start()
    recorded(2)

    patient.train_to(page, "hold")
    page.reload()
    page.locator("#start-button").click()
    recorded(3)

    patient.train_to(page, "hold")
    page.context.set_offline(True)
    patient.train_until(page, lambda: "waiting" in (page.locator("#saved").get_attribute("class") or ""))
    page.context.set_offline(False)
    recorded(4)

    patient.train_to_the_end(page)
    assert ledger.recorded_sets(folder) == ledger.planned_sets(folder)


def test_enough_for_today_ends_in_a_summary_of_what_was_done(
    open_page: OpenPage, served: Served, screenshots: Path
) -> None:
    page = open_page(390, 844)
    album = Album(page, screenshots / "stop-enough")
    start_session(page, served)
    patient.train_until(page, lambda: len(ledger.recorded_sets(served.folder)) >= 1)
    patient.train_to(page, "hold")
    page.locator("#stop").click()
    album("player-stop-reasons")
    page.locator("[data-reason=enough]").first.click()
    album("player-stop-advice")
    page.locator("#result-leave").click()
    page.clock.run_for(5000)
    page.wait_for_url("**/after/")
    patient.after(page, album)
    stop = [one for one in ledger.events(served.folder) if one["kind"] == "stop"]
    assert [(one["reason"], one["pain_further_down"]) for one in stop] == [("enough", None)]
    page.goto(served.address + "/history/")
    expect(page.locator(".days .day")).to_have_count(1)


def test_new_weakness_in_the_middle_locks_exercise_and_says_where_to_go(
    open_page: OpenPage, served: Served, screenshots: Path, repository: Path
) -> None:
    page = open_page(390, 844)
    album = Album(page, screenshots / "stop-urgent", axe_source(repository))
    start_session(page, served, language="vi")
    patient.train_to(page, "hold")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    album("player-stop-question")
    page.keyboard.press("2")
    page.keyboard.press("1")
    album("player-stop-advice")
    page.locator("#result-leave").click()
    page.clock.run_for(5000)
    page.wait_for_url("**/stop/")
    album("stop-page")
    page.goto(served.address + "/today/")
    page.wait_for_url("**/stop/")
    assert album.faults == []


def reach(page: Page, selector: str) -> None:
    """Go to an element with the Tab key alone."""
    page.locator(selector).first.wait_for()
    for _ in range(250):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never reaches {selector}")


def test_a_session_needs_no_pointer(open_page: OpenPage, served: Served) -> None:
    page = open_page(clock=False)

    def press(selector: str, key: str = "Enter") -> None:
        reach(page, selector)
        page.keyboard.press(key)

    def say_none() -> None:
        for box in page.locator("input[data-none]").all():
            press(f"input[name='{box.get_attribute('name')}']", "Space")
        for choice in page.locator("fieldset.question input[value=no]").all():
            press(f"input[name='{choice.get_attribute('name')}']", "Space")

    def tell_pain() -> None:
        press("details[data-place='buttock-left'] summary")
        press("input[name='buttock-left-pain']", "Space")
        page.keyboard.press("ArrowRight")
        press("input[name=nothing_else]", "Space")

    def go_on(selector: str = "#entry .actions button.big") -> None:
        with page.expect_navigation():
            press(selector)

    page.goto(served.address + "/")
    go_on("form.actions button.big")
    tell_pain()
    go_on()
    say_none()
    go_on()
    say_none()
    reach(page, "[name=age_years]")
    page.keyboard.type("47")
    go_on()
    if page.locator("a[href='/check-in/']").count():
        go_on("a.button[href='/check-in/']")
        if not page.locator("details[data-place='buttock-left']").evaluate("(one) => one.open"):
            tell_pain()
        else:
            press("input[name='buttock-left-pain']", "Space")
            press("input[name=nothing_else]", "Space")
        say_none()
        go_on()
        say_none()
        go_on()
    go_on("form.start button.big")
    page.locator("#start-button").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#stop")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator("#paused")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#stop-dialog")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#stop-dialog') !== null")
    page.keyboard.press("3")
    expect(page.locator("#result-leave")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/after/")
    tell_pain()
    go_on()
    page.wait_for_url("**/summary/")
