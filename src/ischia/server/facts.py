"""What is stored, read back as the clinical side's frozen values, and the questions put to it.

The server stores facts and decides nothing: a verdict, a plan and an explanation always come from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ischia.check_in import CheckIn, Intake, Moment, NerveWatch
from ischia.dose import (
    ORDER_KINDS,
    History,
    NoSession,
    RestDay,
    default_library,
    default_protocol,
    plan_session,
)
from ischia.screening import Clearance, Verdict, load_bank, screen, watch_due_from
from ischia.server.patients.models import Patient
from ischia.server.training.models import Event as StoredEvent
from ischia.server.training.models import Plan, Session
from ischia.session import EVENT_KINDS, Event, SessionPlan, SessionRecord, record_from_events
from ischia.session.serialise import from_plain, to_plain, union_from_plain


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known of one patient, oldest first. ``intake`` is None before the first visit."""

    intake: Intake | None
    check_ins: tuple[CheckIn, ...]
    clearances: tuple[Clearance, ...]
    nerve_watches: tuple[NerveWatch, ...]
    records: tuple[SessionRecord, ...]
    history: History | None

    def verdict(self) -> Verdict:
        """Ask screening whether this person may exercise now."""
        return screen(
            load_bank(), self.intake, self.check_ins, self.clearances, self.nerve_watches, self.records
        )

    def check_in_of(self, day: date) -> CheckIn | None:
        """Return the last check-in before a session on that day, or None."""
        return next(
            (
                one
                for one in reversed(self.check_ins)
                if one.moment is Moment.BEFORE and one.at.startswith(day.isoformat())
            ),
            None,
        )

    def nerve_watch_due_from(self) -> date | None:
        """Return the day from which the next nerve watch is due, None where it is the first."""
        return watch_due_from(self.nerve_watches, load_bank().limits)

    def is_nerve_watch_due(self, day: date) -> bool:
        """Tell whether the weekly nerve watch is due on that day."""
        due_from = self.nerve_watch_due_from()
        return due_from is None or due_from <= day


def facts_of(patient: Patient) -> Facts:
    """Read everything known of a patient."""
    visit = patient.first_visits.last()
    intake = from_plain(Intake, visit.body) if visit else None
    check_ins = tuple(from_plain(CheckIn, row.body) for row in patient.check_ins.all())
    clearances = tuple(from_plain(Clearance, row.body) for row in patient.clearances.all())
    watches = tuple(from_plain(NerveWatch, row.body) for row in patient.nerve_watches.all())
    records = tuple(records_of(patient))
    history = None
    if intake is not None:
        plans = (from_plain(SessionPlan, row.body) for row in patient.plans.filter(has_session=True))
        history = History(
            intake=intake,
            check_ins=check_ins,
            plans=tuple(plans),
            records=records,
            orders=tuple(union_from_plain(ORDER_KINDS, row.body) for row in patient.orders.all()),
            clearances=clearances,
            nerve_watches=watches,
            rest_days=tuple(from_plain(RestDay, row.body) for row in patient.rest_days.all()),
        )
    return Facts(intake, check_ins, clearances, watches, records, history)


def records_of(patient: Patient) -> Iterable[SessionRecord]:
    """Return what was done in every session, oldest first."""
    for session in patient.sessions.select_related("plan").prefetch_related("events"):
        yield record_from_events(
            session.plan.body["id"],
            session.started_at_text,
            (event_value(event) for event in session.events.all()),
        )


def event_value(stored: StoredEvent) -> Event:
    """Read one stored event."""
    return union_from_plain(EVENT_KINDS, {"kind": stored.kind, **stored.body})


def plan_value(plan: Plan) -> SessionPlan | NoSession:
    """Read one stored plan, or the reason why there is none."""
    if plan.has_session:
        return from_plain(SessionPlan, plan.body)
    return from_plain(NoSession, plan.body)


def session_plan(session: Session) -> SessionPlan:
    """Read the plan a session was begun from; a session is only ever begun from one."""
    return from_plain(SessionPlan, session.plan.body)


def make_plan(patient: Patient, day: date) -> Plan:
    """Ask the clinical side for that day's plan and store it as it is. Call inside ``writing``."""
    history = facts_of(patient).history
    if history is None:
        raise ValueError("a plan needs a first visit")
    plan = plan_session(history, day.isoformat(), default_protocol(), default_library())
    return patient.plans.create(for_date=day, body=to_plain(plan), has_session=isinstance(plan, SessionPlan))
