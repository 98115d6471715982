"""History: what was planned and what was done, day by day, and pain and dose over time."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ischia.check_in import CheckIn, Moment, NerveWatch
from ischia.check_in.leg_map import summarise
from ischia.server.accounts.identity import for_patients
from ischia.server.facts import event_value, facts_of, plan_value, session_plan
from ischia.server.patients.models import Patient
from ischia.server.training import charts, counted, shown
from ischia.server.training.models import Session
from ischia.session import SessionPlan, SessionRecord, record_from_events
from ischia.session.serialise import from_plain


def days_of(patient: Patient) -> list[dict[str, Any]]:
    """Return every day with a check-in, a session or a rest, newest last, as lists and charts show it."""
    facts = facts_of(patient)
    days: dict[date, dict[str, Any]] = {}
    for one in facts.check_ins:
        if one.moment is Moment.BEFORE:
            days.setdefault(_date(one), _blank(_date(one))).update(_pains(one))
    records = {record.plan_id: record for record in facts.records}
    for session in patient.sessions.select_related("plan"):
        plan = plan_value(session.plan)
        if isinstance(plan, SessionPlan):
            day = days.setdefault(session.on_date, _blank(session.on_date))
            day["sessions"].append({"id": session.pk, **_amounts(plan, records[plan.id])})
            day["kind"] = "session"
    for rest in patient.rest_days.all():
        days.setdefault(rest.on_date, _blank(rest.on_date))["kind"] = "rest"
    for plan_row in patient.plans.filter(has_session=False):
        day = days.setdefault(plan_row.for_date, _blank(plan_row.for_date))
        if not day["sessions"]:
            day["kind"] = "none"
    return [days[key] for key in sorted(days)]


def _date(check_in: CheckIn) -> date:
    return date.fromisoformat(check_in.at[:10])


def _blank(day: date) -> dict[str, Any]:
    return {"date": day, "back": None, "leg": None, "sessions": [], "kind": "check_in"}


def _pains(one: CheckIn) -> dict[str, int | None]:
    summary = summarise(one.leg_map)
    return {"back": summary.back, "leg": summary.leg}


def _amounts(plan: SessionPlan, done: SessionRecord) -> dict[str, Any]:
    """Planned and done repetitions and seconds held of a session, and how it ended."""
    asked = sum(one.dose.sets * one.dose.repetitions for planned in plan.exercises for one in planned.doses)
    given = sum(record.repetitions for record in done.sets)
    planned_s = sum(
        one.dose.sets * one.dose.repetitions * one.dose.hold_s
        for planned in plan.exercises
        for one in planned.doses
    )
    held_s = sum(sum(one.hold_s) or one.repetitions * one.prescribed.hold_s for one in done.sets)
    end = "stopped" if done.stops else "all" if given >= asked else "some" if given else "nothing"
    return {"planned": asked, "done": given, "planned_s": planned_s, "held_s": held_s, "end": end}


def chart_days(days: Iterable[dict[str, Any]]) -> list[charts.Day]:
    """Return the days as the charts take them."""
    return [
        charts.Day(
            date=day["date"],
            back=day["back"],
            leg=day["leg"],
            planned=round(sum(one["planned_s"] for one in day["sessions"])) if day["sessions"] else None,
            done=round(sum(one["held_s"] for one in day["sessions"])) if day["sessions"] else None,
        )
        for day in days
    ]


def chart_context(days: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the template ``training/charts.html`` needs."""
    drawn = chart_days(days)
    return {
        "drawn": drawn,
        "back_lines": charts.pain_lines(drawn, "back"),
        "leg_lines": charts.pain_lines(drawn, "leg"),
        "bars": charts.dose_bars(drawn),
        "dates": charts.date_marks(drawn),
        "pain_marks": charts.pain_marks(),
        "dose_marks": charts.dose_marks(drawn),
        "box": f"0 0 {charts.WIDTH} {charts.HEIGHT}",
        "ground": charts.HEIGHT - charts.BOTTOM,
        "date_y": charts.HEIGHT - 10,
        "left": charts.LEFT,
        "right": charts.WIDTH - charts.RIGHT,
    }


def nerve_watches_of(patient: Patient) -> list[dict[str, Any]]:
    """Return the weekly nerve watches, newest first, as ``training/nerve_watches.html`` shows them."""
    watches = [from_plain(NerveWatch, row.body) for row in patient.nerve_watches.all()]
    return [{"at": one.at[:10], "rows": shown.nerve_watch(one)} for one in reversed(watches)]


@require_safe
@for_patients
def history(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Show every day, newest first, and the charts."""
    days = days_of(patient)
    page = {"days": days[::-1], "nerve_watches": nerve_watches_of(patient), **chart_context(days)}
    return render(request, "training/history.html", page)


@require_safe
@for_patients
def one_session(request: HttpRequest, patient: Patient, session_id: UUID) -> HttpResponse:
    """Show one session: planned beside done, what was said about it, and why it was planned so."""
    session = get_object_or_404(Session.objects.select_related("plan"), pk=session_id, patient=patient)
    return render(request, "training/one_session.html", session_context(session, get_language() or "en"))


def session_context(session: Session, language: str) -> dict[str, Any]:
    """Return what the page of one session shows."""
    plan = session_plan(session)
    done = record_from_events(
        plan.id, session.started_at_text, (event_value(one) for one in session.events.all())
    )
    return {
        "session": session,
        "rows": shown.compared(plan, done.sets, language),
        "counted": counted.by_set(done.sets, language),
        "drawings": {str(one) for one in session.events.exclude(track=None).values_list("id", flat=True)},
        "plan": shown.plan(plan, language),
        "skips": [
            (shown.title(one.exercise_id, language), shown.skip_reason(one.reason)) for one in done.skips
        ],
        "feedback": [
            (shown.title(one.exercise_id, language), one.effort.value if one.effort else "", one.pain)
            for one in done.feedback
        ],
        "stops": done.stops,
    }
