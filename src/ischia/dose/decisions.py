"""What was decided, written out as decisions: rule, facts, sources, and the nearest thing that would change
it.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import Any

from ischia.check_in import Comparison, LegVerdict
from ischia.dose.course import RAISES, Course
from ischia.dose.grade import ExerciseFacts, Grade, SessionFacts, grade_exercise, grade_session, worst
from ischia.dose.protocol import Numbers
from ischia.dose.raises import next_rung
from ischia.dose.rungs import allowed_exercise
from ischia.dose.standing import Judged
from ischia.dose.state import Item, Note
from ischia.session.decision import Change, Decision, Fact, FactValue
from ischia.session.record import Effort
from ischia.session.rules import Rule

LOWERED = frozenset(
    (Rule.LOWER_RED, Rule.LOWER_AMBER, Rule.LOWER_FLARE, Rule.LOWER_WEEK_MISSED, Rule.LOWER_ORDER)
)
_STEPS_BACK = LOWERED - {Rule.LOWER_ORDER}

_OUTCOMES = {
    Rule.START: "start",
    Rule.START_EASIER: "start",
    Rule.SET_BY_CLINICIAN: "set",
    Rule.REPLACE_CAUTION: "replace",
    Rule.FLEXION_LATER: "move",
    Rule.REST_CHOSEN: "rest",
    Rule.REST_DUE: "rest",
    Rule.NO_CHECK_IN: "stop",
    Rule.TOO_MANY_REDS: "stop",
    Rule.NOTHING_LEFT: "stop",
    Rule.DONE_TODAY: "done",
    Rule.BAD_DAY: "ease",
    Rule.REVIEW: "notify",
    Rule.NO_GAIN: "notify",
    Rule.NO_PROGRESS: "notify",
}

_NUMBERS_USED: dict[Rule, tuple[str, ...]] = {
    Rule.START_EASIER: ("easier_pain_points", "easier_age_years"),
    Rule.RAISE_HOLD: ("green_sessions", "green_hours", "hold_step_seconds", "volume_rise_share"),
    Rule.RAISE_REPETITIONS: (
        "green_sessions",
        "green_hours",
        "repetitions_step_repetitions",
        "volume_rise_share",
    ),
    Rule.RAISE_SETS: ("green_sessions", "green_hours", "volume_rise_share"),
    Rule.RAISE_RUNG: ("green_sessions", "green_hours", "rung_apart_days", "volume_rise_share"),
    Rule.KEEP: ("green_pain_points", "red_pain_points"),
    Rule.KEEP_STREAK: ("green_sessions", "green_hours"),
    Rule.KEEP_WEEK: ("volume_rise_share", "volume_window_days", "rung_apart_days"),
    Rule.KEEP_SETS: ("volume_rise_share",),
    Rule.KEEP_BAD_DAY: ("bad_day_pain_points",),
    Rule.LOWER_RED: ("red_pain_points", "leg_rise_red_points", "lower_share"),
    Rule.LOWER_AMBER: ("amber_sessions", "lower_share"),
    Rule.LOWER_FLARE: ("flare_rise_points", "flare_bad_mornings", "lower_share"),
    Rule.LOWER_WEEK_MISSED: ("missed_days",),
    Rule.REMOVE_DIRECTION: ("direction_pause_days",),
    Rule.REMOVE_PREFERENCE: ("direction_certainty_share",),
    Rule.REMOVE_BAD_DAY: ("bad_day_exercises",),
    Rule.TIME_BUDGET: ("session_most_minutes", "session_exercises"),
    Rule.FLEXION_LATER: ("flexion_from_hours",),
    Rule.REST_DUE: ("training_row_days",),
    Rule.TOO_MANY_REDS: ("stop_reds", "red_window_days"),
    Rule.REVIEW: ("review_reds", "red_window_days"),
    Rule.BAD_DAY: ("bad_day_pain_points", "flare_rise_points"),
    Rule.NO_GAIN: ("no_gain_days", "no_gain_points"),
    Rule.NO_PROGRESS: ("no_gain_days", "green_pain_points"),
}
_OWN = ("consensus_to_sign_off",)


def outcome_of(rule: Rule) -> str:
    """Return in one word what a rule decides."""
    if rule in RAISES:
        return "raise"
    if rule in LOWERED:
        return "lower"
    if rule in _OUTCOMES:
        return _OUTCOMES[rule]
    return "remove" if rule.startswith("dose.remove") or rule is Rule.TIME_BUDGET else "keep"


def sources_of(course: Course, rule: Rule) -> tuple[str, ...]:
    """Return the sources of the numbers that a rule works with, each once."""
    named = dict(course.protocol.sources)
    return tuple(dict.fromkeys(named[name] for name in _NUMBERS_USED.get(rule, ()))) or _OWN


def decision_of_item(course: Course, item: Item) -> Decision:
    """Return why an exercise has its dose."""
    told_by = _told_by(course, item)
    judged = _telling_side(course, item, told_by)
    facts = [Fact("side", item.side.value)] if item.side is not None else []
    if told_by != item.exercise.id:
        facts.append(Fact("instead_of", told_by))
    if judged is not None:
        (grade, because), session, own = judged
        facts.append(Fact("grade", grade.name.lower()))
        facts += [Fact("because", because)] if because else []
        facts += [
            Fact(name, _plain(value))
            for name, value in _named(session, own)
            if _is_telling(name, value, because)
        ]
    facts += _streak_facts(course, told_by)
    return Decision(
        rule=item.rule,
        outcome=outcome_of(item.rule),
        subject=item.exercise.id,
        facts=tuple(facts),
        sources=item.exercise.sources if item.rule is Rule.START else sources_of(course, item.rule),
        would_change=_change_of_item(course, item, judged),
    )


def decision_of_note(course: Course, note: Note) -> Decision:
    """Return why something that concerns the session was decided."""
    facts = {
        Rule.REVIEW: (Fact("red_sessions", course.reds_in_window()),),
        Rule.TOO_MANY_REDS: (Fact("red_sessions", course.reds_in_window()),),
        Rule.REST_DUE: (Fact("days_in_a_row", course.row),),
        Rule.NO_GAIN: (Fact("pain_at_first_visit", course.baseline), Fact("pain_now", pain_now(course))),
        Rule.NO_PROGRESS: (Fact("days_since_a_good_session", course.day - course.well_day),),
        Rule.BAD_DAY: (Fact("pain_now", pain_now(course)), Fact("mode", note.because)),
        Rule.FLEXION_LATER: (Fact("hour", round(course.hour, 2)),),
    }.get(note.rule, (Fact("because", note.because),) if note.because else ())
    return Decision(
        rule=note.rule,
        outcome=outcome_of(note.rule),
        subject=note.subject,
        facts=facts,
        sources=_sources_of_note(course, note),
        would_change=_change_of_note(course, note),
    )


def pain_now(course: Course) -> int | None:
    """Return the strongest pain of the last check-in before a session."""
    return max((pain for pain in (course.before.back, course.before.leg) if pain is not None), default=None)


def _sources_of_note(course: Course, note: Note) -> tuple[str, ...]:
    for track in course.tracks:
        for one in track.rungs.left_out:
            if (one.rule, one.exercise_id, one.because) == (note.rule, note.subject, note.because):
                return one.sources
    return sources_of(course, note.rule)


def _told_by(course: Course, item: Item) -> str:
    """Return the exercise whose last session tells: the item's own, or the rung it takes the place of."""
    own = item.exercise.id
    for track in course.tracks:
        if item.rule is Rule.RAISE_RUNG and track.exercise_id is not None and next_rung(track) == own:
            return track.exercise_id
        if item.rule in _STEPS_BACK and track.exercise_id == own and track.place is not None:
            for above in track.rungs.exercises[track.place + 1 :][:1]:
                if course.planned_on.get(above, 0) > course.planned_on.get(own, 0):
                    return above
    return own


