"""The weekly nerve watch: offered when due, never in the way, and a decline leads to the stop page."""

import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.server.conftest import Cast, begin_session

from ischia.check_in import NerveWatch
from ischia.server.clock import stamp
from ischia.server.facts import facts_of
from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training.nerve_watch_views import TESTS

WEEK = 7 * 24 * 3600
OFFER = "/strength/"
WELL = {
    "heel-walk": {"heel_walk_left": "could", "heel_walk_right": "could"},
    "heel-raises-left": {"heel_raises_left": "20"},
    "heel-raises-right": {"heel_raises_right": "22"},
    "getting-up-left": {"sit_to_stand_left": "could"},
    "getting-up-right": {"sit_to_stand_right": "could"},
}
NOT_TRIED = {
    "heel-walk": {"heel_walk_left": "not_tried", "heel_walk_right": "not_tried"},
    "heel-raises-left": {"not_tried": "yes"},
    "heel-raises-right": {"not_tried": "yes"},
    "getting-up-left": {"sit_to_stand_left": "not_tried"},
    "getting-up-right": {"sit_to_stand_right": "not_tried"},
}


def _answer(browser: Client, test: str, **given: str) -> Any:
    return browser.post(f"/strength/{test}/", given)


def _do_all(browser: Client, answers: dict[str, dict[str, str]]) -> str:
    """Answer test after test as the pages lead, and return where the last one leads to."""
    address = "/strength/heel-walk/"
    for test, given in answers.items():
        assert address == f"/strength/{test}/"
        address = browser.post(address, given).headers["Location"]
    return address


def _did(patient: Patient, **results: bool | int | None) -> None:
    with writing():
        record.nerve_watch(patient, NerveWatch(str(uuid.uuid4()), stamp(), **results))  # type: ignore[arg-type]


def test_it_is_offered_from_the_first_day_on_until_it_is_done(
    browser: Client, patient: Patient, morning: time_machine.Traveller
) -> None:
    assert OFFER in browser.get("/today/").content.decode()

    assert _do_all(browser, WELL) == "/strength/"

    assert OFFER not in browser.get("/today/").content.decode()
    assert "Saved for this week" in browser.get("/strength/").content.decode()
    (watch,) = facts_of(patient).nerve_watches
    assert (watch.heel_walk_left, watch.heel_raises_left, watch.sit_to_stand_right) == (True, 20, True)


def test_it_is_due_again_after_a_week_and_not_a_day_earlier(
    browser: Client, patient: Patient, morning: time_machine.Traveller
) -> None:
    _did(patient, heel_walk_left=True)

    morning.shift(WEEK - 24 * 3600)
    assert OFFER not in browser.get("/today/").content.decode()
    assert _answer(browser, "heel-walk", **WELL["heel-walk"]).headers["Location"] == "/strength/"
    morning.shift(24 * 3600)
    assert OFFER in browser.get("/today/").content.decode()


def test_leaving_it_out_blocks_nothing(browser: Client, patient: Patient) -> None:
    begin_session(patient).delete()

    assert OFFER in browser.get("/today/").content.decode()
    assert browser.post("/today/start/").headers["Location"].startswith("/session/")


def test_what_was_not_tried_is_no_result_and_does_not_count_as_done(
    browser: Client, patient: Patient
) -> None:
    assert _do_all(browser, NOT_TRIED) == "/today/"

    assert not patient.nerve_watches.exists()
    assert OFFER in browser.get("/today/").content.decode()


def test_a_test_not_tried_beside_others_is_stored_as_missing(browser: Client, patient: Patient) -> None:
    _do_all(browser, WELL | {"heel-raises-left": {"not_tried": "yes"}})

    (watch,) = facts_of(patient).nerve_watches
    assert watch.heel_raises_left is None
    assert watch.heel_raises_right == 22
    assert facts_of(patient).verdict().flags == ()


@pytest.mark.parametrize(
    ("before", "test", "now", "reason"),
    [
        ({"heel_walk_left": True}, "heel-walk", {"heel_walk_left": "could_not"}, "left heel"),
        ({}, "heel-walk", {"heel_walk_right": "could_not"}, "right heel"),
        ({"heel_raises_left": 20}, "heel-raises-left", {"heel_raises_left": "15"}, "heel raises on the left"),
        ({"heel_raises_right": 9}, "heel-raises-right", {"heel_raises_right": "0"}, "raises on the right"),
        ({"sit_to_stand_left": True}, "getting-up-left", {"sit_to_stand_left": "could_not"}, "the left leg"),
        ({"sit_to_stand_right": True}, "getting-up-right", {"sit_to_stand_right": "could_not"}, "right leg"),
    ],
)
def test_a_decline_leads_to_the_stop_page_at_once_and_locks(
    browser: Client, patient: Patient, morning: time_machine.Traveller,
    before: dict[str, bool | int], test: str, now: dict[str, str], reason: str,
) -> None:  # fmt: skip
    session = begin_session(patient)
    _did(patient, **before)
    morning.shift(WEEK)

    answer = browser.post(f"/strength/{test}/", {**WELL[test], **now}, follow=True)

    assert answer.redirect_chain[-1][0] == "/stop/"
    assert "See a doctor today" in answer.content.decode()
    assert reason in answer.content.decode()
    assert browser.get(f"/session/{session.pk}/").headers["Location"] == "/stop/"
    assert browser.get("/strength/").headers["Location"] == "/stop/"


