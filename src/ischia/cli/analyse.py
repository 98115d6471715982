"""``ischia analyse``: count repetitions and holds in recordings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ischia.cli import UnusableInput, WrongUse

if TYPE_CHECKING:
    from ischia.cli.analyse_files import Job

_MOST_RATE_HZ: Final = 240.0


@dataclass(frozen=True, slots=True)
class _Output:
    """An option that names a file to write, and what such a file's name ends in."""

    option: str
    suffixes: tuple[str, ...]


_OVERLAY: Final = _Output("--overlay", (".mp4", ".mkv", ".mov"))
_PLOT: Final = _Output("--plot", (".png", ".svg", ".pdf"))
_TABLE: Final = _Output("--table", (".parquet",))


@click.command(short_help="Count repetitions and holds in recordings.")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--exercise",
    "exercise_id",
    metavar="ID|auto",
    default="auto",
    show_default=True,
    help="The exercise that is done; 'auto' tells it from the movement.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file, each on a line.")
@click.option(
    "--overlay",
    metavar="OUT.mp4",
    type=click.Path(path_type=Path),
    help="Write the video with skeleton, angle, phase and count drawn in.",
)
@click.option(
    "--plot",
    metavar="OUT.png",
    type=click.Path(path_type=Path),
    help="Draw the progress with repetitions and holds marked.",
)
@click.option(
    "--table",
    metavar="OUT.parquet",
    type=click.Path(path_type=Path),
    help="Write every frame: time, landmarks, angles, progress, phase, count.",
)
@click.option(
    "--rate",
    "rate_hz",
    metavar="FPS",
    type=float,
    help="Take at most so many pictures a second of a video.  [default: all]",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 256),
    help="Files read at the same time.  [default: one for each processor]",
)
@click.option(
    "--model",
    type=click.Choice(["full", "lite"]),
    default="full",
    show_default=True,
    help="The pose model; 'lite' is faster and less exact.",
)
@click.option("--every-frame", is_flag=True, help="Look at every picture, also while nothing changes.")
def analyse(
    files: tuple[Path, ...],
    exercise_id: str,
    as_json: bool,
    overlay: Path | None,
    plot: Path | None,
    table: Path | None,
    rate_hz: float | None,
    workers: int | None,
    model: str,
    every_frame: bool,
) -> None:
    """Count repetitions and holds in recordings, and tell how well they were done.

    FILE is a video (mp4, mov, webm, mkv, avi) or a track of body landmarks (npz, parquet). With several
    files, OUT is a folder. A file that cannot be used is named on standard error; the others still get done.

    Exit status: 0 all done, 2 wrong use, 3 a recording cannot be used.
    """
    from ischia.cli.analyse_files import Job, run_all
    from ischia.cli.analyse_print import print_analysis

    if not files:
        raise WrongUse("name at least one recording, such as 'ischia analyse bridge.mp4'.")
    if rate_hz is not None and not 1 <= rate_hz <= _MOST_RATE_HZ:
        raise WrongUse(f"--rate is a number of pictures a second from 1 to {_MOST_RATE_HZ:.0f}.")
    _check_exercise(exercise_id)
    overlays = _places(_OVERLAY, overlay, files)
    plots = _places(_PLOT, plot, files)
    tables = _places(_TABLE, table, files)
    jobs = [
        Job(file, exercise_id, model, rate_hz, every_frame, overlays[i], plots[i], tables[i])
        for i, file in enumerate(files)
    ]
    _check_extra(jobs)
    faults = []
    for outcome in run_all(jobs, workers):
        if outcome.note is not None:
            click.echo(f"ischia: {outcome.note}", err=True)
        if outcome.fault is not None:
            faults.append(outcome.fault)
            click.echo(f"ischia: {outcome.fault}", err=True)
        elif outcome.analysis is not None and as_json:
            click.echo(json.dumps(outcome.analysis.to_json(), ensure_ascii=False))
        elif outcome.analysis is not None:
            print_analysis(outcome.analysis)
    if faults:
        raise click.exceptions.Exit(UnusableInput.exit_code)


def _check_exercise(exercise_id: str) -> None:
    """Raise WrongUse for an exercise nobody knows, before any work is done."""
    from difflib import get_close_matches

    from ischia.catalogue import load_catalogue

    if exercise_id == "auto":
        return
    known = sorted(load_catalogue().exercises)
    if exercise_id not in known:
        near = get_close_matches(exercise_id, known, n=1)
        hint = f"; perhaps '{near[0]}'." if near else "; 'ischia catalogue list' shows them."
        raise WrongUse(f"there is no exercise '{exercise_id}'{hint}")


def _places(output: _Output, chosen: Path | None, files: tuple[Path, ...]) -> list[Path | None]:
    """Return where to write for each file.

    Raises:
        WrongUse: several files would go into one, or a file would be written over.
    """
    if chosen is None:
        return [None] * len(files)
    suffix = output.suffixes[0]
    if chosen.is_dir():
        places = [chosen / (file.stem + suffix) for file in files]
    elif len(files) > 1:
        raise WrongUse(f"{output.option} {chosen} must be a folder that exists when several files are given.")
    elif chosen.suffix.lower() not in output.suffixes:
        raise WrongUse(f"{output.option} writes a file whose name ends in {' or '.join(output.suffixes)}.")
    elif not chosen.parent.is_dir():
        raise WrongUse(f"{output.option} {chosen} cannot be written: there is no folder {chosen.parent}.")
    else:
        places = [chosen]
    inputs = {file.resolve() for file in files}
    taken: set[Path] = set()
    for place in places:
        if place.resolve() in inputs:
            raise WrongUse(f"{output.option} would write over the recording {place}; name another file.")
        if place.resolve() in taken:
            raise WrongUse(f"{output.option} would write {place} twice; two recordings have the same name.")
        taken.add(place.resolve())
    return list(places)


def _check_extra(jobs: list[Job]) -> None:
    """Say what is not installed before the work starts, not in the middle of it."""
    from importlib.util import find_spec

    needed = {"numpy": True}
    needed["av"] = any(job.overlay is not None or not job.is_track for job in jobs)
    needed["PIL"] = any(job.overlay is not None for job in jobs)
    needed["matplotlib"] = any(job.plot is not None for job in jobs)
    needed["pyarrow"] = any(job.table is not None or job.file.suffix.lower() == ".parquet" for job in jobs)
    missing = [name for name, is_needed in needed.items() if is_needed and find_spec(name) is None]
    if missing:
        raise click.ClickException(f"this needs {', '.join(missing)}, not installed: install ischia[video].")
