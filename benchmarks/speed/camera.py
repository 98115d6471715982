"""What the camera coach costs in a headless browser without a graphics card: rate, delay, memory, bytes.

usage: python benchmarks/speed/camera.py [MINUTES]      (2 unless told otherwise)

A rendered bridge is shown before the camera again and again, while the page draws skeleton and curve as it
does for people. Writes benchmarks/results/camera.json.
"""

import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from ischia.server.coach import archive
from ischia.server.coach.assets import LITE, assets

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.journeys.camera import film_for_camera, filming  # noqa: E402
from tests.journeys.served import Served  # noqa: E402

FILM = ROOT / "tests" / "data" / "bridge_rendered.mp4"
EVERY_S = 10

# The page's own coach, watched from beside it.
BEGIN = """async () => {
  const {Coach} = await import("/static/ischia/coach/coach.js");
  const seen = (window.seen = {frames: 0, latency_ms: [], gaps_ms: [], slow: false});
  const tell = Coach.prototype.begin;
  Coach.prototype.begin = function (asked) {
    if (!this.watched) {
      this.watched = true;
      const {live, slow} = this.told;
      this.told.live = (one) => { live(one); seen.frames += 1; seen.latency_ms.push(one.latency_ms); };
      this.told.slow = () => { slow(); seen.slow = true; };
    }
    return tell.call(this, asked);
  };
  let last = performance.now();
  const tick = (now) => { seen.gaps_ms.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
TAKE = """() => {
  const {frames, latency_ms, gaps_ms, slow} = window.seen;
  Object.assign(window.seen, {frames: 0, latency_ms: [], gaps_ms: []});
  return {frames, latency_ms, gaps_ms, slow};
}"""


def renderer_mb() -> float:
    """The largest renderer below this process, proportional set size."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, below = 0.0, [os.getpid()]
    while below:
        pid = below.pop()
        below += children.get(pid, [])
        try:
            if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                found = max(
                    found, next(int(one.split()[1]) for one in lines if one.startswith("Pss:")) / 1024
                )
        except OSError:
            continue
    return round(found, 1)


def share(values: list[float], part: float) -> float:
    return round(sorted(values)[int(part * (len(values) - 1))], 1)


def watch(page: Page, minutes: float) -> dict[str, Any]:
    loading = time.monotonic()
    page.evaluate(BEGIN)
    page.get_by_role("button", name="Start the camera").click()
    page.locator("#phase", has_text="–").wait_for(state="detached", timeout=120_000)
    ready_s = round(time.monotonic() - loading, 1)
    page.wait_for_timeout(3000)
    page.evaluate(TAKE)
    frames, took_s, slow = 0, 0.0, False
    latency: list[float] = []
    gaps: list[float] = []
    memory: list[float] = []
    begun = time.monotonic()
    while time.monotonic() - begun < 60 * minutes:
        since = time.monotonic()
        page.wait_for_timeout(1000 * EVERY_S)
        seen = page.evaluate(TAKE)
        took_s += time.monotonic() - since
        frames, slow = frames + seen["frames"], seen["slow"]
        latency += seen["latency_ms"]
        gaps += seen["gaps_ms"]
        memory.append(renderer_mb())
    return {
        "seconds": round(took_s, 1),
        "loaded_and_first_frame_s": ready_s,
        "small_model": slow,
        "analysed_frames_per_s": round(frames / took_s, 1),
        "pose_to_feedback_ms": {"median": round(median(latency), 1), "p95": share(latency, 0.95)},
        "ui_frame_gap_ms": {"median": share(gaps, 0.5), "p95": share(gaps, 0.95), "p99": share(gaps, 0.99)},
        "renderer_memory_mb": memory,
    }


def loaded_bytes() -> dict[str, int]:
    files = [one for one in assets() if one.name != LITE]
    wire = sum((one.packed if one.packed.is_file() else one.path).stat().st_size for one in files)
    own = len(archive.archive())
    return {"on_the_wire": wire + own, "unpacked": sum(one.size for one in files) + own, "our_python": own}


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    with tempfile.TemporaryDirectory() as scratch:
        server = Served(Path(scratch) / "data")
        server.start()
        with filming(film_for_camera(FILM, Path(scratch) / "bridge.mjpeg")) as browser:
            page = browser.new_context(permissions=["camera"]).new_page()
            page.goto(f"{server.address}/camera/")
            found = watch(page, minutes)
        server.kill()
    machine = {"system": platform.platform(), "processors": os.cpu_count(), "load": os.getloadavg()[0]}
    result = {"machine": machine, **found, "bytes": loaded_bytes()}
    out = ROOT / "benchmarks" / "results" / "camera.json"
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
