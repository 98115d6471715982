"""Plays every ``*.toml`` of this folder: a clinician's case, day by day, through the public functions.

A case names a ``[patient]``, then one ``[[day]]`` after the other, then what is expected. What a day leaves
out is unremarkable: every question answered no, pain as at the first visit, night and morning the same, the
whole session done with pain 1 and the right effort, and the leg map after it as before.
"""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ischia.check_in import CheckIn, Comparison, Intake, Moment, NerveWatch, Region, Symptoms
from ischia.dose import (
    ORDER_KINDS,
    History,
    NoSession,
    RestDay,
    default_library,
    default_protocol,
    plan_session,
)
from ischia.dose.explain import in_full, sentence
from ischia.screening import Clearance, load_bank
from ischia.session import (
    Effort,
    Feedback,
    MeasuredBy,
    SessionPlan,
    SessionRecord,
    SetRecord,
    Skip,
    SkipReason,
    Stop,
    StopReason,
)
from ischia.session.serialise import from_plain, to_plain, union_from_plain
from ischia.units import Side

FOLDER = Path(__file__).parent
FIRST_DAY = date(2026, 3, 2)
PLACES = [(region, side) for region in Region for side in (Side.LEFT, Side.RIGHT)]
DAY_KEYS = {
    *(
        "pain",
        "numb",
        "weak",
        "unmarked",
        "morning",
        "night",
        "new_symptoms",
        "answers",
        "unanswered",
        "hour",
    ),
    *(
        "session",
        "after",
        "repeat",
        "order",
        "clearance",
        "nerve_watch",
        "rest",
        "check_in",
        "grouped",
        "skip_days",
    ),
}
EXPECT_KEYS = {
    "day",
    "session",
    "rule",
    "notes",
    "rules",
    "dose",
    "present",
    "absent",
    "at_most",
    "change",
    "order",
    "without",
}


@cache
def case(path: Path) -> dict[str, Any]:
    """Read one case; a key it should not have is an error in the case."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(content) <= {"title", "why", "rules", "patient", "day", "expect"}, path.name
    for day in content["day"]:
        assert set(day) <= DAY_KEYS, (path.name, set(day) - DAY_KEYS)
    for expected in content["expect"]:
        assert set(expected) <= EXPECT_KEYS, (path.name, set(expected) - EXPECT_KEYS)
    return content


def leg_map(pain: dict[str, int], day: dict[str, Any]) -> dict[tuple[Region, Side], Symptoms]:
    """Every place is marked, with 0 where nothing is said, except those named in ``unmarked``."""
    marked = {}
    for region, side in PLACES:
        name = f"{region}_{side}"
        if name not in day.get("unmarked", ()):
            numb, weak = name in day.get("numb", ()), name in day.get("weak", ())
            marked[region, side] = Symptoms(pain.get(name, 0), numbness=numb, tingling=False, weakness=weak)
    return marked


class Player:
    """Lives through a case and keeps the history."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.patient = content.get("patient", {})
        self.bank = load_bank()
        self.pain = self.patient.get("pain", {"back_left": 2, "calf_left": 2})
        yes = self.patient.get("conditions", [])
        no_to_all = {question.id: False for question in self.bank.questions}
        first = CheckIn(
            "first",
            Moment.FIRST_VISIT,
            self.at(0, 9),
            leg_map(self.pain, self.patient),
            answers={**no_to_all, **self.patient.get("answers", {})},
        )
        conditions = {one.id: one.id in yes for one in self.bank.conditions}
        for name in self.patient.get("conditions_unanswered", []):
            conditions[name] = None
        self.history = History(Intake(first, conditions, age_years=self.patient.get("age", 40)))
        self.found: dict[int, SessionPlan | NoSession] = {}
        self.day = 0
        for day in content["day"]:
            for _ in range(day.get("repeat", 1)):
                self.day += day.get("skip_days", 0) + 1
                self.live(day)

    def at(self, day: int, hour: float) -> str:
        for_date = (FIRST_DAY + timedelta(day - 1)).isoformat()
        return f"{for_date}T{int(hour):02d}:{round(hour % 1 * 60):02d}:00+07:00"

    def add(self, **parts: tuple[Any, ...]) -> None:
        more = {name: (*getattr(self.history, name), *part) for name, part in parts.items()}
        self.history = replace(self.history, **more)

    def live(self, day: dict[str, Any]) -> None:
        self.orders(day)
        if day.get("check_in", True):
            self.add(check_ins=(self.check_in(day),))
        for_date = self.at(self.day, 0)[:10]
        found = plan_session(self.history, for_date, default_protocol(), default_library())
        assert found == plan_session(self.history, for_date, default_protocol(), default_library())
        self.found[self.day] = found
        if isinstance(found, SessionPlan):
            self.add(plans=(found,))
            self.train(found, day)

    def orders(self, day: dict[str, Any]) -> None:
        for number, entry in enumerate(day.get("order", [])):
            plain = {"id": f"o{self.day}-{number}", "at": self.at(self.day, 5), "by": "Dr A", **entry}
            self.add(orders=(union_from_plain(ORDER_KINDS, plain),))
        if "clearance" in day:
            clearance = Clearance(f"c{self.day}", self.at(self.day, 5), "Dr A", tuple(day["clearance"]))
            self.add(clearances=(clearance,))
        if "nerve_watch" in day:
            watch = {"id": f"n{self.day}", "at": self.at(self.day, 5.5), **day["nerve_watch"]}
            self.add(nerve_watches=(from_plain(NerveWatch, watch),))
        if day.get("rest"):
            self.add(rest_days=(RestDay(f"r{self.day}", self.at(self.day, 0)[:10], self.at(self.day, 5)),))

    def check_in(self, day: dict[str, Any]) -> CheckIn:
        grouped = day.get("grouped", False)
        asked = self.bank.groups if grouped else (*self.bank.questions, *self.bank.groups)
        answers: dict[str, bool | None] = {part.id: False for part in asked}
        answers.update(day.get("answers", {}))
        for name in day.get("unanswered", ()):
            answers.pop(name, None)
        return CheckIn(
            f"b{self.day}-{day.get('hour', 11)}",
            Moment.BEFORE,
            self.at(self.day, day.get("hour", 11)),
            leg_map(day.get("pain", self.pain), day),
            self.compared(day, "night"),
            self.compared(day, "morning"),
            day.get("new_symptoms", False),
            answers,
        )

    def compared(self, day: dict[str, Any], name: str) -> Comparison | None:
        value = day.get(name, "same" if self.day > 1 else "missing")
        return None if value == "missing" else Comparison(value)

    def train(self, plan: SessionPlan, day: dict[str, Any]) -> None:
        told = day.get("session", {})
        if told == "not_done":
            return
        hour = day.get("hour", 11)
        at = self.at(self.day, hour + 0.25)
        sets: list[SetRecord] = []
        skips: list[Skip] = []
        feedback: list[Feedback] = []
        stops: list[Stop] = []
        for planned in plan.exercises:
            own = {**told, **told.get(planned.exercise_id, {})}
            key = f"{self.day} {planned.exercise_id}"
            if "skip" in own:
                skips.append(Skip(f"{key} skip", planned.exercise_id, None, SkipReason(own["skip"]), at))
                continue
            for one in planned.doses:
                whole = one.dose.sets * one.dose.repetitions
                done = int(whole * own.get("done", 1.0))
                name = f"{key} {one.side}"
                sets.append(
                    SetRecord(
                        name, planned.exercise_id, one.side, 1, one.dose, done, (), MeasuredBy.TIMER, at, at
                    )
                )
            effort = None if own.get("effort") == "missing" else Effort(own.get("effort", "right"))
            pain = None if own.get("pain") == "missing" else own.get("pain", 1)
            feedback.append(Feedback(f"{key} felt", planned.exercise_id, effort, pain, at))
            if "stop" in own:
                stops.append(
                    Stop(
                        f"{key} stop",
                        planned.exercise_id,
                        StopReason(own["stop"]),
                        own.get("further_down", False),
                        own.get("new_weakness", False),
                        at,
                    )
                )
        self.add(
            records=(SessionRecord(plan.id, at, tuple(sets), tuple(skips), tuple(feedback), tuple(stops)),)
        )
        after = day.get("after", {})
        if after != "missing":
            marked = leg_map(after.get("pain", day.get("pain", self.pain)), after)
            self.add(
                check_ins=(
                    CheckIn(f"a{self.day}-{hour}", Moment.AFTER, self.at(self.day, hour + 0.75), marked),
                )
            )


