"""The camera coach in a headless browser against truth, and against the command line on the same files.

usage: python benchmarks/accuracy/camera.py [FOLDER]      (FOLDER holds manifest.csv and video/)

Six films of exercises that never took place are drawn into build/films where they are not there yet (a minute
each), and shown before the browser's camera. Then clips of FOLDER, if there is one, are shown before it,
and go through the page to try it out and through `ischia analyse`. Writes
benchmarks/results/camera_accuracy.json.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from ischia.analysis import analyse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.journeys.camera import film_for_camera, filming  # noqa: E402
from tests.journeys.served import Served  # noqa: E402
from tests.journeys.test_coach import SET  # noqa: E402

FILMS = ROOT / "build" / "films"
SIX = ("bridge", "curl_up", "knee_to_chest", "prone_on_elbows", "standing_extension", "superman")
CLIPS = (
    "bridge_02_leapA", "bridge_04_leapC", "bridge_08_physioplus", "crunch_04_leapD", "crunch_05_fitcurve",
    "knee_01_ccgi_single_a", "pressup_03_fitnessblender_side", "prone_01_elbows_childrensco",
    "superman_04_fitcurve_backarch", "superman_05_fitcurve_headhands",
)  # fmt: skip


def film_of(exercise: str) -> tuple[Path, dict[str, Any]]:
    film = FILMS / f"{exercise}.mp4"
    if not film.is_file():
        FILMS.mkdir(parents=True, exist_ok=True)
        command = ["--exercise", exercise, "--repetitions", "3", "--hold", "3", "--rate", "15"]
        subprocess.run([sys.executable, "-m", "ischia", "synthesise", *command, "--video", film], check=True)
    return film, json.loads(film.with_suffix(".truth.json").read_text(encoding="utf-8"))


def before_the_camera(film: Path, exercise: str, until_s: float, address: str) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as scratch,
        filming(film_for_camera(film, Path(scratch) / "film.mjpeg")) as browser,
    ):
        page = browser.new_context(permissions=["camera"]).new_page()
        page.goto(f"{address}/camera/")
        seen: dict[str, Any] = page.evaluate(SET, [exercise, until_s])
    return seen


def a_film(exercise: str, address: str) -> dict[str, Any]:
    film, truth = film_of(exercise)
    seen = before_the_camera(film, exercise, truth["repetitions"][-1]["end_s"] + 1.0, address)
    found = seen["record"]["repetitions"]
    held = [rep["plateau_end_s"] - rep["plateau_start_s"] for rep in truth["repetitions"]]
    return {
        "true": len(held),
        "counted": len(found),
        "model": seen["model"],
        # Against what an onlooker marks, and against what was asked of the figure.
        "hold_errors_s": [apart(one["hold_s"], true) for one, true in zip(found, held, strict=False)],
        "hold_minus_asked_s": [apart(one["hold_s"], truth["repetitions"][0]["hold_s"]) for one in found],
    }


def apart(found_s: float | None, true_s: float) -> float | None:
    return None if found_s is None else round(found_s - true_s, 2)


def through_the_page(clip: Path, exercise: str, address: str) -> int:
    with filming() as browser:
        page = browser.new_page()
        page.goto(f"{address}/camera/?exercise={exercise}")
        page.get_by_label("Choose a video").set_input_files(clip)
        expect(page.locator("#result > p")).to_be_visible(timeout=400_000)
        return int(page.locator("#count").inner_text())


def a_clip(clip: Path, exercise: str, address: str) -> dict[str, Any]:
    known = analyse(clip, exercise)
    # The camera's film begins anew after its last picture.
    seen = before_the_camera(clip, exercise, known.media.duration_s - 0.15, address)
    return {
        "exercise": exercise,
        "page": through_the_page(clip, exercise, address),
        "analyse": known.count,
        "camera": seen["record"]["count"],
        "model": seen["model"],
    }


def attempt(name: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        found = work()
    except Exception as fault:  # one clip that fails is a result, too
        found = {"fault": str(fault).splitlines()[0]}
    print(name, found, flush=True)
    return found


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "clips"
    films: dict[str, Any] = {}
    clips: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        server = Served(Path(scratch) / "data")
        server.start()
        for name in SIX:
            films[name] = attempt(name, partial(a_film, name, server.address))
        write(films, clips)
        for name, exercise in known(folder).items():
            clip = folder / "video" / f"{name}.mp4"
            clips[name] = attempt(name, partial(a_clip, clip, exercise, server.address))
            write(films, clips)
        server.kill()


def known(folder: Path) -> dict[str, str]:
    if not (folder / "manifest.csv").is_file():
        print(f"no clips: {folder} holds no manifest.csv")
        return {}
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        return {row["file"]: row["exercise"] for row in csv.DictReader(file) if row["file"] in CLIPS}


def write(films: dict[str, Any], clips: dict[str, Any]) -> None:
    machine = {"processors": os.cpu_count(), "load": os.getloadavg()[1]}
    result = {
        "machine": machine,
        "rendered_before_the_camera": films,
        "clips_camera_page_and_command_line": clips,
    }
    out = ROOT / "benchmarks" / "results" / "camera_accuracy.json"
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
