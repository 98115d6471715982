"""Green, amber, red: each fact on both sides of its boundary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.clinic import protocol

from ischia.check_in import Comparison, LegVerdict
from ischia.dose.grade import ExerciseFacts, Grade, SessionFacts, grade_exercise, grade_session, worst
from ischia.session.record import Effort, SkipReason

NUMBERS = protocol().numbers
CENTRALISING = LegVerdict.CENTRALISING
GOOD_SESSION = SessionFacts(
    LegVerdict.UNCHANGED, 0, LegVerdict.UNCHANGED, 0, 0, Comparison.SAME, Comparison.SAME, morning_late=False
)
GOOD = ExerciseFacts(1, 2, Effort.RIGHT, 1.0, False, False, False, False, None)


@pytest.mark.parametrize(
    ("changed", "grade", "because"),
    [
        ({}, Grade.GREEN, ""),
        ({"morning": Comparison.BETTER, "leg_morning": CENTRALISING}, Grade.GREEN, ""),
        ({"leg_rise_after": -3, "leg_rise_morning": -1, "back_rise_morning": -2}, Grade.GREEN, ""),
        ({"leg_after": LegVerdict.PERIPHERALISING}, Grade.RED, "leg_after"),
        ({"leg_morning": LegVerdict.PERIPHERALISING}, Grade.RED, "leg_morning"),
        ({"leg_rise_after": 2}, Grade.RED, "leg_rise_after"),
        ({"leg_rise_after": 1}, Grade.STEADY, "leg_rise_after"),
        ({"leg_rise_morning": 2}, Grade.RED, "leg_rise_morning"),
        ({"leg_rise_morning": 1}, Grade.STEADY, "leg_rise_morning"),
        ({"back_rise_morning": 3}, Grade.RED, "back_rise_morning"),
        ({"back_rise_morning": 2}, Grade.AMBER, "back_rise_morning"),
        ({"back_rise_morning": 1}, Grade.AMBER, "back_rise_morning"),
        ({"back_rise_morning": 1, "leg_rise_after": 1}, Grade.AMBER, "back_rise_morning"),
        (
            {"back_rise_morning": 4, "leg_morning": CENTRALISING},
            Grade.RETREATING,
            "back_rise_morning",
        ),
        (
            {"back_rise_morning": 1, "leg_morning": CENTRALISING},
            Grade.RETREATING,
            "back_rise_morning",
        ),
        ({"morning": Comparison.WORSE}, Grade.AMBER, "morning"),
        ({"night": Comparison.WORSE}, Grade.AMBER, "night"),
        ({"leg_after": None, "leg_rise_after": None}, Grade.UNKNOWN, "leg_after"),
        ({"leg_after": LegVerdict.NOT_COMPARABLE}, Grade.UNKNOWN, "leg_after"),
        ({"leg_morning": None}, Grade.UNKNOWN, "leg_morning"),
        ({"leg_morning": LegVerdict.NOT_COMPARABLE}, Grade.UNKNOWN, "leg_morning"),
        ({"morning": None}, Grade.UNKNOWN, "morning"),
        ({"night": None}, Grade.UNKNOWN, "night"),
        ({"morning_late": True}, Grade.UNKNOWN, "morning_late"),
    ],
)
def test_a_session_is_graded_by_its_worst_fact(
    changed: dict[str, object], grade: Grade, because: str
) -> None:
    assert grade_session(GOOD_SESSION._replace(**changed), NUMBERS) == (grade, because)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "grade", "because"),
    [
        ({}, Grade.GREEN, ""),
        ({"effort": Effort.EASY, "pain": 0}, Grade.GREEN, ""),
        ({"pain": 2}, Grade.GREEN, ""),
        ({"pain": 3}, Grade.AMBER, "pain"),
        ({"pain": 3, "pain_before": None}, Grade.AMBER, "pain"),
        ({"pain": 3, "pain_before": 3}, Grade.STEADY, "pain"),
        ({"pain": 4, "pain_before": 3}, Grade.AMBER, "pain"),
        ({"pain": 5, "pain_before": 5}, Grade.STEADY, "pain"),
        ({"pain": 6, "pain_before": 6}, Grade.RED, "pain"),
        ({"new_weakness": True}, Grade.RED, "new_weakness"),
        ({"further_down": True}, Grade.RED, "further_down"),
        ({"stopped": True}, Grade.RED, "stopped"),
        ({"unwell": True}, Grade.AMBER, "unwell"),
        ({"effort": Effort.HARD}, Grade.AMBER, "effort"),
        ({"effort": Effort.HARD, "pain": 3, "pain_before": 3}, Grade.AMBER, "effort"),
        ({"done_share": 0.99}, Grade.AMBER, "done_share"),
        ({"done_share": 0.5, "pain": 3, "pain_before": 3}, Grade.AMBER, "done_share"),
        ({"skipped": SkipReason.PAIN}, Grade.AMBER, "skipped"),
        ({"skipped": SkipReason.TIRED}, Grade.AMBER, "skipped"),
        ({"skipped": SkipReason.CANNOT}, Grade.AMBER, "skipped"),
        ({"skipped": SkipReason.NO_TIME}, Grade.UNKNOWN, "skipped"),
        ({"skipped": SkipReason.OTHER, "done_share": 0.0}, Grade.UNKNOWN, "skipped"),
        ({"pain": None}, Grade.UNKNOWN, "pain"),
        ({"effort": None}, Grade.UNKNOWN, "effort"),
        ({"done_share": None}, Grade.UNKNOWN, "done_share"),
    ],
)
def test_an_exercise_is_graded_by_its_worst_fact(
    changed: dict[str, object], grade: Grade, because: str
) -> None:
    assert grade_exercise(GOOD._replace(**changed), NUMBERS) == (grade, because)  # type: ignore[arg-type]


def test_of_two_grades_the_worse_stands_and_of_equals_the_first() -> None:
    assert worst((Grade.GREEN, ""), (Grade.RED, "pain")) == (Grade.RED, "pain")
    assert worst((Grade.AMBER, "night"), (Grade.STEADY, "pain")) == (Grade.AMBER, "night")
    assert worst((Grade.AMBER, "night"), (Grade.AMBER, "pain")) == (Grade.AMBER, "night")


EXERCISES = st.builds(
    ExerciseFacts,
    pain=st.none() | st.integers(0, 10), pain_before=st.none() | st.integers(0, 10),
    effort=st.none() | st.sampled_from(Effort), done_share=st.none() | st.floats(0, 1), stopped=st.booleans(),
    unwell=st.booleans(), further_down=st.booleans(), new_weakness=st.booleans(),
    skipped=st.none() | st.sampled_from(SkipReason),
)  # fmt: skip


@given(EXERCISES, st.sampled_from(["pain", "effort", "done_share", "pain_before"]))
def test_taking_an_answer_away_never_makes_a_grade_green(facts: ExerciseFacts, name: str) -> None:
    if grade_exercise(facts, NUMBERS)[0] is not Grade.GREEN:
        assert grade_exercise(facts._replace(**{name: None}), NUMBERS)[0] is not Grade.GREEN  # type: ignore[arg-type]


@given(EXERCISES, st.integers(1, 10))
def test_more_pain_never_makes_a_better_grade(facts: ExerciseFacts, more: int) -> None:
    if facts.pain is not None and facts.pain + more <= 10:
        worse = facts._replace(pain=facts.pain + more)
        assert grade_exercise(worse, NUMBERS)[0] >= grade_exercise(facts, NUMBERS)[0]
