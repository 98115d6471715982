"""Whatever happens, the promises hold: a state machine that lives with the rules, and a book of its own
beside it.

Good days are drawn more often than bad ones, or nothing would ever be raised and nothing could go wrong.
The book shares no code with the rules.
"""

from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.unit.clinic import at, bank, evening, intake, leg_map, morning, no_to_all, no_to_groups, protocol

from ischia.check_in import Comparison, NerveWatch
from ischia.dose.choose import sketch_session
from ischia.dose.course import REVIEW, Course
from ischia.dose.history import NoSession
from ischia.dose.library import default_library
from ischia.dose.orders import Bound, Direction, Exclude, Freeze, Order, Prefer, SetDose, Unlock
from ischia.dose.plan import plan_of
from ischia.dose.state import Done, Refusal
from ischia.screening import Clearance, Lift
from ischia.session import Dose, Effort, SessionPlan, Stop, StopReason

LIBRARY = default_library()
EXERCISES = sorted(LIBRARY)
LOCKED = [name for name in EXERCISES if LIBRARY[name].locked]
FLAGS = [one.id for one in bank().questions if one.lift is Lift.CLINICIAN]
STANDING = {one.id for one in bank().questions if one.standing}
LASTING = {one.id for one in bank().questions if one.lasting}
CAUTIONS = sorted({one.condition for exercise in LIBRARY.values() for one in exercise.cautions})
ORDERS = ["bound", "no_more", "freeze", "freeze_all", "unlock", "exclude", "set", "prefer"]
NOT_GOOD = (
    *("pain", "red", "hard", "half", "down", "worse", "no_map", "no_place"),
    *("no_pain", "no_effort", "no_share", "no_morning", "no_night", "no_place_in_the_morning"),
)
MOSTLY_GOOD = st.sampled_from(("good",) * 12 + NOT_GOOD)
UNCLEAR = ("no_map", "no_place", "no_pain", "no_effort", "no_share", "no_place_in_the_morning")
UNCLEAR_BEFORE = ("no_morning", "no_night", "no_place_in_the_morning")
PLACES = ("back_left", "buttock_left", "thigh_left", "calf_left", "foot_left")
Amounts = tuple[tuple[float, int, int], ...]


