"""The films of people on the exercises' pages: as new as their definitions, small, and without a seam."""

import json
from math import dist
from pathlib import Path
from typing import Any

import pytest

import ischia
from ischia.anatomy import body_named, pose_placed
from ischia.catalogue import load_catalogue
from ischia.demonstration.loops import HOLD_S, ONCE, drawn_from, loop_of

FOLDER = Path(ischia.__file__).parent / "server" / "static" / "ischia" / "loops"
EXERCISES = load_catalogue().exercises
INDEX: dict[str, dict[str, Any]] = json.loads((FOLDER / "loops.json").read_text("utf-8"))


def test_every_exercise_has_its_film_and_there_is_no_other() -> None:
    assert set(INDEX) == {path.stem for path in FOLDER.glob("*.mp4")} == set(EXERCISES)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_film_is_as_new_as_its_definition(exercise_id: str) -> None:
    assert INDEX[exercise_id]["made_from"] == drawn_from(exercise_id), "run tools/build_loops.py"


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_motion_ends_as_it_begins_and_comes_to_the_hold_between(exercise_id: str) -> None:
    made = loop_of(exercise_id)
    body = body_named(str(made.asked["body"]))
    (once,) = made.repetitions
    held = int((once.hold_start_s + once.hold_end_s) / 2 * made.rate_hz)
    first, hold, last = (pose_placed(made.poses[i], body).landmarks() for i in (0, held, -1))

    assert max(map(dist, first, last)) < 0.0001
    assert once.hold_s == pytest.approx(HOLD_S)
    assert max(map(dist, first, hold)) > 0.003


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_all_of_the_person_is_in_the_picture(exercise_id: str) -> None:
    made = loop_of(exercise_id)
    for pose in made.poses[:: int(made.rate_hz)]:
        for point in pose_placed(pose, body_named(str(made.asked["body"]))).landmarks():
            x, y = made.view.projected(point)
            assert 0.02 < x < 0.98 and 0.02 < y < 0.98


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_film_is_small_and_shows_no_seam(exercise_id: str) -> None:
    av = pytest.importorskip("av")
    made = loop_of(exercise_id)
    path = FOLDER / f"{exercise_id}.mp4"
    assert path.stat().st_size < 150_000

    with av.open(str(path)) as container:
        (stream,) = container.streams
        assert float(stream.average_rate) == ONCE["rate_hz"]
        pictures = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(stream)]

    told = INDEX[exercise_id]
    assert pictures[0].shape == (told["height"], told["width"]) == (made.height, made.width)
    assert len(pictures) == len(made.frames)
    held = pictures[int((made.repetitions[0].hold_start_s + HOLD_S / 2) * made.rate_hz)]
    seam, moved = (abs(pictures[0] - other) for other in (pictures[-1], held))
    # What is encoded is never quite what was drawn; a limb that jumps changes far more.
    assert (seam > 40).mean() < 0.0005 < (moved > 40).mean()


def test_all_films_together_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.mp4")) < 2_000_000
