"""Films of drawn people with known truth through ``ischia analyse``: counts, holds and cues.

usage: python benchmarks/accuracy/rendered.py [--exercises A,B] [--cameras A,B] [--bodies A,B] [--faults]
       [--keep FOLDER]

Every film is drawn as ``ischia synthesise --video`` draws it: ten repetitions, held three seconds. Without
options the whole matrix of six exercises, six cameras and four bodies is drawn, hours of it without
a graphics card; with ``--faults`` every fault of the chosen exercises, too. Each film is written down in
benchmarks/results/rendered.json as soon as it has been analysed. One that stands there already is not drawn
again: after a change of the tracker or of a definition, delete the file. ``--keep`` keeps the landmarks of
every film in a folder; a change of the tracker alone is then measured from them in minutes. Needs Chromium,
three.js and the pose model.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from ischia.analysis import analyse
from ischia.catalogue import load_catalogue
from ischia.demonstration import synthesise
from ischia.demonstration.film import film, shown_pictures
from ischia.demonstration.synthesis import Synthetic
from ischia.pose import landmarks_of, load_model
from ischia.recording import track_of, write_track

RESULTS = Path(__file__).resolve().parents[1] / "results" / "rendered.json"
SIX = ("bridge", "curl_up", "knee_to_chest", "prone_on_elbows", "standing_extension", "superman")
CAMERAS = ("side", "other_side", "oblique", "oblique_head", "high", "feet")
BODIES = ("f_adult", "m_adult", "f_older", "m_heavy")
REPETITIONS = 10
HOLD_S = 3.0
HOLD_BOUND_S = 0.3


def look(made: Synthetic, track: Path) -> None:
    """Draw a film, and write down the landmarks that the pose model sees in it."""
    track.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "film.mp4"
        film(made, drawn)
        write_track(track_of(landmarks_of(drawn, load_model())), track)


def measured(made: Synthetic, track: Path) -> dict[str, Any]:
    """One film's landmarks: what it was, what was seen, and how far off."""
    seen = analyse(track, made.exercise_id)
    true = made.repetitions
    found = [rep.hold_s for rep in seen.summary.repetitions if rep.hold_s is not None]
    refused = sorted({part.reason.value for part in seen.summary.not_scored})
    cues = sorted({cue.id for cue in seen.summary.cues})
    exact = seen.summary.count == len(true)
    line: dict[str, Any] = {
        "counted": seen.summary.count,
        "exact": exact,
        "view": seen.summary.view,
        "not_scored": refused,
        "cues": cues,
        "cues_right": cues == ([made.fault] if made.fault else []),
        "frames": len(made.frames),
        "pictures": len(set(shown_pictures(made))),
    }
    if exact and len(found) == len(true):
        still = [abs(h - rep.hold_s) for h, rep in zip(found, true, strict=True)]
        near = [
            abs(h - (rep.plateau_end_s - rep.plateau_start_s)) for h, rep in zip(found, true, strict=True)
        ]
        line |= {
            "hold_error_s": round(max(still), 2),
            "hold_error_to_plateau_s": round(max(near), 2),
            "hold_within_bound": max(still) <= HOLD_BOUND_S,
        }
    return line


def chosen(text: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The names of an option, or all there are."""
    names = tuple(text.split(",")) if text else known
    if wrong := [name for name in names if name not in known]:
        sys.exit(f"there is no {wrong[0]!r}; there are {', '.join(known)}")
    return names


def totals(films: list[dict[str, Any]]) -> dict[str, Any]:
    """Per camera: clean films and faulty ones."""
    found: dict[str, Any] = {}
    for camera in CAMERAS:
        here = [line for line in films if line["camera"] == camera]
        clean = [line for line in here if line["fault"] is None]
        faulty = [line for line in here if line["fault"]]
        if here:
            found[camera] = {
                "clean": len(clean),
                "count_exact": sum(line["exact"] for line in clean),
                "nothing_counted": sum(line["counted"] == 0 for line in clean),
                "hold_within_bound": sum(line.get("hold_within_bound", False) for line in clean),
                "no_cue": sum(line["cues_right"] for line in clean),
                "faulty": len(faulty),
                "own_cue_alone": sum(line["cues_right"] for line in faulty),
            }
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--exercises")
    parser.add_argument("--cameras")
    parser.add_argument("--bodies")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"films": []}
    films: list[dict[str, Any]] = kept["films"]
    done = {(line["exercise"], line["camera"], line["body"], line["fault"]) for line in films}
    catalogue = load_catalogue().exercises
    for camera in chosen(asked.cameras, CAMERAS):
        for body in chosen(asked.bodies, BODIES):
            for exercise in chosen(asked.exercises, SIX):
                faults = [f.id for f in catalogue[exercise].faults] if asked.faults else []
                for fault in (None, *faults):
                    if (exercise, camera, body, fault) in done:
                        continue
                    made = synthesise(
                        exercise,
                        repetitions=REPETITIONS,
                        hold_s=HOLD_S,
                        camera=camera,
                        body=body,
                        fault=fault,
                    )
                    what = {"exercise": exercise, "camera": camera, "body": body, "fault": fault}
                    with tempfile.TemporaryDirectory() as folder:
                        track = (asked.keep or Path(folder)) / f"{exercise}.{camera}.{body}.{fault}.npz"
                        if not track.exists():
                            look(made, track)
                        line = what | measured(made, track)
                    films.append(line)
                    result = {
                        "repetitions": REPETITIONS,
                        "hold_s": HOLD_S,
                        "hold_bound_s": HOLD_BOUND_S,
                        "by_camera": totals(films),
                        "films": films,
                    }
                    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
                    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
