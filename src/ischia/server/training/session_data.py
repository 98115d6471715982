"""What the player is given: the plan, exercises, every text and clip in both languages, and what is done."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse

from ischia.catalogue import LANGUAGES, load_catalogue
from ischia.check_in import CheckIn
from ischia.server.clock import left_of
from ischia.server.facts import plan_value
from ischia.server.training.models import Session
from ischia.session.serialise import to_plain

_VOICE = Path(__file__).parent.parent / "static" / "ischia" / "voice"


def session_data(session: Session, language: str, before: CheckIn | None, csrf: str) -> dict[str, Any]:
    """Return the player's data as plain JSON; ``before`` is the check-in the session was planned from."""
    plan = plan_value(session.plan)
    ids = [planned["exercise_id"] for planned in session.plan.body["exercises"]]
    return {
        "session_id": str(session.pk),
        "language": language,
        "plan": to_plain(plan),
        "exercises": {exercise_id: _exercise(exercise_id) for exercise_id in ids},
        "texts": {code: _texts(code, ids) for code in LANGUAGES},
        "voice": {code: voice(code) for code in LANGUAGES},
        "tempo": _player_file("tempo"),
        "events": [{"kind": event.kind, **event.body} for event in session.events.all()],
        "left_s": left_of(session.on_date).total_seconds(),
        "pain_before": strongest_pain(before),
        "keeps_movement": session.patient.keeps_movement,
        "speech": session.patient.voice.get("kind", "clips"),
        "urls": {
            "events": f"/api/sessions/{session.pk}/events/",
            "after": reverse("after", args=[session.pk]),
            "stop": reverse("stop"),
            "home": reverse("today"),
            "language": reverse("language"),
        },
        "csrf": csrf,
    }


def strongest_pain(check_in: CheckIn | None) -> int | None:
    """Return the strongest pain of a check-in, or None where none was answered."""
    pains = [one.pain for one in check_in.leg_map.values() if one.pain is not None] if check_in else []
    return max(pains, default=None)


def _exercise(exercise_id: str) -> dict[str, Any]:
    exercise = load_catalogue().exercises[exercise_id]
    phases = exercise.model_dump(mode="json", by_alias=True, include={"phases"})["phases"]
    return {
        "position": exercise.position,
        "sides": exercise.sides,
        "phases": phases,
        "figure": reverse("figure", args=[exercise_id]),
    }


def _texts(language: str, ids: list[str]) -> dict[str, Any]:
    catalogue = load_catalogue()
    texts = catalogue.texts_by_language[language]  # type: ignore[index]
    return {
        "exercises": {one: texts[one].model_dump(mode="json", by_alias=True) for one in ids},
        "phrases": dict(catalogue.phrases_by_language[language]),  # type: ignore[index]
        "ui": _player_file(language),
    }


@cache
def _player_file(name: str) -> dict[str, Any]:
    entry = files("ischia.catalogue") / "data" / "player" / f"{name}.toml"
    return tomllib.loads(entry.read_text(encoding="utf-8"))


@cache
def voice(language: str) -> dict[str, dict[str, Any]]:
    """Return each spoken sentence's clip; empty where no clips are built, and the player shows captions."""
    manifest = _VOICE / language / "manifest.json"
    if not manifest.is_file():
        return {}
    sentences = json.loads(manifest.read_text(encoding="utf-8"))["sentences"]
    return {
        sentence: {"url": static(f"ischia/voice/{language}/{clip['file']}"), "duration_s": clip["duration_s"]}
        for sentence, clip in sentences.items()
    }
