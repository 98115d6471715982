"""The drawing of a movement: kept only where the patient chose so, read strictly, erased at will."""

import base64
import gzip
import json
import math
import struct
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from tests.server.conftest import Cast, begin_session, put, set_event
from tests.server.test_events import by_camera

from ischia.analysis import analyse
from ischia.recording import LANDMARKS, LandmarkTrack, read_track
from ischia.server.patients.models import Patient
from ischia.server.training import movement_track
from ischia.server.training.models import Event, MovementTrack, Session

TRACKS = Path(__file__).resolve().parents[2] / "conformance" / "tracks"


def packed(track: LandmarkTrack) -> bytes:
    """A track as a browser sends it, written from the documented form alone."""
    seen = ~np.isnan(track.image[:, 0, 0])
    steps = np.rint(np.nan_to_num(track.image) * 8192).clip(-32767, 32767).astype("<i2")
    steps[~seen] = -32768
    people = seen.astype(np.uint8) if track.people is None else track.people.astype(np.uint8)
    head = struct.pack("<4s3I", b"ITK1", track.width, track.height, len(track))
    return gzip.compress(head + track.t_s.astype("<f8").tobytes() + people.tobytes() + steps.tobytes())


def small(n: int = 3, **changes: Any) -> bytes:
    """A drawing of a few pictures."""
    image = np.full((n, LANDMARKS, 4), 0.5, np.float32)
    given = {"t_s": np.arange(n) / 10, "image": image, "width": 640, "height": 480} | changes
    return packed(LandmarkTrack(**given))


def choose(client: Client, choice: str = "keep") -> None:
    client.post("/settings/", {"movement": choice})


def put_set(client: Client, session: Session, **changes: Any) -> tuple[uuid.UUID, Any]:
    """Send a set that a camera counted; return its id and the answer."""
    event_id = uuid.uuid4()
    return event_id, put(client, session, by_camera(set_event(session)) | changes, event_id).json()


def send(client: Client, session: Session, event_id: uuid.UUID, body: bytes) -> Any:
    address = f"/api/sessions/{session.pk}/events/{event_id}/movement"
    return client.put(address, body, content_type="application/octet-stream")


def kept(client: Client, patient: Patient) -> tuple[Session, uuid.UUID]:
    """Choose it, train a set, and let its drawing be kept."""
    choose(client)
    session = begin_session(patient)
    event_id, _ = put_set(client, session)
    assert send(client, session, event_id, small()).status_code == 201
    return session, event_id


def test_it_is_off_until_the_patient_chooses_it(browser: Client, patient: Patient) -> None:
    session = begin_session(patient)
    event_id, answer = put_set(browser, session)

    refused = send(browser, session, event_id, small())

    assert answer["movement"] is None
    assert refused.status_code == 409
    assert refused.json()["detail"] == "You have not chosen to keep a drawing of your movement."
    assert not MovementTrack.objects.exists()
    assert browser.get(f"/session/{session.pk}/").context["session_data"]["keeps_movement"] is False


def test_chosen_it_is_asked_for_with_the_set_and_kept_once(browser: Client, patient: Patient) -> None:
    choose(browser)
    session = begin_session(patient)
    event_id, answer = put_set(browser, session)
    assert answer["movement"] == f"/api/sessions/{session.pk}/events/{event_id}/movement"

    again = [send(browser, session, event_id, small()).status_code for _ in range(2)]

    assert again == [201, 200]
    assert send(browser, session, event_id, small(4)).status_code == 409
    assert MovementTrack.objects.get().frames == 3
    body = by_camera(set_event(session))
    assert put(browser, session, body, event_id).json()["movement"] is None


def test_unchosen_again_the_next_one_is_refused_and_those_kept_stay(
    browser: Client, patient: Patient
) -> None:
    session, _ = kept(browser, patient)
    choose(browser, "none")

    event_id = uuid.uuid4()
    other = by_camera(set_event(session, exercise=1))
    other |= {"cues": [], "reps": []}
    assert put(browser, session, other, event_id).json()["movement"] is None
    assert send(browser, session, event_id, small()).status_code == 409
    assert MovementTrack.objects.count() == 1


