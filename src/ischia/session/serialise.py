"""Frozen values to plain data (dict, list, text, number) and back, strict on the way in. Standard library
only.

Plain data can be written as JSON. A mapping whose keys are tuples, such as the leg map, becomes a mapping
with the parts joined by ``/``: ``{"calf/left": {...}}``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

Plain = Any
"""Whatever ``json.dumps`` takes: None, bool, int, float, str, list and dict of these."""


class NotReadable(ValueError):  # noqa: N818 - it is what the sentence calls it
    """Plain data that does not fit; the sentence says where, what, and what was expected."""


def to_plain(value: object) -> Plain:
    """Return ``value`` as plain data.

    Raises:
        TypeError: a part of it is no frozen value, enum, mapping, sequence, text, number or None.
    """
    if value is None or (isinstance(value, str | int | float | bool) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_key_to_text(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [to_plain(part) for part in (sorted(value) if isinstance(value, frozenset) else value)]
    raise TypeError(f"{type(value).__name__} cannot be written as plain data")


def from_plain(kind: type[T], plain: Plain, where: str = "") -> T:
    """Read ``plain`` as ``kind``, which is a dataclass or any type one of its fields has.

    Raises:
        NotReadable: an unknown or missing key, a wrong type, or a value that ``kind`` itself refuses.
    """
    return cast(T, _read(kind, plain, where or getattr(kind, "__name__", str(kind))))


def union_from_plain(kinds: Mapping[str, type[T]], plain: Plain, where: str = "") -> T:
    """Read ``{"kind": name, ...}`` as the dataclass that ``kinds`` gives for ``name``."""
    name = plain.get("kind") if isinstance(plain, dict) else None
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise NotReadable(f"{where or 'value'}: kind must be one of {', '.join(sorted(kinds))}, not {name!r}")
    return from_plain(kind, {key: part for key, part in plain.items() if key != "kind"}, where or str(name))


def _key_to_text(key: object) -> str:
    if isinstance(key, tuple):
        return "/".join(_key_to_text(part) for part in key)
    return str(key.value) if isinstance(key, Enum) else str(key)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _fields(kind: type) -> tuple[Field[Any], ...]:
    return fields(kind)


def _read(kind: Any, plain: Plain, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_union(get_args(kind), plain, where)
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_dataclass(kind, plain, where)
    if origin is tuple:
        return _read_tuple(get_args(kind), plain, where)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _read_mapping(get_args(kind), plain, where)
    return _read_scalar(kind, plain, where)


def _read_dataclass(kind: type, plain: Plain, where: str) -> Any:
    if not isinstance(plain, dict):
        raise NotReadable(f"{where}: expected a mapping, not {plain!r}")
    known = {field.name for field in _fields(kind)}
    for key in plain:
        if key not in known:
            raise NotReadable(f"{where}.{key} is not known; known are {', '.join(sorted(known))}")
    values = {}
    for field in _fields(kind):
        if field.name in plain:
            values[field.name] = _read(_hints(kind)[field.name], plain[field.name], f"{where}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise NotReadable(f"{where}.{field.name} is missing")
    try:
        return kind(**values)
    except NotReadable:
        raise
    except ValueError as fault:
        raise NotReadable(f"{where}: {fault}") from fault


def _read_union(kinds: Sequence[Any], plain: Plain, where: str) -> Any:
    if plain is None and NoneType in kinds:
        return None
    faults = []
    for kind in kinds:
        if kind is NoneType:
            continue
        try:
            return _read(kind, plain, where)
        except NotReadable as fault:
            faults.append(str(fault))
    raise NotReadable(
        faults[0] if len(faults) == 1 else f"{where}: {plain!r} fits none of the kinds allowed here"
    )


def _read_tuple(kinds: Sequence[Any], plain: Plain, where: str) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise NotReadable(f"{where}: expected a list, not {plain!r}")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], part, f"{where}[{index}]") for index, part in enumerate(plain))
    if len(kinds) != len(plain):
        raise NotReadable(f"{where}: expected {len(kinds)} values, not {len(plain)}")
    return tuple(
        _read(kind, part, f"{where}[{index}]")
        for index, (kind, part) in enumerate(zip(kinds, plain, strict=True))
    )


def _read_mapping(kinds: Sequence[Any], plain: Plain, where: str) -> dict[Any, Any]:
    if not isinstance(plain, dict):
        raise NotReadable(f"{where}: expected a mapping, not {plain!r}")
    key_kind, part_kind = kinds
    return {
        _read_key(key_kind, key, where): _read(part_kind, part, f"{where}.{key}")
        for key, part in plain.items()
    }


def _read_key(kind: Any, text: Plain, where: str) -> Any:
    if get_origin(kind) is tuple:
        parts = text.split("/") if isinstance(text, str) else []
        return _read_tuple(get_args(kind), parts, f"{where} key {text!r}")
    return _read(kind, text, f"{where} key")


def _read_scalar(kind: Any, plain: Plain, where: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(plain)
        except ValueError:
            allowed = ", ".join(str(member.value) for member in kind)
            raise NotReadable(f"{where} must be one of {allowed}, not {plain!r}") from None
    if kind is float and isinstance(plain, int) and not isinstance(plain, bool):
        return float(plain)
    if (isinstance(plain, bool) and kind is not bool) or not isinstance(plain, kind):
        raise NotReadable(f"{where} must be {_NAMES.get(kind, kind)}, not {plain!r}")
    if kind is float and not abs(plain) < float("inf"):
        raise NotReadable(f"{where} must be a finite number, not {plain!r}")
    return plain


_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
