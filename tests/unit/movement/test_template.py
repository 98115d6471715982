"""Progress from start to hold, as an exercise's own poses give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.movement.films import SIX, TWO_WAYS

from ischia.analysis import motion_spec
from ischia.kinematics.posture import Column
from ischia.movement.template import BEFORE, Signal, variants_of, weights_of

turns_deg = st.integers(-120, 120).map(float)
signals = st.builds(Signal, st.sampled_from(Column), st.just(0.0), turns_deg, turns_deg, st.floats(0.5, 5))


@pytest.mark.parametrize("exercise", [*SIX, *TWO_WAYS])
def test_the_hold_is_the_whole_way_and_where_the_last_way_begins_is_a_part_of_it(exercise: str) -> None:
    for variant in variants_of(motion_spec(exercise)):
        weights = weights_of(variant.signals)
        held = sum(w * s.change_deg for w, s in zip(weights, variant.signals, strict=True))
        before = sum(w * s.before_deg for w, s in zip(weights, variant.signals, strict=True))
        assert held == pytest.approx(1.0)
        assert before == pytest.approx(variant.last) == (BEFORE if exercise in TWO_WAYS else 0.0)


@given(
    st.lists(signals, min_size=1, max_size=6, unique_by=lambda s: s.column),
    st.sampled_from([0.0, 0.1, 0.5, 1.0]),
)
def test_the_hold_is_the_whole_way_however_well_each_side_is_seen(known: list[Signal], seen: float) -> None:
    shares = {s.column: seen if k % 2 else 1.0 for k, s in enumerate(known)}
    weights = weights_of(known, shares)
    power = sum((s.change_deg / s.error) ** 2 * shares[s.column] for s in known)
    if power > 1.0:
        assert sum(w * s.change_deg for w, s in zip(weights, known, strict=True)) == pytest.approx(1.0)


def test_what_is_not_seen_at_all_adds_nothing() -> None:
    lift = Signal(Column.HIP_RIGHT, 0.0, 60.0, 60.0, 1.0)
    march = Signal(Column.HIP_LEFT, 0.0, 60.0, 0.0, 1.0)
    lifted, marched = weights_of((lift, march), {Column.HIP_LEFT: 0.0})
    assert (lifted, marched) == (pytest.approx(1 / 60), 0.0)
