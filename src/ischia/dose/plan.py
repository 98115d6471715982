"""From everything known of a patient to today's session, or to the reason why there is none. Pure."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from ischia.check_in import CheckIn, Comparison, Moment
from ischia.dose.choose import sketch_session
from ischia.dose.course import RAISES, Course
from ischia.dose.decisions import decision_of_item, decision_of_note
from ischia.dose.history import History, NoSession
from ischia.dose.library import Library
from ischia.dose.protocol import Protocol
from ischia.dose.records import done_of
from ischia.dose.state import Item, Note, Refusal, Sketch, amount_of
from ischia.screening import QuestionBank, load_bank
from ischia.screening.screen import instant
from ischia.session.plan import Dose, PlannedExercise, SessionPlan, SideDose
from ischia.session.rules import Rule
from ischia.units import Side

_NAMESPACE = uuid.UUID("6f0f6d0e-61c2-5e8b-9f6d-3f8a4c1f7a55")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a coming session would look like, were the morning like the last one. It binds nobody."""

    plan: SessionPlan | NoSession


def plan_session(
    history: History, for_date: str, protocol: Protocol, library: Library, bank: QuestionBank | None = None
) -> SessionPlan | NoSession:
    """Return the session for ``for_date``, or why there is none.

    The last check-in has to be one made before a session on that date. A plan that was already made for it is
    returned as it was stored. Equal arguments give equal plans.

    Raises:
        ValueError: an instant or date in the history cannot be read.
    """
    course = fold(history, protocol, library, bank or load_bank())
    check_in = history.check_ins[-1] if history.check_ins else None
    if check_in is None or not _is_for(check_in, for_date):
        return refuse(course, for_date, (Note(Rule.NO_CHECK_IN),))
    plan_id = plan_id_of(check_in, for_date)
    stored = next((plan for plan in history.plans if plan.id == plan_id), None)
    return stored or plan_of(course, plan_id, for_date)


def plan_of(course: Course, plan_id: str, for_date: str) -> SessionPlan | NoSession:
    """Return the session for a course that has seen today's check-in."""
    if not course.watch.cleared:
        return NoSession(for_date, course.watch.verdict().decisions, course.protocol.stamp)
    sketch = sketch_session(course)
    if isinstance(sketch, Refusal):
        return refuse(course, for_date, sketch.notes)
    return write_out(course, sketch, plan_id, for_date)


def write_out(course: Course, sketch: Sketch, plan_id: str, for_date: str) -> SessionPlan:
    """Return a sketch as the plan that is stored."""
    return SessionPlan(
        id=plan_id,
        for_date=for_date,
        exercises=tuple(_planned(course, item) for item in sketch.items),
        duration_s=sketch.duration_s,
        decisions=tuple(decision_of_note(course, note) for note in (*sketch.notes, *course.left_out())),
        protocol=course.protocol.stamp,
    )


def refuse(course: Course, for_date: str, notes: tuple[Note, ...]) -> NoSession:
    """Return that there is no session, and why."""
    return NoSession(for_date, tuple(decision_of_note(course, note) for note in notes), course.protocol.stamp)


def _planned(course: Course, item: Item) -> PlannedExercise:
    rest_s = item.exercise.start.rest_s
    return PlannedExercise(
        exercise_id=item.exercise.id,
        doses=tuple(
            SideDose(side, Dose(hold_s, repetitions, sets, rest_s))
            for side, (hold_s, repetitions, sets) in zip(item.exercise.sides, item.amounts, strict=True)
        ),
        decision=decision_of_item(course, item),
    )


def plan_id_of(check_in: CheckIn, for_date: str) -> str:
    """Return the id of the plan that belongs to a check-in."""
    return str(uuid.uuid5(_NAMESPACE, f"{check_in.id} {for_date}"))


def _is_for(check_in: CheckIn, for_date: str) -> bool:
    return check_in.moment is Moment.BEFORE and check_in.at[:10] == for_date


Decide = Callable[[Course, CheckIn, str], None]


