"""A small server in place of the real one: it gives the player its page and takes what the player sends."""

import json
import re
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ischia.catalogue import load_catalogue
from ischia.demonstration import figure_json

PACKAGE = Path(__file__).resolve().parent.parent.parent / "src" / "ischia"
STATIC = PACKAGE / "server" / "static"
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
KINDS = {".js": "text/javascript", ".css": "text/css", ".mp3": "audio/mpeg", ".svg": "image/svg+xml"}
LANGUAGES = ("en", "vi")


def toml(name: str) -> dict[str, Any]:
    """Read a file of the catalogue's data folder."""
    return tomllib.loads((PACKAGE / "catalogue" / "data" / name).read_text(encoding="utf-8"))


def dose(hold_s: float = 3, repetitions: int = 2, sets: int = 1, rest_s: float = 5) -> dict[str, float]:
    """Return a dose as the plan holds it."""
    return {"hold_s": hold_s, "repetitions": repetitions, "sets": sets, "rest_s": rest_s}


def player_data(exercises: dict[str, dict[str, float]], language: str = "en") -> dict[str, Any]:
    """Return what the player is given, for exercise ids with their doses."""
    catalogue = load_catalogue()
    planned, known = [], {}
    for exercise_id, one_dose in exercises.items():
        exercise = catalogue.exercises[exercise_id]
        sides = ["left", "right"] if exercise.sides == "each" else ["both"]
        doses = [{"side": side, "dose": one_dose} for side in sides]
        planned.append({"exercise_id": exercise_id, "doses": doses})
        known[exercise_id] = {
            "position": exercise.position,
            "phases": exercise.model_dump(mode="json", by_alias=True, include={"phases"})["phases"],
            "figure": f"/figures/{exercise_id}.json",
        }
    return {
        "session_id": "0b0f8a3e-5f0a-4d7e-9a59-1f3f3a1d2c11",
        "language": language,
        "plan": {"id": "plan", "exercises": planned},
        "exercises": known,
        "texts": {one: _texts(one, exercises) for one in LANGUAGES},
        "voice": {one: _voice(one) for one in LANGUAGES},
        "tempo": toml("player/tempo.toml"),
        "events": [],
        "pain_before": 4,
        "urls": {"events": "/events/", "after": "/after/", "stop": "/stop/", "language": "/language/"},
        "csrf": "token",
    }


def _texts(language: str, exercises: dict[str, Any]) -> dict[str, Any]:
    texts = load_catalogue().texts_by_language[language]  # type: ignore[index]
    return {
        "exercises": {one: texts[one].model_dump(mode="json", by_alias=True) for one in exercises},
        "phrases": toml(f"phrases/{language}.toml"),
        "ui": toml(f"player/{language}.toml"),
    }


def _voice(language: str) -> dict[str, Any]:
    folder = f"ischia/voice/{language}"
    manifest = json.loads((STATIC / folder / "manifest.json").read_text(encoding="utf-8"))
    return {
        sentence: {"url": f"/static/{folder}/{clip['file']}", "duration_s": clip["duration_s"]}
        for sentence, clip in manifest["sentences"].items()
    }


def _page(data: dict[str, Any]) -> str:
    html = (PACKAGE / "server" / "templates" / "training" / "player.html").read_text(encoding="utf-8")
    html = re.sub(r"\{% load .*? %\}", "", html)
    html = re.sub(r"\{% static '(.*?)' %\}", r"/static/\1", html).replace("{{ language }}", data["language"])
    body = json.dumps(data).replace("<", "\\u003c")
    script = f'<script id="session-data" type="application/json">{body}</script>'
    return html.replace('{{ session_data|json_script:"session-data" }}', script)


@dataclass
class Playground:
    """What the stand-in server serves and what it was sent."""

    address: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)  # ids as they came, again and again
    refuse: tuple[int, str] | None = None
    lose_answers: bool = False  # take the record, then break the line before answering
    next_url: str | None = None
    figures: bool = False
    unreachable: bool = False  # break the line before anything is taken
    missing: str = "-"  # a static file that is not there
    wants_movement: bool = True  # whether it asks for drawings, as long as the person chose them
    movements: list[bytes] = field(default_factory=list)

    @property
    def done(self) -> list[dict[str, Any]]:
        """The events on record, oldest first."""
        return list(self.events.values())

    def kinds(self) -> list[str]:
        """The kinds of the events on record, oldest first."""
        return [event["kind"] for event in self.done]

    def sets(self) -> list[tuple[str, str, int]]:
        """The sets on record: exercise, side, number."""
        return [(one["exercise_id"], one["side"], one["number"]) for one in self.done if one["kind"] == "set"]


class StandIn(ThreadingHTTPServer):
    """A server for a test: a page that leaves while it is being served is no fault worth a traceback."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(ground: Playground) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path == "/player/":
                data = {**ground.data, "events": ground.done}
                return self._answer(200, "text/html", _page(data).encode())
            if path.startswith("/static/"):
                file = STATIC / path.removeprefix("/static/")
                there = file.is_file() and file.name != ground.missing
                kind = KINDS.get(file.suffix, "application/octet-stream")
                return self._answer(200 if there else 404, kind, file.read_bytes() if there else b"")
            if path.startswith("/figures/"):
                name = path.removeprefix("/figures/").removesuffix(".json")
                known = ground.figures and name in ground.data["exercises"]
                body = json.dumps(figure_json(name) if known else {}).encode()
                return self._answer(200 if known else 404, "application/json", body)
            title = path.strip("/") or "blank"
            self._answer(200, "text/html", f"<!doctype html><title>{title}</title><h1>{title}</h1>".encode())

        def do_PUT(self) -> None:
            event_id = self.path.rsplit("/", 1)[1]
            body_sent = self.rfile.read(int(self.headers["Content-Length"]))
            if event_id == "movement":
                ground.movements.append(body_sent)
                return self._answer(201, "application/json", b"{}")
            sent = json.loads(body_sent)
            if ground.unreachable:
                self.close_connection = True
                return None
            ground.received.append(event_id)
            if ground.refuse:
                status, detail = ground.refuse
                return self._answer(status, "application/json", json.dumps({"detail": detail}).encode())
            known = event_id in ground.events
            ground.events.setdefault(event_id, sent)
            if ground.lose_answers:
                self.close_connection = True
                return None
            body = {"id": event_id, "next": ground.next_url}
            if ground.wants_movement and ground.data.get("keeps_movement"):
                body["movement"] = f"{self.path}/movement"
            self._answer(200 if known else 201, "application/json", json.dumps(body).encode())

        def do_POST(self) -> None:
            self._answer(204, "text/plain", b"")

    return Handler


@contextmanager
def open_playground() -> Iterator[Playground]:
    """Serve on a free port until the block is left."""
    ground = Playground()
    server = StandIn(("127.0.0.1", 0), _handler(ground))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    ground.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield ground
    finally:
        server.shutdown()
        server.server_close()
