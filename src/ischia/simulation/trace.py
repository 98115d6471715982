"""Everything of one synthetic patient as public history, to show that a replay decides alike."""

from collections.abc import Mapping

from ischia.check_in import CheckIn, Intake, NerveWatch
from ischia.dose.course import Course
from ischia.dose.history import History, NoSession
from ischia.dose.orders import Order
from ischia.dose.plan import plan_id_of, plan_of
from ischia.dose.state import Done, Refusal, Sketch
from ischia.screening import Clearance
from ischia.session.plan import SessionPlan
from ischia.session.record import Feedback, MeasuredBy, SessionRecord, SetRecord, Skip, Stop, StopReason


class Trace:
    """Collects a patient's facts as they happen."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.intake: Intake | None = None
        self.check_ins: list[CheckIn] = []
        self.plans: list[SessionPlan] = []
        self.refusals: list[NoSession] = []
        self.records: list[SessionRecord] = []
        self.orders: list[Order] = []
        self.clearances: list[Clearance] = []
        self.nerve_watches: list[NerveWatch] = []

    def history(self) -> History:
        """Return what was collected."""
        if self.intake is None:
            raise ValueError("this patient has had no first visit")
        return History(
            self.intake,
            tuple(self.check_ins),
            tuple(self.plans),
            tuple(self.records),
            tuple(self.orders),
            tuple(self.clearances),
            tuple(self.nerve_watches),
        )

    def plan(self, course: Course, check_in: CheckIn, sketch: Sketch | Refusal) -> None:
        """Keep what was planned after a check-in, written out in full."""
        for_date = check_in.at[:10]
        found = plan_of(course, plan_id_of(check_in, for_date), for_date)
        if isinstance(found, NoSession):
            self.refusals.append(found)
        else:
            self.plans.append(found)

    def locked(self, course: Course, check_in: CheckIn) -> None:
        """Keep that the gate stayed shut."""
        for_date = check_in.at[:10]
        found = plan_of(course, plan_id_of(check_in, for_date), for_date)
        if isinstance(found, NoSession):
            self.refusals.append(found)

    def record(self, check_in: CheckIn, sketch: Sketch, done: Mapping[str, Done]) -> None:
        """Keep what was done, as the player would have recorded it."""
        at = f"{check_in.at[:14]}10{check_in.at[16:]}"
        plan = self.plans[-1]
        sets, skips, feedback, stops = [], [], [], []
        for planned in plan.exercises:
            one = done.get(planned.exercise_id)
            if one is None:
                continue
            key = f"{plan.id} {planned.exercise_id}"
            if one.skipped is not None:
                skips.append(Skip(f"{key} skip", planned.exercise_id, None, one.skipped, at))
                continue
            for side_dose, share in zip(planned.doses, one.shares, strict=True):
                wanted = side_dose.dose.repetitions * side_dose.dose.sets
                count = wanted if share == 1 else round(wanted * (share or 0))
                sets.append(
                    SetRecord(
                        f"{key} {side_dose.side}",
                        planned.exercise_id,
                        side_dose.side,
                        1,
                        side_dose.dose,
                        count,
                        (),
                        MeasuredBy.TIMER,
                        at,
                        at,
                    )
                )
            feedback.append(Feedback(f"{key} felt", planned.exercise_id, one.effort, one.pain, at))
            if one.stopped:
                stops.append(
                    Stop(
                        f"{key} stop",
                        planned.exercise_id,
                        StopReason.HURTS_MORE,
                        one.further_down,
                        one.new_weakness,
                        at,
                    )
                )
        self.records.append(
            SessionRecord(plan.id, at, tuple(sets), tuple(skips), tuple(feedback), tuple(stops))
        )
