"""The coach in the browser: the same records as everywhere, a film counted exactly, and what goes wrong."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.journeys.camera import GRIP, PATIENCE_MS, Held, film_for_camera, film_with_two, filming, row
from tests.journeys.filmed import is_held_right, looks_of, skip_if_too_slow, slowest_hz
from tests.journeys.served import Served

from ischia.recording import read_track

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
EXPECTED: dict[str, Any] = json.loads((ROOT / "conformance" / "records.json").read_text(encoding="utf-8"))
FILM = ROOT / "tests" / "data" / "bridge_rendered.mp4"
TRUTH: dict[str, Any] = json.loads(FILM.with_suffix(".truth.json").read_text(encoding="utf-8"))

# The tracker's worker by itself: a whole track in, its records out.
TRACK = """async ([spec, rows]) => {
  const {Hand} = await import("/static/ischia/coach/hand.js");
  const {listAssets} = await import("/static/ischia/coach/assets.js");
  if (!window.tracker) {
    window.tracker = new Hand("tracker-worker.js", (said) => window.said(said), (why) => window.said(why));
    await window.tracker.load({assets: await listAssets()});
  }
  const floats = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
  for (const row of rows) row.landmarks = row.landmarks && floats(row.landmarks);
  const answer = new Promise((resolve) => (window.said = resolve));
  window.tracker.post({kind: "begin", set: 1, spec, side: "both", repetitions: 2, hold_s: 2, rows});
  window.tracker.post({kind: "finish"});
  return (await answer).record;
}"""

# A set before the camera, until its film has been shown once.
SET = """async ([exercise_id, until_s]) => {
  const {Coach, openCamera} = await import("/static/ischia/coach/coach.js");
  const seen = {troubles: [], counts: []};
  let over;
  const shown = new Promise((resolve) => (over = resolve));
  const coach = new Coach({
    live: (live) => {
      if (seen.counts.at(-1) !== live.count) seen.counts.push(live.count);
      if (live.t_s >= until_s) over();
    },
    trouble: (trouble) => seen.troubles.push(trouble),
  });
  await coach.load();
  await coach.begin({exercise_id, side: "both", repetitions: 2, hold_s: 2});
  await coach.open(await openCamera());
  await shown;
  coach.close();
  const record = await coach.finish();
  coach.end();
  return {...seen, record, model: coach.model};
}"""


# Chrome on an iPhone, by name, and a WebKit whose WebGL takes no picture but those that its worker has made.
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/135.0.7049.83 Mobile/15E148 Safari/604.1"
)
PICKY = """
const mine = new WeakSet();
const give = OffscreenCanvas.prototype.transferToImageBitmap;
OffscreenCanvas.prototype.transferToImageBitmap = function () {
  const made = give.call(this);
  mine.add(made);
  return made;
};
const upload = WebGL2RenderingContext.prototype.texImage2D;
WebGL2RenderingContext.prototype.texImage2D = function (...how) {
  if (how.at(-1) instanceof ImageBitmap && !mine.has(how.at(-1))) how[1] = -1; // no such level: an error
  return upload.apply(this, how);
};
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser with a rendered bridge before its camera."""
    film = film_for_camera(FILM, tmp_path_factory.mktemp("film") / "bridge.mjpeg")
    with filming(film) as browser:
        yield browser


Open = Callable[..., Page]


def watched(
    browser: Browser, served: Served, permissions: list[str], name: str | None = None
) -> tuple[BrowserContext, Held]:
    """A context that is held to our own origin."""
    context = browser.new_context(permissions=permissions, user_agent=name)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(GRIP)
    return context, Held(context, served.address)


@pytest.fixture
def open_camera(browser: Browser, served: Served) -> Iterator[Open]:
    """Open the page to try the camera out, in a context that is held to our own origin."""
    contexts: list[tuple[BrowserContext, Held]] = []

    def make(
        allowed: bool = True,
        route: tuple[str, Callable[[Route], None]] | None = None,
        name: str | None = None,
    ) -> Page:
        context, held = watched(browser, served, ["camera"] if allowed else [], name)
        contexts.append((context, held))
        if route:
            context.route(*route)
        page = context.new_page()
        page.goto(f"{served.address}/camera/")
        return page

    yield make
    for context, held in contexts:
        context.close()
        assert not held.faults


@pytest.fixture(scope="module")
def _looking(browser: Browser, served: Served) -> Iterator[Page]:
    context, held = watched(browser, served, ["camera"])
    page = context.new_page()
    page.goto(f"{served.address}/camera/")
    yield page
    context.close()
    assert not held.faults


@pytest.fixture
def loaded(_looking: Page) -> Iterator[Page]:
    """The page to try the camera out, its camera off before and after; what was loaded before stays.

    The camera is one for all pages of the browser, and its film runs on while anybody looks.
    """
    expect(_looking.get_by_role("button", name="Start the camera")).to_be_visible()
    yield _looking
    _looking.evaluate("document.getElementById('stop').click()")
    _looking.evaluate("delete window.grip.instead")


@pytest.fixture(scope="module")
def python_in_the_browser(browser: Browser, served: Served) -> Iterator[Page]:
    """A page with the tracker's worker, for all the tracks."""
    page = browser.new_page()
    page.goto(f"{served.address}/camera/")
    yield page
    page.close()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_track_gives_the_same_records_in_the_browser(name: str, python_in_the_browser: Page) -> None:
    expected = EXPECTED[name]
    spec = (ROOT / "conformance" / "specs" / f"{expected['spec']}.json").read_text(encoding="utf-8")
    rows = [row(frame) for frame in read_track(ROOT / "conformance" / "tracks" / f"{name}.npz")]
    record = python_in_the_browser.evaluate(TRACK, [spec, rows])
    assert {key: record[key] for key in expected["records"]} == expected["records"]


