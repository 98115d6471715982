"""The leg map: where symptoms are, and whether they move towards the spine or towards the foot.

Symptoms that leave the leg are a good sign even where the back hurts more for a while; symptoms that travel
towards the foot, or reach a leg that was free, are a reason to stop. Missing is never zero: what was not
answered makes two maps not comparable, but never hides a symptom that was reported further down.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from ischia.check_in.model import LegMap, Region, Symptoms
from ischia.units import Side

REGIONS: Final = tuple(Region)
"""From the spine towards the foot."""
SIDES: Final = (Side.LEFT, Side.RIGHT)
PLACES: Final = tuple((region, side) for side in SIDES for region in REGIONS)
"""The ten places of the map: left back to left foot, then right."""

_Places = tuple[tuple[int, tuple[Region, Side]], ...]
_PLACES_LEFT: Final[_Places] = tuple((1 << bit, (region, Side.LEFT)) for bit, region in enumerate(REGIONS))
_PLACES_RIGHT: Final[_Places] = tuple((1 << bit, (region, Side.RIGHT)) for bit, region in enumerate(REGIONS))


_LEG: Final = ((1 << len(REGIONS)) - 1) & ~1
"""A mask of every region but the back."""


class LegVerdict(StrEnum):
    """How one leg map compares with an earlier one."""

    CENTRALISING = "centralising"
    UNCHANGED = "unchanged"
    PERIPHERALISING = "peripheralising"
    NOT_COMPARABLE = "not_comparable"


def is_felt(symptoms: Symptoms | None) -> bool | None:
    """Whether anything is felt in a place: pain, numbness or tingling. None where pain was not answered."""
    if symptoms is None:
        return None
    if symptoms.pain or symptoms.numbness or symptoms.tingling:
        return True
    return None if symptoms.pain is None else False


class Summary(NamedTuple):
    """A leg map boiled down: one bit for each region (bit 0 the back), and the strongest pains.

    Attributes:
        felt: regions in which something is felt, left and right.
        known: regions answered, left and right.
        back: strongest pain in the back, or None where none was answered.
        leg: strongest pain from buttock to foot, or None where none was answered.
    """

    felt: tuple[int, int]
    known: tuple[int, int]
    back: int | None
    leg: int | None


ALL_KNOWN: Final = ((1 << len(REGIONS)) - 1,) * 2
NOTHING_KNOWN: Final = Summary((0, 0), (0, 0), None, None)


def summarise(leg_map: LegMap) -> Summary:
    """Return the summary of ``leg_map``. Pain not answered, and nothing else felt, leaves a place unknown."""
    felt_left, known_left, back_left, leg_left = _summarise_side(leg_map, _PLACES_LEFT)
    felt_right, known_right, back_right, leg_right = _summarise_side(leg_map, _PLACES_RIGHT)
    return Summary(
        (felt_left, felt_right),
        (known_left, known_right),
        stronger(back_left, back_right),
        stronger(leg_left, leg_right),
    )


def _summarise_side(leg_map: LegMap, places: _Places) -> tuple[int, int, int | None, int | None]:
    felt = known = 0
    back: int | None = None
    leg = -1
    for bit, place in places:
        symptoms = leg_map.get(place)
        if symptoms is None:
            continue
        pain = symptoms.pain
        if pain is None:
            if symptoms.numbness or symptoms.tingling:
                felt |= bit
                known |= bit
            continue
        known |= bit
        if bit == 1:
            back = pain
        elif pain > leg:
            leg = pain
        if pain or symptoms.numbness or symptoms.tingling:
            felt |= bit
    return felt, known, back, None if leg < 0 else leg


def stronger(one: int | None, other: int | None) -> int | None:
    """Return the stronger of two pains; one that was not answered does not count, None where neither was."""
    if one is None:
        return other
    return one if other is None or one > other else other


def compare(before: Summary, after: Summary) -> LegVerdict:
    """Return how ``after`` compares with ``before``.

    Peripheralising: on either side something is felt in the leg, further from the spine than anything
    before, in a region that was answered and free before. Centralising: on no side further, on at least one
    side nearer, and every place answered both times.
    """
    complete = before.known == after.known == ALL_KNOWN
    centralising = False
    for column in (0, 1):
        was, now = before.felt[column], after.felt[column]
        if now.bit_length() > was.bit_length() and now & _LEG & before.known[column] & ~_up_to(was):
            return LegVerdict.PERIPHERALISING
        centralising = centralising or now.bit_length() < was.bit_length()
    if not complete:
        return LegVerdict.NOT_COMPARABLE
    return LegVerdict.CENTRALISING if centralising else LegVerdict.UNCHANGED


def compare_leg_maps(before: LegMap, after: LegMap) -> LegVerdict:
    """Return how the leg map ``after`` compares with ``before``; see ``compare``."""
    return compare(summarise(before), summarise(after))


def _up_to(felt: int) -> int:
    """Return a mask of every region up to the furthest one in ``felt``."""
    return (1 << felt.bit_length()) - 1
