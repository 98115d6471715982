"""Test motion with known truth: what a camera would see of somebody doing an exercise, exactly as often as
asked.

Standard library only, and the same seed gives the same motion. Noise is correlated in time, as a pose model's
is: white noise flatters every filter.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import exp, sqrt
from types import MappingProxyType
from typing import Any, Final, TypeVar

from ischia.anatomy import (
    DEFAULT_BODY,
    INDEX,
    MIRROR,
    VIEWS,
    Camera,
    ImageLandmark,
    Place,
    PlacedPose,
    Point,
    body_named,
    full_angles,
    image_landmarks,
    pose_placed,
    share_of_time,
    share_of_way,
    world_landmarks,
)
from ischia.catalogue import Exercise, Phase, load_catalogue
from ischia.demonstration.motion import Motion, MotionError, motion_of
from ischia.demonstration.way import mixed
from ischia.units import Side

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Noise:
    """How far from the truth a pose model is.

    Attributes:
        jitter: standard deviation of each landmark, as a share of the trunk's length; half as much again on
            the
            side turned away.
        correlation_s: how long an error lasts.
        dropout: share of the frames in which nobody is found.
        swaps: share of the frames in which left and right are exchanged.
        tempo: standard deviation of a phase's duration, as a share of it.
        reach: standard deviation of how far a repetition goes, as a share of the way; never further than the
            pose.
    """

    jitter: float = 0.0
    correlation_s: float = 0.3
    dropout: float = 0.0
    swaps: float = 0.0
    tempo: float = 0.0
    reach: float = 0.0


NOISES: Final[Mapping[str, Noise]] = MappingProxyType(
    {
        "none": Noise(),
        "light": Noise(jitter=0.01, tempo=0.05, reach=0.01),
        "medium": Noise(jitter=0.025, dropout=0.01, tempo=0.10, reach=0.03),
        "heavy": Noise(jitter=0.05, dropout=0.04, swaps=0.01, tempo=0.15, reach=0.05),
    }
)
"""Noise by name. ``heavy`` is the 5 per cent of the trunk that a small pose model errs by on the floor."""


# How much of the way to a pose is as good as there, for an onlooker.
_PLATEAU: Final = 0.97


@dataclass(frozen=True, slots=True)
class TrueRepetition:
    """One repetition as it was made, in media seconds.

    Attributes:
        start_s: the body leaves rest.
        hold_start_s: it arrives in the pose that is held, and is still.
        hold_end_s: it leaves that pose.
        end_s: it is back at rest.
        plateau_start_s: it is within 3 per cent of the held pose: where an onlooker marks the hold,
            since nobody sees the last millimetres of a slow arrival.
        plateau_end_s: it is further off than that again.
    """

    start_s: float
    hold_start_s: float
    hold_end_s: float
    end_s: float
    plateau_start_s: float
    plateau_end_s: float

    @property
    def hold_s(self) -> float:
        """Seconds held."""
        return self.hold_end_s - self.hold_start_s


@dataclass(frozen=True, slots=True)
class SeenFrame:
    """What the camera saw at one instant; None where nobody was found."""

    t_s: float
    image: tuple[ImageLandmark, ...] | None
    world: tuple[Point, ...] | None


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A recording that never was, and the truth about it."""

    exercise_id: str
    side: Side
    camera: str
    fault: str | None
    width: int
    height: int
    rate_hz: float
    frames: tuple[SeenFrame, ...]
    repetitions: tuple[TrueRepetition, ...]
    asked: Mapping[str, Any]
    view: Camera = field(repr=False)
    poses: tuple[PlacedPose, ...] = field(repr=False)

    def truth(self) -> dict[str, Any]:
        """The truth as plain values."""
        return {
            "exercise": self.exercise_id,
            "side": self.side.value,
            "camera": self.camera,
            "count": len(self.repetitions),
            "repetitions": [
                {name: round(v, 4) for name, v in (asdict(rep) | {"hold_s": rep.hold_s}).items()}
                for rep in self.repetitions
            ],
            "cues": [self.fault] if self.fault else [],
            "asked": dict(self.asked),
        }


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A piece of the timeline: from one pose to another, the whole repetition made as far as ``reach``."""

    begins_s: float
    lasts_s: float
    from_: str
    to: str
    reach: float


def synthesise(
    exercise_id: str | Exercise,
    *,
    repetitions: int = 3,
    hold_s: float = 3.0,
    side: Side = Side.LEFT,
    fault: str | None = None,
    camera: str | Camera = "side",
    noise: str | Noise = "none",
    body: str = DEFAULT_BODY,
    rate_hz: float = 15.0,
    still_s: float = 1.5,
    seed: int = 0,
) -> Synthetic:
    """Make the landmarks of a set of repetitions, with the exact truth.

    Args:
        exercise_id: id in the catalogue, or an exercise of one's own.
        repetitions: how many, 0 for somebody who only lies there.
        hold_s: seconds each is held.
        side: the working side of a one-sided exercise; without meaning for the others.
        fault: a fault of the exercise, made in every repetition.
        camera: a name of ``anatomy.VIEWS``, or a camera; it is set so far away that the whole motion is seen.
        noise: a name of ``NOISES``, or a noise.
        body: whose body.
        rate_hz: frames a second.
        still_s: seconds of rest before the first and after the last repetition.
        seed: the same seed gives the same recording.

    Raises:
        MotionError: there is no such exercise, fault, camera or noise, or a number makes no sense.
    """
    exercise = _exercise(exercise_id)
    if repetitions < 0 or hold_s < 0 or rate_hz <= 0 or still_s < 0:
        raise MotionError("repetitions, hold, rest and rate are numbers of 0 or more, the rate more than 0")
    known_noise = _named(noise, NOISES, "noise") if isinstance(noise, str) else noise
    view = _named(camera, VIEWS, "camera") if isinstance(camera, str) else camera
    motion = _with_fault(exercise, motion_of(exercise, body), fault)
    if side is Side.RIGHT and exercise.sides == "each":
        motion = motion.mirrored()
    chance = random.Random(seed)  # noqa: S311  test motion, no secret
    stretches, truth = _timeline(exercise, repetitions, hold_s, known_noise, still_s, chance)
    poses = tuple(_pose(motion, stretches, t) for t in _instants(stretches, rate_hz))
    points = [pose_placed(pose, body_named(body)).landmarks() for pose in poses]
    aimed = aim(view, points, upright=exercise.position == "standing") if isinstance(camera, str) else view
    frames = tuple(_seen(points, aimed, known_noise, rate_hz, chance))
    named = camera if isinstance(camera, str) else "own"
    asked = {
        "repetitions": repetitions,
        "hold_s": hold_s,
        "fault": fault,
        "noise": asdict(known_noise),
        "body": body,
        "rate_hz": rate_hz,
        "seed": seed,
    }
    shown = side if exercise.sides == "each" else Side.BOTH
    return Synthetic(
        exercise_id=exercise.id,
        side=shown,
        camera=named,
        fault=fault,
        width=aimed.width,
        height=aimed.height,
        rate_hz=rate_hz,
        frames=frames,
        repetitions=tuple(truth),
        asked=asked,
        view=aimed,
        poses=poses,
    )


def aim(view: Camera, points: Sequence[Sequence[Point]], upright: bool) -> Camera:
    """The camera turned to the middle of a motion, and moved back until all of it is in the picture."""
    every = [point for frame in points for point in frame]
    low, high = ([pick(p[i] for p in every) for i in range(3)] for pick in (min, max))
    x, y, z = ((a + b) / 2 for a, b in zip(low, high, strict=True))
    width, height = (view.height, view.width) if upright else (view.width, view.height)
    focal = view.focal * view.width / width
    camera = replace(view, look_at=(x, y, z), width=width, height=height, focal=focal)
    seen = [camera.seen(point) for point in every]
    margin = 1.25
    distance = 0.0
    for right, down, away in seen:
        wide, tall = abs(right) * 2 * focal, abs(down) * 2 * focal * width / height
        distance = max(distance, margin * max(wide, tall) - away)
    return replace(camera, distance_m=max(distance, view.distance_m))


def _exercise(exercise: str | Exercise) -> Exercise:
    return _named(exercise, load_catalogue().exercises, "exercise") if isinstance(exercise, str) else exercise


def _named(name: str, known: Mapping[str, _T], what: str) -> _T:
    if name not in known:
        raise MotionError(f"there is no {what} {name!r}; there are {', '.join(known)}")
    return known[name]


def _with_fault(exercise: Exercise, motion: Motion, fault: str | None) -> Motion:
    """The motion with the fault in it: the pose it spoils, and every way to or from that pose."""
    if fault is None:
        return motion
    wrong = _named(fault, motion.faults, "fault")
    phase = exercise.phase(next(f.phase for f in exercise.faults if f.id == fault))
    spoilt = phase.to if phase else "hold"
    right = motion.poses[spoilt]

    def bent(pose: PlacedPose, share: float) -> PlacedPose:
        a, b, c = full_angles(pose.angles), full_angles(right.angles), full_angles(wrong.angles)
        at = tuple(
            p + (w - r) * share for p, r, w in zip(pose.place.at, right.place.at, wrong.place.at, strict=True)
        )
        tilt = pose.place.tilt_deg + (wrong.place.tilt_deg - right.place.tilt_deg) * share
        return PlacedPose(
            {name: a[name] + (c[name] - b[name]) * share for name in a},
            Place(pose.place.position, (at[0], at[1], at[2]), tilt),
        )

    def spoil(key: tuple[str, str], way: tuple[PlacedPose, ...]) -> tuple[PlacedPose, ...]:
        n = len(way) - 1
        if spoilt not in key or n == 0:
            return way
        shares = [i / n for i in range(n + 1)] if key[1] == spoilt else [1 - i / n for i in range(n + 1)]
        return tuple(bent(pose, share) for pose, share in zip(way, shares, strict=True))

    return replace(
        motion,
        poses={**motion.poses, spoilt: wrong},
        ways={key: spoil(key, way) for key, way in motion.ways.items()},
    )


def _timeline(
    exercise: Exercise, repetitions: int, hold_s: float, noise: Noise, still_s: float, chance: random.Random
) -> tuple[list[_Stretch], list[TrueRepetition]]:
    rest = exercise.phases[0].from_
    made = [_Stretch(0.0, still_s, rest, rest, 1.0)]
    truth: list[TrueRepetition] = []
    for _ in range(repetitions):
        reach = 1.0 - abs(chance.gauss(0.0, noise.reach)) if noise.reach else 1.0
        edges: dict[str, float] = {}
        for phase in exercise.phases:
            begins_s, lasts_s = made[-1].begins_s + made[-1].lasts_s, _lasts(phase, hold_s, noise, chance)
            made.append(_Stretch(begins_s, lasts_s, phase.from_, phase.to, reach))
            if phase.seconds is None:
                arriving_s = made[-2].lasts_s
                edges |= {"hold_start_s": begins_s, "hold_end_s": begins_s + lasts_s}
                edges["plateau_start_s"] = begins_s - arriving_s * (1 - share_of_time(_PLATEAU))
            elif "hold_end_s" in edges and "plateau_end_s" not in edges:
                edges["plateau_end_s"] = edges["hold_end_s"] + lasts_s * (1 - share_of_time(_PLATEAU))
            if phase.from_ == rest and phase.to != rest:
                edges["start_s"] = begins_s
            if phase.to == rest and phase.from_ != rest:
                edges["end_s"] = begins_s + lasts_s
        truth.append(TrueRepetition(**edges))
    made.append(_Stretch(made[-1].begins_s + made[-1].lasts_s, still_s, rest, rest, 1.0))
    return made, truth


def _lasts(phase: Phase, hold_s: float, noise: Noise, chance: random.Random) -> float:
    if phase.seconds is None:
        return hold_s
    return phase.seconds * (max(0.5, chance.gauss(1.0, noise.tempo)) if noise.tempo else 1.0)


def _instants(stretches: Sequence[_Stretch], rate_hz: float) -> Iterator[float]:
    end = stretches[-1].begins_s + stretches[-1].lasts_s
    return (i / rate_hz for i in range(int(end * rate_hz) + 1))


def _pose(motion: Motion, stretches: Sequence[_Stretch], t_s: float) -> PlacedPose:
    now = next((s for s in reversed(stretches) if s.begins_s <= t_s), stretches[0])
    share = share_of_way(min(1.0, (t_s - now.begins_s) / now.lasts_s)) if now.lasts_s else 1.0
    pose = motion.between(now.from_, now.to, share)
    if now.reach < 1.0:
        pose = mixed(motion.poses[stretches[0].from_], pose, now.reach)
    return pose


def _seen(
    points: Sequence[Sequence[Point]], camera: Camera, noise: Noise, rate_hz: float, chance: random.Random
) -> Iterator[SeenFrame]:
    keep = exp(-1.0 / (rate_hz * noise.correlation_s)) if noise.correlation_s > 0 else 0.0
    fresh = sqrt(1 - keep * keep)
    errors = [[chance.gauss(0.0, 1.0) for _ in range(3)] for _ in INDEX]
    for i, frame in enumerate(points):
        errors = [[e * keep + fresh * chance.gauss(0.0, 1.0) for e in error] for error in errors]
        image, world = image_landmarks(frame, camera), world_landmarks(frame, camera)
        trunk = _trunk(frame) * noise.jitter
        scale = camera.focal / camera.distance_m
        noisy_image: list[ImageLandmark] = []
        noisy_world: list[Point] = []
        for (x, y, z, seen), (wx, wy, wz), (ex, ey, ez) in zip(image, world, errors, strict=True):
            size = trunk * (1.5 if seen < 0.9 else 1.0)
            tall = scale * camera.width / camera.height
            noisy_image.append((x + ex * size * scale, y + ey * size * tall, z + ez * size * scale, seen))
            noisy_world.append((wx + ex * size, wy + ey * size, wz + ez * size))
        if noise.swaps and chance.random() < noise.swaps:
            noisy_image = [noisy_image[j] for j in MIRROR]
            noisy_world = [noisy_world[j] for j in MIRROR]
        lost = noise.dropout and chance.random() < noise.dropout
        t_s = i / rate_hz
        yield SeenFrame(t_s, None, None) if lost else SeenFrame(t_s, tuple(noisy_image), tuple(noisy_world))


def _trunk(frame: Sequence[Point]) -> float:
    ends = [
        [sum(frame[INDEX[f"{name}_{side}"]][i] for side in ("left", "right")) / 2 for i in range(3)]
        for name in ("shoulder", "hip")
    ]
    return sqrt(sum((a - b) ** 2 for a, b in zip(*ends, strict=True)))
