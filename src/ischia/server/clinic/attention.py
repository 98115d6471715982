"""Who needs a clinician's eye first."""

from dataclasses import dataclass
from datetime import date

from ischia.check_in import Moment
from ischia.check_in.leg_map import summarise
from ischia.screening import Tier
from ischia.server.facts import Facts, facts_of
from ischia.server.patients.models import Patient

_URGENCY = {Tier.EMERGENCY: 0, Tier.SAME_DAY: 1, Tier.HOLD: 2, Tier.BOOK_SOON: 3}
_STOPPED = 4
_QUIET = 5
_FINE = 6
QUIET_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of patients.

    Attributes:
        rank: 0 is the most urgent.
        state: a tier's name, or ``stopped``, ``quiet``, ``new`` or ``fine``.
        since: ISO instant of the oldest open flag, or empty.
    """

    patient: Patient
    rank: int
    state: str
    since: str
    last_day: date | None
    back: int | None
    leg: int | None


def row(patient: Patient, day: date) -> Row:
    """Return a patient's line, as of ``day``."""
    facts = facts_of(patient)
    verdict = facts.verdict()
    before = [one for one in facts.check_ins if one.moment is Moment.BEFORE]
    last = before[-1] if before else None
    last_day = date.fromisoformat(last.at[:10]) if last else None
    if verdict.tier is not None:
        rank, state = _URGENCY[verdict.tier], verdict.tier.value
    elif _stopped_last_time(facts):
        rank, state = _STOPPED, "stopped"
    elif last_day is None:
        rank, state = _QUIET, "new"
    elif (day - last_day).days >= QUIET_AFTER_DAYS:
        rank, state = _QUIET, "quiet"
    else:
        rank, state = _FINE, "fine"
    return Row(
        patient=patient,
        rank=rank,
        state=state,
        since=min((flag.since for flag in verdict.flags), default=""),
        last_day=last_day,
        back=summarise(last.leg_map).back if last else None,
        leg=summarise(last.leg_map).leg if last else None,
    )


def _stopped_last_time(facts: Facts) -> bool:
    return bool(facts.records and facts.records[-1].stops)


def by_urgency(patients: list[Patient], day: date) -> list[Row]:
    """Return the lines, the most urgent first; among equals the one that waits longest."""
    return sorted(
        (row(patient, day) for patient in patients),
        key=lambda one: (one.rank, one.since or "9", one.patient.name),
    )
