"""``ischia account``: the people who may log in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ischia.server.faults import StartFault

if TYPE_CHECKING:
    from ischia.server.accounts.models import User

ROLES = ("patient", "clinician", "administrator")

data_option = click.option(
    "--data", type=click.Path(path_type=Path), help="Folder for the records; default: the usual place."
)
password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password's line from standard input."
)


@click.group()
def account() -> None:
    """Make, list and change accounts."""


@account.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@password_option
@data_option
def add(name: str, role: str, password_stdin: bool, data: Path | None) -> None:
    """Make an account; asks for the password."""
    from ischia.server.opening import open_for_command

    open_for_command(data)
    from ischia.server.accounts.models import Role, User
    from ischia.server.patients.models import Patient
    from ischia.server.storage import writing

    name = name.strip()
    if not name or len(name) > 80:
        raise StartFault("A name has 1 to 80 characters.")
    if User.objects.filter(name__iexact=name).exists():
        raise StartFault(f"There is an account called '{name}' already: choose another name.")
    password = _password(name, password_stdin)
    with writing():
        user = User.objects.create_user(name, password, Role(role))
        if user.role == Role.PATIENT:
            Patient.objects.create(user=user, name=name)
    click.echo(f"{name} may log in as {role} now.")


@account.command("list")
@data_option
def list_accounts(data: Path | None) -> None:
    """List the accounts."""
    from ischia.server.opening import open_for_command

    open_for_command(data)
    from ischia.server.accounts.models import User

    for user in User.objects.order_by("role", "name"):
        click.echo(f"{user.role:14} {'active' if user.is_active else 'switched off':13} {user.name}")


@account.command()
@click.argument("name")
@password_option
@data_option
def password(name: str, password_stdin: bool, data: Path | None) -> None:
    """Give an account a new password."""
    from ischia.server.opening import open_for_command

    open_for_command(data)
    from ischia.server.storage import writing

    user = _find(name)
    new = _password(name, password_stdin)
    with writing():
        user.set_password(new)
        user.save(update_fields=["password"])
    click.echo(f"{user.name} has a new password.")


@account.command()
@click.argument("patient")
@click.argument("clinician")
@data_option
def assign(patient: str, clinician: str, data: Path | None) -> None:
    """Let CLINICIAN look after PATIENT."""
    from ischia.server.opening import open_for_command

    open_for_command(data)
    from ischia.server.accounts.models import Role
    from ischia.server.clinic.models import Assignment
    from ischia.server.patients.models import Patient
    from ischia.server.storage import writing

    watched, watching = _find(patient), _find(clinician)
    if watched.role != Role.PATIENT:
        raise StartFault(f"'{patient}' is a {watched.role}, not a patient.")
    if watching.role != Role.CLINICIAN:
        raise StartFault(f"'{clinician}' is a {watching.role}, not a clinician.")
    with writing():
        Assignment.objects.get_or_create(clinician=watching, patient=Patient.objects.get(user=watched))
    click.echo(f"{watching.name} looks after {watched.name} now.")


def _find(name: str) -> "User":
    from ischia.server.accounts.models import User

    user = User.objects.filter(name__iexact=name).first()
    if user is None:
        raise StartFault(f"There is no account called '{name}': 'ischia account list' shows them.")
    return user


def _password(name: str, from_stdin: bool) -> str:
    """Read a password and refuse a weak one."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from ischia.server.accounts.models import User

    if from_stdin:
        given = sys.stdin.readline().rstrip("\n")
    else:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        validate_password(given, User(name=name))
    except ValidationError as weak:
        raise StartFault(f"This password will not do. {' '.join(weak.messages)}") from weak
    return str(given)
