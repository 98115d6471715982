"""One strict TOML file at a time: read it into a model, or say what is wrong, where, and how to mend it."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)


ID = r"^[a-z][a-z0-9_]*$"
LINE = r"^\S[^\n]*\S$"
DOI = r"^10\.\d{4,9}/\S+$"
_FORMS: Final[Mapping[str, str]] = {
    ID: "write small letters, digits and _, a letter first",
    LINE: "write it on one line, without space at its ends",
    DOI: "write it as 10.1234/abc, without anything before it",
}


class StrictModel(BaseModel):
    """A frozen value that takes exactly its keys and types: no stray key, no number written as text."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", validate_by_name=True)


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a data file.

    Attributes:
        file: path below the data folder.
        key: dotted key, such as ``dose.start.hold_s``; empty where the whole file is meant.
        problem: what is wrong, one clause.
        mend: what to do about it, one clause.
        line: line number from 1, or None where it is not known.
    """

    file: str
    key: str
    problem: str
    mend: str
    line: int | None = None

    def __str__(self) -> str:
        """File, line, key, problem and mend in one line."""
        where = self.file + (f":{self.line}" if self.line else "")
        return f"{where}: {self.key + ': ' if self.key else ''}{self.problem}; {self.mend}"


class CatalogueError(ValueError):
    """Faults in the catalogue's files. Nothing was loaded."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep every fault, in the order of files and lines."""
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.key)))
        count = len(self.faults)
        head = f"{count} fault{'' if count == 1 else 's'} in the catalogue, nothing was loaded"
        super().__init__("\n".join([head, *map(str, self.faults)]))


