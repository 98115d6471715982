"""Today: check in first, then the plan and its reasons, or why there is none, or a rest day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from ischia.server.accounts.identity import for_patients
from ischia.server.clock import now, stamp
from ischia.server.clock import today as this_day
from ischia.server.facts import Facts, facts_of, plan_value
from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.patients.welcome_views import unfinished_step
from ischia.server.storage import writing
from ischia.server.training import shown
from ischia.server.training.models import Plan, Session
from ischia.session import SessionPlan


def detour(facts: Facts) -> str | None:
    """Return the page that has to come before anything else, or None."""
    verdict = facts.verdict()
    if facts.intake is not None and verdict.flags and not verdict.cleared:
        return "stop"
    return unfinished_step(facts)


def latest_plan(patient: Patient) -> Plan | None:
    """Return today's last plan."""
    return patient.plans.filter(for_date=this_day()).select_related("session").last()


@require_safe
@for_patients
def today(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Show what today holds."""
    facts = facts_of(patient)
    first = detour(facts)
    if first is not None:
        return redirect(first)
    language = get_language() or "en"
    stored = latest_plan(patient)
    page: dict[str, object] = {
        "day": this_day(),
        "part_of_day": shown.part_of_day(now()),
        "nerve_watch_due": facts.is_nerve_watch_due(this_day()),
    }
    if stored is None:
        resting = patient.rest_days.filter(on_date=this_day()).exists()
        return render(request, "training/rest_day.html" if resting else "training/check_in_first.html", page)
    plan = plan_value(stored)
    if not isinstance(plan, SessionPlan):
        page["reasons"] = shown.sentences(plan.decisions, language)
        return render(request, "training/no_session.html", page)
    session = getattr(stored, "session", None)
    if session is not None and session.is_over:
        return redirect("summary", session.pk)
    page |= {"plan": shown.plan(plan, language), "session": session}
    return render(request, "training/today.html", page)


@require_POST
@for_patients
def start(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Begin today's session, or go on with it."""
    facts = facts_of(patient)
    first = detour(facts)
    if first is not None:
        return redirect(first)
    if not facts.verdict().cleared:
        return redirect("check-in")
    with writing():
        stored = latest_plan(patient)
        if stored is None or not stored.has_session:
            return redirect("today")
        session, _ = Session.objects.get_or_create(
            plan=stored, defaults={"patient": patient, "on_date": this_day(), "started_at_text": stamp()}
        )
    return redirect("player", session.pk)


@require_POST
@for_patients
def rest(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Store that the person rests today."""
    with writing():
        if latest_plan(patient) is None:
            record.rest_day(patient)
    return redirect("today")
