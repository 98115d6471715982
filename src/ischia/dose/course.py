"""A patient's course: facts go in, oldest first; each morning it is ready to say what today's session is.

One ``Course`` belongs to one patient and one fold. It holds the state; the rules themselves are functions in
``grade``, ``rungs``, ``step``, ``raises`` and ``choose``. ``plan_session`` is the pure function over it.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from ischia.check_in import CheckIn, Comparison, LegVerdict, Moment, NerveWatch
from ischia.check_in.direction import Response, preference
from ischia.check_in.leg_map import NOTHING_KNOWN, Summary, compare
from ischia.dose.grade import (
    ExerciseFacts,
    Grade,
    Judgement,
    SessionFacts,
    grade_exercise,
    grade_session,
    worst,
)
from ischia.dose.orders import Direction, Order, SetDose, standing_orders
from ischia.dose.rungs import Rungs, reachable_rungs
from ischia.dose.standing import BENT, Judged, Standing, strongest
from ischia.dose.state import Done, Item, Pending, SideState, Track, amount_of, volume
from ischia.dose.step import capped, is_more, step_down
from ischia.screening import Clearance
from ischia.screening.screen import instant
from ischia.session.plan import Dose
from ischia.session.record import Stop
from ischia.session.rules import Rule

REVIEW = "plan.review"
"""The reason a clinician names in a clearance to end a review after red sessions."""

_LIMITLESS = Dose(hold_s=1e9, repetitions=10**9, sets=10**9, rest_s=0)

RAISES = frozenset((Rule.RAISE_HOLD, Rule.RAISE_REPETITIONS, Rule.RAISE_SETS, Rule.RAISE_RUNG))


class Course(Standing):
    """What the rules know of one patient, as facts come in."""

    __slots__ = ()

    # What happens

    def check_in(self, check_in: CheckIn) -> None:
        """Take in a check-in; one before a session judges the session before it."""
        self.watch.check_in(check_in)
        if check_in.moment is Moment.BEFORE:
            self._morning(check_in)
        elif check_in.moment is Moment.AFTER and self.pending:
            self.pending[-1].after = self.watch.felt

    def order(self, order: Order) -> None:
        """Take in a clinician's order: rungs are found anew, a set dose is taken over at once."""
        self.given = (*self.given, order)
        self.orders = standing_orders(self.given)
        for track, ladder in zip(self.tracks, self.protocol.ladders, strict=True):
            self._find_rungs(track, reachable_rungs(ladder, self.library, self.conditions, self.orders))
        if isinstance(order, SetDose):
            self._set_dose(order)
        self._keep_bounds()

    def clearance(self, clearance: Clearance) -> None:
        """Take in a clinician's clearance."""
        self.watch.clearance(clearance)
        if REVIEW in clearance.covers:
            self.red_days.clear()

    def nerve_watch(self, watch: NerveWatch) -> None:
        """Take in a weekly nerve watch."""
        self.watch.nerve_watch(watch)

    def stop(self, stop: Stop) -> None:
        """Take in the two questions behind the stop button."""
        self.watch.stop(stop)

    def rest_day(self, for_date: str) -> None:
        """The person rests on this date; it counts as done."""
        self.rest_chosen = date.fromisoformat(for_date).toordinal()
        self.last_active_day = max(self.last_active_day, self.rest_chosen)

    def adopt(self, plan_id: str, items: tuple[Item, ...]) -> None:
        """Take over a session that was planned for today: from now on its doses are the patient's doses."""
        volume_before = self.volume() if any(item.rule in RAISES for item in items) else 0.0
        for item in items:
            self._take_over(item, volume_before)
        for item in items:
            self.planned_on[item.exercise.id] = self.day
        self.well_day = self.well_day or self.day
        self.changed.clear()
        self.judged.clear()
        self.red_lately = False
        self.pending.append(Pending(plan_id, self.day, self.morning_h, self.before))

    def done(self, plan_id: str, done: Mapping[str, Done]) -> None:
        """Take in what was done of a plan; an exercise not touched at all is left out of ``done``."""
        session = next((one for one in reversed(self.pending) if one.plan_id == plan_id), None)
        if session is None or not done:
            return
        session.done.update(done)
        day = session.day
        trained = [exercise_id for exercise_id, one in done.items() if any(one.shares)]
        for exercise_id in trained:
            self.last_done[exercise_id] = day
            if day == self.day:
                self.done_today.add(exercise_id)
        if trained and day > self.last_done_day:
            self.row = self.row + 1 if day == self.last_done_day + 1 else 1
            self.last_done_day = day
            self.last_active_day = max(self.last_active_day, day)

    def _morning(self, check_in: CheckIn) -> None:
        at = instant(check_in.at)
        day = at.toordinal()
        new_day = day != self.day
        if new_day:
            self.lowered.clear()
            self.done_today.clear()
        self.day, self.hour, self.morning_h = day, at.hour + at.minute / 60, at.timestamp() / 3600
        now = self.watch.felt or NOTHING_KNOWN
        for session in self.pending:
            if session.day < day:
                self._judge(session, now, check_in)
        self.pending = [session for session in self.pending if session.day >= day]
        self.rest_is_due = self.row >= self.numbers.training_row_days and self.last_done_day == day - 1
        if self.rest_is_due:
            self.last_active_day = day
        self._go_back_after_missed_days()
        self._look_for_flare(now, check_in, new_day)
        self.before = now

    def _judge(self, session: Pending, now: Summary, check_in: CheckIn) -> None:
        if not session.done:
            return
        facts = self._session_facts(session, now, check_in)
        common = grade_session(facts, self.numbers)
        pain_before = strongest(session.before)
        judged = {
            exercise_id: self._judge_sides(done, pain_before, common, facts)
            for exercise_id, done in session.done.items()
            if exercise_id in self.sides
        }
        self.judged.update(judged)
        grades = set()
        for exercise_id, sides in judged.items():
            for place, ((grade, _), _, _) in enumerate(sides):
                self._apply(exercise_id, place, grade, session.at_h)
                grades.add(grade)
        if Grade.RED in grades:
            self.red_lately = True
            self.red_days = [*self.red_days[-9:], session.day]
            for state in (state for states in self.sides.values() for state in states):
                state.greens = 0
        elif Grade.GREEN in grades:
            self.well_day = session.day
        self._learn_direction(session, facts)

    def _judge_sides(
        self, done: Done, pain_before: int | None, common: Judgement, facts: SessionFacts
    ) -> tuple[Judged, ...]:
        judged: list[Judged] = []
        for place, share in enumerate(done.shares):
            if place and share == done.shares[0]:
                judged.append(judged[0])
                continue
            own = ExerciseFacts(
                done.pain,
                pain_before,
                done.effort,
                share,
                done.stopped,
                done.unwell,
                done.further_down,
                done.new_weakness,
                done.skipped,
            )
            judged.append((worst(common, grade_exercise(own, self.numbers)), facts, own))
        return tuple(judged)

    def _session_facts(self, session: Pending, now: Summary, check_in: CheckIn) -> SessionFacts:
        before, after = session.before, session.after
        return SessionFacts(
            leg_after=None if after is None else compare(before, after),
            leg_rise_after=None if after is None else _rise(before.leg, after.leg),
            leg_morning=compare(before, now),
            leg_rise_morning=_rise(before.leg, now.leg),
            back_rise_morning=_rise(before.back, now.back),
            morning=check_in.morning,
            night=check_in.night,
            morning_late=self.morning_h - session.at_h > self.numbers.next_morning_most_hours,
        )

    def _apply(self, exercise_id: str, place: int, grade: Grade, at_h: float) -> None:
        side = self.sides[exercise_id][place]
        if grade is Grade.GREEN:
            if side.greens == 0:
                side.green_since_h = at_h
            side.greens += 1
            side.ambers = 0
            return
        side.greens = 0
        if grade is Grade.RED:
            self._lower(exercise_id, place, Rule.LOWER_RED)
        elif grade in (Grade.AMBER, Grade.STEADY):
            side.ambers += 1
            if side.ambers >= self.numbers.amber_sessions:
                if grade is Grade.AMBER:
                    self._lower(exercise_id, place, Rule.LOWER_AMBER)
                else:
                    self._ease(exercise_id, place)

    def _learn_direction(self, session: Pending, facts: SessionFacts) -> None:
        verdict = facts.leg_morning
        if verdict is LegVerdict.NOT_COMPARABLE and facts.leg_after is not None:
            verdict = facts.leg_after
        blamed = self._bent(one for one, done in session.done.items() if done.further_down)
        if not blamed and verdict not in (LegVerdict.CENTRALISING, LegVerdict.PERIPHERALISING):
            return
        bent = self._bent(one for one, done in session.done.items() if any(done.shares))
        if verdict is LegVerdict.CENTRALISING and not blamed:
            self._count(bent, good=True)
        elif blamed or verdict is LegVerdict.PERIPHERALISING:
            self._count(blamed or bent, good=False)
        if facts.leg_morning is LegVerdict.PERIPHERALISING:
            for direction in blamed or bent:
                self.paused[direction] = self.day + self.numbers.direction_pause_days

    def _bent(self, exercise_ids: Iterable[str]) -> set[Direction]:
        return {self.library[exercise_id].direction for exercise_id in exercise_ids}.intersection(BENT)

    def _count(self, directions: set[Direction], good: bool) -> None:
        for direction in directions:
            was, weight = self.responses[direction], 1 / len(directions)
            self.responses[direction] = (
                Response(was.good + weight, was.bad) if good else Response(was.good, was.bad + weight)
            )
        flexion, extension = (self.responses[direction] for direction in BENT)
        self.preference = preference(flexion, extension, self.numbers.direction_certainty_share)

    def _look_for_flare(self, now: Summary, check_in: CheckIn, new_day: bool) -> None:
        pain = strongest(now)
        hurts = pain is not None and pain > self.numbers.bad_day_pain_points
        self.worse = worse = Comparison.WORSE in (check_in.morning, check_in.night)
        self.bad_day = hurts or worse
        if self.bad_day:
            self.bad_row = self.bad_row + 1 if new_day or self.bad_row == 0 else self.bad_row
            self.good_row = 0
        elif new_day:
            self.bad_row = 0
            self.good_row += 1
        begins = self.bad_row >= self.numbers.flare_bad_mornings or (worse and self._has_jumped(now))
        if not self.flare and begins:
            self.flare = True
            for exercise_id in list(self.active()):
                self._lower_all_sides(exercise_id, Rule.LOWER_FLARE)
        elif self.flare and self.good_row >= self.numbers.flare_good_mornings:
            self.flare = False

    def _has_jumped(self, now: Summary) -> bool:
        rises = (_rise(self.before.back, now.back), _rise(self.before.leg, now.leg))
        return any(rise is not None and rise >= self.numbers.flare_rise_points for rise in rises)

    def _go_back_after_missed_days(self) -> None:
        if not self.last_active_day or self.day - self.last_active_day < self.numbers.missed_days:
            return
        self.last_active_day = self.well_day = self.day
        for exercise_id in list(self.active()):
            start = amount_of(self.library[exercise_id].start)
            if exercise_id in self.lowered:
                continue
            if any(is_more(side.amount, start) for side in self.sides[exercise_id]):
                for side in self.sides[exercise_id]:
                    side.start_over(capped(side.amount, start))
                self._remember(exercise_id, Rule.LOWER_WEEK_MISSED)
            else:
                self._lower_all_sides(exercise_id, Rule.LOWER_WEEK_MISSED)

    # Changing doses

    def _lower_all_sides(self, exercise_id: str, rule: Rule) -> None:
        if exercise_id not in self.lowered:
            for place in range(len(self.sides[exercise_id])):
                self._lower(exercise_id, place, rule)

    def _lower(self, exercise_id: str, place: int, rule: Rule) -> None:
        """Lower one side; at its starting dose the whole ladder goes down a rung, at the first rung below
        it.
        """
        standing = [track for track in self.tracks if track.exercise_id == exercise_id]
        side = self.sides[exercise_id][place]
        side.greens = side.ambers = 0
        if not standing:
            return
        start = amount_of(self.library[exercise_id].start)
        if is_more(side.amount, start):
            side.start_over(step_down(side.amount, self.numbers.lower_share))
            self._remember(exercise_id, rule)
            return
        for track in standing:
            if track.place:
                track.stand(track.place - 1)
                self._enter(track.exercise_id)
                self._remember(track.exercise_id or exercise_id, rule)
            else:
                lowered = step_down(side.amount, self.numbers.lower_share)
                if volume(lowered) >= self.numbers.floor_share * volume(start):
                    side.start_over(lowered)
                    self._remember(exercise_id, rule)

    def _ease(self, exercise_id: str, place: int) -> None:
        """Lower one side, but not below the light start, nor below what a clinician set."""
        exercise, side = self.library[exercise_id], self.sides[exercise_id][place]
        light = amount_of(self.orders.set_dose(exercise_id, exercise.sides[place]) or exercise.start)
        lowered = step_down(side.amount, self.numbers.lower_share)
        if exercise_id in self.active() and is_more(side.amount, lowered) and not is_more(light, lowered):
            side.start_over(lowered)
            self._remember(exercise_id, Rule.LOWER_AMBER)

    def _remember(self, exercise_id: str, rule: Rule) -> None:
        self.changed[exercise_id] = rule
        self.lowered.add(exercise_id)

    def _find_rungs(self, track: Track, rungs: Rungs) -> None:
        self._active = None
        was = track.exercise_id
        track.rungs, track.place = rungs, rungs.place_at(track.level)
        if track.exercise_id != was:
            self._enter(track.exercise_id)

    def _set_dose(self, order: SetDose) -> None:
        for track in self.tracks:
            if order.exercise_id in track.rungs.exercises and track.exercise_id != order.exercise_id:
                track.stand(track.rungs.exercises.index(order.exercise_id))
                self._enter(order.exercise_id)
        if order.exercise_id not in self.active():
            return
        for side, state in zip(
            self.library[order.exercise_id].sides, self.sides[order.exercise_id], strict=True
        ):
            if order.side in (None, side):
                state.start_over(amount_of(order.dose))
        self.changed[order.exercise_id] = Rule.SET_BY_CLINICIAN

    def _keep_bounds(self) -> None:
        if not self.orders.bounds:
            return
        for exercise_id in self.active():
            for side, state in zip(self.library[exercise_id].sides, self.sides[exercise_id], strict=True):
                bounded = capped(state.amount, amount_of(self.orders.most(exercise_id, side, _LIMITLESS)))
                if bounded != state.amount:
                    state.start_over(bounded)
                    self.changed[exercise_id] = Rule.LOWER_ORDER

    def _take_over(self, item: Item, volume_before: float) -> None:
        exercise_id = item.exercise.id
        if exercise_id not in self.active():
            self._move_to(exercise_id)
        states = self.sides.get(exercise_id)
        if states is None:
            return
        if item.rule in RAISES:
            self._remember_raise(item, states, volume_before)
        for state, amount in zip(states, item.amounts, strict=True):
            state.amount = amount

    def _move_to(self, exercise_id: str) -> None:
        holding = [track for track in self.tracks if exercise_id in track.rungs.exercises]
        if holding:
            track = min(
                holding, key=lambda one: one.rungs.exercises.index(exercise_id) != (one.place or 0) + 1
            )
            track.stand(track.rungs.exercises.index(exercise_id))
            self._enter(exercise_id, earned=True)

    def _remember_raise(self, item: Item, states: tuple[SideState, ...], volume_before: float) -> None:
        if item.rule is Rule.RAISE_RUNG:
            self.rung_raised_day = self.day
        rise = self.volume() - volume_before
        for side, state, amount in zip(item.exercise.sides, states, item.amounts, strict=True):
            rise += volume(amount) - volume(state.amount)
            if item.side in (None, side):
                state.start_over(amount)
                state.raised_day = self.day
        since = self.day - self.numbers.volume_window_days
        self.rises = [one for one in self.rises if one[0] > since]
        self.rises.append((self.day, max(0.0, rise), volume_before))
        self.raised_on = self.day


def _rise(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before
