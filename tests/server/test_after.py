"""After a session: the map again, the summary, heat or cold, the history."""

import pytest
from django.test import Client
from tests.server.conftest import begin_session, put, set_event

from ischia.server.facts import facts_of
from ischia.server.patients.models import Patient


def test_it_asks_how_it_feels_and_then_shows_planned_beside_done(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    put(browser, session, set_event(session))

    page = browser.post(
        f"/session/{session.pk}/after/", {"back-left-pain": "1", "nothing_else": "yes"}, follow=True
    )

    html = page.content.decode()
    assert page.redirect_chain[-1][0] == f"/session/{session.pk}/summary/"
    assert "Tomorrow" in html and "Planned and done" in html
    assert facts_of(patient).check_ins[-1].moment.value == "after"


def test_it_can_be_left_out_and_stays_missing(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)

    browser.post(f"/session/{session.pk}/after/", {"leave_out": "yes"})

    assert len(facts_of(patient).check_ins) == 1
    assert browser.get("/today/").headers["Location"] == f"/session/{session.pk}/summary/"


def test_it_stores_the_map_once_however_often_it_is_sent(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)

    for _ in range(3):
        browser.post(f"/session/{session.pk}/after/", {"back-left-pain": "1", "nothing_else": "yes"})

    assert session.check_ins.count() == 1


@pytest.mark.parametrize(
    ("feels", "healthy", "words"),
    [("yes", "yes", "data-timer"), ("no", "yes", "cannot warn you"), ("yes", "no", "Let the skin heal")],
)
def test_it_times_heat_only_on_skin_that_feels(browser: Client, feels: str, healthy: str, words: str) -> None:
    page = browser.post("/care/", {"kind": "heat", "feels": feels, "healthy": healthy})

    assert words in page.content.decode()


def test_it_wants_all_three_answers_about_the_skin(browser: Client) -> None:
    assert "answer all three" in browser.post("/care/", {"kind": "heat"}).content.decode()


def test_the_history_never_lets_what_was_done_overwrite_what_was_planned(
    browser: Client, patient: Patient
) -> None:
    session = begin_session(patient)
    plan_before = dict(session.plan.body)
    body = set_event(session)
    put(browser, session, body | {"repetitions": 1, "hold_s": [1.0]})

    page = browser.get(f"/history/{session.pk}/")

    session.plan.refresh_from_db()
    assert session.plan.body == plan_before
    row = page.context["rows"][0]
    assert (row["done"], row["share"]) == (1, "some")
    assert row["asked"] > 1


def test_the_history_offers_a_table_beside_the_charts(browser: Client, patient: Patient) -> None:
    begin_session(patient)
    patient.check_ins.update(on_date="2026-03-13")
    begin_session(patient)

    assert browser.get("/history/").status_code == 200
