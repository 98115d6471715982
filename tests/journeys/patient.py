"""What a patient does on each page, told by what the page asks for and not by its words: for any language."""

from collections.abc import Callable

from playwright.sync_api import Error, Page, expect
from tests.journeys.play import run_until

Picture = Callable[[str], None]
LONGEST_SESSION_S = 45 * 60
KINDS = 13  # of steps in a usual session


def no_picture(_name: str) -> None:
    """Leave the picture out."""


def next_page(page: Page) -> None:
    """Press the page's main button, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("#entry .actions button.big").click()


def tell_where_it_hurts(page: Page, place: str = "buttock-left", pain: int = 3) -> None:
    """Name one painful place, and that there is nothing else."""
    details = page.locator(f"details[data-place='{place}']")
    if not details.evaluate("(one) => one.open"):
        details.locator("summary").click()
    details.locator(f"input[name='{place}-pain'][value='{pain}']").check(force=True)
    page.locator("input[name=nothing_else]").check(force=True)


def answer_no_to_everything(page: Page) -> None:
    """None of the signs, none of the conditions."""
    for box in page.locator("input[data-none]").all():
        box.check(force=True)
    for choice in page.locator("fieldset.question input[value=no]").all():
        choice.check(force=True)
    for choice in page.locator("fieldset.question input[value=same]").all():
        choice.check(force=True)


def first_visit(page: Page, address: str, picture: Picture, language: str = "en") -> None:
    """Go from the very first page to today's page."""
    page.goto(address + "/")
    page.locator(f".tongue button[value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    picture("welcome")
    page.locator("form.actions button.big").first.click()
    tell_where_it_hurts(page)
    picture("where-it-hurts")
    next_page(page)
    answer_no_to_everything(page)
    picture("questions")
    next_page(page)
    answer_no_to_everything(page)
    page.locator("[name=age_years]").fill("52")
    page.locator("[name=weeks_since_onset]").fill("8")
    page.locator("[name=preferred_time][value=morning]").check(force=True)
    picture("about-you")
    next_page(page)


def check_in(page: Page, address: str, picture: Picture) -> None:
    """Answer the check-in before a session, where it is still due."""
    page.goto(address + "/today/")
    start = page.locator("a[href='/check-in/']")
    if start.count() == 0:
        return
    picture("check-in-first")
    start.first.click()
    tell_where_it_hurts(page)
    answer_no_to_everything(page)
    picture("check-in")
    next_page(page)
    if "/questions/" in page.url:
        answer_no_to_everything(page)
        picture("check-in-questions")
        next_page(page)


def open_session(page: Page, address: str, picture: Picture) -> None:
    """From today's page into the player."""
    if "/today/" not in page.url:
        page.goto(address + "/today/")
    picture("today")
    page.locator("form.start button.big").click()
    page.locator("#start-button").wait_for()
    picture("player-start")


def step_kind(page: Page) -> str:
    """The kind of step that is on."""
    return str(page.evaluate("document.body.dataset.step"))


def go_on_if_asleep(page: Page) -> None:
    """Take the session up again where the page believes that the device slept.

    It does so after 5 s without a sign of life; a picture or a check of the page takes as long on a busy
    computer.
    """
    if page.locator("#paused").is_visible():
        page.locator("#pause").click()


def train_until(page: Page, reached: Callable[[], bool], stride_s: float = 1) -> None:
    """Let the session's time go by until something is reached."""

    def go_by(page: Page) -> None:
        go_on_if_asleep(page)
        page.clock.run_for(stride_s * 1000)

    run_until(page, reached, "that in the session", int(LONGEST_SESSION_S / stride_s), go_by)


def train_to(page: Page, kind: str) -> None:
    """Let the session's time go by until a step of this kind is on."""
    train_until(page, lambda: step_kind(page) == kind)


def train_to_the_end(page: Page, picture: Picture | None = None) -> None:
    """Do the whole session as it is led, with a picture of each kind of step."""
    seen: set[str] = set()
    for _ in range(LONGEST_SESSION_S // 2):
        try:
            screen, kind = page.evaluate("[document.body.dataset.screen, document.body.dataset.step]")
            if screen != "stage":
                break
            if picture and kind not in seen:
                seen.add(kind)
                page.clock.run_for(700)
                picture(f"player-{kind}")
            go_on_if_asleep(page)
            if kind == "feedback":
                answer_feedback(page, picture)
            page.clock.run_for(2000 if picture and len(seen) < KINDS else 5000)
        except Error:  # the session is over and the next page is being opened
            break
    page.wait_for_url("**/after/")


def answer_feedback(page: Page, picture: Picture | None = None) -> None:
    """Two taps: it was right, and the pain is as before."""
    effort = page.locator("[data-effort=right]")
    if effort.is_visible():
        effort.click()
        if picture:
            picture("player-pain")
        page.locator("#pain-same").click()


def after(page: Page, picture: Picture) -> None:
    """The map again, and the summary."""
    tell_where_it_hurts(page, pain=2)
    picture("after")
    next_page(page)
    page.wait_for_url("**/summary/")
    picture("summary")
