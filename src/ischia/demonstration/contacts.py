"""What a contact or a reach in a pose means: which skin, which joints may give way, where a hand goes."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from ischia.anatomy import PARENTS, changed_angles, full_angles, sided_joints

LEG: Final = ("heel", "forefoot", "shin", "knee", "thigh")
ARM: Final = ("hand", "forearm", "elbow", "upper_arm")

# A contact's name in a definition, and the parts of the skin it speaks of.
PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "head": ("head",),
        "upper_back": ("chest",),
        "chest": ("chest",),
        "belly": ("waist",),
        "low_back": ("waist",),
        "pelvis": ("pelvis",),
        "thigh": ("thigh",),
        "knee": ("knee",),
        "shin": ("shin",),
        "heel": ("heel",),
        "forefoot": ("forefoot",),
        "hand": ("hand",),
        "forearm": ("elbow", "forearm"),
        "elbow": ("elbow",),
    }
)

# The joint a part moves with, told where it stays when the body moves.
JOINT_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chest": "thorax_high",
        "waist": "lumbar_mid",
        "pelvis": "pelvis",
        "thigh": "thigh",
        "knee": "shin",
        "shin": "shin",
        "heel": "foot",
        "forefoot": "foot",
        "hand": "hand",
        "elbow": "forearm",
        "forearm": "forearm",
        "head": "head",
    }
)

# How far a joint may give way, in degrees (one standard deviation), for a contact to close: the drawing's own
# tolerance.
_GIVES: Final[Mapping[str, Mapping[str, float]]] = MappingProxyType(
    {
        "head": {"neck_flexion": 12.0},
        "upper_back": {"thoracic_flexion": 1.5},
        "chest": {"thoracic_flexion": 2.0},
        "belly": {"lumbar_flexion": 2.0},
        "low_back": {"lumbar_flexion": 3.0},
        "pelvis": {},
        "thigh": {"hip_flexion": 4.0},
        "knee": {"hip_flexion": 3.0, "knee_flexion": 4.0},
        "shin": {"knee_flexion": 4.0},
        "heel": {"knee_flexion": 4.0, "hip_flexion": 2.0},
        "forefoot": {"ankle_dorsiflexion": 15.0, "knee_flexion": 4.0},
        "hand": {"shoulder_flexion": 8.0, "elbow_flexion": 8.0, "wrist_flexion": 25.0, "pronation": 25.0},
        "forearm": {"shoulder_flexion": 8.0, "elbow_flexion": 8.0, "shoulder_rotation": 15.0},
        "elbow": {"shoulder_flexion": 8.0},
    }
)
_REACH_GIVES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "shoulder_flexion": 40.0,
        "shoulder_abduction": 30.0,
        "shoulder_rotation": 40.0,
        "elbow_flexion": 40.0,
        "pronation": 40.0,
        "wrist_flexion": 25.0,
        "wrist_deviation": 12.0,
    }
)

# A fault that turns a joint by more than this means to lift what lay on the mat.
_MEANT_DEG: Final = 10.0


@cache
def geometry() -> Mapping[str, Any]:
    """Targets of hands and things in the room, from ``data/places.toml``."""
    text = (files("ischia.demonstration") / "data/places.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


class UnknownContactError(ValueError):
    """A pose names a contact or a target that nothing is known of."""


def both_sides(contacts: Iterable[str]) -> tuple[str, ...]:
    """Contacts with their sides written out: ``heel`` is ``heel_left`` and ``heel_right``.

    Raises:
        UnknownContactError: a contact is unknown.
    """
    found: list[str] = []
    for contact in contacts:
        stem, side = split(contact)
        if stem not in PARTS:
            raise UnknownContactError(f"{contact!r} is no contact; known are {', '.join(PARTS)}")
        sided = stem in LEG + ARM
        found += [contact] if side or not sided else [f"{stem}_left", f"{stem}_right"]
    return tuple(dict.fromkeys(found))


def split(name: str) -> tuple[str, str]:
    """A name and its side: ``heel_left`` is (``heel``, ``_left``), ``head`` is (``head``, ``""``)."""
    for side in ("_left", "_right"):
        if name.endswith(side):
            return name.removesuffix(side), side
    return name, ""


def parts_of(contact: str) -> tuple[str, ...]:
    """The parts of the skin of a contact with its side."""
    stem, side = split(contact)
    return tuple(part + side for part in PARTS[stem])


def joint_of(contact: str) -> str:
    """The segment whose joint tells where a contact is."""
    stem, side = split(contact)
    segment = JOINT_OF[PARTS[stem][0]]
    return segment + side if segment + side in PARENTS else segment


def joints_that_give(contacts: Collection[str], reaches: Iterable[str]) -> dict[str, float]:
    """Which joints may be turned for contacts and reaching hands, and how far in degrees."""
    gives: dict[str, float] = {}
    sided = set(sided_joints())
    for contact in contacts:
        stem, side = split(contact)
        for joint, sigma in _GIVES[stem].items():
            name = joint + side if joint in sided else joint
            gives[name] = max(gives.get(name, 0.0), sigma)
    if any(split(c)[0] == "forearm" for c in contacts) and not {"chest", "head"} & set(contacts):
        # Propped on the forearms, the back gives way and the arms stay upright.
        gives |= {
            "lumbar_flexion": 6.0,
            "thoracic_flexion": 1.5,
            "shoulder_flexion_left": 3.0,
            "shoulder_flexion_right": 3.0,
        }
    for hand in reaches:
        gives |= {joint + split(hand)[1]: sigma for joint, sigma in _REACH_GIVES.items()}
    return gives


def broken_by(contact: str, changed: Mapping[str, float], position: str, before: Mapping[str, float]) -> bool:
    """Whether a fault's changed angles lift a contact off the mat on purpose."""
    stem, side = split(contact)
    before, after = full_angles(before), changed_angles(before, changed)
    sides = (side,) if side else ("_left", "_right")
    hips = [after["hip_flexion" + s] - before["hip_flexion" + s] for s in sides]
    knees = [after["knee_flexion" + s] - before["knee_flexion" + s] for s in sides]
    match position, stem:
        case "supine", "pelvis" | "low_back":
            return max(hips) < -_MEANT_DEG
        case "prone", "pelvis":
            return min(hips) > _MEANT_DEG
        case "prone", "thigh":
            return abs(hips[0]) > _MEANT_DEG
        case "prone", "forefoot" | "shin":
            return hips[0] < -_MEANT_DEG or knees[0] > _MEANT_DEG
        case "supine" | "prone", "head":
            return abs(after["neck_flexion"] - before["neck_flexion"]) > _MEANT_DEG
        case "supine" | "prone", "chest" | "upper_back":
            return abs(after["thoracic_flexion"] - before["thoracic_flexion"]) > _MEANT_DEG
    return False


def reaches_of(reach: Mapping[str, str]) -> dict[str, str]:
    """Reaches with sides written out: ``hand = "shin"`` is each hand on the shin of its own side.

    Raises:
        UnknownContactError: the hand or the target is unknown.
    """
    known = (*geometry()["targets"], *geometry()["things"])
    found: dict[str, str] = {}
    for hand, target in reach.items():
        stem, side = split(hand)
        target_stem, target_side = split(target)
        if stem != "hand" or target_stem not in known:
            raise UnknownContactError(
                f"{hand} = {target!r} is unknown; a hand reaches for {', '.join(known)}"
            )
        for s in (side,) if side else ("_left", "_right"):
            found["hand" + s] = target if target_side else target_stem + s
    return found


def segment_of_target(target: str) -> tuple[str, tuple[float, float, float], tuple[float, float, float]]:
    """A target on the body: segment, place and outward direction at neutral zero, on the side it names."""
    stem, side = split(target)
    entry = geometry()["targets"][stem]
    segment: str = entry["segment"]
    x, y, z = entry["at"]
    a, b, c = entry["out"]
    if side == "_left":
        segment, z, c = segment.replace("_right", "_left"), -z, -c
    return segment, (x, y, z), (a, b, c)
