"""``ischia simulate``: synthetic patients with the real rules, and every promise checked on every day."""

import json
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ischia.cli import Fault, UnusableInput

if TYPE_CHECKING:
    from ischia.dose.protocol import Protocol
    from ischia.simulation.cohort import Tally


@click.command()
@click.option(
    "--patients", default=1000, show_default=True, type=click.IntRange(1, 10_000_000), help="How many."
)
@click.option("--days", default=180, show_default=True, type=click.IntRange(1, 3650), help="How long.")
@click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(0), help="Seed of the first patient."
)
@click.option(
    "--protocol",
    "protocol_file",
    type=click.Path(path_type=Path),
    help="Rules to use; ischia's own if left out.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes; one for each core if left out.")
@click.option(
    "--rows",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one row a patient to this Parquet file.",
)
@click.option(
    "--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw dose curve and states (.png, .svg)."
)
@click.option(
    "--replay", type=click.IntRange(0), metavar="SEED", help="Live one patient again and print every day."
)
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
def simulate(
    patients: int,
    days: int,
    seed: int,
    protocol_file: Path | None,
    workers: int | None,
    rows: Path | None,
    plot: Path | None,
    replay: int | None,
    as_json: bool,
) -> None:
    """Let synthetic patients live with the real rules and check every promise on every day.

    The patients are made up. Broken promises are listed with the patient's seed; ``--replay SEED`` lives that
    patient again. Ends with status 1 where a promise was broken.
    """
    protocol = _protocol(protocol_file)
    if replay is not None:
        _replay(replay, days, protocol, as_json)
        return
    from ischia.simulation.report import summary

    workers = workers or os.cpu_count() or 1
    started = time.perf_counter()
    tally = _live(patients, days, seed, protocol, workers, rows)
    found = summary(tally, time.perf_counter() - started, workers)
    if plot is not None:
        _draw(tally, plot)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        _print(found)
    if found["violations"]:
        raise Fault(
            f"{found['violations']} promises were broken: live the first patient again with --replay."
        )


def _protocol(path: Path | None) -> "Protocol":
    from ischia.dose.protocol_file import UnusableProtocol, default_protocol, read_protocol

    try:
        return default_protocol() if path is None else read_protocol(path)
    except UnusableProtocol as fault:
        raise UnusableInput(str(fault)) from fault


def _live(
    patients: int, days: int, seed: int, protocol: "Protocol", workers: int, rows: Path | None
) -> "Tally":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ischia.simulation.cohort import live_all
    from ischia.simulation.report import ParquetRows

    with ExitStack() as stack:
        sink = lambda _: None  # noqa: E731 - replaced below where rows are written
        if rows is not None:
            try:
                sink = stack.enter_context(ParquetRows(rows)).write
            except (OSError, ImportError) as error:
                raise UnusableInput(
                    f"{rows} cannot be written ({error}): name another file, or install ischia[video]."
                ) from error
        console = Console(stderr=True)
        columns = (TextColumn("Patients"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = stack.enter_context(Progress(*columns, console=console, disable=not sys.stderr.isatty()))
        task = bar.add_task("patients", total=patients)
        return live_all(patients, days, seed, protocol, workers, lambda done: bar.advance(task, done), sink)


def _draw(tally: "Tally", path: Path) -> None:
    from ischia.simulation.report import draw

    try:
        draw(tally, path)
    except (OSError, ValueError, ImportError) as error:
        raise UnusableInput(
            f"{path} cannot be drawn ({error}): name a .png or .svg file, or install ischia[video]."
        ) from error


def _print(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False)
    table.add_row("Patients", f"{found['patients']:,}")
    table.add_row("Patient-days", f"{found['patient_days']:,}")
    table.add_row("Broken promises", f"{found['violations']:,}")
    for state, share in found["share_of_days"].items():
        table.add_row(f"Days: {state.replace('_', ' ')}", f"{100 * share:.1f} %")
    table.add_row(
        "Raises, lowerings a patient", f"{found['raises_per_patient']}, {found['lowerings_per_patient']}"
    )
    stops = found["days_from_red_flag_to_stop"]
    table.add_row(
        "Red flags told", f"{found['red_flags_told']:,}, of them {stops.get('0', 0):,} stopped the same day"
    )
    table.add_row(
        "Patient-days a second", f"{found['patient_days_per_second']:,} with {found['workers']} processes"
    )
    console = Console()
    console.print(table)
    for one in found["first_violations"][:20]:
        console.print(f"seed {one['seed']}: {one['what']}", markup=False)


def _replay(seed: int, days: int, protocol: "Protocol", as_json: bool) -> None:
    from ischia.simulation.replay import replay_seed

    found = replay_seed(seed, days, protocol)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for day in found["days"]:
            click.echo(f"{day['date']}  {day['what']}")
        for one in found["violations"]:
            click.echo(f"broken: {one}")
    if found["violations"] or found["differences"]:
        raise Fault(
            f"patient {seed}: {len(found['violations'])} promises broken, "
            f"{len(found['differences'])} plans differ on replay."
        )
