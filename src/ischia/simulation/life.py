"""One synthetic patient's days with the real rules: check-in, gate, plan, session, clinician; watched by the
shadow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from ischia.check_in import CheckIn, Moment
from ischia.dose.choose import sketch_session
from ischia.dose.course import REVIEW, Course
from ischia.dose.library import Library
from ischia.dose.orders import Bound, Exclude, Freeze, Order, SetDose, Unlock
from ischia.dose.protocol import Protocol
from ischia.dose.state import Done, Refusal, Sketch
from ischia.screening import Clearance, QuestionBank
from ischia.session.plan import Dose
from ischia.session.record import Stop, StopReason
from ischia.session.rules import Rule
from ischia.simulation.patient import Patient
from ischia.simulation.shadow import Shadow
from ischia.simulation.trace import Trace

FIRST_DAY = date(2026, 1, 5)
_OFFSET = "+07:00"


@dataclass(slots=True)
class Life:
    """What one patient's days came to.

    Attributes:
        violations: promises broken, each with its day.
        volumes: seconds held in the session planned for each day, 0 where there was none.
        states: days spent in each state.
        flag_to_stop: days from a red flag's appearance to the first refused session, or None.
        sessions_after_flag: sessions planned between the flag's appearance and its being told.
    """

    seed: int
    violations: list[str] = field(default_factory=list)
    volumes: list[float] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    flag_to_stop: list[int] = field(default_factory=list)
    sessions_after_flag: int = 0
    days_with_flag_told: int = 0
    pain_first: float = 0.0
    pain_last: float = 0.0
    raises: int = 0
    lowerings: int = 0


@cache
def _dates(days: int) -> tuple[str, ...]:
    return tuple((FIRST_DAY + timedelta(day)).isoformat() for day in range(days + 1))


class Living:
    """One patient in the middle of life: the patient, the rules' course, and the shadow."""

    __slots__ = (
        "_bank",
        "_clearance_due",
        "_dates",
        "_lasting",
        "_library",
        "_random",
        "course",
        "day",
        "life",
        "patient",
        "shadow",
        "trace",
    )

    def __init__(
        self,
        seed: int,
        days: int,
        protocol: Protocol,
        library: Library,
        bank: QuestionBank,
        trace: Trace | None = None,
    ) -> None:
        """Have the first visit on the day before the first day."""
        self._bank, self._library, self._dates = bank, library, _dates(days)
        self._random = Random(seed ^ 0x5EED)  # noqa: S311 - a simulation, not a secret
        self.patient = Patient(seed, bank)
        intake = self.patient.intake(self._at(0, "06:00"))
        self.course = Course(intake, protocol, library, bank)
        conditions = [one for one, answer in intake.conditions.items() if answer]
        holds = [one.id for one in bank.conditions if one.hold and one.id in conditions]
        self._lasting = [one.id for one in bank.questions if one.lasting]
        self.shadow = Shadow(protocol, library, bank, conditions, holds)
        self.life = Life(seed, pain_first=self.patient.back + self.patient.leg)
        self._clearance_due = 1 + self.patient.traits.clinician_days if holds else 0
        self.day = 0
        self.trace = trace
        if trace is not None:
            trace.intake = intake

    def live(self, days: int) -> Life:
        """Live through the days and return what they came to."""
        for _ in range(days):
            self.day += 1
            self._one_day()
        self.life.pain_last = self.patient.back + self.patient.leg
        return self.life

    def _at(self, day: int, time: str) -> str:
        return f"{self._dates[day]}T{time}:00{_OFFSET}"

    def _one_day(self) -> None:
        patient, life, draw = self.patient, self.life, self._random.random
        patient.night(self.day)
        if self.day % 7 == 0:
            self._test_nerves()
        self._clinician()
        if draw() >= patient.traits.adherence:
            self._count("no_check_in", 0.0)
            return
        hour = patient.traits.hour
        check_in = patient.check_in(f"b{self.day}", self._at(self.day, f"{hour:02d}:00"), not life.volumes)
        self._take(check_in)
        if not self.course.watch.cleared:
            self._locked(check_in)
            return
        if patient.flag is not None:
            life.sessions_after_flag += 1
        sketch = sketch_session(self.course)
        if self.trace is not None:
            self.trace.plan(self.course, check_in, sketch)
        if isinstance(sketch, Refusal):
            if not sketch.notes:
                life.violations.append(f"day {self.day}: no session and no reason")
            self._refused(sketch)
            return
        self._train(sketch, check_in)

    def _test_nerves(self) -> None:
        watch = self.patient.nerve_watch(f"n{self.day}", self._at(self.day, "04:30"))
        self.course.nerve_watch(watch)
        self.shadow.nerve_watch(watch)
        told = {flag.reason for flag in self.course.watch.flags}
        self.life.violations += [f"day {self.day}: {one}" for one in self.shadow.locked_for_nothing(told)]
        if self.trace is not None:
            self.trace.nerve_watches.append(watch)

    def _take(self, check_in: CheckIn) -> None:
        self.course.check_in(check_in)
        if self.trace is not None:
            self.trace.check_ins.append(check_in)
        for reason in self._lasting:
            if check_in.answers.get(reason) is False:
                self.shadow.answered_no(reason)
        if True in check_in.answers.values():
            for reason in self._bank.question_ids:
                if check_in.answers.get(reason):
                    self.shadow.flag(reason)
        self.shadow.morning(self.day, self.course.hour, check_in)

    def _train(self, sketch: Sketch, check_in: CheckIn) -> None:
        course, life = self.course, self.life
        bad_day = course.bad_day or course.flare
        broken = self.shadow.plan(self.day, sketch.items, sketch.duration_s, bad_day)
        life.violations += [f"day {self.day}: {one}" for one in broken]
        plan_id = check_in.id
        course.adopt(plan_id, sketch.items)
        report = self.patient.train(sketch.items, self._library)
        course.done(plan_id, report.done)
        for one in sketch.items:
            life.raises += one.rule.startswith("dose.raise")
            life.lowerings += one.rule.startswith("dose.lower")
        if report.leg_map is not None:
            after = CheckIn(
                f"a{self.day}",
                Moment.AFTER,
                self._at(self.day, f"{self.patient.traits.hour:02d}:50"),
                report.leg_map,
            )
            course.check_in(after)
            if self.trace is not None:
                self.trace.check_ins.append(after)
        if self.trace is not None:
            self.trace.record(check_in, sketch, report.done)
        self.shadow.session(report.done, report.leg_map)
        self._stop_for_weakness(report.done)
        self._count(
            "bad_day" if bad_day else "session",
            sum(h * r * s for one in sketch.items for h, r, s in one.amounts),
        )

    def _stop_for_weakness(self, done: Mapping[str, Done]) -> None:
        if any(one.new_weakness for one in done.values()):
            at = self._at(self.day, f"{self.patient.traits.hour:02d}:10")
            stop = Stop(f"s{self.day}", None, StopReason.HURTS_MORE, None, True, at)
            self.course.stop(stop)
            self.shadow.flag("stop.new_weakness")
            self._clearance_due = self._clearance_due or self.day + self.patient.traits.clinician_days

    def _locked(self, check_in: CheckIn) -> None:
        patient, life = self.patient, self.life
        self._count("locked", 0.0)
        if self.trace is not None:
            self.trace.locked(self.course, check_in)
        if patient.flag is not None and check_in.answers.get(patient.flag):
            if life.days_with_flag_told == 0:
                life.flag_to_stop.append(self.day - patient.flag_day)
            life.days_with_flag_told += 1
        if not self.course.watch.may_raise and not self._clearance_due:
            self._clearance_due = self.day + patient.traits.clinician_days

    def _refused(self, sketch: Refusal) -> None:
        rule = sketch.notes[0].rule
        self._count("rest" if rule is Rule.REST_DUE else "refused", 0.0)
        if rule is Rule.TOO_MANY_REDS and not self._clearance_due:
            self._clearance_due = self.day + self.patient.traits.clinician_days

    def _count(self, state: str, volume: float) -> None:
        states = self.life.states
        states[state] = states.get(state, 0) + 1
        self.life.volumes.append(volume)

    def _clinician(self) -> None:
        """Once in a while a clinician looks: clears what stands, and now and then orders something."""
        draw = self._random.random
        if self._clearance_due and self.day >= self._clearance_due:
            self._clearance_due = 0
            reasons = (*(flag.reason for flag in self.course.watch.flags), REVIEW)
            clearance = Clearance(f"c{self.day}", self._at(self.day, "05:00"), "clinician", reasons)
            self.course.clearance(clearance)
            self.shadow.cleared(reasons)
            self.patient.flag = None
            self.life.days_with_flag_told = 0
            if self.trace is not None:
                self.trace.clearances.append(clearance)
        if draw() < 0.006:
            order = self._draw_order()
            self.course.order(order)
            self.shadow.order(order)
            if self.trace is not None:
                self.trace.orders.append(order)

    def _draw_order(self) -> Order:
        draw = self._random.random
        exercise = self._library[self._random.choice(tuple(self._library))]
        head = (f"o{self.day}", self._at(self.day, "05:10"), "clinician")
        kind = draw()
        if kind < 0.3:
            most = Dose(1 + int(10 * draw()), 1 + int(8 * draw()), 1 + int(2 * draw()), 30)
            return Bound(*head, exercise.id, most)
        if kind < 0.5:
            return SetDose(*head, exercise.id, exercise.start)
        if kind < 0.7:
            return Unlock(*head, exercise.id)
        return Freeze(*head, exercise.id) if kind < 0.85 else Exclude(*head, exercise.id)
