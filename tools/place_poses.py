"""Lay every exercise's poses on the mat and write what was found to src/ischia/demonstration/data/motion.

    python tools/place_poses.py [EXERCISE ...]

For every body. Without a name, every exercise whose definition has changed since. Needs scipy.
"""

import argparse
import json
from itertools import product
from pathlib import Path

from ischia.anatomy import body_names
from ischia.catalogue import load_catalogue
from ischia.demonstration.motion import fingerprint, motion_file, solved_motion, written_motion

FOLDER = Path(__file__).parent.parent / "src" / "ischia" / "demonstration" / "data" / "motion"


def main() -> None:
    """Solve what is asked for, or what is old."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("exercise", nargs="*")
    wanted = parser.parse_args().exercise
    exercises = load_catalogue().exercises
    FOLDER.mkdir(exist_ok=True)
    for name, body in product(wanted or sorted(exercises), body_names()):
        made_from, written = fingerprint(exercises[name]), written_motion(name, body)
        if not wanted and written and written[0] == made_from:
            continue
        motion = solved_motion(exercises[name], body).as_json(made_from)
        frames = motion.pop("frames")
        head = json.dumps(motion, separators=(",", ":"))[:-1]
        lines = ",\n".join(json.dumps(frame, separators=(",", ":")) for frame in frames)
        path = FOLDER / motion_file(name, body)
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'{head},\n"frames":[\n{lines}\n]}}\n', encoding="utf-8")
        worst = max((abs(v) for gaps in motion["gaps_m"].values() for v in gaps.values()), default=0.0)
        print(f"{name}, {body}: {len(frames)} poses, worst gap {worst * 100:.1f} cm")
    for path in FOLDER.rglob("*.json"):
        if path.stem not in exercises:
            path.unlink()


if __name__ == "__main__":
    main()
