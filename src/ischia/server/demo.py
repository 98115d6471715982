"""Writing the demonstration's story down as if it had happened here."""

import uuid
from datetime import datetime, timedelta

from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.story import Day, Story
from ischia.server.training.models import Event, Session
from ischia.server.training.recording import kind_of, slot_of
from ischia.session import SessionPlan
from ischia.session.serialise import to_plain


def fill(now: datetime, language: str, seed: int) -> int:
    """Store the story that ends at ``now`` and return how many sessions it has."""
    story = Story(now, seed)
    sessions = 0
    with writing():
        patient = Patient.objects.create(name="Lan", language=language, created_at=now - timedelta(days=56))
        record.first_visit(patient, story.intake)
        for day in story.days():
            sessions += _write(patient, day)
    return sessions


def _write(patient: Patient, day: Day) -> int:
    if day.rest is not None:
        record.rest_day_as_given(patient, day.rest)
    if day.before is None or day.plan is None:
        return 0
    record.check_in_as_given(patient, day.before)
    plan = patient.plans.create(
        for_date=day.date,
        made_at=datetime.fromisoformat(day.before.at),
        body=to_plain(day.plan),
        has_session=isinstance(day.plan, SessionPlan),
    )
    if not day.started_at:
        return 0
    session = Session.objects.create(
        patient=patient,
        plan=plan,
        started_at=datetime.fromisoformat(day.started_at),
        started_at_text=day.started_at,
        on_date=day.date,
        is_over=True,
    )
    Event.objects.bulk_create(
        Event(
            id=uuid.UUID(event.id),
            session=session,
            kind=kind_of(event),
            slot=slot_of(event),
            body=to_plain(event),
        )
        for event in day.events
    )
    if day.after is not None:
        record.check_in_as_given(patient, day.after, session)
    return 1
