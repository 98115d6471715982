"""What a clinician reads about a decision: the reason that truly decided, in words, without raw names."""

from dataclasses import replace

import pytest
from tests.unit.clinic import HEAD, Days, days, evening, exercise, good, intake, library

from ischia.check_in import Comparison
from ischia.dose.decisions import decision_of_item, decision_of_note
from ischia.dose.explain import change_sentence, in_full, sentence, words
from ischia.dose.orders import Direction, Exclude
from ischia.dose.state import Note, Sketch
from ischia.session.decision import Change, Decision, Fact
from ischia.session.record import Effort
from ischia.session.rules import Rule

TWO = library(exercise("half_bridge", ceiling=(3, 5, 1)), exercise("bridge", ceiling=(3, 5, 1)))
LADDER = {"bridge": ("half_bridge", "bridge")}


def facts(decision: Decision) -> dict[str, object]:
    return {fact.name: fact.value for fact in decision.facts}


def told(one: Days, exercise_id: str) -> Decision:
    """The decision about one exercise on the day that has just been planned."""
    found = one.look()
    assert isinstance(found, Sketch)
    item = next(item for item in found.items if item.exercise.id == exercise_id)
    return decision_of_item(one.course, item)


def next_morning(one: Days, **changed: object) -> None:
    one.day += 1
    one.wake(**changed)


def test_a_green_grade_has_no_because() -> None:
    one = days(TWO, LADDER)
    one.next()
    next_morning(one)
    decision = told(one, "half_bridge")
    assert facts(decision)["grade"] == "green"
    assert "because" not in facts(decision)
    assert facts(decision)["green_sessions"] == 1
    assert facts(decision)["green_hours"] == 24


def test_a_because_without_a_value_that_was_stored_before_is_not_printed() -> None:
    stored = Decision(Rule.KEEP_STREAK, "keep", "bridge", (Fact("grade", "green"), Fact("because", None)), ())
    assert "Facts: last session: green\n" in in_full(stored, "en")


def test_a_step_down_the_ladder_names_the_rung_before_and_what_decided() -> None:
    one = days(TWO, LADDER, starts={"bridge": "bridge"})
    one.next({"bridge": good(pain=6)})
    next_morning(one)
    decision = told(one, "half_bridge")
    assert (facts(decision)["instead_of"], facts(decision)["because"]) == ("bridge", "pain")
    assert sentence(decision, "en") == (
        "Half bridge takes the place of Bridge for now, because pain during it was 6 out of 10."
    )
    assert change_sentence(decision, "en") == (
        "It would have stayed the same if pain during it had been 5 or less."
    )
    assert sentence(decision, "vi").startswith("Bài Nâng hông thấp tạm thay cho bài Bắc cầu")


def test_a_second_hard_session_names_effort_not_that_it_was_left_out() -> None:
    one = days(TWO, LADDER, starts={"bridge": "bridge"})
    one.next({"bridge": good(effort=Effort.HARD)})
    one.next({"bridge": good(effort=Effort.HARD)})
    next_morning(one)
    assert sentence(told(one, "half_bridge"), "en") == (
        "Half bridge takes the place of Bridge for now, because it felt hard, twice in a row."
    )


def test_a_step_back_on_the_same_rung_is_told_by_its_own_session() -> None:
    one = days(library(exercise("half_bridge")), {"bridge": ("half_bridge",)})
    one.next({"half_bridge": good(pain=6)})
    next_morning(one)
    decision = told(one, "half_bridge")
    assert "instead_of" not in facts(decision)
    assert sentence(decision, "en").startswith("Half bridge takes a step back, because pain during it was 6")


def test_the_next_rung_is_told_by_the_easier_one() -> None:
    one = days(TWO, LADDER)
    for _ in range(3):
        one.next()
    next_morning(one)
    decision = told(one, "bridge")
    assert decision.rule is Rule.RAISE_RUNG
    assert (facts(decision)["instead_of"], facts(decision)["green_sessions"]) == ("half_bridge", 3)
    assert sentence(decision, "en") == (
        "Bridge is your next step, because Half bridge went well several times in a row."
    )


