"""Whether anything may be raised today, and what: one variable of one side of one exercise, or one rung."""

from typing import NamedTuple

from ischia.dose.course import Course
from ischia.dose.grade import Grade
from ischia.dose.orders import Direction
from ischia.dose.state import Amount, SideState, Track, amount_of, volume
from ischia.dose.step import steps_up
from ischia.session.rules import Rule
from ischia.units import Side


class Raise(NamedTuple):
    """The one raise of the day. ``exercise_id`` is the new exercise where a rung is raised; ``side`` then
    None.
    """

    rule: Rule
    exercise_id: str
    instead_of: str
    side: Side | None
    amount: Amount


def reason_against_any(course: Course) -> Rule | None:
    """Return the rule that keeps everything as it is today, or None."""
    if course.orders.all_frozen:
        return Rule.KEEP_FROZEN
    if not course.watch.may_raise:
        return Rule.KEEP_FLAG
    if course.red_lately or course.bad_day or course.flare:
        return Rule.KEEP_BAD_DAY
    if course.reds_in_window() >= course.numbers.review_reds:
        return Rule.REVIEW
    return Rule.KEEP_OTHER if course.raised_on == course.day else None


Reasons = dict[str, tuple[Rule | None, ...]]
"""For each exercise some ladder stands on, why each of its sides stays as it is; None where it has earned a
raise.
"""


def reasons_against(course: Course) -> Reasons:
    """Return why each side of each exercise stays as it is."""
    return {
        exercise_id: tuple(
            [reason_against(course, exercise_id, place) for place in range(len(course.sides[exercise_id]))]
        )
        for exercise_id in course.active()
    }


def find_raise(course: Course, reasons: Reasons) -> Raise | None:
    """Return today's raise. Among several earned, the one whose last raise lies longest back goes first."""
    earned = [
        (course.sides[exercise_id][place].raised_day, order, place, exercise_id)
        for order, (exercise_id, sides) in enumerate(reasons.items())
        for place, reason in enumerate(sides)
        if reason is None
    ]
    if not earned or reason_against_any(course) is not None:
        return None
    earned.sort()
    for _, _, place, exercise_id in earned:
        found = _raise_of(course, course.active()[exercise_id], place)
        if found is not None:
            return found
    return None


def reason_against(course: Course, exercise_id: str, place: int) -> Rule | None:
    """Return the rule that keeps one side of one exercise as it is, or None where it has earned a raise."""
    if course.orders.is_frozen(exercise_id):
        return Rule.KEEP_FROZEN
    judged = course.judged.get(exercise_id)
    if judged is None:
        return Rule.KEEP_MISSING
    grade = judged[place][0][0]
    if grade is not Grade.GREEN:
        return Rule.KEEP_MISSING if grade is Grade.UNKNOWN else Rule.KEEP
    if exercise_id in course.lowered or exercise_id in course.changed:
        return Rule.KEEP_STREAK
    return None if is_earned(course, course.sides[exercise_id][place]) else Rule.KEEP_STREAK


def is_earned(course: Course, state: SideState) -> bool:
    """Whether there were green sessions enough, over hours enough."""
    numbers = course.numbers
    return (
        state.greens >= numbers.green_sessions
        and course.morning_h - state.green_since_h >= numbers.green_hours
    )


def _raise_of(course: Course, track: Track, place: int) -> Raise | None:
    exercise_id = track.exercise_id or ""
    side = course.library[exercise_id].sides[place]
    amount = course.sides[exercise_id][place].amount
    step = steps_up(amount, course.most(exercise_id, side), course.numbers)
    if step is None:
        return _rung_above(course, track)
    rule, raised = step
    if fits_the_week(course, volume(raised) - volume(amount), smallest=rule is not Rule.RAISE_SETS):
        return Raise(rule, exercise_id, exercise_id, side, raised)
    return _rung_above(course, track) if rule is Rule.RAISE_SETS else None


def _rung_above(course: Course, track: Track) -> Raise | None:
    """Return the move to the harder rung: both sides at the ceiling, both earned, no bound below the
    ceiling.
    """
    exercise_id, above = track.exercise_id or "", next_rung(track)
    if above is None or not may_do(course, above) or above in course.active():
        return None
    if course.day - course.rung_raised_day < course.numbers.rung_apart_days and course.rung_raised_day:
        return None
    exercise = course.library[exercise_id]
    ceiling = amount_of(exercise.ceiling)
    for place, side in enumerate(exercise.sides):
        amount = course.sides[exercise_id][place].amount
        if (
            reason_against(course, exercise_id, place) is not None
            or course.most(exercise_id, side) != ceiling
        ):
            return None
        if amount[0] < ceiling[0] or amount[1] < ceiling[1]:
            return None
    start = amount_of(course.library[above].start)
    rise = volume(start) * len(course.library[above].sides) - sum(
        volume(one.amount) for one in course.sides[exercise_id]
    )
    if not fits_the_week(course, max(0.0, rise), smallest=False):
        return None
    return Raise(Rule.RAISE_RUNG, above, exercise_id, None, start)


def next_rung(track: Track) -> str | None:
    """Return the exercise one rung above, or None at the top and before a rung that is left out."""
    rungs = track.rungs.exercises
    if track.place is None or track.place + 1 >= len(rungs) or rungs[track.place + 1] in track.rungs.beyond:
        return None
    return rungs[track.place + 1]


def may_do(course: Course, exercise_id: str) -> bool:
    """Whether the exercise's direction is neither paused nor against the preference."""
    return direction_rule(course, exercise_id) is None


def direction_rule(course: Course, exercise_id: str) -> Rule | None:
    """Return the rule that leaves an exercise out because of its direction, or None."""
    direction = course.library[exercise_id].direction
    if direction is Direction.STABILISATION:
        return None
    if course.paused.get(direction, 0) > course.day:
        return Rule.REMOVE_DIRECTION
    preferred = course.direction()
    return None if preferred in (None, direction) else Rule.REMOVE_PREFERENCE


def fits_the_week(course: Course, rise: float, smallest: bool) -> bool:
    """Whether the raises of the window, this one included, stay within the share of the programme's volume.

    With no other raise in the window a single step of hold or repetitions always fits (``smallest``), so
    that a small programme can grow at all.
    """
    numbers = course.numbers
    since = course.day - numbers.volume_window_days
    earlier = [one for one in course.rises if one[0] > since]
    if not earlier:
        return smallest or fits_a_week(course, rise)
    least = min(course.volume(), min(before for _, _, before in earlier))
    return sum(added for _, added, _ in earlier) + rise <= numbers.volume_rise_share * least


def fits_a_week(course: Course, rise: float) -> bool:
    """Whether a raise stays within its share of the programme's volume in a week without any other."""
    return rise <= course.numbers.volume_rise_share * course.volume()
