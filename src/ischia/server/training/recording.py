"""Taking in one event of a session: it must make sense against the plan, and it stands once."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from uuid import UUID

from ischia.server.facts import session_plan
from ischia.server.training.models import Event as StoredEvent
from ischia.server.training.models import Session
from ischia.session import EVENT_KINDS, Event, Finish, MeasuredBy, SessionPlan, SetRecord, Skip, Stop
from ischia.session.serialise import NotReadable, to_plain, union_from_plain
from ischia.units import Side

LONGEST_CUE: Final = 40


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
        if not 1 <= event.number <= dose.sets:
            raise NonsenseError(
                f"{event.exercise_id} has {dose.sets} sets, so there is no set {event.number}."
            )
        if not 0 <= event.repetitions <= dose.repetitions:
            raise NonsenseError(f"A set has 0 to {dose.repetitions} repetitions, not {event.repetitions}.")
        if len(event.hold_s) > event.repetitions or any(hold < 0 for hold in event.hold_s):
            raise NonsenseError("There are more holds than repetitions, or a hold below 0 s.")
        if event.reps and event.measured_by is not MeasuredBy.CAMERA:
            raise NonsenseError("Only a camera sees single repetitions.")
        if len(event.reps) > event.repetitions or any(not 0 <= rep.confidence <= 1 for rep in event.reps):
            raise NonsenseError("More repetitions were seen than done, or with a confidence outside 0 to 1.")
        if any(not cue.isidentifier() or len(cue) > LONGEST_CUE for cue in event.cues):
            raise NonsenseError("A cue is named by its id in the catalogue.")


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
