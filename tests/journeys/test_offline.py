"""Without a connection: a session that was opened goes on to its end, and its records arrive later."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys import ledger, patient
from tests.journeys.conftest import ISCHIA, OpenPage
from tests.journeys.kept import come_in, start, wait_until_kept
from tests.journeys.patient import no_picture
from tests.journeys.play import wait_until
from tests.journeys.playground import StandIn, open_playground
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PASSWORD = "a long and rainy morning"
KEPT = "What you did is kept on this device, and is sent as soon as there is a connection."
ROWS = """(store) => new Promise((resolve) => {
  const opening = indexedDB.open("ischia-kept");
  opening.onsuccess = () => {
    const all = opening.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => resolve(all.result.map((row) => ({
      keys: Object.keys(row).sort(), text: new TextDecoder("latin1").decode(row.sealed),
    })));
  };
})"""


@pytest.fixture
def served(filled: Path, tmp_path: Path) -> Iterator[Served]:
    """The real server on a copy of that folder."""
    server = Served(Path(shutil.copytree(filled, tmp_path / "data")))
    server.start()
    yield server
    server.stop()


def test_with_the_server_stopped_a_whole_session_runs_and_its_record_arrives_later(
    open_page: OpenPage, tmp_path: Path
) -> None:
    served = Served(tmp_path / "data")
    served.start()
    page = open_page(390, 844)
    patient.first_visit(page, served.address, no_picture)
    patient.check_in(page, served.address, no_picture)
    patient.open_session(page, served.address, no_picture)
    wait_until_kept(page)
    start(page)
    patient.train_until(page, lambda: len(ledger.recorded_sets(served.folder)) == 1, stride_s=3)
    served.kill()

    missing: list[str] = []
    page.on("requestfailed", lambda one: missing.append(f"{one.method} {one.url}"))
    page.reload()
    expect(page.locator("#start-list li.done")).to_have_count(1)
    start(page)
    patient.train_to(page, "hold")
    expect(page.locator("#figure svg")).to_be_visible()
    patient.train_until(page, lambda: page.evaluate("document.body.dataset.screen") == "result", stride_s=5)
    expect(page.locator("#result-text")).to_contain_text("kept on this device")
    page.locator("#result-leave").click()
    page.clock.run_for(5000)
    page.wait_for_url("**/after/")
    expect(page.locator("#waiting")).to_have_text(KEPT)
    expect(page.get_by_text("Emergency department, now")).to_be_visible()
    assert {one.split("/")[3] for one in missing} <= {"api"}, missing
    assert len(ledger.recorded_sets(served.folder)) == 1
    page.goto("about:blank")

    served.start()
    page.goto(served.address + "/today/")
    wait_until(page, lambda: ledger.events(served.folder)[-1]["kind"] == "finish", "a finished session")
    assert ledger.recorded_sets(served.folder) == ledger.planned_sets(served.folder)
    page.goto(served.address + "/today/")
    page.locator("form.start button.big").click()
    patient.after(page, no_picture)
    assert page.evaluate(ROWS, "pages") == page.evaluate(ROWS, "done") == []
    served.stop()


def test_the_page_that_stands_in_goes_on_by_itself_once_there_is_a_connection(
    open_page: OpenPage, served: Served
) -> None:
    page = open_page(390, 844, clock=False)
    come_in(page, served)
    served.kill()
    page.goto(served.address + "/history/")
    expect(page.locator("h1")).to_have_text("No connection to ischia")
    expect(page.locator("#waiting")).to_be_hidden()
    page.locator("[data-language=vi]").click()
    expect(page.locator("h1")).to_have_text("Không kết nối được với ischia")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#go-on").click()
    expect(page.locator("#start-button")).to_be_visible()
    page.goto(served.address + "/history/")
    served.start()
    expect(page.locator(".days")).to_be_visible()


def test_what_is_kept_of_a_person_lies_encrypted(open_page: OpenPage, served: Served) -> None:
    page = open_page(clock=False)
    come_in(page, served)
    rows = page.evaluate(ROWS, "pages")
    assert [row["keys"] for row in rows] == [["id", "iv", "sealed"]]
    assert "session-data" not in rows[0]["text"]
    addresses = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    public = re.compile(r"/(static|figures|coach)/|/offline/(en/|vi/|files\.json|complete)$")
    assert [one for one in addresses if not public.match(one)] == []


def test_another_days_session_does_not_open(open_page: OpenPage, served: Served) -> None:
    page = open_page(clock=False)
    come_in(page, served)
    session = page.url
    served.kill()
    page.goto(session)
    expect(page.locator("#start-button")).to_be_visible()
    (worker,) = page.context.service_workers
    worker.evaluate("() => { const now = Date.now; Date.now = () => now() + 24 * 3600 * 1000; }")
    page.goto(session)
    expect(page.locator("#other-day")).to_be_visible()
    expect(page.locator("#start-button")).to_have_count(0)
    assert page.evaluate(ROWS, "pages") == []


def test_a_page_left_open_over_night_leads_to_the_new_days_check_in(
    open_page: OpenPage, served: Served
) -> None:
    page = open_page()
    come_in(page, served)
    page.clock.fast_forward("24:00:00")
    page.locator("#start-button").click()
    page.wait_for_url("**/today/")


def test_a_stop_stays_a_stop_and_a_locked_day_opens_no_kept_session(
    open_page: OpenPage, served: Served
) -> None:
    page = open_page(390, 844, clock=False)
    come_in(page, served)
    session = page.url
    start(page)
    for key in ("Escape", "1", "2", "1"):
        page.keyboard.press(key)
    expect(page.locator("#result-saved")).to_have_text("Saved")
    served.kill()
    page.goto(session)  # kept before the stop
    expect(page.locator("#result-title")).to_have_text("It hurts more")
    expect(page.locator("#start-button")).to_be_hidden()
    page.locator("#result-leave").click()
    expect(page.get_by_text("Emergency department, now")).to_be_visible()
    page.goto("about:blank")  # or the page that stands in goes on by itself meanwhile
    served.start()
    page.goto(served.address + "/stop/")
    served.kill()
    page.goto(session)
    expect(page.locator("#other-day")).to_be_visible()


def log_in(page: Page, served: Served, name: str) -> None:
    page.goto(served.address + "/log-in/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("#entry button.big").click()
    expect(page.locator("[name=password]")).to_have_count(0)


def test_logging_out_forgets_what_was_kept_and_loses_no_record(open_page: OpenPage, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for name in ("An", "Chi"):
        add = ["account", "add", name, "--role", "patient", "--password-stdin", "--data", str(folder)]
        subprocess.run([*ISCHIA, *add], input=PASSWORD, text=True, check=True, capture_output=True)
    served = Served(folder, "--accounts")
    served.start()
    page = open_page(clock=False)
    log_in(page, served, "An")
    patient.first_visit(page, served.address, no_picture)
    patient.check_in(page, served.address, no_picture)
    patient.open_session(page, served.address, no_picture)
    wait_until_kept(page)
    start(page)
    page.route("**/api/**", lambda route: route.abort())
    for key in ("Escape", "3"):
        page.keyboard.press(key)
    expect(page.locator("#result-saved")).to_have_text("No connection: 1 kept on this device")
    page.goto(served.address + "/settings/")
    page.locator("form[action='/log-out/'] button").click()
    page.wait_for_url("**/log-in/")
    assert page.evaluate(ROWS, "pages") == page.evaluate(ROWS, "done") == []
    page.unroute("**/api/**")
    arrived = ledger.events(folder)  # a busy browser may have got it out as the page was closed

    log_in(page, served, "Chi")  # another person's record is neither taken nor lost
    page.goto(served.address + "/settings/")
    page.wait_for_timeout(500)
    assert ledger.events(folder) == arrived
    page.locator("form[action='/log-out/'] button").click()
    page.wait_for_url("**/log-in/")
    log_in(page, served, "An")
    wait_until(page, lambda: bool(ledger.events(folder)), "a record")
    assert [one["reason"] for one in ledger.events(folder)] == ["enough"]
    served.stop()


def test_who_deletes_everything_leaves_nothing_in_the_browser(open_page: OpenPage, served: Served) -> None:
    page = open_page(clock=False)
    come_in(page, served)
    start(page)
    page.route("**/api/**", lambda route: route.abort())
    for key in ("Escape", "3"):
        page.keyboard.press(key)
    expect(page.locator("#result-saved")).to_have_text("No connection: 1 kept on this device")
    waiting = ROWS.replace("ischia-kept", "ischia-outbox")
    assert len(page.evaluate(waiting, "records")) == 1
    page.goto(served.address + "/settings/delete/")
    page.locator("input[name=sure]").check(force=True)
    page.locator("#entry button.alarm").click()
    expect(page.locator("h1")).to_have_text("Everything is deleted")
    page.wait_for_selector("body[data-forgotten]")
    for rows, store in ((waiting, "records"), (ROWS, "pages"), (ROWS, "done")):
        assert page.evaluate(rows, store) == []
    page.get_by_role("link", name="To the start page").click()
    page.wait_for_url("**/welcome/")


class _BadGateway(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(502)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_PUT(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


def test_a_proxy_in_front_of_a_stopped_server_counts_as_no_connection(
    open_page: OpenPage, served: Served
) -> None:
    page = open_page(clock=False)
    come_in(page, served)
    served.kill()
    with StandIn(("127.0.0.1", served.port), _BadGateway) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        page.reload()
        start(page)
        proxy.shutdown()


def test_files_are_replaced_as_a_whole_once_the_new_ones_are_complete(open_page: OpenPage) -> None:
    with open_playground() as ground:
        page = open_page(clock=False)
        version = {"now": "1", "broken": ""}

        def answer(route: object, request: object) -> None:
            path = request.url.removeprefix(ground.address)  # type: ignore[attr-defined]
            if path == "/offline/files.json":
                body = {"version": version["now"], "files": ["/static/a.js", "/static/b.js"], "voice": {}}
                return route.fulfill(json=body)  # type: ignore[attr-defined]
            status = 500 if path == version["broken"] else 200
            return route.fulfill(status=status, body=path + version["now"])  # type: ignore[attr-defined]

        page.route(re.compile("/offline/files.json|/static/[ab].js"), answer)
        page.goto(ground.address + "/blank/")
        keep = (
            "async (version) => { const files = await import('/static/ischia/offline/files.js');"
            " await files.keepFiles(version);"
            " return Promise.all(['/static/a.js', '/static/b.js']"
            ".map(async (path) => (await files.keptFile(path)).text())); }"
        )
        assert page.evaluate(keep, "1") == ["/static/a.js1", "/static/b.js1"]
        version.update(now="2", broken="/static/b.js")
        assert page.evaluate(keep, "2") == ["/static/a.js1", "/static/b.js1"]
        version.update(broken="")
        assert page.evaluate(keep, "2") == ["/static/a.js2", "/static/b.js2"]
        assert sorted(page.evaluate("caches.keys()")) == ["ischia-files-2", "ischia-voice"]
