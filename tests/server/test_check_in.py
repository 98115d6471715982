"""The check-in before a session, and the plan that follows."""

import time_machine
from django.test import Client
from tests.server.conftest import check_in_before

from ischia.check_in import Moment, Region
from ischia.screening import load_bank
from ischia.server.facts import facts_of
from ischia.server.patients.models import Patient
from ischia.units import Side

HARMLESS = {"back-left-pain": "2", "nothing_else": "yes", "new_symptoms": "no"}


def _no_to_all() -> dict[str, str]:
    bank = load_bank()
    return {f"one-{group.id}": "no" for group in bank.groups} | {
        f"none-{question.card}": "yes" for question in bank.questions
    }


def test_it_begins_with_an_empty_map_every_time(browser: Client, patient: Patient) -> None:
    check_in_before(patient)

    assert " checked" not in browser.get("/check-in/").content.decode()


def test_it_ends_in_todays_plan(browser: Client, patient: Patient) -> None:
    browser.post("/check-in/", HARMLESS)

    page = browser.post("/check-in/questions/", _no_to_all(), follow=True)

    assert page.redirect_chain[-1][0] == "/today/"
    assert "Start the session" in page.content.decode()
    assert patient.plans.count() == 1


def test_it_makes_one_plan_however_often_the_page_is_opened(browser: Client, patient: Patient) -> None:
    browser.post("/check-in/", HARMLESS)
    browser.post("/check-in/questions/", _no_to_all())

    for _ in range(3):
        browser.get("/today/")

    assert patient.plans.count() == 1


def test_it_wants_to_know_whether_anything_is_new(browser: Client, patient: Patient) -> None:
    page = browser.post("/check-in/", {"back-left-pain": "2", "nothing_else": "yes"})

    assert page.status_code == 200
    assert "whether anything is new" in page.content.decode()


def test_it_refuses_to_plan_while_a_question_is_open(browser: Client, patient: Patient) -> None:
    browser.post("/check-in/", HARMLESS)
    answers = _no_to_all()
    answers.pop(f"one-{load_bank().groups[0].id}")

    page = browser.post("/check-in/questions/", answers)

    assert "not answered yet" in page.content.decode()
    assert patient.plans.count() == 0
    assert not patient.check_ins.exists()


def test_it_opens_the_questions_behind_a_yes_and_stops_at_an_alarming_one(
    browser: Client, patient: Patient
) -> None:
    browser.post("/check-in/", HARMLESS)
    question = next(one for one in load_bank().questions if one.id == "saddle_seat")
    answers = _no_to_all() | {f"one-{question.group}": "yes"}
    cards = [card.id for card in next(one for one in load_bank().groups if one.id == question.group).cards]
    for card in cards:
        answers.pop(f"none-{card}", None)

    opened = browser.post("/check-in/questions/", answers, follow=True)
    assert f"tick-{question.id}" in opened.content.decode()
    ticked = (
        answers
        | {f"none-{card}": "yes" for card in cards if card != question.card}
        | {f"tick-{question.id}": "yes"}
    )
    page = browser.post("/check-in/questions/", ticked, follow=True)

    assert page.redirect_chain[-1][0] == "/stop/"
    assert not facts_of(patient).verdict().cleared


def test_it_forgets_a_check_in_that_was_left_for_hours(
    browser: Client, patient: Patient, morning: time_machine.Traveller
) -> None:
    browser.post("/check-in/", HARMLESS)

    morning.shift(3 * 3600)

    assert browser.get("/check-in/questions/").headers["Location"] == "/check-in/"


def test_it_asks_for_a_new_check_in_the_next_morning(
    browser: Client, patient: Patient, morning: time_machine.Traveller
) -> None:
    browser.post("/check-in/", HARMLESS)
    browser.post("/check-in/questions/", _no_to_all())

    morning.shift(24 * 3600)

    assert "Start the check-in" in browser.get("/today/").content.decode()


def test_it_stores_the_check_in_with_the_place_and_the_moment(browser: Client, patient: Patient) -> None:
    browser.post("/check-in/", HARMLESS)
    browser.post("/check-in/questions/", _no_to_all())

    (stored,) = facts_of(patient).check_ins
    assert stored.moment is Moment.BEFORE
    assert stored.leg_map[Region.BACK, Side.LEFT].pain == 2
    assert stored.leg_map[Region.FOOT, Side.RIGHT].pain == 0


def test_it_counts_a_rest_day_once(browser: Client, patient: Patient) -> None:
    browser.post("/today/rest/")
    page = browser.post("/today/rest/", follow=True)

    assert "counts as done" in page.content.decode()
    assert patient.rest_days.count() == 1
