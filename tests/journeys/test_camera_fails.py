"""What can happen to a camera in a session: one sentence says it, the timer goes on, nothing is lost."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.journeys import ledger, patient
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.camera import PATIENCE_MS, filming
from tests.journeys.filmed import (
    move_until_counted,
    plan_for_today,
    stand_before_the_camera,
    wait_for_the_coach,
)
from tests.journeys.play import wait_until
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ALOUD = "The camera is not there now. The timer goes on."
BACK = "The camera is back."
KILL = "(name) => window.grip.workers.findLast(([url]) => url.includes(name))[1].terminate()"
UNPLUG = """() => {
  const [track] = window.grip.streams.at(-1).getTracks();
  track.stop();
  track.dispatchEvent(new Event("ended"));
}"""
REFUSE = (
    "window.grip.instead = () => Promise.reject(Object.assign(new Error('no'), {name: 'NotAllowedError'}));"
)
OpenSession = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that has a camera."""
    with filming() as browser:
        yield browser


@pytest.fixture
def served(filled: Path, tmp_path: Path) -> Iterator[Served]:
    """The real server; today one long set of bridges is planned."""
    server = Served(Path(shutil.copytree(filled, tmp_path / "data")))
    plan_for_today(server.folder, ["bridge"], repetitions=30)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_session(browser: Browser, served: Served) -> Iterator[OpenSession]:
    """Open today's session for somebody who chose the camera before."""
    contexts: list[BrowserContext] = []

    def make(script: str = "", route: tuple[str, Callable[[Route], None]] | None = None) -> Page:
        # What a service worker asks for goes past the test.
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            permissions=["camera"],
            reduced_motion="reduce",
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        stand_before_the_camera(context, ["bridge"])
        context.add_init_script(script)
        if route:
            context.route(*route)
        page = context.new_page()
        page.goto(served.address + "/")
        page.locator("form.actions button.big").first.click()
        patient.open_session(page, served.address, lambda _: None)
        return page

    yield make
    for context in contexts:
        context.close()


def go_to(page: Page, wanted: str) -> None:
    """Go on in real time until a step of this kind is on."""
    for _ in range(400):
        kind = patient.step_kind(page)
        if kind == wanted:
            return
        if kind in ("announce", "position", "place", "explain"):
            page.keyboard.press("Enter")
        page.wait_for_timeout(100)
    raise AssertionError(f"no {wanted} comes, but {patient.step_kind(page)}")


def said(page: Page, text: str) -> int:
    return int(page.evaluate("(text) => window.said.filter((one) => one === text).length", text))


def is_said_again(page: Page, text: str, before: int) -> None:
    wait_until(page, lambda: said(page, text) > before, f"said again: {text}", PATIENCE_MS // 1000)


def is_told(page: Page, words: str, before: int = 0, shown: int = 0) -> None:
    """Hold the page to it: shown, said, and the session runs on."""
    page.wait_for_function(
        "([words, shown]) => window.remarks.slice(shown).some((text) => text.includes(words))",
        arg=[words, shown],
        timeout=PATIENCE_MS,
    )
    assert said(page, ALOUD) > before
    expect(page.locator("#paused")).to_be_hidden()


def goes_by(page: Page, words: str, script: str, *given: str) -> None:
    """Let something happen to the camera, and hold the page to telling it; then it is over again."""
    told, back, shown = said(page, ALOUD), said(page, BACK), page.evaluate("window.remarks.length")
    page.evaluate(script, *given)
    is_told(page, words, told, shown)
    page.evaluate("window.grip.covered = undefined")
    is_said_again(page, BACK, back)


def test_a_camera_that_is_refused_leaves_the_session_to_the_timer(open_session: OpenSession) -> None:
    page = open_session(REFUSE)
    wait_for_the_coach(page)
    page.locator("#start-button").click()
    is_told(page, "The camera was not allowed. The timer leads you.")
    go_to(page, "hold")
    go_to(page, "return")


@pytest.mark.parametrize(("body", "words"), [(None, "is missing"), ("damaged", "is damaged")])
def test_a_model_that_is_missing_or_damaged_leaves_the_session_to_the_timer(
    open_session: OpenSession, body: str | None, words: str
) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=404) if body is None else route.fulfill(body=body)

    page = open_session(route=("**/pose-full.task", answer))
    expect(page.locator("#camera-note")).to_contain_text(words, timeout=PATIENCE_MS)
    page.locator("#start-button").click()
    is_told(page, words)
    expect(page.locator("#camera")).to_have_text("Camera off")
    go_to(page, "hold")