def test_a_light_start_has_no_row_of_good_sessions_to_tell() -> None:
    one = days(TWO, LADDER)
    next_morning(one)
    assert facts(told(one, "half_bridge")) == {}


def bad_day(one: Days) -> Change | None:
    return decision_of_note(one.course, Note(Rule.BAD_DAY, None, "bad_day")).would_change


@pytest.mark.parametrize(
    ("before", "pain", "night", "change"),
    [
        (5, 6, Comparison.SAME, Change("pain_now", "<= 5", "whole")),
        (5, 5, Comparison.WORSE, Change("worse", "= no", "whole")),
        (5, 6, Comparison.WORSE, None),
        (5, 7, Comparison.WORSE, Change("good_mornings", "= again", "whole")),
    ],
)
def test_what_a_whole_session_lacked_is_what_truly_lacked(
    before: int, pain: int, night: Comparison, change: Change | None
) -> None:
    one = days(TWO, LADDER, person=intake(pain={"back_left": before}))
    told_pain = {"back_left": before}
    one.next(None, evening(1, told_pain), pain=told_pain)
    next_morning(one, pain={"back_left": pain}, night=night)
    assert bad_day(one) == change


@pytest.mark.parametrize(("action", "enough"), [("ask", True), ("remove", False)])
def test_a_clinicians_yes_is_named_only_where_it_is_enough(action: str, enough: bool) -> None:
    lib = library(exercise("half_bridge", cautions=(("pregnancy", action, None),)), exercise("bridge"))
    one = days(lib, LADDER, person=intake(["pregnancy"]))
    note = next(note for note in one.course.left_out() if note.subject == "half_bridge")
    change = decision_of_note(one.course, note).would_change
    assert (change == Change("caution", "= cleared", "go_on")) is enough
    assert (change is None) is not enough


def test_a_clinicians_yes_is_not_enough_where_the_exercise_is_left_out_by_order_too() -> None:
    lib = library(exercise("half_bridge", cautions=(("pregnancy", "ask", None),)), exercise("bridge"))
    one = days(lib, LADDER, person=intake(["pregnancy"]))
    note = next(note for note in one.course.left_out() if note.subject == "half_bridge")
    one.course.order(Exclude(*HEAD, "half_bridge"))
    assert decision_of_note(one.course, note).would_change is None


def test_an_hour_is_told_as_an_hour() -> None:
    note = Decision(
        Rule.FLEXION_LATER,
        "move",
        "knee_to_chest",
        (Fact("hour", 7.5),),
        ("consensus_unverified",),
        Change("hour", ">= 10", "go_on"),
    )
    assert in_full(note, "en").splitlines()[:2] == [
        "Knee to chest waits until later today, because bending is kinder to the back then. "
        "It would have gone on if it had been 10 o'clock or later.",
        "Facts: time of day: 07:30",
    ]


def test_facts_are_told_in_words() -> None:
    decision = Decision(
        Rule.KEEP,
        "keep",
        "bridge",
        (
            Fact("side", "right"),
            Fact("grade", "amber"),
            Fact("because", "pain"),
            Fact("pain", 3),
            Fact("effort", "right"),
            Fact("done_share", 0.4),
            Fact("stopped", True),
            Fact("leg_rise_after", 0),
            Fact("leg_rise_morning", -1),
            Fact("back_rise_morning", 2),
            Fact("morning", None),
        ),
        ("consensus_to_sign_off",),
    )
    assert in_full(decision, "en").splitlines()[1:] == [
        "Facts: side: right; last session: amber; graded by: pain during it; pain during it: 3 of 10; "
        "effort: right; done: 40%; stopped because it hurt more: yes; leg pain right after: unchanged; "
        "leg pain next morning: -1; back pain next morning: +2; next morning: not answered",
        "Rule: dose.keep. Sources: Expert consensus, needs a clinician's sign-off.",
    ]
    assert "đánh giá theo: đau lúc tập; đau lúc tập: 3 trên 10; gắng sức: vừa sức" in in_full(decision, "vi")


def test_an_exercise_left_out_by_order_is_not_its_own_reason() -> None:
    decision = Decision(Rule.REMOVE_EXCLUDED, "remove", "bridge", (Fact("because", "bridge"),), ())
    assert "Facts" not in in_full(decision, "en")
    other = replace(decision, rule=Rule.REMOVE_PREFERENCE, facts=(Fact("because", Direction.FLEXION.value),))
    assert "Facts: because of: bending forwards" in in_full(other, "en")


