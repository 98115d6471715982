"""Tracks of landmarks: what is written is what is read, and what is no track is told so."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ischia.recording import LandmarkFrame, RecordingError, read_track, track_of, write_track


def frames(count: int = 5, unseen: int | None = 2) -> list[LandmarkFrame]:
    rng = np.random.default_rng(1)
    return [
        LandmarkFrame(
            t_s=index * 0.04,
            landmarks=None
            if index == unseen
            else tuple(map(tuple, rng.random((33, 4), np.float32).tolist())),
            width=640,
            height=360,
            people=0 if index == unseen else 2,
            measured=index % 2 == 0,
        )
        for index in range(count)
    ]


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_a_track_read_back_is_the_track_that_was_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bridge{suffix}"
    write_track(track_of(frames(), fps=25.0), path)
    track = read_track(path)
    assert list(track) == frames()
    assert (track.width, track.height, track.fps) == (640, 360, 25.0)


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_a_track_in_which_nobody_was_ever_seen_keeps_its_frames(tmp_path: Path, suffix: str) -> None:
    nobody = [LandmarkFrame(t_s / 10, None, 64, 48, people=0) for t_s in range(4)]
    write_track(track_of(nobody), tmp_path / f"empty{suffix}")
    assert list(read_track(tmp_path / f"empty{suffix}")) == nobody


@given(count=st.integers(2, 40), step_s=st.floats(0.004, 1.0))
@settings(max_examples=25)
def test_a_track_lasts_until_the_end_of_its_last_frame(count: int, step_s: float) -> None:
    track = track_of(LandmarkFrame(i * step_s, None, 64, 48, people=0) for i in range(count))
    assert track.duration_s == pytest.approx(count * step_s)


def test_landmarks_without_people_and_looks_count_one_person_where_seen(tmp_path: Path) -> None:
    image = np.zeros((3, 33, 4), np.float32)
    image[1] = np.nan
    np.savez(tmp_path / "plain.npz", t=[0.0, 0.1, 0.2], image=image, w=640, h=480)
    track = read_track(tmp_path / "plain.npz")
    assert [frame.people for frame in track] == [1, 0, 1]
    assert [frame.landmarks is None for frame in track] == [False, True, False]
    assert all(frame.measured for frame in track)
    assert track.fps is None


def arrays(**changes: object) -> dict[str, object]:
    good: dict[str, object] = {
        "t": np.arange(3) / 10,
        "image": np.zeros((3, 33, 4), np.float32),
        "w": 640,
        "h": 480,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"image": None}, "no array named 'image'"),
        ({"t": None}, "no array named 't'"),
        ({"image": np.zeros((3, 17, 3))}, "33 points"),
        ({"t": np.zeros(2)}, "33 points"),
        ({"t": np.array([0.0, 0.2, 0.1])}, "do not rise"),
        ({"t": np.array([0.0, np.nan, 0.2])}, "do not rise"),
        ({"t": np.empty(0), "image": np.empty((0, 33, 4))}, "no frames"),
        ({"w": 0}, "width and height"),
        ({"image": np.array(["a", "b", "c"])}, "not a track"),
        ({"image": np.array([{}, {}, {}], object)}, "not a track"),
    ],
)
def test_an_npz_that_is_no_track_is_told_so(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    path = tmp_path / "odd.npz"
    np.savez(path, **arrays(**changes))  # type: ignore[arg-type]
    with pytest.raises(RecordingError, match=reason) as caught:
        read_track(path)
    assert str(caught.value).startswith(str(path))
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_a_file_of_random_bytes_is_no_track(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"noise{suffix}"
    path.write_bytes(np.random.default_rng(0).bytes(10_000))
    with pytest.raises(RecordingError, match="not a track"):
        read_track(path)


def test_a_table_of_something_else_is_no_track(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"price": [1.0, 2.0]}), tmp_path / "prices.parquet")
    with pytest.raises(RecordingError, match="not a track"):
        read_track(tmp_path / "prices.parquet")


def test_a_missing_an_empty_and_a_foreign_file_and_a_folder_each_have_their_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.npz").touch()
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "folder.npz").mkdir()
    for name, reason in [
        ("gone.npz", "no such file"),
        ("empty.npz", "empty"),
        ("notes.txt", "ends in .npz or .parquet"),
        ("folder.npz", "folder"),
    ]:
        with pytest.raises(RecordingError, match=reason):
            read_track(tmp_path / name)


def test_a_track_is_not_written_under_a_name_nobody_can_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.npz or \.parquet"):
        write_track(track_of(frames()), tmp_path / "bridge.csv")


def test_frames_of_two_sizes_make_no_track() -> None:
    with pytest.raises(ValueError, match="one size"):
        track_of([LandmarkFrame(0.0, None, 64, 48), LandmarkFrame(0.1, None, 48, 64)])


def test_the_error_crosses_from_one_process_to_another_whole() -> None:
    error = pickle.loads(pickle.dumps(RecordingError("a.mp4", "it is empty.")))
    assert (str(error), error.path, error.reason) == ("a.mp4: it is empty.", Path("a.mp4"), "it is empty.")
