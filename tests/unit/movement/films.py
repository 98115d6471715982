"""Synthetic recordings with known truth, and what becomes of a recording on its way."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ischia.analysis import motion_spec
from ischia.anatomy.landmarks import MIRROR
from ischia.demonstration import synthesise
from ischia.demonstration.synthesis import Synthetic
from ischia.movement import Summary, Tracker
from ischia.recording import LandmarkFrame

SIX = ("bridge", "curl_up", "knee_to_chest", "prone_on_elbows", "standing_extension", "superman")


@dataclass(frozen=True)
class Clip:
    """One labelled recording."""

    file: str
    exercise: str
    peaks: str
    track: Path
    holds: tuple[tuple[float, float], ...]


def film(exercise: str, **wish: Any) -> list[LandmarkFrame]:
    """Frames of a synthetic recording."""
    return frames_of(synthesise(exercise, **({"repetitions": 3, "hold_s": 2.0, "seed": 5} | wish)))


def frames_of(made: Synthetic) -> list[LandmarkFrame]:
    return [LandmarkFrame(f.t_s, f.image, made.width, made.height) for f in made.frames]


def mirrored(frames: Iterable[LandmarkFrame]) -> list[LandmarkFrame]:
    """The mirrored picture: what was on the left is on the right, and the model calls it so."""
    found = []
    for frame in frames:
        points = frame.landmarks and tuple(
            (1.0 - frame.landmarks[i][0], *frame.landmarks[i][1:]) for i in MIRROR
        )
        found.append(LandmarkFrame(frame.t_s, points, frame.width, frame.height))
    return found


def padded(frames: Iterable[LandmarkFrame], aspect: float) -> list[LandmarkFrame]:
    """The picture with bars at its sides or above and below, so that it has another shape."""
    found = []
    for frame in frames:
        width, height = frame.width, frame.height
        wide, tall = max(width, round(height * aspect)), max(height, round(width / aspect))
        points = frame.landmarks and tuple(
            ((x * width + (wide - width) / 2) / wide, (y * height + (tall - height) / 2) / tall, z, v)
            for x, y, z, v in frame.landmarks
        )
        found.append(LandmarkFrame(frame.t_s, points, wide, tall))
    return found


def track(exercise: str, frames: Iterable[LandmarkFrame]) -> Summary:
    tracker = Tracker(motion_spec(exercise))
    for frame in frames:
        tracker.push(frame)
    return tracker.finish()
