"""A clinician's pages on a phone and on a desk: nothing has to be pushed sideways, and nobody is shut out."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from playwright.sync_api import expect
from tests.journeys.axe import axe_source, faults_of
from tests.journeys.conftest import ISCHIA, OpenPage
from tests.journeys.served import Served
from tests.server.test_movement import packed

from ischia.recording import read_track

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PASSWORD = "a long and rainy morning"
TRACK = Path(__file__).resolve().parents[2] / "conformance" / "tracks" / "bridge_side.npz"
NEWEST_BRIDGE = """
select e.number, e.id, e.session_id, s.patient_id from training_event e
join training_session s on s.id = e.session_id
where e.body->>'measured_by' = 'camera' and e.body->>'exercise_id' like '%bridge'
order by e.number desc
"""
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll(".table-box")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel ?? "the page")"""


class Clinic(NamedTuple):
    """A served clinic, and the addresses of its pages by what is on them."""

    served: Served
    pages: dict[str, str]


@pytest.fixture(scope="module")
def clinic(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """The demonstration's patient, looked after by Binh, with a drawing of the newest bridge."""
    folder = Path(shutil.copytree(filled, tmp_path_factory.mktemp("clinic") / "data"))
    add = [*ISCHIA, "account", "add", "Binh", "--role", "clinician", "--password-stdin"]
    subprocess.run([*add, "--data", str(folder)], input=PASSWORD, text=True, check=True, capture_output=True)
    track, now = read_track(TRACK), "2026-03-14 10:00:00"
    database = sqlite3.connect(folder / "ischia.sqlite3")
    with database:
        number, *ids = database.execute(NEWEST_BRIDGE).fetchone()
        drawn, session, patient = map(UUID, ids)
        database.execute(
            "insert into training_movementtrack values (?, ?, ?, ?, ?)",
            (number, len(track), track.t_s[-1] - track.t_s[0], packed(track), now),
        )
        database.execute(
            "insert into clinic_assignment (since, clinician_id, patient_id) values (?, 1, ?)",
            (now, patient.hex),
        )
    database.close()
    pages = {
        "patients": "/clinic/",
        "patient": f"/clinic/{patient}/",
        "session": f"/clinic/{patient}/session/{session}/",
        "drawing": f"/movements/{drawn}/",
    }
    served = Served(folder, "--accounts")
    served.start()
    yield Clinic(served, pages)
    served.stop()


def test_a_clinicians_pages_shut_nobody_out(
    clinic: Clinic, open_page: OpenPage, repository: Path, screenshots: Path
) -> None:
    axe = axe_source(repository)
    page = open_page(390, 844, clock=False)
    page.goto(f"{clinic.served.address}/log-in/")
    page.locator("[name=name]").fill("Binh")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{clinic.served.address}/clinic/")

    faults = []
    for name, address in clinic.pages.items():
        page.goto(clinic.served.address + address)
        if name == "drawing":
            expect(page.get_by_role("button", name="Repetition 1")).to_be_visible()
            expect(page.locator("#drawing-fault")).to_be_hidden()
        for width, height in ((390, 844), (1280, 800)):
            page.set_viewport_size({"width": width, "height": height})
            faults += [f"{name} at {width}: {one} is too wide" for one in page.evaluate(TOO_WIDE)]
            page.screenshot(path=screenshots / f"clinic-{name}-{width}.png", full_page=True)
            faults += faults_of(page, axe, f"{name} at {width}") if axe else []
    assert faults == []
