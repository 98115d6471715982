"""Everything known of one patient, as facts that are only ever added; decisions are made from it alone."""

from dataclasses import dataclass

from ischia.check_in import CheckIn, Intake, NerveWatch
from ischia.dose.orders import Order
from ischia.screening.verdict import Clearance
from ischia.session import Decision, ProtocolStamp, SessionPlan, SessionRecord


@dataclass(frozen=True, slots=True)
class RestDay:
    """The person chose to rest on this day; it counts as done."""

    id: str
    for_date: str
    at: str


@dataclass(frozen=True, slots=True)
class History:
    """What is known, each part oldest first.

    Attributes:
        intake: the first visit.
        check_ins: every check-in after the first visit: before and after sessions.
        plans: every plan made, done or not.
        records: what was done; ``plan_id`` says of which plan.
        orders: what clinicians ordered.
        clearances: what clinicians cleared.
        nerve_watches: weekly self-tests.
        rest_days: days the person chose to rest.
    """

    intake: Intake
    check_ins: tuple[CheckIn, ...] = ()
    plans: tuple[SessionPlan, ...] = ()
    records: tuple[SessionRecord, ...] = ()
    orders: tuple[Order, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    nerve_watches: tuple[NerveWatch, ...] = ()
    rest_days: tuple[RestDay, ...] = ()

    def until(self, for_date: str) -> "History":
        """Return what was known at the end of that date. A plan belongs to the date it was made for."""
        return History(
            intake=self.intake,
            check_ins=tuple(one for one in self.check_ins if one.at[:10] <= for_date),
            plans=tuple(one for one in self.plans if one.for_date <= for_date),
            records=tuple(one for one in self.records if one.started_at[:10] <= for_date),
            orders=tuple(one for one in self.orders if one.at[:10] <= for_date),
            clearances=tuple(one for one in self.clearances if one.at[:10] <= for_date),
            nerve_watches=tuple(one for one in self.nerve_watches if one.at[:10] <= for_date),
            rest_days=tuple(one for one in self.rest_days if one.at[:10] <= for_date),
        )


@dataclass(frozen=True, slots=True)
class NoSession:
    """There is no session for this date, and why: at least one decision."""

    for_date: str
    decisions: tuple[Decision, ...]
    protocol: ProtocolStamp
