"""The eight weeks of the demonstration: a believable patient, decided day by day by the real rules.

A seed gives the same story every time, counted back from today. It has amber mornings, a flare-up with one
stopped session, rest days, a skipped exercise and a week partly missed. A camera counts in the last two
weeks.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from ischia.analysis import motion_spec
from ischia.catalogue import load_catalogue
from ischia.check_in import CheckIn, Comparison, Intake, Moment, Region, Symptoms, TimeOfDay
from ischia.dose import History, NoSession, RestDay, default_library, default_protocol, plan_session
from ischia.movement.template import is_too_small, variants_of
from ischia.screening import load_bank, questions_due
from ischia.session import (
    Effort,
    Event,
    Feedback,
    Finish,
    MeasuredBy,
    RepRecord,
    SessionPlan,
    SessionRecord,
    SetRecord,
    SideComparison,
    Skip,
    SkipReason,
    Stop,
    StopReason,
    record_from_events,
)
from ischia.units import Side

DAYS: Final = 56
_RESTED: Final = (6, 12, 20, 26, 33, 47)
_MISSED: Final = (38, 39, 41, 42, 43)
_NOT_EVERY_DAY: Final = (3, 9, 16, 23, 30, 52)
_FLARE: Final = {25: 2, 27: 1}
_STOPPED: Final = 25
_AMBER: Final = (8, 15, 35, 49)
_SKIPPED: Final = 17
_NOTICED: Final = 0.4  # of the pain scale
_CAMERA: Final = 43  # from this day on
_MOVE_S: Final = 1.6  # out, and back again


@dataclass(frozen=True, slots=True)
class Day:
    """What one day left behind. ``events`` belong to ``plan``; ``after`` closes the session."""

    date: date
    before: CheckIn | None = None
    plan: SessionPlan | NoSession | None = None
    started_at: str = ""
    events: tuple[Event, ...] = ()
    after: CheckIn | None = None
    rest: RestDay | None = None


class Story:
    """Tells the days in order; ``intake`` is there from the beginning."""

    def __init__(self, now: datetime, seed: int) -> None:
        """Let the story end at ``now``, which carries its offset."""
        self._chance = random.Random(seed)  # noqa: S311 -- a story, not a secret
        # What the camera sees takes its own chances, so that the rest of the story does not hang on it.
        self._seen = random.Random(seed)  # noqa: S311
        self._now = now
        self._first = now.date() - timedelta(days=DAYS)
        at = self._instant(0, time(18, 10))
        questions = {question.id: False for question in load_bank().questions}
        check_in = CheckIn(self._id(), Moment.FIRST_VISIT, at, self._map(0, 0), answers=questions)
        self.intake = Intake(
            check_in=check_in,
            conditions={condition.id: False for condition in load_bank().conditions},
            goals=("Walk to the market", "Sit through a film", "Lift my grandson"),
            preferred_time=TimeOfDay.LATER,
            age_years=52,
            weeks_since_onset=7,
        )
        self._history = History(intake=self.intake)

    def days(self) -> Iterator[Day]:
        """Yield each day after the first visit, the last one today with its plan ready to begin."""
        for number in range(1, DAYS + 1):
            if number in _MISSED or number in _NOT_EVERY_DAY:
                continue
            day = self._rest(number) if number in _RESTED else self._train(number)
            self._remember(day)
            yield day

    def _remember(self, day: Day) -> None:
        history = self._history
        check_ins = [one for one in (day.before, day.after) if one is not None]
        plans = (day.plan,) if isinstance(day.plan, SessionPlan) else ()
        records: tuple[SessionRecord, ...] = ()
        if isinstance(day.plan, SessionPlan) and day.started_at:
            records = (record_from_events(day.plan.id, day.started_at, day.events),)
        self._history = replace(
            history,
            check_ins=(*history.check_ins, *check_ins),
            plans=(*history.plans, *plans),
            records=(*history.records, *records),
            rest_days=(*history.rest_days, *((day.rest,) if day.rest else ())),
        )

    def _rest(self, number: int) -> Day:
        on = self._first + timedelta(days=number)
        rest = RestDay(self._id(), on.isoformat(), self._instant(number, time(9, 30)))
        return Day(on, rest=rest)

    def _train(self, number: int) -> Day:
        on = self._first + timedelta(days=number)
        before = self._before(number)
        history = replace(self._history, check_ins=(*self._history.check_ins, before))
        plan = plan_session(history, on.isoformat(), default_protocol(), default_library())
        if number == DAYS or not isinstance(plan, SessionPlan):
            return Day(on, before, plan)
        started = datetime.fromisoformat(before.at) + timedelta(minutes=4)
        events, ended = self._events(number, plan, started)
        after_map = self._map(number, _FLARE.get(number, 0), eased=number not in _FLARE)
        after_at = (ended + timedelta(minutes=1)).isoformat()
        after = CheckIn(self._id(), Moment.AFTER, after_at, after_map)
        return Day(on, before, plan, started.isoformat(), tuple(events), after)

    def _before(self, number: int) -> CheckIn:
        worse = number in _FLARE or number in _AMBER
        compared = Comparison.WORSE if worse else self._chance.choice((Comparison.SAME, Comparison.BETTER))
        draft = CheckIn(
            id=self._id(),
            moment=Moment.BEFORE,
            at=self._instant(number, time(10, 5 + self._chance.randrange(45))),
            leg_map=self._map(number, _FLARE.get(number, 0) + (number in _AMBER)),
            night=Comparison.SAME if worse else compared,
            morning=compared,
            new_symptoms=False,
        )
        asked = questions_due(load_bank(), self.intake, self._history.check_ins, draft)
        answers = {one.id: False for one in asked.groups} | {
            question.id: False for _, questions in asked.cards for question in questions
        }
        return replace(draft, answers=answers)

    def _map(self, number: int, extra: int, eased: bool = False) -> dict[tuple[Region, Side], Symptoms]:
        """Pain on the left leg that draws back towards the spine over the weeks; the right side is free."""
        gone = number / DAYS
        usual = {
            Region.BACK: 4.2 - 3.2 * gone,
            Region.BUTTOCK: 4.6 - 4.2 * gone,
            Region.THIGH: 3.6 - 5.5 * gone,
            Region.CALF: 3.4 - 9.0 * gone,
            Region.FOOT: 0.0,
        }
        found = {}
        for region in Region:
            level = usual[region]
            felt = level > _NOTICED or (extra > 0 and region in (Region.BACK, Region.BUTTOCK))
            pain = min(9, max(1, round(level + extra - (0.4 if eased else 0)))) if felt else 0
            tingling = region is Region.CALF and number < 12
            found[region, Side.LEFT] = Symptoms(pain, False, tingling, False)
            found[region, Side.RIGHT] = Symptoms(0, False, False, False)
        return found

    def _events(self, number: int, plan: SessionPlan, started: datetime) -> tuple[list[Event], datetime]:
        """Do the session as planned, with the story's one skip and one stop."""
        at = started
        events: list[Event] = []
        for place, planned in enumerate(plan.exercises):
            if number == _SKIPPED and place == len(plan.exercises) - 1:
                events.append(Skip(self._id(), planned.exercise_id, None, SkipReason.NO_TIME, at.isoformat()))
                continue
            # A movement that is too small for a camera is counted by the timer.
            by_camera = number >= _CAMERA and not is_too_small(variants_of(motion_spec(planned.exercise_id)))
            for one in planned.doses:
                for count in range(1, one.dose.sets + 1):
                    begun = at
                    at += timedelta(seconds=one.dose.repetitions * (one.dose.hold_s + 5) + one.dose.rest_s)
                    holds = tuple(one.dose.hold_s for _ in range(one.dose.repetitions))
                    record = SetRecord(
                        id=self._id(),
                        exercise_id=planned.exercise_id,
                        side=one.side,
                        number=count,
                        prescribed=one.dose,
                        repetitions=one.dose.repetitions,
                        hold_s=holds,
                        measured_by=MeasuredBy.TIMER,
                        started_at=begun.isoformat(),
                        ended_at=at.isoformat(),
                    )
                    events.append(self._measured(record) if by_camera else record)
            if number == _STOPPED and place == 1:
                stop = Stop(
                    self._id(), planned.exercise_id, StopReason.HURTS_MORE, False, False, at.isoformat()
                )
                return [*events, stop], at
            events.append(self._felt(number, planned.exercise_id, at))
        return [*events, Finish(self._id(), at.isoformat())], at

    def _measured(self, record: SetRecord) -> SetRecord:
        """What a camera saw of a set: now and then one repetition less, and a fault in one set of three."""
        unseen = self._seen.randrange(record.repetitions) if self._seen.random() < 0.2 else None
        if record.repetitions == 1:
            unseen = None
        at_s = 4.0
        reps: list[RepRecord] = []
        for place in range(record.repetitions):
            held_s = record.prescribed.hold_s + round(self._seen.uniform(0.0, 0.5), 1)
            edges = (at_s, at_s + _MOVE_S, at_s + _MOVE_S + held_s, at_s + 2 * _MOVE_S + held_s)
            at_s = edges[3] + 1.2
            if place != unseen:
                sure = round(self._seen.uniform(0.6, 0.95), 2)
                start_s, hold_start_s, hold_end_s, end_s = (round(edge, 1) for edge in edges)
                reps.append(RepRecord(start_s, hold_start_s, hold_end_s, end_s, record.side, True, sure))
        faults = [fault.id for fault in load_catalogue().exercises[record.exercise_id].faults]
        slip = bool(faults) and self._seen.random() < 1 / 3
        held = [rep.hold_s or 0.0 for rep in reps] + [record.prescribed.hold_s] * (unseen is not None)
        return replace(
            record,
            hold_s=tuple(round(hold_s, 1) for hold_s in held),
            measured_by=MeasuredBy.CAMERA,
            reps=tuple(reps),
            cues=(faults[0],) if slip else (),
            symmetry=SideComparison(False, "not_measurable_from_this_view", 0, 0, None, 0.0),
        )

    def _felt(self, number: int, exercise_id: str, at: datetime) -> Feedback:
        pain = 3 if number in _AMBER else self._chance.choice((0, 1, 1, 2)) if number > 20 else 2
        effort = (
            Effort.HARD if self._chance.random() < 0.04 else self._chance.choice((Effort.RIGHT, Effort.EASY))
        )
        return Feedback(self._id(), exercise_id, effort, pain, at.isoformat())

    def _instant(self, number: int, at: time) -> str:
        instant = datetime.combine(self._first + timedelta(days=number), at, self._now.tzinfo)
        return min(instant, self._now - timedelta(minutes=2)).isoformat()

    def _id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