def _telling_side(course: Course, item: Item, exercise_id: str) -> Judged | None:
    """Return the judgement that tells most: the raised side's, else the worst."""
    judged = course.judged.get(exercise_id)
    if judged is None:
        return None
    if item.side is not None:
        return judged[item.exercise.sides.index(item.side)]
    return max(judged, key=lambda one: one[0][0])


def _named(session: SessionFacts, own: ExerciseFacts) -> Iterable[tuple[str, object]]:
    yield from zip(ExerciseFacts._fields, own, strict=True)
    yield from zip(SessionFacts._fields, session, strict=True)


def _is_telling(name: str, value: object, because: str) -> bool:
    """A flag that is off, or a skip that did not happen, tells nothing; what is missing always does."""
    return name == because or (value is not False and name != "skipped")


def _plain(value: object) -> FactValue:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, str | int | float | bool) else None


def _streak_facts(course: Course, exercise_id: str) -> list[Fact]:
    if exercise_id not in course.planned_on:
        return []
    state = min(course.sides[exercise_id], key=lambda one: one.greens)
    facts = [Fact("green_sessions", state.greens)]
    if state.greens:
        facts.append(Fact("green_hours", round(course.morning_h - state.green_since_h, 1)))
    return facts


def _change_of_item(course: Course, item: Item, judged: Judged | None) -> Change | None:
    numbers = course.numbers
    if item.rule in RAISES:
        return Change("pain", f">= {numbers.green_pain_points + 1}", "keep")
    if item.rule in (Rule.LOWER_RED, Rule.LOWER_AMBER):
        return nearest_better(judged, numbers, "keep") if judged else None
    if item.rule in (Rule.KEEP, Rule.KEEP_MISSING):
        return nearest_better(judged, numbers, "count") if judged else Change("done", "= yes", "count")
    if item.rule is Rule.KEEP_STREAK:
        return _change_of_streak(course, item)
    return _CHANGES_OF_ITEMS.get(item.rule)


