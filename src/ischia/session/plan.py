"""What was planned for one session: exercises in order, a dose for each side, and why."""

from dataclasses import dataclass

from ischia.session.decision import Decision
from ischia.units import Side


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of one exercise on one side.

    Attributes:
        hold_s: seconds each repetition is held.
        repetitions: repetitions in a set.
        sets: sets.
        rest_s: seconds of rest between sets.
    """

    hold_s: float
    repetitions: int
    sets: int
    rest_s: float

    def __post_init__(self) -> None:
        """Refuse a dose nobody could do.

        Raises:
            ValueError: a hold or rest below zero, or fewer than one repetition or set.
        """
        if self.hold_s < 0 or self.rest_s < 0:
            raise ValueError(f"a hold and a rest last 0 s or more, not {self.hold_s} and {self.rest_s}")
        if self.repetitions < 1 or self.sets < 1:
            raise ValueError(f"a dose has 1 repetition and set or more, not {self.repetitions} x {self.sets}")


@dataclass(frozen=True, slots=True)
class SideDose:
    """The dose of one side; an exercise done with both sides at once has a single one for ``Side.BOTH``."""

    side: Side
    dose: Dose


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """One exercise of the session. Left and right are separate doses, done in the order given."""

    exercise_id: str
    doses: tuple[SideDose, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class ProtocolStamp:
    """Which version of the rules decided."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as it was planned; it never changes once made.

    Attributes:
        id: unique id of the plan.
        for_date: ISO date (``2026-03-14``) the plan is made for.
        exercises: in the order they are done.
        duration_s: expected seconds from the first instruction to the last.
        decisions: what concerns the whole session (rest day, flare-up mode, exercises left out and why).
        protocol: the rules that decided.
    """

    id: str
    for_date: str
    exercises: tuple[PlannedExercise, ...]
    duration_s: float
    decisions: tuple[Decision, ...]
    protocol: ProtocolStamp
