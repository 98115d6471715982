"""What a clinician orders. Orders are only ever added; a later one is withdrawn by name, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ischia.session.plan import Dose
from ischia.units import Side


class Direction(StrEnum):
    """The direction of movement an exercise works in."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    STABILISATION = "stabilisation"


@dataclass(frozen=True, slots=True)
class Bound:
    """Never more than ``most`` of an exercise: hold, repetitions and sets each stay at or below it.

    ``side`` None means every side.
    """

    id: str
    at: str
    by: str
    exercise_id: str
    most: Dose
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class SetDose:
    """Do exactly this from now on; it may still be lowered, and raised again by the usual steps."""

    id: str
    at: str
    by: str
    exercise_id: str
    dose: Dose
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Freeze:
    """Never raise this exercise, or anything at all where ``exercise_id`` is None.

    Lowering stays possible.
    """

    id: str
    at: str
    by: str
    exercise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unlock:
    """A locked exercise may be reached, or one that a condition leaves out until a clinician has said yes,
    or one on the far side of a rung that is left out.
    """

    id: str
    at: str
    by: str
    exercise_id: str


@dataclass(frozen=True, slots=True)
class Exclude:
    """Leave an exercise out."""

    id: str
    at: str
    by: str
    exercise_id: str


@dataclass(frozen=True, slots=True)
class Prefer:
    """Work in this direction, whatever the leg map suggests; None gives the choice back to the leg map."""

    id: str
    at: str
    by: str
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """An earlier order no longer stands."""

    id: str
    at: str
    by: str
    order_id: str


Order = Bound | SetDose | Freeze | Unlock | Exclude | Prefer | Withdraw

ORDER_KINDS: dict[str, type[Order]] = {
    "bound": Bound,
    "set_dose": SetDose,
    "freeze": Freeze,
    "unlock": Unlock,
    "exclude": Exclude,
    "prefer": Prefer,
    "withdraw": Withdraw,
}
"""Names under which orders are stored as plain data: see ``session.serialise.union_from_plain``."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders that stand at some instant."""

    bounds: tuple[Bound, ...] = ()
    set_doses: tuple[SetDose, ...] = ()
    frozen: frozenset[str] = frozenset()
    all_frozen: bool = False
    unlocked: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    direction: Direction | None = None

    def most(self, exercise_id: str, side: Side, ceiling: Dose) -> Dose:
        """Return ``ceiling`` lowered by every bound that stands for this exercise and side."""
        hold_s, repetitions, sets = ceiling.hold_s, ceiling.repetitions, ceiling.sets
        for bound in self.bounds:
            if bound.exercise_id == exercise_id and bound.side in (None, side):
                hold_s = min(hold_s, bound.most.hold_s)
                repetitions = min(repetitions, bound.most.repetitions)
                sets = min(sets, bound.most.sets)
        return Dose(hold_s, repetitions, sets, ceiling.rest_s)

    def set_dose(self, exercise_id: str, side: Side) -> Dose | None:
        """Return the dose a clinician last set for this exercise and side, or None."""
        doses = [
            one.dose for one in self.set_doses if one.exercise_id == exercise_id and one.side in (None, side)
        ]
        return doses[-1] if doses else None

    def is_frozen(self, exercise_id: str) -> bool:
        """Whether nothing may be raised for this exercise."""
        return self.all_frozen or exercise_id in self.frozen


def standing_orders(orders: Iterable[Order]) -> Orders:
    """Fold orders, oldest first, into those that stand; a withdrawn one never does."""
    given = list(orders)
    withdrawn = {order.order_id for order in given if isinstance(order, Withdraw)}
    standing = [order for order in given if order.id not in withdrawn]
    frozen = [order.exercise_id for order in standing if isinstance(order, Freeze)]
    preferred = [order.direction for order in standing if isinstance(order, Prefer)]
    return Orders(
        bounds=tuple(order for order in standing if isinstance(order, Bound)),
        set_doses=tuple(order for order in standing if isinstance(order, SetDose)),
        frozen=frozenset(exercise for exercise in frozen if exercise is not None),
        all_frozen=None in frozen,
        unlocked=frozenset(order.exercise_id for order in standing if isinstance(order, Unlock)),
        excluded=frozenset(order.exercise_id for order in standing if isinstance(order, Exclude)),
        direction=preferred[-1] if preferred else None,
    )
