"""Who may see what: the standing cast against every page."""

import pytest
from django.urls import get_resolver, reverse
from tests.server.conftest import Cast, begin_session

from ischia.server.training.models import Session

OPEN = {
    "home", "help", "favicon", "language", "log-in", "log-out", "figure", "figure-still", "welcome",
    "exercises", "exercise", "exercise-sheet", "body-motion", "body", "three", "camera",
    "coach-assets", "coach-asset", "coach-spec", "offline", "offline-files", "service-worker",
    "certificate", "certificate-file",
}  # fmt: skip
MAY_BE_MISSING = {"three", "coach-assets", "coach-asset", "certificate-file"}  # made at set-up
SIGNED_IN = {"settings", "password"}
PATIENTS = {
    "welcome-symptoms", "welcome-questions", "welcome-about-you", "check-in", "check-in-questions", "stop",
    "emergency-card", "clear", "today", "start", "rest", "player", "after", "summary", "care", "history",
    "history-session", "export", "delete", "today-sheets", "nerve-watch", "nerve-watch-test",
}  # fmt: skip
CLINICIANS = {"clinic", "clinic-patient", "clinic-session", "clinic-clear", "clinic-order"}
ADMINISTRATORS = {"accounts"}
WHOSE_DRAWING_IT_IS = {"movement", "movement-data", "movement-file"}  # see test_movement
ERASERS = {"movement-erase", "movements-erase"}
POST_ONLY = {"start", "rest", "clinic-order", "language", "log-out"}


def _address(name: str, cast: Cast, session: Session) -> str:
    arguments = {
        "player": [session.pk], "after": [session.pk], "summary": [session.pk],
        "history-session": [session.pk],
        "clinic-patient": [cast.an.pk], "clinic-clear": [cast.an.pk],
        "clinic-order": [cast.an.pk], "clinic-session": [cast.an.pk, session.pk],
        "figure": ["bridge"], "figure-still": ["bridge", "hold"], "exercise": ["bridge"],
        "exercise-sheet": ["bridge"], "nerve-watch-test": ["heel-walk"],
        "body-motion": ["f_adult", "bridge"], "body": ["f_adult"],
        "coach-asset": ["0000", "none"], "coach-spec": ["bridge"], "offline": ["en"],
    }  # fmt: skip
    return reverse(name, args=arguments.get(name, []))


def _status(cast: Cast, who: str, name: str, session: Session) -> int:
    client = cast.browser_of(who)
    address = _address(name, cast, session)
    answer = client.post(address) if name in POST_ONLY else client.get(address)
    if answer.status_code == 302 and answer.headers["Location"] == "/log-in/":
        return 401
    return answer.status_code


def test_every_page_is_named_here() -> None:
    names = {pattern.name for pattern in get_resolver().url_patterns if getattr(pattern, "name", None)}

    assert names == (
        OPEN | SIGNED_IN | PATIENTS | CLINICIANS | ADMINISTRATORS | WHOSE_DRAWING_IT_IS | ERASERS
    )


@pytest.mark.parametrize("name", sorted(OPEN - POST_ONLY))
def test_open_pages_are_for_everybody(cast: Cast, name: str) -> None:
    session = begin_session(cast.an)

    for who in ("", "An", "Binh", "Giang"):
        answered = (200, 301, 302, 401, *([404] if name in MAY_BE_MISSING else []))
        assert _status(cast, who, name, session) in answered


@pytest.mark.parametrize("name", sorted(PATIENTS))
def test_patients_pages_are_for_patients(cast: Cast, name: str) -> None:
    session = begin_session(cast.an)

    assert _status(cast, "", name, session) == 401
    assert _status(cast, "Binh", name, session) == 403
    assert _status(cast, "Giang", name, session) == 403
    assert _status(cast, "An", name, session) in (200, 302)


@pytest.mark.parametrize("name", ["player", "after", "summary", "history-session"])
def test_a_patient_never_sees_anothers_session(cast: Cast, name: str) -> None:
    session = begin_session(cast.an)

    assert _status(cast, "Chi", name, session) == 404


@pytest.mark.parametrize("name", sorted(CLINICIANS))
def test_clinic_pages_are_for_the_assigned_clinician(cast: Cast, name: str) -> None:
    session = begin_session(cast.an)

    assert _status(cast, "", name, session) == 401
    assert _status(cast, "An", name, session) == 403
    assert _status(cast, "Giang", name, session) == 403
    assert _status(cast, "Dung", name, session) == (200 if name == "clinic" else 404)
    assert _status(cast, "Binh", name, session) in (200, 302, 422)


def test_a_clinicians_list_holds_only_their_own_patients(cast: Cast) -> None:
    binh = cast.browser_of("Binh").get("/clinic/").content.decode()
    dung = cast.browser_of("Dung").get("/clinic/").content.decode()

    assert "An" in binh and "Chi" not in binh
    assert "Nobody is assigned" in dung


def test_the_administrator_sees_accounts_and_no_health_data(cast: Cast) -> None:
    session = begin_session(cast.an)

    assert _status(cast, "Giang", "accounts", session) == 200
    assert _status(cast, "Binh", "accounts", session) == 403
    assert _status(cast, "An", "accounts", session) == 403


def test_an_account_that_is_switched_off_is_out_at_once(cast: Cast) -> None:
    client = cast.browser_of("An")
    cast.browser_of("Giang").post("/accounts/", {"do": "switch", "person": str(cast.an.user_id)})

    assert client.get("/today/").headers["Location"] == "/log-in/"


def test_the_administrator_assigns_and_releases(cast: Cast) -> None:
    giang = cast.browser_of("Giang")

    giang.post("/accounts/", {"do": "assign", "patient": "Chi", "clinician": str(cast.dung.pk)})
    assert cast.browser_of("Dung").get(f"/clinic/{cast.chi.pk}/").status_code == 200

    giang.post("/accounts/", {"do": "release", "assignment": str(cast.chi.assignments.get().pk)})
    assert cast.browser_of("Dung").get(f"/clinic/{cast.chi.pk}/").status_code == 404