def test_a_film_before_the_camera_is_counted_exactly(open_camera: Open) -> None:
    page = open_camera()
    last_s = TRUTH["repetitions"][-1]["end_s"]
    seen = page.evaluate(SET, ["bridge", last_s + 1.0])
    skip_if_too_slow(slowest_hz(looks_of(page)))
    assert seen["troubles"] == []
    assert seen["record"]["count"] == len(TRUTH["repetitions"])
    assert seen["counts"][-1] == len(TRUTH["repetitions"])
    assert is_held_right("bridge", [found["hold_s"] for found in seen["record"]["repetitions"]])


def started(page: Page) -> Page:
    """Start the camera and wait until something was seen."""
    page.get_by_role("button", name="Start the camera").click()
    expect(page.locator("#phase")).not_to_have_text("–", timeout=PATIENCE_MS)
    return page


def test_with_the_camera_on_nothing_leaves_but_questions_to_our_own_origin(
    open_camera: Open, served: Served, browser: Browser
) -> None:
    context = browser.new_context(permissions=["camera"])
    held = Held(context, served.address)
    page = context.new_page()
    page.goto(f"{served.address}/camera/")
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")
    started(page)
    expect(page.locator("#privacy-words")).to_have_text("The camera is on. Nothing leaves this device.")
    loaded = len(held.asked)
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")
    context.close()
    assert not held.faults
    assert held.asked[loaded:] == []  # once all is there, looking asks for nothing at all
    # What the workers ask for is held, too: the page itself loads each of these only once.
    for name in ("pose-full.task", "pyodide.asm.wasm", "ischia.zip"):
        assert sum(url.endswith(name) for url in held.asked) >= 2


def test_a_camera_that_is_refused_is_told(open_camera: Open) -> None:
    page = open_camera(allowed=False)
    page.get_by_role("button", name="Start the camera").click()
    expect(page.locator("#advice")).to_contain_text("may not use the camera", timeout=PATIENCE_MS)
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")
    expect(page.get_by_role("button", name="Start the camera")).to_be_visible()


def test_a_camera_that_is_unplugged_is_told_and_can_be_started_again(loaded: Page) -> None:
    page = started(loaded)
    page.evaluate("""() => {
      const [track] = window.grip.streams.at(-1).getTracks();
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }""")
    expect(page.locator("#advice")).to_contain_text("The camera is gone")
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")
    started(page)
    expect(page.locator("#privacy-words")).to_contain_text("The camera is on")


def test_a_covered_or_frozen_camera_is_told_until_it_sees_again(loaded: Page) -> None:
    page = loaded
    page.evaluate("""() => {
      const canvas = Object.assign(document.createElement("canvas"), {width: 64, height: 48});
      const pen = canvas.getContext("2d");
      let shade = 0;
      setInterval(() => {
        if (window.grip.frozen) return;
        pen.fillStyle = `rgb(${shade++ % 5}, 0, 0)`;
        pen.fillRect(0, 0, 64, 48);
        if (!window.grip.uncovered) return;
        for (let at = 0; at < 64; at += 8) {
          pen.fillStyle = at % 16 ? "white" : "gray";
          pen.fillRect(at, 0, 8, 48);
        }
      }, 50);
      window.grip.instead = () => canvas.captureStream(20);
    }""")
    page.get_by_role("button", name="Start the camera").click()
    expect(page.locator("#advice")).to_contain_text("black or covered", timeout=PATIENCE_MS)
    page.evaluate("window.grip.uncovered = true")
    expect(page.locator("#advice")).not_to_contain_text("black or covered")
    page.evaluate("window.grip.frozen = true")
    expect(page.locator("#advice")).to_contain_text("The camera is gone", timeout=PATIENCE_MS)
    expect(page.locator("#privacy-words")).to_contain_text("The camera is on")  # since it is
    page.evaluate("window.grip.frozen = false")
    expect(page.locator("#advice")).not_to_contain_text("The camera is gone")


