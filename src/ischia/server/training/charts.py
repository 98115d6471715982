"""Charts of pain and dose over time as plain SVG shapes: numbers in, coordinates out."""

from dataclasses import dataclass
from datetime import date
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 240
LEFT: Final = 34
RIGHT: Final = 10
TOP: Final = 12
BOTTOM: Final = 34


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the history. None is "not answered" or "no session", never zero.

    Attributes:
        back: strongest back pain of the day's check-in, 0 to 10.
        leg: strongest leg pain.
        planned: seconds of holding that were planned.
        done: seconds that were held.
    """

    date: date
    back: int | None
    leg: int | None
    planned: int | None
    done: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's planned (outline) and done (filled) amount."""

    x: float
    width: float
    planned_y: float
    planned_height: float
    done_y: float
    done_height: float


def _x(day: date, first: date, span: int) -> float:
    return round(LEFT + (day - first).days / max(1, span) * (WIDTH - LEFT - RIGHT), 1)


def _y(value: float, top: float) -> float:
    return round(TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM), 1)


def pain_lines(days: list[Day], name: str) -> list[str]:
    """Return polylines as ``points``; a day without an answer breaks the line."""
    if not days:
        return []
    first, span = days[0].date, (days[-1].date - days[0].date).days
    lines: list[list[str]] = [[]]
    for day in days:
        value = getattr(day, name)
        if value is None:
            lines.append([])
        else:
            lines[-1].append(f"{_x(day.date, first, span)},{_y(value, 10)}")
    return [" ".join(line) for line in lines if line]


def dose_bars(days: list[Day]) -> list[Bar]:
    """Return a bar for each day with a session."""
    with_session = [day for day in days if day.planned is not None]
    if not with_session:
        return []
    first, span = days[0].date, (days[-1].date - days[0].date).days
    top = max(max(day.planned or 0, day.done or 0) for day in with_session) or 1
    width = round(max(2.0, min(14.0, 0.7 * (WIDTH - LEFT - RIGHT) / max(1, span + 1))), 1)
    ground = HEIGHT - BOTTOM
    bars = []
    for day in with_session:
        planned_y, done_y = _y(day.planned or 0, top), _y(day.done or 0, top)
        bars.append(
            Bar(
                x=round(_x(day.date, first, span) - width / 2, 1),
                width=width,
                planned_y=planned_y,
                planned_height=round(ground - planned_y, 1),
                done_y=done_y,
                done_height=round(ground - done_y, 1),
            )
        )
    return bars


def date_marks(days: list[Day]) -> list[Mark]:
    """Return up to five dates along the bottom."""
    if not days:
        return []
    first, span = days[0].date, (days[-1].date - days[0].date).days
    chosen = days if len(days) <= 5 else [days[round(part * (len(days) - 1) / 4)] for part in range(5)]
    return [Mark(_x(day.date, first, span), f"{day.date.day}/{day.date.month}") for day in chosen]


def pain_marks() -> list[Mark]:
    """Return the levels of the pain scale that are drawn as lines."""
    return [Mark(_y(value, 10), str(value)) for value in (0, 2, 4, 6, 8, 10)]


def dose_marks(days: list[Day]) -> list[Mark]:
    """Return three levels of the dose."""
    top = max((max(day.planned or 0, day.done or 0) for day in days), default=0) or 1
    return [Mark(_y(value, top), str(round(value))) for value in (0, top / 2, top)]
