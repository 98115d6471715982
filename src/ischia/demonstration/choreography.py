"""From an exercise's definition to its whole motion: every pose laid on the mat, and the way between them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ischia.anatomy import (
    DEFAULT_BODY,
    PlacedPose,
    blended,
    body_named,
    changed_angles,
    full_angles,
    pose_placed,
)
from ischia.catalogue import Exercise, MovementFault, Pose
from ischia.demonstration.contacts import ARM, LEG, both_sides, broken_by, joint_of, reaches_of, split
from ischia.demonstration.placement import Placed, Wish, place
from ischia.demonstration.way import even_shares

# In-between pictures on the way from one pose to the next.
_STEPS = 6
# On the way from pose to pose joints give way less readily than in the poses themselves.
_WAY_GIVES = 0.6
# A foot slides where its knee bends by more than this between two poses, a hand where its shoulder turns by
# more.
_SLIDES_DEG = 60.0
_ARM_SLIDES_DEG = 40.0
# In a fault the rest of the body gives way this much more readily, so that what touches the mat still does.
_FAULT_GIVES = 3.0


@dataclass(frozen=True, slots=True)
class Choreography:
    """An exercise's poses, its faults, and the ways between poses.

    Attributes:
        poses: pose id to the pose on the mat.
        faults: fault id to the wrong pose.
        ways: (from, to) to the poses passed at even distances, both ends included; a way back that only
            turns a way round is left out.
    """

    poses: Mapping[str, Placed]
    faults: Mapping[str, Placed]
    ways: Mapping[tuple[str, str], Sequence[PlacedPose]]


def choreograph(exercise: Exercise, body_name: str = DEFAULT_BODY) -> Choreography:
    """Lay every pose of an exercise on the mat and find the ways between them.

    Args:
        exercise: the definition.
        body_name: whose body.

    Raises:
        UnknownContactError: a contact or a target is unknown.
        UnknownJointError: an angle's name is unknown.
    """
    poses: dict[str, Placed] = {}
    for before, name in _order(exercise):
        poses[name] = _pose(exercise, name, before, poses, body_name)
    ways: dict[tuple[str, str], Sequence[PlacedPose]] = {}
    chains: set[tuple[str, ...]] = set()
    for phase in exercise.phases:
        chain = (phase.from_, *phase.via, phase.to)
        if phase.from_ != phase.to and chain not in chains:
            ways[phase.from_, phase.to] = _way(exercise, chain, poses, body_name)
            chains |= {chain, chain[::-1]}
    faults = {fault.id: _fault(exercise, fault, poses, body_name) for fault in exercise.faults}
    return Choreography(poses, faults, ways)


def _order(exercise: Exercise) -> Iterator[tuple[str | None, str]]:
    """Each pose once, with the pose it is first come from."""
    first = exercise.phases[0].from_
    yield None, first
    seen = {first}
    for phase in exercise.phases:
        chain = (phase.from_, *phase.via, phase.to)
        for before, name in pairwise(chain):
            if name not in seen:
                seen.add(name)
                yield before, name


def _contacts(exercise: Exercise, pose: Pose) -> tuple[str, ...]:
    """What touches the ground. Standing, hips lean on the worktop and not on the mat."""
    contacts = both_sides(pose.contacts)
    return tuple(c for c in contacts if not (exercise.position == "standing" and c == "pelvis"))


def _shared(exercise: Exercise, one: Pose, other: Pose) -> tuple[tuple[str, ...], dict[str, str]]:
    a, b = _contacts(exercise, one), _contacts(exercise, other)
    ra, rb = reaches_of(one.reach), reaches_of(other.reach)
    return tuple(c for c in b if c in a), {hand: t for hand, t in rb.items() if ra.get(hand) == t}


def _stays(contact: str, a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    """Whether a contact that two poses share keeps its place on the mat."""
    stem, side = split(contact)
    if stem in ("head", "belly", "low_back"):
        return False
    if stem in LEG:
        return abs(a["knee_flexion" + side] - b["knee_flexion" + side]) < _SLIDES_DEG
    if stem in ARM:
        turns = (
            abs(a[joint + side] - b[joint + side]) for joint in ("shoulder_flexion", "shoulder_abduction")
        )
        return max(turns) < _ARM_SLIDES_DEG
    return True


def _pose(
    exercise: Exercise, name: str, before: str | None, poses: Mapping[str, Placed], body_name: str
) -> Placed:
    pose = exercise.poses[name]
    contacts, reaches = _contacts(exercise, pose), reaches_of(pose.reach)
    if before is None:
        wish = Wish(exercise.position, pose.angles, contacts, reaches, equipment=exercise.equipment)
        return place(wish, None, body_name)
    last = poses[before]
    shared, _ = _shared(exercise, exercise.poses[before], pose)
    old, new = full_angles(exercise.poses[before].angles), full_angles(pose.angles)
    posture = pose_placed(last.pose, body_named(body_name))
    stays = {c: posture.joints[joint_of(c)][0] for c in shared if _stays(c, old, new)}
    wish = Wish(exercise.position, pose.angles, contacts, reaches, stays, equipment=exercise.equipment)
    return place(wish, last.pose, body_name)


def _fault(exercise: Exercise, fault: MovementFault, poses: Mapping[str, Placed], body_name: str) -> Placed:
    phase = exercise.phase(fault.phase)
    name = phase.to if phase else "hold"
    right, pose = poses[name].pose, exercise.poses[name]
    changed = changed_angles(pose.angles, fault.angles)
    fixed = frozenset(n for n, v in changed.items() if v != full_angles(pose.angles)[n])
    contacts = [
        c
        for c in _contacts(exercise, pose)
        if not broken_by(c, fault.angles, exercise.position, full_angles(pose.angles))
    ]
    posture = pose_placed(right, body_named(body_name))
    stays = {c: posture.joints[joint_of(c)][0] for c in contacts if not _moves(c, fixed)}
    angles = {**right.angles, **{n: changed[n] for n in fixed}}
    wish = Wish(
        exercise.position,
        angles,
        tuple(contacts),
        reaches_of(pose.reach),
        stays,
        fixed,
        exercise.equipment,
        tilt_deg=right.place.tilt_deg,
        give=_FAULT_GIVES,
    )
    return place(wish, PlacedPose(angles, right.place), body_name)


def _moves(contact: str, changed: Collection[str]) -> bool:
    """Whether a fault takes a contact along the mat: a head or a belly goes where the trunk goes, an arm
    where its turned joints take it."""
    stem, side = split(contact)
    arm = ("shoulder_flexion" + side, "elbow_flexion" + side)
    return stem in ("head", "belly") or (stem in ARM and not set(arm).isdisjoint(changed))


def _way(
    exercise: Exercise, chain: Sequence[str], poses: Mapping[str, Placed], body_name: str
) -> Sequence[PlacedPose]:
    legs = len(chain) - 1
    steps = _STEPS if legs == 1 else legs * (_STEPS - 2)
    turning = _passed(exercise, chain, poses, [i / steps for i in range(1, steps)], body_name)
    return _passed(exercise, chain, poses, even_shares(turning, body_named(body_name)), body_name)


def _passed(
    exercise: Exercise,
    chain: Sequence[str],
    poses: Mapping[str, Placed],
    shares: Iterable[float],
    body_name: str,
) -> list[PlacedPose]:
    """A way's ends and the poses at these shares of it, of which each leg has as much as any other."""
    found = [poses[chain[0]].pose]
    for share in shares:
        done, on_leg = divmod(share * (len(chain) - 1), 1.0)
        a, b = chain[int(done) : int(done) + 2]
        found.append(
            _between(exercise, a, b, on_leg, poses, found[-1], body_name) if on_leg else poses[a].pose
        )
    return [*found, poses[chain[-1]].pose]


def _between(
    exercise: Exercise,
    a: str,
    b: str,
    share: float,
    poses: Mapping[str, Placed],
    last: PlacedPose,
    body_name: str,
) -> PlacedPose:
    """The pose at a share of the way from one pose to another, reached from the last."""
    one, other = poses[a].pose, poses[b].pose
    contacts, reaches = _shared(exercise, exercise.poses[a], exercise.poses[b])
    start, end = (pose_placed(pose, body_named(body_name)) for pose in (one, other))

    def mixed(p: float, q: float) -> float:
        return p * (1 - share) + q * share

    stays = {c: mixed(start.joints[joint_of(c)][0], end.joints[joint_of(c)][0]) for c in contacts}
    wish = Wish(
        exercise.position,
        blended(one.angles, other.angles, share),
        contacts,
        reaches,
        {c: x for c, x in stays.items() if split(c)[0] not in ("head", "belly", "low_back")},
        equipment=exercise.equipment,
        tilt_deg=mixed(one.place.tilt_deg, other.place.tilt_deg),
        at=(mixed(one.place.at[0], other.place.at[0]), mixed(one.place.at[1], other.place.at[1])),
        give=_WAY_GIVES,
    )
    return place(wish, last, body_name).pose
