"""Read a protocol from its text: all of it, or nothing and every fault with its line and its mend."""

import hashlib
import re
import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from ischia.catalogue import load_catalogue
from ischia.dose.protocol import Ladder, Numbers, Protocol, SignOff
from ischia.session.plan import ProtocolStamp

_SIGN_OFF = "sign_off"
_TOP = {"id": str, "version": str, "title": str, "numbers": dict, "ladders": dict}
_NUMBER = ("value", "unit", "source", "least", "most")
_LADDER = ("start", "rungs", "sources")
_NAMES = {field.name: field.type for field in fields(Numbers)}
_BELOW = (
    ("green_pain_points", "red_pain_points"),
    ("back_rise_amber_points", "back_rise_red_points"),
    ("long_hold_from_seconds", "resting_hold_from_seconds"),
    ("hold_step_seconds", "resting_hold_step_seconds"),
    ("review_reds", "stop_reds"),
    ("bad_day_exercises", "session_exercises"),
)
"""Pairs of which the first must not be above the second."""


@dataclass(frozen=True, slots=True)
class ProtocolFault:
    """One thing wrong in a protocol's text, where, and how to mend it."""

    line: int
    problem: str
    mend: str

    def __str__(self) -> str:
        """Return it as one sentence."""
        return f"line {self.line}: {self.problem}; {self.mend}"


