"""Somebody who exercises before the camera as the player asks: a film that plays while a set is led."""

import json
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect
from tests.journeys import patient
from tests.journeys.camera import GRIP, LEAST_HZ, PATIENCE_MS

from ischia.catalogue import load_catalogue

DATA = Path(__file__).resolve().parents[1] / "data"
PAUSE_S = 3  # a set's rest lasts longer
CHOSEN = """
localStorage.setItem("ischia-player", JSON.stringify({camera: true, voice: "system"}));
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "en"}],
  speak(one) { window.said.push(one.text); one.onstart?.(); },
  cancel() {},
}});
window.praised = 0; // by the highest of the bells, see sound/bell.js
const strike = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) {
  if (this.frequency.value === 880) window.praised += 1;
  return strike.apply(this, at);
};
window.missed = 0;
window.remarks = []; // everything that was shown, however soon another remark took its place
addEventListener("DOMContentLoaded", () => {
  const remark = document.getElementById("remark");
  const note = () => {
    window.remarks.push(remark.textContent);
    window.missed += remark.textContent.startsWith("I did not see that one") ? 1 : 0;
  };
  if (remark) new MutationObserver(note).observe(remark, {childList: true});
});
"""

# A camera that shows the exercise's film: at rest until the first movement is asked for, then to its end, and
# again from its beginning for who goes on. It can be covered, and somebody else can come into its picture.
PERSON = """
const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 640});
const pen = canvas.getContext("2d");
let [film, title, shade] = [null, "", 0];
window.grip.instead = () => canvas.captureStream(30);
setInterval(() => {
  const wanted = window.films[document.getElementById("exercise-title")?.textContent];
  if (wanted && wanted !== title) {
    title = wanted;
    film = Object.assign(document.createElement("video"), {muted: true, preload: "auto", src: wanted});
  }
  if (film) film.loop = Boolean(window.grip.goes_on);
  if (document.body?.dataset.step === "move" && film?.paused && !film.ended) film.play();
  pen.fillStyle = window.grip.covered ?? "#d8d0c0";
  pen.fillRect(0, 0, 640, 640);
  if (film?.readyState >= 2 && !window.grip.covered) {
    const {videoWidth: wide, videoHeight: high} = film;
    const scale = (window.grip.two ? 560 : 640) / Math.max(wide, high);
    const [width, height] = [scale * wide, scale * high];
    const tops = window.grip.two ? [0, 640 - height] : [(640 - height) / 2];
    for (const top of tops) pen.drawImage(film, (640 - width) / 2, top, width, height);
  }
  pen.fillStyle = `rgb(${shade++ % 5}, 0, 0)`; // a canvas that stays the same gives no pictures
  pen.fillRect(0, 0, 2, 2);
}, 33);
"""


def truth_of(exercise_id: str) -> dict[str, Any]:
    """Return what truly happens in an exercise's film."""
    found: dict[str, Any] = json.loads(
        (DATA / f"{exercise_id}_rendered.truth.json").read_text(encoding="utf-8")
    )
    return found


def is_held_right(exercise_id: str, found_s: list[float]) -> bool:
    """Whether measured holds lie within 0.4 s of a film's.

    Somebody holds from when they have come all the way, or from the last hundredth of it, which is slow and
    looks held to an onlooker; either may be marked.
    """
    return all(
        one["hold_s"] - 0.4 <= found <= one["plateau_end_s"] - one["plateau_start_s"] + 0.4
        for found, one in zip(found_s, truth_of(exercise_id)["repetitions"], strict=True)
    )


