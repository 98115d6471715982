"""``ischia catalogue``: list, show and check the exercises."""

import json
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from ischia.cli import UnusableInput, WrongUse

if TYPE_CHECKING:
    from ischia.catalogue import Catalogue, Exercise, Fault, Language
    from ischia.catalogue.check import Check

MORE_CHECKS: Final[tuple[str, ...]] = ("ischia.demonstration.check:motion_faults",)
"""Checks of rooms above the catalogue, as ``module:function``; imported only to check."""

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_language = click.option(
    "--lang", "language", type=click.Choice(["en", "vi"]), default="en", show_default=True, help="Language."
)
_data = click.option(
    "--data", "folder", type=click.Path(path_type=Path), help="Another data folder than the one built in."
)


@click.group(invoke_without_command=True, no_args_is_help=False)
@click.pass_context
def catalogue(context: click.Context) -> None:
    """List, show and check the exercises."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@catalogue.command("list", short_help="List every exercise, ladder by ladder.")
@_json
@_language
@_data
def list_exercises(as_json: bool, language: str, folder: Path | None) -> None:
    """List every exercise, ladder by ladder, the easiest first."""
    from ischia.cli.catalogue_print import print_list

    content = _load(folder)
    lang = cast("Language", language)
    if as_json:
        _print_json([_summary(content, exercise, lang) for exercise in content.exercises.values()])
    else:
        print_list(content, lang)


@catalogue.command("show", short_help="Show one exercise in full.")
@click.argument("exercise_id", metavar="ID")
@_json
@_language
@_data
def show(exercise_id: str, as_json: bool, language: str, folder: Path | None) -> None:
    """Show one exercise with its words, doses, sources, cautions and phases."""
    from ischia.cli.catalogue_print import print_exercise

    content = _load(folder)
    exercise = content.exercises.get(exercise_id)
    if exercise is None:
        raise WrongUse(_unknown(exercise_id, content.exercises))
    if as_json:
        texts = {lang: content.texts(lang)[exercise_id].model_dump(by_alias=True) for lang in ("en", "vi")}
        ladders = [ladder.model_dump() for ladder in content.ladders_with(exercise_id)]
        _print_json({**exercise.model_dump(by_alias=True), "texts": texts, "ladders": ladders})
    else:
        print_exercise(content, exercise, cast("Language", language))


@catalogue.command("check", short_help="Check every file and tell every fault.")
@_json
@_data
def check(as_json: bool, folder: Path | None) -> None:
    """Check every file: both languages, sources, ladders, doses, phases, joints and sentences.

    Ends with 1 where there are faults; each is printed with its file, key and mend.
    """
    from ischia.catalogue import load_catalogue, packaged_data
    from ischia.catalogue.check import CHECKS, check_catalogue
    from ischia.cli.catalogue_print import print_faults

    if folder is not None:
        _require(folder)
    root = packaged_data() if folder is None else folder
    faults = check_catalogue(root, [*CHECKS, *map(_imported, MORE_CHECKS)])
    count = 0 if faults else len(load_catalogue(folder).exercises)
    if as_json:
        _print_json({"exercises": count, "faults": [_fault(fault) for fault in faults]})
    elif faults:
        print_faults(faults)
    else:
        click.echo(f"{count} exercises, all well")
    if faults:
        raise click.exceptions.Exit(1)


def _load(folder: Path | None) -> "Catalogue":
    from ischia.catalogue import CatalogueError, load_catalogue

    if folder is not None:
        _require(folder)
    try:
        return load_catalogue(folder)
    except CatalogueError as error:
        option = f" --data {folder}" if folder else ""
        count = len(error.faults)
        faults = "a fault" if count == 1 else f"{count} faults"
        raise UnusableInput(
            f"The catalogue has {faults}, nothing was loaded: see 'ischia catalogue check{option}'."
        ) from error


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise UnusableInput(f"There is no folder {folder}: give --data the one that holds 'exercises'.")
    if not (folder / "exercises").is_dir():
        raise UnusableInput(f"{folder} holds no folder 'exercises': give --data a catalogue's data folder.")


def _unknown(exercise_id: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(exercise_id, sorted(known), n=1, cutoff=0.0)
    hint = f": did you mean {close[0]}?" if close else "."
    return f"There is no exercise {exercise_id!r}{hint}"


def _imported(target: str) -> "Check":
    module, _, function = target.partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), function))


def _summary(content: "Catalogue", exercise: "Exercise", language: "Language") -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": content.texts(language)[exercise.id].title,
        "article": exercise.article,
        "position": exercise.position,
        "direction": exercise.direction,
        "sides": exercise.sides,
        "locked": exercise.locked,
        "ladders": [ladder.id for ladder in content.ladders_with(exercise.id)],
        "dose": exercise.dose.model_dump(include={"start", "ceiling"}),
    }


def _fault(fault: "Fault") -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "key": fault.key,
        "problem": fault.problem,
        "mend": fault.mend,
    }


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
