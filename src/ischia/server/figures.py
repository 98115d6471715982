"""The figures of the exercises, as the demonstration draws them."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ischia import demonstration

_KEEP = "public, max-age=86400"


@require_safe
def motion(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """Answer an exercise's moving figure."""
    try:
        response: HttpResponse = JsonResponse(demonstration.figure_json(exercise_id))
    except (KeyError, ValueError):
        raise Http404 from None
    response.headers["Cache-Control"] = _KEEP
    return response


@require_safe
def still(request: HttpRequest, exercise_id: str, pose: str) -> HttpResponse:
    """Answer a picture of one pose."""
    try:
        drawing = demonstration.figure_svg(exercise_id, pose)
    except (KeyError, ValueError):
        raise Http404 from None
    return HttpResponse(drawing, content_type="image/svg+xml", headers={"Cache-Control": _KEEP})
