"""What is said to have changed a decision really would have changed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.clinic import protocol

from ischia.check_in import Comparison, LegVerdict
from ischia.dose.decisions import nearest_better
from ischia.dose.grade import ExerciseFacts, Grade, SessionFacts, grade_exercise, grade_session, worst
from ischia.session.decision import Change
from ischia.session.record import Effort, SkipReason

NUMBERS = protocol().numbers
SESSIONS = st.builds(
    SessionFacts,
    leg_after=st.none() | st.sampled_from(LegVerdict), leg_rise_after=st.none() | st.integers(-3, 4),
    leg_morning=st.none() | st.sampled_from(LegVerdict), leg_rise_morning=st.none() | st.integers(-3, 4),
    back_rise_morning=st.none() | st.integers(-3, 5), morning=st.none() | st.sampled_from(Comparison),
    night=st.none() | st.sampled_from(Comparison), morning_late=st.booleans(),
)  # fmt: skip
EXERCISES = st.builds(
    ExerciseFacts,
    pain=st.none() | st.integers(0, 10), pain_before=st.none() | st.integers(0, 10),
    effort=st.none() | st.sampled_from(Effort), done_share=st.none() | st.sampled_from([0.0, 0.5, 1.0]),
    stopped=st.booleans(), unwell=st.booleans(), further_down=st.booleans(), new_weakness=st.booleans(),
    skipped=st.none() | st.sampled_from(SkipReason),
)  # fmt: skip
WORDS = {
    "no": False,
    "same": Comparison.SAME,
    "unchanged": LegVerdict.UNCHANGED,
    "right": Effort.RIGHT,
    "1": 1.0,
}


@given(SESSIONS, EXERCISES)
def test_the_change_that_is_named_gives_a_better_grade(session: SessionFacts, own: ExerciseFacts) -> None:
    judgement = worst(grade_session(session, NUMBERS), grade_exercise(own, NUMBERS))
    change = nearest_better((judgement, session, own), NUMBERS, "keep")
    if change is None:
        return
    operator, _, word = change.needed.partition(" ")
    value: object = int(word) if operator == "<=" else WORDS[word]
    if change.fact == "skipped":
        value = None
    if change.fact in ExerciseFacts._fields:
        own = own._replace(**{change.fact: value})  # type: ignore[arg-type]
    else:
        session = session._replace(**{change.fact: value})  # type: ignore[arg-type]
    assert worst(grade_session(session, NUMBERS), grade_exercise(own, NUMBERS))[0] < judgement[0]


def test_a_green_session_needs_no_change() -> None:
    session = SessionFacts(
        LegVerdict.UNCHANGED, 0, LegVerdict.UNCHANGED, 0, 0, Comparison.SAME, Comparison.SAME, False
    )
    own = ExerciseFacts(1, 2, Effort.RIGHT, 1.0, False, False, False, False, None)
    assert nearest_better(((Grade.GREEN, ""), session, own), NUMBERS, "keep") is None


@pytest.mark.parametrize(
    ("pain", "grade", "needed"),
    [(3, Grade.AMBER, "<= 2"), (6, Grade.RED, "<= 5"), (None, Grade.UNKNOWN, "<= 2")],
)
def test_the_pain_that_would_have_been_better_is_the_next_below(
    pain: int | None, grade: Grade, needed: str
) -> None:
    session = SessionFacts(
        LegVerdict.UNCHANGED, 0, LegVerdict.UNCHANGED, 0, 0, Comparison.SAME, Comparison.SAME, False
    )
    own = ExerciseFacts(pain, 2, Effort.RIGHT, 1.0, False, False, False, False, None)
    assert nearest_better(((grade, "pain"), session, own), NUMBERS, "keep") == Change("pain", needed, "keep")


def test_the_nearest_lower_pain_is_named_not_the_lowest() -> None:
    session = SessionFacts(
        LegVerdict.UNCHANGED, 0, LegVerdict.UNCHANGED, 0, 0, Comparison.SAME, Comparison.SAME, False
    )
    own = ExerciseFacts(8, 2, Effort.RIGHT, 1.0, False, False, False, False, None)
    change = nearest_better(((Grade.RED, "pain"), session, own), NUMBERS, "keep")
    assert change is not None
    assert (change.fact, change.needed, change.outcome) == ("pain", "<= 5", "keep")