def fold(
    history: History, protocol: Protocol, library: Library, bank: QuestionBank, decide: Decide | None = None
) -> Course:
    """Return the course after everything in ``history``, in the order of its instants.

    Stored plans are taken over as they are: what was planned is a fact, whatever today's rules would have
    said. ``decide`` is called after each check-in before a session, with the id of its plan.
    """
    course = Course(history.intake, protocol, library, bank)
    plans = {plan.id: plan for plan in history.plans}
    steps: list[tuple[datetime, Callable[[], None]]] = []
    for order in history.orders:
        steps.append((instant(order.at), partial(course.order, order)))
    for rest in history.rest_days:
        steps.append((instant(rest.at), partial(course.rest_day, rest.for_date)))
    for check_in in history.check_ins:
        steps.append((instant(check_in.at), partial(_check_in, course, check_in, plans, decide)))
    for record in history.records:
        plan = plans.get(record.plan_id)
        if plan is not None:
            steps.append((instant(record.started_at), partial(course.done, plan.id, done_of(plan, record))))
    for stop in (stop for record in history.records for stop in record.stops):
        steps.append((instant(stop.at), partial(course.stop, stop)))
    for watch in history.nerve_watches:
        steps.append((instant(watch.at), partial(course.nerve_watch, watch)))
    for clearance in history.clearances:
        steps.append((instant(clearance.at), partial(course.clearance, clearance)))
    # Sorting keeps the order of what happened at the same instant.
    for _, step in sorted(steps, key=lambda step: step[0]):
        step()
    return course


def replay(
    history: History, protocol: Protocol, library: Library, bank: QuestionBank
) -> dict[str, SessionPlan | NoSession]:
    """Decide every session of a history anew, each from what was known at its check-in; by date.

    Between two decisions the stored plan is taken over, as it was then.
    """
    found: dict[str, SessionPlan | NoSession] = {}

    def decide(course: Course, check_in: CheckIn, plan_id: str) -> None:
        found[check_in.at[:10]] = plan_of(course, plan_id, check_in.at[:10])

    fold(history, protocol, library, bank, decide)
    return found


def _check_in(
    course: Course, check_in: CheckIn, plans: dict[str, SessionPlan], decide: Decide | None
) -> None:
    course.check_in(check_in)
    if check_in.moment is not Moment.BEFORE:
        return
    plan_id = plan_id_of(check_in, check_in.at[:10])
    if decide is not None:
        decide(course, check_in, plan_id)
    if plan_id in plans:
        plan = plans[plan_id]
        course.adopt(plan.id, tuple(_item_of(course, planned) for planned in plan.exercises))


def _item_of(course: Course, planned: PlannedExercise) -> Item:
    rule = Rule(planned.decision.rule)
    side = next((fact.value for fact in planned.decision.facts if fact.name == "side"), None)
    return Item(
        exercise=course.library[planned.exercise_id],
        amounts=tuple(amount_of(side_dose.dose) for side_dose in planned.doses),
        rule=rule,
        side=Side(str(side)) if side is not None and rule in RAISES else None,
    )


def outlook(
    history: History, for_date: str, protocol: Protocol, library: Library, bank: QuestionBank | None = None
) -> Outlook:
    """Return what ``for_date`` would look like if the person then feels as at the last check-in before a
    session.
    """
    before = next((one for one in reversed(history.check_ins) if one.moment is Moment.BEFORE), None)
    if before is None:
        return Outlook(plan_session(history, for_date, protocol, library, bank))
    last = max(instant(one.at) for one in history.check_ins)
    days = date.fromisoformat(for_date) - instant(before.at).date()
    at = instant(before.at) + max(days, timedelta(0))
    bank = bank or load_bank()
    nothing_wrong = {question.id: False for question in bank.questions} | {
        group.id: False for group in bank.groups
    }
    assumed = replace(
        before,
        id=f"{before.id} again on {for_date}",
        at=max(at, last + timedelta(seconds=1)).isoformat(),
        night=Comparison.SAME,
        morning=Comparison.SAME,
        new_symptoms=False,
        answers={**nothing_wrong, **before.answers},
    )
    ahead = replace(history, check_ins=(*history.check_ins, assumed))
    return Outlook(plan_session(ahead, for_date, protocol, library, bank))
