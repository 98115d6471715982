"""A set before a real camera and the real server: what leaves the device, and what it is worth afterwards."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tests.journeys import ledger
from tests.journeys.camera import GRIP, PATIENCE_MS, film_for_camera, filming
from tests.journeys.filmed import looks_of, skip_if_too_slow, slowest_hz
from tests.journeys.play import wait_until
from tests.journeys.served import Served

pytestmark = [pytest.mark.journey, pytest.mark.slow]

FILM = Path(__file__).resolve().parents[1] / "data" / "bridge_rendered.mp4"
ISCHIA = [sys.executable, "-c", "from ischia.cli import main; main()"]
DOSE = {"hold_s": 1.0, "repetitions": 2, "sets": 1, "rest_s": 5.0}
SET_S = 150


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser with somebody before its camera who does one bridge after the other."""
    with filming(film_for_camera(FILM, tmp_path_factory.mktemp("film") / "bridge.mjpeg")) as browser:
        yield browser


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's patient, whose plan for today is two bridges."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    subprocess.run([*ISCHIA, "demo", "--data", str(folder)], check=True, capture_output=True)
    with sqlite3.connect(folder / "ischia.sqlite3") as database:
        number, text = database.execute(
            "select id, body from training_plan where has_session order by for_date desc, made_at desc"
        ).fetchone()
        body = json.loads(text)
        first = body["exercises"][0] | {"exercise_id": "bridge", "doses": [{"side": "both", "dose": DOSE}]}
        body["exercises"] = [first]
        database.execute("update training_plan set body = ? where id = ?", (json.dumps(body), number))
    database.close()
    return folder


@pytest.fixture
def served(filled: Path, tmp_path: Path) -> Iterator[Served]:
    server = Served(Path(shutil.copytree(filled, tmp_path / "data")))
    server.start()
    yield server
    server.stop()


def sets_of_today(folder: Path) -> list[dict[str, Any]]:
    return [one for one in ledger.events(folder) if one["kind"] == "set" and one["prescribed"] == DOSE]


def train(page: Page, served: Served) -> None:
    """Do today's set before the camera, until it is on record."""
    page.goto(served.address + "/today/")
    page.locator("form.start button.big").click()
    page.locator("#use-camera").check()
    expect(page.locator("#camera")).to_have_text("Camera on", timeout=PATIENCE_MS)
    expect(page.locator("#camera-note")).to_contain_text("The camera is on", timeout=PATIENCE_MS)
    page.locator("#start-button").click()
    for _ in range(SET_S * 2):
        if sets_of_today(served.folder):
            return skip_if_too_slow(slowest_hz(looks_of(page)))
        if page.evaluate("document.body.dataset.step") in ("announce", "position", "place", "explain"):
            page.keyboard.press("Enter")
        page.wait_for_timeout(500)
    raise AssertionError("the set is not put on record")


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(permissions=["camera", "screen-wake-lock"], reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(GRIP)
    page = context.new_page()
    page.goto(served.address)
    page.locator("form.actions button.big, main form button.big").first.click()
    yield page
    context.close()


@pytest.fixture
def sent(page: Page) -> list[Request]:
    """Every request from now on that may take something along, those of the workers too."""
    requests: list[Request] = []
    page.context.on("request", lambda one: requests.append(one) if one.method != "GET" else None)
    return requests


def test_chosen_its_drawing_is_kept_played_analysed_again_and_erased(
    page: Page, served: Served, sent: list[Request], tmp_path: Path
) -> None:
    page.goto(served.address + "/settings/")
    page.locator("input[name=movement][value=keep]").check(force=True)
    page.locator("#movement button").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    train(page, served)
    expect(page.locator("#kept-mark")).to_be_visible()
    wait_until(page, lambda: bool(ledger.drawings(served.folder)), "a drawing")

    (record,) = sets_of_today(served.folder)
    (drawing,) = [one for one in sent if one.url.endswith("/movement")]
    others = [one.post_data_buffer for one in sent if one != drawing]
    assert None not in others and all(len(body or b"") < 2500 for body in others)

    page.goto(f"{served.address}/movements/{record['id']}/")
    expect(page.locator("#drawing-fault")).to_be_hidden()
    page.locator("[data-at]").first.click()
    assert page.evaluate("document.getElementById('place').valueAsNumber") > 0
    held = page.locator("#curve .held").count()
    assert held == len(sets_of_today(served.folder)[0]["reps"])
    page.locator("#curve").click(position={"x": 5, "y": 20})
    assert page.evaluate("document.getElementById('place').valueAsNumber") < 1
    drawn = "document.getElementById('drawing').toDataURL()"
    before = page.evaluate(drawn)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"before => {drawn} !== before", arg=before)

    file = tmp_path / "again.npz"
    file.write_bytes(page.request.get(f"{served.address}/movements/{record['id']}/drawing.npz").body())
    command = [*ISCHIA, "analyse", str(file), "--exercise", "bridge", "--json"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    first_s, last_s = record["reps"][0]["hold_start_s"], record["reps"][-1]["hold_end_s"]
    again = [rep for rep in found["repetitions"] if first_s - 1 < rep["hold_end_s"] < last_s + 1]
    assert record["measured_by"] == "camera"
    assert len(again) == len(record["reps"]) >= 1
    for one, other in zip(record["reps"], again, strict=True):
        for edge in ("hold_start_s", "hold_end_s"):
            assert other[edge] == pytest.approx(one[edge], abs=0.2)

    page.get_by_role("button", name="Erase this drawing").click()
    expect(page).to_have_url(f"{served.address}/history/{page.url.split('/')[-2]}/")
    assert ledger.drawings(served.folder) == 0
    assert len(sets_of_today(served.folder)) == 1
