"""The printed sheet: one A4 page an exercise, large type, the figure, the dose, room to tick off a week."""

import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ischia.catalogue import Exercise, ExerciseTexts, Language, load_catalogue
from ischia.demonstration.figure import figure_json
from ischia.demonstration.motion import MotionError
from ischia.demonstration.printed import print_figure
from ischia.session import Dose

_WIDTH, _HEIGHT = A4
_MARGIN: Final = 18 * mm
_INK: Final = HexColor("#1f2a33")
_QUIET: Final = HexColor("#56646f")
_RULE: Final = HexColor("#b9c4cc")
_BAND: Final = HexColor("#eef3f6")
_STOP: Final = HexColor("#9c2b22")
_FAULTS_SHOWN: Final = 3
_LABELS: Final = 43 * mm
_LEADING: Final = 1.28
_BODY_PT: Final = 15.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page shows.

    Attributes:
        exercise_id: the exercise.
        language: ``en`` or ``vi``.
        dose: as planned; None for the careful start that the catalogue gives.
        blank: leave the dose open for a clinician to write in.
        address: web page the QR code leads to, or None for no code.
    """

    exercise_id: str
    language: Language
    dose: Dose | None = None
    blank: bool = False
    address: str | None = None


def handout_pdf(sheets: Sequence[Sheet], title: str = "ischia") -> bytes:
    """A PDF with one A4 page for each sheet; the same sheets give the same bytes.

    Raises:
        MotionError: an exercise does not exist, or no sheet is given.
    """
    if not sheets:
        raise MotionError("a handout needs at least one exercise")
    _fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, lang=sheets[0].language)
    canvas.setTitle(title)
    canvas.setAuthor("ischia")
    for sheet in sheets:
        _Page(canvas, sheet).paint()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def _fonts() -> None:
    for name in ("regular", "bold"):
        with as_file(files("ischia.demonstration") / f"data/fonts/{name}.ttf") as path:
            pdfmetrics.registerFont(TTFont(f"ischia-{name}", str(path)))


@cache
def _words(language: Language) -> dict[str, Any]:
    text = (files("ischia.demonstration") / f"data/handout/{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _split(text: str, size: float, bold: bool, left: float) -> list[str]:
    """A text in lines that end at the right margin."""
    return list(simpleSplit(text, "ischia-bold" if bold else "ischia-regular", size, _WIDTH - _MARGIN - left))


class _Page:
    def __init__(self, canvas: Canvas, sheet: Sheet) -> None:
        catalogue = load_catalogue()
        if sheet.exercise_id not in catalogue.exercises:
            raise MotionError(f"there is no exercise {sheet.exercise_id!r}")
        self.canvas, self.sheet = canvas, sheet
        self.exercise: Exercise = catalogue.exercises[sheet.exercise_id]
        self.texts: ExerciseTexts = catalogue.texts(sheet.language)[sheet.exercise_id]
        self.words = _words(sheet.language)
        self.y = _HEIGHT - _MARGIN

    def paint(self) -> None:
        self._text(self.texts.title, 26, bold=True)
        self._text(self.texts.purpose, 13, colour=_QUIET)
        self._pictures()
        for key, sentence in (
            ("start_position", self.texts.start_position),
            ("movement", self.texts.movement),
            ("holding", self.texts.hold),
            ("return", self.texts.return_),
            ("breathing", self.texts.breathing),
        ):
            self._step(self.words[key], sentence)
        self._dose()
        cues = list(self.texts.faults.values())[:_FAULTS_SHOWN]
        if cues:
            self._step(self.words["take_care"], " ".join(cues))
        self._foot()

    def _text(
        self, text: str, size: float, bold: bool = False, colour: Color = _INK, left: float = _MARGIN
    ) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.setFont("ischia-bold" if bold else "ischia-regular", size)
        for line in _split(text, size, bold, left):
            self.y -= size * _LEADING
            self.canvas.drawString(left, self.y, line)

    def _step(self, label: str, sentence: str) -> None:
        left = _MARGIN + _LABELS
        self.y -= 2.2 * mm
        top = self.y
        self._label(label, top)
        self._text(sentence, _BODY_PT, left=left)

    def _label(self, label: str, top: float) -> None:
        self.canvas.setFillColor(_QUIET)
        size = 11.5
        for i, line in enumerate(simpleSplit(label, "ischia-bold", size, 40 * mm)):
            self.canvas.setFont("ischia-bold", size)
            self.canvas.drawString(_MARGIN, top - _BODY_PT * _LEADING - i * size * 1.2, line)

    def _pictures(self) -> None:
        figure = figure_json(self.exercise.id)
        wide, tall = (_WIDTH - 2 * _MARGIN - 6 * mm) / 2, 60 * mm
        self.y -= 4 * mm + tall
        first = self.exercise.phases[0].from_
        held = next(phase.to for phase in self.exercise.phases if phase.seconds is None)
        for i, (pose, word) in enumerate(((first, "start"), (held, "hold"))):
            left = _MARGIN + i * (wide + 6 * mm)
            self.canvas.setFillColor(_BAND)
            self.canvas.roundRect(left, self.y, wide, tall, 3 * mm, stroke=0, fill=1)
            print_figure(self.canvas, figure, pose, left, self.y + 7 * mm, wide, tall - 9 * mm)
            self.canvas.setFillColor(_INK)
            self.canvas.setFont("ischia-bold", 12)
            self.canvas.drawString(left + 4 * mm, self.y + 2.6 * mm, f"{i + 1}  {self.words[word]}")
        self.y -= 1 * mm

    def _dose(self) -> None:
        self.y -= 4 * mm
        top = self.y
        start = self.exercise.dose.start
        dose = self.sheet.dose or Dose(start.hold_s, start.repetitions, start.sets, start.rest_s)
        line = self.words["dose_line_each" if self.exercise.sides == "each" else "dose_line"]
        text = line.format(repetitions=dose.repetitions, hold_s=f"{dose.hold_s:g}", sets=dose.sets)
        planned = self.sheet.blank or self.sheet.dose is not None
        lines = [(self.words["dose_blank"] if self.sheet.blank else text, 16.0, True, _INK)]
        if not planned:
            lines.append((self.words["starting_dose"], 10.5, False, _QUIET))
        left, wide = _MARGIN + _LABELS, _WIDTH - 2 * _MARGIN + 6 * mm
        tall = 5 * mm + sum(len(_split(t, size, bold, left)) * size * _LEADING for t, size, bold, _ in lines)
        self.canvas.setFillColor(_BAND)
        self.canvas.roundRect(_MARGIN - 3 * mm, top - tall, wide, tall, 3 * mm, stroke=0, fill=1)
        self.y -= 1 * mm
        self._label(self.words["dose"], self.y)
        for words, size, bold, colour in lines:
            self._text(words, size, bold=bold, colour=colour, left=left)
        self.y = top - tall - 1 * mm

    def _foot(self) -> None:
        code = 27 * mm if self.sheet.address else 0.0
        right = _WIDTH - _MARGIN - (code + 6 * mm if code else 0)
        self._week(right)
        self.canvas.setFillColor(_STOP)
        self.canvas.setFont("ischia-bold", 12.5)
        lines = simpleSplit(self.words["stop"], "ischia-bold", 12.5, right - _MARGIN)
        for i, line in enumerate(reversed(lines)):
            self.canvas.drawString(_MARGIN, _MARGIN + i * 16, line)
        if self.sheet.address:
            self._code(self.sheet.address, _WIDTH - _MARGIN - code, code)

    def _week(self, right: float) -> None:
        bottom, box, days = _MARGIN + 15 * mm, 8 * mm, self.words["days"]
        self.canvas.setFillColor(_QUIET)
        self.canvas.setFont("ischia-bold", 11.5)
        self.canvas.drawString(_MARGIN, bottom + 2.4 * mm, self.words["week"])
        step = min(17 * mm, (right - _MARGIN - 24 * mm) / len(days))
        self.canvas.setStrokeColor(_RULE)
        self.canvas.setLineWidth(1.2)
        for i, day in enumerate(days):
            left = _MARGIN + 24 * mm + i * step
            self.canvas.roundRect(left, bottom, box, box, 1.2 * mm, stroke=1, fill=0)
            self.canvas.setFont("ischia-regular", 9)
            self.canvas.drawCentredString(left + box / 2, bottom + box + 1.4 * mm, day)

    def _code(self, address: str, left: float, size: float) -> None:
        rows = tuple(segno.make(address, error="m", micro=False).matrix)
        dot = size / len(rows)
        self.canvas.setFillColor(_INK)
        for i, row in enumerate(rows):
            for j, dark in enumerate(row):
                if dark:
                    self.canvas.rect(
                        left + j * dot, _MARGIN + size - (i + 1) * dot, dot, dot, stroke=0, fill=1
                    )
        self.canvas.setFont("ischia-regular", 8.5)
        self.canvas.setFillColor(_QUIET)
        self.canvas.drawString(left, _MARGIN + size + 1.6 * mm, self.words["page"])
