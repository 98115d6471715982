"""The first visit, from the first page to the first morning."""

from typing import Any

from django.test import Client

from ischia.check_in import Region
from ischia.screening import load_bank
from ischia.server.facts import facts_of
from ischia.server.patients.models import Patient
from ischia.units import Side


def _none_of_these() -> dict[str, str]:
    cards = {question.card for question in load_bank().questions}
    return {f"none-{card}": "yes" for card in cards}


def _about() -> dict[str, str]:
    return {"name": "Lan", "age_years": "52", "none-hold": "yes", "none-care": "yes", "goals": "Walk\nSit"}


def _come_in(client: Client) -> Patient:
    client.post("/welcome/")
    return Patient.objects.get()


def test_it_lets_the_first_visitor_start_without_an_account(db: None, client: Client) -> None:
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/welcome/"

    answer = client.post("/welcome/")

    assert answer.headers["Location"] == "/welcome/symptoms/"
    assert Patient.objects.get().user is None


def test_it_takes_another_browser_of_this_computer_to_the_same_person(
    browser: Client, patient: Patient
) -> None:
    other = Client()

    other.post("/welcome/")

    assert Patient.objects.count() == 1
    assert other.get("/today/").status_code == 200


def test_it_leads_from_symptoms_over_questions_and_conditions_to_today(db: None, client: Client) -> None:
    person = _come_in(client)

    client.post(
        "/welcome/symptoms/", {"calf-left-pain": "4", "calf-left-tingling": "yes", "nothing_else": "yes"}
    )
    client.post("/welcome/questions/", _none_of_these())
    last = client.post("/welcome/about-you/", _about(), follow=True)

    assert last.redirect_chain[-1][0] == "/today/"
    intake = facts_of(person).intake
    assert intake is not None
    calf = intake.check_in.leg_map[Region.CALF, Side.LEFT]
    assert (calf.pain, calf.tingling, calf.numbness) == (4, True, False)
    assert intake.goals == ("Walk", "Sit")
    assert facts_of(person).verdict().cleared


def test_it_never_takes_a_place_left_blank_for_zero(db: None, client: Client) -> None:
    person = _come_in(client)

    client.post("/welcome/symptoms/", {"back-left-pain": "3"})
    client.post("/welcome/questions/", _none_of_these())
    client.post("/welcome/about-you/", _about())

    intake = facts_of(person).intake
    assert intake is not None
    assert set(intake.check_in.leg_map) == {(Region.BACK, Side.LEFT)}
    assert intake.check_in.leg_map[Region.BACK, Side.LEFT].numbness is None


def test_it_asks_again_for_every_card_that_was_not_answered(db: None, client: Client) -> None:
    _come_in(client)
    client.post("/welcome/symptoms/", {"back-left-pain": "3"})
    answers = _none_of_these()
    answers.pop(next(iter(answers)))

    page = client.post("/welcome/questions/", answers)

    assert page.status_code == 200
    assert "not answered yet" in page.content.decode()


def test_it_stops_at_one_emergency_answer_and_says_where_to_go(db: None, client: Client) -> None:
    person = _come_in(client)
    client.post("/welcome/symptoms/", {"back-left-pain": "3"})

    page = client.post("/welcome/questions/", {"tick-saddle_seat": "yes"}, follow=True)

    assert page.redirect_chain[-1][0] == "/stop/"
    assert "emergency" in page.content.decode().lower()
    assert not facts_of(person).verdict().cleared
    assert client.get("/today/").headers["Location"] == "/stop/"


def test_it_keeps_what_was_entered_when_the_language_changes(db: None, client: Client) -> None:
    _come_in(client)

    page = client.post(
        "/welcome/symptoms/", {"calf-left-pain": "4", "foot-right-numbness": "yes", "switch_language": "vi"}
    )

    html = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="vi">' in html
    assert 'name="calf-left-pain" value="4" checked' in html
    assert 'lang="vi"' in client.get("/welcome/symptoms/").content.decode()


def test_it_goes_on_with_a_first_visit_that_was_left(db: None, client: Client) -> None:
    _come_in(client)
    client.post("/welcome/symptoms/", {"calf-left-pain": "4"})

    html = client.get("/welcome/symptoms/").content.decode()

    assert 'name="calf-left-pain" value="4" checked' in html


def test_it_refuses_an_age_nobody_has(db: None, client: Client) -> None:
    person = _come_in(client)
    client.post("/welcome/symptoms/", {"back-left-pain": "3"})
    client.post("/welcome/questions/", _none_of_these())

    page: Any = client.post("/welcome/about-you/", _about() | {"age_years": "400"})

    assert page.status_code == 200
    assert facts_of(person).intake is None