class UnusableProtocol(ValueError):  # noqa: N818 - it is what the sentence calls it
    """A protocol that was not loaded. ``faults`` holds everything that is wrong with it."""

    def __init__(self, name: str, faults: list[ProtocolFault]) -> None:
        """Keep the faults in the order of their lines."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(f"{name}: {fault}" for fault in self.faults))


def default_text() -> str:
    """Return the text of the protocol that comes with ischia."""
    return (files("ischia.catalogue") / "data" / "protocols" / "default.toml").read_text(encoding="utf-8")


@cache
def default_protocol() -> Protocol:
    """Return the protocol that comes with ischia."""
    return parse(default_text(), "default.toml")


def read_protocol(path: Path) -> Protocol:
    """Read a protocol file.

    Raises:
        UnusableProtocol: anything is wrong with it; nothing is loaded.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        fault = ProtocolFault(1, str(error.strerror), "name a file that can be read")
        raise UnusableProtocol(str(path), [fault]) from error
    except UnicodeDecodeError as error:
        fault = ProtocolFault(1, f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        raise UnusableProtocol(str(path), [fault]) from error
    return parse(text, str(path))


def parse(text: str, name: str = "protocol") -> Protocol:
    """Return the protocol written in ``text``.

    Raises:
        UnusableProtocol: anything is wrong with it; ``name`` stands in front of every fault.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        problem = re.sub(r"\s*\(at .*\)$", "", str(error))
        line = int(found.group(1)) if found else 1
        raise UnusableProtocol(name, [ProtocolFault(line, problem, "correct this line")]) from error
    reader = _Reader(text, content)
    reader.check()
    if reader.faults:
        raise UnusableProtocol(name, reader.faults)
    return _build(content, text)


def body_hash(text: str) -> str:
    """Return the hash of a protocol's text without its sign-off: what a signature is about."""
    return hashlib.sha256(_without_sign_off(text).encode()).hexdigest()


def _without_sign_off(text: str) -> str:
    kept, inside = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = line.strip().startswith(f"[{_SIGN_OFF}]")
        if not inside:
            kept.append(line.rstrip())
    return "\n".join(kept).strip() + "\n"


def _build(content: Mapping[str, Any], text: str) -> Protocol:
    sha256 = body_hash(text)
    signed = content.get(_SIGN_OFF)
    sign_off = SignOff(signed["name"], signed["date"], signed["sha256"]) if signed else None
    return Protocol(
        stamp=ProtocolStamp(content["id"], content["version"], sha256),
        title=content["title"],
        numbers=Numbers(**{key: _as(key, entry["value"]) for key, entry in content["numbers"].items()}),
        ladders=tuple(
            Ladder(key, entry["start"], tuple(entry["rungs"]), tuple(entry["sources"]))
            for key, entry in content["ladders"].items()
        ),
        sources=tuple((key, entry["source"]) for key, entry in content["numbers"].items()),
        signed_off=sign_off if sign_off is not None and sign_off.sha256 == sha256 else None,
    )


def _as(key: str, value: Any) -> Any:
    return float(value) if _NAMES[key] is float else value


class _Reader:
    """Checks one parsed protocol against what ischia knows, and gathers every fault with its line."""

    def __init__(self, text: str, content: Mapping[str, Any]) -> None:
        self._content = content
        self._lines = _lines_of(text)
        self.faults: list[ProtocolFault] = []

    def check(self) -> None:
        for key, kind in _TOP.items():
            if not isinstance(self._content.get(key), kind):
                self._fault(key, f"{key} is missing or of the wrong kind", f"write {key} as in default.toml")
        for key in self._content:
            if key not in _TOP and key != _SIGN_OFF:
                self._fault(key, f"{key} is not known", "take it out")
        if not self.faults:
            self._check_numbers(self._content["numbers"])
            self._check_ladders(self._content["ladders"])
            self._check_sign_off(self._content.get(_SIGN_OFF))

    def _fault(self, key: str, problem: str, mend: str) -> None:
        line = self._lines.get(key)
        while line is None and "." in key:
            key = key.rpartition(".")[0]
            line = self._lines.get(key)
        self.faults.append(ProtocolFault(line or 1, problem, mend))

    def _check_numbers(self, numbers: Mapping[str, Any]) -> None:
        for name in _NAMES:
            if name not in numbers:
                self._fault(
                    "numbers", f"the number {name} is missing", f"add [numbers.{name}] as in default.toml"
                )
        good = {name for name, entry in numbers.items() if self._check_number(name, entry)}
        for low, high in _BELOW:
            if {low, high} <= good and numbers[low]["value"] > numbers[high]["value"]:
                problem = f"{low} is {numbers[low]['value']}, above {high}, which is {numbers[high]['value']}"
                self._fault(f"numbers.{low}.value", problem, f"lower it, or raise {high}")

    def _check_number(self, name: str, entry: Any) -> bool:
        key, before = f"numbers.{name}", len(self.faults)
        if name not in _NAMES:
            close = get_close_matches(name, _NAMES, 1)
            self._fault(
                key, f"there is no number {name}", f"did you mean {close[0]}?" if close else "take it out"
            )
            return False
        if not isinstance(entry, dict):
            self._fault(key, f"{name} is no table", f"write [numbers.{name}] with value, unit and source")
            return False
        for part in entry:
            if part not in _NUMBER:
                self._fault(f"{key}.{part}", f"{part} is not known here", f"use only {', '.join(_NUMBER)}")
        if "source" not in entry:
            self._fault(key, f"{name} has no source", "add source, an id of sources.toml")
        else:
            self._check_source(f"{key}.source", entry["source"])
        unit = name.rpartition("_")[2]
        unit = {"reds": "sessions"}.get(unit, unit)
        if entry.get("unit") != unit:
            self._fault(
                f"{key}.unit", f"the unit of {name} is {entry.get('unit')!r}", f"it has to be in {unit}"
            )
        self._check_value(key, name, entry)
        return len(self.faults) == before

    def _check_source(self, key: str, source: Any) -> None:
        if not _is_among(source, load_catalogue().sources):
            self._fault(key, f"the source {source!r} is not known", "add it to sources.toml")

    def _check_value(self, key: str, name: str, entry: Mapping[str, Any]) -> None:
        for part in ("value", "least", "most"):
            if not _is_number(entry.get(part), whole=_NAMES[name] is int):
                kind = "a whole number" if _NAMES[name] is int else "a number"
                self._fault(
                    f"{key}.{part}", f"{part} of {name} is {entry.get(part)!r}", f"it has to be {kind}"
                )
                return
        value, least, most = entry["value"], entry["least"], entry["most"]
        shipped = _shipped_limits()[name]
        if least > most:
            self._fault(
                f"{key}.least", f"least is {least}, above most, which is {most}", "swap or correct them"
            )
        elif least < shipped[0] or most > shipped[1]:
            problem = f"the limits {least} to {most} are wider than ischia's own {shipped[0]} to {shipped[1]}"
            self._fault(f"{key}.least", problem, "narrow them")
        elif not least <= value <= most:
            self._fault(
                f"{key}.value", f"{value} lies outside {least} to {most}", "choose a value between them"
            )

    def _check_ladders(self, ladders: Mapping[str, Any]) -> None:
        if not ladders:
            self._fault("ladders", "there is no ladder", "add [ladders.bridge] as in default.toml")
        for name, entry in ladders.items():
            key = f"ladders.{name}"
            if not isinstance(entry, dict) or set(entry) != set(_LADDER):
                self._fault(
                    key, f"the ladder {name} needs {', '.join(_LADDER)} and nothing else", "write these three"
                )
                continue
            self._check_rungs(key, entry)
            if not isinstance(entry["sources"], list) or not entry["sources"]:
                self._fault(f"{key}.sources", "sources is no list of sources", "list one at least")
                continue
            for source in entry["sources"]:
                self._check_source(f"{key}.sources", source)

    def _check_rungs(self, key: str, entry: Mapping[str, Any]) -> None:
        known, rungs = load_catalogue().exercises, entry["rungs"]
        if not isinstance(rungs, list) or not rungs:
            self._fault(f"{key}.rungs", "rungs is no list of exercises", "list the exercises, easiest first")
            return
        for rung in rungs:
            if not _is_among(rung, known):
                close = get_close_matches(str(rung), known, 1)
                mend = f"did you mean {close[0]}?" if close else "name an exercise of the catalogue"
                self._fault(f"{key}.rungs", f"the rung {rung!r} is not known", mend)
        if len(set(map(str, rungs))) < len(rungs):
            self._fault(f"{key}.rungs", "a rung stands there twice", "name each rung once")
        if entry["start"] not in rungs:
            self._fault(
                f"{key}.start", f"start is {entry['start']!r}, which is no rung", "start on one of the rungs"
            )

    def _check_sign_off(self, entry: Any) -> None:
        if entry is None:
            return
        if not isinstance(entry, dict) or set(entry) != {"name", "date", "sha256"}:
            self._fault(_SIGN_OFF, "a sign-off needs name, date and sha256", "write these three, as text")
            return
        if not all(isinstance(part, str) and part for part in entry.values()) or not _is_date(entry["date"]):
            self._fault(
                _SIGN_OFF, "the sign-off is incomplete", 'write a name, a date such as "2026-11-22", a sha256'
            )


def _is_number(value: Any, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return False
    return isinstance(value, int) or isfinite(value)


def _is_among(value: Any, names: Container[str]) -> bool:
    """Return whether a value of any kind is one of the names; a table or a list can be in no mapping."""
    return isinstance(value, str) and value in names


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _shipped_limits() -> Mapping[str, tuple[float, float]]:
    return {
        name: (entry["least"], entry["most"])
        for name, entry in tomllib.loads(default_text())["numbers"].items()
    }


def _lines_of(text: str) -> dict[str, int]:
    """Return the line of every table and key; a key stands in its table's name."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[([\w.]+)\]", line)
        if heading:
            table = heading.group(1)
            lines.setdefault(table, number)
            lines.setdefault(table.partition(".")[0], number)
            continue
        key = re.match(r"\s*(\w+)\s*=", line)
        if key:
            lines.setdefault(f"{table}.{key.group(1)}" if table else key.group(1), number)
    return lines
