"""Logging in and out, guessing, and changing a password."""

from django.test import Client
from tests.server.conftest import PASSWORD, Cast


def _log_in(client: Client, name: str, password: str = PASSWORD) -> int:
    return client.post("/log-in/", {"name": name, "password": password}).status_code


def test_it_lets_everybody_in_to_their_own_pages(cast: Cast) -> None:
    for name, home in (("An", "/today/"), ("Binh", "/clinic/"), ("Giang", "/accounts/")):
        client = Client()
        assert _log_in(client, name) == 302
        assert client.get("/").headers["Location"] == home


def test_it_takes_a_name_in_capitals_for_the_same(cast: Cast) -> None:
    assert _log_in(Client(), "AN") == 302


def test_it_refuses_a_wrong_password_without_saying_which_part_is_wrong(cast: Cast) -> None:
    wrong = Client().post("/log-in/", {"name": "An", "password": "no"})
    unknown = Client().post("/log-in/", {"name": "Nobody", "password": "no"})

    assert wrong.status_code == unknown.status_code == 403
    assert "do not belong together" in wrong.content.decode()
    assert "do not belong together" in unknown.content.decode()


def test_it_makes_a_guesser_wait_even_with_the_right_password(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        assert _log_in(client, "An", "guess") == 403

    assert _log_in(client, "An") == 429
    assert _log_in(client, "Binh") == 302


def test_it_makes_an_address_wait_that_tries_many_names(cast: Cast) -> None:
    client = Client()
    for number in range(30):
        _log_in(client, f"name {number}", "guess")

    assert _log_in(client, "Binh") == 429


def test_it_lets_nobody_in_whose_account_is_switched_off(cast: Cast) -> None:
    cast.binh.is_active = False
    cast.binh.save()

    assert _log_in(Client(), "Binh") == 403


def test_it_changes_the_password_and_logs_other_browsers_out(cast: Cast) -> None:
    here, elsewhere = cast.browser_of("An"), cast.browser_of("An")
    new = "another long evening"

    here.post("/settings/password/", {"old": PASSWORD, "new": new, "again": new})

    assert here.get("/today/").status_code == 200
    assert elsewhere.get("/today/").headers["Location"] == "/log-in/"
    assert _log_in(Client(), "An", new) == 302


def test_it_refuses_weak_and_mistyped_new_passwords(cast: Cast) -> None:
    client = cast.browser_of("An")

    for old, new, again in (
        ("wrong", "another long evening", "another long evening"),
        (PASSWORD, "another long evening", "another long night"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "password123", "password123"),
    ):
        assert client.post("/settings/password/", {"old": old, "new": new, "again": again}).status_code == 200
    assert _log_in(Client(), "An") == 302


def test_it_logs_out(cast: Cast) -> None:
    client = cast.browser_of("An")

    client.post("/log-out/")

    assert client.get("/today/").headers["Location"] == "/log-in/"


def test_it_shows_no_account_page_on_a_computer_used_alone(db: None, client: Client) -> None:
    assert client.get("/log-in/").headers["Location"] == "/"
    assert client.get("/clinic/").status_code == 403
    assert client.get("/accounts/").status_code == 403


def test_it_takes_no_form_without_the_csrf_token(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/log-in/", {"name": "An", "password": PASSWORD})

    assert answer.status_code == 403
    assert "Please send this again" in answer.content.decode()
