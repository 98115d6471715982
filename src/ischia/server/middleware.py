"""What happens to every request: headers, the guard of a computer used alone, and the language."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from csp.constants import SELF, WASM_UNSAFE_EVAL
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation

from ischia.server import runtime

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS: Final = (
    "camera=(self), screen-wake-lock=(self), microphone=(), geolocation=(), payment=(), usb=()"
)
# A worker keeps to the policy that its own script came with; no page needs to run WebAssembly itself.
COACH_SCRIPTS: Final = f"{settings.STATIC_URL}ischia/coach/"
FORWARDING: Final = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
)
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


class Headers:
    """Security headers that Django does not set by itself. No cache keeps a page with health data."""

    def __init__(self, get_response: Answer) -> None:
        """Remember what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the answer does not have yet."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        if request.path.startswith(COACH_SCRIPTS):
            response._csp_replace = {"script-src": [SELF, WASM_UNSAFE_EVAL]}  # type: ignore[attr-defined]
        return response


class OnThisComputerAlone:
    """Without accounts, answer this computer alone: nobody may come in through a proxy unnoticed.

    Host names are checked by ``ALLOWED_HOSTS``; here come the sender's address and the marks proxies leave.
    """

    def __init__(self, get_response: Answer) -> None:
        """Remember what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, in plain words, what did not come straight from this computer."""
        if runtime.current().accounts or _is_from_here(request):
            return self.get_response(request)
        return render(request, "errors/through_a_proxy.html", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    if any(header in request.headers for header in FORWARDING):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class Language(LocaleMiddleware):
    """The page's language: cookie, then what the browser prefers; switchable in the middle of any form.

    A form that is sent with ``switch_language`` comes back in that language with everything that was entered
    (the view sees ``is_switching``); nothing is checked or stored.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language, and take note of a wish to change it."""
        super().process_request(request)
        if request.method == "POST" and request.content_type in _FORMS:
            wish = request.POST.get("switch_language")
            if wish in dict(settings.LANGUAGES):
                translation.activate(wish)
                request.LANGUAGE_CODE = wish
                request.META["ischia.switching"] = wish

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Remember the wish in a cookie."""
        wish = request.META.get("ischia.switching")
        if wish:
            remember_language(response, wish)
        return super().process_response(request, response)


def is_switching(request: HttpRequest) -> bool:
    """Tell whether this form was sent only to change the language."""
    return "ischia.switching" in request.META


def remember_language(response: HttpResponseBase, language: str) -> None:
    """Keep the chosen language in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
