"""The JSON API: events of a session, each put under an id made in the browser."""

from typing import Any
from uuid import UUID

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
from ischia.server.training.models import Session
from ischia.server.training.recording import NonsenseError, Outcome, is_felt_as_alarm, take


class ThePatient(APIKeyCookie):
    """The patient of this browser's session; changes need the CSRF token besides."""

    param_name = "ischia_session"

    def authenticate(self, request: HttpRequest, key: str | None) -> Patient | None:
        """Return the patient who is there, or None."""
        return patient_of(request)


class Answer(Schema):
    """What became of an event; ``next`` is where the player has to go now."""

    id: UUID
    next: str | None = None


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
            session = Session.objects.select_related("plan").get(pk=session_id, patient=patient)
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
    return Status(taken.outcome.value, {"id": event_id, "next": after})
