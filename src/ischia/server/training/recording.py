"""Taking in one event of a session: it must make sense against the plan, and it stands once."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from ischia.catalogue import load_catalogue
from ischia.movement import Reason
from ischia.movement.form import TIMED
from ischia.server.facts import session_plan
from ischia.server.training.models import Event as StoredEvent
from ischia.server.training.models import Session
from ischia.session import (
    EVENT_KINDS,
    Dose,
    Event,
    Finish,
    MeasuredBy,
    RepRecord,
    SessionPlan,
    SetRecord,
    SideComparison,
    Skip,
    Stop,
)
from ischia.session.serialise import NotReadable, to_plain, union_from_plain
from ischia.units import Side

LONGEST_S: Final = 3600.0
"""No repetition is held, and no set lasts, for longer."""

MOST_SEEN: Final = 1000
"""A camera sees no more repetitions than this in one set."""


class NonsenseError(ValueError):
    """An event that cannot be true; the sentence says why."""


class Outcome(Enum):
    """What became of an event."""

    ADDED = 201
    KNOWN = 200
    CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome, and for a conflict the sentence that says with what."""

    outcome: Outcome
    event: Event
    detail: str = ""


def take(session: Session, event_id: UUID, sent: dict[str, Any]) -> Taken:
    """Store an event unless it is stored already. Call inside ``writing``.

    Raises:
        NonsenseError: it cannot be read, or does not fit the session's plan.
    """
    event = read_event(event_id, sent)
    check_against(session_plan(session), event)
    body = to_plain(event)
    known = StoredEvent.objects.filter(id=event_id).first()
    if known is not None:
        same = known.session_id == session.pk and known.kind == sent["kind"]
        # Read again, so that a record of an earlier version, which knew fewer fields, is the same one.
        if same and read_event(event_id, {"kind": known.kind, **known.body}) == event:
            return Taken(Outcome.KNOWN, event)
        return Taken(Outcome.CONFLICT, event, "Another event is recorded under this id.")
    slot = slot_of(event)
    if slot is not None and session.events.filter(slot=slot).exists():
        what = "The end of this session" if isinstance(event, Finish) else "This set"
        return Taken(Outcome.CONFLICT, event, f"{what} is recorded already, under another id.")
    session.events.create(id=event_id, kind=sent["kind"], slot=slot, body=body)
    return Taken(Outcome.ADDED, event)


def read_event(event_id: UUID, sent: dict[str, Any]) -> Event:
    """Read an event as a browser sends it.

    Raises:
        NonsenseError: a key is missing, unknown or holds an impossible value.
    """
    if sent.get("id", str(event_id)) != str(event_id):
        raise NonsenseError("The id in the body is not the id in the address.")
    try:
        return union_from_plain(EVENT_KINDS, {**sent, "id": str(event_id)}, "event")
    except NotReadable as fault:
        raise NonsenseError(str(fault)) from fault


def check_against(plan: SessionPlan, event: Event) -> None:
    """Refuse an event that does not belong to the plan.

    Raises:
        NonsenseError: an exercise, side, set or dose that was not planned, or more done than was asked.
    """
    if isinstance(event, Finish) or (isinstance(event, Stop) and event.exercise_id is None):
        return
    planned = next((one for one in plan.exercises if one.exercise_id == event.exercise_id), None)
    if planned is None:
        raise NonsenseError(f"{event.exercise_id} is not in this session's plan.")
    if isinstance(event, Skip) and event.side is not None:
        _dose_of(planned.doses, event.side, event.exercise_id)
    if isinstance(event, SetRecord):
        dose = _dose_of(planned.doses, event.side, event.exercise_id)
        if event.prescribed != dose:
            raise NonsenseError(f"{event.exercise_id} was planned with another dose.")
        _check_set(event, dose)


