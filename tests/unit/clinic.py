"""A small clinic for tests of the clinical side: people, their mornings, and a course to put them through."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from ischia.check_in import CheckIn, Comparison, Intake, LegMap, Moment, Region, Symptoms
from ischia.dose.choose import sketch_session
from ischia.dose.course import Course
from ischia.dose.library import Caution, Exercise, Library
from ischia.dose.orders import Direction
from ischia.dose.protocol import Ladder, Numbers, Protocol
from ischia.dose.protocol_file import default_protocol
from ischia.dose.state import Done, Refusal, Sketch
from ischia.screening import QuestionBank, load_bank
from ischia.session.plan import Dose
from ischia.session.record import Effort
from ischia.units import Side

FIRST = date(2026, 3, 1)
SIDES = (Side.LEFT, Side.RIGHT)


def at(day: int, hour: float = 11.0) -> str:
    return f"{FIRST + timedelta(day)}T{int(hour):02d}:{round(hour % 1 * 60):02d}:00+07:00"


def leg_map(pain: Mapping[str, int | None] | None = None, **extra: Iterable[str]) -> LegMap:
    """Every place marked with 0 unless ``pain`` says otherwise; None or ``unmarked`` leaves a place out."""
    pain = pain or {}
    marked = {}
    for region in Region:
        for side in SIDES:
            name = f"{region}_{side}"
            if name in extra.get("unmarked", ()):
                continue
            marked[region, side] = Symptoms(
                pain.get(name, 0),
                numbness=name in extra.get("numb", ()),
                tingling=name in extra.get("tingling", ()),
                weakness=name in extra.get("weak", ()),
            )
    return marked


@cache
def bank() -> QuestionBank:
    return load_bank()


def no_to_all(**answers: bool | None) -> dict[str, bool | None]:
    """No to every question and group, except for the answers given; None takes an answer out."""
    everything = {one.id: False for one in (*bank().questions, *bank().groups)}
    return {name: answer for name, answer in {**everything, **answers}.items() if answer is not None}


def no_to_groups(**answers: bool | None) -> dict[str, bool | None]:
    return {**{one.id: False for one in bank().groups}, **answers}


def intake(
    conditions: Iterable[str] = (),
    age: int | None = 40,
    pain: Mapping[str, int | None] | None = None,
    answers: Mapping[str, bool | None] | None = None,
    unknown: Iterable[str] = (),
    weak: Iterable[str] = (),
) -> Intake:
    known = {one.id: one.id in tuple(conditions) for one in bank().conditions if one.id not in tuple(unknown)}
    told = no_to_all() if answers is None else dict(answers)
    first = CheckIn("first", Moment.FIRST_VISIT, at(0, 9), leg_map(pain, weak=weak), answers=told)
    return Intake(first, known, age_years=age)


def morning(day: int, pain: Mapping[str, int | None] | None = None, **told: Any) -> CheckIn:
    """The check-in before a session; ``told`` replaces any of its fields, ``hour`` its hour."""
    fields: dict[str, Any] = {
        "night": Comparison.SAME,
        "morning": Comparison.SAME,
        "new_symptoms": False,
        "answers": no_to_all(),
        "leg_map": leg_map(pain),
    }
    hour = told.pop("hour", 11.0)
    return CheckIn(f"b{day}", Moment.BEFORE, at(day, hour), **{**fields, **told})


def evening(day: int, pain: Mapping[str, int | None] | None = None, **told: Any) -> CheckIn:
    """The check-in right after a session."""
    return CheckIn(f"a{day}", Moment.AFTER, at(day, 12), told.get("leg_map", leg_map(pain)))


def exercise(
    exercise_id: str,
    direction: Direction = Direction.STABILISATION,
    position: str = "supine",
    sides: tuple[Side, ...] = (Side.BOTH,),
    locked: bool = False,
    start: tuple[float, int, int] = (3, 5, 1),
    ceiling: tuple[float, int, int] = (10, 10, 2),
    cautions: tuple[tuple[str, str, str | None], ...] = (),
) -> Exercise:
    return Exercise(
        exercise_id, position, direction, sides, locked, Dose(*start, 30), Dose(*ceiling, 30),
        tuple(Caution(*one, ("consensus_to_sign_off",)) for one in cautions), 6.0, ("consensus_to_sign_off",),
    )  # fmt: skip


def library(*exercises: Exercise) -> Library:
    return {one.id: one for one in exercises}


def protocol(
    ladders: Mapping[str, tuple[str, ...]] | None = None,
    starts: Mapping[str, str] | None = None,
    **numbers: Any,
) -> Protocol:
    """The default protocol with other ladders (id to rungs) and other numbers."""
    usual = default_protocol()
    fields = {name: getattr(usual.numbers, name) for name in Numbers.__slots__}
    made = usual.ladders
    if ladders is not None:
        made = tuple(
            Ladder(name, (starts or {}).get(name, rungs[0]), rungs, ("consensus_to_sign_off",))
            for name, rungs in ladders.items()
        )
    return Protocol(usual.stamp, usual.title, Numbers(**{**fields, **numbers}), made, usual.sources)


def good(sides: int = 1, **told: Any) -> Done:
    """An exercise done whole, with pain 1 and the right effort."""
    fields: dict[str, Any] = {"pain": 1, "effort": Effort.RIGHT, "shares": (1.0,) * sides}
    return Done(**{**fields, **told})


class Days:
    """Puts one patient through days; every day keeps the sketch of its session."""

    def __init__(self, lib: Library, rules: Protocol, person: Intake | None = None) -> None:
        self.course = Course(person or intake(), rules, lib, bank())
        self.day = 0
        self.sketch: Sketch | Refusal = Refusal(())

    def next(
        self,
        done: Mapping[str, Done] | None = None,
        after: CheckIn | str | None = "same",
        skip: int = 0,
        **told: Any,
    ) -> Sketch:
        """One more day, fully done and good unless said otherwise; returns the session that was planned."""
        self.day += 1 + skip
        self.wake(**told)
        sketch = self.look()
        assert isinstance(sketch, Sketch), sketch
        self.train(sketch, done, after)
        return sketch

    def wake(self, **told: Any) -> None:
        self.course.check_in(morning(self.day, **told))

    def look(self) -> Sketch | Refusal:
        assert self.course.watch.cleared, self.course.watch.verdict()
        self.sketch = sketch_session(self.course)
        return self.sketch

    def train(
        self, sketch: Sketch, done: Mapping[str, Done] | None = None, after: CheckIn | str | None = "same"
    ) -> None:
        plan_id = f"p{self.day}"
        self.course.adopt(plan_id, sketch.items)
        usual = {one.exercise.id: good(len(one.exercise.sides)) for one in sketch.items}
        self.course.done(plan_id, usual if done is None else {**usual, **done})
        if after == "same":
            after = evening(self.day)
        if isinstance(after, CheckIn):
            self.course.check_in(after)


def amounts(sketch: Sketch) -> dict[str, tuple[tuple[float, int, int], ...]]:
    return {one.exercise.id: one.amounts for one in sketch.items}


def rules(sketch: Sketch) -> dict[str, str]:
    return {one.exercise.id: str(one.rule) for one in sketch.items}


ONE = library(
    exercise("tilt", start=(3, 5, 1), ceiling=(5, 6, 1)),
    exercise("bridge", start=(3, 5, 1), ceiling=(10, 10, 2)),
    exercise("single", locked=True),
)
LADDER = {"bridge": ("tilt", "bridge", "single")}
HEAD = ("o", at(0, 10), "Dr A")
FIVE = library(
    *(exercise(name) for name in ("a", "b", "c", "d")), exercise("e", Direction.EXTENSION, position="prone")
)
FIVE_LADDERS = {name: (name,) for name in FIVE}
BENT = library(
    exercise("knee", Direction.FLEXION),
    exercise("elbows", Direction.EXTENSION, "prone"),
    exercise("tilt"),
)
BENT_LADDERS = {"k": ("knee",), "e": ("elbows",), "t": ("tilt",)}


def days(
    lib: Library = ONE,
    ladders: dict[str, tuple[str, ...]] | None = None,
    starts: dict[str, str] | None = None,
    person=None,
    **numbers,
) -> Days:  # type: ignore[no-untyped-def]
    usual = {"training_row_days": 99, **numbers}
    return Days(lib, protocol(ladders or LADDER, starts, **usual), person)
