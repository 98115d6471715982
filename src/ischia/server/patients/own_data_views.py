"""Settings, and what belongs to the patient: take everything along as JSON, or delete it."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ischia.server.accounts.identity import for_patients, leave, patient_of, user_of
from ischia.server.clock import stamp, today
from ischia.server.middleware import is_switching
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training import movement_track

VOICES = ("clips", "system", "none")


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Language, voice, and the ways to one's own data and account."""
    patient = patient_of(request)
    if patient is None and user_of(request) is None:
        return redirect("home")
    saved = False
    if request.method == "POST" and patient is not None and not is_switching(request):
        with writing():
            _save_settings(patient, request.POST)
        saved = True
    voice = patient.voice.get("kind", "clips") if patient else ""
    page = {
        "saved": saved,
        "voice": voice,
        "clinicians": _clinicians(patient),
        "drawings": movement_track.tracks_of(patient).count() if patient else 0,
        "most_drawings": movement_track.MOST_KEPT,
    }
    return render(request, "patients/settings.html", page)


def _save_settings(patient: Patient, sent: Mapping[str, str]) -> None:
    """Save the one setting that was sent: the page has a form for each."""
    if "movement" in sent:
        patient.keeps_movement = sent["movement"] == "keep"
    else:
        voice = sent.get("voice", "")
        patient.voice = {"kind": voice if voice in VOICES else "clips"}
    patient.save(update_fields=["voice", "keeps_movement"])


def _clinicians(patient: Patient | None) -> list[str]:
    if patient is None:
        return []
    return [one.clinician.name for one in patient.assignments.select_related("clinician")]


def everything(patient: Patient) -> dict[str, Any]:
    """Return all that is stored about a patient, as plain JSON, oldest first."""
    sessions = [
        {
            "id": str(session.pk),
            "plan_id": session.plan.body["id"],
            "started_at": session.started_at_text,
            "events": [{"kind": event.kind, **event.body} for event in session.events.all()],
        }
        for session in patient.sessions.select_related("plan").prefetch_related("events")
    ]
    return {
        "format": "ischia-export-1",
        "exported_at": stamp(),
        "name": patient.name,
        "language": patient.language,
        "settings": {"voice": patient.voice, "keeps_movement": patient.keeps_movement},
        "first_visits": [one.body for one in patient.first_visits.all()],
        "check_ins": [one.body for one in patient.check_ins.all()],
        "nerve_watches": [one.body for one in patient.nerve_watches.all()],
        "rest_days": [one.body for one in patient.rest_days.all()],
        "clearances": [one.body for one in patient.clearances.all()],
        "plans": [one.body for one in patient.plans.all()],
        "sessions": sessions,
        "orders": [one.body for one in patient.orders.all()],
        "movements": movement_track.exported(patient),
    }


@require_safe
@for_patients
def export(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Hand over everything as one JSON file."""
    text = json.dumps(everything(patient), ensure_ascii=False, indent=2)
    name = f"ischia-{today().isoformat()}.json"
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@for_patients
def delete(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Delete everything, after the person has ticked that they mean it."""
    asked = request.method == "POST" and not is_switching(request)
    if asked and request.POST.get("sure") == "yes":
        with writing():
            owner = patient.user
            # What of them still waits in the browser is to go, too: the next page does that.
            sessions = [str(one) for one in patient.sessions.values_list("pk", flat=True)]
            patient.delete()
            if owner is not None:
                owner.delete()
            leave(request)
        return render(request, "patients/deleted.html", {"sessions": " ".join(sessions)})
    return render(request, "patients/delete.html", {"fault": asked})
