"""What holds for every page: both languages, a strict policy, nothing from elsewhere, few queries."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.server.conftest import Cast, begin_session, put, set_event

from ischia.server.patients.models import Patient

PAGES = (
    "/welcome/", "/today/", "/check-in/", "/history/", "/settings/", "/settings/delete/", "/help/", "/care/",
    "/welcome/about-you/", "/nowhere/", "/strength/", "/strength/heel-walk/", "/camera/",
)  # fmt: skip
MARKED_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.mark.parametrize("address", PAGES)
def test_it_speaks_both_languages(browser: Client, address: str) -> None:
    for language in ("en", "vi"):
        browser.cookies["ischia_language"] = language
        html = browser.get(address, follow=True).content.decode()
        assert f'<html lang="{language}">' in html
        visible = re.sub(r"<[^>]+>", "", html).replace("Tiếng Việt", "").replace("Lan", "")
        assert bool(MARKED_VIETNAMESE.search(visible)) is (language == "vi")


@pytest.mark.parametrize("address", PAGES)
def test_it_allows_nothing_but_our_own_origin(browser: Client, address: str) -> None:
    answer = browser.get(address, follow=True)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "camera=(self)" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_it_has_no_inline_style_or_script_and_asks_no_other_host(browser: Client, address: str) -> None:
    html = browser.get(address, follow=True).content.decode()

    assert " style=" not in html and "<style" not in html
    assert not re.search(r"\son\w+=", html)
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", html)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", html)


def test_it_sends_the_policy_with_the_player_and_the_static_files(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)

    for address in (f"/session/{session.pk}/", "/static/ischia/app/ischia.css"):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_it_asks_the_database_little(
    browser: Client, patient: Patient, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(2):
        session = begin_session(patient)
        put(browser, session, set_event(session))

    for address, most in (
        ("/today/", 16),
        ("/history/", 18),
        ("/check-in/", 14),
        ("/settings/", 5),
        ("/help/", 4),
    ):
        with django_assert_max_num_queries(most):
            assert browser.get(address).status_code == 200


def test_it_asks_no_more_for_a_longer_history(
    browser: Client, patient: Patient, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(6):
        session = begin_session(patient)
        put(browser, session, set_event(session))

    with django_assert_max_num_queries(18):
        browser.get("/history/")


def test_it_answers_plainly_when_a_page_breaks(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ischia.server.pages.load_bank", lambda: 1 / 0)
    browser.raise_request_exception = False

    answer = browser.get("/help/")

    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_it_changes_the_language_and_stays_on_the_page(browser: Client, patient: Patient) -> None:
    answer = browser.post("/language/", {"next": "/history/", "switch_language": "vi"})

    assert answer.headers["Location"] == "/history/"
    patient.refresh_from_db()
    assert patient.language == "vi"


def test_it_never_leads_to_another_host(browser: Client) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = browser.post("/language/", {"next": elsewhere, "switch_language": "vi"})
        assert answer.headers["Location"] == "/"


def test_the_clinics_pages_open_in_both_languages(cast: Cast) -> None:
    session = begin_session(cast.an)
    put(cast.browser_of("An"), session, set_event(session))
    binh = cast.browser_of("Binh")

    for language in ("en", "vi"):
        binh.cookies["ischia_language"] = language
        for address in ("/clinic/", f"/clinic/{cast.an.pk}/", "/settings/", "/settings/password/"):
            assert f'<html lang="{language}">' in binh.get(address).content.decode()
