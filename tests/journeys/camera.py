"""A browser with a film before its camera, and what every request that leaves the page is held to."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import av
import pytest
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright
from tests.journeys.conftest import BROWSERS, FLAGS

from ischia.recording import LandmarkFrame
from ischia.server.coach.assets import assets

CAMERA_HZ = 30  # Chromium shows a film before its camera at this rate, whatever the film says
PATIENCE_MS = 60_000
LEAST_HZ = 8  # as the coach itself asks of a device

# Keep hold of what the page opens and starts, so that a test can take it away.
GRIP = """
window.grip = {streams: [], workers: [], looks: []};
const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (ask) navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await (window.grip.instead ? window.grip.instead() : ask(wish));
  window.grip.streams.push(stream);
  return stream;
};
window.Worker = class extends Worker {
  constructor(...how) {
    super(...how);
    window.grip.workers.push([String(how[0]), this]);
    this.addEventListener("message", ({data}) => {
      if (data.kind === "live") window.grip.looks.push(performance.now());
    });
  }
};
"""


def film_for_camera(film: Path, into: Path) -> Path:
    """Turn a film into what Chromium takes for a camera, its pictures shown at their own times."""
    with av.open(str(film)) as source, av.open(str(into), "w", format="mjpeg") as target:
        stream = target.add_stream("mjpeg", rate=CAMERA_HZ, options={"qscale": "3"})
        video = source.streams.video[0]
        stream.width, stream.height, stream.pix_fmt = video.width, video.height, "yuvj420p"
        shown = 0
        for frame in source.decode(video):
            picture = frame.reformat(format="yuvj420p")
            while shown / CAMERA_HZ <= (frame.time or 0.0) + 1e-6:
                picture.pts, picture.time_base = shown, Fraction(1, CAMERA_HZ)
                target.mux(stream.encode(picture))
                shown += 1
        target.mux(stream.encode(None))
    return into


def film_with_two(film: Path, into: Path) -> Path:
    """Put a film's first repetition above itself: somebody else, who comes into the picture after 4 s."""
    import numpy as np

    with av.open(str(film)) as source, av.open(str(into), "w") as target:
        video = source.streams.video[0]
        stream = target.add_stream("libx264", rate=video.average_rate)
        stream.width, stream.height, stream.pix_fmt = video.width, 2 * video.height, "yuv420p"
        for frame in source.decode(video):
            one = frame.to_ndarray(format="rgb24")
            if (t_s := frame.time or 0.0) > 9.5:
                break
            alone = t_s < 4
            other = np.broadcast_to(one[:1, :1], one.shape) if alone else one
            both = av.VideoFrame.from_ndarray(np.concatenate([other, one]), format="rgb24")
            both.pts, both.time_base = frame.pts, frame.time_base
            target.mux(stream.encode(both))
        target.mux(stream.encode(None))
    return into


@contextmanager
def filming(film: Path | None = None) -> Iterator[Browser]:
    """The system's Chromium with a film before its camera, or a test picture."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this computer: './ischia test' installs it where it may")
    if not assets():
        pytest.skip("the camera coach has not been fetched: 'ischia assets' does it")
    flags = [*FLAGS, "--use-fake-device-for-media-stream"]
    if film is not None:
        flags.append(f"--use-file-for-fake-video-capture={film}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


class Held:
    """Everything a context asks for, held to: our own origin, nothing sent but what is asked for."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        """Watch a context from now on, its workers too."""
        self.asked: list[str] = []
        self.faults: list[str] = []
        self._origin = urlsplit(origin).netloc
        context.on("request", self._hold)
        context.on("page", lambda page: page.on("websocket", lambda it: self.faults.append(it.url)))

    def _hold(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        self.asked.append(request.url)
        if parts.netloc != self._origin:
            self.faults.append(f"went elsewhere: {request.url}")
        if request.method != "GET" or request.post_data_buffer is not None or len(request.url) > 200:
            self.faults.append(f"took something along: {request.method} {request.url}")


def row(frame: LandmarkFrame) -> dict[str, Any]:
    """A frame as the page is given it; its landmarks as float32, packed."""
    import numpy as np

    flat = None
    if frame.landmarks is not None:
        flat = base64.b64encode(np.asarray(frame.landmarks, np.float32).tobytes()).decode()
    return {
        "t_s": frame.t_s,
        "landmarks": flat,
        "width": frame.width,
        "height": frame.height,
        "people": frame.people,
    }
