"""How each set was counted, on the history's and the clinic's pages."""

import uuid
from dataclasses import replace
from typing import Any

import time_machine
from django.test import Client
from tests.server.conftest import Cast, begin_session, put, set_event
from tests.server.test_events import by_camera

from ischia.server.facts import records_of
from ischia.server.patients.models import Patient
from ischia.server.training import counted
from ischia.server.training.models import Session
from ischia.session import MeasuredBy, SetRecord, SideComparison
from ischia.units import Side


def _first_with(session: Session, side: str) -> int:
    """The place of the first exercise in the plan that is done with this side first."""
    doses = [one["doses"][0]["side"] for one in session.plan.body["exercises"]]
    return doses.index(side)


def _texts(html: str) -> str:
    return " ".join(html.replace("&nbsp;", " ").split())


def test_the_history_tells_how_a_set_was_counted_and_what_was_corrected(
    browser: Client, patient: Patient
) -> None:
    session = begin_session(patient)
    body = by_camera(set_event(session, exercise=_first_with(session, "both")))
    put(browser, session, body)

    text = _texts(browser.get(f"/history/{session.pk}/").content.decode())

    assert "“A little slower.”" in text
    assert f"{body['repetitions'] - 1} not seen by the camera" in text
    assert "held 3 s, planned" in text
    assert "seen clearly" in text
    assert "Left and right: not measurable from this view" in text


def test_a_set_by_the_timer_claims_nothing_of_a_camera(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    put(browser, session, set_event(session))

    text = _texts(browser.get(f"/history/{session.pk}/").content.decode())

    assert ">timer<" in text
    assert "not seen" not in text and "Left and right" not in text and "camera coach" not in text


def test_a_record_from_before_cameras_is_still_shown(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    body = set_event(session)
    old = {key: value for key, value in body.items() if key not in ("kind", "reps", "cues")}
    event_id = uuid.uuid4()
    session.events.create(id=event_id, kind="set", body=old | {"id": str(event_id)})

    assert browser.get(f"/history/{session.pk}/").status_code == 200
    assert browser.get("/history/").status_code == 200


def test_the_clinic_has_one_line_for_each_exercise_with_its_corrections_counted(
    cast: Cast, morning: time_machine.Traveller
) -> None:
    browser = cast.browser_of("An")
    for _ in range(2):
        morning.shift(24 * 3600)
        session = begin_session(cast.an)
        put(browser, session, by_camera(set_event(session)))

    page = cast.browser_of("Binh").get(f"/clinic/{cast.an.pk}/")

    (row,) = page.context["counted"]
    assert row["by"] == [("camera", 2)]
    assert row["seen"] == 2
    assert row["held"] == "3"
    assert row["corrections"] == [("A little slower.", 2)]
    assert "A little slower." in page.content.decode()


def test_the_clinic_sums_up_the_latest_sessions_only(patient: Patient, browser: Client) -> None:
    session = begin_session(patient)
    put(browser, session, set_event(session))

    (row,) = counted.by_exercise(list(records_of(patient)) * (counted.LAST_SESSIONS + 2), "en")

    assert row["by"] == [("timer", counted.LAST_SESSIONS)]


def test_a_clinician_opens_one_session_of_their_own_patient(cast: Cast) -> None:
    session = begin_session(cast.an)
    put(cast.browser_of("An"), session, by_camera(set_event(session)))
    elsewhere = begin_session(cast.chi)

    binh = cast.browser_of("Binh")
    assert "How it was counted" in binh.get(f"/clinic/{cast.an.pk}/session/{session.pk}/").content.decode()
    assert binh.get(f"/clinic/{cast.an.pk}/session/{elsewhere.pk}/").status_code == 404


def _row(record: SetRecord, **changes: Any) -> dict[str, Any]:
    (row,) = counted.by_set([replace(record, **changes)], "en")
    return row


def test_left_against_right_is_told_only_where_a_camera_saw_both(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    put(browser, session, by_camera(set_event(session)))
    record = next(iter(records_of(patient))).sets[0]
    seen = SideComparison(True, None, 2, 2, -4.4, 0.9)

    assert _row(record, side=Side.BOTH, symmetry=seen)["sides"] == "the right hip moves 4° further"
    assert _row(record, side=Side.BOTH, symmetry=replace(seen, difference_deg=0.4))["sides"] == "alike"
    one = replace(seen, measurable=False, reason="only_one_side_done", difference_deg=None)
    assert _row(record, side=Side.BOTH, symmetry=one)["sides"] == "only one side moved"
    assert _row(record, side=Side.LEFT, symmetry=one)["sides"] == ""
    by_hand = {"measured_by": MeasuredBy.HAND, "symmetry": None, "reps": (), "cues": ()}
    assert _row(record, **by_hand)["sides"] == ""


def test_how_surely_it_was_seen_is_told_in_words(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    put(browser, session, by_camera(set_event(session)))
    record = next(iter(records_of(patient))).sets[0]

    for confidence, words in ((0.75, "seen clearly"), (0.5, "seen fairly well"), (0.49, "hardly seen")):
        reps = tuple(replace(rep, confidence=confidence) for rep in record.reps)
        assert _row(record, reps=reps)["sets"][0]["sureness"] == words


def test_a_correction_that_left_the_catalogue_keeps_its_id() -> None:
    assert counted.correction("bridge", "sagging", "en") == "Lift your hips a little higher."
    assert counted.correction("bridge", "sagging", "vi") == "Nâng hông cao hơn một chút."
    assert counted.correction("bridge", "gone", "en") == "gone"
    assert counted.correction("gone", "too_fast", "en") == "A little slower."