class LivingWithTheRules(RuleBasedStateMachine):
    """One patient, day by day."""

    @initialize(
        age=st.sampled_from([30, 45, 70, None]),
        conditions=st.lists(st.sampled_from(CAUTIONS), max_size=2),
        pain=st.integers(0, 6),
        reach=st.integers(0, 4),
        greens=st.sampled_from([3, 2]),
    )
    def first_visit(self, age: int | None, conditions: list[str], pain: int, reach: int, greens: int) -> None:
        """With two green sessions asked for instead of three, the 48 hours of green can bind."""
        self.pain = {PLACES[reach]: pain}
        rules = protocol(green_sessions=greens)
        self.numbers = rules.numbers
        self.course = Course(intake(conditions, age, self.pain), rules, LIBRARY, bank())
        self.conditions = set(conditions)
        self.open = {one.id for one in bank().conditions if one.hold and one.id in conditions}
        self.day = 0
        self.session_h = self.now_h = 0
        self.ever_set = False
        self.last: dict[str, Amounts] = {}
        self.planned: set[str] = set()
        self.bounds: list[Bound] = []
        self.frozen: set[str | None] = set()
        self.excluded: set[str] = set()
        self.unlocked: set[str] = set()
        self.set_lately: set[str] = set()
        self.good_row: dict[str, list[int]] = {}
        self.ambers: dict[str, int] = {}
        self.owed: set[str] = set()
        self.released: set[str] = set()
        self.was_bad = False
        self.unclear: set[str] = set()

    @rule(
        how=MOSTLY_GOOD,
        gap=st.sampled_from([1] * 9 + [2, 4, 8]),
        hour=st.sampled_from([7, 11]),
    )
    def a_day(self, how: str, gap: int, hour: int) -> None:
        self.day += gap
        self.now_h = 24 * self.day + hour
        pain = dict(self.pain)
        if how == "worse":
            pain = {place: min(10, value + 2) for place, value in pain.items()}
        told = {"worse": Comparison.WORSE, "no_morning": None}.get(how, Comparison.SAME)
        night = None if how == "no_night" else Comparison.SAME
        marked = leg_map(pain, unmarked=["calf_right"] if how == "no_place_in_the_morning" else [])
        check_in = morning(self.day, morning=told, night=night, hour=hour, leg_map=marked)
        self.course.check_in(check_in)
        self.released -= LASTING
        late = self.now_h - self.session_h > self.numbers.next_morning_most_hours
        if self.session_h and (late or how in ("worse", *UNCLEAR_BEFORE)):
            self.was_bad = self.was_bad or how == "worse"
            self.unclear |= self.planned
            self.forget_good(self.planned)
        self.session_h = 0
        assert self.course.watch.cleared == (not self.open), "the gate"
        if self.open:
            assert isinstance(plan_of(self.course, "x", at(self.day)[:10]), NoSession)
            return
        first, again = sketch_session(self.course), sketch_session(self.course)
        assert first == again, "the same facts give the same session"
        written = plan_of(self.course, "x", at(self.day)[:10])
        if isinstance(first, Refusal):
            assert first.notes, "no session has its reason"
            assert isinstance(written, NoSession)
            assert written.decisions
            return
        assert isinstance(written, SessionPlan)
        self.check(first.items, first.duration_s)
        self.do(first, how, hour)

    @rule(
        hours=st.lists(st.sampled_from([7, 11]), min_size=3, max_size=6),
        then=st.sampled_from(NOT_GOOD),
        gap=st.sampled_from([1, 1, 4]),
    )
    def good_days(self, hours: list[int], then: str, gap: int) -> None:
        """Several good days in a row, without which nothing is ever raised; then two more."""
        if self.open:
            self.a_clinician_clears_everything()
        for hour in hours:
            self.a_day(how="good", gap=1, hour=hour)
        self.a_day(how=then, gap=1, hour=11)
        self.a_day(how="good", gap=gap, hour=11)

    @rule(how=st.sampled_from(["hard", "half", "red"]))
    def two_bad_days(self, how: str) -> None:
        """Twice in a row it was too much; then one more day."""
        for one in (how, how, "good"):
            self.a_day(how=one, gap=1, hour=11)

    def check(self, items: Any, duration_s: float) -> None:
        names = [item.exercise.id for item in items]
        assert names, "a session has an exercise"
        assert len(names) == len(set(names)) <= self.numbers.session_exercises
        assert duration_s <= self.numbers.session_most_minutes * 60
        raised = []
        for item in items:
            name = item.exercise.id
            self.check_allowed(item)
            for side, amount in zip(item.exercise.sides, item.amounts, strict=True):
                self.check_limits(item, side, amount)
            self.check_lowered(item)
            was = self.last.get(name)
            if was is not None and name in self.planned and name not in self.set_lately:
                ups = [
                    now[i] - then[i]
                    for now, then in zip(item.amounts, was, strict=True)
                    for i in range(3)
                    if now[i] > then[i]
                ]
                start = item.exercise.start
                if ups and item.amounts[0] != (start.hold_s, start.repetitions, start.sets):
                    assert len(ups) == 1, f"one change at a time, not {was} -> {item.amounts}"
                    raised.append(name)
        assert len(raised) <= 1, f"one exercise at a time, not {raised}"
        for name in raised:
            assert not self.was_bad, "never more after a red or worse day"
            assert name not in self.unclear, "missing data never raises"
            row = self.good_row.get(name, [])
            assert len(row) >= self.numbers.green_sessions, f"{name} raised after {len(row)} good sessions"
            assert self.now_h - row[0] >= self.numbers.green_hours, f"{name} raised too soon"
            assert name not in self.frozen
            assert None not in self.frozen

    def check_lowered(self, item: Any) -> None:
        """After a red session, or the second amber one in a row, what stood above its light start is less."""
        name, start = item.exercise.id, item.exercise.start
        light = start.hold_s * start.repetitions * start.sets
        for was, now in zip(self.last.get(name, ()), item.amounts, strict=False):
            before, today = was[0] * was[1] * was[2], now[0] * now[1] * now[2]
            if today < before:
                self.ambers.pop(name, None)
            elif name in self.owed and name not in self.set_lately:
                assert before <= light, f"{name} is still {now}"
        self.owed.discard(name)

    def check_allowed(self, item: Any) -> None:
        name = item.exercise.id
        assert name in self.unlocked or not item.exercise.locked, f"{name} is locked"
        assert name not in self.excluded
        for caution in item.exercise.cautions:
            asked = caution.action == "ask" and name in self.unlocked
            assert asked or caution.condition not in self.conditions, f"{name} with {caution.condition}"

    def check_limits(self, item: Any, side: Any, amount: tuple[float, int, int]) -> None:
        ceiling = item.exercise.ceiling
        if not self.ever_set:
            assert amount <= (ceiling.hold_s, amount[1], amount[2])
            assert amount[1] <= ceiling.repetitions
            assert amount[2] <= ceiling.sets
        for bound in self.bounds:
            if bound.exercise_id == item.exercise.id and bound.side in (None, side):
                assert amount[0] <= bound.most.hold_s
                assert amount[1] <= bound.most.repetitions
                assert amount[2] <= bound.most.sets
        assert amount[0] > 0
        assert min(amount[1:]) >= 1

    def do(self, sketch: Any, how: str, hour: int) -> None:
        told: dict[str, Any] = {
            "pain": {"pain": 4, "red": 7, "no_pain": None}.get(how, 1),
            "effort": {"hard": Effort.HARD, "no_effort": None}.get(how, Effort.RIGHT),
            "further_down": how == "down",
            "stopped": how in ("down", "red"),
        }
        share = {"half": 0.5, "no_share": None}.get(how, 1.0)
        self.course.adopt(f"p{self.day}-{hour}", sketch.items)
        done = {item.exercise.id: Done(shares=(share,) * len(item.amounts), **told) for item in sketch.items}
        self.course.done(f"p{self.day}-{hour}", done)
        after = dict(self.pain)
        if how == "down":
            after["foot_right"] = 3
        if how != "no_map":
            unmarked = ["calf_right"] if how == "no_place" else []
            self.course.check_in(evening(self.day, leg_map=leg_map(after, unmarked=unmarked)))
        self.session_h = self.now_h
        self.was_bad = how in ("red", "down")
        self.unclear = set(done) if how in UNCLEAR else set()
        for item in sketch.items:
            name = item.exercise.id
            self.last[name] = item.amounts
            self.ambers[name] = self.ambers.get(name, 0) + 1 if how in ("hard", "half") else 0
            if self.was_bad or self.ambers[name] >= self.numbers.amber_sessions:
                self.owed.add(name)
                self.ambers[name] = 0
            if how in ("good", "worse", "no_morning", "no_night"):
                self.good_row.setdefault(name, []).append(self.now_h)
        if how not in ("good", "worse", "no_morning", "no_night"):
            self.forget_good(set(done))
        if self.was_bad:
            self.good_row.clear()
        self.planned = set(done)
        self.set_lately -= set(done)

    def forget_good(self, names: set[str]) -> None:
        for name in names:
            self.good_row.pop(name, None)

    @precondition(lambda self: self.day > 0 and not self.open)
    @rule()
    def every_alarm_would_lock(self) -> None:
        """Each alarm sign by itself, and each answer left out where all are due, shuts the gate."""
        tomorrow, questions = self.day + 1, [one.id for one in bank().questions]
        for flag in set(questions) - self.released:
            self.would_lock(morning(tomorrow, self.pain, answers=no_to_all(**{flag: True})))
        for group in bank().groups:
            self.would_lock(morning(tomorrow, self.pain, answers=no_to_groups(**{group.id: True})))
        for missing in set(questions) - self.released:
            answers = no_to_all(**{missing: None})
            self.would_lock(morning(tomorrow, self.pain, new_symptoms=True, answers=answers))
        self.would_lock(morning(tomorrow, leg_map=leg_map(self.pain, weak=["foot_left"])))
        self.would_lock(Stop("s", None, StopReason.HURTS_MORE, False, True, at(tomorrow)))
        strong, weak = (NerveWatch(f"n{count}", at(tomorrow), heel_raises_left=count) for count in (20, 15))
        self.would_lock(strong, weak)

    def would_lock(self, *facts: Any) -> None:
        watch = deepcopy(self.course.watch, {id(bank()): bank()})
        for fact in facts:
            if isinstance(fact, Stop):
                watch.stop(fact)
            elif isinstance(fact, NerveWatch):
                watch.nerve_watch(fact)
            else:
                watch.check_in(fact)
        assert not watch.cleared, facts

    @precondition(lambda self: self.day > 2)
    @rule(flag=st.sampled_from(FLAGS))
    def a_red_flag(self, flag: str) -> None:
        self.day += 1
        self.course.check_in(morning(self.day, self.pain, answers=no_to_all(**{flag: True})))
        self.now_h = 24 * self.day + 11
        if self.session_h and self.now_h - self.session_h > self.numbers.next_morning_most_hours:
            self.forget_good(self.planned)
        self.session_h = 0
        self.released -= LASTING - {flag}
        if flag in self.released:
            return
        self.open.add(flag)
        assert not self.course.watch.cleared

    @precondition(lambda self: bool(self.open))
    @rule()
    def a_clinician_clears_everything(self) -> None:
        reasons = (*(flag.reason for flag in self.course.watch.flags), REVIEW)
        self.course.clearance(Clearance(f"c{self.day}", at(self.day, 20), "Dr A", reasons))
        self.released |= self.open & (STANDING | LASTING)
        self.open.clear()

    @rule(
        name=st.one_of(st.sampled_from(EXERCISES), st.sampled_from(LOCKED)),
        kind=st.sampled_from(ORDERS),
        size=st.integers(1, 6),
    )
    def a_clinician_orders(self, name: str, kind: str, size: int) -> None:
        head = (f"o{self.day}{name}{kind}{size}", at(self.day, 21), "Dr A")
        dose = Dose(size, size, 1, 30)
        order: Order
        if kind in ("bound", "no_more", "freeze") and self.planned:
            name = sorted(self.planned)[size % len(self.planned)]
        if kind in ("bound", "no_more"):
            here = self.last.get(name)
            order = Bound(*head, name, Dose(*here[0], 30) if here and kind == "no_more" else dose)
            self.bounds.append(order)
        elif kind == "freeze":
            order = Freeze(*head, name)
            self.frozen.add(name)
        elif kind == "freeze_all" and size == 1:
            order = Freeze(*head)
            self.frozen.add(None)
        elif kind == "unlock":
            order = Unlock(*head, name)
            self.unlocked.add(name)
        elif kind == "exclude" and size < 3:
            order = Exclude(*head, name)
            self.excluded.add(name)
        elif kind == "set":
            order = SetDose(*head, name, dose)
            self.set_lately.update(EXERCISES)
            self.ever_set = True
        else:
            order = Prefer(*head, (Direction.FLEXION, Direction.EXTENSION, None)[size % 3])
        self.course.order(order)

    def teardown(self) -> None:
        if hasattr(self, "course"):
            assert date.fromisoformat(at(self.day)[:10])


TestLivingWithTheRules = LivingWithTheRules.TestCase
TestLivingWithTheRules.settings = settings(
    max_examples=50,
    stateful_step_count=40,
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
