"""``ischia explain``: why a day's session is as it is."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ischia.server.faults import DataFault, StartFault

if TYPE_CHECKING:
    from ischia.server.patients.models import Patient


@click.command()
@click.option("--patient", metavar="NAME", help="Name or id; not needed where there is only one.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--language", type=click.Choice(["en", "vi"]), default="en", show_default=True)
@click.option("--full", is_flag=True, help="Facts, rules and sources, as a clinician reads them.")
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder for the records; default: the usual place."
)
def explain(
    patient: str | None, day: str | None, language: str, full: bool, as_json: bool, data: Path | None
) -> None:
    """Print the reason behind every part of a day's session, and what would have changed it."""
    from ischia.server.folder import DataFolder, check_folder
    from ischia.server.opening import open_for_command

    chosen = _date(day)
    folder = DataFolder(check_folder(data))
    if not folder.database.exists():
        raise DataFault(f"There are no records in {folder.path}: choose another folder with --data.")
    open_for_command(data)
    from ischia.dose import default_library, default_protocol, explain_date
    from ischia.server.clock import today
    from ischia.server.facts import facts_of

    found = _find(patient)
    history = facts_of(found).history
    if history is None:
        raise StartFault(f"{found} has not had the first visit yet, so nothing is decided.")
    on = (chosen or today()).isoformat()
    reasons = explain_date(history, on, default_protocol(), default_library(), language, full)
    if as_json:
        click.echo(json.dumps({"patient": str(found), "date": on, "reasons": reasons}, ensure_ascii=False))
        return
    for reason in reasons:
        click.echo(reason)


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a date alone has no zone
    except ValueError as error:
        raise click.BadParameter(f"'{text}' is no date such as 2026-03-14.", param_hint="--date") from error


def _find(name: str | None) -> "Patient":
    from ischia.server.patients.models import Patient

    everybody = list(Patient.objects.order_by("name"))
    found = [
        one for one in everybody if name is None or name.casefold() in (one.name.casefold(), str(one.pk))
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(str(one) for one in everybody[:10]) or "nobody yet"
    if name is None:
        raise StartFault(f"Choose a patient with --patient: {names}.")
    fault = "There is no patient called" if not found else "More than one patient is called"
    raise StartFault(f"{fault} '{name}'. Known: {names}.")
