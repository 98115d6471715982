"""The adaptive rate: few looks while nothing changes, many around every change, and nothing missed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.films import write_film

from ischia.pose import watch as watching
from ischia.pose.model import Picture, Region, Sighting
from ischia.pose.watch import Media, Watch
from ischia.recording import LandmarkFrame
from ischia.recording.video import Video

WIDTH, HEIGHT, SIDE = 320, 180, 40
RATE_HZ = 25

Way = Callable[[float], float | None]
"""Where the square's left edge is at an instant, in pixels; None for an empty picture."""


class SquarePose:
    """Sees bright squares as people: exact, and only where it is told to look."""

    def __init__(self) -> None:
        self.looks = 0

    def find(self, picture: Picture) -> list[Sighting]:
        columns = np.flatnonzero(picture[:, :, 0].max(axis=0) > 150)
        groups = np.split(columns, np.flatnonzero(np.diff(columns) > 4) + 1) if len(columns) else []
        return [self._sighting(picture, group) for group in groups]

    def follow(self, picture: Picture, region: Region) -> Sighting | None:
        self.looks += 1
        near = [each for each in self.find(picture) if abs(each.region.x - region.x) < region.size]
        return min(near, key=lambda each: abs(each.region.x - region.x), default=None)

    def _sighting(self, picture: Picture, columns: NDArray[np.int64]) -> Sighting:
        height, width = picture.shape[:2]
        left, right = float(columns[0]), float(columns[-1])
        landmarks = np.ones((33, 4), np.float32)
        landmarks[:, 0] = np.linspace(left, right, 33) / width
        landmarks[:, 1] = 0.5 + np.linspace(-SIDE / 2, SIDE / 2, 33) / height
        return Sighting(landmarks, Region((left + right) / 2, height / 2, 100, 0.0), 0.99)


def film(folder: Path, way: Way, seconds: float, *more: Way) -> Path:
    frames = []
    for index in range(round(seconds * RATE_HZ)):
        picture = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
        for each in (way, *more):
            left = each(index / RATE_HZ)
            if left is not None:
                picture[70:110, round(left) : round(left) + SIDE] = 220
        frames.append(picture)
    return write_film(folder / "squares.mkv", frames, codec="ffv1")


def watched(path: Path, **options: bool | float) -> tuple[list[LandmarkFrame], Media]:
    watch = Watch(Video(path), SquarePose(), **options)  # type: ignore[arg-type]
    frames = list(watch)
    assert watch.media is not None
    assert [frame.t_s for frame in frames] == sorted({frame.t_s for frame in frames})
    assert sum(frame.measured for frame in frames) == watch.media.frames_posed
    return frames, watch.media


def left_edge(frame: LandmarkFrame) -> float:
    assert frame.landmarks is not None
    return frame.landmarks[0][0] * WIDTH


def hold(t_s: float) -> float:
    """Rest until 2.0 s, out until 2.4 s, hold until 5.0 s, back until 5.4 s, rest."""
    return float(np.interp(t_s, [2.0, 2.4, 5.0, 5.4], [40, 160, 160, 40]))


def test_a_still_picture_is_looked_at_about_twice_a_second(tmp_path: Path) -> None:
    frames, media = watched(film(tmp_path, lambda t_s: 100, 8))
    assert len(frames) == media.frames == 200
    assert media.frames_posed <= 18
    assert {round(left_edge(frame)) for frame in frames} == {100}


def test_every_frame_means_every_frame(tmp_path: Path) -> None:
    frames, media = watched(film(tmp_path, hold, 3), every_frame=True)
    assert media.frames_posed == media.frames == len(frames) == 75
    assert all(frame.measured for frame in frames)


def test_the_edges_of_a_hold_are_exact_to_a_frame(tmp_path: Path) -> None:
    frames, media = watched(film(tmp_path, hold, 8))
    assert media.frames_posed < media.frames / 4
    for frame in frames:
        assert left_edge(frame) == pytest.approx(hold(frame.t_s), abs=3)
    out = [frame.t_s for frame in frames if left_edge(frame) > 158]
    assert out[0] == pytest.approx(2.4, abs=1 / RATE_HZ)
    assert out[-1] == pytest.approx(5.0, abs=1 / RATE_HZ)


