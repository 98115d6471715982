"""Sheets to print: one exercise, or today's plan with its doses."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ischia.catalogue import load_catalogue
from ischia.server import runtime
from ischia.server.accounts.identity import for_patients, user_of
from ischia.server.facts import plan_value
from ischia.server.patients.models import Patient
from ischia.server.training import shown
from ischia.server.training.today_views import latest_plan
from ischia.session import Dose, SessionPlan


@require_safe
def one(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """Answer one exercise as a sheet to print, with the careful dose it starts with."""
    if runtime.current().accounts and user_of(request) is None:
        return redirect("log-in")
    if exercise_id not in load_catalogue().exercises:
        raise Http404
    return _pdf(request, [(exercise_id, None)], exercise_id)


@require_safe
@for_patients
def today(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Answer today's plan as sheets to print, each exercise in today's dose."""
    stored = latest_plan(patient)
    plan = plan_value(stored) if stored else None
    if not isinstance(plan, SessionPlan) or not plan.exercises:
        return redirect("today")
    doses: list[tuple[str, Dose | None]] = [(p.exercise_id, p.doses[0].dose) for p in plan.exercises]
    return _pdf(request, doses, plan.for_date)


def _pdf(request: HttpRequest, doses: list[tuple[str, Dose | None]], name: str) -> HttpResponse:
    from ischia.demonstration.handout import Sheet, handout_pdf

    language = shown.spoken(get_language() or "en")
    sheets = [
        Sheet(
            exercise_id,
            language,
            dose,
            address=request.build_absolute_uri(reverse("exercise", args=[exercise_id])),
        )
        for exercise_id, dose in doses
    ]
    headers = {"Content-Disposition": f'inline; filename="ischia-{name}.pdf"', "Cache-Control": "private"}
    return HttpResponse(handout_pdf(sheets, "ischia"), content_type="application/pdf", headers=headers)
