import re
import zlib

import pytest

pytest.importorskip("reportlab")
pytest.importorskip("segno")

from reportlab.pdfbase import pdfmetrics

from ischia.catalogue import load_catalogue
from ischia.demonstration.handout import _FAULTS_SHOWN, Sheet, _fonts, _Page, _words, handout_pdf
from ischia.demonstration.motion import MotionError
from ischia.session import Dose

EXERCISES = load_catalogue().exercises


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_fits_its_page_with_room_for_the_week(name: str, language: str) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    page = _Page(Canvas("unused.pdf", pagesize=A4), Sheet(name, language))  # type: ignore[arg-type]
    page.paint()
    assert page.y > 140


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_fonts_hold_every_letter_that_is_printed(language: str) -> None:
    _fonts()
    texts = load_catalogue().texts(language)  # type: ignore[arg-type]
    printed = [str(v) for v in _words(language).values()]
    for text in texts.values():
        printed += [text.title, text.purpose, text.start_position, text.movement, text.hold, text.return_]
        printed += [text.breathing, *list(text.faults.values())[:_FAULTS_SHOWN]]
    letters = set("".join(printed)) - {" "}
    for font in ("ischia-regular", "ischia-bold"):
        glyphs = pdfmetrics.getFont(font).face.charToGlyph  # type: ignore[attr-defined]
        assert [letter for letter in letters if ord(letter) not in glyphs] == []


def test_both_languages_have_the_same_words_and_places_to_fill() -> None:
    en, vi = _words("en"), _words("vi")
    assert en.keys() == vi.keys()
    for key in ("dose_line", "dose_line_each"):
        assert sorted(re.findall(r"{\w+}", en[key])) == sorted(re.findall(r"{\w+}", vi[key]))
    assert len(en["days"]) == len(vi["days"]) == 7


def test_there_is_one_page_for_each_sheet() -> None:
    sheets = [Sheet("bridge", "en"), Sheet("bridge", "vi"), Sheet("superman", "en", blank=True)]
    pdf = handout_pdf(sheets)
    assert pdf.startswith(b"%PDF-")
    assert _pages(pdf) == 3


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = [Sheet("bridge", "en", address="https://ischia.example/exercises/bridge/")]
    assert handout_pdf(sheets) == handout_pdf(sheets)


def test_the_planned_dose_changes_what_is_printed() -> None:
    planned = handout_pdf([Sheet("bridge", "en", dose=Dose(10, 8, 2, 30))])
    assert planned != handout_pdf([Sheet("bridge", "en")])


def test_nothing_is_asked_of_any_other_place() -> None:
    pdf = handout_pdf([Sheet("bridge", "en")])
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    plain = b"".join(_inflated(stream) for stream in streams) + pdf
    assert b"http" not in plain


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_an_empty_handout_or_an_unknown_exercise_is_refused() -> None:
    with pytest.raises(MotionError, match="at least one"):
        handout_pdf([])
    with pytest.raises(MotionError, match="brigde"):
        handout_pdf([Sheet("brigde", "en")])