def test_facts_that_are_no_numbers_have_their_words() -> None:
    told = {
        "foot_drop": True,
        "stopped": False,
        "since": "2026-03-04T11:00:00+07:00",
        "hour": 9.99,
        "instead_of": "half_bridge",
        "because": "saddle_seat",
        "red_sessions": 2.0,
        "booked_appointment": None,
    }
    decision = Decision(
        Rule.LOWER_FLARE,
        "lower",
        "bridge",
        tuple(Fact(*one) for one in told.items()),
        ("consensus_to_sign_off", "nrs_change", "unheard_of"),
    )
    assert in_full(decision, "en").splitlines()[1:] == [
        "Facts: Foot drop: yes; stopped because it hurt more: no; since: 2026-03-04 11:00; "
        "time of day: 09:59; takes the place of: Half bridge; "
        "because of: Numbness around the back passage or buttocks; red sessions lately: 2; "
        "whether a visit is booked: not answered",
        "Rule: dose.lower.flare_up. "
        "Sources: Expert consensus, needs a clinician's sign-off; "
        "Change on the 0-10 rating that counts, study of 161 people (title not kept); unheard_of.",
    ]
    assert "Nâng hông thấp; " in in_full(decision, "vi")
    assert words("vi")["sources"]["consensus_to_sign_off"] in in_full(decision, "vi")


@pytest.mark.parametrize(
    ("rule", "facts", "text"),
    [
        (
            Rule.REMOVE_CAUTION,
            {"because": "glaucoma"},
            "Bridge is left out because of your answer to: Do you have glaucoma (high pressure in the eye)?",
        ),
        (
            Rule.REMOVE_CAUTION,
            {"because": "unheard_of"},
            "Bridge is left out because of your answer to: unheard_of",
        ),
        (
            Rule.REST_DUE,
            {"days_in_a_row": 6},
            "Today is a rest day after 6 days in a row, and it counts as done.",
        ),
        (
            Rule.REVIEW,
            {"pain_now": 4, "red_sessions": 2},
            "2 sessions made things worse lately, so nothing gets harder until a clinician has looked.",
        ),
        (Rule.KEEP_MISSING, {}, "Bridge stays as it is, because it was not done last time."),
        (
            Rule.KEEP_MISSING,
            {"because": "pain", "pain": None},
            "Bridge stays as it is, because there is no answer about pain during it.",
        ),
        (
            Rule.KEEP_MISSING,
            {"because": "leg_after", "leg_after": "not_comparable"},
            "Bridge stays as it is, because the leg map after the session is not complete.",
        ),
    ],
)
def test_a_sentence_says_what_decided(rule: Rule, facts: dict[str, object], text: str) -> None:
    told = tuple(Fact(name, value) for name, value in facts.items())  # type: ignore[arg-type]
    assert sentence(Decision(rule, "", "bridge", told, ()), "en") == text


def test_a_condition_is_asked_in_the_language_of_the_reader() -> None:
    decision = Decision(Rule.REMOVE_CAUTION, "remove", "bridge", (Fact("because", "glaucoma"),), ())
    assert "Bạn có bị tăng nhãn áp (glôcôm) không?" in sentence(decision, "vi")


def test_what_opens_the_gate_is_said_in_words() -> None:
    shut = Decision(Rule.SAME_DAY, "stop", None, (), (), Change("foot_drop", "cleared", "go_on"))
    assert change_sentence(shut, "en") == "It would have gone on if a clinician had cleared it."
    unanswered = replace(shut, would_change=Change("foot_drop", "answered", "go_on"))
    assert change_sentence(unanswered, "en") == "It would have gone on if the question had been answered."


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_rung_in_place_of_another_has_words_for_every_rule_that_may_say_so(language: str) -> None:
    steps_back = (Rule.LOWER_RED, Rule.LOWER_AMBER, Rule.LOWER_FLARE, Rule.LOWER_WEEK_MISSED)
    assert set(words(language)["instead"]) == {Rule.RAISE_RUNG, *steps_back}
