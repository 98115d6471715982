"""How soon an exercise's page shows its picture, and how evenly the figure moves, on one slowed-down core.

usage: taskset -c 0 python benchmarks/speed/page.py    (taskset keeps browser and server on one core)
Needs Playwright and Chromium (./ischia test gets both). Writes benchmarks/results/page.json. The machine may
be busy: its load and the best of several openings are told beside the medians. What ends in ``cpu_ms`` is the
computing time of the browser's process for the page, which other programs hardly lengthen.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

RESULTS = Path(__file__).resolve().parents[1] / "results" / "page.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EXERCISES = ("bridge",)
SLOWER = (1, 4)
OPENINGS = 3
MOVING_S = 3.0
# From the navigation's start: when something of the page, and when its figure, was painted.
PAINTED = """() => new Promise((resolve) => {
  const told = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const drawn = document.querySelector('#exercise-picture svg path');
    if (paint && drawn) resolve(paint.startTime); else setTimeout(told, 20);
  };
  told();
})"""
GAPS = """(ms) => new Promise((resolve) => {
  const times = [];
  const next = (now) => {
    times.push(now);
    if (now - times[0] < ms) requestAnimationFrame(next); else resolve(times);
  };
  requestAnimationFrame(next);
})"""


def opened(browser: Browser, address: str, slower: int) -> dict[str, Any]:
    """Open a page in a browser that knows nothing of it; watch it move for some seconds."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    system = browser.new_browser_cdp_session()

    def spent_s() -> float:
        told = system.send("SystemInfo.getProcessInfo")["processInfo"]
        return float(sum(one["cpuTime"] for one in told if one["type"] == "renderer"))

    idle_s = spent_s()
    page.goto(address)
    painted_ms = page.evaluate(PAINTED)

    opening_s = spent_s() - idle_s
    page.wait_for_timeout(500)
    before_s = spent_s()
    times = page.evaluate(GAPS, MOVING_S * 1000)
    busy_s = spent_s() - before_s
    system.detach()
    context.close()
    gaps = [b - a for a, b in pairwise(times)]
    return {
        "painted_ms": painted_ms,
        "opening_cpu_ms": opening_s * 1000,
        "frames_per_s": len(gaps) / (times[-1] - times[0]) * 1000,
        "gap_ms_p95": sorted(gaps)[int(0.95 * len(gaps))],
        "frame_cpu_ms": busy_s / len(gaps) * 1000,
    }


def main() -> None:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("this needs Chromium")
    pages: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = "from ischia.cli import main; main()"
        command = [sys.executable, "-c", run, "serve", "--data", folder, "--port", "0"]
        server = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )
        assert server.stdout is not None
        address = ""
        while not address:
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            address = found[0] if found else ""
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            for slower in SLOWER:
                for exercise in EXERCISES:
                    seen = [
                        opened(browser, f"{address}/exercises/{exercise}/", slower) for _ in range(OPENINGS)
                    ]
                    line: dict[str, Any] = {"exercise": exercise, "slowed_down": slower, "openings": OPENINGS}
                    for name in seen[0]:
                        values = [one[name] for one in seen]
                        line[name] = {
                            "least": round(min(values), 2),
                            "median": round(statistics.median(values), 2),
                            "most": round(max(values), 2),
                        }
                    pages.append(line)
                    line["load_of_the_machine"] = round(os.getloadavg()[0], 1)
                    print(json.dumps(line), flush=True)
                    result = {"cores": os.cpu_count(), "pages": pages}
                    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        finally:
            browser.close()
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