@pytest.mark.parametrize("worker", ["pose", "tracker"])
def test_a_worker_that_dies_is_started_again_and_nothing_is_lost(loaded: Page, worker: str) -> None:
    page = started(loaded)
    expect(page.locator("#count")).not_to_have_text("0", timeout=PATIENCE_MS)
    page.evaluate(
        "(name) => window.grip.workers.findLast(([url]) => url.includes(name))[1].terminate()", worker
    )
    expect(page.locator("#advice")).to_contain_text("If it does not go on by itself", timeout=PATIENCE_MS)
    page.evaluate("window.grip.before = document.getElementById('count').textContent")
    expect(page.locator("#advice")).not_to_contain_text("If it does not go on by itself", timeout=PATIENCE_MS)
    page.wait_for_timeout(1000)
    assert int(page.locator("#count").inner_text()) >= int(page.evaluate("window.grip.before")) >= 1


def test_after_three_restarts_in_a_set_the_camera_is_given_back_and_opens_again(open_camera: Open) -> None:
    seen = open_camera().evaluate("""async () => {
      const {Coach, openCamera} = await import("/static/ischia/coach/coach.js");
      const told = [];
      let [wanted, come] = ["", () => {}];
      const next = (word) => new Promise((resolve) => ([wanted, come] = [word, resolve]));
      const news = (one) => {
        if (one !== "live") told.push(one);
        if (one === wanted) come();
      };
      const crash = () => {
        const [, worker] = window.grip.workers.findLast(([url]) => url.includes("pose"));
        worker.onerror({message: "gone"});
      };
      const coach = new Coach({trouble: news, recovered: () => news("again"), live: () => news("live")});
      const looks = async () => {
        const looking = next("live");
        await coach.open(await openCamera());
        await looking;
        return window.grip.streams.at(-1).getTracks()[0];
      };
      await coach.load();
      await coach.begin({exercise_id: "bridge", side: "both", repetitions: 2, hold_s: 2});
      const track = await looks();
      coach.restarts = 2; // two before
      const again = next("again");
      crash();
      await again;
      const before = [track.readyState, coach.on];
      const gone = next("given_up");
      crash();
      await gone;
      const [after, rows] = [[track.readyState, coach.on], coach.rows.length];
      const anew = await looks();
      const record = await coach.finish();
      const kept = rows > 0 && coach.rows.length > rows;
      coach.restarts = 3;
      await coach.begin({exercise_id: "bridge", side: "both", repetitions: 2, hold_s: 2});
      const other = next("again");
      crash();
      await other; // another set has its own three
      const found = {before, after, anew: anew.readyState, kept, record, later: coach.on};
      coach.end();
      return {...found, told};
    }""")
    assert seen["before"] == ["live", True]
    assert seen["after"] == ["ended", False]
    assert seen["told"] == ["worker_failed", "again", "given_up", "again", "worker_failed", "again"]
    assert (seen["anew"], seen["kept"], seen["later"]) == ("live", True, True)
    assert seen["record"]["count"] >= 0


def test_a_second_person_is_told_and_the_first_one_is_counted_on(open_camera: Open, tmp_path: Path) -> None:
    page = open_camera()
    page.get_by_label("Choose a video").set_input_files(film_with_two(FILM, tmp_path / "two.mp4"))
    expect(page.locator("#advice")).to_have_text(
        "Only one person may be in the picture.", timeout=PATIENCE_MS
    )
    expect(page.locator("#result > p")).to_have_text("Repetitions: 1", timeout=PATIENCE_MS)


def test_a_slow_device_goes_on_with_the_small_model(open_camera: Open) -> None:
    seen = open_camera().evaluate("""async () => {
      const {Coach, openCamera} = await import("/static/ischia/coach/coach.js");
      let [slow, after, enough] = [0, 0, () => {}];
      const gone_on = new Promise((resolve) => (enough = resolve));
      const coach = new Coach({
        live: (live) => { if (slow && live.landmarks && ++after === 5) enough(); },
        slow: () => { slow += 1; },
      });
      await coach.load();
      await coach.begin({exercise_id: "bridge", side: "both", repetitions: 2, hold_s: 2});
      await coach.open(await openCamera());
      coach.tried = {since_ms: performance.now() - 10_000, frames: 20, slow: 1}; // two a second so far
      await gone_on;
      coach.end();
      return {slow, model: coach.model};
    }""")
    assert seen == {"slow": 1, "model": "lite"}


@pytest.mark.parametrize(
    ("body", "words"), [(None, "has no camera coach yet"), ("damaged", "A file of the coach came damaged")]
)
def test_a_pose_model_that_is_missing_or_damaged_is_told(
    open_camera: Open, body: str | None, words: str
) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=404) if body is None else route.fulfill(body=body)

    page = open_camera(route=("**/pose-full.task", answer))
    page.get_by_role("button", name="Start the camera").click()
    expect(page.locator("#advice")).to_contain_text(words, timeout=PATIENCE_MS)
    expect(page.locator("#privacy-words")).to_have_text("The camera is off.")


def test_a_browser_on_an_iphone_counts_too(open_camera: Open) -> None:
    def picky(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=PICKY + answer.text())

    page = open_camera(route=("**/pose-worker.js", picky), name=IPHONE)
    page.get_by_label("Choose a video").set_input_files(FILM)
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE_MS)
