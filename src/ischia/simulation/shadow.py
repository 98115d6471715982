"""A second pair of eyes: the promises of the rules, checked day by day without a line of the rules' own code.

The shadow sees what was answered, what was ordered and what was planned, keeps its own small book, and
returns a sentence for every promise that was broken.
"""

from collections.abc import Mapping, Sequence

from ischia.check_in import CheckIn, Comparison, NerveWatch
from ischia.check_in.model import LegMap, Region
from ischia.dose.library import Library
from ischia.dose.orders import Bound, Exclude, Freeze, Order, SetDose, Unlock
from ischia.dose.protocol import Numbers, Protocol
from ischia.dose.state import Amount, Done, Item
from ischia.screening import QuestionBank
from ischia.units import Side

_PLACES = tuple((region, side) for side in (Side.LEFT, Side.RIGHT) for region in Region)
_TESTS = tuple(
    f"{test}_{side}" for test in ("heel_walk", "heel_raises", "sit_to_stand") for side in ("left", "right")
)
Pains = list[int | None]
"""Pain in the ten places, from the left back to the right foot; None is not answered."""


class Shadow:
    """What the second pair of eyes remembers of one patient."""

    __slots__ = (
        "_after",
        "_all_due",
        "_ambers",
        "_before",
        "_best",
        "_bounds",
        "_cleared_once",
        "_complete_day",
        "_conditions",
        "_done",
        "_excluded",
        "_flags",
        "_frozen",
        "_full_set_days",
        "_good",
        "_known",
        "_ladders",
        "_last",
        "_last_tests",
        "_library",
        "_no_raise",
        "_now",
        "_now_h",
        "_numbers",
        "_ordered",
        "_owed",
        "_planned",
        "_questions",
        "_rises",
        "_session_h",
        "_set",
        "_shared",
        "_unlocked",
        "_weak",
        "_when",
    )

    def __init__(
        self,
        protocol: Protocol,
        library: Library,
        bank: QuestionBank,
        conditions: Sequence[str],
        holds: Sequence[str],
    ) -> None:
        """Begin after a first visit that answered everything, with the conditions on hold as open flags."""
        self._library, self._numbers, self._ladders = library, protocol.numbers, protocol.ladders
        self._conditions = frozenset(conditions)
        self._flags = set(holds)
        self._questions, self._full_set_days = bank.question_ids, bank.limits.full_set_every.value
        self._cleared_once = frozenset(one.id for one in bank.questions if one.standing or one.lasting)
        self._known: set[str] = set()
        self._complete_day, self._all_due = 0, False
        self._weak: set[tuple[Region, Side]] = set()
        self._ambers: dict[str, int] = {}
        self._owed: set[str] = set()
        self._best: dict[str, int] = {}
        self._last_tests: dict[str, int] = {}
        self._bounds: list[Bound] = []
        self._frozen: set[str | None] = set()
        self._excluded: set[str] = set()
        self._unlocked: set[str] = set()
        self._set: set[str] = set()
        self._last: dict[str, tuple[Amount, ...]] = {}
        self._good: dict[str, list[float]] = {}
        self._done: Mapping[str, Done] = {}
        self._now: Pains = []
        self._before: Pains = []
        self._after: Pains | None = None
        self._now_h = self._session_h = 0.0
        self._no_raise: set[str] | None = None
        self._planned: frozenset[str] = frozenset()
        self._when: dict[str, int] = {}
        self._ordered: dict[str, int] = {}
        rungs = [rung for ladder in protocol.ladders for rung in ladder.rungs]
        self._shared = frozenset(rung for rung in rungs if rungs.count(rung) > 1)
        self._rises: list[tuple[int, float, float]] = []

    def flag(self, reason: str) -> None:
        """A red flag was answered yes; a fact of the past, or a state that stays, is cleared once."""
        if reason not in self._known:
            self._flags.add(reason)

    def answered_no(self, reason: str) -> None:
        """A state that was known is gone: it would be news again."""
        self._known.discard(reason)

    def cleared(self, reasons: Sequence[str]) -> None:
        """A clinician cleared these; a test of strength counts from its last result on."""
        self._known |= self._flags.intersection(reasons) & self._cleared_once
        for reason in self._flags.intersection(reasons):
            test = reason.removeprefix("nerve_watch.")
            self._best[test] = self._last_tests.get(test, 0)
        self._flags.difference_update(reasons)

    def nerve_watch(self, watch: NerveWatch) -> None:
        """The weekly tests of strength: fewer raises by five, or a yes that became no, is a flag."""
        for test in _TESTS:
            result = getattr(watch, test)
            if result is None:
                continue
            is_count = "raises" in test
            value = min(result, 25) if is_count else 5 * result
            best = self._best.get(test, 5 if "walk" in test else 0)
            if best - value >= 5:
                self._flags.add(f"nerve_watch.{test}")
            self._best[test] = max(best, value)
            self._last_tests[test] = value

    def locked_for_nothing(self, told: set[str]) -> list[str]:
        """Return a sentence for every test of strength that is said to have declined and did not."""
        return [f"{one} without a decline" for one in told - self._flags if one.startswith("nerve_watch.")]

    def order(self, order: Order) -> None:
        """A clinician ordered this."""
        if isinstance(order, Bound):
            self._bounds.append(order)
        elif isinstance(order, Freeze):
            self._frozen.add(order.exercise_id)
        elif isinstance(order, Exclude):
            self._excluded.add(order.exercise_id)
        if isinstance(order, Unlock):
            self._unlocked.add(order.exercise_id)
        if isinstance(order, SetDose | Unlock):
            self._set.add(order.exercise_id)
            self._ordered[order.exercise_id] = max(self._when.values(), default=0)
            for ladder in self._ladders:
                if order.exercise_id in ladder.rungs:
                    self._planned -= set(ladder.rungs[: ladder.rungs.index(order.exercise_id)])

    def session(self, done: Mapping[str, Done], after: LegMap | None) -> None:
        """A session was done, after the last morning; ``after`` is the leg map right after it."""
        self._session_h, self._done, self._before = self._now_h, done, self._now
        self._after = None if after is None else _pains(after)
        if after is not None:
            self._look_for_weakness(after)

    def morning(self, day: int, hour: float, check_in: CheckIn) -> None:
        """A check-in came in: judge the session before it, roughly and strictly."""
        self._no_raise = None
        self._now = now = _pains(check_in.leg_map)
        self._look_for_weakness(check_in.leg_map)
        worse = Comparison.WORSE in (check_in.morning, check_in.night)
        self._all_due = worse or bool(check_in.new_symptoms)
        self._now_h = 24 * day + hour
        answered = check_in.answers.keys()
        if self._questions <= answered or self._questions - answered <= self._known:
            self._complete_day = day
        if not self._done:
            return
        late = self._now_h - self._session_h > self._numbers.next_morning_most_hours
        before, after = self._before, self._after
        alarm = self._is_alarming(before, now) or (after is not None and self._is_alarming(before, after))
        unclear = late or after is None or check_in.morning is None or check_in.night is None
        unclear = unclear or None in before or None in now or None in (after or ())
        self._no_raise = set()
        leg_alarm = alarm
        for exercise_id, one in self._done.items():
            red = one.stopped or one.further_down or one.new_weakness
            red = red or (one.pain is not None and one.pain > self._numbers.red_pain_points)
            alarm = alarm or red
            good = (
                one.pain is not None
                and one.pain <= self._numbers.green_pain_points
                and one.effort is not None
                and one.effort != "hard"
                and not one.unwell
                and one.skipped is None
                and set(one.shares) == {1.0}
                and not red
            )
            if good and not worse and not leg_alarm:
                self._ambers.pop(exercise_id, None)
            else:
                self._note_too_much(exercise_id, one, red or leg_alarm, worse)
            if good and not unclear and not worse and not alarm:
                self._good.setdefault(exercise_id, []).append(self._session_h)
            else:
                self._good.pop(exercise_id, None)
                self._no_raise.add(exercise_id)
        if alarm:
            self._no_raise = set(self._library)
            self._good.clear()
        self._done = {}

    def _note_too_much(self, exercise_id: str, one: Done, red: bool, worse: bool) -> None:
        """A red session, and the second in a row that was too much beyond doubt, is owed a lowering."""
        half = one.skipped is None and None not in one.shares and 1.0 not in one.shares
        if worse or one.unwell or one.effort == "hard" or half:
            self._ambers[exercise_id] = self._ambers.get(exercise_id, 0) + 1
        else:
            self._ambers.pop(exercise_id, None)
        if red or self._ambers.get(exercise_id, 0) >= self._numbers.amber_sessions:
            self._ambers.pop(exercise_id, None)
            self._owed.add(exercise_id)

    def _look_for_weakness(self, leg_map: LegMap) -> None:
        """A place that is weak and was not before is a flag; one that is left blank stays as it was."""
        weak = {place for place, one in leg_map.items() if one.weakness}
        if weak or self._weak:
            if weak - self._weak:
                self.flag("leg_map.new_weakness")
            self._weak = weak | (self._weak - leg_map.keys())

    def _is_alarming(self, before: Pains, after: Pains) -> bool:
        """Whether the leg got worse, or pain reached a region further down that was answered and free
        before.
        """
        was = _leg(before)
        if was >= 0 and _leg(after) - was >= self._numbers.leg_rise_red_points:
            return True
        for foot in (4, 9):
            for place in range(foot, foot - 4, -1):
                if before[place]:
                    break
                if before[place] == 0 and after[place]:
                    return True
        return False

    def plan(self, day: int, items: Sequence[Item], duration_s: float, bad_day: bool) -> list[str]:
        """Return every promise that today's session breaks."""
        broken = []
        numbers = self._numbers
        if self._flags:
            broken.append(f"a session although {sorted(self._flags)} is not cleared")
        if day - self._complete_day >= (1 if self._all_due else self._full_set_days):
            broken.append(f"a session although not all was answered since day {self._complete_day}")
        if duration_s > numbers.session_most_minutes * 60:
            broken.append(f"a session of {duration_s} s")
        if len(items) > (numbers.bad_day_exercises if bad_day else numbers.session_exercises):
            broken.append(f"{len(items)} exercises")
        names = [item.exercise.id for item in items]
        if len(set(names)) < len(names):
            broken.append("the same exercise twice")
        raised = [name for item in items if (name := self._check(day, item, broken))]
        if len(raised) > 1:
            broken.append(f"more than one change: {raised}")
        for item in items:
            self._last[item.exercise.id] = item.amounts
        self._set.difference_update(names)
        self._planned = frozenset(names)
        self._when.update(dict.fromkeys(names, day))
        return broken

    def _check(self, day: int, item: Item, broken: list[str]) -> str | None:
        """Check one exercise; return its id where something was raised."""
        exercise_id, amounts = item.exercise.id, item.amounts
        self._check_allowed(exercise_id, broken)
        self._check_limits(item, broken)
        last = self._last.get(exercise_id)
        owed = exercise_id in self._owed
        self._owed.discard(exercise_id)
        if exercise_id in self._set:
            return None
        if last is None:
            return self._check_new(day, exercise_id, amounts, broken)
        if owed:
            self._check_lowered(item, last, broken)
        if exercise_id not in self._planned and amounts == self._light(item):
            return self._check_return(day, exercise_id, broken)
        if amounts == last:
            return None
        self._ambers.pop(exercise_id, None)
        changes = [
            (was[i], now[i], i)
            for was, now in zip(last, amounts, strict=True)
            for i in range(3)
            if now[i] > was[i]
        ]
        if not changes:
            return None
        if len(changes) > 1:
            broken.append(f"{exercise_id} raised in {len(changes)} ways at once: {last} -> {amounts}")
        was, now, variable = changes[0]
        step = (_hold_step(was, self._numbers), self._numbers.repetitions_step_repetitions, 1)[variable]
        if now - was > step:
            broken.append(f"{exercise_id} raised by {now - was} at once")
        self._check_earned(day, exercise_id, broken)
        self._check_week(day, _volume(amounts) - _volume(last), variable == 2, broken)
        return exercise_id

    def _check_lowered(self, item: Item, last: Sequence[Amount], broken: list[str]) -> None:
        """What stood above its light start is less now."""
        start = item.exercise.start
        light = _volume([(start.hold_s, start.repetitions, start.sets)])
        for was, now in zip(last, item.amounts, strict=True):
            if light < _volume([was]) <= _volume([now]):
                broken.append(f"{item.exercise.id} is no less after it was too much: {was} -> {now}")

    def _light(self, item: Item) -> tuple[Amount, ...]:
        """The light start of each side, within the clinician's bounds."""
        start = item.exercise.start
        found = []
        for side in item.exercise.sides:
            limits = [
                one.most
                for one in self._bounds
                if one.exercise_id == item.exercise.id and one.side in (None, side)
            ]
            doses = [start, *limits]
            found.append(
                (
                    min(one.hold_s for one in doses),
                    min(one.repetitions for one in doses),
                    min(one.sets for one in doses),
                )
            )
        return tuple(found)

    def _check_new(
        self, day: int, exercise_id: str, amounts: Sequence[Amount], broken: list[str]
    ) -> str | None:
        """A rung that was never done: it has to start at its light dose, and to be earned where one was
        below it.
        """
        start = self._library[exercise_id].start
        if any(
            amount[0] > start.hold_s or amount[1] > start.repetitions or amount[2] > start.sets
            for amount in amounts
        ):
            broken.append(f"{exercise_id} begins above its starting dose: {amounts}")
        return self._check_return(day, exercise_id, broken)

    def _check_return(self, day: int, exercise_id: str, broken: list[str]) -> str | None:
        """Another rung of the ladder than last time: a harder one has to be earned on the easier one."""
        own = self._when.get(exercise_id, 0)
        for ladder in self._ladders:
            if exercise_id not in ladder.rungs:
                continue
            place = ladder.rungs.index(exercise_id)
            harder = ladder.rungs[place + 1 :]
            if any(max(self._when.get(rung, -1), self._ordered.get(rung, -1)) >= own for rung in harder):
                return None
            easier = [rung for rung in ladder.rungs[:place] if self._when.get(rung, -1) >= own]
            last = max(reversed(easier), key=self._when.__getitem__, default=None)
            if last is not None and last not in self._shared:
                jumped = ladder.rungs[ladder.rungs.index(last) + 1 : place]
                if jumped and exercise_id not in self._unlocked:
                    broken.append(f"{exercise_id} follows {last} over {jumped}")
                self._check_earned(day, last, broken)
                return exercise_id
        return None

    def _check_allowed(self, exercise_id: str, broken: list[str]) -> None:
        exercise = self._library[exercise_id]
        if exercise.locked and exercise_id not in self._unlocked:
            broken.append(f"{exercise_id} is locked")
        if exercise_id in self._excluded:
            broken.append(f"{exercise_id} is excluded")
        for caution in exercise.cautions:
            asked = caution.action == "ask" and exercise_id in self._unlocked
            if caution.condition in self._conditions and not asked:
                broken.append(f"{exercise_id} in spite of {caution.condition}")

    def _check_limits(self, item: Item, broken: list[str]) -> None:
        ceiling = item.exercise.ceiling
        for side, amount in zip(item.exercise.sides, item.amounts, strict=True):
            hold_s, repetitions, sets = amount
            if not (
                1 <= hold_s <= ceiling.hold_s
                and 1 <= repetitions <= ceiling.repetitions
                and 1 <= sets <= ceiling.sets
            ):
                broken.append(f"{item.exercise.id} outside its limits: {amount}")
            for bound in self._bounds:
                if bound.exercise_id == item.exercise.id and bound.side in (None, side):
                    limit = (bound.most.hold_s, bound.most.repetitions, bound.most.sets)
                    if any(amount[i] > limit[i] for i in range(3)):
                        broken.append(f"{item.exercise.id} above the clinician's bound: {amount}")

    def _check_earned(self, day: int, exercise_id: str, broken: list[str]) -> None:
        if None in self._frozen or exercise_id in self._frozen:
            broken.append(f"{exercise_id} raised although frozen")
        if self._no_raise is None:
            return
        if exercise_id in self._no_raise:
            broken.append(f"{exercise_id} raised after a session that was not good, or not known to be")
            return
        good = self._good.get(exercise_id, [])
        if len(good) < self._numbers.green_sessions or self._now_h - good[0] < self._numbers.green_hours:
            broken.append(f"{exercise_id} raised after {len(good)} good sessions")

    def _check_week(self, day: int, rise: float, is_set: bool, broken: list[str]) -> None:
        volume = sum(_volume(amounts) for amounts in self._last.values())
        window = [one for one in self._rises if one[0] > day - self._numbers.volume_window_days]
        total = sum(one[1] for one in window) + rise
        most = self._numbers.volume_rise_share * max([volume, *(one[2] for one in window)])
        if total > most and (window or is_set):
            broken.append(f"{total} s added in a week of {volume} s")
        self._rises = [*window, (day, rise, volume)]


def _volume(amounts: Sequence[Amount]) -> float:
    return sum(hold_s * repetitions * sets for hold_s, repetitions, sets in amounts)


def _hold_step(hold_s: float, numbers: Numbers) -> float:
    if hold_s >= numbers.resting_hold_from_seconds:
        return numbers.resting_hold_step_seconds
    if hold_s >= numbers.long_hold_from_seconds:
        return numbers.long_hold_step_seconds
    return numbers.hold_step_seconds


def _pains(leg_map: LegMap) -> Pains:
    return [None if (one := leg_map.get(place)) is None else one.pain for place in _PLACES]


def _leg(pains: Pains) -> int:
    """Return the strongest pain outside the back, or -1 where none was answered."""
    strongest = -1
    for pain in pains[1:5] + pains[6:]:
        if pain is not None and pain > strongest:
            strongest = pain
    return strongest
