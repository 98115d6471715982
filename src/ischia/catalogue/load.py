"""Load the catalogue as a whole, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import RootModel

from ischia.catalogue.model import (
    LANGUAGES,
    Catalogue,
    Exercise,
    ExerciseTexts,
    HomeCare,
    Id,
    Ladder,
    Language,
    OutcomeMeasure,
    Sentences,
    Source,
)
from ischia.catalogue.references import reference_faults
from ischia.catalogue.toml_file import (
    CatalogueError,
    Fault,
    line_of,
    lines_of,
    read_folder,
    read_model,
    read_toml,
    validate,
)

SOURCES = "sources.toml"
HOME_CARE = "home_care.toml"


class Phrases(RootModel[Mapping[Id, Sentences]]):
    """A flat file of spoken phrases: key to sentence."""


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Load and check the catalogue in ``path``, or the one that comes with ischia (read once).

    Raises:
        CatalogueError: with every fault found; nothing is loaded half.
    """
    return _packaged() if path is None else _load(path)


def packaged_data() -> Traversable:
    """The data folder that comes with ischia."""
    return files("ischia.catalogue").joinpath("data")


@cache
def _packaged() -> Catalogue:
    return _load(packaged_data())


def _load(root: Traversable) -> Catalogue:
    catalogue, faults = read_catalogue(root)
    if catalogue is None or faults:
        raise CatalogueError(faults)
    return catalogue


def read_catalogue(root: Traversable) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """Read a data folder and return the catalogue, or None where a file has a fault, with all faults."""
    if not root.is_dir():
        fault = Fault(
            str(root), "", "there is no such folder", "give the folder that holds exercises and ladders"
        )
        return None, (fault,)
    faults: list[Fault] = []
    exercises, texts = _read_exercises(root, faults)
    phrases = {language: _read_phrases(root, language, faults) for language in LANGUAGES}
    ladders = read_folder(root.joinpath("ladders"), "ladders", Ladder, faults)
    measures = read_folder(root.joinpath("outcome_measures"), "outcome_measures", OutcomeMeasure, faults)
    sources = read_sources(root, faults)
    care = read_model(root.joinpath(HOME_CARE), HOME_CARE, HomeCare, faults)
    if faults or care is None:
        return None, with_lines(root, faults)
    catalogue = Catalogue(exercises, ladders, sources, measures, care, texts, phrases)
    return catalogue, with_lines(root, reference_faults(catalogue))


def read_sources(root: Traversable, faults: list[Fault]) -> dict[str, Source]:
    """The entries of ``sources.toml`` by id."""
    file = root.joinpath(SOURCES)
    content = read_toml(file, SOURCES, faults) or {}
    sources = {}
    for source_id, table in content.items():
        source = validate(table, SOURCES, Source, faults, prefix=source_id)
        if source is not None:
            sources[source_id] = source
    return sources


def with_lines(root: Traversable, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The same faults, each with the line its key stands on."""
    lines: dict[str, dict[str, int]] = {}
    found = []
    for fault in faults:
        if fault.line is None and fault.key:
            if fault.file not in lines:
                lines[fault.file] = lines_of(root.joinpath(*fault.file.split("/")))
            fault = replace(fault, line=line_of(lines[fault.file], fault.key))
        found.append(fault)
    return tuple(found)


def _read_exercises(
    root: Traversable, faults: list[Fault]
) -> tuple[dict[str, Exercise], dict[Language, dict[str, ExerciseTexts]]]:
    exercises: dict[str, Exercise] = {}
    texts: dict[Language, dict[str, ExerciseTexts]] = {language: {} for language in LANGUAGES}
    for folder in _folders(root.joinpath("exercises"), faults):
        name = f"exercises/{folder.name}"
        exercise = read_model(folder.joinpath("exercise.toml"), f"{name}/exercise.toml", Exercise, faults)
        if exercise is not None:
            exercises[folder.name] = exercise
            if exercise.id != folder.name:
                problem = f"the id is {exercise.id}, the folder is {folder.name}"
                faults.append(Fault(f"{name}/exercise.toml", "id", problem, "give both the same name"))
        for language in LANGUAGES:
            file = f"{language}.toml"
            words = read_model(folder.joinpath(file), f"{name}/{file}", ExerciseTexts, faults)
            if words is not None:
                texts[language][folder.name] = words
    return exercises, texts


def _folders(folder: Traversable, faults: list[Fault]) -> list[Traversable]:
    if not folder.is_dir():
        faults.append(Fault(folder.name, "", "the folder is missing", "add it with one folder per exercise"))
        return []
    return sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: entry.name)


def _read_phrases(root: Traversable, language: Language, faults: list[Fault]) -> Mapping[str, str]:
    name = f"phrases/{language}.toml"
    phrases = read_model(root.joinpath("phrases", f"{language}.toml"), name, Phrases, faults)
    return {} if phrases is None else phrases.root
