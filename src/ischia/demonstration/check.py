"""What ``ischia catalogue check`` proves of every exercise's motion.

Joints within their bounds, contacts on the mat, hands where they reach, nothing sunk into the mat on the way,
faults that show.
"""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from math import dist
from typing import Final

from ischia.anatomy import PlacedPose, Posture, UnknownJointError, bounds_of, pose_placed
from ischia.catalogue import Catalogue, Exercise, Fault
from ischia.demonstration.contacts import UnknownContactError, split
from ischia.demonstration.motion import Motion, MotionError, motion_of

CONTACT_M: Final = 0.01
"""A contact is closed within this."""

REACH_M: Final = 0.02
"""A palm is on its target within this."""

SUNK_M: Final = 0.02
"""Skin gives way this far into a mat; anything deeper goes through it."""

SHOWS_M: Final = 0.025
"""A fault shows where some part, seen from the side, is this far from where it should be."""


def motion_faults(catalogue: Catalogue, root: Traversable) -> Iterator[Fault]:
    """Every fault of every exercise's motion."""
    for exercise in catalogue.exercises.values():
        file = f"exercises/{exercise.id}/exercise.toml"
        try:
            motion = motion_of(exercise)
        except (UnknownContactError, UnknownJointError) as error:
            yield Fault(file, "poses", str(error), "use a known name")
            continue
        except MotionError as error:
            yield Fault(file, "poses", str(error), "run tools/place_poses.py where scipy is installed")
            continue
        for key, problem, mend in problems(exercise, motion):
            yield Fault(file, key, problem, mend)


def problems(exercise: Exercise, motion: Motion) -> Iterator[tuple[str, str, str]]:
    """Key, problem and mend of everything wrong with a motion."""
    for name, pose in motion.poses.items():
        yield from _pose(f"poses.{name}", pose, motion, name)
    for a, b in motion.ways:
        yield from _way(exercise, motion, a, b)
    for number, fault in enumerate(exercise.faults):
        wrong, phase = motion.faults[fault.id], exercise.phase(fault.phase)
        right = motion.poses[phase.to if phase else "hold"]
        if difference(pose_placed(right), pose_placed(wrong)) < SHOWS_M:
            problem = f"the fault {fault.id} hardly shows: nothing moves by {SHOWS_M * 100:g} cm"
            yield f"faults.{number}.angles", problem, "turn its joints further"


def difference(one: Posture, other: Posture) -> float:
    """How far apart two postures are where they differ most, seen from the side: landmarks and the trunk's
    outline.
    """
    points = [
        [
            *posture.landmarks(),
            *(posture.skin_point(p) for edge in posture.body.profile.values() for p in edge),
        ]
        for posture in (one, other)
    ]
    return max(dist(a[:2], b[:2]) for a, b in zip(*points, strict=True))


def _pose(key: str, pose: PlacedPose, motion: Motion, name: str) -> Iterator[tuple[str, str, str]]:
    for joint, angle in pose.angles.items():
        if not bounds_of(joint).holds(angle):
            yield f"{key}.angles", f"{joint} is {angle:.0f} degrees, more than a body can do", "turn it less"
    for contact, gap in motion.gaps_m[name].items():
        if contact.startswith("reach:"):
            if gap > REACH_M:
                hand = contact.removeprefix("reach:")
                yield f"{key}.reach", f"{hand} misses its target by {gap * 100:.1f} cm", "bring it nearer"
        elif abs(gap) > CONTACT_M:
            where = "over" if gap > 0 else "under"
            problem = f"{contact} is {abs(gap) * 100:.1f} cm {where} what it should touch"
            yield f"{key}.contacts", problem, "change the angles, or take the contact out"
    if motion.sunk_m[name] > SUNK_M:
        yield key, f"a part is {motion.sunk_m[name] * 100:.1f} cm in the mat", "change the angles"


def _way(exercise: Exercise, motion: Motion, a: str, b: str) -> Iterator[tuple[str, str, str]]:
    soft = ("waist", "pelvis", "chest", "thigh") if "pillow" in exercise.equipment else ()
    for i, pose in enumerate(motion.ways[a, b]):
        posture = pose_placed(pose)
        for part in posture.body.skin:
            low = 0.0 if split(part)[0] in soft else posture.lowest([part])
            if low < -SUNK_M:
                problem = f"on the way from {a} to {b} (picture {i}) {part} is {-low * 100:.1f} cm in the mat"
                yield "phases", problem, "add a pose it goes by (`via`)"
