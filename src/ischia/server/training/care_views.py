"""Heat or cold after the exercises: the skin is asked about first, then a timer runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ischia.catalogue import load_catalogue
from ischia.server.accounts.identity import for_patients
from ischia.server.middleware import is_switching
from ischia.server.patients.models import Patient

_KINDS = ("heat", "cold")


@require_http_methods(["GET", "POST"])
@for_patients
def care(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Ask, then let the timer run; refuse on numb or broken skin."""
    sent = request.POST
    kind, feels, healthy = (sent.get(name, "") for name in ("kind", "feels", "healthy"))
    complete = kind in _KINDS and feels in ("yes", "no") and healthy in ("yes", "no")
    page = {"kind": kind, "feels": feels, "healthy": healthy, "fault": False}
    if request.method == "GET" or is_switching(request) or not complete:
        page["fault"] = request.method == "POST" and not is_switching(request)
        return render(request, "training/care.html", page)
    if feels == "no" or healthy == "no":
        return render(request, "training/care_refused.html", page)
    home_care = load_catalogue().home_care
    timer = home_care.heat if kind == "heat" else home_care.cold
    page |= {"minutes": timer.minutes, "look_after": timer.look_at_skin_after_minutes}
    return render(request, "training/care_timer.html", page)
