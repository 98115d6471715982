"""The matrix of exercises, cameras, bodies and faults through the tracker, without pictures: exact landmarks.

usage: python benchmarks/accuracy/synthetic.py [EXERCISE ...]

What ``rendered.py`` does with drawn films and a pose model, in minutes instead of hours: what fails here is
the tracker's or the definition's doing, no pose model's. Every exercise that has a hold, six cameras, four
bodies, done well and with each fault of the held pose. Writes benchmarks/results/synthetic.json: totals by
exercise and camera, and each combination that did not come out as it should.
"""

import json
import sys
from pathlib import Path
from typing import Any

from ischia.analysis import motion_spec
from ischia.catalogue import load_catalogue
from ischia.demonstration import synthesise
from ischia.movement import Tracker
from ischia.recording import LandmarkFrame

RESULTS = Path(__file__).resolve().parents[1] / "results" / "synthetic.json"
CAMERAS = ("side", "other_side", "oblique", "oblique_head", "high", "feet")
BODIES = ("f_adult", "m_adult", "f_older", "m_heavy")
REPETITIONS = 3
HOLD_S = 3.0
HOLD_BOUND_S = 0.3


def tried(exercise: str, camera: str, body: str, fault: str | None) -> dict[str, Any]:
    """One recording: what was seen of it."""
    made = synthesise(exercise, repetitions=REPETITIONS, hold_s=HOLD_S, camera=camera, body=body, fault=fault)
    tracker = Tracker(motion_spec(exercise))
    for frame in made.frames:
        tracker.push(LandmarkFrame(frame.t_s, frame.image, made.width, made.height))
    seen = tracker.finish()
    held = [rep.hold_s for rep in seen.repetitions]
    pairs = zip(held, made.repetitions, strict=False)
    errors, near = [], []
    for found, true in pairs:
        if found is not None:
            errors.append(abs(found - true.hold_s))
            near.append(abs(found - (true.plateau_end_s - true.plateau_start_s)))
    cues = sorted({cue.id for cue in seen.cues})
    exact = seen.count == REPETITIONS
    return {
        "exercise": exercise,
        "camera": camera,
        "body": body,
        "fault": fault,
        "counted": seen.count,
        "exact": exact,
        "not_scored": sorted({part.reason.value for part in seen.not_scored}),
        "hold_error_s": round(max(errors), 2) if errors else None,
        "hold_error_to_plateau_s": round(max(near), 2) if near else None,
        "hold_within_bound": exact and len(errors) == REPETITIONS and max(errors) <= HOLD_BOUND_S,
        "cues": cues,
        "cues_right": cues == ([fault] if fault else []),
    }


def wrong(line: dict[str, Any]) -> bool:
    """Whether something is not as it should be. A camera that is told to move may count nothing."""
    if not line["counted"] and line["not_scored"]:
        return False
    return not (line["exact"] and line["cues_right"] and (line["fault"] or line["hold_within_bound"]))


def totals(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per exercise and camera."""
    found = []
    for exercise, camera in dict.fromkeys((line["exercise"], line["camera"]) for line in lines):
        here = [line for line in lines if (line["exercise"], line["camera"]) == (exercise, camera)]
        clean, faulty = ([line for line in here if bool(line["fault"]) is bad] for bad in (False, True))
        found.append(
            {
                "exercise": exercise,
                "camera": camera,
                "clean": len(clean),
                "count_exact": sum(line["exact"] for line in clean),
                "told_to_move": sum(not line["counted"] and bool(line["not_scored"]) for line in clean),
                "hold_within_bound": sum(line["hold_within_bound"] for line in clean),
                "hold_within_bound_of_plateau": sum(
                    line["exact"] and (line["hold_error_to_plateau_s"] or 0.0) <= HOLD_BOUND_S
                    for line in clean
                ),
                "no_cue": sum(line["exact"] and line["cues_right"] for line in clean),
                "faulty": len(faulty),
                "own_cue_alone": sum(line["exact"] and line["cues_right"] for line in faulty),
                "another_cue": sum(bool(set(line["cues"]) - {line["fault"]}) for line in faulty),
            }
        )
    return found


def main() -> None:
    known = load_catalogue().exercises
    asked = sys.argv[1:] or [e.id for e in known.values() if any(phase.seconds is None for phase in e.phases)]
    if unknown := [id_ for id_ in asked if id_ not in known]:
        sys.exit(f"there is no exercise {unknown[0]!r}; there are {', '.join(known)}")
    lines: list[dict[str, Any]] = []
    for exercise in asked:
        faults = [fault.id for fault in motion_spec(exercise).faults]
        for camera in CAMERAS:
            for body in BODIES:
                for fault in (None, *faults):
                    lines.append(tried(exercise, camera, body, fault))
                    if wrong(lines[-1]):
                        print(json.dumps(lines[-1]), flush=True)
    result = {
        "repetitions": REPETITIONS,
        "hold_s": HOLD_S,
        "hold_bound_s": HOLD_BOUND_S,
        "recordings": len(lines),
        "by_exercise_and_camera": totals(lines),
        "wrong": [line for line in lines if wrong(line)],
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
