"""Whole sets before the camera in the real app, led by rendered films: exact counts, holds within 0.4 s."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Request, expect
from tests.journeys import ledger, patient
from tests.journeys.camera import PATIENCE_MS, filming
from tests.journeys.filmed import (
    is_held_right,
    plan_for_today,
    skip_if_too_slow,
    stand_before_the_camera,
    train_before_the_camera,
    truth_of,
    wait_for_the_coach,
)
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]

EXERCISES = ["standing_extension", "prone_on_elbows", "superman", "curl_up", "knee_to_chest"]
LARGEST_RECORD = 2500  # bytes; the landmarks of one single frame are more


@dataclass(frozen=True)
class Trained:
    """One session before the camera.

    Attributes:
        sets: the records of its sets by exercise.
        asked: every request of its pages.
        drawings: how many drawings of movements are kept.
        rate_hz: the fewest pictures a second that were looked at over any five seconds.
    """

    sets: dict[str, Any]
    asked: list[Request]
    drawings: int
    rate_hz: float


@pytest.fixture(scope="module")
def trained(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """One session of all of them."""
    served = Served(Path(shutil.copytree(filled, tmp_path_factory.mktemp("films") / "data")))
    plan_for_today(served.folder, EXERCISES)
    before = len(ledger.events(served.folder))
    served.start()
    asked: list[Request] = []
    with filming() as browser:
        context = browser.new_context(permissions=["camera"], reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", lambda request: asked.append(request))
        stand_before_the_camera(context, EXERCISES)
        page = context.new_page()
        page.goto(served.address + "/")
        page.locator("form.actions button.big").first.click()
        patient.open_session(page, served.address, lambda _: None)
        wait_for_the_coach(page)
        page.locator("#start-button").click()
        expect(page.locator("#camera")).to_have_text("Camera on", timeout=PATIENCE_MS)
        rate_hz = train_before_the_camera(page)
        expect(page.locator("#result-saved")).to_have_text("Saved")
        context.close()
    served.stop()
    sets = [one for one in ledger.events(served.folder)[before:] if one["kind"] == "set"]
    by_exercise = {one["exercise_id"]: one for one in sets}
    return Trained(by_exercise, asked, ledger.drawings(served.folder), rate_hz)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_set_before_the_camera_is_counted_exactly_and_its_holds_are_measured(
    exercise_id: str, trained: Trained
) -> None:
    skip_if_too_slow(trained.rate_hz)
    if any("pose-lite" in request.url for request in trained.asked):
        pytest.skip("this computer was too slow for the pose model; the coach went on with the small one")
    record = trained.sets[exercise_id]
    assert record["measured_by"] == "camera"
    assert (record["repetitions"], len(record["reps"])) == (2, truth_of(exercise_id)["count"])
    assert is_held_right(exercise_id, record["hold_s"]), record["hold_s"]


def test_in_a_session_before_the_camera_nothing_leaves_but_its_records(trained: Trained) -> None:
    origins = {request.url.split("/")[2] for request in trained.asked if not request.url.startswith("data:")}
    assert len(origins) == 1
    assert not [request for request in trained.asked if request.url.endswith("/movement")]  # nobody chose it
    assert trained.drawings == 0
    sent = [request for request in trained.asked if request.method != "GET"]
    bodies = [request.post_data_buffer for request in sent]
    assert None not in bodies  # the browser shows every one
    assert all(len(body or b"") < LARGEST_RECORD and b"landmark" not in (body or b"") for body in bodies)
    assert sum(request.method == "PUT" for request in sent) >= 2 * len(EXERCISES)
