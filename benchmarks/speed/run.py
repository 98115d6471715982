"""What `ischia analyse` costs in CPU seconds against MediaPipe's Python solution and physiocore.

usage: run.py --clips FOLDER --mediapipe PYTHON [--physiocore PYTHON] [--only long]

FOLDER holds manifest.csv, reps.csv and video/ (see docs/how-to/analyse-recordings.md). PYTHON is the
interpreter of an environment with mediapipe==0.10.21, or with physiocore==0.3.5 too. Everybody works on the
same files, one after the other in one run, in a process of its own; user and system seconds of that process
count, its start included. The machine may be busy: trust ratios.
"""

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from films import looped

RESULTS = Path(__file__).resolve().parents[1] / "results" / "speed.json"
EXERCISES = ("bridge", "curl_up", "superman", "prone_on_elbows", "knee_to_chest", "standing_extension")
MINUTE_CLIPS = {
    "bridge_02_leapA": "bridge",
    "crunch_02_leapB": "curl_up",
    "knee_01_ccgi_single_a": "knee_to_chest",
    "prone_01_elbows_childrensco": "prone_on_elbows",
    "superman_07_leapB_alt": "superman",
}
LONG_CLIP = "bridge_02_leapA"
LONG_S = 3600


@dataclass(frozen=True)
class Cost:
    cpu_s: float
    most_rss_mb: float
    output: str


