"""The leg map's verdicts: towards the spine, towards the foot, unchanged, or not comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.clinic import leg_map

from ischia.check_in import LegVerdict, Region, Symptoms, compare_leg_maps
from ischia.check_in.leg_map import PLACES, is_felt, summarise
from ischia.units import Side

SYMPTOMS = st.builds(
    Symptoms, st.none() | st.integers(0, 10), st.none() | st.booleans(), st.none() | st.booleans(), st.none()
)
MAPS = st.dictionaries(st.sampled_from(PLACES), SYMPTOMS)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ({"calf_left": 3}, {"thigh_left": 3}, LegVerdict.CENTRALISING),
        ({"calf_left": 3}, {"back_left": 6}, LegVerdict.CENTRALISING),
        ({"calf_left": 3}, {}, LegVerdict.CENTRALISING),
        ({"calf_left": 3}, {"calf_left": 9}, LegVerdict.UNCHANGED),
        ({"calf_left": 3, "back_left": 3}, {"calf_left": 1}, LegVerdict.UNCHANGED),
        ({"calf_left": 3}, {"foot_left": 1}, LegVerdict.PERIPHERALISING),
        ({"calf_left": 3}, {"thigh_right": 1}, LegVerdict.PERIPHERALISING),
        ({"calf_left": 3, "foot_right": 2}, {"calf_left": 3}, LegVerdict.CENTRALISING),
        ({"calf_left": 3, "foot_right": 2}, {"foot_left": 3}, LegVerdict.PERIPHERALISING),
        ({}, {}, LegVerdict.UNCHANGED),
        ({}, {"back_left": 1}, LegVerdict.UNCHANGED),
        ({}, {"buttock_left": 1}, LegVerdict.PERIPHERALISING),
        ({"back_left": 1}, {}, LegVerdict.CENTRALISING),
    ],
)
def test_the_verdict_follows_the_furthest_region(
    before: dict[str, int], after: dict[str, int], verdict: LegVerdict
) -> None:
    assert compare_leg_maps(leg_map(before), leg_map(after)) is verdict


def test_numbness_that_travels_down_counts_like_pain() -> None:
    assert compare_leg_maps(leg_map(), leg_map(numb=["foot_left"])) is LegVerdict.PERIPHERALISING
    assert compare_leg_maps(leg_map(), leg_map(tingling=["foot_left"])) is LegVerdict.PERIPHERALISING


@pytest.mark.parametrize("which", ["before", "after"])
def test_a_place_left_blank_makes_the_maps_not_comparable(which: str) -> None:
    maps = {"before": leg_map({"calf_left": 2}), "after": leg_map({"thigh_left": 2})}
    maps[which] = leg_map({"calf_left": 2}, unmarked=["foot_right"])
    assert compare_leg_maps(maps["before"], maps["after"]) is LegVerdict.NOT_COMPARABLE


def test_a_blank_place_never_hides_pain_that_moved_down_elsewhere() -> None:
    before, after = (
        leg_map({"thigh_left": 2}, unmarked=["back_right"]),
        leg_map({"foot_left": 2}, unmarked=["back_right"]),
    )
    assert compare_leg_maps(before, after) is LegVerdict.PERIPHERALISING


def test_pain_where_nobody_asked_before_is_not_called_new() -> None:
    before = leg_map({"thigh_left": 2}, unmarked=["foot_left"])
    assert compare_leg_maps(before, leg_map({"foot_left": 2})) is LegVerdict.NOT_COMPARABLE


def test_pain_not_answered_is_unknown_unless_something_else_is_felt() -> None:
    assert is_felt(None) is None
    assert is_felt(Symptoms()) is None
    assert is_felt(Symptoms(pain=0)) is False
    assert is_felt(Symptoms(pain=1)) is True
    assert is_felt(Symptoms(numbness=True)) is True
    assert is_felt(Symptoms(tingling=True)) is True


def test_the_summary_holds_the_strongest_pains_and_what_is_felt_where() -> None:
    found = summarise(leg_map({"back_left": 2, "back_right": 5, "buttock_left": 1, "foot_right": 4}))
    assert (found.back, found.leg) == (5, 4)
    assert found.felt == (0b00011, 0b10001)
    assert found.known == (0b11111, 0b11111)


def test_the_summary_of_nothing_knows_nothing() -> None:
    assert summarise({}) == ((0, 0), (0, 0), None, None)


@given(MAPS)
def test_the_strongest_pain_is_the_same_however_it_is_found(
    marked: dict[tuple[Region, Side], Symptoms],
) -> None:
    found = summarise(marked)
    pains = [(place[0] is Region.BACK, one.pain) for place, one in marked.items() if one.pain is not None]
    assert found.back == max((pain for in_back, pain in pains if in_back), default=None)
    assert found.leg == max((pain for in_back, pain in pains if not in_back), default=None)


@given(MAPS, MAPS)
def test_only_complete_maps_can_be_good_news(
    before: dict[tuple[Region, Side], Symptoms], after: dict[tuple[Region, Side], Symptoms]
) -> None:
    verdict = compare_leg_maps(before, after)
    complete = all(is_felt(marked.get(place)) is not None for marked in (before, after) for place in PLACES)
    assert complete or verdict in (LegVerdict.NOT_COMPARABLE, LegVerdict.PERIPHERALISING)


@given(MAPS)
def test_a_map_is_unchanged_against_itself_or_not_comparable(
    marked: dict[tuple[Region, Side], Symptoms],
) -> None:
    assert compare_leg_maps(marked, marked) in (LegVerdict.UNCHANGED, LegVerdict.NOT_COMPARABLE)