def _check_set(event: SetRecord, dose: Dose) -> None:
    """Refuse a set that cannot have been done, or measured, so."""
    if not 1 <= event.number <= dose.sets:
        raise NonsenseError(f"{event.exercise_id} has {dose.sets} sets, so there is no set {event.number}.")
    if not 0 <= event.repetitions <= dose.repetitions:
        raise NonsenseError(f"A set has 0 to {dose.repetitions} repetitions, not {event.repetitions}.")
    if len(event.hold_s) > event.repetitions:
        raise NonsenseError("There are more holds than repetitions.")
    if any(not 0 <= hold_s <= LONGEST_S for hold_s in event.hold_s):
        raise NonsenseError(f"A hold lasts 0 to {LONGEST_S:.0f} s.")
    if not (_is_instant(event.started_at) and _is_instant(event.ended_at)):
        raise NonsenseError("A set begins and ends at an instant in ISO 8601 with offset.")
    if event.measured_by is not MeasuredBy.CAMERA and (event.reps or event.cues or event.symmetry):
        raise NonsenseError("Only a camera sees single repetitions, corrections and left against right.")
    if len(event.reps) > event.repetitions:
        raise NonsenseError("More repetitions were seen than done.")
    for rep in event.reps:
        _check_repetition(rep)
    if len(set(event.cues)) < len(event.cues):
        raise NonsenseError("A correction of a set is named once.")
    for cue in event.cues:
        if cue not in cues_of(event.exercise_id):
            raise NonsenseError(f"{event.exercise_id} has no correction '{cue[:40]}'.")
    if event.symmetry is not None:
        _check_symmetry(event.symmetry)


def cues_of(exercise_id: str) -> tuple[str, ...]:
    """Return the ids of the corrections that a camera may give in an exercise."""
    exercise = load_catalogue().exercises.get(exercise_id)
    return (*(fault.id for fault in exercise.faults), *TIMED) if exercise else TIMED


def _check_repetition(rep: RepRecord) -> None:
    edges = [rep.start_s, rep.hold_start_s, rep.hold_end_s, rep.end_s]
    seen = [at_s for at_s in edges if at_s is not None]
    if seen != sorted(seen) or any(at_s < 0 for at_s in seen):
        raise NonsenseError("A repetition begins, is held and ends in this order, from 0 s on.")
    if not 0 <= rep.confidence <= 1:
        raise NonsenseError("A repetition's confidence lies between 0 and 1.")


def _check_symmetry(found: SideComparison) -> None:
    if not 0 <= found.confidence <= 1:
        raise NonsenseError("The confidence of left against right lies between 0 and 1.")
    if any(count is not None and not 0 <= count <= MOST_SEEN for count in (found.left, found.right)):
        raise NonsenseError(f"A side has 0 to {MOST_SEEN} repetitions.")
    if found.difference_deg is not None and not -360 <= found.difference_deg <= 360:
        raise NonsenseError("Left and right differ by no more than 360 degrees.")
    if found.measurable and found.difference_deg is None:
        raise NonsenseError("Where left against right is measurable, the difference is told.")
    if not found.measurable and found.reason not in list(Reason):
        raise NonsenseError("Where left against right is not measurable, one of the known reasons is told.")


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _dose_of(doses: Any, side: Side, exercise_id: str) -> Any:
    for one in doses:
        if one.side is side:
            return one.dose
    raise NonsenseError(f"{exercise_id} is not planned for the side '{side}'.")


def kind_of(event: Event) -> str:
    """Return the name an event is stored under."""
    return next(name for name, kind in EVENT_KINDS.items() if isinstance(event, kind))


def slot_of(event: Event) -> str | None:
    """Return what can be there only once: a set, or the end of the session; None for anything else."""
    if isinstance(event, SetRecord):
        return f"set/{event.exercise_id}/{event.side}/{event.number}"
    return "finish" if isinstance(event, Finish) else None


def is_felt_as_alarm(event: Event) -> bool:
    """Whether the person has to be asked again at once, outside the player."""
    return isinstance(event, Stop) and bool(event.new_weakness_or_numbness or event.pain_further_down)
