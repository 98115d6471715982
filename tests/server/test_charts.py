"""Charts: a day without an answer breaks the line, and nothing is drawn outside."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ischia.server.training.charts import HEIGHT, WIDTH, Day, date_marks, dose_bars, pain_lines

FIRST = date(2026, 3, 1)


def _days(pains: list[int | None]) -> list[Day]:
    return [Day(FIRST + timedelta(days=n), pain, None, None, None) for n, pain in enumerate(pains)]


def test_a_missing_answer_breaks_the_line() -> None:
    assert len(pain_lines(_days([3, 3, None, 2, 2]), "back")) == 2


def test_no_pain_is_drawn_and_is_not_the_same_as_missing() -> None:
    assert len(pain_lines(_days([0, 0]), "back")) == 1
    assert pain_lines(_days([None, None]), "back") == []


def test_a_day_without_a_session_has_no_bar() -> None:
    assert dose_bars(_days([1, 2])) == []


def test_there_are_never_more_than_five_dates() -> None:
    assert len(date_marks(_days([1] * 200))) == 5


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=80))
def test_every_bar_stays_inside(amounts: list[tuple[int, int]]) -> None:
    days = [
        Day(FIRST + timedelta(days=n), None, None, planned, done) for n, (planned, done) in enumerate(amounts)
    ]

    for bar in dose_bars(days):
        assert -10 <= bar.x <= WIDTH
        assert 0 <= bar.planned_y <= HEIGHT and 0 <= bar.done_y <= HEIGHT
        assert bar.planned_height >= 0 and bar.done_height >= 0


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=80))
def test_every_answer_is_drawn_once(pains: list[int | None]) -> None:
    points = [point for line in pain_lines(_days(pains), "back") for point in line.split()]

    assert len(points) == sum(pain is not None for pain in pains)
