"""A synthetic patient: how pain answers to load and direction, what is answered, and what goes wrong.

The model is made up, to be plausible and nasty rather than true: no figure in it is a clinical claim, and
none of them reaches a patient. Everything is drawn from one seeded generator, so that a seed tells the
whole story.
"""

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from ischia.check_in import CheckIn, Comparison, Intake, LegMap, Moment, NerveWatch, Region, Symptoms
from ischia.dose.library import Library
from ischia.dose.orders import Direction
from ischia.dose.state import Done, Item, volume
from ischia.screening import QuestionBank
from ischia.session.record import Effort, SkipReason
from ischia.units import Side

REGIONS = tuple(Region)
_SIDES = (Side.LEFT, Side.RIGHT)
_PLAIN, _WEAK = (
    tuple(Symptoms(pain, numbness=False, tingling=False, weakness=weak) for pain in range(11))
    for weak in (False, True)
)
_PLACES = {side: tuple((region, side) for region in REGIONS) for side in _SIDES}
_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_FOOT = len(REGIONS) - 1
_TESTS = tuple(f"{test}_{side}" for test in ("heel_walk", "heel_raises", "sit_to_stand") for side in _SIDES)


class Traits(NamedTuple):
    """What a patient is like. Shares are probabilities a day unless said otherwise."""

    irritability: float
    endurance: float
    responds_to: Direction | None
    adherence: float
    forgets: float
    flares: float
    red_flags: float
    hides: float
    clinician_days: int
    hour: int
    conditions: tuple[str, ...]


class Report(NamedTuple):
    """What the patient says after a session, and what was done of it."""

    done: dict[str, Done]
    leg_map: LegMap | None


class Patient:
    """One synthetic patient. ``back`` and ``leg`` are pain 0 to 10, ``spread`` the furthest region that
    hurts, ``weak`` the region that has grown weak, or None; ``endurance`` grows with every session.
    """

    __slots__ = (
        "_all_no",
        "_ids",
        "_random",
        "_strength",
        "back",
        "endurance",
        "flag",
        "flag_day",
        "leg",
        "side",
        "spread",
        "traits",
        "weak",
        "worse",
    )

    def __init__(self, seed: int, bank: QuestionBank) -> None:
        """Draw the patient from its seed."""
        self._random = Random(seed)  # noqa: S311 - a simulation, not a secret
        draw = self._random.random
        self.traits = draw_traits(self._random, bank)
        self.endurance = self.traits.endurance
        self.back = 1 + 5 * draw()
        self.leg = 1 + 6 * draw()
        self.spread = int(1 + 4 * draw())
        self.side = _SIDES[draw() < 0.5]
        self.worse = False
        self.weak: int | None = None
        self._strength = {test: 12 + int(18 * draw()) if "raises" in test else True for test in _TESTS}
        self.flag: str | None = None
        self.flag_day = 0
        self._all_no, self._ids = no_to_all(bank)

    def intake(self, at: str) -> Intake:
        """The first visit: everything answered, sometimes with a condition."""
        age = 18 + int(70 * self._random.random())
        conditions = dict.fromkeys(self._ids[1], False) | dict.fromkeys(self.traits.conditions, True)
        answers = dict(self._all_no)
        check_in = CheckIn("first", Moment.FIRST_VISIT, at, self.leg_map(), answers=answers)
        return Intake(check_in, conditions, age_years=age)

    def leg_map(self, forget: float = 0.0) -> LegMap:
        """What the patient marks now; with chance ``forget`` a place is left blank."""
        draw = self._random.random
        marked = dict.fromkeys(_PLACES[_OTHER[self.side]], _PLAIN[0])
        own = _PLACES[self.side]
        for place, region_and_side in enumerate(own):
            pain = (
                self.back if place == 0 else self.leg - 0.4 * abs(place - 2) if place <= self.spread else 0.0
            )
            symptoms = _WEAK if place == self.weak else _PLAIN
            marked[region_and_side] = symptoms[int(pain + 0.35 + 0.3 * draw())]
        if forget and draw() < forget:
            del marked[own[int(5 * draw())]]
        return marked

    def night(self, day: int) -> None:
        """What the night does: recovery, flare-ups, now and then a red flag, seldom a weakness."""
        draw = self._random.random
        traits = self.traits
        before = self.back + self.leg
        self.back += 0.6 * (draw() - 0.53 - 0.02 * self.back)
        self.leg += 0.6 * (draw() - 0.53 - 0.02 * self.leg)
        self.spread -= self.leg < 1 and draw() < 0.2
        if draw() < traits.flares:
            self.back += 3 * draw()
            self.leg += 3 * draw()
            self.spread = min(_FOOT, self.spread + (draw() < 0.5))
        if self.flag is None and draw() < traits.red_flags:
            self.flag, self.flag_day = self._ids[0][int(draw() * len(self._ids[0]))], day
        if draw() < (0.0005 if self.weak is None else 0.05):
            self.weak = int(5 * draw()) if self.weak is None else None
        self._settle()
        self.worse = self.back + self.leg > before + 1

    def check_in(self, name: str, at: str, first: bool) -> CheckIn:
        """The check-in before a session: as honest as the patient is, complete as far as they remember."""
        draw = self._random.random
        forgets = self.traits.forgets
        answers = self._all_no
        if self.flag is not None and draw() >= self.traits.hides:
            answers = {**answers, self.flag: True}
        elif draw() < forgets * 0.3:
            answers = dict(answers)
            del answers[self._ids[0][int(draw() * len(self._ids[0]))]]
        compared = None if first or draw() < forgets else self._compared()
        return CheckIn(
            name,
            Moment.BEFORE,
            at,
            self.leg_map(forgets),
            None if first or draw() < forgets else Comparison.SAME,
            compared,
            self.worse and draw() < 0.1,
            answers,
        )

    def nerve_watch(self, name: str, at: str) -> NerveWatch:
        """The weekly tests of strength: now and then something is lost, or comes back, or is left out."""
        draw = self._random.random
        test = _TESTS[int(draw() * len(_TESTS))]
        if draw() < 0.03:
            self._strength[test] = int(self._strength[test] * draw()) if "raises" in test else False
        elif draw() < 0.1:
            self._strength[test] = 12 + int(18 * draw()) if "raises" in test else True
        told: dict[str, Any] = dict(self._strength)
        if draw() < self.traits.forgets:
            told[test] = None
        return NerveWatch(name, at, **told)

    def _compared(self) -> Comparison:
        if self.worse:
            return Comparison.WORSE
        return Comparison.BETTER if self._random.random() < 0.3 else Comparison.SAME

    def train(self, items: Sequence[Item], library: Library) -> Report:
        """Do a session: load against endurance, direction against the direction the leg answers to."""
        draw = self._random.random
        traits = self.traits
        done: dict[str, Done] = {}
        for item in items:
            if draw() < 0.03:
                if draw() < 0.5:
                    done[item.exercise.id] = Done(
                        None, None, (0.0,) * len(item.amounts), skipped=SkipReason.NO_TIME
                    )
                continue
            done[item.exercise.id] = own = self._exercise(item)
            if own.stopped and draw() < 0.7:
                break
        self.endurance = min(400.0, self.endurance * 1.01)
        self._settle()
        return Report(done, None if draw() < traits.forgets else self.leg_map(traits.forgets))

    def _exercise(self, item: Item) -> Done:
        draw = self._random.random
        traits = self.traits
        load = sum(map(volume, item.amounts))
        strain = load / self.endurance * traits.irritability * draw()
        direction = item.exercise.direction
        if traits.responds_to is not None and direction is not Direction.STABILISATION:
            if direction is traits.responds_to:
                self.leg -= 0.15 * draw()
                self.spread -= draw() < 0.03
            elif draw() < 0.08 * traits.irritability:
                self.spread += draw() < 0.4
                strain += 0.8 * draw()
        self.leg += 0.5 * strain
        self.back += 0.4 * strain
        pain = int(min(10.0, max(0.0, 0.35 * (self.back + self.leg) + 3 * strain - 1 + draw())))
        stopped = pain > 5 and draw() < 0.6
        share = draw() if stopped or draw() < 0.02 else 1.0
        effort = Effort.HARD if strain > 0.7 else Effort.RIGHT if strain > 0.25 else Effort.EASY
        return Done(
            None if draw() < traits.forgets else pain,
            None if draw() < traits.forgets else effort,
            (1.0,) * len(item.amounts) if share == 1 else _whole_repetitions(share, item),
            stopped,
            False,
            stopped and draw() < 0.25,
            stopped and draw() < 0.2,
        )

    def _settle(self) -> None:
        self.back = min(10.0, max(0.0, self.back))
        self.leg = min(10.0, max(0.0, self.leg))
        self.spread = min(_FOOT, max(0, self.spread))


