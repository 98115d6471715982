"""`ischia assets` compiles translations once, and says what is wrong with one that it cannot read."""

import gettext
from pathlib import Path

import pytest

from ischia.cli import Fault
from ischia.cli.assets import compile_translations

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Stop"
msgstr "Dừng lại"
"""


@pytest.fixture
def vietnamese(tmp_path: Path) -> Path:
    """A translation that is not compiled yet, in a locale folder of its own."""
    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")
    return source


def test_a_compiled_translation_speaks_vietnamese(tmp_path: Path, vietnamese: Path) -> None:
    assert list(compile_translations(tmp_path)) == [vietnamese.with_suffix(".mo")]
    translation = gettext.translation("django", tmp_path, languages=["vi"])
    assert translation.gettext("Stop") == "Dừng lại"


def test_what_is_compiled_already_is_left_alone(tmp_path: Path, vietnamese: Path) -> None:
    list(compile_translations(tmp_path))
    assert list(compile_translations(tmp_path)) == []


def test_a_changed_translation_is_compiled_again(tmp_path: Path, vietnamese: Path) -> None:
    list(compile_translations(tmp_path))
    vietnamese.write_text(CATALOGUE.replace("Dừng lại", "Dừng"), encoding="utf-8")
    assert list(compile_translations(tmp_path)) == [vietnamese.with_suffix(".mo")]


@pytest.mark.parametrize("content", [b"nonsense", b"\xff\xfe\x00nonsense"])
def test_a_broken_translation_is_named(tmp_path: Path, vietnamese: Path, content: bytes) -> None:
    vietnamese.write_bytes(content)
    with pytest.raises(Fault, match=r"vi/LC_MESSAGES/django\.po cannot be read"):
        list(compile_translations(tmp_path))
    assert not vietnamese.with_suffix(".mo").exists()
