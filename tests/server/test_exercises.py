"""Pages of the exercises, and what their 3-D view is made of."""

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.server.conftest import Cast

from ischia.anatomy import body_names
from ischia.catalogue import load_catalogue
from ischia.demonstration import figure_svg, graphics
from ischia.server import bodies
from ischia.server.tags import drawing
from ischia.server.training import exercise_views

EVERY = sorted(load_catalogue().exercises)


def data_of(client: Client, exercise_id: str) -> dict[str, Any]:
    html = client.get(f"/exercises/{exercise_id}/").content.decode()
    found = re.search(r'<script id="exercise-data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_list_leads_to_every_exercise(browser: Client) -> None:
    html = browser.get("/exercises/").content.decode()

    assert all(f'href="/exercises/{exercise_id}/"' in html for exercise_id in EVERY)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("exercise_id", EVERY)
def test_every_exercise_has_a_page_in_both_languages(
    browser: Client, exercise_id: str, language: str
) -> None:
    browser.cookies["ischia_language"] = language

    html = browser.get(f"/exercises/{exercise_id}/").content.decode()

    texts = load_catalogue().texts("vi" if language == "vi" else "en")[exercise_id]
    assert texts.title in html and texts.movement in html


def test_the_picture_and_the_film_stand_in_the_page_itself(browser: Client) -> None:
    html = browser.get("/exercises/bridge/").content.decode()

    svg = re.search(
        r'<div id="exercise-picture" class="flat"><svg aria-label="([^"]+)"[^>]*>(.*?)</svg>', html
    )
    assert svg is not None
    assert svg[1] == load_catalogue().texts("en")["bridge"].movement
    assert svg[2] in figure_svg("bridge", "hold")
    film = re.search(r"<video [^>]*>", html)
    assert film is not None
    assert all(
        f" {word} " in film[0] for word in ("muted", "loop", "playsinline", "hidden", 'preload="none"')
    )
    assert "autoplay" not in film[0]


def test_a_label_is_told_as_text_in_the_drawing() -> None:
    assert str(drawing("bridge", "hold", '"><b>')).startswith('<svg aria-label="&quot;&gt;&lt;b&gt;" ')


def test_the_page_gives_its_script_four_bodies_and_the_start_dose(browser: Client) -> None:
    data = data_of(browser, "bridge")

    assert [person["id"] for person in data["people"]] == ["f_adult", "m_adult", "f_older", "m_heavy"]
    assert data["hold_s"] == load_catalogue().exercises["bridge"].dose.start.hold_s
    for person in data["people"]:
        assert browser.get(person["mesh"]).status_code == 200
        assert browser.get(person["motion"]).json()["id"] == "bridge"


def test_without_three_js_the_page_knows_and_the_library_is_missing(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise_views, "three_js", lambda: None)
    monkeypatch.setattr(bodies, "three_js", lambda: None)

    assert data_of(browser, "bridge")["three"] == ""
    assert browser.get("/bodies/three.js").status_code == 404


@pytest.mark.parametrize("body", body_names())
def test_a_body_travels_packed_where_the_browser_unpacks(browser: Client, body: str) -> None:
    plain = browser.get(f"/bodies/{body}.glb")
    packed = browser.get(f"/bodies/{body}.glb", headers={"accept-encoding": "gzip, br"})

    assert plain.content[:4] == b"glTF"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/exercises/nonsense/",
        "/bodies/nobody.glb",
        "/bodies/f_adult/nonsense.json",
        "/bodies/nobody/bridge.json",
    ],
)
def test_what_does_not_exist_is_not_found(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_with_accounts_a_stranger_logs_in_first(cast: Cast) -> None:
    for address in ("/exercises/", "/exercises/bridge/"):
        answer = Client().get(address)
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/log-in/")


def test_fetching_again_does_nothing_where_the_bundle_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("ISCHIA_ASSETS", str(tmp_path))
    monkeypatch.setattr(graphics, "npm_tools", lambda: pytest.fail("asked for npm"))
    graphics._store(b"export {};")

    graphics.fetch_three()

    assert graphics.three_js() is not None
