import pytest
from hypothesis import given
from hypothesis import strategies as st

from ischia.anatomy import share_of_time, share_of_way


@given(st.floats(0, 1), st.floats(0, 1))
def test_movement_never_turns_back_on_its_way(a: float, b: float) -> None:
    assert (share_of_way(0.0), share_of_way(1.0)) == (0.0, 1.0)
    assert share_of_way(min(a, b)) <= share_of_way(max(a, b)) + 1e-12


@given(st.floats(0, 1))
def test_when_a_share_of_the_way_is_gone_is_told_back(way: float) -> None:
    assert share_of_way(share_of_time(way)) == pytest.approx(way, abs=1e-12)
