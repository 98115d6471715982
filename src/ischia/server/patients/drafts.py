"""What is being filled in on several pages, kept so that nothing entered is lost on the way."""

from datetime import timedelta
from typing import Final, TypeVar

from ischia.check_in import CheckIn, NerveWatch
from ischia.server.clock import now
from ischia.server.patients.models import Draft, Patient
from ischia.session.serialise import NotReadable, from_plain, to_plain

FIRST_VISIT: Final = "first_visit"
BEFORE: Final = "before"
NERVE_WATCH: Final = "nerve_watch"
_STALE: Final = {
    FIRST_VISIT: timedelta(days=7),
    BEFORE: timedelta(hours=2),
    NERVE_WATCH: timedelta(hours=2),
}

_Value = TypeVar("_Value", CheckIn, NerveWatch)


def load(patient: Patient, kind: str) -> CheckIn | None:
    """Return the draft of that kind; None where there is none or it is too old to still be true."""
    return _load(patient, kind, CheckIn)


def load_nerve_watch(patient: Patient) -> NerveWatch | None:
    """Return the nerve watch being done; None where there is none or it is too old."""
    return _load(patient, NERVE_WATCH, NerveWatch)


def _load(patient: Patient, kind: str, value: type[_Value]) -> _Value | None:
    draft = patient.drafts.filter(kind=kind).first()
    if draft is None or now() - draft.begun_at > _STALE[kind]:
        return None
    try:
        return from_plain(value, draft.body)
    except NotReadable:  # written by another version: ask again
        return None


def keep(patient: Patient, kind: str, given: CheckIn | NerveWatch) -> None:
    """Keep a draft. Call inside ``writing``."""
    Draft.objects.update_or_create(
        patient=patient, kind=kind, defaults={"body": to_plain(given), "begun_at": now()}
    )


def drop(patient: Patient, kind: str) -> None:
    """Forget a draft. Call inside ``writing``."""
    patient.drafts.filter(kind=kind).delete()
