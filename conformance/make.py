"""Make the conformance tracks and what the tracker must say of them. See README.md."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from ischia.analysis import Analysis, Media, motion_spec
from ischia.demonstration import synthesise
from ischia.movement import MotionSpec, Tracker
from ischia.recording import LandmarkFrame, read_track, track_of, write_track
from ischia.units import Side

HERE = Path(__file__).parent
RATE_HZ = 10.0

TRACKS: dict[str, dict[str, Any]] = {
    "bridge_side": {"exercise": "bridge", "noise": "light"},
    "bridge_sagging": {"exercise": "bridge", "fault": "sagging"},
    "bridge_heavy_noise": {"exercise": "bridge", "noise": "heavy"},
    "bridge_tried_as_curl_up": {"exercise": "bridge", "tried_as": "curl_up"},
    "curl_up_oblique": {"exercise": "curl_up", "camera": "oblique", "noise": "light"},
    "curl_up_sitting_up": {"exercise": "curl_up", "fault": "sitting_up"},
    "knee_to_chest_right": {"exercise": "knee_to_chest", "side": Side.RIGHT, "noise": "light"},
    "knee_to_chest_from_the_feet": {"exercise": "knee_to_chest", "camera": "feet"},
    "marching_bridge_oblique": {"exercise": "marching_bridge", "camera": "oblique", "noise": "light"},
    "press_up_older_woman": {"exercise": "press_up", "body": "f_older", "noise": "light"},
    "prone_on_elbows_high_camera": {"exercise": "prone_on_elbows", "camera": "high", "noise": "light"},
    "standing_extension_other_side": {"exercise": "standing_extension", "camera": "other_side"},
    "superman_medium_noise": {"exercise": "superman", "noise": "medium"},
}


def record(spec: MotionSpec, track: Path) -> dict[str, Any]:
    """What the tracker says of a track, without what belongs to the file."""
    tracker = Tracker(spec)
    for frame in read_track(track):
        tracker.push(frame)
    said = Analysis(track.name, tracker.finish(), Media(0.0, None, 0, 0)).to_json()
    return {key: said[key] for key in ("exercise", "count", "repetitions", "cues", "symmetry", "not_scored")}


def main() -> None:
    """Write specs, tracks and records."""
    records = {}
    for name, wish in TRACKS.items():
        wish = dict(wish)
        exercise = wish.pop("exercise")
        tried_as = wish.pop("tried_as", exercise)
        made = synthesise(exercise, repetitions=2, hold_s=2.0, rate_hz=RATE_HZ, still_s=1.0, seed=7, **wish)
        frames = [LandmarkFrame(f.t_s, f.image, made.width, made.height) for f in made.frames]
        path = HERE / "tracks" / f"{name}.npz"
        track = track_of(frames, RATE_HZ)
        # Four digits are a fifteenth of a pixel; they make the files small and the same everywhere.
        np.copyto(track.image, np.round(track.image, 4))
        write_track(track, path)
        written = json.dumps(motion_spec(tried_as).to_json())
        (HERE / "specs" / f"{tried_as}.json").write_text(written + "\n")
        spec = MotionSpec.from_json(written)
        records[name] = {"spec": tried_as, "records": record(spec, path)}
    (HERE / "records.json").write_text(json.dumps(records, indent=1) + "\n")


if __name__ == "__main__":
    main()
