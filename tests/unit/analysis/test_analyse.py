"""From a file to typed records and the command line's JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ischia.analysis import RECOGNISED, UnknownExercise, analyse
from ischia.catalogue import load_catalogue
from ischia.demonstration import synthesise
from ischia.recording import LandmarkFrame, RecordingError, track_of, write_track


def written(path: Path, exercise: str, **wish: object) -> Path:
    made = synthesise(exercise, **({"repetitions": 2, "hold_s": 2.0, "noise": "light"} | wish))  # type: ignore[arg-type]
    frames = [LandmarkFrame(f.t_s, f.image, made.width, made.height) for f in made.frames]
    write_track(track_of(frames, made.rate_hz), path)
    return path


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_a_track_in_either_format_gives_the_same(tmp_path: Path, suffix: str) -> None:
    analysis = analyse(written(tmp_path / f"bridge{suffix}", "bridge"), "bridge")
    assert analysis.count == 2
    assert analysis.media.frames == analysis.media.frames_posed > 0
    assert analysis.media.fps == 15.0


def test_the_json_has_the_promised_shape(tmp_path: Path) -> None:
    said = json.loads(json.dumps(analyse(written(tmp_path / "a.npz", "bridge"), "bridge").to_json()))
    assert set(said) == {
        "file",
        "exercise",
        "count",
        "repetitions",
        "cues",
        "symmetry",
        "not_scored",
        "media",
    }
    assert said["count"] == len(said["repetitions"]) == 2
    assert set(said["repetitions"][0]) == {
        "start_s",
        "hold_start_s",
        "hold_end_s",
        "end_s",
        "hold_s",
        "side",
        "complete",
        "confidence",
    }
    assert set(said["media"]) == {"duration_s", "fps", "frames", "frames_posed", "view"}
    assert all(0.0 <= repetition["confidence"] <= 1.0 for repetition in said["repetitions"])


def test_an_edge_outside_the_recording_is_null(tmp_path: Path) -> None:
    made = synthesise("bridge", repetitions=1, hold_s=3.0)
    stop_s = made.repetitions[0].hold_start_s + 1.5
    frames = [LandmarkFrame(f.t_s, f.image, made.width, made.height) for f in made.frames if f.t_s < stop_s]
    write_track(track_of(frames, 15.0), tmp_path / "cut.npz")
    (repetition,) = analyse(tmp_path / "cut.npz", "bridge").to_json()["repetitions"]
    assert repetition["start_s"] is not None
    assert repetition["end_s"] is None and repetition["hold_end_s"] is None and repetition["hold_s"] is None
    assert not repetition["complete"]


@pytest.mark.parametrize("exercise", RECOGNISED)
def test_auto_tells_the_exercises_apart(tmp_path: Path, exercise: str) -> None:
    assert analyse(written(tmp_path / "a.npz", exercise), "auto").exercise == exercise


def test_auto_counts_nothing_where_nothing_fits(tmp_path: Path) -> None:
    assert analyse(written(tmp_path / "a.npz", "bridge", camera="feet"), "auto").count == 0


def test_what_auto_knows_is_in_the_catalogue() -> None:
    assert set(RECOGNISED) <= set(load_catalogue().exercises)


def test_an_unknown_exercise_and_a_bad_file_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnknownExercise, match="There is no exercise 'brigde'"):
        analyse(tmp_path / "a.npz", "brigde")
    with pytest.raises(RecordingError, match="no such file"):
        analyse(tmp_path / "a.npz", "bridge")


def test_importing_ischia_does_nothing_heavy() -> None:
    check = (
        "import sys, ischia;print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'pydantic', 'av')])"
    )
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_tracker_needs_the_standard_library_alone() -> None:
    check = (
        "import sys, ischia.movement;"
        "print(sorted({m.split('.')[0] for m in sys.modules}"
        " & {'numpy', 'scipy', 'pydantic', 'av', 'pyarrow', 'click'}))"
    )
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
