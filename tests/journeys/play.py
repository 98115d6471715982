"""What tests of the player share: opening it, letting its time go by, and stopping it."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, Page, expect
from tests.journeys.playground import Playground, dose, player_data

SHORT = player_data(
    {"bridge": dose(hold_s=2, repetitions=2, sets=2), "pelvic_tilt": dose(hold_s=2, repetitions=2)}
)
ALL_SETS = [("bridge", "both", 1), ("bridge", "both", 2), ("pelvic_tilt", "both", 1)]
FAKE = Path(__file__).with_name("fake_coach.js")
# A page whose time a test lets go by would be far ahead of what it sends: this tells what is on its way.
SENDING = """
  window.sending = new Set();
  const asked = window.fetch;
  window.fetch = (...all) => {
    const answer = asked(...all);
    if (all[1]?.method === "PUT") {
      sending.add(answer);
      void answer.catch(() => undefined).finally(() => sending.delete(answer));
    }
    return answer;
  };
"""
CUT_SHORT = ("announce", "position", "place", "explain", "rest", "side")


def with_stand_in_coach(page: Page) -> Page:
    """Let the page load a coach that a test tells what it sees, in place of the true one."""
    script = FAKE.read_text(encoding="utf-8")
    page.route(
        "**/ischia/coach/coach.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    return page


def open_player(page: Page, ground: Playground) -> None:
    """Open or reload the player's page; while it loads, time goes by as it does."""
    page.goto("about:blank")  # a page that leaves by itself would cut in as soon as time goes by
    page.clock.resume()
    page.goto(ground.address + "/player/")
    page.locator("#start-button, #result-leave").and_(page.locator(":visible")).first.wait_for()


def start(page: Page, ground: Playground) -> None:
    """Open the player and press its start button."""
    open_player(page, ground)
    press_start(page)


def press_start(page: Page) -> None:
    """Begin. From here on time goes by only where a test lets it, on a busy computer, too."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 10)
    page.locator("#start-button").click()
    expect(page.locator("#stop")).to_be_visible()


def cut_short(page: Page) -> None:
    """Say "I am ready"."""
    page.keyboard.press("Enter")
    page.clock.run_for(100)


def kind(page: Page) -> str:
    """The kind of step that is on."""
    return str(page.evaluate("document.body.dataset.step"))


def go_by(page: Page) -> str:
    """Let a second go by, or say "I am ready" where that is possible; return the step it was in."""
    at = kind(page)
    if at in CUT_SHORT:
        cut_short(page)
    else:
        page.clock.run_for(1000)
    return at


def let_arrive(page: Page) -> None:
    """Wait in real time until what the page is sending has arrived, or is known not to."""
    page.evaluate("Promise.allSettled(window.sending ?? []).then(() => undefined)")


def run_to(page: Page, wanted: str, seconds: int = 300) -> None:
    """Let time go by until a step of this kind is on."""
    for _ in range(seconds):
        if kind(page) == wanted:
            return
        go_by(page)
    raise AssertionError(f"no {wanted} within {seconds} s, but {kind(page)}")


def wait_until(page: Page, reached: Callable[[], bool], wanted: str, seconds: int = 60) -> None:
    """Wait in real time, whatever the page's clock says, until something is reached."""
    for _ in range(10 * seconds):
        if reached():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not within {seconds} s: {wanted}")


def run_until(
    page: Page,
    reached: Callable[[], bool],
    wanted: str,
    seconds: int = 400,
    go_by: Callable[[Page], object] = go_by,
) -> None:
    """Let time go by until something is reached that takes an answer of the server."""
    for _ in range(seconds):
        if reached():
            return
        go_by(page)
        let_arrive(page)
    wait_until(page, reached, wanted)


def run_until_saved(page: Page, ground: Playground, count: int, seconds: int = 400) -> None:
    """Let time go by until so many events are on record."""
    run_until(page, lambda: len(ground.events) >= count, f"{count} events on record", seconds)


def run_until_it_waits(page: Page) -> None:
    """Let time go by until a record waits because there is no connection."""
    saved = page.locator("#saved")
    run_until(page, lambda: saved.inner_text().startswith("No connection"), "a record that waits", 120)


def run_to_the_end(page: Page, seconds: int = 900) -> None:
    """Let time go by until the session is over and the next page is open."""
    for _ in range(seconds // 3):
        try:
            if not page.url.endswith("/player/"):
                break
            page.clock.run_for(3000)
        except Error:  # the next page is just being opened
            break
    page.wait_for_url("**/after/")


def stop_with(page: Page, *keys: str) -> None:
    """Press Escape and answer by keys."""
    page.keyboard.press("Escape")
    expect(page.locator("#stop-dialog")).to_be_visible()
    for key in keys:
        page.keyboard.press(key)
