"""A film of an exercise that never took place: the 3-D body, drawn by a headless browser.

The browser draws the very page modules and bodies that a patient sees; the poses are those whose landmarks
``synthesise`` writes, so the truth is exact. Nothing but this computer is asked for anything.

Drawing is slow without a graphics card, and somebody who repeats a movement is seen in the same places again
and again: a picture is drawn once and shown wherever nobody could tell it from the right one.
"""

import json
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ischia.anatomy import Camera, PlacedPose, body_named, pose_placed
from ischia.catalogue import load_catalogue
from ischia.demonstration.body_motion import body_motion_of, turns_of
from ischia.demonstration.bones import BONES
from ischia.demonstration.graphics import three_js
from ischia.demonstration.motion import motion_of
from ischia.demonstration.synthesis import Synthetic

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS: Final = (
    *("--headless", "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--mute-audio", "--hide-scrollbars", "--no-sandbox"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"),
)
_PAGE: Final = b'<!doctype html><meta charset="utf-8"><script type="module" src="/body/film.js"></script>'
_KINDS: Final = {".js": "text/javascript", ".json": "application/json", ".glb": "model/gltf-binary"}
_SILENCE_S: Final = 60.0
# Drawn quickly, to be analysed; or drawn well and written small, for a page that people look at.
_QUICK: Final = {"crf": "20", "preset": "veryfast"}
_SMALL: Final = {"crf": "27", "preset": "veryslow", "tune": "animation"}
# One picture stands for another if no joint or landmark lies further off than this, in pixels.
_SAME_PX: Final = 0.5


class FilmError(RuntimeError):
    """The film cannot be made. Its text is one sentence that says what to do."""


def film(
    made: Synthetic,
    out: Path,
    told: Callable[[int, int], None] = lambda done, of: None,
    *,
    for_people: bool = False,
) -> None:
    """Film a synthetic recording.

    Args:
        made: from ``synthesise``; its frames are the film's pictures.
        out: the .mp4 that is written, whole or not at all.
        told: called with the pictures done and all there are.
        for_people: drawn well and written small, which takes longer.

    Raises:
        FilmError: there is no browser, no three.js, no PyAV, or the browser fails.
        OSError: the file cannot be written.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise FilmError("Drawing video needs a browser: install Chromium.")
    try:
        import av  # noqa: F401
    except ImportError as missing:
        raise FilmError("Writing video needs PyAV: install ischia[video].") from missing
    part = out.with_name(f".{out.name}.part")
    try:
        shown = shown_pictures(made)
        drawn = list(dict.fromkeys(shown))
        script = _script(made, drawn) | {"plain": not for_people}
        with _served(script) as (address, pictures), _browsing(browser, address) as alive:
            arriving = _arriving(pictures, alive, len(drawn))
            _write(part, made, shown, arriving, _SMALL if for_people else _QUICK, told)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def shown_pictures(made: Synthetic) -> list[int]:
    """For every frame, the first frame that looks the same to half a pixel: itself, or one before it."""
    import numpy as np

    camera, body = made.view, body_named(str(made.asked["body"]))
    drawn: list[int] = []
    places = np.empty((0, 0, 2))
    found: list[int] = []
    for number, pose in enumerate(made.poses):
        seen = [camera.projected(point) for point in pose_placed(pose, body).landmarks()]
        place = np.array([seen]) * (camera.width, camera.height)
        off = np.hypot(*np.moveaxis(places - place, -1, 0)).max(axis=1) if drawn else np.empty(0)
        if off.size and off.min() <= _SAME_PX:
            found.append(drawn[int(off.argmin())])
            continue
        drawn.append(number)
        places = np.concatenate([places, place]) if found else place
        found.append(number)
    return found


def _script(made: Synthetic, drawn: Sequence[int]) -> dict[str, Any]:
    """What the page draws: the pictures' bones, the room, and where the camera stands."""
    exercise = load_catalogue().exercises[made.exercise_id]
    body, camera = str(made.asked["body"]), made.view
    return {
        "motion": body_motion_of(exercise, motion_of(exercise, body), body),
        "mesh": f"/mesh/{body}.glb",
        "three": "/three.js",
        "width": camera.width,
        "height": camera.height,
        "view": _view(camera),
        "bones": list(BONES),
        "pictures": [_picture(made.poses[number]) for number in drawn],
    }


def _view(camera: Camera) -> dict[str, Any]:
    return {
        "azimuth_deg": camera.azimuth_deg,
        "elevation_deg": camera.elevation_deg,
        "distance_m": camera.distance_m,
        "look_at": list(camera.look_at),
        "focal": camera.focal,
    }


def _picture(pose: PlacedPose) -> dict[str, Any]:
    return {"at": [round(v * 1000, 2) for v in pose.place.at], "turns": turns_of(pose)}


def _arriving(pictures: "queue.Queue[bytes | str]", alive: Callable[[], bool], count: int) -> Iterator[bytes]:
    for _ in range(count):
        waited = 0.0
        while True:
            try:
                found = pictures.get(timeout=1.0)
                break
            except queue.Empty:
                waited += 1.0
                if not alive() or waited >= _SILENCE_S:
                    raise FilmError("The browser stopped drawing: try again.") from None
        if isinstance(found, str):
            raise FilmError(f"The browser cannot draw the body ({found or 'it ended early'}).")
        yield found


def _write(
    out: Path,
    made: Synthetic,
    shown: Sequence[int],
    pictures: Iterator[bytes],
    encoding: dict[str, str],
    told: Callable[[int, int], None],
) -> None:
    import av
    import numpy as np

    camera = made.view
    rate = Fraction(made.rate_hz).limit_denominator(1000)
    last = {which: number for number, which in enumerate(shown)}
    kept: dict[int, av.VideoFrame] = {}
    # A player may begin before it has all of the file.
    with av.open(str(out), "w", format="mp4", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=rate, options=encoding)
        stream.width, stream.height, stream.pix_fmt = camera.width, camera.height, "yuv420p"
        for number, which in enumerate(shown):
            if which not in kept:
                rows = np.frombuffer(next(pictures), np.uint8).reshape(camera.height, camera.width, 4)
                drawn = av.VideoFrame.from_ndarray(np.ascontiguousarray(rows[::-1, :, :3]), format="rgb24")
                kept[which] = drawn.reformat(format="yuv420p")
            frame = kept[which] if last[which] > number else kept.pop(which)
            frame.pts, frame.time_base = number, 1 / rate
            container.mux(stream.encode(frame))
            told(number + 1, len(shown))
        container.mux(stream.encode())


@contextmanager
def _browsing(browser: str, address: str) -> Iterator[Callable[[], bool]]:
    """A headless browser on a page, and whether it still runs."""
    with tempfile.TemporaryDirectory(prefix="ischia-film-", ignore_cleanup_errors=True) as folder:
        # S603: the browser found on the search path, fixed words, our own address.
        process = subprocess.Popen(  # noqa: S603
            [browser, *_FLAGS, f"--user-data-dir={folder}", address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield lambda: process.poll() is None
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _served(script: dict[str, Any]) -> Iterator[tuple[str, "queue.Queue[bytes | str]"]]:
    """The page with all it asks for, on this computer alone; and the pictures it sends back."""
    pictures: queue.Queue[bytes | str] = queue.Queue(maxsize=8)
    content = {"/": (_PAGE, "text/html"), "/script.json": (json.dumps(script).encode(), _KINDS[".json"])}
    for name, path in _files(script["mesh"]).items():
        content[name] = (path.read_bytes(), _KINDS[path.suffix])

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer one of the page's files."""
            found = content.get(self.path)
            self._answer(200 if found else 404, *(found or (b"", "text/plain")))

        def do_POST(self) -> None:
            """Take a picture, or word that it is over."""
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                pictures.put(sent if self.path.startswith("/picture/") else sent.decode(), timeout=_SILENCE_S)
                self._answer(200, b"", "text/plain")
            except queue.Full:
                self._answer(503, b"", "text/plain")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", pictures
    finally:
        server.shutdown()
        server.server_close()


def _files(mesh: str) -> dict[str, Path]:
    page = Path(str(files("ischia"))) / "server" / "static" / "ischia" / "body"
    data = Path(str(files("ischia.demonstration"))) / "data" / "bodies"
    bundle = three_js()
    if bundle is None:
        raise FilmError("Drawing video needs the 3-D view: run 'ischia assets' once.")
    modules = {f"/body/{name}": page / name for name in ("film.js", "stage.js", "motion.js")}
    return {**modules, "/three.js": bundle, mesh: data / Path(mesh).name}
