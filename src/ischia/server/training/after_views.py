"""After a session: the map again, the summary, and tomorrow in one sentence with its reason."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ischia.check_in import CheckIn, Moment
from ischia.dose import default_library, default_protocol, outlook
from ischia.server.accounts.identity import for_patients
from ischia.server.clock import stamp, today
from ischia.server.facts import event_value, facts_of, session_plan
from ischia.server.middleware import is_switching
from ischia.server.patients import body_map, record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training import shown
from ischia.server.training.models import Session
from ischia.session import SessionPlan, record_from_events


@require_http_methods(["GET", "POST"])
@for_patients
def after(request: HttpRequest, patient: Patient, session_id: UUID) -> HttpResponse:
    """Ask where it hurts now. Leaving it out is allowed: missing is not zero."""
    session = get_object_or_404(Session, pk=session_id, patient=patient)
    if session.check_ins.exists():
        return redirect("summary", session.pk)
    fault = ""
    sent: Mapping[str, str] = request.POST
    if request.method == "POST" and not is_switching(request):
        leg_map = body_map.read(request.POST)
        if leg_map or "leave_out" in request.POST:
            with writing():
                if leg_map and not session.check_ins.exists():
                    given = CheckIn(id=record.new_id(), moment=Moment.AFTER, at=stamp(), leg_map=leg_map)
                    record.check_in(patient, given, session)
                Session.objects.filter(pk=session.pk).update(is_over=True)
            verdict = facts_of(patient).verdict()
            locked = bool(verdict.flags) and not verdict.cleared
            return redirect("stop") if locked else redirect("summary", session.pk)
        fault = _("Nothing is entered yet. Choose a place, or tick “That is all” at the end.")
    page = {
        "heading": _("How are you now, after the session?"),
        "lead": _("This tells whether the exercises suit you. It decides what tomorrow looks like."),
        "fault": fault,
        "leave_out": True,
        **body_map.map_context(sent),
    }
    return render(request, "training/after.html", page)


@require_safe
@for_patients
def summary(request: HttpRequest, patient: Patient, session_id: UUID) -> HttpResponse:
    """Show what was planned and what was done, and what tomorrow looks like."""
    session = get_object_or_404(Session.objects.select_related("plan"), pk=session_id, patient=patient)
    plan = session_plan(session)
    language = get_language() or "en"
    done = record_from_events(
        plan.id, session.started_at_text, (event_value(one) for one in session.events.all())
    )
    facts = facts_of(patient)
    page = {
        "session": session,
        "rows": shown.compared(plan, done.sets, language),
        "skips": [
            (shown.title(one.exercise_id, language), shown.skip_reason(one.reason)) for one in done.skips
        ],
        "stopped": bool(done.stops),
        "nothing_done": not done.sets,
        "wants_map": not session.check_ins.exists(),
        "tomorrow": [],
    }
    if facts.history is not None:
        tomorrow = (today() + timedelta(days=1)).isoformat()
        ahead = outlook(facts.history, tomorrow, default_protocol(), default_library()).plan
        page["tomorrow"] = shown.sentences(shown.telling(ahead), language)
        if isinstance(ahead, SessionPlan):
            page["tomorrow_plan"] = shown.plan(ahead, language)
    return render(request, "training/summary.html", page)
