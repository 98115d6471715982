"""Sheets to print: an exercise for everybody, today's plan for the patient."""

import pytest
from django.test import Client
from tests.server.conftest import Cast, begin_session

from ischia.server.facts import session_plan
from ischia.server.patients.models import Patient

pytest.importorskip("reportlab")


def test_an_exercise_comes_as_a_pdf(browser: Client) -> None:
    answer = browser.get("/exercises/bridge/sheet.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_an_exercise_that_does_not_exist_is_not_found(browser: Client) -> None:
    assert browser.get("/exercises/cartwheel/sheet.pdf").status_code == 404


def test_todays_plan_has_a_page_for_each_exercise(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    answer = browser.get("/today/sheets.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f"ischia-{session.on_date}.pdf" in answer.headers["Content-Disposition"]
    assert answer.content.count(b"/Type /Page\n") == len(session_plan(session).exercises)


def test_without_a_plan_there_is_nothing_to_print(browser: Client) -> None:
    answer = browser.get("/today/sheets.pdf")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/today/"


def test_nobody_prints_without_logging_in_where_accounts_are_kept(cast: Cast) -> None:
    for address in ("/exercises/bridge/sheet.pdf", "/today/sheets.pdf"):
        answer = cast.browser_of("").get(address)
        assert answer.status_code == 302
        assert "log-in" in answer.headers["Location"]


def test_the_pages_lead_to_the_sheets(browser: Client) -> None:
    assert "/exercises/bridge/sheet.pdf" in browser.get("/exercises/bridge/").content.decode()
