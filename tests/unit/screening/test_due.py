"""Which questions a check-in asks: few on an ordinary morning, all when it matters."""

from dataclasses import replace

from tests.unit.clinic import at, bank, intake, morning, no_to_all, no_to_groups

from ischia.check_in import CheckIn, Comparison, Moment
from ischia.screening import Clearance, questions_due
from ischia.screening.due import in_todays_order

EMPTY = morning(1, answers={})
ALL_CARDS = [card.id for group in bank().groups for card in group.cards]


def test_the_first_visit_asks_every_question_card_by_card() -> None:
    due = questions_due(bank(), None, (), CheckIn("first", Moment.FIRST_VISIT, at(0)))
    assert due.full
    assert due.groups == ()
    assert due.follow_ups == ()
    assert [question for _, questions in due.cards for question in questions] == list(bank().questions)


def test_an_ordinary_morning_asks_the_four_groups() -> None:
    due = questions_due(bank(), intake(), (), EMPTY)
    assert not due.full
    assert {group.id for group in due.groups} == {group.id for group in bank().groups}
    assert (due.cards, due.follow_ups) == ((), ())


def test_a_yes_opens_the_cards_behind_it() -> None:
    due = questions_due(bank(), intake(), (), replace(EMPTY, answers={"legs": True}))
    assert [card.id for card, _ in due.cards] == ["both_legs", "leg_strength"]
    assert not due.full


def test_worse_asks_the_full_set() -> None:
    due = questions_due(bank(), intake(), (), replace(EMPTY, morning=Comparison.WORSE))
    assert due.full
    assert [card.id for card, _ in due.cards] == ALL_CARDS


def test_the_set_only_grows_while_the_draft_fills() -> None:
    before = questions_due(bank(), intake(), (), EMPTY)
    after = questions_due(bank(), intake(), (), replace(EMPTY, answers=no_to_groups(legs=True)))
    assert set(before.groups) == set(after.groups)
    assert len(after.cards) > len(before.cards)


def test_slow_recovery_asks_last_whether_a_visit_is_booked() -> None:
    slow = replace(EMPTY, new_symptoms=True, answers=no_to_all(not_settling=True))
    assert [one.id for one in questions_due(bank(), intake(), (), slow).follow_ups] == ["booked_appointment"]
    answered = replace(slow, answers={**slow.answers, "booked_appointment": True})
    assert [one.id for one in questions_due(bank(), intake(), (), answered).follow_ups] == [
        "booked_appointment"
    ]
    cleared = [Clearance("c", at(0, 10), "Dr A", ("not_settling",))]
    assert questions_due(bank(), intake(), (), EMPTY, cleared).follow_ups == ()


def test_what_was_cleared_tested_and_stopped_before_counts_for_what_is_due() -> None:
    slow = morning(1, answers=no_to_all(not_settling=True), new_symptoms=True)
    day_2 = morning(2, answers={})
    assert questions_due(bank(), intake(), [slow], day_2).follow_ups
    cleared = [Clearance("c", at(1, 20), "Dr A", ("not_settling",))]
    assert questions_due(bank(), intake(), [slow], day_2, cleared).follow_ups == ()


def test_asking_what_is_due_decides_nothing() -> None:
    slow = replace(EMPTY, answers=no_to_all(foot_drop=True))
    first = questions_due(bank(), intake(), (), slow)
    assert questions_due(bank(), intake(), (), slow) == first


def test_the_order_of_the_groups_turns_by_one_a_day() -> None:
    orders = [in_todays_order(bank().groups, at(day)) for day in range(5)]
    assert orders[1] == (*orders[0][1:], orders[0][0])
    assert len(set(orders[:4])) == 4
    assert orders[4] == orders[0]