_CHANGES_OF_ITEMS = {
    Rule.KEEP_OTHER: Change("other_raised", "= no", "raise"),
    Rule.KEEP_WEEK: Change("raised_lately", "= less", "raise"),
    Rule.KEEP_LOCKED: Change("locked", "= unlocked", "raise"),
    Rule.KEEP_LEFT_OUT: Change("locked", "= unlocked", "raise"),
    Rule.KEEP_FROZEN: Change("frozen", "= lifted", "raise"),
    Rule.KEEP_FLAG: Change("visit", "= done", "raise"),
    Rule.KEEP_BAD_DAY: Change("good_mornings", "= again", "raise"),
    Rule.LOWER_WEEK_MISSED: Change("days_missed", "= fewer", "keep"),
    Rule.LOWER_FLARE: Change("good_mornings", "= again", "keep"),
    Rule.LOWER_ORDER: Change("bound", "= wider", "keep"),
}


def _change_of_streak(course: Course, item: Item) -> Change:
    numbers = course.numbers
    if min(state.greens for state in course.sides[item.exercise.id]) < numbers.green_sessions:
        return Change("green_sessions", f">= {numbers.green_sessions}", "raise")
    return Change("green_hours", f">= {numbers.green_hours:g}", "raise")


def _change_of_note(course: Course, note: Note) -> Change | None:
    numbers = course.numbers
    if note.rule is Rule.BAD_DAY:
        return _change_of_bad_day(course)
    if note.rule is Rule.REMOVE_CAUTION and note.subject is not None:
        return _change_of_caution(course, note.subject)
    return {
        Rule.NO_CHECK_IN: Change("check_in", "= done", "go_on"),
        Rule.TOO_MANY_REDS: Change("plan.review", "= cleared", "go_on"),
        Rule.REVIEW: Change("plan.review", "= cleared", "go_on"),
        Rule.REST_DUE: Change("days_in_a_row", f"< {numbers.training_row_days}", "go_on"),
        Rule.FLEXION_LATER: Change("hour", f">= {numbers.flexion_from_hours:g}", "go_on"),
        Rule.REMOVE_EXCLUDED: Change("excluded", "= lifted", "go_on"),
    }.get(note.rule)


def _change_of_caution(course: Course, exercise_id: str) -> Change | None:
    """Return a clinician's yes where that is enough: some conditions leave an exercise out in any case."""
    said_yes = replace(course.orders, unlocked=course.orders.unlocked | {exercise_id})
    allowed, _ = allowed_exercise(exercise_id, course.library, course.conditions, said_yes)
    return Change("caution", "= cleared", "go_on") if allowed == exercise_id else None


def _change_of_bad_day(course: Course) -> Change | None:
    """Return what a whole session lacked, or None where it lacked more than one thing."""
    most = course.numbers.bad_day_pain_points
    if course.flare:
        return Change("good_mornings", "= again", "whole")
    pain = pain_now(course)
    hurts = pain is not None and pain > most
    if hurts and course.worse:
        return None
    return Change("pain_now", f"<= {most}", "whole") if hurts else Change("worse", "= no", "whole")


_BETTER: dict[str, tuple[object, ...]] = {
    "effort": (Effort.RIGHT,),
    "done_share": (1.0,),
    "stopped": (False,),
    "unwell": (False,),
    "further_down": (False,),
    "new_weakness": (False,),
    "skipped": (None,),
    "leg_after": (LegVerdict.UNCHANGED,),
    "leg_morning": (LegVerdict.UNCHANGED,),
    "morning": (Comparison.SAME,),
    "night": (Comparison.SAME,),
    "morning_late": (False,),
}
_NUMBERS = ("pain", "leg_rise_after", "leg_rise_morning", "back_rise_morning")


def nearest_better(judged: Judged, numbers: Numbers, outcome: str) -> Change | None:
    """Return the smallest change of a single fact that would have given a better grade, or None.

    The fact that decided is tried first. For counts the nearest lower value is taken.
    """
    (grade, because), session, own = judged
    for name in (because, *ExerciseFacts._fields, *SessionFacts._fields):
        for value in _alternatives(name, session, own):
            if _grade_with(name, value, session, own, numbers) < grade:
                return Change(name, f"<= {value}" if name in _NUMBERS else f"= {_word(value)}", outcome)
    return None


def _alternatives(name: str, session: SessionFacts, own: ExerciseFacts) -> Iterable[object]:
    if name in _NUMBERS:
        now = getattr(own, name) if name in ExerciseFacts._fields else getattr(session, name)
        first = 10 if now is None and name == "pain" else now - 1 if now is not None else -1
        return range(first, -1, -1)
    return _BETTER.get(name, ())


def _grade_with(name: str, value: Any, session: SessionFacts, own: ExerciseFacts, numbers: Numbers) -> Grade:
    if name in ExerciseFacts._fields:
        changed: dict[str, Any] = {name: value}
        own = own._replace(**changed)
    else:
        session = session._replace(**{str(name): value})
    return worst(grade_session(session, numbers), grade_exercise(own, numbers))[0]


def _word(value: object) -> str:
    if value is None or value is False:
        return "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
