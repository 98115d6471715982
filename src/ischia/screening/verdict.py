"""What screening says: may this person exercise now, and which answers led to it."""

from dataclasses import dataclass
from enum import StrEnum

from ischia.session.decision import Decision


class Tier(StrEnum):
    """How soon somebody has to look at it."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    BOOK_SOON = "book_soon"
    HOLD = "hold"


class Lift(StrEnum):
    """What ends a lock."""

    CLINICIAN = "clinician"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True)
class Flag:
    """One answer that stands against exercise, until it is lifted.

    Attributes:
        reason: id of the question, condition or finding.
        since: instant of the check-in that raised it.
        lift: what ends it: a clinician's clearance, or the person's word that a visit is booked.
    """

    reason: str
    tier: Tier
    since: str
    lift: Lift


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clinician's word that exercise may go on.

    Attributes:
        by: who cleared.
        covers: ids of the reasons cleared; a reason raised again later needs a new clearance.
    """

    id: str
    at: str
    by: str
    covers: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The standing verdict as of the last check-in.

    Attributes:
        cleared: exercise may start. False wherever a flag locks or an answer is missing.
        tier: the most urgent open flag's, or None.
        flags: every open flag, most urgent first.
        missing: ids of questions and conditions still to be answered before exercise.
        contradicting: ids of grouped questions answered yes while every detail was answered no: ask again.
        may_raise: False while a flag stands that lets exercise go on, but not get harder.
        decisions: why, one for each flag and one where answers are missing.
    """

    cleared: bool
    tier: Tier | None
    flags: tuple[Flag, ...]
    missing: tuple[str, ...]
    contradicting: tuple[str, ...]
    may_raise: bool
    decisions: tuple[Decision, ...]
