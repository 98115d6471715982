"""Every exercise to look at: what it is for, how it goes, and its picture, flat or turned in 3-D."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ischia.catalogue import Exercise, load_catalogue
from ischia.demonstration.graphics import three_js
from ischia.server import runtime
from ischia.server.accounts.identity import patient_of, user_of
from ischia.server.facts import plan_value
from ischia.server.training import shown
from ischia.server.training.today_views import latest_plan
from ischia.session import Dose, SessionPlan

_LOOPS: Final = Path(__file__).parents[1] / "static" / "ischia" / "loops" / "loops.json"


def _may_look(request: HttpRequest) -> bool:
    """Whoever may use this server at all."""
    return not runtime.current().accounts or user_of(request) is not None


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Show all exercises, in the order in which they get harder."""
    if not _may_look(request):
        return redirect("log-in")
    catalogue = load_catalogue()
    texts = catalogue.texts(shown.spoken(get_language() or "en"))
    families = [
        {
            "title": texts[next(r for r in ladder.rungs if catalogue.exercises[r].article)].title,
            "exercises": [(rung, texts[rung]) for rung in ladder.rungs],
        }
        for ladder in catalogue.ladders.values()
    ]
    return render(request, "training/exercises.html", {"families": families})


@require_safe
def one(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """Show one exercise: in today's dose where it is in today's plan, else in the one it starts with."""
    if not _may_look(request):
        return redirect("log-in")
    catalogue = load_catalogue()
    exercise = catalogue.exercises.get(exercise_id)
    if exercise is None:
        raise Http404
    texts = catalogue.texts(shown.spoken(get_language() or "en"))[exercise_id]
    dose = _todays_dose(request, exercise_id)
    start = exercise.dose.start
    hold_s = dose.hold_s if dose else start.hold_s
    page = {
        "exercise": exercise,
        "texts": texts,
        "dose": shown.dose_text(dose) if dose else None,
        "data": _data(exercise, texts, hold_s),
        "film": _films().get(exercise_id),
    }
    return render(request, "training/exercise.html", page)


def _todays_dose(request: HttpRequest, exercise_id: str) -> Dose | None:
    patient = patient_of(request)
    stored = latest_plan(patient) if patient else None
    plan = plan_value(stored) if stored else None
    if not isinstance(plan, SessionPlan):
        return None
    return next((p.doses[0].dose for p in plan.exercises if p.exercise_id == exercise_id), None)


@cache
def _films() -> dict[str, dict[str, Any]]:
    """The films of people, by exercise: address, size, and the seconds that the script must know."""
    drawn: dict[str, dict[str, Any]] = json.loads(_LOOPS.read_text("utf-8"))
    return {id_: told | {"url": static(f"ischia/loops/{id_}.mp4")} for id_, told in drawn.items()}


def people() -> dict[str, str]:
    """The four bodies by the words they are chosen by."""
    return {
        "f_adult": _("Woman"),
        "m_adult": _("Man"),
        "f_older": _("Older woman"),
        "m_heavy": _("Heavier man"),
    }


def _data(exercise: Exercise, texts: Any, hold_s: float) -> dict[str, Any]:
    """What the page's script is given."""
    return {
        "figure": reverse("figure", args=(exercise.id,)),
        "title": texts.title,
        "hold_s": hold_s,
        "sides": "left" if exercise.sides == "each" else "both",
        "phases": [
            {"id": phase.id, "from": phase.from_, "to": phase.to, "seconds": phase.seconds}
            for phase in exercise.phases
        ],
        "cues": dict(texts.phases),
        "three": _three(),
        "film": {name: v for name, v in _films().get(exercise.id, {}).items() if name.endswith("_s")},
        "people": [
            {
                "id": body,
                "name": name,
                "mesh": reverse("body", args=(body,)),
                "motion": reverse("body-motion", args=(body, exercise.id)),
            }
            for body, name in people().items()
        ],
        "words": {
            "play": _("Play"),
            "pause": _("Pause"),
            "film": _("Watch a person do it"),
            "drawing": _("Back to the drawing"),
            "no_film": _("The film could not be shown here. The drawing shows the same movement."),
            "loading": _("The 3-D picture is being loaded …"),
            "how": _("Turn it with a finger, the mouse or the arrow keys. Plus and minus bring it nearer."),
            "canvas": _("3-D picture. The arrow keys turn it, plus and minus bring it nearer."),
            "missing": _("This server has no 3-D picture yet. Whoever looks after it runs: ischia assets"),
            "failed": _("The 3-D picture could not be shown here. The flat picture shows the same movement."),
        },
    }


def _three() -> str:
    """The address of three.js with its version in it, or nothing where it has not been fetched."""
    bundle = three_js()
    return f"{reverse('three')}?{bundle.stem}" if bundle else ""
