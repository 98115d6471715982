"""What a session record says of each exercise of its plan."""

from collections.abc import Mapping

from ischia.dose.state import Done
from ischia.session.plan import PlannedExercise, SessionPlan
from ischia.session.record import SessionRecord, Stop, StopReason


def done_of(plan: SessionPlan, record: SessionRecord) -> Mapping[str, Done]:
    """Return what was done of each planned exercise that was touched: a set, a skip, an answer or a stop.

    A stop that names no exercise concerns every exercise that was begun; where none was, the first of the
    plan.
    """
    touched = {
        *(one.exercise_id for one in record.sets),
        *(one.exercise_id for one in record.skips),
        *(one.exercise_id for one in record.feedback),
        *(one.exercise_id for one in record.stops if one.exercise_id is not None),
    }
    if any(stop.exercise_id is None for stop in record.stops) and not touched and plan.exercises:
        touched.add(plan.exercises[0].exercise_id)
    return {
        planned.exercise_id: _done(planned, record)
        for planned in plan.exercises
        if planned.exercise_id in touched
    }


def _done(planned: PlannedExercise, record: SessionRecord) -> Done:
    exercise_id = planned.exercise_id
    answers = [one for one in record.feedback if one.exercise_id == exercise_id]
    skips = [one for one in record.skips if one.exercise_id == exercise_id]
    stops = [stop for stop in record.stops if stop.exercise_id in (None, exercise_id)]
    return Done(
        pain=max((one.pain for one in answers if one.pain is not None), default=None),
        effort=next((one.effort for one in reversed(answers) if one.effort is not None), None),
        shares=_shares(planned, record),
        stopped=any(stop.reason is StopReason.HURTS_MORE for stop in stops),
        unwell=any(stop.reason is StopReason.UNWELL for stop in stops),
        further_down=any(_yes(stop, "pain_further_down") for stop in stops),
        new_weakness=any(_yes(stop, "new_weakness_or_numbness") for stop in stops),
        skipped=skips[0].reason if skips else None,
    )


def _yes(stop: Stop, question: str) -> bool:
    return getattr(stop, question) is True


def _shares(planned: PlannedExercise, record: SessionRecord) -> tuple[float | None, ...]:
    shares: list[float | None] = []
    for side_dose in planned.doses:
        wanted = side_dose.dose.sets * side_dose.dose.repetitions
        done = sum(
            one.repetitions
            for one in record.sets
            if one.exercise_id == planned.exercise_id and one.side is side_dose.side
        )
        shares.append(min(1.0, done / wanted))
    return tuple(shares)
