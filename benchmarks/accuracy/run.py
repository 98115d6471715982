"""Counts and holds against the hand labels beside the repository, per exercise and view, negatives included.

usage: python benchmarks/accuracy/run.py [FOLDER]   (with manifest.csv, reps.csv, landmarks/, skeletons/)
Writes benchmarks/results/accuracy.json.
"""

import csv
import json
import os
import platform
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.unit.movement.films import SIX, sequences, track  # noqa: E402

from ischia.movement import Summary  # noqa: E402
from ischia.recording import RecordingError, read_track  # noqa: E402

HOLD_BOUND_S = 0.6


def percentile(values: list[float], share: float) -> float | None:
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 3) if values else None


def holds(seen: Summary, rows: list[dict[str, str]]) -> list[float]:
    """Errors of the held seconds, where the label has both edges and a repetition overlaps it."""
    errors = []
    for row in rows:
        if not (row["hold_start_s"] and row["hold_end_s"]):
            continue
        begin, end = float(row["hold_start_s"]), float(row["hold_end_s"])
        found = [
            r.hold_s
            for r in seen.repetitions
            if r.hold_s is not None
            and r.hold_start_s is not None
            and r.hold_end_s is not None
            and min(end, r.hold_end_s) > max(begin, r.hold_start_s)
        ]
        if found:
            errors.append(abs(max(found) - (end - begin)))
    return errors


def edges(seen: Summary, rows: list[dict[str, str]]) -> list[float]:
    errors = []
    for row in rows:
        for name in ("start_s", "end_s"):
            times = [t for r in seen.repetitions if (t := getattr(r, name)) is not None]
            if row[name] and times:
                errors.append(min(abs(t - float(row[name])) for t in times))
    return errors


def skeletons(folder: Path) -> dict[str, Any]:
    """Press-ups and other movements of another source, without pictures."""
    press_ups, others = sequences(folder / "press_up.npz"), sequences(folder / "negatives.npz")
    false = [
        {"sequence": name, "tried_as": exercise, "counted": count}
        for name, one in others.items()
        for exercise in (*SIX, "press_up")
        if (count := track(exercise, one).count)
    ]
    return {
        "press_ups": len(press_ups),
        "exact": sum(track("press_up", one).count == 1 for one in press_ups.values()),
        "negatives": {"tried": len(others) * (len(SIX) + 1), "counted_falsely": false},
    }


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "clips"
    if not (folder / "manifest.csv").exists():
        sys.exit(f"there are no labelled recordings in {folder}")
    with (folder / "reps.csv").open(newline="") as file:
        labels = defaultdict(list)
        for row in csv.DictReader(file):
            labels[row["file"]].append(row)
    with (folder / "manifest.csv").open(newline="") as file:
        clips = list(csv.DictReader(file))
    tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    wrong, hold_errors, precise, edge_errors, false = [], [], [], [], []
    tried = 0
    for clip in clips:
        path = folder / "landmarks" / f"{clip['file']}.npz"
        if clip["exercise"] == "negative":
            for exercise in SIX:
                tried += 1
                try:
                    count = track(exercise, read_track(path)).count
                except RecordingError:
                    count = 0
                if count:
                    false.append({"file": clip["file"], "tried_as": exercise, "counted": count})
        elif clip["exercise"] in (*SIX, "press_up") and clip["peaks_reached"].isdigit():
            seen = track(clip["exercise"], read_track(path))
            true = int(clip["peaks_reached"])
            cell = tally[clip["exercise"], clip["view"].split(",")[0] or clip["kind"]]
            cell[0] += 1
            cell[1] += seen.count == true
            cell[2] += abs(seen.count - true) <= 1
            found = holds(seen, labels[clip["file"]])
            hold_errors += found
            precise += found if 2 * float(clip["label_precision_s"]) <= HOLD_BOUND_S else []
            edge_errors += edges(seen, labels[clip["file"]])
            if seen.count != true:
                reasons = sorted({part.reason.value for part in seen.not_scored})
                wrong.append(
                    {"file": clip["file"], "true": true, "counted": seen.count, "not_scored": reasons}
                )
    total = [sum(cell[i] for cell in tally.values()) for i in range(3)]
    result: dict[str, Any] = {
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "processors": os.cpu_count(),
        },
        "clips": total[0],
        "exact": total[1],
        "within_one": total[2],
        "hold_error_s": {
            "n": len(hold_errors),
            "median": round(median(hold_errors), 3),
            "p95": percentile(hold_errors, 0.95),
            # Where both edges' labels together are known to within HOLD_BOUND_S.
            "n_precise": len(precise),
            "p95_precise": percentile(precise, 0.95),
        },
        "edge_error_s": {
            "n": len(edge_errors),
            "median": round(median(edge_errors), 3),
            "p95": percentile(edge_errors, 0.95),
        },
        "negatives": {"tried": tried, "counted_falsely": false},
        "skeletons": skeletons(folder / "skeletons"),
        "by_exercise_and_view": [
            {"exercise": e, "view": v, "clips": c[0], "exact": c[1], "within_one": c[2]}
            for (e, v), c in sorted(tally.items())
        ],
        "wrong": wrong,
    }
    out = ROOT / "benchmarks" / "results" / "accuracy.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({k: result[k] for k in ("clips", "exact", "within_one", "hold_error_s", "negatives")}))


if __name__ == "__main__":
    main()
