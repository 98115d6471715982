"""What the camera coach loads: a list of its files, the files, what the tracker knows of an exercise."""

import gzip
from functools import cache

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ischia.analysis import UnknownExercise, motion_spec
from ischia.server.coach import archive
from ischia.server.coach.assets import assets

_FOR_EVER = "public, max-age=31536000, immutable"
_KINDS = {
    "js": "text/javascript",
    "mjs": "text/javascript",
    "wasm": "application/wasm",
    "json": "application/json",
    "zip": "application/zip",
}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Answer the files that the coach loads; 404 where they have not been fetched."""
    there = assets()
    if not there:
        raise Http404
    own = archive.digest()
    found = [(asset.name, asset.folder, asset.size, asset.sha256) for asset in there]
    found.append((archive.NAME, own[:16], len(archive.archive()), own))
    return JsonResponse(
        [
            {
                "name": name,
                "url": reverse("coach-asset", args=(folder, name)),
                "bytes": size,
                "sha256": sha256,
            }
            for name, folder, size, sha256 in found
        ],
        safe=False,
        headers={"Cache-Control": "no-cache"},
    )


@require_safe
def asset(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """Answer one of the files, as it lies on the disk; never read into memory as a whole."""
    packable = "gzip" in request.headers.get("Accept-Encoding", "")
    if (folder, name) == (archive.digest()[:16], archive.NAME):
        response: HttpResponseBase = HttpResponse(_packed_archive() if packable else archive.archive())
        packed = packable
    else:
        found = next((one for one in assets() if (one.folder, one.name) == (folder, name)), None)
        if found is None:
            raise Http404
        packed = packable and found.packed.is_file()
        try:
            response = FileResponse((found.packed if packed else found.path).open("rb"))
        except OSError:
            raise Http404 from None
    response.headers["Content-Type"] = _KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    response.headers["Cache-Control"] = _FOR_EVER
    response.headers.pop("Content-Disposition", None)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@cache
def _packed_archive() -> bytes:
    return gzip.compress(archive.archive(), 9, mtime=0)


@require_safe
def spec(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """Answer what the tracker has to know of an exercise."""
    try:
        known = motion_spec(exercise_id)
    except UnknownExercise:
        raise Http404 from None
    return JsonResponse(known.to_json(), headers={"Cache-Control": "no-cache"})
