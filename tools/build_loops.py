"""Draw a short film of a person for every exercise, for the exercise's page.

    python tools/build_loops.py [EXERCISE ...]

Without a name, every exercise whose definition has changed since, and every new one. Writes
`src/ischia/server/static/ischia/loops/<exercise>.mp4`, and in `loops.json` what each was drawn from. Needs
Chromium, three.js (`ischia assets`) and PyAV; a film takes about a quarter of a minute.
"""

import argparse
import json
from pathlib import Path

from ischia.catalogue import load_catalogue
from ischia.demonstration.film import film
from ischia.demonstration.loops import HOLD_S, ONCE, drawn_from, loop_of

FOLDER = Path(__file__).parent.parent / "src/ischia/server/static/ischia/loops"
INDEX = FOLDER / "loops.json"


def main() -> None:
    """Draw what is asked for, or what is old."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("exercise", nargs="*")
    wanted = parser.parse_args().exercise
    exercises = load_catalogue().exercises
    FOLDER.mkdir(exist_ok=True)
    index = json.loads(INDEX.read_text("utf-8")) if INDEX.exists() else {}
    for name in wanted or sorted(exercises):
        made_from = drawn_from(name)
        if not wanted and index.get(name, {}).get("made_from") == made_from:
            continue
        made = loop_of(name)
        out = FOLDER / f"{name}.mp4"
        film(made, out, for_people=True)
        index[name] = {
            "made_from": made_from,
            "width": made.width,
            "height": made.height,
            "still_s": ONCE["still_s"],
            "hold_s": HOLD_S,
        }
        kept = {id_: index[id_] for id_ in sorted(index) if id_ in exercises}
        INDEX.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        print(f"{name}: {out.stat().st_size / 1000:.0f} kB")
    for path in FOLDER.glob("*.mp4"):
        if path.stem not in exercises:
            path.unlink()


if __name__ == "__main__":
    main()
