"""``ischia demo``: a data folder with a believable patient of eight weeks."""

from pathlib import Path

import click

from ischia.server.faults import DataFault

SEED = 20


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="An empty folder; default: the usual place.")
@click.option("--language", type=click.Choice(["en", "vi"]), default="en", show_default=True)
def demo(data: Path | None, language: str) -> None:
    """Fill an empty data folder with a patient of eight weeks, so that everything can be seen at once."""
    from ischia.server.folder import check_folder
    from ischia.server.opening import open_for_command

    path = check_folder(data)
    if path.exists() and any(path.iterdir()):
        raise DataFault(f"{path} is not empty: choose an empty folder for the demonstration.")
    open_for_command(data)
    from ischia.server.clock import now
    from ischia.server.demo import fill

    sessions = fill(now(), language, SEED)
    option = f" --data {path}" if data else ""
    click.echo(
        f"Eight weeks of a patient, {sessions} sessions, are in {path}.\nLook at them: ischia serve{option}"
    )
