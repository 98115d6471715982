"""The coach's files come while the check-in is answered, for those alone who chose the camera before."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.camera import PATIENCE_MS, filming
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CHOSEN = 'localStorage.setItem("ischia-player", JSON.stringify({camera: true}));'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that has a camera."""
    with filming() as browser:
        yield browser


@pytest.fixture(scope="module")
def served(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server with somebody in it."""
    server = Served(Path(shutil.copytree(filled, tmp_path_factory.mktemp("ahead") / "data")))
    server.start()
    yield server
    server.stop()


def asked_for(browser: Browser, served: Served, script: str) -> tuple[Page, list[str]]:
    """Open today's page and a page of the check-in; return the coach's files that were asked for."""
    context = browser.new_context(service_workers="block")
    context.add_init_script(script)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address + "/")
    page.locator("form.actions button.big").first.click()
    page.wait_for_url("**/today/")
    page.goto(served.address + "/check-in/")
    return page, asked


def test_who_chose_the_camera_before_gets_the_coach_during_the_check_in(
    browser: Browser, served: Served
) -> None:
    page, asked = asked_for(browser, served, CHOSEN)
    expect(page.locator("#coach-ahead label")).to_have_text("The camera coach is ready.", timeout=PATIENCE_MS)
    assert page.locator("#coach-ahead progress").evaluate("(bar) => bar.value") == 1
    names = {url.rsplit("/", 1)[1] for url in asked if "/coach/assets/" in url}
    assert {"pose-full.task", "pyodide.asm.wasm", "ischia.zip"} <= names
    assert "pose-lite.task" not in names
    page.context.close()


def test_nobody_else_loads_anything_of_it(browser: Browser, served: Served) -> None:
    page, asked = asked_for(browser, served, "")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#coach-ahead")).to_be_hidden()
    assert [url for url in asked if url.startswith(served.address + "/coach/")] == []
    page.context.close()


def test_a_server_without_the_coach_says_nothing_of_it(browser: Browser, served: Served) -> None:
    context = browser.new_context(service_workers="block")
    context.add_init_script(CHOSEN)
    context.route("**/coach/assets.json", lambda route: route.fulfill(status=404))
    page = context.new_page()
    page.goto(served.address + "/")
    page.locator("form.actions button.big").first.click()
    page.wait_for_url("**/today/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    expect(page.locator("#coach-ahead")).to_be_hidden()
    context.close()