def spend(command: list[str], rss_log: list[float] | None = None) -> Cost:
    """Run a command to its end; return what it cost."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        if rss_log is not None:
            threading.Thread(target=watch_rss, args=(process.pid, rss_log), daemon=True).start()
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise RuntimeError(f"{command[:3]} ended with {os.waitstatus_to_exitcode(status)}")
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.read())


def watch_rss(pid: int, log: list[float]) -> None:
    status = Path(f"/proc/{pid}/status")
    while True:
        try:
            lines = status.read_text().splitlines()
        except OSError:
            return
        log += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]
        time.sleep(5)


def ischia(files: list[Path], exercise: str, *options: str) -> list[str]:
    command = [sys.executable, "-c", "from ischia.cli import main; main()", "analyse", *map(str, files)]
    return [*command, "--exercise", exercise, "--json", "--workers", "1", *options]


def analyses(cost: Cost) -> dict[str, dict[str, Any]]:
    found = map(json.loads, cost.output.splitlines())
    return {Path(each["file"]).stem: each for each in found}


def labelled(clips: Path) -> dict[str, dict[str, int]]:
    """Return the true counts by exercise and clip."""
    truth: dict[str, dict[str, int]] = defaultdict(dict)
    with (clips / "manifest.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["exercise"] in EXERCISES and row["peaks_reached"].isdigit():
                truth[row["exercise"]][row["file"]] = int(row["peaks_reached"])
    return truth


def exact(counts: dict[str, int], truth: dict[str, int]) -> int:
    return sum(counts.get(name) == true for name, true in truth.items())


def same_clips(clips: Path, mediapipe: str) -> dict[str, Any]:
    """Every labelled clip of the six exercises, a process for each exercise and contender."""
    truth = labelled(clips)
    rows: dict[str, dict[str, float]] = {}
    media = {"duration_s": 0.0, "frames": 0, "frames_posed": 0}
    for exercise, names in truth.items():
        files = [clips / "video" / f"{name}.mp4" for name in names]
        with tempfile.TemporaryDirectory() as folder:
            solution = Path(__file__).with_name("mediapipe_solution.py")
            theirs = spend([mediapipe, str(solution), folder, *map(str, files)])
            ours = spend(ischia(files, exercise))
            every = spend(ischia(files, exercise, "--every-frame"))
            tracks = [Path(folder) / f"{name}.npz" for name in names]
            by_theirs = analyses(spend(ischia(tracks, exercise)))
        by_ours, by_every = analyses(ours), analyses(every)
        for each in by_ours.values():
            for key in media:
                media[key] += each["media"][key]
        rows[exercise] = {
            "clips": len(names),
            "cpu_s": round(ours.cpu_s, 2),
            "cpu_s_every_frame": round(every.cpu_s, 2),
            "cpu_s_mediapipe": round(theirs.cpu_s, 2),
            "exact": exact({k: v["count"] for k, v in by_ours.items()}, names),
            "exact_every_frame": exact({k: v["count"] for k, v in by_every.items()}, names),
            "exact_mediapipe": exact({k: v["count"] for k, v in by_theirs.items()}, names),
            "most_rss_mb": round(ours.most_rss_mb),
            "most_rss_mb_mediapipe": round(theirs.most_rss_mb),
        }
        print(exercise, rows[exercise], flush=True)
    total = {
        key: round(sum(row[key] for row in rows.values()), 2) for key in rows["bridge"] if "rss" not in key
    }
    return {
        "by_exercise": rows,
        "total": total,
        "video_s": round(media["duration_s"], 1),
        "frames": media["frames"],
        "frames_posed": media["frames_posed"],
        "cpu_s_per_video_s": round(total["cpu_s"] / media["duration_s"], 4),
        "cpu_s_per_video_s_mediapipe": round(total["cpu_s_mediapipe"] / media["duration_s"], 4),
        "share_of_mediapipe": round(total["cpu_s"] / total["cpu_s_mediapipe"], 3),
        "share_of_every_frame": round(total["cpu_s"] / total["cpu_s_every_frame"], 3),
    }


def one_minute(clips: Path, mediapipe: str, scratch: Path) -> dict[str, Any]:
    """A single recording of a minute each, start included."""
    rows = {}
    for name, exercise in MINUTE_CLIPS.items():
        film = looped(clips / "video" / f"{name}.mp4", scratch / f"minute_{name}.mp4", 60)
        solution = Path(__file__).with_name("mediapipe_solution.py")
        theirs = spend([mediapipe, str(solution), str(scratch), str(film)])
        ours = spend(ischia([film], exercise))
        seen = analyses(ours)[film.stem]
        by_theirs = analyses(spend(ischia([scratch / f"{film.stem}.npz"], exercise)))
        rows[name] = {
            "video_s": seen["media"]["duration_s"],
            "cpu_s": round(ours.cpu_s, 2),
            "cpu_s_mediapipe": round(theirs.cpu_s, 2),
            "share_of_mediapipe": round(ours.cpu_s / theirs.cpu_s, 3),
            "frames": seen["media"]["frames"],
            "frames_posed": seen["media"]["frames_posed"],
            "count": seen["count"],
            "count_mediapipe": next((each["count"] for each in by_theirs.values()), None),
            "most_rss_mb": round(ours.most_rss_mb),
        }
        print(name, rows[name], flush=True)
    return {
        "by_clip": rows,
        "median_share_of_mediapipe": statistics.median(row["share_of_mediapipe"] for row in rows.values()),
    }


def bridges(clips: Path, physiocore: str) -> dict[str, Any]:
    """The bridges against physiocore, which knows them too."""
    truth = labelled(clips)["bridge"]
    files = [clips / "video" / f"{name}.mp4" for name in truth]
    theirs = spend([physiocore, str(Path(__file__).with_name("physiocore_bridges.py")), *map(str, files)])
    ours = spend(ischia(files, "bridge"))
    words = [line.split() for line in theirs.output.splitlines() if line.startswith("counted ")]
    return {
        "clips": len(truth),
        "cpu_s": round(ours.cpu_s, 2),
        "cpu_s_physiocore": round(theirs.cpu_s, 2),
        "share_of_physiocore": round(ours.cpu_s / theirs.cpu_s, 3),
        "exact": exact({name: each["count"] for name, each in analyses(ours).items()}, truth),
        "exact_physiocore": exact({name: int(count) for _, name, count in words}, truth),
        "most_rss_mb": round(ours.most_rss_mb),
        "most_rss_mb_physiocore": round(theirs.most_rss_mb),
    }


def one_hour(clips: Path, scratch: Path) -> dict[str, Any]:
    """An hour of video: memory stays flat."""
    film = looped(clips / "video" / f"{LONG_CLIP}.mp4", scratch / "hour.mp4", LONG_S)
    log: list[float] = []
    ours = spend(ischia([film], "bridge"), log)
    seen = analyses(ours)["hour"]
    quarter = max(1, len(log) // 4)
    return {
        "video_s": seen["media"]["duration_s"],
        "frames": seen["media"]["frames"],
        "frames_posed": seen["media"]["frames_posed"],
        "count": seen["count"],
        "cpu_s": round(ours.cpu_s, 1),
        "most_rss_mb": round(ours.most_rss_mb),
        "rss_mb_median_by_quarter": [
            round(statistics.median(log[i : i + quarter])) for i in range(0, quarter * 4, quarter) if log[i:]
        ],
    }


def machine() -> dict[str, Any]:
    cpu = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": cpu[0].partition(":")[2].strip() if cpu else platform.processor(),
        "processors": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in ("ai-edge-litert", "av", "numpy")},
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--mediapipe", required=True)
    parser.add_argument("--physiocore")
    parser.add_argument("--only", choices=["clips", "minute", "bridges", "hour"])
    chosen = parser.parse_args()
    parts = {
        "clips": lambda scratch: same_clips(chosen.clips, chosen.mediapipe),
        "minute": lambda scratch: one_minute(chosen.clips, chosen.mediapipe, scratch),
        "bridges": lambda scratch: bridges(chosen.clips, chosen.physiocore),
        "hour": lambda scratch: one_hour(chosen.clips, scratch),
    }
    for name, part in parts.items():
        if chosen.only not in (None, name) or (name == "bridges" and not chosen.physiocore):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            measured = part(Path(scratch))
        results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        results[name] = {
            "measured": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            **measured,
        }
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        print(name, json.dumps(measured), flush=True)


if __name__ == "__main__":
    main()
