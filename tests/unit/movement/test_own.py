"""A person's own movement, learnt from repetitions found."""

import random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.movement.films import film, roughened, track

from ischia.kinematics.posture import COLUMNS, Column
from ischia.movement.own import FEWEST, PARTS, Moved, change_of, own_movements, places

REST = tuple(0.1 * column for column in range(COLUMNS))


def moved(lifted: dict[Column, float], *, errs: float = 0.0, seed: int = 0) -> Moved:
    """A repetition that lifts some parts so far, and ends so far from where it should."""
    chance = random.Random(seed)
    hold = tuple(place + lifted.get(Column(i), 0.0) + chance.gauss(0, errs) for i, place in enumerate(REST))
    return Moved(places(REST), change_of(hold, REST), 0.1, 0.8)


CHEST = {Column.CHEST_Y: 0.2, Column.EAR_Y: 0.3}
LEFT_LEG = {Column.ANKLE_LEFT_Y: 0.3, Column.KNEE_LEFT_Y: 0.15}
RIGHT_LEG = {Column.ANKLE_RIGHT_Y: 0.3, Column.KNEE_RIGHT_Y: 0.15}
ARMS = {Column.WRIST_LEFT_Y: 0.6, Column.WRIST_RIGHT_Y: 0.6}


def test_two_repetitions_do_not_show_what_somebody_usually_does() -> None:
    assert own_movements([moved(CHEST)] * (FEWEST - 1)) == []
    assert len(own_movements([moved(CHEST)] * FEWEST)) == 1


def test_the_curve_is_as_low_at_rest_and_as_high_in_the_hold_as_the_one_that_it_was_learnt_from() -> None:
    (own,) = own_movements([moved(CHEST)] * 3)
    hold = [place + CHEST.get(Column(i), 0.0) for i, place in enumerate(REST)]
    columns = [[at_rest, held] for at_rest, held in zip(REST, hold, strict=True)]
    assert own.curve(columns, arms=True) == pytest.approx([0.1, 0.9])


def test_arms_have_no_part_in_the_curve_but_where_they_are_asked_for() -> None:
    (own,) = own_movements([moved(CHEST | ARMS)] * 3)
    arrived = [place + ARMS.get(Column(i), 0.0) for i, place in enumerate(REST)]
    columns = [[at_rest, before] for at_rest, before in zip(REST, arrived, strict=True)]
    assert own.curve(columns, arms=False) == pytest.approx([0.1, 0.1])
    assert own.curve(columns, arms=True)[1] > 0.3


def test_without_the_arms_a_movement_of_the_arms_alone_shows_nothing() -> None:
    (own,) = own_movements([moved(ARMS)] * 3)
    assert own.curve([[place, place + 1.0] for place in REST], arms=False) == [0.1, 0.1]


def test_legs_that_take_turns_each_have_a_movement_of_their_own() -> None:
    own = own_movements([moved(LEFT_LEG), moved(RIGHT_LEG), moved(LEFT_LEG)])
    assert [movement.change for movement in own] == [moved(LEFT_LEG).change, moved(RIGHT_LEG).change]


def test_a_wobble_no_further_off_than_the_others_has_none() -> None:
    jittered = [moved(CHEST, errs=0.06, seed=seed) for seed in range(5)]
    assert len(own_movements([*jittered, moved({}, errs=0.06, seed=9)])) == 1


def test_the_same_once_more_is_known_by_how_much_the_others_differ() -> None:
    half = {part: 0.7 * way for part, way in CHEST.items()}
    (exact,) = own_movements([moved(CHEST, errs=0.005, seed=seed) for seed in range(5)])
    (jittering,) = own_movements([moved(CHEST, errs=0.06, seed=seed) for seed in range(5)])
    assert exact.is_same(moved(CHEST).change)
    assert not exact.is_same(moved(half).change)
    assert jittering.is_same(moved(half).change)


def test_the_arms_alone_are_not_the_same_movement() -> None:
    (own,) = own_movements([moved(CHEST | ARMS, errs=0.01, seed=seed) for seed in range(5)])
    assert own.is_same(moved(CHEST | ARMS).change)
    assert own.is_like(moved(ARMS).change)
    assert not own.is_same(moved(ARMS).change)


@given(
    st.lists(st.lists(st.floats(-2.0, 2.0), min_size=len(PARTS), max_size=len(PARTS)), min_size=3, max_size=6)
)
def test_whatever_was_found_each_movement_is_like_itself(changes: list[list[float]]) -> None:
    for own in own_movements([Moved(places(REST), tuple(change), 0.0, 1.0) for change in changes]):
        assert own.is_like(own.change) or not any(own.change)


@pytest.mark.parametrize("lasts_s", [0.0, 0.3])
@pytest.mark.parametrize("exercise", ["superman", "standing_extension"])
def test_small_movements_are_counted_though_landmarks_jitter(exercise: str, lasts_s: float) -> None:
    frames = film(exercise, repetitions=6, hold_s=1.0, rate_hz=15)
    counts = [
        track(exercise, roughened(frames, seed=seed, lasts_s=lasts_s, jitter=0.02)).count for seed in range(5)
    ]
    assert counts == [6] * 5


@pytest.mark.parametrize("exercise", ["prone_on_elbows", "arm_raise", "bird_dog"])
def test_holds_are_timed_to_a_quarter_of_a_second_though_landmarks_jitter(exercise: str) -> None:
    frames = film(exercise, repetitions=5, hold_s=3.0)
    holds = [
        record.hold_s
        for seed in range(4)
        for record in track(
            exercise, roughened(frames, seed=seed, lasts_s=0.3, jitter=0.004, swaps=0.0, drops=0.0)
        ).repetitions
    ]
    assert len(holds) == 20
    assert median(abs(hold - 3.0) for hold in holds if hold is not None) < 0.25
