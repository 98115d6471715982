"""Microseconds the tracker takes for a frame, beside a baseline of plain Python, on one core.

The baseline is one atan2 and one append, a hundred times: what any code of so many angles pays. Other
programs on the machine slow both, so the ratio is the figure to compare.
Writes benchmarks/results/tracker.json.
"""

import json
import os
import platform
from math import atan2
from pathlib import Path
from time import process_time

from ischia.analysis import motion_spec
from ischia.demonstration import synthesise
from ischia.movement import Tracker
from ischia.recording import LandmarkFrame

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5


def baseline_us() -> float:
    best = float("inf")
    for _ in range(ROUNDS * 4):
        kept: list[float] = []
        begin = process_time()
        for _ in range(200):
            for k in range(100):
                kept.append(atan2(k, 3.0))
        best = min(best, (process_time() - begin) / 200 * 1e6)
    return best


def main() -> None:
    found = {}
    for exercise in ("bridge", "knee_to_chest", "superman"):
        made = synthesise(exercise, repetitions=6, hold_s=3.0, noise="light", rate_hz=30)
        frames = [LandmarkFrame(f.t_s, f.image, made.width, made.height) for f in made.frames]
        push = finish = float("inf")
        for _ in range(ROUNDS):
            tracker = Tracker(motion_spec(exercise))
            begin = process_time()
            for frame in frames:
                tracker.push(frame)
            pushed = process_time()
            tracker.finish()
            done = process_time()
            push = min(push, (pushed - begin) / len(frames) * 1e6)
            finish = min(finish, (done - pushed) / len(frames) * 1e6)
        found[exercise] = {
            "push_us": round(push, 1),
            "finish_us": round(finish, 1),
            "all_us": round(push + finish, 1),
        }
    base = baseline_us()
    result = {
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "processors": os.cpu_count(),
        },
        "baseline_us": round(base, 1),
        "frame_us": found,
        "ratio": {name: round(times["all_us"] / base, 2) for name, times in found.items()},
    }
    out = ROOT / "benchmarks" / "results" / "tracker.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