def read_toml(file: Traversable, name: str, faults: list[Fault]) -> dict[str, Any] | None:
    """Parse one file, arrays as tuples. On a fault, add it to ``faults`` and return None.

    Args:
        file: the file.
        name: its path below the data folder, as faults name it.
        faults: grows by what is wrong.
    """
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        faults.append(Fault(name, "", "the file is missing", "add it"))
    except OSError as error:
        faults.append(
            Fault(name, "", f"it cannot be read ({error.strerror})", "check the file and its rights")
        )
    except UnicodeDecodeError as error:
        faults.append(Fault(name, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8"))
    else:
        try:
            content: dict[str, Any] = _tuples(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            problem = re.sub(r"\s*\(at .*\)$", "", str(error))
            line = int(found.group(1)) if found else None
            faults.append(Fault(name, "", f"it is not TOML ({problem})", "correct this line", line))
        except RecursionError:
            faults.append(Fault(name, "", "it is nested too deeply", "flatten it"))
        else:
            return content
    return None


def read_model(file: Traversable, name: str, model: type[Model], faults: list[Fault]) -> Model | None:
    """Read one file into ``model``. On any fault, add all of them to ``faults`` and return None."""
    content = read_toml(file, name, faults)
    if content is None:
        return None
    found: list[Fault] = []
    value = validate(content, name, model, found)
    if found:
        lines = lines_of(file)
        faults.extend(replace(fault, line=line_of(lines, fault.key)) for fault in found)
    return value


def read_folder(folder: Traversable, name: str, model: type[Model], faults: list[Fault]) -> dict[str, Model]:
    """Read every ``<id>.toml`` of a folder. Where the model has an ``id``, it must be the file's name.

    Args:
        folder: the folder.
        name: its path below the data folder.
        model: what each file is.
        faults: grows by what is wrong; files with a fault are not in the result.
    """
    found: dict[str, Model] = {}
    if not folder.is_dir():
        faults.append(Fault(name, "", "the folder is missing", "add it"))
        return found
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        stem, dot, suffix = file.name.rpartition(".")
        if not dot or suffix != "toml":
            continue
        value = read_model(file, f"{name}/{file.name}", model, faults)
        if value is None:
            continue
        found[stem] = value
        if (own := getattr(value, "id", stem)) != stem:
            problem = f"the id is {own}, the file is {file.name}"
            faults.append(Fault(f"{name}/{file.name}", "id", problem, "give both the same name"))
    return found


def validate(
    content: Mapping[str, Any],
    name: str,
    model: type[Model],
    faults: list[Fault],
    prefix: str = "",
) -> Model | None:
    """Make ``model`` of one parsed table. On any fault, add all of them to ``faults`` and return None."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            location = [str(part) for part in detail["loc"] if part != "[key]"]
            key = ".".join(([prefix] if prefix else []) + location)
            problem, mend = _words(detail["type"], detail["msg"], detail.get("ctx", {}), location, model)
            faults.append(Fault(name, key, problem, mend))
    return None


def lines_of(file: Traversable) -> dict[str, int]:
    """Dotted key to line number, for every table and key written on a line of its own."""
    try:
        text = file.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return {}
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = _dotted(match.group(2), counts)
            if match.group(1) == "[[":
                lines.setdefault(table, number)
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{counts[table]}"
            lines.setdefault(table, number)
        elif match := _KEY.match(line):
            key = _plain(match.group(1))
            lines.setdefault(f"{table}.{key}" if table else key, number)
    return lines


def line_of(lines: Mapping[str, int], key: str) -> int | None:
    """The line of ``key``, or of the nearest table around it."""
    parts = key.split(".")
    for length in range(len(parts), 0, -1):
        if (line := lines.get(".".join(parts[:length]))) is not None:
            return line
    return None


def nearest(word: str, words: Iterable[str]) -> str:
    """ "did you mean x?" with the most similar of ``words``, or what there is to choose from."""
    choices = sorted(words)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"use one of: {', '.join(choices)}" if len(choices) <= 12 else "correct the name"


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _dotted(header: str, counts: Mapping[str, int]) -> str:
    """A table header with the running number put behind each array of tables it lies in."""
    key = ""
    parts = _plain(header).split(".")
    for index, part in enumerate(parts):
        key = f"{key}.{part}" if key else part
        if key in counts and index < len(parts) - 1:
            key = f"{key}.{counts[key]}"
    return key


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(inner) for inner in value)
    return value


def _words(
    kind: str, message: str, context: Mapping[str, Any], location: Sequence[str], model: type[BaseModel]
) -> tuple[str, str]:
    """Pydantic's finding in plain words: the problem and the mend."""
    name = location[-1] if location else "it"
    match kind:
        case "missing":
            return f"{name} is missing", "add it"
        case "extra_forbidden":
            known = _keys_at(model, location[:-1])
            return f"{name} is no key of this table", nearest(name, known) if known else "take it out"
        case "literal_error":
            expected = str(context.get("expected", "")).replace("'", "")
            return "this value is not known", f"write {expected}"
        case "string_pattern_mismatch":
            pattern = str(context.get("pattern"))
            return "this text has the wrong form", _FORMS.get(pattern, f"it must match {pattern}")
        case "string_type":
            return "this must be text", "write it in quotes"
        case "int_type" | "int_from_float":
            return "this must be a whole number", "write it without quotes and without a fraction"
        case "float_type":
            return "this must be a number", "write it without quotes"
        case "bool_type":
            return "this must be true or false", "write it without quotes"
        case "tuple_type":
            return "this must be a list", "write it in square brackets"
        case "dict_type" | "model_type" | "mapping_type":
            return "this must be a table", f"write it as [{name}] with keys below it"
        case "greater_than_equal":
            return "this number is too small", f"write {context.get('ge'):g} or more"
        case "greater_than":
            return "this number is too small", f"write more than {context.get('gt'):g}"
        case "less_than_equal":
            return "this number is too large", f"write {context.get('le'):g} or less"
        case "finite_number":
            return "this is no number to count with", "write a finite number"
        case "too_short" | "string_too_short":
            least = context.get("min_length")
            return "there is too little here", f"give {least} or more"
        case "too_long" | "string_too_long":
            most = context.get("max_length")
            return "there is too much here", f"give {most} or fewer"
        case "value_error":
            problem, _, mend = message.removeprefix("Value error, ").partition(": ")
            return problem, mend or "correct it"
    return _lower(message), "correct the value"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _keys_at(model: type[BaseModel], location: Sequence[str]) -> list[str]:
    """The keys a table at ``location`` may have, as far as the models tell."""
    current: Any = model
    for part in location:
        if part.isdigit():
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            return []
        field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        current = _model_in(field.annotation) if field else None
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((found for inner in arguments if (found := _model_in(inner))), None)
