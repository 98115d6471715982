"""Files of other rooms in the same data folder: their sources exist and their two languages match.

Their own rooms read them into values of their own (questions, conditions, protocols, words of the player);
what they hold in common is looked at here, whatever they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any, Final

from ischia.catalogue.model import Catalogue
from ischia.catalogue.toml_file import Fault, nearest, read_toml

OWN: Final = frozenset(
    {"exercises", "ladders", "outcome_measures", "phrases", "sources.toml", "home_care.toml"}
)
"""What the catalogue reads itself."""

FIRST, SECOND = "en", "vi"
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def neighbour_faults(catalogue: Catalogue, root: Traversable) -> Iterator[Fault]:
    """Faults in every TOML file below ``root`` that the catalogue does not read itself."""
    faults: list[Fault] = []
    content = {
        name: read_toml(file, name, faults) for name, file in _files(root, "") if _top(name) not in OWN
    }
    yield from faults
    for name, table in content.items():
        if table is None:
            continue
        yield from _sources(name, "", table, catalogue)
        yield from _languages(name, "", table)
        folder, _, file = name.rpartition("/")
        if file == f"{FIRST}.toml":
            other = f"{folder}/{SECOND}.toml"
            if other not in content:
                yield Fault(other, "", "the file is missing", "add it")
            elif (second := content[other]) is not None:
                yield from _same(other, "", table, second)


def _top(name: str) -> str:
    return name.partition("/")[0]


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif name.endswith(".toml"):
            yield name, entry


def _sources(file: str, key: str, value: Any, catalogue: Catalogue) -> Iterator[Fault]:
    for inner_key, inner in _inside(key, value):
        last = inner_key.rpartition(".")[2]
        named = (
            inner if last == "sources" and isinstance(inner, tuple) else (inner,) if last == "source" else ()
        )
        for source in named:
            if isinstance(source, str) and source not in catalogue.sources:
                mend = nearest(source, catalogue.sources)
                yield Fault(file, inner_key, f"there is no source {source} in sources.toml", mend)
        yield from _sources(file, inner_key, inner, catalogue)


def _languages(file: str, key: str, value: Any) -> Iterator[Fault]:
    if isinstance(value, dict) and (FIRST in value or SECOND in value):
        prefix = f"{key}." if key else ""
        for language in (FIRST, SECOND):
            if language not in value:
                yield Fault(file, f"{prefix}{language}", "this language is missing", "add it")
        if FIRST in value and SECOND in value:
            yield from _same(file, f"{prefix}{SECOND}", value[FIRST], value[SECOND])
        return
    for inner_key, inner in _inside(key, value):
        yield from _languages(file, inner_key, inner)


def _same(file: str, key: str, first: Any, second: Any) -> Iterator[Fault]:
    """The second language has what the first has, in words of its own."""
    if isinstance(first, dict) and isinstance(second, dict):
        prefix = f"{key}." if key else ""
        for name in first.keys() - second.keys():
            yield Fault(file, f"{prefix}{name}", "the text is missing", "add it")
        for name in second.keys() - first.keys():
            yield Fault(
                file, f"{prefix}{name}", f"the other language has no {name}", "take it out or add it there"
            )
        for name in first.keys() & second.keys():
            yield from _same(file, f"{prefix}{name}", first[name], second[name])
    elif isinstance(first, tuple) and isinstance(second, tuple):
        if len(first) != len(second):
            problem = f"the other language has {len(first)} entries, this one {len(second)}"
            yield Fault(file, key, problem, "give both the same")
        for index, (one, other) in enumerate(zip(first, second, strict=False)):
            yield from _same(file, f"{key}.{index}", one, other)
    elif isinstance(second, str):
        if second != unicodedata.normalize("NFC", second):
            problem = "its accents are written as separate characters"
            yield Fault(file, key, problem, "save it in the composed form (NFC)")
        if first == second and len(_WORD.findall(_PLACEHOLDER.sub("", second))) > 2:
            yield Fault(file, key, "it is the same as the English", "translate it")


def _inside(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        pairs: Any = value.items()
    elif isinstance(value, tuple):
        pairs = enumerate(value)
    else:
        return
    for name, inner in pairs:
        yield (f"{key}.{name}" if key else str(name)), inner
