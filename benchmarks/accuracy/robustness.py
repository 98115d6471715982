"""The labelled recordings once more with a worse pose model, at other frame rates, in other shapes, mirrored.

usage: python benchmarks/accuracy/robustness.py [FOLDER]   (FOLDER holds manifest.csv, landmarks/)
Counts with noise are held against the labels; the others against the recording as it is.
Writes benchmarks/results/robustness.json.
"""

import csv
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.unit.movement.films import SIX, mirrored, padded, roughened, track  # noqa: E402

from ischia.movement import Summary  # noqa: E402
from ischia.recording import LandmarkFrame, read_track  # noqa: E402
from ischia.units import Side  # noqa: E402

SEEDS = 8
OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


def at_rate(frames: list[LandmarkFrame], rate_hz: float) -> Iterable[LandmarkFrame]:
    """The same movement at another frame rate, on straight lines between the frames that there are."""
    k, i = 0, 0
    while (t := frames[0].t_s + k / rate_hz) <= frames[-1].t_s:
        while frames[i + 1].t_s < t:
            i += 1
        a, b = frames[i], frames[i + 1]
        share = (t - a.t_s) / (b.t_s - a.t_s)
        nearer = (a if share < 0.5 else b).landmarks
        points = nearer and tuple(
            tuple(p + share * (q - p) for p, q in zip(one, two, strict=True))
            for one, two in zip(a.landmarks or nearer, b.landmarks or nearer, strict=True)
        )
        yield LandmarkFrame(t, points, a.width, a.height, a.people)  # type: ignore[arg-type]
        k += 1


def against(known: Summary, seen: Summary, *, sides: bool = False) -> dict[str, Any]:
    pairs = list(zip(known.repetitions, seen.repetitions, strict=False))
    holds = [abs(a.hold_s - b.hold_s) for a, b in pairs if a.hold_s is not None and b.hold_s is not None]
    same = known.count == seen.count
    return {
        "same": same,
        "holds": holds if same else [],
        "sides": not sides or not same or all(OTHER[a.side] is b.side for a, b in pairs),
    }


def exact(missed: Mapping[str, int], clips: Sequence[Mapping[str, str]]) -> float:
    """How many clips are counted exactly, on average over the seeds."""
    return round(sum(SEEDS - missed[clip["file"]] for clip in clips) / SEEDS, 2)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "clips"
    if not (folder / "manifest.csv").exists():
        sys.exit(f"there are no labelled recordings in {folder}")
    with (folder / "manifest.csv").open(newline="") as file:
        clips = [
            clip
            for clip in csv.DictReader(file)
            if clip["exercise"] in (*SIX, "press_up") and clip["peaks_reached"].isdigit()
        ]
    misses: dict[str, Counter[str]] = {"white": Counter(), "lasting_0.3_s": Counter()}
    changed: dict[str, list[dict[str, Any]]] = {}
    for clip in clips:
        exercise, name, true = clip["exercise"], clip["file"], int(clip["peaks_reached"])
        frames = list(read_track(folder / "landmarks" / f"{name}.npz"))
        known = track(exercise, frames)
        for kind, lasts_s in (("white", 0.0), ("lasting_0.3_s", 0.3)):
            for seed in range(SEEDS):
                count = track(exercise, roughened(frames, seed=seed, lasts_s=lasts_s)).count
                misses[kind][name] += count != true
        again = {f"{rate}_frames_a_second": at_rate(frames, rate) for rate in (10, 15, 30, 60)}
        again |= {f"padded_{a}_{b}": padded(frames, a / b) for a, b in ((16, 9), (4, 3), (9, 16))}
        for kind, other in again.items():
            changed.setdefault(kind, []).append({"file": name, **against(known, track(exercise, other))})
        other = track(exercise, mirrored(frames))
        changed.setdefault("mirrored", []).append({"file": name, **against(known, other, sides=True)})
    of_six = [clip for clip in clips if clip["exercise"] in SIX]
    result = {
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "processors": os.cpu_count(),
        },
        "clips": len(clips),
        "with_noise": {
            "what": "1 % of the width jitter, 5 % left and right exchanged, 20 % of the frames missing",
            "seeds": SEEDS,
            "exact_of_clips": {kind: exact(missed, clips) for kind, missed in misses.items()},
            "clips_of_the_six": len(of_six),
            "exact_of_the_six": {kind: exact(missed, of_six) for kind, missed in misses.items()},
            "missed_of_seeds": {
                kind: {f: n for f, n in found.items() if n} for kind, found in misses.items()
            },
        },
        "changed": {
            kind: {
                "same_count": sum(r["same"] for r in rows),
                "other_count": [r["file"] for r in rows if not r["same"]],
                "hold_difference_s": {
                    "n": len(holds := [h for r in rows for h in r["holds"]]),
                    "mean": round(fmean(holds), 3),
                    "most": round(max(holds), 3),
                },
                **({"sides_exchanged": sum(r["sides"] for r in rows)} if kind == "mirrored" else {}),
            }
            for kind, rows in changed.items()
        },
    }
    out = ROOT / "benchmarks" / "results" / "robustness.json"
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
