"""The drawing of a set's movement: to be played by its patient and their clinician, erased by the patient."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from ischia.server import runtime
from ischia.server.accounts.identity import for_patients, patient_of, user_of
from ischia.server.accounts.models import Role
from ischia.server.facts import event_value
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training import counted, movement_curve, movement_track, shown
from ischia.server.training.models import MovementTrack
from ischia.session import SetRecord

View = Callable[[HttpRequest, MovementTrack], HttpResponse]


def _for_who_may_see(view: View) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A page on one drawing, for its patient and their clinicians; for others there is no such page."""

    @wraps(view)
    def gate(request: HttpRequest, event_id: UUID) -> HttpResponse:
        patient, user = patient_of(request), user_of(request)
        if patient is not None:
            visible = movement_track.tracks_of(patient)
        elif user is not None and user.role == Role.CLINICIAN:
            visible = MovementTrack.objects.filter(event__session__patient__assignments__clinician=user)
        elif user is not None:
            visible = MovementTrack.objects.none()
        else:
            return redirect("log-in" if runtime.current().accounts else "welcome")
        found = visible.select_related("event__session__patient")
        return view(request, get_object_or_404(found, event__id=event_id))

    return gate


@require_safe
@_for_who_may_see
def movement(request: HttpRequest, track: MovementTrack) -> HttpResponse:
    """Play the drawing of one set, with the repetitions that were seen in it."""
    session, language = track.event.session, get_language() or "en"
    record = event_value(track.event)
    assert isinstance(record, SetRecord)  # noqa: S101 -- only a set has a drawing
    own = patient_of(request) is not None
    back = (
        reverse("history-session", args=[session.pk])
        if own
        else reverse("clinic-session", args=[session.patient_id, session.pk])
    )
    (row,) = counted.by_set([record], language)
    page: dict[str, Any] = {
        "session": session,
        "track": track,
        "own": own,
        "back": back,
        "title": shown.title(record.exercise_id, language),
        "row": row,
        "curve": movement_curve.curve_of(movement_track.landmarks_of(track), record.exercise_id, record.reps),
        "repetitions": [
            {
                "start_s": rep.start_s if rep.start_s is not None else rep.hold_start_s or 0.0,
                "held": shown.number(round(rep.hold_s, 1)) if rep.hold_s is not None else "",
            }
            for rep in record.reps
        ],
    }
    return render(request, "training/movement.html", page)


@require_safe
@_for_who_may_see
def data(request: HttpRequest, track: MovementTrack) -> HttpResponse:
    """Answer the drawing as it was sent, for the page that plays it."""
    return HttpResponse(
        bytes(track.body), content_type="application/octet-stream", headers={"Content-Encoding": "gzip"}
    )


@require_safe
@_for_who_may_see
def file(request: HttpRequest, track: MovementTrack) -> HttpResponse:
    """Hand the drawing over as the ``.npz`` that ``ischia analyse`` reads."""
    body = track.event.body
    side = f"-{body['side']}" if body["side"] != "both" else ""
    name = f"{track.event.session.on_date}-{body['exercise_id']}{side}-{body['number']}.npz"
    return HttpResponse(
        movement_track.npz(track),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@for_patients
def erase(request: HttpRequest, patient: Patient, event_id: UUID) -> HttpResponse:
    """Erase one drawing; the set's record stays."""
    found = get_object_or_404(movement_track.tracks_of(patient).select_related("event"), event__id=event_id)
    session_id = found.event.session_id
    with writing():
        found.delete()
    return redirect("history-session", session_id)


@require_POST
@for_patients
def erase_all(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Erase every drawing of the patient."""
    with writing():
        movement_track.tracks_of(patient).delete()
    return redirect("settings")
