"""Whole sets before the camera in the real app, led by rendered films: exact counts, holds within 0.4 s."""

import json
import shutil
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def trained(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, list[Request]]]:
    """One session of all of them: the records of its sets by exercise, and every request of the page."""
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
    skip_if_too_slow(rate_hz)
    if any("pose-lite" in request.url for request in asked):
        pytest.skip("this computer was too slow for the pose model; the coach went on with the small one")
    sets = [one for one in ledger.events(served.folder)[before:] if one["kind"] == "set"]
    yield {one["exercise_id"]: one for one in sets}, asked


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_set_before_the_camera_is_counted_exactly_and_its_holds_are_measured(
    exercise_id: str, trained: tuple[Any, list[Request]]
) -> None:
    record = trained[0][exercise_id]
    assert record["measured_by"] == "camera"
    assert (record["repetitions"], len(record["reps"])) == (2, truth_of(exercise_id)["count"])
    assert is_held_right(exercise_id, record["hold_s"]), record["hold_s"]


def test_in_a_session_before_the_camera_nothing_leaves_but_its_records(
    trained: tuple[Any, list[Request]],
) -> None:
    origins = {request.url.split("/")[2] for request in trained[1] if not request.url.startswith("data:")}
    assert len(origins) == 1
    assert not [request for request in trained[1] if request.url.endswith("/movement")]  # nobody chose it
    sent = [request for request in trained[1] if request.method == "PUT"]
    assert len(sent) >= 2 * len(EXERCISES)
    for request in sent:
        assert len(request.post_data or "") < LARGEST_RECORD
        assert "landmarks" not in json.loads(request.post_data or "{}")