def test_choosing_it_leaves_the_voice_as_it_is(browser: Client, patient: Patient) -> None:
    browser.post("/settings/", {"voice": "none"})
    choose(browser)

    patient.refresh_from_db()
    assert (patient.voice, patient.keeps_movement) == ({"kind": "none"}, True)


def test_only_a_set_that_a_camera_counted_has_one(browser: Client, patient: Patient) -> None:
    choose(browser)
    session = begin_session(patient)
    event_id = uuid.uuid4()
    answer = put(browser, session, set_event(session), event_id).json()

    assert answer["movement"] is None
    assert send(browser, session, event_id, small()).status_code == 409
    assert send(browser, session, uuid.uuid4(), small()).status_code == 404


def test_what_is_no_drawing_is_refused_with_one_sentence(browser: Client, patient: Patient) -> None:
    choose(browser)
    session = begin_session(patient)
    event_id, _ = put_set(browser, session)
    good = gzip.decompress(small())
    nonsense = {
        "empty": b"",
        "a picture": b"\x89PNG\r\n" + bytes(400),
        "not packed": good,
        "cut": small()[:-20],
        "more behind": small() + b"more",
        "two": small() + small(),
        "no magic": gzip.compress(b"ITK2" + good[4:]),
        "too short": gzip.compress(good[:-1]),
        "too long": gzip.compress(good + b"0"),
        "no frames": gzip.compress(struct.pack("<4s3I", b"ITK1", 640, 480, 0)),
        "a lying count": gzip.compress(struct.pack("<4s3I", b"ITK1", 640, 480, 2**31)),
        "a bomb": gzip.compress(bytes(movement_track.MOST_FRAMES * 300)),
        "no width": small(width=0),
        "wide": small(width=10_001),
        "back in time": small(t_s=np.array([0.0, 0.2, 0.1])),
        "standing still": small(t_s=np.array([0.0, 0.1, 0.1])),
        "before the start": small(t_s=np.array([-1.0, 0.1, 0.2])),
        "endless": small(t_s=np.array([0.0, 0.1, math.inf])),
        "no time": small(t_s=np.array([0.0, math.nan, 0.2])),
        "too many": small(movement_track.MOST_FRAMES + 1),
    }

    for name, body in nonsense.items():
        answer = send(browser, session, event_id, body)
        assert answer.status_code == 422, name
        assert answer.json()["detail"].endswith(".")
    assert not MovementTrack.objects.exists()


def test_it_weighs_no_more_than_its_limit(browser: Client, patient: Patient) -> None:
    choose(browser)
    session = begin_session(patient)
    event_id, _ = put_set(browser, session)

    answer = send(browser, session, event_id, bytes(movement_track.MOST_BYTES + 1))

    assert answer.status_code == 413
    assert answer.json()["detail"] == "A drawing weighs at most 2 MiB."


