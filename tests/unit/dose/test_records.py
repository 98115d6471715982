"""What a record says of each exercise of its plan."""

from ischia.dose.records import done_of
from ischia.session import (
    Decision,
    Dose,
    Effort,
    Feedback,
    MeasuredBy,
    PlannedExercise,
    ProtocolStamp,
    SessionPlan,
    SessionRecord,
    SetRecord,
    SideDose,
    Skip,
    SkipReason,
    Stop,
    StopReason,
)
from ischia.units import Side

AT = "2026-03-02T11:00:00+07:00"
WHY = Decision("dose.start", "start", None, (), ())
DOSE = Dose(3, 4, 2, 30)
PLAN = SessionPlan(
    "p", "2026-03-02",
    (
        PlannedExercise("dog", (SideDose(Side.LEFT, DOSE), SideDose(Side.RIGHT, DOSE)), WHY),
        PlannedExercise("bridge", (SideDose(Side.BOTH, DOSE),), WHY),
    ),
    600, (), ProtocolStamp("default", "1", "0"),
)  # fmt: skip


def one_set(exercise_id: str, side: Side, number: int, repetitions: int) -> SetRecord:
    return SetRecord(
        f"{exercise_id}{side}{number}",
        exercise_id,
        side,
        number,
        DOSE,
        repetitions,
        (),
        MeasuredBy.HAND,
        AT,
        AT,
    )


def record(**parts: tuple[object, ...]) -> SessionRecord:
    return SessionRecord("p", AT, **parts)  # type: ignore[arg-type]


def test_shares_are_repetitions_done_of_those_prescribed_for_each_side() -> None:
    sets = (
        one_set("dog", Side.LEFT, 1, 4),
        one_set("dog", Side.LEFT, 2, 4),
        one_set("dog", Side.RIGHT, 1, 2),
    )
    assert done_of(PLAN, record(sets=sets))["dog"].shares == (1.0, 0.25)


def test_more_than_prescribed_is_all_of_it() -> None:
    sets = tuple(one_set("bridge", Side.BOTH, number, 4) for number in (1, 2, 3))
    assert done_of(PLAN, record(sets=sets))["bridge"].shares == (1.0,)


def test_what_was_not_touched_is_not_there() -> None:
    assert set(done_of(PLAN, record(sets=(one_set("bridge", Side.BOTH, 1, 4),)))) == {"bridge"}
    assert done_of(PLAN, record()) == {}


def test_what_was_never_planned_is_left_aside() -> None:
    assert done_of(PLAN, record(sets=(one_set("plank", Side.BOTH, 1, 4),))) == {}


def test_the_strongest_pain_and_the_last_effort_count() -> None:
    told = (
        Feedback("1", "bridge", Effort.HARD, 3, AT),
        Feedback("2", "bridge", Effort.EASY, None, AT),
        Feedback("3", "bridge", None, 2, AT),
        Feedback("4", "dog", Effort.RIGHT, 9, AT),
    )
    found = done_of(PLAN, record(feedback=told))["bridge"]
    assert (found.pain, found.effort, found.shares) == (3, Effort.EASY, (0.0,))


def test_no_answer_stays_no_answer() -> None:
    found = done_of(PLAN, record(feedback=(Feedback("1", "bridge", None, None, AT),)))["bridge"]
    assert (found.pain, found.effort, found.skipped) == (None, None, None)


def test_a_skip_keeps_its_reason() -> None:
    skips = (Skip("1", "bridge", None, SkipReason.PAIN, AT), Skip("2", "bridge", None, SkipReason.TIRED, AT))
    assert done_of(PLAN, record(skips=skips))["bridge"].skipped is SkipReason.PAIN


def test_a_stop_and_its_two_answers() -> None:
    stop = Stop("1", "bridge", StopReason.HURTS_MORE, True, True, AT)
    found = done_of(PLAN, record(stops=(stop,)))
    assert set(found) == {"bridge"}
    assert found["bridge"][3:7] == (True, False, True, True)


def test_stops_without_alarm() -> None:
    unwell = done_of(PLAN, record(stops=(Stop("1", "bridge", StopReason.UNWELL, None, None, AT),)))["bridge"]
    assert unwell[3:7] == (False, True, False, False)
    enough = done_of(PLAN, record(stops=(Stop("1", "bridge", StopReason.ENOUGH, False, False, AT),)))[
        "bridge"
    ]
    assert enough[3:7] == (False, False, False, False)


def test_a_stop_that_names_no_exercise_concerns_what_was_begun() -> None:
    stop = Stop("1", None, StopReason.HURTS_MORE, None, None, AT)
    found = done_of(PLAN, record(stops=(stop,), sets=(one_set("bridge", Side.BOTH, 1, 4),)))
    assert set(found) == {"bridge"}
    assert found["bridge"].stopped
    assert set(done_of(PLAN, record(stops=(stop,)))) == {"dog"}


def test_a_stop_of_another_exercise_leaves_this_one_alone() -> None:
    stop = Stop("1", "dog", StopReason.HURTS_MORE, True, None, AT)
    found = done_of(PLAN, record(stops=(stop,), sets=(one_set("bridge", Side.BOTH, 1, 4),)))
    assert not found["bridge"].stopped
    assert not found["bridge"].further_down
