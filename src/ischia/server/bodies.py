"""The 3-D bodies: their meshes, what moves them, and the library that draws them."""

import gzip
import json
from functools import lru_cache
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ischia.anatomy import body_names
from ischia.demonstration.body_motion import body_motion
from ischia.demonstration.graphics import three_js

_KEEP = "public, max-age=86400"


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Answer three.js, where it has been fetched."""
    bundle = three_js()
    if bundle is None:
        raise Http404
    return _answer(request, bundle.read_bytes(), "text/javascript")


@require_safe
def mesh(request: HttpRequest, body: str) -> HttpResponse:
    """Answer a body."""
    if body not in body_names():
        raise Http404
    content = (files("ischia.demonstration") / "data/bodies" / f"{body}.glb").read_bytes()
    return _answer(request, content, "model/gltf-binary")


@require_safe
def motion(request: HttpRequest, body: str, exercise_id: str) -> HttpResponse:
    """Answer what moves a body in an exercise."""
    try:
        found = body_motion(exercise_id, body)
    except (KeyError, ValueError):
        raise Http404 from None
    return _answer(request, json.dumps(found, separators=(",", ":")).encode(), "application/json")


def _answer(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    """Answer with a file, small where the browser can unpack it."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(_packed(content) if packed else content, content_type=kind)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = _KEEP
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
