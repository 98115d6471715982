"""After an alarming answer: locked until a doctor has looked."""

from dataclasses import replace

from django.test import Client
from tests.server.conftest import Cast, begin_session, check_in_before, intake, put

from ischia.server.facts import facts_of
from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing


def _alarm(patient: Patient) -> None:
    check_in_before(patient, alarm="saddle_seat")


def test_it_says_where_to_go_and_that_nobody_is_watching(browser: Client, patient: Patient) -> None:
    _alarm(patient)

    html = browser.get("/stop/").content.decode()

    assert "nobody is watching" in html
    assert "Card to show or print" in html


def test_slow_recovery_asks_for_a_visit_and_not_for_missing_answers(
    browser: Client, patient: Patient
) -> None:
    check_in_before(patient, alarm="not_settling", booked=False)

    html = browser.get("/stop/").content.decode()

    assert "Please book a visit" in html
    assert "I have booked a visit: check in again" in html
    assert "until a doctor has checked you" not in html
    assert "Card to show or print" not in html


def test_it_prints_a_card_with_the_answer_on_it(browser: Client, patient: Patient) -> None:
    _alarm(patient)

    html = browser.get("/stop/card/").content.decode()

    assert "Answered yes" in html
    assert "Lan</strong>, 40 years old" in html
    assert "14 March 2026, 10:00" in html
    assert "emergency department: back pain" in html


def test_the_card_of_a_same_day_sign_is_for_the_doctor_and_names_conditions(
    browser: Client, patient: Patient
) -> None:
    with writing():
        record.first_visit(
            patient, replace(intake(), conditions={**intake().conditions, "osteoporosis": True})
        )
    check_in_before(patient, alarm="foot_drop")

    html = browser.get("/stop/card/").content.decode()

    assert "For the doctor, today" in html
    assert "thin bones" in html.lower() or "osteoporosis" in html.lower()


def test_it_starts_no_session_while_locked(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    _alarm(patient)

    assert browser.post("/today/start/").headers["Location"] == "/stop/"
    assert browser.get(f"/session/{session.pk}/").headers["Location"] == "/stop/"


def test_it_opens_once_a_doctors_name_and_day_are_recorded(browser: Client, patient: Patient) -> None:
    _alarm(patient)

    browser.post("/stop/clear/", {"doctor": "Dr. Hoa", "checked_on": "2026-03-01", "sure": "on"})

    assert patient.clearances.get().doctor == "Dr. Hoa"
    assert not facts_of(patient).verdict().flags


def test_it_stays_locked_without_the_persons_own_tick(browser: Client, patient: Patient) -> None:
    _alarm(patient)

    browser.post("/stop/clear/", {"doctor": "Dr. Hoa", "checked_on": "2026-03-01"})

    assert not facts_of(patient).verdict().cleared


def test_it_refuses_an_examination_in_the_future(browser: Client, patient: Patient) -> None:
    _alarm(patient)

    page = browser.post("/stop/clear/", {"doctor": "Dr. Hoa", "checked_on": "2999-01-01", "sure": "on"})

    assert "has not come yet" in page.content.decode()
    assert not patient.clearances.exists()


def test_it_locks_after_new_weakness_at_the_stop_button_and_sends_the_player_there(
    browser: Client, patient: Patient
) -> None:
    session = begin_session(patient)
    stop = {
        "kind": "stop",
        "exercise_id": None,
        "reason": "hurts_more",
        "pain_further_down": False,
        "new_weakness_or_numbness": True,
        "at": "2026-03-14T08:12:00.000Z",
    }

    answer = put(browser, session, stop)

    assert answer.json()["next"] == "/stop/"
    assert browser.get("/today/").headers["Location"] == "/stop/"


def test_it_lets_only_a_clinician_clear_where_there_are_accounts(cast: Cast) -> None:
    _alarm(cast.an)
    an, binh = cast.browser_of("An"), cast.browser_of("Binh")
    given = {"doctor": "Binh", "checked_on": "2026-03-01", "sure": "on"}

    an.post("/stop/clear/", given)
    assert not facts_of(cast.an).verdict().cleared
    assert "A doctor has checked me" not in an.get("/stop/").content.decode()

    binh.post(f"/clinic/{cast.an.pk}/clear/", given)
    assert not facts_of(cast.an).verdict().flags
    assert cast.an.clearances.get().by == cast.binh