def plan_for_today(folder: Path, exercise_ids: list[str], repetitions: int = 2) -> None:
    """Let today's plan be one short set of each of these, held for two seconds."""
    connection = sqlite3.connect(folder / "ischia.sqlite3")
    query = "select id, body from training_plan where has_session order by for_date desc limit 1"
    ((id_, body),) = connection.execute(query).fetchall()
    plan = json.loads(body)
    decision = plan["exercises"][0]["decision"]
    dose = {"hold_s": 2.0, "repetitions": repetitions, "sets": 1, "rest_s": 5.0}
    plan["exercises"] = [
        {
            "exercise_id": exercise_id,
            "doses": [{"side": truth_of(exercise_id)["side"], "dose": dose}],
            "decision": {**decision, "subject": exercise_id},
        }
        for exercise_id in exercise_ids
    ]
    with connection:
        connection.execute("update training_plan set body = ? where id = ?", (json.dumps(plan), id_))
    connection.close()


def stand_before_the_camera(context: BrowserContext, exercise_ids: list[str]) -> None:
    """Put a person before this context's camera, who has chosen it before."""
    texts = load_catalogue().texts_by_language["en"]
    films = {texts[one].title: f"/films/{one}.mp4" for one in exercise_ids}
    context.add_init_script(CHOSEN)
    context.add_init_script(GRIP + f"window.films = {json.dumps(films)};" + PERSON)
    for exercise_id in exercise_ids:
        context.route(f"**/films/{exercise_id}.mp4", _showing(DATA / f"{exercise_id}_rendered.mp4"))


def _showing(film: Path) -> Callable[[Route], None]:
    return lambda route: route.fulfill(path=film)


def wait_for_the_coach(page: Page) -> None:
    """Wait until the player's page has loaded the coach, before the session starts."""
    expect(page.locator("#camera-note")).to_contain_text("camera coach is loaded", timeout=PATIENCE_MS)


def move_until_counted(page: Page) -> None:
    """Go on moving until the coach has counted a good repetition and said so by its bell.

    On a busy computer the timer may take over before the coach sees anything, and what was said to be not
    seen is not on record as seen.
    """
    page.evaluate("window.grip.goes_on = true")
    for _ in range(PATIENCE_MS // 100):
        if page.evaluate("window.praised > window.missed"):
            page.evaluate("window.grip.goes_on = false")
            return
        page.wait_for_timeout(100)
    skip_if_too_slow(slowest_hz(looks_of(page)))
    raise AssertionError("the coach counts nothing")


def skip_if_too_slow(rate_hz: float) -> None:
    """Skip the test where the camera could not be looked at as often as the coach needs."""
    if rate_hz < LEAST_HZ:
        pytest.skip(f"this computer looked at {rate_hz} pictures a second; the camera coach needs {LEAST_HZ}")


def train_before_the_camera(page: Page, until_s: float = 400) -> float:
    """Go through the session in real time, not waiting where a person need not.

    Returns:
        the fewest pictures a second that were looked at over any five seconds of the sets.
    """
    looks_s: list[float] = []
    for _ in range(int(until_s * 4)):
        try:
            if page.evaluate("document.body.dataset.screen") != "stage":
                return slowest_hz(looks_s)
            looks_s += looks_of(page)
            kind = patient.step_kind(page)
            if kind in ("announce", "position", "place", "explain", "rest", "side"):
                page.keyboard.press("Enter")
            elif kind == "feedback":
                patient.answer_feedback(page)
            page.wait_for_timeout(250)
        except Error:  # the session is over and the next page is being opened
            return slowest_hz(looks_s)
    raise AssertionError("the session never came to its end")


def looks_of(page: Page) -> list[float]:
    """Take the times, in seconds, at which pictures were looked at since this was asked last."""
    return [ms / 1000 for ms in page.evaluate("window.grip.looks.splice(0)")]


def slowest_hz(looks_s: list[float]) -> float:
    """The fewest pictures a second over any five seconds, but for the times between sets."""
    if not looks_s:
        return 0.0
    runs = [[looks_s[0]]]
    for before, look in pairwise(looks_s):
        if look - before > PAUSE_S:
            runs.append([])
        runs[-1].append(look)
    begun = [(run, look) for run in runs for look in run if look + 5 <= run[-1]]
    return min((sum(look <= at < look + 5 for at in run) / 5 for run, look in begun), default=0.0)
