"""Without accounts nobody comes in from elsewhere: not by a rebound name, not through a proxy."""

from dataclasses import replace

import pytest
from django.test import Client

from ischia.server import runtime


def test_it_answers_its_own_names_only(db: None, client: Client, settings: pytest.FixtureRequest) -> None:
    settings.ALLOWED_HOSTS = list(runtime.LOOPBACK_NAMES)  # type: ignore[attr-defined]

    assert client.get("/welcome/", headers={"host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/welcome/", headers={"host": "localhost:8000"}).status_code == 200
    assert client.get("/welcome/", headers={"host": "[::1]:8000"}).status_code == 200
    assert client.get("/welcome/", headers={"host": "evil.example.org"}).status_code == 400
    assert client.get("/welcome/", headers={"host": "127.0.0.1.nip.example"}).status_code == 400


@pytest.mark.parametrize("header", ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"])
def test_it_refuses_what_comes_through_a_proxy(db: None, client: Client, header: str) -> None:
    answer = client.get("/welcome/", headers={header: "203.0.113.7"})

    assert answer.status_code == 403
    assert "this computer" in answer.content.decode() or "its own computer" in answer.content.decode()


def test_it_refuses_another_computers_address(db: None, client: Client) -> None:
    assert client.get("/welcome/", REMOTE_ADDR="192.168.1.20").status_code == 403
    assert client.get("/welcome/", REMOTE_ADDR="::1").status_code == 200


def test_it_takes_no_form_sent_from_another_origin(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = str(strict.get("/welcome/").context["csrf_token"])

    answer = strict.post(
        "/welcome/", {"csrfmiddlewaretoken": token}, headers={"origin": "https://ischia.example.org"}
    )

    assert answer.status_code == 403


def test_it_serves_others_once_there_are_accounts(db: None, client: Client) -> None:
    runtime.use(replace(runtime.current(), accounts=True))

    assert client.get("/log-in/", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 200
    assert client.get("/welcome/", REMOTE_ADDR="192.168.1.20").headers["Location"] == "/log-in/"


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("[::1]", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("example.org", False)],
)  # fmt: skip
def test_it_knows_which_addresses_only_this_computer_reaches(host: str, alone: bool) -> None:
    assert runtime.is_loopback(host) is alone