def _whole_repetitions(share: float, item: Item) -> tuple[float, ...]:
    return tuple(
        int(share * repetitions * sets) / (repetitions * sets) for _, repetitions, sets in item.amounts
    )


_CACHE: dict[int, tuple[dict[str, bool | None], tuple[tuple[str, ...], tuple[str, ...]]]] = {}


def no_to_all(bank: QuestionBank) -> tuple[dict[str, bool | None], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return a "no" to every question and group, and the ids of questions and conditions; made once."""
    found = _CACHE.get(id(bank))
    if found is None:
        answers: dict[str, bool | None] = {question.id: False for question in bank.questions}
        answers.update({group.id: False for group in bank.groups})
        ids = (tuple(part.id for part in bank.questions), tuple(part.id for part in bank.conditions))
        found = _CACHE[id(bank)] = (answers, ids)
    return found


def draw_traits(random: Random, bank: QuestionBank) -> Traits:
    """Draw what a patient is like."""
    draw = random.random
    kinds = [condition.id for condition in bank.conditions]
    several = 0 if draw() < 0.6 else 1 + int(2 * draw())
    return Traits(
        irritability=draw() ** 2,
        endurance=40 + 160 * draw(),
        responds_to=random.choice((Direction.FLEXION, Direction.EXTENSION, Direction.EXTENSION, None)),
        adherence=0.3 + 0.7 * draw(),
        forgets=0.15 * draw() ** 3,
        flares=0.03 * draw(),
        red_flags=0.004 * draw(),
        hides=0.5 * draw() ** 2,
        clinician_days=1 + int(14 * draw()),
        hour=6 + int(14 * draw()),
        conditions=tuple(random.choice(kinds) for _ in range(several) if kinds),
    )
