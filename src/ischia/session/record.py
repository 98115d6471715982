"""What was done in one session, as events that are only ever added.

Each event carries an id made where it happened, so that the same event sent twice stands once.
Instants are ISO 8601 texts with offset, given from outside: nothing here reads a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ischia.session.plan import Dose
from ischia.units import Side, check_pain


class MeasuredBy(StrEnum):
    """Who counted: the camera, the player's timer, or the person by hand."""

    CAMERA = "camera"
    TIMER = "timer"
    HAND = "hand"


class SkipReason(StrEnum):
    """Why a person left something out."""

    PAIN = "pain"
    TIRED = "tired"
    NO_TIME = "no_time"
    CANNOT = "cannot"
    OTHER = "other"


class StopReason(StrEnum):
    """Why a person pressed the stop button."""

    HURTS_MORE = "hurts_more"
    UNWELL = "unwell"
    ENOUGH = "enough"


class Effort(StrEnum):
    """How hard an exercise felt."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class RepRecord:
    """One repetition. Times are media seconds; None is an edge that was not seen."""

    start_s: float | None
    hold_start_s: float | None
    hold_end_s: float | None
    end_s: float | None
    side: Side
    complete: bool
    confidence: float

    @property
    def hold_s(self) -> float | None:
        """Seconds held, or None where either edge was not seen."""
        if self.hold_start_s is None or self.hold_end_s is None:
            return None
        return self.hold_end_s - self.hold_start_s


@dataclass(frozen=True, slots=True)
class SideComparison:
    """Left against right over a set, as a camera saw it.

    Attributes:
        measurable: False where the view does not show both sides.
        reason: why not, or None.
        left: repetitions of the left side.
        right: repetitions of the right side.
        difference_deg: how much further the left hip turns than the right one, on average.
        confidence: 0 to 1.
    """

    measurable: bool
    reason: str | None
    left: int | None
    right: int | None
    difference_deg: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One finished or broken-off set.

    Attributes:
        number: 1 for the first set of this exercise and side.
        prescribed: the dose it was done against.
        repetitions: repetitions done; fewer than prescribed where it was broken off.
        hold_s: seconds held in each repetition, or empty where nobody measured.
        reps: what the camera saw, where it looked.
        cues: ids of the faults of form that it saw, each once.
        symmetry: left against right, or None where no camera looked.
    """

    id: str
    exercise_id: str
    side: Side
    number: int
    prescribed: Dose
    repetitions: int
    hold_s: tuple[float, ...]
    measured_by: MeasuredBy
    started_at: str
    ended_at: str
    reps: tuple[RepRecord, ...] = ()
    cues: tuple[str, ...] = ()
    symmetry: SideComparison | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """An exercise, or one side of it, left out with a reason."""

    id: str
    exercise_id: str
    side: Side | None
    reason: SkipReason
    at: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """How an exercise felt. None is "not answered"."""

    id: str
    exercise_id: str
    effort: Effort | None
    pain: int | None
    at: str

    def __post_init__(self) -> None:
        """Raise ValueError for a pain outside 0 to 10."""
        check_pain(self.pain)


@dataclass(frozen=True, slots=True)
class Stop:
    """The stop button, and the two questions asked after it. None is "not answered"."""

    id: str
    exercise_id: str | None
    reason: StopReason
    pain_further_down: bool | None
    new_weakness_or_numbness: bool | None
    at: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The session came to its end."""

    id: str
    at: str


Event = SetRecord | Skip | Feedback | Stop | Finish

EVENT_KINDS: dict[str, type[Event]] = {
    "set": SetRecord,
    "skip": Skip,
    "feedback": Feedback,
    "stop": Stop,
    "finish": Finish,
}
"""Names under which events are stored as plain data: see ``session.serialise.union_from_plain``."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """Everything that was done in one session; compare with its plan, never overwrite it."""

    plan_id: str
    started_at: str
    sets: tuple[SetRecord, ...] = ()
    skips: tuple[Skip, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    stops: tuple[Stop, ...] = ()
    finish: Finish | None = None


def record_from_events(plan_id: str, started_at: str, events: Iterable[Event]) -> SessionRecord:
    """Fold events, in the order they happened, into one record. An id that comes again stands once."""
    unique = {event.id: event for event in reversed(list(events))}
    ordered = list(reversed(unique.values()))
    return SessionRecord(
        plan_id=plan_id,
        started_at=started_at,
        sets=tuple(event for event in ordered if isinstance(event, SetRecord)),
        skips=tuple(event for event in ordered if isinstance(event, Skip)),
        feedback=tuple(event for event in ordered if isinstance(event, Feedback)),
        stops=tuple(event for event in ordered if isinstance(event, Stop)),
        finish=next((event for event in ordered if isinstance(event, Finish)), None),
    )
