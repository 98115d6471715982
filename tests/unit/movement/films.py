"""Synthetic recordings with known truth, and what becomes of a recording on its way."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, inf, sqrt
from pathlib import Path
from typing import Any

import numpy as np

from ischia.analysis import motion_spec
from ischia.anatomy.landmarks import INDEX, MIRROR
from ischia.demonstration import synthesise
from ischia.demonstration.synthesis import Synthetic
from ischia.movement import Summary, Tracker
from ischia.recording import LandmarkFrame, LandmarkTrack

SIX = ("bridge", "curl_up", "knee_to_chest", "prone_on_elbows", "standing_extension", "superman")


TWO_WAYS = ("marching_bridge", "single_leg_bridge")
"""Exercises whose hold is reached from another pose than the start."""


@dataclass(frozen=True)
class Clip:
    """One labelled recording; ``precision_s`` is how far an edge of a hold may lie from its label."""

    file: str
    exercise: str
    peaks: str
    track: Path
    holds: tuple[tuple[float, float], ...]
    precision_s: float


def film(exercise: str, **wish: Any) -> list[LandmarkFrame]:
    """Frames of a synthetic recording."""
    return frames_of(synthesise(exercise, **({"repetitions": 3, "hold_s": 2.0, "seed": 5} | wish)))


def frames_of(made: Synthetic) -> list[LandmarkFrame]:
    return [LandmarkFrame(f.t_s, f.image, made.width, made.height) for f in made.frames]


def faster(frames: Iterable[LandmarkFrame], times: float) -> list[LandmarkFrame]:
    """The same movement so many times as fast."""
    return [LandmarkFrame(f.t_s / times, f.landmarks, f.width, f.height) for f in frames]


def facing_the_camera(frames: Iterable[LandmarkFrame]) -> list[LandmarkFrame]:
    """The same with the face turned to the camera: its nose lies between its ears."""
    nose, *ears = (INDEX[name] for name in ("nose", "ear_left", "ear_right"))
    found = []
    for frame in frames:
        points = None
        if frame.landmarks:
            (ax, ay, *_), (bx, by, *_) = (frame.landmarks[ear] for ear in ears)
            turned = ((ax + bx) / 2, (ay + by) / 2, *frame.landmarks[nose][2:])
            points = (turned, *frame.landmarks[nose + 1 :])
        found.append(LandmarkFrame(frame.t_s, points, frame.width, frame.height))
    return found


def far_elbow_behind_the_trunk(frame: LandmarkFrame) -> LandmarkFrame:
    """The same with the right elbow hidden, and guessed at half-way from shoulder to hip."""
    if frame.landmarks is None:
        return frame
    points = list(frame.landmarks)
    shoulder, elbow, hip = (INDEX[f"{name}_right"] for name in ("shoulder", "elbow", "hip"))
    (ax, ay, *_), (bx, by, *_) = points[shoulder], points[hip]
    points[elbow] = ((ax + bx) / 2, (ay + by) / 2, points[elbow][2], 0.2)
    return LandmarkFrame(frame.t_s, tuple(points), frame.width, frame.height)


def sequences(path: Path) -> dict[str, LandmarkTrack]:
    """Sequences without pictures, by name.

    Neither their rate nor their pictures' shape is stated: at 10 a second and in a square, movements last as
    long and lying hips are as straight as people's are.
    """
    with np.load(path) as held:
        return {name: LandmarkTrack(np.arange(len(held[name])) / 10, held[name], 1, 1) for name in held.files}


def without_rests(made: Synthetic, times: float) -> list[LandmarkFrame]:
    """The same so many times as fast, each repetition begun as soon as the one before is over.

    Who comes to rest slowly has time to breathe on the way."""
    rest_s = motion_spec(made.exercise_id).rest_s
    ends = [one.end_s for one in made.repetitions]
    return [
        LandmarkFrame(
            (f.t_s - rest_s * sum(end + rest_s <= f.t_s for end in ends)) / times,
            f.landmarks,
            f.width,
            f.height,
        )
        for f in frames_of(made)
        if not any(end <= f.t_s < end + rest_s for end in ends)
    ]


def mirrored(frames: Iterable[LandmarkFrame]) -> list[LandmarkFrame]:
    """The mirrored picture: what was on the left is on the right, and the model calls it so."""
    found = []
    for frame in frames:
        points = frame.landmarks and tuple(
            (1.0 - frame.landmarks[i][0], *frame.landmarks[i][1:]) for i in MIRROR
        )
        found.append(LandmarkFrame(frame.t_s, points, frame.width, frame.height))
    return found


def legs_exchanged(frame: LandmarkFrame) -> LandmarkFrame:
    """A frame in which the pose model calls the left leg the right one."""
    first = INDEX["hip_left"]
    points = frame.landmarks and tuple(
        frame.landmarks[other if i >= first else i] for i, other in enumerate(MIRROR)
    )
    return LandmarkFrame(frame.t_s, points, frame.width, frame.height)


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


def roughened(
    frames: Iterable[LandmarkFrame],
    *,
    seed: int,
    jitter: float = 0.01,
    lasts_s: float = 0.0,
    swaps: float = 0.05,
    drops: float = 0.20,
) -> Iterator[LandmarkFrame]:
    """What a worse pose model would have given.

    Args:
        frames: what was seen.
        seed: the same gives the same.
        jitter: standard deviation of every landmark, as a share of the picture's width.
        lasts_s: how long an error lasts; 0 for errors that differ from frame to frame.
        swaps: share of the frames in which left and right are exchanged.
        drops: share of the frames that are missing.
    """
    chance, errors, last_s = random.Random(seed), [(0.0, 0.0)] * len(MIRROR), -inf
    for frame in frames:
        keep = exp((last_s - frame.t_s) / lasts_s) if lasts_s else 0.0
        fresh, last_s = sqrt(1.0 - keep * keep) * jitter, frame.t_s
        errors = [(keep * x + chance.gauss(0, fresh), keep * y + chance.gauss(0, fresh)) for x, y in errors]
        if chance.random() < drops:
            continue
        aspect = frame.width / frame.height
        points = frame.landmarks and tuple(
            (x + dx, y + dy * aspect, z, v)
            for (x, y, z, v), (dx, dy) in zip(frame.landmarks, errors, strict=True)
        )
        if points and chance.random() < swaps:
            points = tuple(points[i] for i in MIRROR)
        yield LandmarkFrame(frame.t_s, points, frame.width, frame.height, frame.people)
