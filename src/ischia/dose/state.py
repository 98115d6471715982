"""What the rules remember of one patient from day to day. It stays small however long the history grows."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ischia.check_in.leg_map import Summary
from ischia.dose.library import Exercise
from ischia.dose.rungs import Rungs
from ischia.session.plan import Dose
from ischia.session.record import Effort, SkipReason
from ischia.session.rules import Rule
from ischia.units import Side

Amount = tuple[float, int, int]
"""Seconds held, repetitions, sets."""


def volume(amount: Amount) -> float:
    """Return seconds held in all."""
    return amount[0] * amount[1] * amount[2]


def amount_of(dose: Dose) -> Amount:
    """Return the part of a dose that is raised and lowered."""
    return dose.hold_s, dose.repetitions, dose.sets


@dataclass(slots=True)
class SideState:
    """One side of one exercise.

    Attributes:
        greens: green sessions in a row.
        green_since_h: start of the first of them, in hours since 1970.
        ambers: amber sessions in a row that count towards a lowering.
        raised_day: day of the last raise, or 0.
    """

    amount: Amount
    greens: int = 0
    green_since_h: float = 0.0
    ambers: int = 0
    raised_day: int = 0

    def start_over(self, amount: Amount) -> None:
        """Take another amount; the row of green sessions begins anew."""
        self.amount = amount
        self.greens = self.ambers = 0


@dataclass(slots=True)
class Track:
    """Where a patient stands on one ladder.

    Attributes:
        level: the rung of the ladder a patient stands on, or would stand on were it allowed.
        place: its place among the rungs within reach; None while none that easy is.
    """

    rungs: Rungs
    level: int
    place: int | None

    @property
    def exercise_id(self) -> str | None:
        """The exercise of the present rung."""
        return None if self.place is None else self.rungs.exercises[self.place]

    def stand(self, place: int) -> None:
        """Stand on another rung within reach."""
        self.place, self.level = place, self.rungs.levels[place]


class Done(NamedTuple):
    """What was done of one exercise, and how it felt. None is "not answered" or "not recorded".

    ``shares`` holds, for each side, the repetitions done of those prescribed, 0 to 1.
    """

    pain: int | None
    effort: Effort | None
    shares: tuple[float | None, ...]
    stopped: bool = False
    unwell: bool = False
    further_down: bool = False
    new_weakness: bool = False
    skipped: SkipReason | None = None


@dataclass(slots=True)
class Pending:
    """A session that was planned and is judged the morning after."""

    plan_id: str
    day: int
    at_h: float
    before: Summary
    done: dict[str, Done] = field(default_factory=dict)
    after: Summary | None = None


class Item(NamedTuple):
    """One exercise of a sketch: an amount for each of its sides, and the rule that decided.

    ``side`` is the one side a raise concerns, or None.
    """

    exercise: Exercise
    amounts: tuple[Amount, ...]
    rule: Rule
    side: Side | None


class Note(NamedTuple):
    """Something that concerns the session: a rule, the exercise it is about, and what it hangs on."""

    rule: Rule
    subject: str | None = None
    because: str = ""


class Sketch(NamedTuple):
    """A session before it is written out: what is done, in order, and what else was decided."""

    items: tuple[Item, ...]
    notes: tuple[Note, ...]
    duration_s: float


class Refusal(NamedTuple):
    """No session, and why."""

    notes: tuple[Note, ...]
