"""This person's own movement, learnt from the repetitions found, along which they are measured as well.

The exercise's angles are those of the demonstration, and few; how all parts of this person go from rest to
hold says more, once some repetitions have shown it. In the noise of the robustness benchmark the curve drawn
along it is two to four times as clear in superman (movement over error), six to nine times in a standing
extension with raised arms, 1.2 to 2.5 times in a bridge and a curl-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import median
from typing import Final

from ischia.kinematics.posture import Column
from ischia.movement.template import Row

ROUGH: Final = 0.02
"""A curve is rough from this share of the usual movement on, as the median distance of its frames from the
smoothed curve. Repetitions in the labelled recordings stay below 0.019 (below 0.037 at 10 frames a second);
of the same with the robustness benchmark's noise, those that are miscounted lie above 0.04."""

FEWEST: Final = 3
"""So many repetitions of one side show a movement: with two, the odd one cannot be told."""

ALIKE: Final = 0.5
"""Half of a repetition's power at least goes the own way, as ``verify.STRAIGHT`` asks of the exercise's. Of
arms and legs that take turns the other ones' repetition has a quarter (measured), with noise the same ones'
nearly always has half and more."""

BY_CHANCE: Final = 4.0
"""Twice the usual error, four times its power: an unlike repetition no further from the others than that may
be none, a wobble."""

PARTS: Final = tuple(column for column in Column if column.name.endswith(("_X", "_Y")))
"""Places of the parts of the body in the picture."""

_LANDMARKS: Final = tuple(1 if "LEFT" in part.name or "RIGHT" in part.name else 2 for part in PARTS)
"""How many landmarks each place is the mean of: it errs so much less."""

_BODY: Final = tuple(
    0 if part.name.startswith(("ELBOW", "WRIST")) else count
    for part, count in zip(PARTS, _LANDMARKS, strict=True)
)
"""The same without the arms."""

Places = tuple[float, ...]
"""A number for each of ``PARTS``."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One repetition as it was found.

    Attributes:
        rest: the places of its rest.
        change: the ways from there to the hold.
        low: progress of the rest.
        shown: progress from there to the hold.
    """

    rest: Places
    change: Places
    low: float
    shown: float


@dataclass(frozen=True, slots=True)
class OwnMovement(Moved):
    """How one person goes from rest to hold.

    Attributes:
        spread: how much repetitions differ from it, as power; the same without the arms.
    """

    spread: tuple[float, float]

    def curve(self, columns: Sequence[Sequence[float]], arms: bool) -> list[float]:
        """Progress of each frame, by how far it has gone this way; with the arms, or without."""
        counts = _LANDMARKS if arms else _BODY
        # Where the arms alone move, nothing is left of it without them.
        whole = _product(self.change, self.change, counts) or inf
        total = [self.low] * len(columns[0])
        for part, count, origin, change in zip(PARTS, counts, self.rest, self.change, strict=True):
            weight = self.shown * count * change / whole
            total = [gone + weight * (at - origin) for gone, at in zip(total, columns[part], strict=True)]
        return total

    def is_like(self, change: Places) -> bool:
        """Whether a movement goes this way, and half as far at least."""
        along, whole = _product(change, self.change), _product(self.change, self.change)
        return along >= ALIKE * whole > 0.0 and along**2 >= ALIKE * whole * _product(change, change)

    def is_same(self, change: Places) -> bool:
        """Whether a movement is this one once more, as exactly as the others were; the arms may not do it
        alone."""
        far = _differs(change, self.change)
        return self.is_like(change) and all(f <= BY_CHANCE * s for f, s in zip(far, self.spread, strict=True))


def places(row: Row) -> Places:
    """Where the parts are."""
    return tuple(row[part] for part in PARTS)


def change_of(hold: Row, rest: Row) -> Places:
    """The ways from a rest to a hold."""
    return tuple(hold[part] - rest[part] for part in PARTS)


def own_movements(found: Sequence[Moved]) -> list[OwnMovement]:
    """What repetitions of one side have in common, the most usual first; none where they are few.

    Arms and legs may take turns: who is not like the others has a movement of their own, or wobbled.
    """
    movements: list[OwnMovement] = []
    left = found if len(found) >= FEWEST else ()
    while left:
        common = _in_common(left)
        alike = [f for f in left if common.is_like(f.change)]
        if not alike:
            break
        own = _in_common(alike)
        # How much few of them differ is not known; the others tell.
        few = movements and len(alike) < FEWEST
        movements.append(replace(own, spread=movements[0].spread) if few else own)
        beside = [_beside(common, f) for f in left]
        most = BY_CHANCE * median(beside)
        left = [f for f, far in zip(left, beside, strict=True) if not common.is_like(f.change) and far > most]
    return movements


def _in_common(found: Sequence[Moved]) -> OwnMovement:
    change = _median(f.change for f in found)
    whole, body = zip(*(_differs(f.change, change) for f in found), strict=True)
    return OwnMovement(
        _median(f.rest for f in found),
        change,
        median(f.low for f in found),
        median(f.shown for f in found),
        (median(whole), median(body)),
    )


def _median(places: Iterable[Places]) -> Places:
    return tuple(map(median, zip(*places, strict=True)))


def _beside(one: Moved, other: Moved) -> float:
    """Power of what another movement does beside this one."""
    along, whole = _product(one.change, other.change), _product(one.change, one.change)
    return _product(other.change, other.change) - along**2 / whole


def _differs(one: Places, other: Places) -> tuple[float, float]:
    """Power of the difference between two movements; the same without the arms."""
    differs = tuple(a - b for a, b in zip(one, other, strict=True))
    return _product(differs, differs), _product(differs, differs, _BODY)


def _product(one: Places, other: Places, counts: Sequence[int] = _LANDMARKS) -> float:
    return sum(count * a * b for count, a, b in zip(counts, one, other, strict=True))
