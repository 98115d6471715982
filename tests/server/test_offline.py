"""What the server gives a browser for a time without a connection, and what it opens on which day."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.server.conftest import begin_session

from ischia.server.patients.models import Patient
from ischia.server.training.session_data import session_data


def test_a_session_of_another_day_is_not_opened(
    morning: time_machine.Traveller, browser: Client, patient: Patient
) -> None:
    session = begin_session(patient)
    assert browser.get(f"/session/{session.pk}/").status_code == 200

    morning.shift(24 * 3600)

    answer: Any = browser.get(f"/session/{session.pk}/")
    assert (answer.status_code, answer.url) == (302, "/today/")


def test_the_page_knows_how_long_its_day_lasts(morning: time_machine.Traveller, patient: Patient) -> None:
    session = begin_session(patient)

    assert session_data(session, "en", None, "")["left_s"] == 16 * 3600

    morning.shift(17 * 3600)
    assert session_data(session, "en", None, "")["left_s"] == -3600


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_without_a_connection_tells_when_to_see_a_doctor(client: Client, language: str) -> None:
    html = client.get(f"/offline/{language}/").content.decode()

    assert f'<html lang="{language}">' in html
    assert html.count("<li>") > 20
    assert "csrf" not in html and "data-person" not in html


def test_there_is_no_such_page_in_another_language(client: Client) -> None:
    assert client.get("/offline/de/").status_code == 404


@pytest.mark.django_db
def test_every_file_that_is_to_be_kept_is_there_without_a_cookie(client: Client) -> None:
    listing = client.get("/offline/files.json").json()

    assert len(listing["files"]) > 50
    assert set(listing["voice"]) == {"en", "vi"}
    for url in [*listing["files"], listing["voice"]["vi"][0]]:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert not answer.cookies, url
