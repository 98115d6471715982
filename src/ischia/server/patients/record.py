"""Writing down what a patient told. Every function here is called inside ``writing``."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ischia.check_in import CheckIn, Intake, NerveWatch
from ischia.dose import RestDay
from ischia.screening import Clearance, Verdict
from ischia.server.accounts.models import User
from ischia.server.clock import stamp, today
from ischia.server.patients.models import Patient
from ischia.server.training.models import Session
from ischia.session.serialise import to_plain


def new_id() -> str:
    """Return a fresh id for a fact."""
    return str(uuid.uuid4())


def _told(at: str) -> dict[str, Any]:
    instant = datetime.fromisoformat(at)
    return {"at": instant, "on_date": instant.date()}


def first_visit(patient: Patient, intake: Intake) -> None:
    """Store a first visit; the latest one counts."""
    patient.first_visits.create(body=to_plain(intake), **_told(intake.check_in.at))


def check_in(patient: Patient, given: CheckIn, session: Session | None = None) -> CheckIn:
    """Store a check-in under the instant at which it was completed, and return it."""
    return check_in_as_given(patient, replace(given, at=stamp()), session)


def check_in_as_given(patient: Patient, given: CheckIn, session: Session | None = None) -> CheckIn:
    """Store a check-in under its own instant."""
    patient.check_ins.create(
        id=uuid.UUID(given.id),
        moment=given.moment.value,
        session=session,
        body=to_plain(given),
        **_told(given.at),
    )
    return given


def rest_day(patient: Patient) -> None:
    """Store that the patient rests today; saying so twice stands once."""
    if not patient.rest_days.filter(on_date=today()).exists():
        rest_day_as_given(patient, RestDay(id=new_id(), for_date=today().isoformat(), at=stamp()))


def rest_day_as_given(patient: Patient, rest: RestDay) -> None:
    """Store a rest day under its own instant."""
    patient.rest_days.create(id=uuid.UUID(rest.id), body=to_plain(rest), **_told(rest.at))


def nerve_watch(patient: Patient, given: NerveWatch) -> None:
    """Store a weekly nerve watch under its own instant."""
    patient.nerve_watches.create(id=uuid.UUID(given.id), body=to_plain(given), **_told(given.at))


def clearance(
    patient: Patient, verdict: Verdict, doctor: str, checked_on: date, by: User | None = None, note: str = ""
) -> None:
    """Store a doctor's word on everything that stands open now."""
    given = Clearance(
        id=new_id(),
        at=stamp(),
        by=doctor,
        covers=tuple(flag.reason for flag in verdict.flags),
        note=note,
    )
    patient.clearances.create(
        id=uuid.UUID(given.id),
        by=by,
        doctor=doctor,
        checked_on=checked_on,
        body=to_plain(given),
        **_told(given.at),
    )
