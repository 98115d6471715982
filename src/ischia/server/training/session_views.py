"""The player's page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ischia.server.accounts.identity import for_patients
from ischia.server.clock import today
from ischia.server.facts import facts_of
from ischia.server.patients.models import Patient
from ischia.server.training.models import Session
from ischia.server.training.session_data import session_data
from ischia.server.training.shown import spoken


@require_safe
@for_patients
def player(request: HttpRequest, patient: Patient, session_id: UUID) -> HttpResponse:
    """Lead through the session on its own day; after a reload it goes on where it was."""
    session = get_object_or_404(Session.objects.select_related("plan"), pk=session_id, patient=patient)
    if session.is_over:
        return redirect("summary", session.pk)
    facts = facts_of(patient)
    if not facts.verdict().cleared:
        return redirect("stop")
    if session.on_date != today():  # a plan follows from its own day's check-in
        return redirect("today")
    language = spoken(get_language() or "en")
    before = facts.check_in_of(session.on_date)
    data = session_data(session, language, before, get_token(request))
    return render(request, "training/player.html", {"session_data": data, "language": language})
