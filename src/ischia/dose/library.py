"""The catalogue as the rules see it: small frozen values, made once, without words or poses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ischia.catalogue import load_catalogue
from ischia.catalogue.model import Catalogue
from ischia.dose.orders import Direction
from ischia.session.plan import Dose
from ischia.units import Side


@dataclass(frozen=True, slots=True)
class Caution:
    """What a condition does to an exercise: ``remove``, ``replace`` (by another), or ``ask`` a clinician
    first.
    """

    condition: str
    action: str
    by: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise.

    Attributes:
        sides: one dose for both sides at once, or left and right apart.
        locked: nobody does it until a clinician unlocks it.
        movement_s: seconds of one repetition outside its hold.
    """

    id: str
    position: str
    direction: Direction
    sides: tuple[Side, ...]
    locked: bool
    start: Dose
    ceiling: Dose
    cautions: tuple[Caution, ...]
    movement_s: float
    sources: tuple[str, ...]


Library = Mapping[str, Exercise]
"""Exercises by id."""


def library_from(catalogue: Catalogue) -> Library:
    """Return what the rules need of a catalogue."""
    return {exercise_id: _exercise(catalogue, exercise_id) for exercise_id in sorted(catalogue.exercises)}


@cache
def default_library() -> Library:
    """Return the library of the catalogue that comes with ischia."""
    return library_from(load_catalogue())


def _exercise(catalogue: Catalogue, exercise_id: str) -> Exercise:
    entry = catalogue.exercises[exercise_id]
    start, ceiling = entry.dose.start, entry.dose.ceiling
    return Exercise(
        id=exercise_id,
        position=entry.position,
        direction=Direction(entry.direction),
        sides=(Side.BOTH,) if entry.sides == "both" else (Side.LEFT, Side.RIGHT),
        locked=entry.locked,
        start=Dose(start.hold_s, start.repetitions, start.sets, start.rest_s),
        ceiling=Dose(ceiling.hold_s, ceiling.repetitions, ceiling.sets, ceiling.rest_s),
        cautions=tuple(Caution(one.condition, one.action, one.by, one.sources) for one in entry.cautions),
        movement_s=sum(phase.seconds or 0.0 for phase in entry.phases),
        sources=start.sources,
    )
