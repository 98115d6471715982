"""Without a connection the camera leads a session as with one, and its records arrive later."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys import ledger
from tests.journeys.camera import PATIENCE_MS, filming
from tests.journeys.filmed import (
    is_held_right,
    plan_for_today,
    skip_if_too_slow,
    stand_before_the_camera,
    train_before_the_camera,
    wait_for_the_coach,
)
from tests.journeys.kept import come_in, start, wait_until_kept
from tests.journeys.play import wait_until
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]

COACH_LACKS = """async () => {
  const assets = await (await fetch("/coach/assets.json")).json();
  const kept = (await (await caches.open("ischia-coach")).keys()).map((one) => new URL(one.url).pathname);
  const wanted = assets.filter(({name}) => name !== "pose-lite.task").map(({url}) => url);
  return [...wanted, "/coach/assets.json", "/coach/bridge.json"].filter((url) => !kept.includes(url));
}"""

# What an exercise looks like is asked for when it is known, and once more to be kept: twice the line breaks.
LOST_TWICE = """{
  const {fetch} = window;
  window.fetch = (url, ...more) => {
    const lost = Number(sessionStorage.getItem("lost"));
    if (url !== "/coach/bridge.json" || lost === 2) return fetch(url, ...more);
    sessionStorage.setItem("lost", lost + 1);
    return Promise.reject(new TypeError("lost"));
  };
}"""


def test_with_the_server_stopped_a_whole_camera_session_runs_and_its_record_arrives_later(
    filled: Path, tmp_path: Path
) -> None:
    served = Served(Path(shutil.copytree(filled, tmp_path / "data")))
    plan_for_today(served.folder, ["bridge"])
    before = len(ledger.events(served.folder))
    served.start()
    with filming() as browser:
        context = browser.new_context(permissions=["camera"], reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        stand_before_the_camera(context, ["bridge"])
        context.add_init_script(LOST_TWICE)
        page = context.new_page()
        come_in(page, served)
        wait_for_the_coach(page)
        wait_until_kept(page, COACH_LACKS)
        served.kill()

        page.reload()
        wait_for_the_coach(page)
        start(page)
        expect(page.locator("#camera")).to_have_text("Camera on", timeout=PATIENCE_MS)
        rate_hz = train_before_the_camera(page)
        expect(page.locator("#result-text")).to_contain_text("kept on this device")
        assert len(ledger.events(served.folder)) == before

        served.start()
        page.goto(served.address + "/today/")
        wait_until(
            page,
            lambda: [one["kind"] for one in ledger.events(served.folder)[before:]][-1:] == ["finish"],
            "a finished session",
        )
        context.close()
    served.stop()
    skip_if_too_slow(rate_hz)
    (record,) = [one for one in ledger.events(served.folder)[before:] if one["kind"] == "set"]
    assert (record["measured_by"], len(record["reps"])) == ("camera", 2)
    assert is_held_right("bridge", record["hold_s"]), record["hold_s"]
