"""Green, amber or red: how a session and each of its exercises went down, judged the morning after.

Red and amber are seen in whatever was answered. Green needs every answer: a missing one leaves the grade
unknown, and an unknown grade never raises anything.
"""

from enum import IntEnum
from typing import NamedTuple

from ischia.check_in import Comparison, LegVerdict
from ischia.dose.protocol import Numbers
from ischia.session.record import Effort, SkipReason


class Grade(IntEnum):
    """From best to worst. Of two grades the higher stands.

    RETREATING is a sorer back while the leg gets better: nothing is raised on it, and nothing lowered. STEADY
    is the mild form of amber: pain that was there before the session, or leg pain up by less than the change
    that counts. It counts in a row as amber does, but lowers no further than the light start.
    """

    GREEN = 0
    UNKNOWN = 1
    RETREATING = 2
    STEADY = 3
    AMBER = 4
    RED = 5


class SessionFacts(NamedTuple):
    """What is known of a whole session the morning after. None is "not answered".

    Attributes:
        leg_after: the leg map right after the session against the one before it.
        leg_rise_after: rise of the strongest leg pain right after.
        leg_morning: the leg map next morning against the one before the session.
        morning_late: the check-in came too late to speak for the morning after.
    """

    leg_after: LegVerdict | None
    leg_rise_after: int | None
    leg_morning: LegVerdict | None
    leg_rise_morning: int | None
    back_rise_morning: int | None
    morning: Comparison | None
    night: Comparison | None
    morning_late: bool


class ExerciseFacts(NamedTuple):
    """What is known of one side of one exercise. None is "not answered" or "not recorded".

    Attributes:
        pain_before: strongest pain at the check-in before the session.
        done_share: repetitions done of those prescribed, 0 to 1.
        stopped: the stop button was pressed because it hurt more.
        unwell: the stop button was pressed because of feeling unwell.
    """

    pain: int | None
    pain_before: int | None
    effort: Effort | None
    done_share: float | None
    stopped: bool
    unwell: bool
    further_down: bool
    new_weakness: bool
    skipped: SkipReason | None


Judgement = tuple[Grade, str]
"""A grade and the name of the fact that decided it; the name is empty for green."""


_GREEN: Judgement = (Grade.GREEN, "")
_PERIPHERALISING = LegVerdict.PERIPHERALISING
_NOT_COMPARABLE = LegVerdict.NOT_COMPARABLE


def grade_session(facts: SessionFacts, numbers: Numbers) -> Judgement:
    """Grade what concerns the whole session. Where several facts decide, the first in this order is named."""
    leg_after, leg_rise_after, leg_morning, leg_rise, back_rise, morning, night, _ = facts
    if leg_after is _PERIPHERALISING:
        return Grade.RED, "leg_after"
    if leg_morning is _PERIPHERALISING:
        return Grade.RED, "leg_morning"
    if leg_rise_after is not None and leg_rise_after >= numbers.leg_rise_red_points:
        return Grade.RED, "leg_rise_after"
    if leg_rise is not None and leg_rise >= numbers.leg_rise_red_points:
        return Grade.RED, "leg_rise_morning"
    centralising = leg_morning is LegVerdict.CENTRALISING
    if back_rise is not None and back_rise >= numbers.back_rise_red_points and not centralising:
        return Grade.RED, "back_rise_morning"
    if morning is Comparison.WORSE:
        return Grade.AMBER, "morning"
    if night is Comparison.WORSE:
        return Grade.AMBER, "night"
    up_back = back_rise is not None and back_rise >= numbers.back_rise_amber_points
    if up_back and not centralising:
        return Grade.AMBER, "back_rise_morning"
    if leg_rise_after is not None and leg_rise_after > 0:
        return Grade.STEADY, "leg_rise_after"
    if leg_rise is not None and leg_rise > 0:
        return Grade.STEADY, "leg_rise_morning"
    if up_back:
        return Grade.RETREATING, "back_rise_morning"
    return _missing_of_session(facts)


def _missing_of_session(facts: SessionFacts) -> Judgement:
    if facts.morning_late:
        return Grade.UNKNOWN, "morning_late"
    if facts.leg_after is None or facts.leg_after is _NOT_COMPARABLE:
        return Grade.UNKNOWN, "leg_after"
    if facts.leg_morning is None or facts.leg_morning is _NOT_COMPARABLE:
        return Grade.UNKNOWN, "leg_morning"
    if facts.morning is None:
        return Grade.UNKNOWN, "morning"
    if facts.night is None:
        return Grade.UNKNOWN, "night"
    return _GREEN


def grade_exercise(facts: ExerciseFacts, numbers: Numbers) -> Judgement:
    """Grade what concerns one side of one exercise. The first fact in this order is named."""
    pain, pain_before, effort, done_share, stopped, unwell, further_down, new_weakness, skipped = facts
    if new_weakness:
        return Grade.RED, "new_weakness"
    if further_down:
        return Grade.RED, "further_down"
    if stopped:
        return Grade.RED, "stopped"
    if pain is not None and pain > numbers.red_pain_points:
        return Grade.RED, "pain"
    if unwell:
        return Grade.AMBER, "unwell"
    if skipped in _TOO_MUCH:
        return Grade.AMBER, "skipped"
    hurts = pain is not None and pain > numbers.green_pain_points
    if hurts and (pain_before is None or pain is None or pain > pain_before):
        return Grade.AMBER, "pain"
    if effort is Effort.HARD:
        return Grade.AMBER, "effort"
    if skipped is None and done_share is not None and done_share < 1:
        return Grade.AMBER, "done_share"
    if hurts:
        return Grade.STEADY, "pain"
    if skipped is not None:
        return Grade.UNKNOWN, "skipped"
    return _missing_of_exercise(facts)


_TOO_MUCH = (SkipReason.PAIN, SkipReason.TIRED, SkipReason.CANNOT)


def _missing_of_exercise(facts: ExerciseFacts) -> Judgement:
    if facts.pain is None:
        return Grade.UNKNOWN, "pain"
    if facts.effort is None:
        return Grade.UNKNOWN, "effort"
    if facts.done_share is None:
        return Grade.UNKNOWN, "done_share"
    return _GREEN


def worst(first: Judgement, second: Judgement) -> Judgement:
    """Return the worse of two judgements, the first where they are alike."""
    return second if second[0] > first[0] else first
