"""Which rungs of a ladder a patient may reach: conditions remove or replace rungs, locks end the ladder."""

from collections.abc import Collection
from typing import NamedTuple

from ischia.dose.library import Caution, Library
from ischia.dose.orders import Orders
from ischia.dose.protocol import Ladder
from ischia.session.rules import Rule


class LeftOut(NamedTuple):
    """An exercise that is left out or replaced, the rule behind it, and the condition or exercise it hangs
    on.
    """

    exercise_id: str
    rule: Rule
    because: str
    sources: tuple[str, ...]


class Rungs(NamedTuple):
    """The rungs a patient may reach.

    Attributes:
        exercises: from the easiest to the hardest.
        levels: for each, its place on the ladder as the protocol has it.
        left_out: what conditions, clinicians and locks leave out or replace.
        locked: the locked rung that ends the ladder, or None.
        beyond: rungs that no raise leads to: one between them and the rung below is left out, and no
            clinician has unlocked them. What lies on the far side of a gap may be far harder.
    """

    exercises: tuple[str, ...]
    levels: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    locked: str | None
    beyond: frozenset[str]

    def place_at(self, level: int) -> int | None:
        """Return the place of the hardest rung that is no harder than ``level``, or None where there is
        none.
        """
        places = [place for place, own in enumerate(self.levels) if own <= level]
        return places[-1] if places else None


def reachable_rungs(ladder: Ladder, library: Library, conditions: Collection[str], orders: Orders) -> Rungs:
    """Return the rungs of ``ladder`` for somebody with these conditions, under these orders."""
    exercises: list[str] = []
    levels: list[int] = []
    left_out: list[LeftOut] = []
    beyond: set[str] = set()
    locked = None
    for level, exercise_id in enumerate(ladder.rungs):
        if library[exercise_id].locked and exercise_id not in orders.unlocked:
            locked = exercise_id
            left_out.append(LeftOut(exercise_id, Rule.REMOVE_LOCKED, exercise_id, ladder.sources))
            break
        allowed, note = allowed_exercise(exercise_id, library, conditions, orders)
        if note is not None:
            left_out.append(note)
        if allowed is not None and allowed not in exercises:
            if levels and level - levels[-1] > 1 and allowed not in orders.unlocked:
                beyond.add(allowed)
            exercises.append(allowed)
            levels.append(level)
    return Rungs(tuple(exercises), tuple(levels), tuple(left_out), locked, frozenset(beyond))


def allowed_exercise(
    exercise_id: str, library: Library, conditions: Collection[str], orders: Orders
) -> tuple[str | None, LeftOut | None]:
    """Return the exercise done for this rung, itself or its replacement, or None; and why it is another or
    none.

    A replacement has to be allowed itself; where several conditions speak, leaving out goes before replacing.
    """
    if exercise_id in orders.excluded:
        return None, LeftOut(exercise_id, Rule.REMOVE_EXCLUDED, exercise_id, ("consensus_to_sign_off",))
    cautions = [one for one in library[exercise_id].cautions if one.condition in conditions]
    standing = [one for one in cautions if not (one.action == "ask" and exercise_id in orders.unlocked)]
    if not standing:
        return exercise_id, None
    caution = min(standing, key=lambda one: one.action == "replace")
    if caution.action != "replace" or caution.by is None:
        return None, _note(exercise_id, Rule.REMOVE_CAUTION, caution)
    by = library[caution.by]
    blocked = by.id in orders.excluded or (by.locked and by.id not in orders.unlocked)
    if blocked or any(one.condition in conditions for one in by.cautions):
        return None, _note(exercise_id, Rule.REMOVE_CAUTION, caution)
    return by.id, _note(exercise_id, Rule.REPLACE_CAUTION, caution)


def _note(exercise_id: str, rule: Rule, caution: Caution) -> LeftOut:
    return LeftOut(exercise_id, rule, caution.condition, caution.sources)
