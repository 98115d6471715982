"""The page to try the camera out, used as people use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.camera import PATIENCE_MS, Held, filming
from tests.journeys.served import Served

from ischia.analysis import analyse

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CLIP = Path(__file__).resolve().parents[1] / "data" / "bridge_08_physioplus.mp4"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser with a test picture before its camera."""
    with filming() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A phone whose requests are held to our own origin."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, permissions=["camera"], reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    held = Held(context, served.address)
    yield context
    context.close()
    assert not held.faults


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Page:
    """The page, before anything was started."""
    page = context.new_page()
    page.goto(f"{served.address}/camera/?exercise=bridge")
    return page


def test_a_video_gives_the_same_count_as_the_command_line(page: Page) -> None:
    truth = analyse(CLIP, "bridge")
    page.get_by_label("Choose a video").set_input_files(CLIP)
    expect(page.locator("#privacy-words")).to_contain_text("Nothing leaves this device")
    expect(page.locator("#result li").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#count")).to_have_text(str(truth.count))
    held_s = [float(text.split()[1]) for text in page.locator("#result ol li").all_inner_texts()]
    assert held_s == pytest.approx([rep.hold_s or 0.0 for rep in truth.repetitions], abs=0.4)
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")


def test_it_can_be_used_by_keyboard_alone(page: Page) -> None:
    page.get_by_label("Exercise").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#privacy-words")).to_contain_text("The camera is on", timeout=PATIENCE_MS)
    expect(page.locator("#advice")).to_have_text("Nobody is in the picture.", timeout=PATIENCE_MS)
    page.get_by_label("Exercise").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")
    expect(page.locator("#result")).to_contain_text("No repetition was seen")


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("vi", 1280)])
def test_nobody_is_shut_out(
    context: BrowserContext, served: Served, repository: Path, language: str, width: int
) -> None:
    if (axe := axe_source(repository)) is None:
        pytest.skip("axe-core is not installed: './ischia test' gets it")
    context.add_cookies([{"name": "ischia_language", "value": language, "url": served.address}])
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{served.address}/camera/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults_of(page, axe, "camera, off") == []
    page.locator("#start").click()
    expect(page.locator("#privacy.on")).to_be_visible(timeout=PATIENCE_MS)
    assert faults_of(page, axe, "camera, on") == []


def test_a_file_that_is_no_video_is_told(page: Page, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.mp4"
    nothing.write_bytes(b"no video at all")
    page.get_by_label("Choose a video").set_input_files(nothing)
    expect(page.locator("#advice")).to_contain_text("cannot play this file")
    expect(page.get_by_role("button", name="Start the camera")).to_be_visible()


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        (
            "Object.defineProperty(window, 'isSecureContext', {value: false})",
            "ischia serve --https",
        ),
        ("delete HTMLVideoElement.prototype.requestVideoFrameCallback", "lacks: requestVideoFrameCallback"),
        ("delete window.OffscreenCanvas", "lacks: OffscreenCanvas"),
    ],
)
def test_what_the_browser_lacks_is_said_in_plain_words(
    context: BrowserContext, served: Served, lack: str, words: str
) -> None:
    context.add_init_script(lack)
    page = context.new_page()
    page.goto(f"{served.address}/camera/")
    expect(page.locator("#advice")).to_contain_text(words)
    page.get_by_role("button", name="Start the camera").click()
    expect(page.locator("#advice")).to_contain_text(words)
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")


def test_over_https_of_our_own_the_camera_opens(browser: Browser, tmp_path: Path, repository: Path) -> None:
    server = Served(tmp_path / "data", "--https")
    server.start()
    context = browser.new_context(ignore_https_errors=True, permissions=["camera"], reduced_motion="reduce")
    held = Held(context, server.address)
    page = context.new_page()
    page.goto(f"{server.address}/camera/")
    assert page.evaluate("isSecureContext")
    page.get_by_role("button", name="Start the camera").click()
    expect(page.locator("#privacy-words")).to_contain_text("The camera is on", timeout=PATIENCE_MS)
    axe = axe_source(repository)
    page.goto(f"{server.address}/certificate/")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not axe or faults_of(page, axe, f"certificate at {width}") == []
    context.close()
    server.stop()
    assert not held.faults
