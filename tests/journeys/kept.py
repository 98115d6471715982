"""A browser that keeps today's session for a time without a connection."""

from playwright.sync_api import Page, expect
from tests.journeys import patient
from tests.journeys.play import wait_until
from tests.journeys.served import Served

LACKING = """async () => {
  const listing = await (await fetch("/offline/files.json")).json();
  const files = await (await caches.open("ischia-files-" + listing.version)).match("/offline/complete");
  const clips = await (await caches.open("ischia-voice")).keys();
  const lacks = {files: !files, clips: clips.length < listing.voice[document.documentElement.lang].length};
  return Object.keys(lacks).filter((what) => lacks[what]);
}"""


def come_in(page: Page, served: Served) -> None:
    """Go from the first page to today's session, and wait until the browser has kept what it needs."""
    page.goto(served.address + "/")
    page.locator("form.actions button.big").first.click()
    patient.open_session(page, served.address, patient.no_picture)
    wait_until_kept(page)


def wait_until_kept(page: Page, lacking: str = LACKING) -> None:
    """Wait for the service worker in real time, whatever the page's clock says, until it lacks nothing."""
    try:
        wait_until(page, lambda: not page.evaluate(lacking), "everything kept", 90)
    except AssertionError as fault:
        controlled = page.evaluate("Boolean(navigator.serviceWorker.controller)")
        fault.add_note(
            f"still lacking: {page.evaluate(lacking)}; a service worker is in charge: {controlled}"
        )
        raise


def start(page: Page) -> None:
    page.locator("#start-button").click()
    expect(page.locator("#stop")).to_be_visible()
