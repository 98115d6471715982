"""What belongs to the patient: settings, taking it along, deleting it."""

import json

from django.test import Client
from tests.server.conftest import Cast, begin_session, put, set_event

from ischia.check_in import CheckIn, Intake
from ischia.server.accounts.models import User
from ischia.server.patients.models import Patient
from ischia.session import SessionPlan
from ischia.session.serialise import from_plain


def test_it_hands_over_everything_in_a_form_that_can_be_read_again(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    put(browser, session, set_event(session))

    answer = browser.get("/settings/export/")

    assert "attachment" in answer.headers["Content-Disposition"]
    everything = json.loads(answer.content)
    assert from_plain(Intake, everything["first_visits"][0]).goals == ("Walk to the market",)
    assert from_plain(CheckIn, everything["check_ins"][0]).new_symptoms is False
    assert from_plain(SessionPlan, everything["plans"][0]).exercises
    assert everything["sessions"][0]["events"][0]["kind"] == "set"


def test_it_deletes_nothing_without_the_tick(browser: Client, patient: Patient) -> None:
    page = browser.post("/settings/delete/", {})

    assert "Tick the box" in page.content.decode()
    assert Patient.objects.exists()


def test_it_deletes_everything_and_begins_anew(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)

    page = browser.post("/settings/delete/", {"sure": "yes"}).content.decode()

    assert "Everything is deleted" in page
    assert f'data-sessions="{session.pk}"' in page  # what waits of it in the browser goes, too
    assert "data-person" not in page
    assert not Patient.objects.exists()
    assert browser.get("/today/").headers["Location"] == "/welcome/"


def test_it_deletes_the_account_with_the_data(cast: Cast) -> None:
    cast.browser_of("An").post("/settings/delete/", {"sure": "yes"})

    assert not User.objects.filter(name="An").exists()
    assert Patient.objects.filter(name="Chi").exists()


def test_it_keeps_the_voice_that_was_chosen(browser: Client, patient: Patient) -> None:
    browser.post("/settings/", {"voice": "none"})

    patient.refresh_from_db()
    assert patient.voice == {"kind": "none"}


def test_it_shows_the_patient_who_looks_after_them(cast: Cast) -> None:
    assert "Binh" in cast.browser_of("An").get("/settings/").content.decode()
    assert "Nobody is watching all the time" in cast.browser_of("An").get("/settings/").content.decode()
