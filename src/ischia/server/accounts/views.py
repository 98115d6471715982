"""Logging in and out, and changing a password."""

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ischia.server import runtime
from ischia.server.accounts import throttle
from ischia.server.accounts.forms import LogInForm, PasswordForm
from ischia.server.accounts.identity import for_role, user_of
from ischia.server.accounts.models import Role, User
from ischia.server.clinic.models import Assignment
from ischia.server.middleware import is_switching
from ischia.server.patients.models import Patient
from ischia.server.storage import writing


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if not runtime.current().accounts or user_of(request) is not None:
        return redirect("home")
    form = LogInForm(request.POST or None)
    if request.method == "GET" or is_switching(request) or not form.is_valid():
        return render(request, "accounts/log_in.html", {"form": form})
    name, address = form.cleaned_data["name"], request.META.get("REMOTE_ADDR", "")
    if throttle.is_blocked(name, address):
        fault = _("Too many wrong passwords. Wait a quarter of an hour and try again.")
        return render(request, "accounts/log_in.html", {"form": form, "fault": fault}, status=429)
    user = authenticate(request, username=name, password=form.cleaned_data["password"])
    if user is None:
        throttle.count_failure(name, address)
        fault = _("Name and password do not belong together.")
        return render(request, "accounts/log_in.html", {"form": form, "fault": fault}, status=403)
    throttle.forget(name, address)
    with writing():
        login(request, user)
    return redirect("home")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session."""
    with writing():
        logout(request)
    return redirect("home")


@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other browsers are logged out."""
    user = user_of(request)
    if user is None:
        return redirect("home")
    form = PasswordForm(user, request.POST or None)
    if request.method == "GET" or is_switching(request) or not form.is_valid():
        return render(request, "accounts/password.html", {"form": form})
    with writing():
        user.set_password(form.cleaned_data["new"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
    return redirect("settings")


@require_http_methods(["GET", "POST"])
@for_role(Role.ADMINISTRATOR)
def accounts(request: HttpRequest, administrator: User) -> HttpResponse:
    """Show who has an account and who looks after whom; switch accounts off and assign patients."""
    if request.method == "POST" and not is_switching(request):
        with writing():
            _change(request, administrator)
        return redirect("accounts")
    page = {
        "people": User.objects.order_by("role", "name"),
        "patients": Patient.objects.filter(user__isnull=False).order_by("name"),
        "clinicians": User.objects.filter(role=Role.CLINICIAN, is_active=True).order_by("name"),
        "assignments": Assignment.objects.select_related("clinician", "patient").order_by("patient__name"),
        "me": administrator,
    }
    return render(request, "accounts/accounts.html", page)


def _change(request: HttpRequest, administrator: User) -> None:
    sent = request.POST
    match sent.get("do"):
        case "switch":
            person = get_object_or_404(
                User.objects.exclude(pk=administrator.pk), pk=_number(sent.get("person"))
            )
            person.is_active = not person.is_active
            person.save(update_fields=["is_active"])
        case "assign":
            clinician = get_object_or_404(User, pk=_number(sent.get("clinician")), role=Role.CLINICIAN)
            patient = get_object_or_404(Patient, user__name=sent.get("patient", ""))
            Assignment.objects.get_or_create(clinician=clinician, patient=patient)
        case "release":
            get_object_or_404(Assignment, pk=_number(sent.get("assignment"))).delete()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
