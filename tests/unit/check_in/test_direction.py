"""The direction preference: open until the leg has answered clearly enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ischia.check_in.direction import Response, preference


def test_nothing_known_is_open_and_even() -> None:
    assert preference(Response(), Response(), 0.9) == (None, 0.5)


def test_one_good_session_is_not_enough() -> None:
    assert preference(Response(), Response(good=1), 0.9).direction is None


@pytest.mark.parametrize(
    ("flexion", "extension", "direction"), [((0, 3), (3, 0), "extension"), ((3, 0), (0, 3), "flexion")]
)
def test_clear_answers_choose_the_better_direction(
    flexion: tuple[int, int], extension: tuple[int, int], direction: str
) -> None:
    found = preference(Response(*flexion), Response(*extension), 0.9)
    assert found.direction == direction
    assert 0.95 < found.certainty < 1


def test_the_certainty_is_that_of_the_normal_approximation() -> None:
    # Beta(4, 1) and Beta(1, 4): means 0.8 and 0.2, variances 0.8 * 0.2 / 6 each; 0.6 / sqrt(0.05333) = 2.598.
    assert preference(Response(0, 3), Response(3, 0), 0.9).certainty == pytest.approx(0.99531, abs=1e-5)


def test_the_threshold_itself_is_certain_enough() -> None:
    certainty = preference(Response(0, 1), Response(1, 0), 0.9).certainty
    assert preference(Response(0, 1), Response(1, 0), certainty).direction == "extension"
    assert preference(Response(0, 1), Response(1, 0), certainty + 1e-9).direction is None


@given(*[st.floats(0, 50)] * 4)
def test_the_certainty_never_leaves_half_to_one(a: float, b: float, c: float, d: float) -> None:
    found = preference(Response(a, b), Response(c, d), 0.9)
    assert 0.5 <= found.certainty <= 1
    assert preference(Response(c, d), Response(a, b), 0.9).certainty == pytest.approx(found.certainty)