def test_looks_crowd_around_the_changes(tmp_path: Path) -> None:
    frames, _ = watched(film(tmp_path, hold, 8))
    moving = [frame.measured for frame in frames if 1.9 <= frame.t_s <= 2.5 or 4.9 <= frame.t_s <= 5.5]
    still = [frame.measured for frame in frames if 0 <= frame.t_s < 1.5 or 2.9 <= frame.t_s <= 4.5]
    assert sum(moving) / len(moving) > 4 * sum(still) / len(still)


@pytest.mark.parametrize("begin_s", [1.1, 1.25, 1.5, 1.73])
def test_a_movement_that_fits_between_two_looks_is_seen(tmp_path: Path, begin_s: float) -> None:
    def twitch(t_s: float) -> float:
        return 160 if begin_s <= t_s < begin_s + 0.2 else 60

    frames, _ = watched(film(tmp_path, twitch, 4))
    away = [frame.t_s for frame in frames if left_edge(frame) > 150]
    assert away[0] == pytest.approx(begin_s, abs=1 / RATE_HZ)
    assert away[-1] == pytest.approx(begin_s + 0.2, abs=1 / RATE_HZ)


def test_repeated_movement_keeps_every_turn(tmp_path: Path) -> None:
    def swing(t_s: float) -> float:
        return 120 + 30 * float(np.sin(np.pi * t_s))

    frames, media = watched(film(tmp_path, swing, 9))
    error = [abs(left_edge(frame) - swing(frame.t_s)) for frame in frames]
    assert max(error) < 4
    assert media.frames_posed < media.frames * 0.6


def test_somebody_who_comes_and_goes_is_seen_for_the_right_frames(tmp_path: Path) -> None:
    frames, media = watched(film(tmp_path, lambda t_s: 100 if 1.52 <= t_s <= 3.0 else None, 5))
    seen = [frame.t_s for frame in frames if frame.landmarks is not None]
    assert (seen[0], seen[-1]) == pytest.approx((1.52, 3.0), abs=0.041)
    assert all(frame.people == 0 for frame in frames if frame.landmarks is None)
    assert media.people == 1


def test_nobody_is_nobody(tmp_path: Path) -> None:
    frames, media = watched(film(tmp_path, lambda t_s: None, 3))
    assert all(frame.landmarks is None and frame.people == 0 for frame in frames)
    assert media.people == 0


def test_a_second_person_is_reported(tmp_path: Path) -> None:
    path = film(tmp_path, lambda t_s: 60, 8, lambda t_s: 220 if t_s > 3.5 else None)
    frames, media = watched(path)
    assert media.people == 2
    assert {frame.people for frame in frames if frame.t_s < 3} == {1}
    assert {frame.people for frame in frames if frame.t_s > 7.5} == {2}
    assert all(left_edge(frame) == pytest.approx(60, abs=1) for frame in frames)


def test_nothing_is_made_up_across_a_cut(tmp_path: Path) -> None:
    frames = []
    for index in range(60):
        picture = np.full((HEIGHT, WIDTH, 3), 40 if index < 33 else 130, np.uint8)
        left = 30 if index < 33 else 240
        picture[70:110, left : left + SIDE] = 220
        frames.append(picture)
    seen, _ = watched(write_film(tmp_path / "cut.mkv", frames, codec="ffv1"))
    assert [round(left_edge(frame)) for frame in seen] == [30] * 33 + [240] * 27


def test_a_lower_rate_takes_pictures_evenly(tmp_path: Path) -> None:
    frames, media = watched(film(tmp_path, hold, 6), rate_hz=10)
    steps = np.diff([frame.t_s for frame in frames])
    assert len(frames) == 60
    assert steps.max() <= 0.121 and steps.min() >= 0.079
    assert media.frames == 150


def test_few_pictures_wait_when_pictures_are_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(tmp_path, lambda t_s: 100, 4)
    with Video(path) as video:
        size = next(iter(video)).waiting_bytes
    monkeypatch.setattr(watching, "_WAITING_BYTES", 4 * size)
    _, media = watched(path)
    assert media.frames_posed >= media.frames / 5


def test_media_tells_the_recording_as_it_was(tmp_path: Path) -> None:
    _, media = watched(film(tmp_path, lambda t_s: 100, 4))
    assert (media.duration_s, media.fps, media.frames) == (pytest.approx(4.0), pytest.approx(25.0), 100)
    assert (media.width, media.height, media.people) == (WIDTH, HEIGHT, 1)