@pytest.mark.parametrize(
    ("before", "test", "now"),
    [
        ({"heel_raises_left": 20}, "heel-raises-left", {"heel_raises_left": "16"}),
        ({"sit_to_stand_left": False}, "getting-up-left", {"sit_to_stand_left": "could_not"}),
        ({"heel_walk_left": True}, "heel-walk", NOT_TRIED["heel-walk"]),
    ],
)
def test_what_is_no_decline_goes_on(
    browser: Client, patient: Patient, morning: time_machine.Traveller,
    before: dict[str, bool | int], test: str, now: dict[str, str],
) -> None:  # fmt: skip
    _did(patient, **before)
    morning.shift(WEEK)

    assert browser.post(f"/strength/{test}/", now).headers["Location"].startswith("/strength/")
    assert facts_of(patient).verdict().flags == ()


@pytest.mark.parametrize("count", ["", "-1", "26", "2.5", "many", "9" * 5000])
def test_a_count_that_makes_no_sense_is_asked_again(browser: Client, patient: Patient, count: str) -> None:
    page = _answer(browser, "heel-raises-left", heel_raises_left=count)

    assert page.status_code == 200
    assert "Enter a number from 0 to 25" in page.content.decode()
    assert not patient.drafts.exists()


def test_a_count_beside_not_tried_is_asked_again(browser: Client) -> None:
    page = _answer(browser, "heel-raises-left", heel_raises_left="3", not_tried="yes")

    assert "Enter a number" in page.content.decode()


def test_one_foot_without_an_answer_is_asked_again_and_the_other_is_kept(browser: Client) -> None:
    page = _answer(browser, "heel-walk", heel_walk_left="could").content.decode()

    assert "Please choose an answer" in page
    assert re.search(r'name="heel_walk_left" value="could" checked', page)


def test_changing_the_language_in_the_middle_keeps_what_was_entered(
    browser: Client, patient: Patient
) -> None:
    page = _answer(browser, "heel-raises-left", heel_raises_left="12", switch_language="vi").content.decode()

    assert '<html lang="vi">' in page and 'value="12"' in page
    assert not patient.drafts.exists()


def test_an_answer_given_before_is_shown_on_the_way_back(browser: Client) -> None:
    _answer(browser, "heel-walk", heel_walk_left="could", heel_walk_right="could")
    _answer(browser, "heel-raises-left", heel_raises_left="0")

    assert 'value="0"' in browser.get("/strength/heel-raises-left/").content.decode()
    assert 'value="could" checked' in browser.get("/strength/heel-walk/").content.decode()


def test_sending_the_last_test_twice_stores_one_watch(browser: Client, patient: Patient) -> None:
    _do_all(browser, WELL)
    _answer(browser, "getting-up-right", sit_to_stand_right="could_not")

    assert patient.nerve_watches.count() == 1
    assert facts_of(patient).verdict().flags == ()


def test_there_is_no_page_for_another_test(browser: Client) -> None:
    assert browser.get("/strength/hopping/").status_code == 404


@pytest.mark.parametrize("address", ["/strength/", *(f"/strength/{test}/" for test in TESTS)])
def test_every_page_speaks_both_languages(browser: Client, address: str) -> None:
    headings = {}
    for language in ("en", "vi"):
        browser.cookies["ischia_language"] = language
        html = browser.get(address).content.decode()
        assert f'<html lang="{language}">' in html
        headings[language] = re.findall(r"<h1>([^<]+)</h1>|<li>([^<]+)</li>|<legend>([^<]+)</legend>", html)
    assert len(headings["en"]) == len(headings["vi"]) >= 4
    assert not set(headings["en"]) & set(headings["vi"])


def test_the_patient_and_the_clinician_see_the_results(cast: Cast) -> None:
    _did(cast.an, heel_walk_left=True, heel_raises_left=17)

    for who, address in (("An", "/history/"), ("Binh", f"/clinic/{cast.an.pk}/")):
        html = cast.browser_of(who).get(address).content.decode()
        assert "Strength tests" in html
        assert "<td>17</td><td>not tried</td>" in html
        assert "<td>could</td><td>not tried</td>" in html
    assert cast.browser_of("An").get("/settings/export/").json()["nerve_watches"][0]["heel_raises_left"] == 17


def test_a_decline_puts_the_patient_on_top_of_the_clinicians_list(cast: Cast) -> None:
    _did(cast.an, heel_walk_right=False)

    (row,) = cast.browser_of("Binh").get("/clinic/").context["rows"]

    assert row.state == "same_day"
