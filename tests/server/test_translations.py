"""The Vietnamese texts are complete, and every text of the pages is known to the catalogue."""

import re
import unicodedata
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import ischia.server

SERVER = Path(ischia.server.__file__).parent


@pytest.fixture(scope="module")
def vietnamese() -> Catalog:
    with (SERVER / "locale/vi/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="vi")


def test_nothing_is_untranslated_or_fuzzy(vietnamese: Catalog) -> None:
    unfinished = [
        message.id
        for message in vietnamese
        if message.id
        and (
            message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
        )
    ]

    assert unfinished == []


def test_every_translation_keeps_its_placeholders(vietnamese: Catalog) -> None:
    marks = re.compile(r"%\(\w+\)s|%[sd]")
    for message in vietnamese:
        english = message.id[0] if isinstance(message.id, tuple) else message.id
        translated = message.string[0] if isinstance(message.string, tuple) else message.string
        assert sorted(marks.findall(english)) == sorted(marks.findall(translated)), english


def test_every_translation_is_composed_unicode(vietnamese: Catalog) -> None:
    for message in vietnamese:
        for text in [message.string] if isinstance(message.string, str) else message.string:
            assert text == unicodedata.normalize("NFC", text)


def test_every_text_of_the_templates_and_views_is_in_the_catalogue(vietnamese: Catalog) -> None:
    known = {
        one for message in vietnamese for one in ([message.id] if isinstance(message.id, str) else message.id)
    }
    in_templates = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
    in_code = re.compile(r"""\b(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"\s*\)""")
    used = set()
    for file in SERVER.rglob("*.html"):
        used |= {"".join(found) for found in in_templates.findall(file.read_text(encoding="utf-8"))}
    for file in SERVER.rglob("*.py"):
        used |= set(in_code.findall(file.read_text(encoding="utf-8")))

    assert len(used) > 200
    assert used - known == set()
