"""Which questions a check-in has to ask: few on an ordinary morning, all of them when it matters.

A list of twenty-eight questions every morning would be ticked away unread. So an ordinary morning asks four
grouped questions, one tap each, nothing chosen beforehand, in an order that changes from day to day. A yes
opens the questions behind it. The full set comes at the first visit, weekly, and whenever something is new
or worse; it is asked card by card, and each card has a "none of these" of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ischia.check_in import CheckIn, Intake, Moment, NerveWatch
from ischia.screening.questions import Card, FollowUp, Group, Question, QuestionBank
from ischia.screening.screen import watch_of
from ischia.screening.verdict import Clearance
from ischia.screening.watch import BOOKED
from ischia.session.record import SessionRecord


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What to ask in one check-in.

    Attributes:
        full: the full set is due.
        groups: grouped questions, one yes or no each; empty where the full set is due.
        cards: cards with their questions, each with a "none of these" of its own.
        follow_ups: asked last, because of another answer.
    """

    full: bool
    groups: tuple[Group, ...]
    cards: tuple[tuple[Card, tuple[Question, ...]], ...]
    follow_ups: tuple[FollowUp, ...]


def questions_due(
    bank: QuestionBank,
    intake: Intake | None,
    check_ins: Sequence[CheckIn],
    draft: CheckIn,
    clearances: Iterable[Clearance] = (),
    nerve_watches: Iterable[NerveWatch] = (),
    records: Iterable[SessionRecord] = (),
) -> QuestionSet:
    """Return what ``draft``, the check-in being filled in, has to ask, given what it holds so far.

    ``check_ins`` are the earlier ones. The set only grows while the draft fills.
    """
    watch = watch_of(bank, intake, check_ins, clearances, nerve_watches, records)
    full = watch.is_full_set_due(draft)
    opened = [group for group in bank.groups if full or draft.answers.get(group.id)]
    if draft.moment is Moment.FIRST_VISIT:
        asked_last: tuple[FollowUp, ...] = ()
    else:
        watch.check_in(draft)
        due = BOOKED in watch.verdict().missing or draft.answers.get(BOOKED) is not None
        asked_last = tuple(one for one in bank.follow_ups if due and one.id == BOOKED)
    return QuestionSet(
        full=full,
        groups=() if full else in_todays_order(bank.groups, draft.at),
        cards=tuple((card, bank.of_card(card.id)) for group in opened for card in group.cards),
        follow_ups=asked_last,
    )


def in_todays_order(groups: tuple[Group, ...], at: str) -> tuple[Group, ...]:
    """Return the groups turned round by one place a day, so that no finger learns the way."""
    shift = date.fromisoformat(at[:10]).toordinal() % len(groups)
    return groups[shift:] + groups[:shift]
