"""Events of a session: each stands once, under the id the browser gave it."""

import uuid
from typing import Any

from django.test import Client
from tests.server.conftest import Cast, begin_session, put, set_event

from ischia.server.patients.models import Patient
from ischia.server.training.models import Event


def test_it_answers_201_first_and_200_for_the_same_again(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    event_id, body = uuid.uuid4(), set_event(session)

    answers = [put(browser, session, body, event_id).status_code for _ in range(3)]

    assert answers == [201, 200, 200]
    assert Event.objects.count() == 1


def test_it_answers_409_for_the_same_id_with_another_content(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    event_id, body = uuid.uuid4(), set_event(session)
    put(browser, session, body, event_id)

    answer = put(browser, session, body | {"repetitions": 1, "hold_s": []}, event_id)

    assert answer.status_code == 409
    assert Event.objects.get().body["repetitions"] == body["repetitions"]


def test_it_answers_409_for_the_same_set_under_another_id(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    put(browser, session, set_event(session))

    answer = put(browser, session, set_event(session))

    assert answer.status_code == 409
    assert answer.json()["detail"] == "This set is recorded already, under another id."
    assert Event.objects.count() == 1


def test_it_answers_422_with_one_sentence_for_nonsense(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    good = set_event(session)
    nonsense = [
        good | {"kind": "dance"},
        good | {"exercise_id": "handstand"},
        good | {"side": "up"},
        good | {"number": 99},
        good | {"repetitions": -1},
        good | {"repetitions": good["repetitions"] + 1},
        good | {"repetitions": "5"},
        good | {"prescribed": good["prescribed"] | {"sets": 9}},
        good | {"hold_s": [1.0] * 100},
        good | {"hold_s": "long"},
        good | {"surprise": 1},
        good | {"id": str(uuid.uuid4())},
        {"kind": "feedback", "exercise_id": good["exercise_id"], "effort": "right", "pain": 99, "at": "now"},
        {"kind": "set"},
        {},
    ]

    for body in nonsense:
        answer = put(browser, session, body)
        assert answer.status_code == 422, body
        assert answer.json()["detail"]
    assert not Event.objects.exists()


def by_camera(body: dict[str, Any]) -> dict[str, Any]:
    """The same set with one repetition seen by a camera."""
    rep = {"start_s": 1.0, "hold_start_s": 2.0, "hold_end_s": 5.0, "end_s": 6.0}
    sides = {"measurable": False, "reason": "not_measurable_from_this_view", "left": 0, "right": 0}
    return body | {
        "measured_by": "camera",
        "reps": [rep | {"side": body["side"], "complete": True, "confidence": 0.8}],
        "cues": ["too_fast"],
        "symmetry": sides | {"difference_deg": None, "confidence": 0.0},
    }


def test_it_takes_what_a_camera_saw(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)

    assert put(browser, session, by_camera(set_event(session))).status_code == 201
    assert Event.objects.get().body["cues"] == ["too_fast"]


def test_it_answers_422_for_what_no_camera_can_have_seen(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    good = by_camera(set_event(session))
    rep, sides = good["reps"][0], good["symmetry"]
    nonsense = {
        "measured_by": [{"measured_by": "timer"}],
        "reps": [
            {"reps": [rep | change]}
            for change in (
                {"start_s": -1.0},
                {"hold_start_s": 0.5},
                {"end_s": 4.0},
                {"confidence": 1.1},
                {"confidence": None},
                {"side": "front"},
                {"landmarks": [0.1, 0.2]},
            )
        ]
        + [{"reps": [rep] * (good["repetitions"] + 1)}],
        "cues": [{"cues": ["dancing"]}, {"cues": ["too_fast", "too_fast"]}, {"cues": [7]}],
        "symmetry": [
            {"symmetry": sides | change}
            for change in (
                {"confidence": -0.1},
                {"left": -1},
                {"right": 10**9},
                {"difference_deg": 361.0},
                {"reason": "bad light"},
                {"reason": None},
                {"measurable": True, "reason": None},
            )
        ],
        "hold_s": [{"hold_s": [-0.1]}, {"hold_s": [3601.0]}],
        "times": [{"started_at": "yesterday"}, {"ended_at": "2026-03-14T08:11:00"}],
    }

    for changes in nonsense.values():
        for change in changes:
            answer = put(browser, session, good | change)
            assert answer.status_code == 422, change
            assert len(answer.json()["detail"]) > 20
    assert not Event.objects.exists()


def test_it_answers_422_for_what_is_no_json_object(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    address = f"/api/sessions/{session.pk}/events/{uuid.uuid4()}"

    for text in ("", "[]", "{", '"set"', "null"):
        answer = browser.put(address, text, content_type="application/json")
        assert answer.status_code in (400, 422), text


def test_it_takes_no_event_without_the_csrf_token(patient: Patient) -> None:
    session = begin_session(patient)
    strict = Client(enforce_csrf_checks=True)
    token = strict.get("/welcome/").context["csrf_token"]
    strict.post("/welcome/", {"csrfmiddlewaretoken": str(token)})
    address = f"/api/sessions/{session.pk}/events/{uuid.uuid4()}"
    body = set_event(session)

    assert strict.put(address, body, content_type="application/json").status_code == 403
    token = strict.cookies["ischia_csrf"].value
    answer = strict.put(address, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 201


def test_it_answers_401_to_nobody_and_404_to_somebody_else(cast: Cast) -> None:
    session = begin_session(cast.an)

    assert put(cast.browser_of(""), session, set_event(session)).status_code == 401
    assert put(cast.browser_of("Chi"), session, set_event(session)).status_code == 404
    assert put(cast.browser_of("Binh"), session, set_event(session)).status_code == 401
    assert not Event.objects.exists()


def test_it_gives_the_player_what_is_already_recorded(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    event_id = uuid.uuid4()
    put(browser, session, set_event(session), event_id)

    data = browser.get(f"/session/{session.pk}/").context["session_data"]

    assert [event["id"] for event in data["events"]] == [str(event_id)]
    assert data["plan"]["exercises"][0]["exercise_id"] in data["exercises"]
    assert set(data["texts"]) == {"en", "vi"}


def test_it_begins_a_plan_only_once(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)

    addresses = {browser.post("/today/start/").headers["Location"] for _ in range(3)}

    assert addresses == {f"/session/{session.pk}/"}
