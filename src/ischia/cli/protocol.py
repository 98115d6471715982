"""``ischia protocol``: the rules' numbers and ladders as text that a clinician can read, copy, edit and sign
off.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ischia.cli import Fault, UnusableInput, WrongUse

if TYPE_CHECKING:
    from ischia.dose.protocol import Protocol

_FILE = click.Path(path_type=Path)


@click.group()
def protocol() -> None:
    """Show, check, compare, copy and sign off the rules' numbers and ladders."""


@protocol.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
def check(file: Path, as_json: bool) -> None:
    """Check a protocol file: every fault with its line and how to mend it."""
    found = _load(file, as_json)
    signed = found.signed_off
    if as_json:
        click.echo(
            json.dumps({"usable": True, "id": found.stamp.id, "version": found.stamp.version, "faults": []})
        )
        return
    state = f"signed off by {signed.name} on {signed.date}" if signed else "not signed off"
    click.echo(f"{file}: usable, {found.stamp.id} {found.stamp.version}, {state}.")


@protocol.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what differs between two protocol files. ``default`` stands for ischia's own."""
    from ischia.dose.protocol_diff import differences

    found = differences(_checked_text(old), _checked_text(new))
    if as_json:
        click.echo(json.dumps(list(found), ensure_ascii=False))
        return
    for line in found or ("The two protocols are the same.",):
        click.echo(line)


@protocol.command()
@click.argument("file", type=_FILE, default=Path("default"))
@click.option("--json", "as_json", is_flag=True, help="Print plain JSON.")
def show(file: Path, as_json: bool) -> None:
    """Print a protocol's numbers and ladders; ischia's own if no file is given."""
    import tomllib

    content = tomllib.loads(_checked_text(file))
    if as_json:
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"{content['id']} {content['version']}: {content['title']}", markup=False)
    numbers = Table("Number", "Value", "Unit", "Limits", "Source")
    for name, entry in content["numbers"].items():
        limits = f"{entry['least']} to {entry['most']}"
        numbers.add_row(name, str(entry["value"]), entry["unit"], limits, entry["source"])
    console.print(numbers)
    for name, entry in content["ladders"].items():
        rungs = ", ".join(f"{rung} (start)" if rung == entry["start"] else rung for rung in entry["rungs"])
        console.print(f"{name}: {rungs}", markup=False)


@protocol.command()
@click.argument("file", type=_FILE)
def copy(file: Path) -> None:
    """Copy ischia's own protocol to FILE, to be edited there. An existing file is never overwritten."""
    from ischia.dose.protocol_file import default_text

    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(default_text())
    except FileExistsError as error:
        raise WrongUse(f"{file} exists already: name another file.") from error
    except OSError as error:
        raise UnusableInput(f"{file} cannot be written ({error.strerror}): name another file.") from error
    click.echo(
        f"Copied to {file}. Give it an id and version of its own, edit it, then: ischia protocol check {file}"
    )


@protocol.command("sign-off")
@click.argument("file", type=_FILE)
@click.option("--name", required=True, help="The clinician who signs.")
@click.option("--date", "signed_on", required=True, metavar="YYYY-MM-DD", help="The day of signing.")
def sign_off(file: Path, name: str, signed_on: str) -> None:
    """Add a clinician's sign-off to FILE. It stands for the text as it is now: any later edit undoes it."""
    from ischia.dose.protocol_file import UnusableProtocol, body_hash, parse

    text = _checked_text(file)
    if _load(file).signed_off is not None:
        raise WrongUse(f"{file} is signed off already: edit it first, or leave it.")
    kept = text.split("\n[sign_off]")[0].rstrip() + "\n"
    entry = {"name": name, "date": signed_on, "sha256": body_hash(text)}
    signed = (
        kept + "\n[sign_off]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in entry.items())
    )
    try:
        parse(signed, str(file))
    except UnusableProtocol as fault:
        raise WrongUse(f"the sign-off cannot be used ({fault}).") from fault
    try:
        file.write_text(signed, encoding="utf-8")
    except OSError as error:
        raise UnusableInput(f"{file} cannot be written ({error.strerror}): check its rights.") from error
    click.echo(f"{file}: signed off by {name} on {signed_on}, sha256 {entry['sha256']}.")


def _load(file: Path, as_json: bool = False) -> "Protocol":
    from ischia.dose.protocol_file import UnusableProtocol, default_protocol, read_protocol

    if str(file) == "default":
        return default_protocol()
    try:
        return read_protocol(file)
    except UnusableProtocol as fault:
        if as_json:
            faults = [{"line": one.line, "problem": one.problem, "mend": one.mend} for one in fault.faults]
            click.echo(json.dumps({"usable": False, "faults": faults}, ensure_ascii=False))
            raise UnusableInput(
                f"{file} cannot be used: {len(fault.faults)} faults, nothing was loaded."
            ) from fault
        raise UnusableInput(f"{fault}\nNothing was loaded.") from fault


def _checked_text(file: Path) -> str:
    from ischia.dose.protocol_file import default_text

    _load(file)
    try:
        return default_text() if str(file) == "default" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise Fault(f"{file} cannot be read ({error.strerror}).") from error
