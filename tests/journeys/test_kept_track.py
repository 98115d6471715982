"""The drawing of a movement leaves the page only where the person chose so, and then it is exactly that."""

import gzip
import struct
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect
from tests.journeys.camera import row
from tests.journeys.play import open_player, wait_until, with_stand_in_coach
from tests.journeys.playground import Playground
from tests.journeys.test_coached import (
    give,
    hold_of,
    media_s,
    move_along,
    run_to_move,
    seen_at,
    start_with_camera,
)

from ischia.recording import read_track
from ischia.server.training.movement_track import NOBODY, STEPS, read

pytestmark = pytest.mark.journey

TRACK = Path(__file__).resolve().parents[2] / "conformance" / "tracks" / "bridge_side.npz"
BEFORE_S = 6.0
FLOATS = """(rows) => {
  const floats = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
  coach.rows = rows.map((row) => ({...row, landmarks: row.landmarks && floats(row.landmarks)}));
}"""


@pytest.fixture
def page(page: Page) -> Page:
    return with_stand_in_coach(page)


@pytest.fixture
def sent(page: Page) -> list[Request]:
    """Every request of the page that may take something along."""
    requests: list[Request] = []
    page.on("request", lambda one: requests.append(one) if one.method != "GET" else None)
    return requests


def rows(from_s: float) -> list[dict[str, Any]]:
    """What a camera saw of a bridge from then on, with a moment at the end in which it saw nobody."""
    found = [row(frame) for frame in read_track(TRACK)]
    for one in found:
        one["t_s"] += from_s
    found[-3]["landmarks"] = None
    return found


def train_a_set(page: Page, ground: Playground) -> float:
    """Do the first set before a camera that sees it; return the second at which its first movement began."""
    start_with_camera(page, ground)
    run_to_move(page)
    began_s = media_s(page)
    page.evaluate(FLOATS, rows(began_s - BEFORE_S))
    give(page, [seen_at(hold_of(page, 2))])
    move_along(page, ground, 1)
    return began_s


def test_unchosen_no_request_takes_landmarks_along(
    page: Page, playground: Playground, sent: list[Request]
) -> None:
    train_a_set(page, playground)
    page.clock.run_for(20_000)

    assert playground.movements == []
    assert [one.method for one in sent] == ["PUT"] * len(sent) and sent
    for request in sent:
        body = request.post_data_json
        assert "landmarks" not in (request.post_data or "")
        assert len(request.post_data or "") < 2000
        assert set(body) <= {
            "kind", "exercise_id", "side", "number", "prescribed", "repetitions", "hold_s", "measured_by",
            "started_at", "ended_at", "reps", "cues", "symmetry", "at", "effort", "pain",
        }  # fmt: skip
    expect(page.locator("#kept-mark")).to_be_hidden()


def test_chosen_exactly_the_drawing_of_the_set_is_sent_besides_its_record(
    page: Page, playground: Playground, sent: list[Request]
) -> None:
    playground.data["keeps_movement"] = True
    open_player(page, playground)
    expect(page.locator("#camera-hint")).to_contain_text("no picture, is kept for your clinician")
    began_s = train_a_set(page, playground)
    expect(page.locator("#kept-mark")).to_be_visible()
    expect(page.locator("#kept-mark")).to_contain_text("no picture, is kept for your clinician")

    wait_until(page, lambda: bool(playground.movements), "a drawing")
    drawings = [one for one in sent if one.url.endswith("/movement")]
    (drawing,) = playground.movements
    assert len(drawings) == 1
    assert all("landmarks" not in (one.post_data or "") for one in sent if one not in drawings)
    track, found = read_track(TRACK), read(drawing)
    assert (found.width, found.height) == (track.width, track.height)
    early = len(track) - len(found.t_s)
    assert early > 0  # the way to the mat is no part of it
    assert list(found.t_s) == [one["t_s"] for one in rows(began_s - BEFORE_S)[early:]]
    assert began_s - 5.5 < found.t_s[0] < began_s - 3
    points = found.points
    assert points[-3 * 132] == NOBODY
    for frame in (early, early + 10, len(track) - 1):
        for place, value in enumerate(track.image[frame].reshape(-1).tolist()):
            kept = points[132 * (frame - early) + place] / STEPS
            assert kept == pytest.approx(max(-4.0, min(4.0, value)), abs=0.6 / STEPS)


def test_a_choice_that_was_taken_back_elsewhere_is_heeded(
    page: Page, playground: Playground, sent: list[Request]
) -> None:
    playground.data["keeps_movement"] = True
    playground.wants_movement = False
    train_a_set(page, playground)
    page.clock.run_for(20_000)

    assert playground.movements == []
    assert not [one for one in sent if one.url.endswith("/movement")]


def test_a_set_of_two_picture_sizes_has_no_drawing_and_its_record_is_kept(
    page: Page, playground: Playground
) -> None:
    playground.data["keeps_movement"] = True
    start_with_camera(page, playground)
    run_to_move(page)
    mixed = rows(media_s(page))
    mixed[-1]["width"] += 2
    page.evaluate(FLOATS, mixed)
    give(page, [seen_at(hold_of(page, 2))])
    move_along(page, playground, 1)
    page.clock.run_for(20_000)

    assert playground.movements == []
    assert playground.done[0]["measured_by"] == "camera"


def test_the_form_that_is_sent_is_the_documented_one(page: Page, playground: Playground) -> None:
    page.goto(playground.address + "/blank/")
    packed = page.evaluate("""async () => {
      const { pack } = await import("/static/ischia/player/movement-track.js");
      const landmarks = Float32Array.from({length: 132}, (_, at) => at / 132);
      const one = { width: 640, height: 480, people: 1, t_s: 0.5, landmarks };
      const blob = await pack([one, { ...one, t_s: 0.6, landmarks: null, people: 0 }]);
      return [...new Uint8Array(await blob.arrayBuffer())];
    }""")

    raw = gzip.decompress(bytes(packed))

    assert struct.unpack_from("<4s3I2d2B", raw) == (b"ITK1", 640, 480, 2, 0.5, 0.6, 1, 0)
    assert struct.unpack_from("<3h", raw, 34) == (0, round(8192 / 132), round(8192 * 2 / 132))
    assert struct.unpack_from("<h", raw, 34 + 264) == (NOBODY,)
    assert len(raw) == 34 + 2 * 264
