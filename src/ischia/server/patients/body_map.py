"""The body map as a form: ten places, each with pain 0 to 10, numbness, tingling and weakness.

What is left blank stays "not answered"; only the person's own "that is all" writes zero and no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ischia.check_in import LegMap, Region, Symptoms
from ischia.units import PAIN_MAX, PAIN_MIN, Side

FEELINGS: Final = ("numbness", "tingling", "weakness")
REST: Final = "nothing_else"
_SIDES: Final = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Asked:
    """One feeling of one place, as the form shows it. ``value`` is ``yes``, ``no`` or empty."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the map, as the form shows it.

    Attributes:
        key: such as ``calf-left``.
        pain: ``0`` to ``10`` or empty.
        level: ``0``, ``low``, ``middle``, ``high`` or empty: how the map is coloured.
        other: ``yes`` where something but pain is felt.
    """

    key: str
    side: str
    label: str
    pain: str
    level: str
    other: str
    feelings: tuple[Asked, ...]
    told: str


def place_label(region: Region, side: Side) -> str:
    """Return the name of a place in the page's language."""
    return {
        (Region.BACK, Side.LEFT): _("Lower back, left"),
        (Region.BACK, Side.RIGHT): _("Lower back, right"),
        (Region.BUTTOCK, Side.LEFT): _("Left buttock"),
        (Region.BUTTOCK, Side.RIGHT): _("Right buttock"),
        (Region.THIGH, Side.LEFT): _("Left thigh"),
        (Region.THIGH, Side.RIGHT): _("Right thigh"),
        (Region.CALF, Side.LEFT): _("Left lower leg"),
        (Region.CALF, Side.RIGHT): _("Right lower leg"),
        (Region.FOOT, Side.LEFT): _("Left foot"),
        (Region.FOOT, Side.RIGHT): _("Right foot"),
    }[region, side]


def feeling_label(feeling: str) -> str:
    """Return the name of a feeling in the page's language."""
    return {"numbness": _("Numbness"), "tingling": _("Tingling"), "weakness": _("Weakness")}[feeling]


def places(sent: Mapping[str, str]) -> list[Place]:
    """Return the ten places with what was entered so far."""
    return [_place(sent, region, side) for side in _SIDES for region in Region]


def _place(sent: Mapping[str, str], region: Region, side: Side) -> Place:
    key = f"{region}-{side}"
    pain = sent.get(f"{key}-pain", "")
    pain = pain if pain.isdecimal() and PAIN_MIN <= int(pain) <= PAIN_MAX else ""
    feelings = []
    for feeling in FEELINGS:
        value = sent.get(f"{key}-{feeling}", "")
        feelings.append(
            Asked(f"{key}-{feeling}", feeling_label(feeling), value if value in ("yes", "no") else "")
        )
    felt = [asked.label.lower() for asked in feelings if asked.value == "yes"]
    told = ", ".join([_("pain %s") % pain] * bool(pain) + felt)
    return Place(
        key=key,
        side=side.value,
        label=place_label(region, side),
        pain=pain,
        level=_level(pain),
        other="yes" if felt else "",
        feelings=tuple(feelings),
        told=told,
    )


def _level(pain: str) -> str:
    if not pain:
        return ""
    number = int(pain)
    return "0" if number == 0 else "low" if number <= 3 else "middle" if number <= 6 else "high"


def read(sent: Mapping[str, str]) -> dict[tuple[Region, Side], Symptoms]:
    """Return the leg map that was entered; a place nobody answered is absent."""
    nothing_else = sent.get(REST) == "yes"
    answers = {"yes": True, "no": False}
    leg_map = {}
    for region in Region:
        for side in _SIDES:
            shown = _place(sent, region, side)
            feelings = {asked.name.rpartition("-")[2]: answers.get(asked.value) for asked in shown.feelings}
            pain = int(shown.pain) if shown.pain else None
            if pain is None and all(value is None for value in feelings.values()):
                if nothing_else:
                    leg_map[region, side] = Symptoms(0, False, False, False)
                continue
            if nothing_else:  # "that is all" covers what was left blank within a place, too
                pain = pain or 0
                feelings = {name: bool(value) for name, value in feelings.items()}
            leg_map[region, side] = Symptoms(pain, **feelings)
    return leg_map


def as_sent(leg_map: LegMap) -> dict[str, str]:
    """Return a leg map as the form's fields, to go on with what was entered before."""
    sent = {}
    words = {True: "yes", False: "no"}
    for (region, side), symptoms in leg_map.items():
        if symptoms.pain is not None:
            sent[f"{region}-{side}-pain"] = str(symptoms.pain)
        for feeling in FEELINGS:
            value = getattr(symptoms, feeling)
            if value is not None:
                sent[f"{region}-{side}-{feeling}"] = words[value]
    return sent


@dataclass(frozen=True, slots=True)
class Zone:
    """One area of the picture that stands for a place; numbers are units of the picture."""

    place: Place
    shape: str
    x: int
    mirrored: bool
    front: bool
    text_x: int
    text_y: int


_BEHIND_X: Final = 100
_FRONT_X: Final = 300
_SHAPES: Final = {
    Region.BACK: ("zone-back", 21, 180),
    Region.BUTTOCK: ("zone-buttock", 25, 242),
    Region.THIGH: ("zone-thigh", 27, 312),
    Region.CALF: ("zone-calf", 26, 388),
    Region.FOOT: ("zone-foot", 30, 464),
}
_SHOWN_IN_FRONT: Final = (Region.THIGH, Region.CALF, Region.FOOT)


def _zones(shown: list[Place]) -> list[Zone]:
    """The picture's areas: seen from behind, left is left; seen from the front, left is right."""
    by_key = {place.key: place for place in shown}
    zones = []
    for side in _SIDES:
        for region, (shape, text_x, text_y) in _SHAPES.items():
            place = by_key[f"{region}-{side}"]
            sign = -1 if side is Side.LEFT else 1
            zones.append(Zone(place, shape, _BEHIND_X, sign < 0, False, _BEHIND_X + sign * text_x, text_y))
            if region in _SHOWN_IN_FRONT:
                name = "zone-thigh-front" if region is Region.THIGH else shape
                zones.append(Zone(place, name, _FRONT_X, sign > 0, True, _FRONT_X - sign * text_x, text_y))
    return zones


def map_context(sent: Mapping[str, str]) -> dict[str, object]:
    """Return what the template ``patients/body_map.html`` needs."""
    shown = places(sent)
    return {
        "map_places": shown,
        "map_zones": _zones(shown),
        "map_centres": (_BEHIND_X, _FRONT_X),
        "map_numbers": [str(number) for number in range(PAIN_MIN, PAIN_MAX + 1)],
        "map_nothing_else": sent.get(REST) == "yes",
    }
