"""A browser that keeps today's session for a time without a connection."""

from playwright.sync_api import Page, expect
from tests.journeys import patient
from tests.journeys.served import Served

EVERYTHING_IS_KEPT = """async () => {
  const listing = await (await fetch("/offline/files.json")).json();
  const files = await (await caches.open("ischia-files-" + listing.version)).match("/offline/complete");
  const clips = await (await caches.open("ischia-voice")).keys();
  return Boolean(files) && clips.length >= listing.voice[document.documentElement.lang].length;
}"""


def come_in(page: Page, served: Served) -> None:
    """Go from the first page to today's session, and wait until the browser has kept what it needs."""
    page.goto(served.address + "/")
    page.locator("form.actions button.big").first.click()
    patient.open_session(page, served.address, patient.no_picture)
    wait_until_kept(page)


def wait_until_kept(page: Page, condition: str = EVERYTHING_IS_KEPT) -> None:
    """Wait for the service worker in real time, whatever the page's clock says."""
    for _ in range(600):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the browser has not kept everything")


def start(page: Page) -> None:
    page.locator("#start-button").click()
    expect(page.locator("#stop")).to_be_visible()
