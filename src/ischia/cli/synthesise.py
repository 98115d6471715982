"""``ischia synthesise``: make landmarks of an exercise with the exact truth about them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ischia.cli import Fault, WrongUse

if TYPE_CHECKING:
    from ischia.demonstration.synthesis import Synthetic


@click.command("synthesise", short_help="Make test landmarks of an exercise, with their truth.")
@click.option("--exercise", "exercise_id", required=True, metavar="ID", help="Exercise of the catalogue.")
@click.option("--repetitions", type=click.IntRange(0, 1000), default=3, show_default=True, help="How many.")
@click.option(
    "--hold", "hold_s", type=click.FloatRange(0, 600), default=3.0, show_default=True, help="Seconds."
)
@click.option(
    "--side", type=click.Choice(["left", "right"]), default="left", show_default=True, help="It works."
)
@click.option("--fault", metavar="F", help="A fault of the exercise, made in every repetition.")
@click.option("--camera", default="side", show_default=True, help="side, oblique, front, feet, high ...")
@click.option("--noise", default="none", show_default=True, help="none, light, medium or heavy.")
@click.option("--body", default="f_adult", show_default=True, help="f_adult, m_adult, f_older or m_heavy.")
@click.option(
    "--rate", "rate_hz", type=click.FloatRange(1, 240), default=15.0, show_default=True, help="Per s."
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed, the same recording.")
@click.option("--landmarks", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write this .npz.")
@click.option("--video", type=click.Path(path_type=Path, dir_okay=False), help="Draw this .mp4.")
@click.option(
    "--loop", is_flag=True, help="One repetition from rest to rest, drawn well and small, to play on and on."
)
@click.option("--json", "as_json", is_flag=True, help="Print the truth as JSON.")
def synthesise(
    exercise_id: str,
    repetitions: int,
    hold_s: float,
    side: str,
    fault: str | None,
    camera: str,
    noise: str,
    body: str,
    rate_hz: float,
    seed: int,
    out: Path | None,
    video: Path | None,
    loop: bool,
    as_json: bool,
) -> None:
    """Make the landmarks that a camera would see of an exercise, or a film of it, and the exact truth.

    The truth is written beside the landmarks or the film as OUT.truth.json. A film is drawn by Chromium.
    """
    from ischia.demonstration.loops import ONCE
    from ischia.demonstration.synthesis import synthesise as make
    from ischia.units import Side

    if out is not None and out.suffix != ".npz":
        raise WrongUse(f"{out} does not end in .npz: landmarks are written in that format.")
    if video is not None and video.suffix != ".mp4":
        raise WrongUse(f"{video} does not end in .mp4: films are written in that format.")
    if loop and video is None:
        raise WrongUse("--loop is for a film: name it with --video OUT.mp4.")
    wishes = {"repetitions": repetitions, "rate_hz": rate_hz} | (ONCE if loop else {})
    try:
        made = make(
            exercise_id,
            hold_s=hold_s,
            side=Side(side),
            fault=fault,
            camera=camera,
            noise=noise,
            body=body,
            seed=seed,
            **wishes,
        )
    except ValueError as error:
        raise WrongUse(f"{error}.") from error
    if out is not None:
        _write(made, out)
    if video is not None:
        _film(made, video, loop)
    if as_json:
        click.echo(json.dumps(made.truth(), indent=2))
    else:
        where = "".join(f", in {path}" for path in (out, video) if path)
        click.echo(
            f"{made.exercise_id}: {len(made.repetitions)} repetitions, {len(made.frames)} frames{where}"
        )


def _write(made: "Synthetic", out: Path) -> None:
    try:
        from ischia.demonstration.recorded import write_landmarks
    except ImportError as missing:
        raise Fault("Writing landmarks needs numpy: install ischia[video].") from missing
    try:
        write_landmarks(made, out)
        _write_truth(made, out)
    except OSError as error:
        raise Fault(f"{out} cannot be written: {error.strerror or error}.") from error


def _film(made: "Synthetic", out: Path, loop: bool) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from ischia.demonstration.film import FilmError, film

    console = Console(stderr=True)
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("drawing")
            film(
                made,
                out,
                lambda done, of: progress.update(task, completed=done, total=of),
                for_people=loop,
            )
        _write_truth(made, out)
    except FilmError as error:
        raise Fault(str(error)) from error
    except OSError as error:
        raise Fault(f"{out} cannot be written: {error.strerror or error}.") from error


def _write_truth(made: "Synthetic", out: Path) -> None:
    truth = json.dumps(made.truth(), indent=2)
    out.with_suffix(".truth.json").write_text(truth + "\n", encoding="utf-8")
