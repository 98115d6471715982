"""One step up, one step down: hold, then repetitions, then sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.clinic import protocol

from ischia.dose.state import volume
from ischia.dose.step import capped, hold_step, is_more, step_down, steps_up
from ischia.session.rules import Rule

NUMBERS = protocol().numbers
MOST = (10.0, 10, 2)
AMOUNTS = st.tuples(st.integers(1, 180).map(float), st.integers(1, 20), st.integers(1, 3))


@pytest.mark.parametrize(
    ("amount", "rule", "raised"),
    [
        ((3.0, 5, 1), Rule.RAISE_HOLD, (5.0, 5, 1)),
        ((9.0, 5, 1), Rule.RAISE_HOLD, (10.0, 5, 1)),
        ((10.0, 5, 1), Rule.RAISE_REPETITIONS, (10.0, 6, 1)),
        ((10.0, 9, 1), Rule.RAISE_REPETITIONS, (10.0, 10, 1)),
        ((10.0, 10, 1), Rule.RAISE_SETS, (10.0, 10, 2)),
    ],
)
def test_the_next_step_is_hold_then_repetitions_then_sets(
    amount: tuple[float, int, int], rule: Rule, raised: tuple[float, int, int]
) -> None:
    assert steps_up(amount, MOST, NUMBERS) == (rule, raised)


def test_there_is_no_step_beyond_the_most() -> None:
    assert steps_up(MOST, MOST, NUMBERS) is None


def test_a_step_of_two_repetitions_stops_at_the_most() -> None:
    two = protocol(repetitions_step_repetitions=2).numbers
    assert steps_up((10.0, 9, 1), MOST, two) == (Rule.RAISE_REPETITIONS, (10.0, 10, 1))


@pytest.mark.parametrize(("hold_s", "step"), [(9.9, 2), (10, 5), (59, 5), (60, 30), (150, 30)])
def test_longer_holds_take_longer_steps(hold_s: float, step: float) -> None:
    assert hold_step(hold_s, NUMBERS) == step


@pytest.mark.parametrize(
    ("amount", "lowered"),
    [
        ((3.0, 5, 1), (3.0, 4, 1)),
        ((3.0, 4, 1), (3.0, 3, 1)),
        ((10.0, 10, 2), (10.0, 8, 2)),
        ((3.0, 2, 1), (3.0, 1, 1)),
        ((3.0, 1, 2), (3.0, 1, 1)),
        ((60.0, 1, 1), (48.0, 1, 1)),
        ((3.0, 1, 1), (2.0, 1, 1)),
        ((2.0, 1, 1), (1.0, 1, 1)),
        ((1.0, 1, 1), (1.0, 1, 1)),
        ((0.0, 1, 1), (0.0, 1, 1)),
    ],
)
def test_a_step_down_takes_repetitions_then_sets_then_hold(
    amount: tuple[float, int, int], lowered: tuple[float, int, int]
) -> None:
    assert step_down(amount, 0.2) == lowered


@given(AMOUNTS)
def test_a_step_down_takes_at_least_its_share(amount: tuple[float, int, int]) -> None:
    lowered = step_down(amount, 0.2)
    assert amount == (1.0, 1, 1) or volume(lowered) <= 0.8 * volume(amount) + 1e-9
    assert all(now <= was for now, was in zip(lowered, amount, strict=True))


@given(AMOUNTS, AMOUNTS)
def test_a_step_up_changes_one_thing_and_never_passes_the_most(
    amount: tuple[float, int, int], most: tuple[float, int, int]
) -> None:
    start = capped(amount, most)
    step = steps_up(start, most, NUMBERS)
    if step is not None:
        changed = [now - was for now, was in zip(step[1], start, strict=True)]
        assert sum(change != 0 for change in changed) == 1
        assert max(changed) > 0
        assert all(now <= limit for now, limit in zip(step[1], most, strict=True))


def test_capping_takes_each_part_apart() -> None:
    assert capped((9.0, 3, 2), (5.0, 8, 1)) == (5.0, 3, 1)


def test_more_is_more_volume() -> None:
    assert volume((3.0, 5, 2)) == 30
    assert is_more((3.0, 5, 2), (3.0, 5, 1))
    assert not is_more((3.0, 5, 1), (3.0, 5, 1))
