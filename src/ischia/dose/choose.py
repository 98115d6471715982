"""Today's session: which exercises, in which order, within the time there is."""

from ischia.dose.course import Course
from ischia.dose.library import Exercise
from ischia.dose.orders import Direction
from ischia.dose.raises import (
    Raise,
    Reasons,
    direction_rule,
    find_raise,
    fits_a_week,
    reason_against_any,
    reasons_against,
)
from ischia.dose.state import Item, Note, Refusal, Sketch, volume
from ischia.dose.step import capped, steps_up
from ischia.session.rules import Rule

POSITIONS = ("supine", "prone", "quadruped", "standing")
"""The order of positions: from lying on the back, over the belly, to hands and knees, and up once at the
end.
"""


def sketch_session(course: Course) -> Sketch | Refusal:
    """Return today's session. The gate must have been asked before: this only plans."""
    if course.rest_chosen == course.day:
        return Refusal((Note(Rule.REST_CHOSEN),))
    if course.reds_in_window() >= course.numbers.stop_reds:
        return Refusal((Note(Rule.TOO_MANY_REDS),))
    if course.rest_is_due:
        return Refusal((Note(Rule.REST_DUE),))
    reasons = reasons_against(course)
    raised = find_raise(course, reasons)
    notes: list[Note] = []
    items = _candidates(course, reasons, raised, notes)
    items = _few_enough(course, items, notes)
    items, duration_s = _short_enough(course, items, notes)
    if not items:
        return Refusal((_why_nothing(course), *notes))
    return Sketch(tuple(items), (*_about_today(course), *notes), duration_s)


def _candidates(course: Course, reasons: Reasons, raised: Raise | None, notes: list[Note]) -> list[Item]:
    items = []
    against_any = reason_against_any(course)
    for exercise_id in course.active():
        planned = (
            raised.exercise_id if raised is not None and raised.instead_of == exercise_id else exercise_id
        )
        exercise = course.library[planned]
        rule = direction_rule(course, planned) or _moved_later(course, exercise)
        if rule is not None:
            notes.append(Note(rule, planned, exercise.direction))
        elif planned not in course.done_today:
            if raised is not None and raised.exercise_id == planned:
                items.append(_raised_item(course, exercise, raised))
            else:
                amounts = tuple([state.amount for state in course.sides[planned]])
                rule = _rule_of(course, exercise, reasons[planned], against_any, raised)
                items.append(Item(exercise, amounts, rule, None))
    return items


def _raised_item(course: Course, exercise: Exercise, raised: Raise) -> Item:
    if raised.rule is Rule.RAISE_RUNG:
        begun = tuple(capped(raised.amount, course.most(exercise.id, side)) for side in exercise.sides)
        return Item(exercise, begun, raised.rule, None)
    amounts = tuple(
        raised.amount if side is raised.side else state.amount
        for side, state in zip(exercise.sides, course.sides[exercise.id], strict=True)
    )
    return Item(exercise, amounts, raised.rule, raised.side)


def _rule_of(
    course: Course,
    exercise: Exercise,
    reasons: tuple[Rule | None, ...],
    against_any: Rule | None,
    raised: Raise | None,
) -> Rule:
    changed = course.changed.get(exercise.id)
    if changed is not None:
        return changed
    if exercise.id not in course.planned_on:
        return Rule.START_EASIER if course.starts_easier else Rule.START
    for rule in reasons:
        if rule is not None and rule is not Rule.KEEP_STREAK:
            return rule
    if against_any is not None:
        return against_any
    if Rule.KEEP_STREAK in reasons:
        return Rule.KEEP_STREAK
    return Rule.KEEP_OTHER if raised is not None else why_no_step(course, exercise)


def why_no_step(course: Course, exercise: Exercise) -> Rule:
    """Return why an exercise that has earned a raise, on a day without one, got none."""
    track = course.active()[exercise.id]
    full = Rule.KEEP_CEILING
    for side, state in zip(exercise.sides, course.sides[exercise.id], strict=True):
        if step := steps_up(state.amount, course.most(exercise.id, side), course.numbers):
            rule, raised = step
            if rule is not Rule.RAISE_SETS or fits_a_week(course, volume(raised) - volume(state.amount)):
                return Rule.KEEP_WEEK
            full = Rule.KEEP_SETS
    above = () if track.place is None else track.rungs.exercises[track.place + 1 :]
    if above:
        return Rule.KEEP_LEFT_OUT if above[0] in track.rungs.beyond else full
    return Rule.KEEP_LOCKED if track.rungs.locked else full


