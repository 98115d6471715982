"""Who is there: a patient, a clinician, an administrator, or nobody yet; and the gates in front of pages."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ischia.server import runtime
from ischia.server.accounts.models import Role, User
from ischia.server.patients.models import Patient

P = ParamSpec("P")
_SLOT = "ischia.patient"
SESSION_KEY = "patient"


def user_of(request: HttpRequest) -> User | None:
    """Return the account that is logged in; None without accounts or before logging in."""
    if not runtime.current().accounts:
        return None
    return request.user if isinstance(request.user, User) and request.user.is_active else None


def patient_of(request: HttpRequest) -> Patient | None:
    """Return the patient who is there, or None."""
    if _SLOT not in request.META:
        request.META[_SLOT] = _find_patient(request)
    found: Patient | None = request.META[_SLOT]
    return found


def _find_patient(request: HttpRequest) -> Patient | None:
    if runtime.current().accounts:
        user = user_of(request)
        if user is None or user.role != Role.PATIENT:
            return None
        return Patient.objects.filter(user=user).first()
    known = request.session.get(SESSION_KEY)
    return Patient.objects.filter(pk=known, user=None).first() if known else None


def leave(request: HttpRequest) -> None:
    """Let nobody be there any more, for what is left of this request and from the next one on."""
    request.session.flush()
    request.user = AnonymousUser()
    request.META[_SLOT] = None


def person_of_this_computer() -> Patient | None:
    """Return the one patient without an account, or None before the first visit."""
    return Patient.objects.filter(user=None).first()


def enter(request: HttpRequest, patient: Patient) -> None:
    """Tie this browser to the person of this computer."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(patient.pk)
    request.META[_SLOT] = patient


def for_patients(
    view: Callable[Concatenate[HttpRequest, Patient, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for patients: the patient is its second argument; others are sent where they belong."""

    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        patient = patient_of(request)
        if patient is not None:
            return view(request, patient, *args, **kwargs)
        if not runtime.current().accounts:
            return redirect("welcome")
        if user_of(request) is None:
            return redirect("log-in")
        raise PermissionDenied

    update_wrapper(gate, view)
    return gate


def for_role(
    role: Role,
) -> Callable[
    [Callable[Concatenate[HttpRequest, User, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """A page for one role: the account is its second argument. Without accounts there is no such page."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            user = user_of(request)
            if user is None:
                if runtime.current().accounts:
                    return redirect("log-in")
                raise PermissionDenied
            if user.role != role:
                raise PermissionDenied
            return view(request, user, *args, **kwargs)

        update_wrapper(gate, view)
        return gate

    return decorate
