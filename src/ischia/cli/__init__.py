"""The command ``ischia``. A command's module is imported only when that command runs.

Commands of this package stand in ``COMMANDS``; commands that other packages bring (the server) are looked up
by name in the entry-point group ``ischia.commands``, never imported from here.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import ClassVar, Final, NamedTuple

import click

from ischia import __version__

__all__ = ["COMMANDS", "Fault", "UnusableInput", "WrongUse", "commands", "main"]

ENTRY_POINT_GROUP: Final = "ischia.commands"


class Fault(click.ClickException):
    """Something a person can mend, told in one clear sentence: what is wrong and what to do.

    ``main`` prints the sentence on standard error and ends with ``exit_code``. A command outside this package
    raises its own ``click.ClickException`` with an ``exit_code`` and is treated alike.
    """

    exit_code: ClassVar[int] = 1


class WrongUse(Fault):
    """The command was called in a way it cannot understand."""

    exit_code: ClassVar[int] = 2


class UnusableInput(Fault):
    """A file or folder that was given cannot be used."""

    exit_code: ClassVar[int] = 3


class Entry(NamedTuple):
    """Where a command lives (``module:function``) and its line in the list of commands."""

    target: str
    help: str


COMMANDS: Final[dict[str, Entry]] = {
    "analyse": Entry("ischia.cli.analyse:analyse", "Count repetitions and holds in recordings."),
    "assets": Entry("ischia.cli.assets:assets", "Compile translations and get the pose models."),
    "catalogue": Entry("ischia.cli.catalogue:catalogue", "List, show and check the exercises."),
    "protocol": Entry("ischia.cli.protocol:protocol", "Show, check, compare and copy the rules' numbers."),
    "simulate": Entry("ischia.cli.simulate:simulate", "Try the rules on synthetic patients."),
    "synthesise": Entry(
        "ischia.cli.synthesise:synthesise", "Make test landmarks of an exercise, with their truth."
    ),
    "handout": Entry("ischia.cli.handout:handout", "Print exercises: one A4 page each, as PDF."),
}


class _Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*COMMANDS, *_installed()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            module, _, function = COMMANDS[cmd_name].target.partition(":")
            command = getattr(import_module(module), function)
        elif cmd_name in _installed():
            command = _load(_installed()[cmd_name])
        else:
            return None
        if not isinstance(command, click.Command):
            raise TypeError(f"the command {cmd_name} is no click command but {command!r}")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = {name: entry.help for name, entry in COMMANDS.items()}
        for name, entry in _installed().items():
            try:
                rows[name] = _load(entry).get_short_help_str(limit=80)
            except Fault:
                rows[name] = "Not installed here: needs the extra 'server'."
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows.items()))


def _installed() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ENTRY_POINT_GROUP)}


def _load(entry: EntryPoint) -> click.Command:
    try:
        command = entry.load()
    except ModuleNotFoundError as error:
        raise Fault(
            f"'ischia {entry.name}' needs {error.name}, which is not installed: install ischia[server]."
        ) from error
    if not isinstance(command, click.Command):
        raise TypeError(f"the command {entry.name} is no click command but {command!r}")
    return command


@click.group(cls=_Commands, no_args_is_help=False, invoke_without_command=True)
@click.version_option(__version__, prog_name="ischia", message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """A home exercise coach for people with sciatica, and for the physiotherapists who look after them."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    Exit statuses: 0 done, 1 a fault, 2 wrong use, 3 unusable input, 130 stopped by Ctrl-C.
    """
    try:
        status = commands.main(args=arguments, prog_name="ischia", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        status = end.exit_code
    except click.ClickException as fault:
        status = _tell(fault)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
        status = 130
    except BrokenPipeError:
        # Whoever read our output (`| head`) has seen enough. Keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 141
    sys.exit(status if isinstance(status, int) else 0)


def _tell(fault: click.ClickException) -> int:
    sentence = fault.format_message()
    if isinstance(fault, click.UsageError) and fault.ctx is not None:
        sentence = f"{sentence.rstrip('.')}. See '{fault.ctx.command_path} --help'."
    click.echo(f"ischia: {sentence}", err=True)
    return fault.exit_code
