"""The clinician's pages: the list of patients, one patient, clearing a lock, and orders."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ischia.check_in import Moment
from ischia.dose import ORDER_KINDS
from ischia.dose.explain import in_full
from ischia.screening import conditions_in_words, load_bank, verdict_page
from ischia.server.accounts.identity import for_role
from ischia.server.accounts.models import Role, User
from ischia.server.clinic import attention
from ischia.server.clinic.forms import OrderForm, kind_label
from ischia.server.clinic.models import Order
from ischia.server.clock import stamp, today
from ischia.server.facts import facts_of, plan_value
from ischia.server.middleware import is_switching
from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.patients.stop_views import ClearForm
from ischia.server.storage import writing
from ischia.server.training import counted, shown
from ischia.server.training.history_views import chart_context, days_of, nerve_watches_of, session_context
from ischia.server.training.models import Session
from ischia.session.serialise import to_plain, union_from_plain

_PLANS_SHOWN = 14


def _assigned(clinician: User, patient_id: UUID) -> Patient:
    """Return an assigned patient; for anybody else's there is no such page."""
    return get_object_or_404(Patient, pk=patient_id, assignments__clinician=clinician)


@require_safe
@for_role(Role.CLINICIAN)
def patients(request: HttpRequest, clinician: User) -> HttpResponse:
    """List the clinician's patients, who needs attention first on top."""
    own = list(Patient.objects.filter(assignments__clinician=clinician))
    return render(request, "clinic/patients.html", {"rows": attention.by_urgency(own, today())})


def _patient_page(patient: Patient, language: str) -> dict[str, Any]:
    facts = facts_of(patient)
    verdict = facts.verdict()
    bank = load_bank()
    days = days_of(patient)
    intake = facts.intake
    plans = patient.plans.order_by("-made_at")[:_PLANS_SHOWN]
    return {
        "shown_patient": patient,
        "verdict": verdict,
        "page": verdict_page(verdict, bank, language),
        "verdict_in_full": [in_full(one, shown.spoken(language)) for one in verdict.decisions],
        "intake": intake,
        "conditions": conditions_in_words(intake, bank, language),
        "check_ins": [one for one in facts.check_ins if one.moment is not Moment.FIRST_VISIT][::-1][
            :_PLANS_SHOWN
        ],
        "plans": [(row, _in_full(row, language)) for row in plans],
        "orders": _orders(patient, language),
        "days": days[::-1],
        "counted": counted.by_exercise(facts.records, language),
        "last_sessions": counted.LAST_SESSIONS,
        "nerve_watches": nerve_watches_of(patient),
        **chart_context(days),
    }


def _in_full(row: Any, language: str) -> list[str]:
    plan = plan_value(row)
    decisions = [*plan.decisions, *(one.decision for one in getattr(plan, "exercises", ()))]
    return [in_full(one, shown.spoken(language)) for one in decisions]


def _orders(patient: Patient, language: str) -> list[dict[str, Any]]:
    rows = list(patient.orders.select_related("by"))
    withdrawn = {row.body.get("order_id") for row in rows if row.kind == "withdraw"}
    shown_orders = []
    for row in rows:
        if row.kind == "withdraw":
            continue
        order = union_from_plain(ORDER_KINDS, row.body)
        dose = getattr(order, "dose", None) or getattr(order, "most", None)
        exercise = getattr(order, "exercise_id", None)
        shown_orders.append(
            {
                "id": row.pk,
                "label": kind_label(row.kind),
                "exercise": shown.title(exercise, language) if exercise else "",
                "dose": shown.dose_text(dose) if dose else getattr(order, "direction", None) or "",
                "at": row.at,
                "by": row.by.name if row.by else "",
                "stands": str(row.pk) not in withdrawn,
            }
        )
    return shown_orders[::-1]


@require_safe
@for_role(Role.CLINICIAN)
def patient(request: HttpRequest, clinician: User, patient_id: UUID) -> HttpResponse:
    """Show one patient: lock, check-ins, plans beside records, decisions in full, orders."""
    language = get_language() or "en"
    page = _patient_page(_assigned(clinician, patient_id), language)
    page["order_form"] = OrderForm(language)
    return render(request, "clinic/patient.html", page)


@require_safe
@for_role(Role.CLINICIAN)
def session(request: HttpRequest, clinician: User, patient_id: UUID, session_id: UUID) -> HttpResponse:
    """Show one session of a patient: planned beside done, how each set was counted, and how it felt."""
    found = _assigned(clinician, patient_id)
    stored = get_object_or_404(Session.objects.select_related("plan"), pk=session_id, patient=found)
    page = session_context(stored, get_language() or "en")
    return render(request, "clinic/session.html", page | {"shown_patient": found})


@require_http_methods(["GET", "POST"])
@for_role(Role.CLINICIAN)
def clear(request: HttpRequest, clinician: User, patient_id: UUID) -> HttpResponse:
    """Clear what stands open, as the clinician who examined the person or knows who did."""
    found = _assigned(clinician, patient_id)
    verdict = facts_of(found).verdict()
    if not verdict.flags:
        return redirect("clinic-patient", patient_id)
    form = ClearForm(request.POST if request.method == "POST" else None, initial={"doctor": clinician.name})
    form.show_faults = request.method == "POST" and not is_switching(request)
    if form.show_faults and form.is_valid():
        given = form.cleaned_data
        with writing():
            record.clearance(found, verdict, given["doctor"], given["checked_on"], by=clinician)
        return redirect("clinic-patient", patient_id)
    page = {
        "form": form,
        "shown_patient": found,
        "page": verdict_page(verdict, load_bank(), get_language() or "en"),
    }
    return render(request, "clinic/clear.html", page)


@require_POST
@for_role(Role.CLINICIAN)
def order(request: HttpRequest, clinician: User, patient_id: UUID) -> HttpResponse:
    """Store an order; it counts from the next plan on."""
    found = _assigned(clinician, patient_id)
    language = get_language() or "en"
    form = OrderForm(language, request.POST)
    form.show_faults = not is_switching(request)
    if not form.show_faults or not form.is_valid():
        page = _patient_page(found, language)
        page["order_form"] = form
        return render(request, "clinic/patient.html", page, status=200 if is_switching(request) else 422)
    with writing():
        given = form.order(record.new_id(), stamp(), clinician.name)
        if form.cleaned_data["kind"] == "withdraw":
            get_object_or_404(Order, pk=form.cleaned_data["order_id"], patient=found)
        Order.objects.create(
            id=given.id,
            patient=found,
            by=clinician,
            kind=form.cleaned_data["kind"],
            body={"kind": form.cleaned_data["kind"], **to_plain(given)},
        )
    return redirect("clinic-patient", patient_id)
