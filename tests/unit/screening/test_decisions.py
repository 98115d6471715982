"""What the gate decides, as whole values: rule, outcome, facts, sources, and what would have changed it."""

from dataclasses import replace

from tests.unit.clinic import at, bank, intake, leg_map, morning, no_to_all

from ischia.check_in import CheckIn, NerveWatch
from ischia.screening import screen
from ischia.session.decision import Change, Decision, Fact
from ischia.session.rules import Rule

OWN = ("consensus_to_sign_off",)


def decided(
    *check_ins: CheckIn, nerve_watches: tuple[NerveWatch, ...] = (), conditions: tuple[str, ...] = ()
) -> tuple[Decision, ...]:
    return screen(bank(), intake(conditions), check_ins, (), nerve_watches).decisions


def test_an_alarm_sign_stops_until_a_clinician_clears_it() -> None:
    assert decided(morning(1, answers=no_to_all(foot_drop=True))) == (
        Decision(
            Rule.SAME_DAY,
            "stop",
            None,
            (Fact("foot_drop", True), Fact("since", at(1))),
            bank().parts["foot_drop"].sources,
            Change("foot_drop", "cleared", "go_on"),
        ),
    )
    assert bank().parts["foot_drop"].sources != OWN


def test_slow_recovery_stops_until_a_visit_is_booked() -> None:
    slow = {**no_to_all(not_settling=True), "booked_appointment": False}
    assert decided(morning(1, answers=slow)) == (
        Decision(
            Rule.BOOK_SOON,
            "stop",
            None,
            (Fact("not_settling", True), Fact("since", at(1))),
            bank().parts["not_settling"].sources,
            Change("not_settling", "booked", "go_on"),
        ),
    )


def test_a_booked_visit_keeps_doses_until_the_answer_is_no() -> None:
    slow = {**no_to_all(not_settling=True), "booked_appointment": True}
    (found,) = decided(morning(1, answers=slow))
    assert (found.rule, found.outcome) == (Rule.BOOKED, "keep")
    assert found.would_change == Change("not_settling", "no", "raise")


def test_a_condition_on_hold_names_the_condition() -> None:
    (found,) = decided(morning(1), conditions=("pregnancy",))
    assert (found.rule, found.outcome) == (Rule.HOLD, "stop")
    assert found.facts[0] == Fact("pregnancy", True)
    assert found.sources == bank().parts["pregnancy"].sources
    assert found.would_change == Change("pregnancy", "cleared", "go_on")


def test_a_strength_test_that_declined_has_a_rule_of_its_own() -> None:
    watch = NerveWatch("n", at(1, 10), heel_walk_left=False)
    (found,) = decided(morning(1), nerve_watches=(watch,))
    assert (found.rule, found.outcome, found.sources) == (Rule.WEAKER, "stop", OWN)
    assert found.would_change == Change("nerve_watch.heel_walk_left", "cleared", "go_on")


def test_a_finding_on_the_map_rests_on_the_projects_own_word() -> None:
    (found,) = decided(morning(1, leg_map=leg_map(weak=["calf_left"])))
    assert found.facts[0] == Fact("leg_map.new_weakness", True)
    assert found.sources == OWN


def test_what_is_unanswered_is_named_whole_and_the_first_answer_is_the_nearest_change() -> None:
    missing = no_to_all(foot_drop=None, numbness_spreading=None, legs=None)
    (found,) = decided(morning(1, new_symptoms=True, answers=missing))
    assert {fact.name for fact in found.facts} == {"foot_drop", "numbness_spreading"}
    assert {fact.value for fact in found.facts} == {None}
    first = found.facts[0].name
    assert (found.rule, found.outcome, found.subject) == (Rule.UNANSWERED, "stop", None)
    assert (found.sources, found.would_change) == (OWN, Change(first, "answered", "go_on"))


def test_a_group_that_does_not_fit_its_details_is_asked_again() -> None:
    (found,) = decided(morning(1, answers=no_to_all(legs=True)))
    assert found == Decision(
        Rule.CONTRADICTION,
        "stop",
        None,
        (Fact("legs", True),),
        bank().parts["legs"].sources,
        Change("legs", "answered_again", "go_on"),
    )


def test_a_contradiction_speaks_with_the_sources_of_its_own_group() -> None:
    groups = tuple(replace(one, sources=(f"of_{one.id}",)) for one in bank().groups)
    found = screen(replace(bank(), groups=groups), intake(), [morning(1, answers=no_to_all(legs=True))])
    assert [one.sources for one in found.decisions] == [("of_legs",)]
