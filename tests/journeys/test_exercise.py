"""An exercise's page in a real browser: flat at first, turned in 3-D when asked."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys.conftest import BROWSERS, FLAGS
from tests.journeys.served import Served

from ischia.catalogue import load_catalogue
from ischia.demonstration.graphics import three_js

DRAWING = [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
TEXTS = load_catalogue().texts("en")["bridge"].phases
# Drawing in 3-D without a graphics card takes its time on a busy computer.
PATIENCE_MS = 60_000

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(scope="module")
def drawing_browser() -> Iterator[Browser]:
    """The system's Chromium, able to draw in 3-D without a graphics card."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this computer: './ischia test' installs it where it may")
    with sync_playwright() as playwright:
        flags = [flag for flag in FLAGS if flag != "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=[*flags, *DRAWING])
        yield browser
        browser.close()


@pytest.fixture
def page(drawing_browser: Browser, served: Served) -> Iterator[Page]:
    """The bridge's page, for somebody who wants no movement; a fault or an outside request fails the test."""
    context = drawing_browser.new_context(viewport={"width": 640, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.address}/exercises/bridge/")
    yield page
    context.close()
    assert not faults
    assert all(url.startswith((served.address, "data:", "blob:")) for url in asked)


def picture(page: Page) -> str:
    page.wait_for_timeout(300)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: str = page.evaluate("document.querySelector('canvas').toDataURL()")
    return found


def test_the_library_and_the_bodies_are_fetched_only_when_asked_for(page: Page) -> None:
    page.wait_for_selector("#exercise-picture svg")

    fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")

    assert not any(part in name for name in fetched for part in ("three", ".glb", "/bodies/"))


def test_it_turns_by_keyboard_changes_its_body_and_stands_still_when_asked(page: Page) -> None:
    if three_js() is None:
        pytest.skip("three.js has not been fetched: 'ischia assets' does it")
    page.get_by_role("button", name="Turn it in 3-D").click()
    canvas = page.locator("canvas")
    canvas.wait_for()
    first = picture(page)
    assert picture(page) == first, "it moves although the person wants no movement"

    canvas.press("ArrowLeft")
    turned = picture(page)
    assert turned != first

    page.get_by_role("button", name="From above").click()
    above = picture(page)
    assert above not in (first, turned)

    with page.expect_response("**/bodies/m_adult.glb*"):
        page.get_by_label("Man", exact=True).check(force=True)
    page.wait_for_timeout(1500)
    assert picture(page) != above

    still = picture(page)
    page.get_by_role("button", name="Play").click()
    assert any(picture(page) != still for _ in range(60))


def test_without_the_library_it_says_so_and_keeps_the_flat_picture(page: Page) -> None:
    page.route(
        "**/bodies/three.js*",
        lambda route: route.fulfill(status=200, content_type="text/javascript", body=""),
    )
    page.wait_for_selector("#exercise-picture svg")

    page.get_by_role("button", name="Turn it in 3-D").click()
    page.get_by_text("The flat picture shows the same movement.").wait_for()

    assert page.locator("#exercise-picture svg").is_visible()
    assert page.locator("canvas").count() == 0


def test_a_finger_turns_it_and_the_page_still_scrolls(page: Page, tmp_path: Path) -> None:
    if three_js() is None:
        pytest.skip("three.js has not been fetched: 'ischia assets' does it")
    page.get_by_role("button", name="Turn it in 3-D").click()
    canvas = page.locator("canvas")
    canvas.wait_for()
    first = picture(page)
    box = canvas.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 100, steps=4)
    page.mouse.up()

    assert picture(page) != first
    assert canvas.evaluate("(node) => getComputedStyle(node).touchAction") == "pan-y"


def until(page: Page, condition: str) -> None:
    """Wait until the film fulfils a condition; the page's policy forbids Playwright's own way to wait."""
    waiting = f"""(film) => new Promise((done, never) => {{
      const look = () => ({condition}) ? done() : setTimeout(look, 30);
      look();
      setTimeout(() => never(Error({json.dumps(condition)})), {PATIENCE_MS});
    }})"""
    page.locator("video").evaluate(waiting)


def film_told(page: Page) -> dict[str, Any]:
    """The film as the browser has it."""
    found: dict[str, Any] = page.locator("video").evaluate(
        "(film) => ({paused: film.paused, duration: film.duration, now: film.currentTime, muted: film.muted,"
        " loop: film.loop, inline: film.playsInline, ready: film.readyState})"
    )
    return found


def test_a_film_of_a_person_is_fetched_when_asked_for_and_stands_in_the_hold_until_it_is_to_move(
    page: Page,
) -> None:
    page.wait_for_selector("#exercise-picture svg")
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert not any(".mp4" in name for name in names)

    page.get_by_role("button", name="Watch a person do it").click()
    until(page, "film.readyState >= 2 && !film.seeking")

    still = film_told(page)
    assert still["paused"] and still["muted"] and still["loop"] and still["inline"]
    assert still["duration"] > 5
    assert page.locator("#exercise-cue").inner_text() == TEXTS["hold"]
    page.wait_for_timeout(300)
    assert film_told(page)["now"] == still["now"], "it moves although the person wants no movement"
    page.get_by_role("button", name="Play").click()
    until(page, f"film.currentTime > {still['now']}")

    page.get_by_role("button", name="Back to the drawing").click()
    assert film_told(page)["paused"]
    assert page.locator("#exercise-picture svg").is_visible()
    assert not page.locator("video").is_visible()


def test_a_film_runs_over_its_end_into_its_beginning(drawing_browser: Browser, served: Served) -> None:
    page = drawing_browser.new_page()
    page.goto(f"{served.address}/exercises/bridge/")
    page.get_by_role("button", name="Watch a person do it").click()
    until(page, "film.readyState >= 2 && !film.paused")

    page.locator("video").evaluate("(film) => { film.currentTime = film.duration - 0.3; }")
    until(page, "film.currentTime < 2")

    assert not film_told(page)["paused"]
    page.close()


def test_a_film_that_cannot_be_had_leaves_the_drawing(page: Page) -> None:
    page.route("**/loops/*.mp4", lambda route: route.fulfill(status=200, content_type="video/mp4", body=""))
    page.wait_for_selector("#exercise-picture svg")

    page.get_by_role("button", name="Watch a person do it").click()
    page.get_by_text("The drawing shows the same movement.").wait_for()

    assert page.locator("#exercise-picture svg").is_visible()
