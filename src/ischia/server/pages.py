"""What every page shares, the pages that belong to no room, and what is said when something goes wrong."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ischia.screening import Tier, load_bank
from ischia.server import runtime
from ischia.server.accounts.identity import patient_of, user_of
from ischia.server.accounts.models import Role
from ischia.server.middleware import remember_language
from ischia.server.storage import writing

_ICONS = {
    "today": (
        "M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4"
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8"
    ),
    "history": "M4 19V5M4 19h16M8 15l3.5-4 3 2.500L20 8",
    "help": ("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.2"),
    "settings": "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
    "clinic": "M4 20v-1a5 5 0 0 1 5-5h2M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M17 13v6M14 16h6",
    "accounts": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 20a8 8 0 0 1 16 0",
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the languages, the pages this person may go to, and the patient who is there."""
    languages = settings.LANGUAGES
    if not hasattr(request, "session"):  # refused before anybody could be recognised
        return {"languages": languages}
    patient = patient_of(request)
    user = user_of(request)
    return {
        "languages": languages,
        "patient": patient,
        "user_account": user,
        "accounts": runtime.current().accounts,
        "nav": _places(request),
    }


def _places(request: HttpRequest) -> list[dict[str, Any]]:
    user = user_of(request)
    names: list[tuple[str, str]] = []
    if patient_of(request) is not None:
        names = [
            ("today", _("Today")),
            ("history", _("History")),
            ("help", _("Help")),
            ("settings", _("Settings")),
        ]
    elif user is not None and user.role == Role.CLINICIAN:
        names = [("clinic", _("Patients")), ("settings", _("Settings"))]
    elif user is not None:
        names = [("accounts", _("Accounts")), ("settings", _("Settings"))]
    return [
        {
            "url": reverse(name),
            "label": label,
            "icon": _ICONS[name],
            "here": request.path.startswith(reverse(name)),
        }
        for name, label in names
    ]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send everybody where they belong."""
    if patient_of(request) is not None:
        return redirect("today")
    user = user_of(request)
    if user is not None and user.role == Role.CLINICIAN:
        return redirect("clinic")
    if user is not None and user.role == Role.ADMINISTRATOR:
        return redirect("accounts")
    return redirect("log-in" if runtime.current().accounts else "welcome")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and go back to the same page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    wish = request.POST.get("switch_language") or request.POST.get("language")
    if wish in dict(settings.LANGUAGES):
        keep_language(request, wish)
        remember_language(response, wish)
    return response


def keep_language(request: HttpRequest, wish: str) -> None:
    """Remember a patient's language for the next time."""
    translation.activate(wish)
    patient = patient_of(request)
    if patient is not None and patient.language != wish:
        with writing():
            patient.language = wish
            patient.save(update_fields=["language"])


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the emergency advice and how ischia works."""
    return render(request, "help.html", advice())


@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """Tell how a phone comes to trust this computer, so that its browser opens the camera."""
    return render(request, "certificate.html", {"authority": runtime.current().authority})


@require_safe
def certificate_file(request: HttpRequest) -> HttpResponse:
    """Hand out the authority's certificate, where this server has one."""
    authority = runtime.current().authority
    if authority is None:
        raise Http404
    return HttpResponse(
        authority.certificate.read_bytes(),
        content_type="application/x-x509-ca-cert",
        headers={"Content-Disposition": 'attachment; filename="ischia.crt"'},
    )


def advice() -> dict[str, list[str]]:
    """Return the signs that need a doctor, as ``advice.html`` shows them, in the language of the moment."""
    speaking = translation.get_language() or "en"

    def asked(tier: Tier) -> list[str]:
        return [one.wording(speaking).ask for one in load_bank().questions if one.tier is tier]

    return {"emergency": asked(Tier.EMERGENCY), "same_day": asked(Tier.SAME_DAY)}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    return _trouble(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not see this."""
    return _trouble(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for a page that does not exist."""
    return _trouble(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours, without touching the database."""
    return HttpResponse(_plain_page(), status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page, or from one that was open too long."""
    return render(request, "errors/forged.html", status=403)


def _trouble(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return HttpResponse(status=status)
    try:
        return render(request, f"errors/{status}.html", status=status)
    except Exception:  # an error page must never fail itself; the plain one needs nothing
        return HttpResponse(_plain_page(), status=status)


def _plain_page() -> str:
    title = _("Something went wrong here")
    comfort = _("It is not your fault. What you had finished is saved. Try again in a moment.")
    back = _("To the start page")
    return (
        f'<!doctype html><html lang="{translation.get_language() or "en"}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>ischia</title><link rel="stylesheet" href="{settings.STATIC_URL}ischia/app/ischia.css">'
        f'<main><h1>{title}</h1><p>{comfort}</p><p><a class="button" href="/">{back}</a></p></main></html>'
    )