def _moved_later(course: Course, exercise: Exercise) -> Rule | None:
    early = course.hour < course.numbers.flexion_from_hours
    if exercise.direction is Direction.FLEXION and early and course.direction() is not Direction.FLEXION:
        return Rule.FLEXION_LATER
    return None


def _few_enough(course: Course, items: list[Item], notes: list[Note]) -> list[Item]:
    """Keep as many as the day allows.

    On a bad day: the preferred direction first, then steadying exercises.
    """
    numbers = course.numbers
    easy = (
        course.bad_day or course.flare or course.red_lately or course.reds_in_window() >= numbers.review_reds
    )
    most = min(numbers.bad_day_exercises, numbers.session_exercises) if easy else numbers.session_exercises
    ranked = sorted(items, key=lambda item: _wish(course, item, easy))
    rule = Rule.REMOVE_BAD_DAY if easy else Rule.TIME_BUDGET
    notes += [Note(rule, item.exercise.id) for item in ranked[most:]]
    kept = {item.exercise.id for item in ranked[:most]}
    return [item for item in items if item.exercise.id in kept]


def _wish(course: Course, item: Item, easy: bool) -> int:
    if easy:
        order = (course.direction(), Direction.STABILISATION)
        return order.index(item.exercise.direction) if item.exercise.direction in order else len(order)
    return course.last_done.get(item.exercise.id, 0)


def _short_enough(course: Course, items: list[Item], notes: list[Note]) -> tuple[list[Item], float]:
    """Order the items by position, and leave out those done most recently until the session fits its time.

    Returns them with the seconds they take.
    """
    kept = sorted(items, key=lambda item: POSITIONS.index(item.exercise.position))
    most_s = course.numbers.session_most_minutes * 60
    while (duration_s := duration(course, kept)) > most_s:
        last = max(kept, key=lambda item: course.last_done.get(item.exercise.id, 0))
        kept.remove(last)
        notes.append(Note(Rule.TIME_BUDGET, last.exercise.id))
    return kept, duration_s


def duration(course: Course, items: list[Item]) -> float:
    """Return the seconds a session of these exercises takes, in this order."""
    numbers = course.numbers
    total, position = 0.0, ""
    for exercise, amounts, _, _ in items:
        if exercise.position != position:
            total += numbers.position_change_seconds
            position = exercise.position
        total += numbers.instruction_seconds - exercise.start.rest_s
        for hold_s, repetitions, sets in amounts:
            total += sets * (repetitions * (hold_s + exercise.movement_s) + exercise.start.rest_s)
    return total


def _about_today(course: Course) -> tuple[Note, ...]:
    notes = []
    if course.reds_in_window() >= course.numbers.review_reds:
        notes.append(Note(Rule.REVIEW))
    if course.flare or course.bad_day:
        notes.append(Note(Rule.BAD_DAY, None, "flare_up" if course.flare else "bad_day"))
    if has_no_gain(course):
        notes.append(Note(Rule.NO_GAIN))
    elif course.well_day and course.day - course.well_day >= course.numbers.no_gain_days:
        notes.append(Note(Rule.NO_PROGRESS))
    return tuple(notes)


def has_no_gain(course: Course) -> bool:
    """Whether the weeks have passed and pain is hardly less than at the first visit."""
    numbers, now = course.numbers, course.before
    pains = [pain for pain in (now.back, now.leg) if pain is not None]
    if course.baseline is None or not pains or course.day - course.first_day < numbers.no_gain_days:
        return False
    return course.baseline >= numbers.no_gain_points and course.baseline - max(pains) < numbers.no_gain_points


def _why_nothing(course: Course) -> Note:
    return Note(Rule.DONE_TODAY if course.done_today else Rule.NOTHING_LEFT)
