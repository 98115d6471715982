"""Draw the contact sheets of all figures for the docs: start, on the way, hold, and every fault.

    python tools/figure_sheets.py [--out docs/images] [--chromium /usr/bin/chromium]

Needs Playwright and a Chromium; Pillow, where it is installed, makes the files smaller.
"""

import argparse
import html
import io
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ischia.anatomy import PlacedPose
from ischia.catalogue import Exercise, load_catalogue
from ischia.demonstration.drawing import draw
from ischia.demonstration.figure import figure_of, picture_points
from ischia.demonstration.motion import motion_of

SHEETS = {"supine": ("supine",), "prone": ("prone",), "upright": ("quadruped", "standing")}
STYLE = """body{margin:8px;font:13px sans-serif;background:#f6f8f6;color:#222;width:1640px}
section{display:flex;flex-wrap:wrap;border-top:1px solid #ccc;padding:2px 0}
h2{width:100%;margin:2px 0 0;font-size:14px}figure{margin:0}
svg{width:272px;display:block}figcaption{text-align:center}"""


def moments(exercise: Exercise) -> Iterator[tuple[str, PlacedPose]]:
    """Each pose of the way out, a picture between, and the faults."""
    motion = motion_of(exercise)
    first = exercise.phases[0].from_
    yield first, motion.poses[first]
    at, seen = first, [first]
    for phase in exercise.phases:
        if phase.from_ == at != phase.to and phase.to not in (first, *seen):
            seen.append(phase.to)
            for share in (0.3, 0.6):
                yield "", motion.between(phase.from_, phase.to, share)
            yield phase.to, motion.poses[phase.to]
            at = phase.to
    for name, pose in motion.faults.items():
        yield f"fault: {name}", pose


def page(exercises: list[Exercise]) -> str:
    """A whole sheet as HTML."""
    rows = []
    for exercise in exercises:
        motion = motion_of(exercise)
        figure = figure_of(exercise, motion)
        near = next(iter(motion.poses.values())).place.near_side()
        pictures = []
        for name, pose in moments(exercise):
            caption = f"<figcaption>{html.escape(name)}&nbsp;</figcaption>"
            pictures.append(f"<figure>{draw(figure, picture_points(pose, near))}{caption}</figure>")
        rows.append(f"<section><h2>{exercise.id}</h2>{''.join(pictures)}</section>")
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(rows)}"


def smaller(png: bytes) -> bytes:
    """The same picture in 64 colours."""
    try:
        from PIL import Image
    except ImportError:
        return png
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Draw every sheet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    exercises = load_catalogue().exercises.values()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, positions in SHEETS.items():
            sheet: Page = browser.new_page(viewport={"width": 1656, "height": 400})
            sheet.set_content(page([e for e in exercises if e.position in positions]))
            path = asked.out / f"figures-{name}.png"
            path.write_bytes(smaller(sheet.screenshot(full_page=True)))
            print(f"{path}: {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
