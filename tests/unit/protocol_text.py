"""The default protocol's text for tests: edited copies, and what is said against them."""

import re

import pytest

from ischia.dose.protocol_file import UnusableProtocol, default_text, parse

TEXT = default_text()


def faults(old: str, new: str, text: str = TEXT, after: str = "") -> list[tuple[int, str, str]]:
    """Every fault of the text with ``old`` replaced by ``new``, where it first stands after ``after``."""
    start = text.index(after)
    assert old in text[start:]
    with pytest.raises(UnusableProtocol) as caught:
        parse(text[:start] + text[start:].replace(old, new, 1), "my.toml")
    return [(one.line, one.problem, one.mend) for one in caught.value.faults]


def line_of(part: str, after: str = "") -> int:
    lines = TEXT.splitlines()
    start = next((number for number, line in enumerate(lines) if after and line.startswith(after)), 0)
    return next(number for number, line in enumerate(lines[start:], start + 1) if line.startswith(part))


def with_value(name: str, value: int, text: str = TEXT) -> str:
    """The text with another value of one number."""
    changed, count = re.subn(rf"(\[numbers\.{name}\].*\nvalue = )\S+", rf"\g<1>{value}", text)
    assert count == 1
    return changed
