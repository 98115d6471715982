"""What a browser needs without a connection: the service worker, the files to keep, the page it shows."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from ischia import demonstration
from ischia.catalogue import LANGUAGES, load_catalogue
from ischia.server.pages import advice
from ischia.server.training.session_data import voice

_HERE: Final = Path(__file__).parent
_KEPT: Final = ("app", "coach", "figure", "offline", "player", "sound")
_SHOWN: Final = ("templates/base.html", "templates/advice.html", "templates/offline.html", "locale")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker from the root, so that it may answer for every page."""
    text = f'import "{static("ischia/offline/worker.js")}";\n'
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """List the files that belong to nobody and are kept in the browser."""
    return JsonResponse(listing())


@require_safe
def page(request: HttpRequest, language: str) -> HttpResponse:
    """Show what stands in for every page that cannot be reached. It holds nothing about a person."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        return render(request, "offline.html", advice())


@cache
def listing() -> dict[str, Any]:
    """Return the files to keep, the clips by language, and a version that changes with any content."""
    content = hashlib.sha256()
    paths = []
    for folder in _KEPT:
        for path in sorted((_HERE / "static" / "ischia" / folder).rglob("*")):
            if path.is_file():
                name = path.relative_to(_HERE / "static").as_posix()
                content.update(name.encode() + path.read_bytes())
                paths.append(static(name))
    for exercise_id in sorted(load_catalogue().exercises):
        content.update(json.dumps(demonstration.figure_json(exercise_id)).encode())
        paths.append(reverse("figure", args=[exercise_id]))
    for name in _SHOWN:
        for path in sorted([_HERE / name, *(_HERE / name).rglob("*.po")]):
            content.update(path.read_bytes() if path.is_file() else b"")
    content.update(settings.STATIC_URL.encode())
    paths += [reverse("offline", args=[language]) for language in LANGUAGES]
    clips = {language: sorted({clip["url"] for clip in voice(language).values()}) for language in LANGUAGES}
    return {"version": content.hexdigest()[:20], "files": paths, "voice": clips}
