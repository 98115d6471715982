"""From the catalogue's exercise to what the tracker has to know of it."""

from functools import cache
from typing import Final

from ischia.anatomy import PlacedPose, full_angles, pose_placed
from ischia.anatomy.joints import LEFT, RIGHT
from ischia.catalogue import Exercise, load_catalogue
from ischia.demonstration import Motion, motion_named
from ischia.movement import FaultSpec, MotionSpec, Points

_STAYS: Final = {
    "head": "head",
    "upper_back": "chest",
    "chest": "chest",
    "belly": "pelvis",
    "pelvis": "pelvis",
    "thigh": "knee",
    "knee": "knee",
    "heel": "ankle",
    "forefoot": "ankle",
}
"""The part that a contact holds in its place. Hands and forearms are left out: people lay them as they
like."""

_SLIDES_DEG: Final = 60.0
"""A foot on the ground slides where its knee bends by more than this, as it does in the demonstration."""


class UnknownExercise(ValueError):  # noqa: N818 - reads as what it is in `except UnknownExercise`
    """There is no exercise with this id."""


@cache
def motion_spec(exercise_id: str) -> MotionSpec:
    """What the tracker has to know of an exercise.

    Raises:
        UnknownExercise: the catalogue has no such exercise.
    """
    exercises = load_catalogue().exercises
    if exercise_id not in exercises:
        raise UnknownExercise(
            f"There is no exercise {exercise_id!r}; there are: {', '.join(sorted(exercises))}."
        )
    return motion_spec_of(exercises[exercise_id], motion_named(exercise_id))


def motion_spec_of(exercise: Exercise, motion: Motion) -> MotionSpec:
    """What the tracker has to know of an exercise whose motion was found, be it in the catalogue or not."""
    poses = motion.poses
    in_hold = {fault.id for fault in exercise.faults if (p := exercise.phase(fault.phase)) and p.to == "hold"}
    faults = ((id_, pose) for id_, pose in motion.faults.items() if id_ in in_hold)
    return MotionSpec(
        exercise_id=exercise.id,
        position=exercise.position,
        each_side=exercise.sides == "each",
        start=_points(poses["start"]),
        hold=_points(poses["hold"]),
        before=_before(exercise, motion),
        faults=tuple(FaultSpec(id_, _points(pose)) for id_, pose in faults),
        sees=exercise.camera.sees,
        fixed=_fixed(exercise, poses["start"], poses["hold"]),
        grips=any(target.startswith("shin") for target in exercise.poses["hold"].reach.values()),
        move_s=_move_s(exercise),
        rest_s=_rest_s(exercise),
    )


def _points(pose: PlacedPose) -> Points:
    return tuple((x, y, z) for x, y, z in pose_placed(pose).landmarks())


def _before(exercise: Exercise, motion: Motion) -> Points | None:
    """The pose from which the hold is reached, where that is not the start."""
    name = next((phase.from_ for phase in exercise.phases if phase.to == "hold" != phase.from_), "start")
    return None if name == "start" else _points(motion.poses[name])


def _fixed(exercise: Exercise, start: PlacedPose, hold: PlacedPose) -> tuple[str, ...]:
    """Parts that touch the ground in the start as in the hold, and do not slide between."""
    first, last = full_angles(start.angles), full_angles(hold.angles)
    shared = _both_sides(exercise.poses["start"].contacts) & _both_sides(exercise.poses["hold"].contacts)
    found = set()
    for contact in shared:
        stem = contact.removesuffix(LEFT).removesuffix(RIGHT)
        part, side = _STAYS.get(stem), contact.removeprefix(stem)
        if part is None:
            continue
        if part == "ankle" and abs(first["knee_flexion" + side] - last["knee_flexion" + side]) > _SLIDES_DEG:
            continue
        found.add(part + side)
    return tuple(sorted(found))


def _both_sides(contacts: tuple[str, ...]) -> set[str]:
    """Contacts with their sides written out, where a part has sides."""
    found = set()
    for contact in contacts:
        sided = contact.endswith((LEFT, RIGHT)) or _STAYS.get(contact) in (None, "head", "chest", "pelvis")
        found |= {contact} if sided else {contact + LEFT, contact + RIGHT}
    return found


def _move_s(exercise: Exercise) -> float:
    """Seconds of the way from start to hold, as it is demonstrated."""
    seconds = 0.0
    for phase in exercise.phases:
        if phase.seconds is None:
            return seconds
        if phase.from_ != phase.to:
            seconds += phase.seconds
    return seconds


def _rest_s(exercise: Exercise) -> float:
    """Seconds in the start pose between two repetitions, as it is demonstrated."""
    return sum(phase.seconds or 0.0 for phase in exercise.phases if phase.from_ == phase.to == "start")