CASES = sorted(FOLDER.glob("*.toml"))


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_clinicians_case_goes_as_the_clinician_says(path: Path) -> None:
    content = case(path)
    player = Player(content)
    for expected in content["expect"]:
        found = player.found[expected.get("day", player.day)]
        _check(found, expected)
    for found in player.found.values():
        _check_can_be_told_and_stored(found)


def _check(found: SessionPlan | NoSession, expected: dict[str, Any]) -> None:
    told = [str(decision.rule) for decision in found.decisions]
    if not expected.get("session", True):
        assert isinstance(found, NoSession), [one.exercise_id for one in found.exercises]
        assert told[0] == expected["rule"], told
        return
    assert isinstance(found, SessionPlan), told
    planned = {one.exercise_id: one for one in found.exercises}
    for rule in expected.get("notes", []):
        assert rule in told
    assert not set(expected.get("without", [])) & set(told)
    for exercise_id, rule in expected.get("rules", {}).items():
        assert str(planned[exercise_id].decision.rule) == rule, (
            exercise_id,
            str(planned[exercise_id].decision.rule),
        )
    for exercise_id, dose in expected.get("dose", {}).items():
        assert _written(planned[exercise_id]) == dose
    for exercise_id, change in expected.get("change", {}).items():
        would = planned[exercise_id].decision.would_change
        assert would is not None
        assert f"{would.fact} {would.needed}" == change
    assert set(expected.get("present", [])) <= set(planned)
    assert not set(expected.get("absent", [])) & set(planned)
    assert len(planned) <= expected.get("at_most", 6)
    if "order" in expected:
        assert list(planned) == expected["order"]


def _written(planned: Any) -> str:
    """``5 s x 3`` for both sides alike, ``7 s x 3 | 5 s x 3`` for left and right; sets where there are
    several.
    """
    doses = [one.dose for one in planned.doses]
    parts = [
        f"{dose.hold_s:g} s x {dose.repetitions}" + (f" x {dose.sets}" if dose.sets > 1 else "")
        for dose in doses
    ]
    return parts[0] if len(set(parts)) == 1 else " | ".join(parts)


def _check_can_be_told_and_stored(found: SessionPlan | NoSession) -> None:
    assert from_plain(type(found), to_plain(found)) == found
    decisions = list(found.decisions)
    if isinstance(found, SessionPlan):
        decisions += [one.decision for one in found.exercises]
    for decision in decisions:
        for language in ("en", "vi"):
            assert sentence(decision, language).strip()
            told = in_full(decision, language).rpartition("\n")[0]
            assert told and "_" not in told, told
