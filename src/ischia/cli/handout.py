"""``ischia handout``: printable sheets, one A4 page an exercise."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ischia.cli import Fault, WrongUse

if TYPE_CHECKING:
    from ischia.catalogue import Language


@click.command("handout", short_help="Print exercises: one A4 page each, as PDF.")
@click.argument("exercise_ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--lang", type=click.Choice(["en", "vi", "both"]), default="en", show_default=True, help="Language."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("handout.pdf"),
    show_default=True,
    help="File to write.",
)
@click.option(
    "--url", metavar="ADDRESS", help="Where ischia runs, such as https://ischia.example: adds a QR code."
)
@click.option("--blank", is_flag=True, help="Leave the dose open for a clinician to write in.")
def handout(exercise_ids: tuple[str, ...], lang: str, out: Path, url: str | None, blank: bool) -> None:
    """Write printable sheets of exercises: figure, words, dose, room to tick off a week.

    Without an ID, the six exercises of the programme.
    """
    from ischia.catalogue import load_catalogue
    from ischia.demonstration import MotionError

    try:
        from ischia.demonstration.handout import Sheet, handout_pdf
    except ImportError as missing:
        raise Fault(f"Printing needs {missing.name}: install ischia[server].") from missing
    if url is not None and not url.startswith(("http://", "https://")):
        raise WrongUse(f"{url} is no web address: begin it with https:// or http://.")
    wanted = exercise_ids or [e.id for e in load_catalogue().exercises.values() if e.article]
    languages = cast("list[Language]", ["en", "vi"] if lang == "both" else [lang])
    address = url.rstrip("/") if url else None
    sheets = [
        Sheet(name, language, blank=blank, address=f"{address}/exercises/{name}/" if address else None)
        for name in wanted
        for language in languages
    ]
    try:
        written = handout_pdf(sheets)
    except MotionError as error:
        raise WrongUse(f"{error}.") from error
    try:
        out.write_bytes(written)
    except OSError as error:
        raise Fault(f"{out} cannot be written: {error.strerror or error}.") from error
    click.echo(f"{len(sheets)} pages in {out}")
