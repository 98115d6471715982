"""The JSON API: events of a session, each put under an id made in the browser."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Body, NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.responses import Status
from ninja.security import APIKeyCookie

from ischia.server.accounts.identity import patient_of
from ischia.server.facts import facts_of
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training import movement_track
from ischia.server.training.models import Event, Session
from ischia.server.training.recording import NonsenseError, Outcome, is_felt_as_alarm, take


class ThePatient(APIKeyCookie):
    """The patient of this browser's session; changes need the CSRF token besides."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Patient | None:
        """Return the patient who is there, or None."""
        return patient_of(request)


class Answer(Schema):
    """What became of an event.

    ``next`` is where the player has to go now; ``movement`` is where the drawing of this set's movement may
    be sent, only for a patient who chose to keep it.
    """

    id: UUID
    next: str | None = None
    movement: str | None = None


class Kept(Schema):
    """The set whose drawing is kept."""

    id: UUID


class Refusal(Schema):
    """Why an event was not taken, in one sentence."""

    detail: str


api = NinjaAPI(title="ischia", version="1", docs_url=None, auth=ThePatient(csrf=True), urls_namespace="api")


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Tell what could not be read in one sentence."""
    first = fault.errors[0] if fault.errors else {"loc": ["body"], "msg": "not readable"}
    where = ".".join(str(part) for part in first["loc"])
    return api.create_response(request, {"detail": f"{where}: {first['msg']}."}, status=422)


@api.put(
    "sessions/{session_id}/events/{event_id}",
    response={200: Answer, 201: Answer, 404: Refusal, 409: Refusal, 422: Refusal},
    url_name="event",
)
def put_event(
    request: HttpRequest, session_id: UUID, event_id: UUID, body: Body[dict[str, Any]]
) -> Status[Any]:
    """Add an event. The same again answers 200, the same id with another content 409, nonsense 422.

    What was done is taken also while exercise is locked: a record is never refused for being late.
    """
    patient = patient_of(request)
    try:
        with writing():
            session = Session.objects.select_related("plan", "patient").get(pk=session_id, patient=patient)
            taken = take(session, event_id, body)
    except Session.DoesNotExist:
        raise Http404 from None
    except NonsenseError as fault:
        return Status(422, {"detail": str(fault)})
    if taken.outcome is Outcome.CONFLICT:
        return Status(409, {"detail": taken.detail})
    after = None
    if is_felt_as_alarm(taken.event):
        locked = not facts_of(session.patient).verdict().cleared
        after = reverse("stop") if locked else reverse("after", args=[session_id])
    movement = None
    if movement_track.is_wanted(session, event_id):
        movement = reverse("api:movement", args=[session_id, event_id])
    return Status(taken.outcome.value, {"id": event_id, "next": after, "movement": movement})


@api.put(
    "sessions/{session_id}/events/{event_id}/movement",
    response={200: Kept, 201: Kept, 404: Refusal, 409: Refusal, 413: Refusal, 422: Refusal},
    url_name="movement",
)
def put_movement(request: HttpRequest, session_id: UUID, event_id: UUID) -> Status[Any]:
    """Keep the drawing of a set's movement: see ``movement_track`` for its form.

    The same again answers 200; a patient who has not chosen it, or a set that no camera counted, 409.
    """
    packed = request.read(movement_track.MOST_BYTES + 1)
    if len(packed) > movement_track.MOST_BYTES:
        return Status(413, {"detail": f"A drawing weighs at most {movement_track.MOST_BYTES // 2**20} MiB."})
    try:
        with writing():
            session = Session.objects.select_related("patient").get(
                pk=session_id, patient=patient_of(request)
            )
            outcome = movement_track.keep(session, event_id, packed)
    except (Session.DoesNotExist, Event.DoesNotExist):
        raise Http404 from None
    except movement_track.NotWantedError as fault:
        return Status(409, {"detail": str(fault)})
    except NonsenseError as fault:
        return Status(422, {"detail": str(fault)})
    if outcome is Outcome.CONFLICT:
        return Status(409, {"detail": "Another drawing of this set is kept already."})
    return Status(outcome.value, {"id": event_id})