def test_the_newest_hundred_are_kept(
    browser: Client, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(movement_track, "MOST_KEPT", 1)
    session, first = kept(browser, patient)
    event_id = uuid.uuid4()
    other = by_camera(set_event(session, exercise=1)) | {"cues": []}
    put(browser, session, other, event_id)

    assert send(browser, session, event_id, small()).status_code == 201

    assert MovementTrack.objects.get().event.id == event_id
    assert Event.objects.filter(id=first).exists()


@pytest.mark.parametrize(
    "name", ["bridge_side", "bridge_heavy_noise", "knee_to_chest_right", "curl_up_oblique"]
)
def test_analysed_again_it_gives_the_same_count_and_holds(
    browser: Client, patient: Patient, tmp_path: Path, name: str
) -> None:
    session, event_id = kept(browser, patient)
    source = TRACKS / f"{name}.npz"
    spec = json.loads((TRACKS.parent / "records.json").read_text())[name]["spec"]
    MovementTrack.objects.update(body=packed(read_track(source)))

    answer = browser.get(f"/movements/{event_id}/drawing.npz")
    again = tmp_path / "again.npz"
    again.write_bytes(answer.content)

    before, after = analyse(source, spec), analyse(again, spec)
    assert after.count == before.count == 2
    for one, other in zip(before.repetitions, after.repetitions, strict=True):
        assert other.hold_s == pytest.approx(one.hold_s, abs=0.1)
    assert f"{session.on_date}-" in answer.headers["Content-Disposition"]


def test_it_is_played_by_its_patient_and_their_clinician_and_nobody_else(cast: Cast) -> None:
    _, event_id = kept(cast.browser_of("An"), cast.an)
    statuses = {
        who: [
            cast.browser_of(who).get(f"/movements/{event_id}/{part}").status_code
            for part in ("", "drawing", "drawing.npz")
        ]
        for who in ("An", "Binh", "Chi", "Dung", "Giang", "")
    }

    assert statuses == {
        "An": [200] * 3,
        "Binh": [200] * 3,
        "Chi": [404] * 3,
        "Dung": [404] * 3,
        "Giang": [404] * 3,
        "": [302] * 3,
    }
    for who, status in (("Binh", 403), ("Chi", 404), ("", 302)):
        assert cast.browser_of(who).post(f"/movements/{event_id}/erase/").status_code == status
    cast.browser_of("Chi").post("/movements/erase/")
    assert cast.browser_of("Binh").post("/movements/erase/").status_code == 403
    assert MovementTrack.objects.exists()


def test_the_page_that_plays_it_is_given_what_was_sent(browser: Client, patient: Patient) -> None:
    _, event_id = kept(browser, patient)

    answer = browser.get(f"/movements/{event_id}/drawing")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert gzip.decompress(answer.content) == gzip.decompress(small())


def test_the_page_that_plays_it_shows_its_curve_where_there_is_one(browser: Client, patient: Patient) -> None:
    _, event_id = kept(browser, patient)
    nobody = np.full((3, LANDMARKS, 4), np.nan, np.float32)
    for drawing, there in (
        (packed(read_track(TRACKS / "bridge_side.npz")), True),
        (small(image=nobody), False),
    ):
        MovementTrack.objects.update(body=drawing)
        page = browser.get(f"/movements/{event_id}/").content.decode()
        assert ('<svg id="curve"' in page) is there


def test_the_history_and_the_clinic_lead_to_it(cast: Cast) -> None:
    session, event_id = kept(cast.browser_of("An"), cast.an)

    for who, page in (
        ("An", f"/history/{session.pk}/"),
        ("Binh", f"/clinic/{cast.an.pk}/session/{session.pk}/"),
    ):
        html = cast.browser_of(who).get(page).content.decode()
        assert f"/movements/{event_id}/" in html
        shown = cast.browser_of(who).get(f"/movements/{event_id}/").content.decode()
        assert page in shown
        assert ("Erase this drawing" in shown) is ("Nobody is watching this page" in shown) is (who == "An")


def test_the_patient_erases_one_and_its_set_stays(browser: Client, patient: Patient) -> None:
    session, event_id = kept(browser, patient)

    assert browser.post(f"/movements/{event_id}/erase/").headers["Location"] == f"/history/{session.pk}/"

    assert not MovementTrack.objects.exists()
    assert Event.objects.filter(id=event_id).exists()
    assert browser.get(f"/movements/{event_id}/").status_code == 404


def test_the_patient_erases_all_of_them(browser: Client, patient: Patient) -> None:
    kept(browser, patient)
    assert "1 drawing is kept" in browser.get("/settings/").content.decode()

    browser.post("/movements/erase/")

    assert not MovementTrack.objects.exists()
    assert "Erase all drawings" not in browser.get("/settings/").content.decode()


def test_it_goes_with_everything_else(browser: Client, patient: Patient) -> None:
    kept(browser, patient)

    browser.post("/settings/delete/", {"sure": "yes"})

    assert not MovementTrack.objects.exists()


def test_it_is_taken_along_with_everything_else(browser: Client, patient: Patient) -> None:
    _, event_id = kept(browser, patient)

    everything = json.loads(browser.get("/settings/export/").content)

    (one,) = everything["movements"]
    assert everything["settings"]["keeps_movement"] is True
    assert one["event_id"] == str(event_id)
    assert base64.b64decode(one["gzip_base64"]) == small()


def test_its_page_speaks_both_languages(browser: Client, patient: Patient) -> None:
    _, event_id = kept(browser, patient)

    for language, words in (("en", "no picture"), ("vi", "không phải ảnh")):
        browser.cookies["ischia_language"] = language
        assert words in browser.get(f"/movements/{event_id}/").content.decode()
