"""Plain data and back: everything comes back as it was, and nothing that does not fit comes in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.clinic import morning

from ischia.check_in import CheckIn, Moment, Symptoms
from ischia.check_in.leg_map import PLACES
from ischia.session import Dose, Feedback, SessionPlan
from ischia.session.serialise import NotReadable, from_plain, to_plain, union_from_plain

MAPS = st.dictionaries(
    st.sampled_from(PLACES), st.builds(Symptoms, st.none() | st.integers(0, 10), st.none() | st.booleans())
)


@given(MAPS, st.dictionaries(st.text(max_size=5), st.none() | st.booleans()))
def test_a_check_in_comes_back_through_json(
    leg_map: dict[object, Symptoms], answers: dict[str, bool | None]
) -> None:
    there = CheckIn("1", Moment.BEFORE, "2026-03-02T11:00:00+07:00", leg_map, answers=answers)  # type: ignore[arg-type]
    assert from_plain(CheckIn, json.loads(json.dumps(to_plain(there)))) == there


def test_the_leg_map_is_keyed_by_region_and_side() -> None:
    plain = to_plain(morning(1, {"calf_left": 3}))
    assert plain["leg_map"]["calf/left"] == {
        "pain": 3,
        "numbness": False,
        "tingling": False,
        "weakness": False,
    }
    assert plain["morning"] == "same"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"leg_map": {"calf/left": {"pain": 11}}}, "pain must be a whole number from 0 to 10"),
        ({"leg_map": {"calf/left": {"pain": True}}}, "pain must be a whole number"),
        ({"leg_map": {"calf/middle": {}}}, "must be one of left, right, both"),
        ({"leg_map": {"calf": {}}}, "expected 2 values"),
        ({"leg_map": []}, "expected a mapping"),
        ({"moment": "noon"}, "must be one of first_visit, before, after"),
        ({"answers": {"foot_drop": "no"}}, "must be true or false"),
        ({"answers": {"foot_drop": 0}}, "must be true or false"),
        ({"colour": "red"}, "colour is not known"),
        ({"id": 3}, "id must be text"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(change: dict[str, object], says: str) -> None:
    plain = {"id": "1", "moment": "before", "at": "2026-03-02T11:00:00+07:00", **change}
    with pytest.raises(NotReadable, match=says) as caught:
        from_plain(CheckIn, plain)
    assert "\n" not in str(caught.value)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotReadable, match=r"Feedback\.at is missing"):
        from_plain(Feedback, {"id": "1", "exercise_id": "bridge", "effort": None, "pain": None})


def test_whole_numbers_are_taken_for_seconds_but_not_the_other_way() -> None:
    assert from_plain(Dose, {"hold_s": 3, "repetitions": 5, "sets": 1, "rest_s": 30}) == Dose(3.0, 5, 1, 30.0)
    for part, value in (
        ("repetitions", 5.0),
        ("hold_s", float("nan")),
        ("hold_s", float("inf")),
        ("hold_s", True),
    ):
        plain = {"hold_s": 3, "repetitions": 5, "sets": 1, "rest_s": 30, part: value}
        with pytest.raises(NotReadable, match=part):
            from_plain(Dose, plain)


def test_a_value_that_refuses_itself_is_told_with_its_place() -> None:
    with pytest.raises(NotReadable, match="Dose: a dose has 1 repetition"):
        from_plain(Dose, {"hold_s": 3, "repetitions": 0, "sets": 1, "rest_s": 30})


def test_lists_and_other_kinds_are_told_apart() -> None:
    with pytest.raises(NotReadable, match="expected a mapping"):
        from_plain(SessionPlan, [])
    with pytest.raises(NotReadable, match="exercises"):
        from_plain(SessionPlan, {"id": "1", "for_date": "2026-03-02", "exercises": {}})


def test_kinds_are_read_by_their_name() -> None:
    plain = {"kind": "dose", "hold_s": 3, "repetitions": 5, "sets": 1, "rest_s": 30}
    assert union_from_plain({"dose": Dose}, plain) == Dose(3, 5, 1, 30)
    for wrong in ({"kind": "dos"}, {}, [], {"kind": ["dose"]}):
        with pytest.raises(NotReadable, match="kind must be one of dose"):
            union_from_plain({"dose": Dose}, wrong)


def test_what_is_no_frozen_value_is_not_written() -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        to_plain(object())