@pytest.mark.parametrize(
    ("lack", "name"),
    [
        ("delete HTMLVideoElement.prototype.requestVideoFrameCallback;", "requestVideoFrameCallback"),
        ("delete window.OffscreenCanvas;", "OffscreenCanvas"),
        ("OffscreenCanvas.prototype.getContext = () => null;", "WebGL 2 in OffscreenCanvas"),
        ("Object.defineProperty(navigator, 'mediaDevices', {value: undefined});", "getUserMedia"),
    ],
)
def test_what_a_browser_lacks_is_named_and_the_timer_leads(
    open_session: OpenSession, lack: str, name: str
) -> None:
    page = open_session(lack)
    expect(page.locator("#camera-note")).to_contain_text(f"lacks what the camera coach needs ({name})")
    page.locator("#start-button").click()
    is_told(page, name)


def test_whatever_happens_to_the_camera_the_session_goes_on_and_nothing_is_lost(
    open_session: OpenSession, served: Served, repository: Path
) -> None:
    before = len(ledger.events(served.folder))
    page = open_session()
    wait_for_the_coach(page)
    page.locator("#start-button").click()
    expect(page.locator("#camera")).to_have_text("Camera on", timeout=PATIENCE_MS)
    go_to(page, "hold")
    if axe := axe_source(repository):
        assert faults_of(page, axe, "player, camera on") == []
    move_until_counted(page)

    for colour in ("black", "#a08080"):  # dark; a hand before the lens
        goes_by(page, "The camera sees nothing", "(colour) => (window.grip.covered = colour)", colour)
    for worker in ("pose-worker", "tracker-worker"):
        goes_by(page, "The camera coach does not answer", KILL, worker)

    page.evaluate("window.grip.two = true")
    expect(page.locator("#framing, #remark").get_by_text("I see more than one person.")).to_be_visible(
        timeout=PATIENCE_MS
    )
    page.evaluate("window.grip.two = false")

    told = said(page, ALOUD)
    page.evaluate(UNPLUG)
    is_told(page, "The camera is gone", told)
    expect(page.locator("#camera")).to_have_text("Camera off")
    if axe:
        assert faults_of(page, axe, "player, camera gone") == []
    told = said(page, ALOUD)
    page.keyboard.press("c")  # plugged in again
    expect(page.locator("#camera-note")).to_contain_text("The camera is on.", timeout=PATIENCE_MS)
    looked = page.evaluate("window.grip.looks.length")
    page.wait_for_function("looked => window.grip.looks.length > looked + 3", arg=looked)  # at the same set
    assert said(page, ALOUD) == told
    page.keyboard.press("c")
    expect(page.locator("#camera")).to_have_text("Camera off")

    led = int(page.locator("#unit").inner_text().split()[1]) - 1
    for key in ("Escape", "3"):
        page.keyboard.press(key)
    expect(page.locator("#result-saved")).to_have_text("Saved", timeout=PATIENCE_MS)
    record = ledger.events(served.folder)[before]
    assert (record["kind"], record["measured_by"]) == ("set", "camera")
    assert record["repetitions"] >= led
    assert len(record["reps"]) >= 1  # what was seen before all that
    # What was led by the timer alone has the timer's holds.
    assert len(record["hold_s"]) >= record["repetitions"] - len(record["reps"])
