"""The weekly nerve watch: strength that fades is seen the same day."""

from datetime import date, timedelta

import pytest
from tests.unit.clinic import at, bank, intake, morning

from ischia.check_in import NerveWatch
from ischia.screening import Clearance, Tier, screen
from ischia.screening.nerves import declined_tests, watch_due_from

LIMITS = bank().limits


def watch(day: int = 1, **results: bool | int | None) -> NerveWatch:
    return NerveWatch(f"n{day}", at(day), **results)  # type: ignore[arg-type]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("count", "declined"), [(16, False), (15, True)])
def test_five_heel_raises_fewer_is_a_decline(side: str, count: int, declined: bool) -> None:
    name = f"heel_raises_{side}"
    assert declined_tests([watch(**{name: 20})], watch(**{name: count}), LIMITS, {}) == (
        (name,) if declined else ()
    )


def test_the_best_earlier_count_is_what_counts() -> None:
    earlier = [watch(heel_raises_left=20), watch(heel_raises_left=17)]
    assert declined_tests(earlier, watch(heel_raises_left=15), LIMITS, {}) == ("heel_raises_left",)


def test_counts_above_the_ceiling_are_the_ceiling() -> None:
    assert declined_tests([watch(heel_raises_left=40)], watch(heel_raises_left=26), LIMITS, {}) == ()
    assert declined_tests([watch(heel_raises_left=40)], watch(heel_raises_left=20), LIMITS, {}) == (
        "heel_raises_left",
    )
    assert declined_tests([watch(heel_raises_left=40)], watch(heel_raises_left=21), LIMITS, {}) == ()


def test_sides_are_never_compared_with_each_other() -> None:
    assert declined_tests([watch(heel_raises_left=20)], watch(heel_raises_right=2), LIMITS, {}) == ()


@pytest.mark.parametrize("name", ["sit_to_stand_left", "sit_to_stand_right"])
def test_getting_up_declines_only_from_could_to_cannot(name: str) -> None:
    assert declined_tests([watch(**{name: True})], watch(**{name: False}), LIMITS, {}) == (name,)
    assert declined_tests([watch(**{name: False})], watch(**{name: False}), LIMITS, {}) == ()
    assert declined_tests([], watch(**{name: False}), LIMITS, {}) == ()


@pytest.mark.parametrize("name", ["heel_walk_left", "heel_walk_right"])
def test_a_heel_walk_that_fails_is_a_dropped_foot_even_the_first_time(name: str) -> None:
    assert declined_tests([], watch(**{name: False}), LIMITS, {}) == (name,)
    assert declined_tests([], watch(**{name: True}), LIMITS, {}) == ()


def test_a_test_not_done_says_nothing() -> None:
    everything = watch(
        heel_walk_left=True,
        heel_walk_right=True,
        heel_raises_left=20,
        heel_raises_right=20,
        sit_to_stand_left=True,
    )
    assert declined_tests([everything], watch(), LIMITS, {}) == ()
    assert declined_tests([watch()], everything, LIMITS, {}) == ()


def test_a_decline_locks_until_it_is_cleared() -> None:
    watches = [watch(1, heel_raises_left=20), watch(2, heel_raises_left=10)]
    verdict = screen(bank(), intake(), [morning(3)], nerve_watches=watches)
    assert [(flag.reason, flag.tier) for flag in verdict.flags] == [
        ("nerve_watch.heel_raises_left", Tier.SAME_DAY)
    ]


def cleared(day: float, *tests: str) -> Clearance:
    return Clearance(f"c{day}", at(int(day), 20), "Dr A", tuple(f"nerve_watch.{test}" for test in tests))


def flags(watches: list[NerveWatch], *clearances: Clearance) -> list[str]:
    verdict = screen(bank(), intake(), [morning(1)], clearances, watches)
    assert [str(one.rule) for one in verdict.decisions] == ["screening.weaker"] * len(verdict.flags)
    return [flag.reason.removeprefix("nerve_watch.") for flag in verdict.flags]


@pytest.mark.parametrize(
    ("name", "before", "known", "same", "worse"),
    [
        ("heel_raises_left", 25, 15, 11, 10),
        ("heel_raises_right", 40, 20, 16, 15),
        ("sit_to_stand_left", True, False, False, None),
        ("heel_walk_right", True, False, False, None),
    ],
)
def test_after_a_clearance_only_a_further_decline_counts(
    name: str, before: int, known: int, same: int, worse: int | None
) -> None:
    seen = [watch(2, **{name: before}), watch(3, **{name: known})]
    assert flags(seen) == [name]
    assert flags([*seen, watch(9, **{name: same})], cleared(3, name)) == []
    if worse is not None:
        assert flags([*seen, watch(9, **{name: worse})], cleared(3, name)) == [name]


@pytest.mark.parametrize("name", ["heel_walk_left", "sit_to_stand_right"])
def test_what_came_back_after_a_clearance_and_is_lost_again_locks_again(name: str) -> None:
    seen = [watch(2, **{name: True}), watch(3, **{name: False}), watch(9, **{name: True})]
    assert flags(seen, cleared(3, name)) == []
    assert flags([*seen, watch(16, **{name: False})], cleared(3, name)) == [name]


def test_the_baseline_is_the_last_result_before_the_clearance_not_a_test_left_out() -> None:
    results = (25, 20, 14)
    seen = [*(watch(1 + day, heel_raises_left=count) for day, count in enumerate(results)), watch(4)]
    assert flags([*seen, watch(9, heel_raises_left=10)], cleared(5, "heel_raises_left")) == []
    assert flags([*seen, watch(9, heel_raises_left=9)], cleared(5, "heel_raises_left")) == [
        "heel_raises_left"
    ]


def test_a_clearance_of_a_test_that_had_not_declined_changes_nothing() -> None:
    assert flags([watch(9, heel_walk_left=False)], cleared(3, "heel_walk_left")) == ["heel_walk_left"]
    seen = [watch(2, heel_raises_left=20), watch(3, heel_raises_left=17), watch(9, heel_raises_left=15)]
    assert flags(seen, cleared(4, "heel_raises_left")) == ["heel_raises_left"]


def test_a_clearance_of_one_test_leaves_the_others_as_they_are() -> None:
    seen = [watch(2, heel_walk_left=False, heel_walk_right=False)]
    assert flags(seen, cleared(3, "heel_walk_left")) == ["heel_walk_right"]


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        watch(heel_raises_left=-1)


def test_the_first_watch_is_due_at_once_and_the_next_a_week_after_the_last() -> None:
    assert watch_due_from([], LIMITS) is None
    last = watch(9, heel_raises_right=0)
    due = date.fromisoformat(last.at[:10]) + timedelta(days=7)
    assert watch_due_from([watch(2, heel_walk_left=True), last], LIMITS) == due


def test_a_watch_in_which_nothing_was_done_does_not_put_off_the_next() -> None:
    done = watch(2, sit_to_stand_right=False)
    assert watch_due_from([watch(1)], LIMITS) is None
    assert watch_due_from([done, watch(9)], LIMITS) == watch_due_from([done], LIMITS)
