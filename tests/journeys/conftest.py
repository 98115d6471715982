"""A real browser, and pages that ask for nothing outside their own server."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.journeys.play import SENDING, SHORT
from tests.journeys.playground import Playground, open_playground
from tests.journeys.served import Served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ISCHIA = [sys.executable, "-c", "from ischia.cli import main; main()"]
# Loopback is a secure context, so the browser offers everything here that it offers on https.
PERMISSIONS = ["screen-wake-lock"]
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)  # a busy computer is no fault of the page


# One browser for each module: a running one would keep Django's own tests in this process from the database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this computer: './ischia test' installs it where it may")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server on an empty folder, one for all tests of a module."""
    server = Served(tmp_path_factory.mktemp("data"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's patient, whose session of today is ready to begin."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    subprocess.run([*ISCHIA, "demo", "--data", str(folder)], check=True, capture_output=True)
    return folder


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return a maker of pages that fails the test on a script fault or on a request to anywhere else."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int = 1280, height: int = 800, clock: bool = True, **options: Any) -> Page:
        zone = f"Etc/GMT{time.timezone // 3600:+d}"  # the suite's own, by a name that browsers know
        options = {"reduced_motion": "reduce", "permissions": PERMISSIONS, "timezone_id": zone, **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        hosts: set[str] = set()

        def asked(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme in ("data", "blob"):
                return
            hosts.add(parts.netloc)
            if len(hosts) > 1:
                faults.append(f"a request went to another origin: {url}")

        page.on("request", lambda request: asked(request.url))
        page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))
        if clock:
            page.clock.install()
            page.add_init_script(SENDING)
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # a page that is still on its way somewhere may never close
        context.close()
    assert not faults


@pytest.fixture
def playground() -> Iterator[Playground]:
    """The stand-in server with a short session, nothing on record."""
    # One for each test: a page that is closed sends its last record late, and no other test shall receive it.
    with open_playground() as ground:
        ground.data = {**SHORT}
        yield ground


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A wide page whose time the test controls."""
    return open_page()


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A blank page from which the player's modules can be imported."""
    with open_playground() as ground:
        page = browser.new_page()
        page.goto(ground.address + "/blank/")
        yield page
        page.close()


@pytest.fixture
def screenshots(repository: Path) -> Path:
    """Where pictures of the pages are kept to be looked at; not part of the repository."""
    folder = repository / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
