"""A check-in or first visit that is being filled in, kept so that nothing entered is lost on the way."""

from datetime import timedelta
from typing import Final

from ischia.check_in import CheckIn
from ischia.server.clock import now
from ischia.server.patients.models import Draft, Patient
from ischia.session.serialise import NotReadable, from_plain, to_plain

FIRST_VISIT: Final = "first_visit"
BEFORE: Final = "before"
_STALE: Final = {FIRST_VISIT: timedelta(days=7), BEFORE: timedelta(hours=2)}


def load(patient: Patient, kind: str) -> CheckIn | None:
    """Return the draft of that kind; None where there is none or it is too old to still be true."""
    draft = patient.drafts.filter(kind=kind).first()
    if draft is None or now() - draft.begun_at > _STALE[kind]:
        return None
    try:
        return from_plain(CheckIn, draft.body)
    except NotReadable:  # written by another version: ask again
        return None


def keep(patient: Patient, kind: str, check_in: CheckIn) -> None:
    """Keep a draft. Call inside ``writing``."""
    Draft.objects.update_or_create(
        patient=patient, kind=kind, defaults={"body": to_plain(check_in), "begun_at": now()}
    )


def drop(patient: Patient, kind: str) -> None:
    """Forget a draft. Call inside ``writing``."""
    patient.drafts.filter(kind=kind).delete()
