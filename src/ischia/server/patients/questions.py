"""The red-flag questions as a form. Nothing is chosen beforehand; what is not answered is asked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ischia.screening import Card, FollowUp, Group, QuestionSet

_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form held: answers by question or group id, and what is still open.

    Attributes:
        open: ids of groups, follow-ups and cards that were not answered.
        contradicting: ids of cards where something was ticked together with "none of these".
    """

    answers: dict[str, bool | None]
    open: frozenset[str]
    contradicting: frozenset[str]

    @property
    def is_complete(self) -> bool:
        """Whether everything was answered."""
        return not self.open and not self.contradicting


def _singles(asked: QuestionSet) -> list[Group | FollowUp]:
    return [*asked.groups, *asked.follow_ups]


def read(sent: Mapping[str, str], asked: QuestionSet) -> Sent:
    """Read the answers to ``asked`` out of a form."""
    answers: dict[str, bool | None] = {}
    unanswered: set[str] = set()
    contradicting: set[str] = set()
    for one in _singles(asked):
        answer = _ANSWERS.get(sent.get(f"one-{one.id}", ""))
        if answer is None:
            unanswered.add(one.id)
        else:
            answers[one.id] = answer
    for card, questions in asked.cards:
        ticked = {question.id for question in questions if sent.get(f"tick-{question.id}") == "yes"}
        none = sent.get(f"none-{card.id}") == "yes"
        if ticked and none:
            contradicting.add(card.id)
        if ticked or none:
            answers |= {question.id: question.id in ticked for question in questions}
        else:
            unanswered.add(card.id)
    return Sent(answers, frozenset(unanswered), frozenset(contradicting))


def as_sent(answers: Mapping[str, bool | None], asked: QuestionSet) -> dict[str, str]:
    """Return answers given before as the form's fields."""
    sent = {}
    for one in _singles(asked):
        if answers.get(one.id) is not None:
            sent[f"one-{one.id}"] = "yes" if answers[one.id] else "no"
    for card, questions in asked.cards:
        given = [answers.get(question.id) for question in questions]
        sent |= {f"tick-{question.id}": "yes" for question in questions if answers.get(question.id)}
        if given and not any(given) and None not in given:
            sent[f"none-{card.id}"] = "yes"
    return sent


def question_context(
    asked: QuestionSet, sent: Mapping[str, str], language: str, faults: Sent | None = None
) -> dict[str, Any]:
    """Return what ``patients/questions_form.html`` needs; ``faults`` where the form came incomplete."""
    still_open = faults.open if faults else frozenset()
    contradicting = faults.contradicting if faults else frozenset()
    singles = [
        {
            "name": f"one-{one.id}",
            "ask": one.wording(language).ask,
            "why": one.wording(language).why,
            "value": sent.get(f"one-{one.id}", ""),
            "open": one.id in still_open,
        }
        for one in _singles(asked)
    ]
    cards = [
        {
            "id": card.id,
            "title": title_of(card, language),
            "none": sent.get(f"none-{card.id}") == "yes",
            "open": card.id in still_open,
            "contradicting": card.id in contradicting,
            "questions": [
                {
                    "name": f"tick-{question.id}",
                    "ask": question.wording(language).ask,
                    "ticked": sent.get(f"tick-{question.id}") == "yes",
                }
                for question in questions
            ],
        }
        for card, questions in asked.cards
    ]
    return {"singles": singles, "cards": cards, "anything_open": bool(still_open or contradicting)}


def title_of(card: Card, language: str) -> str:
    """Return a card's title in a language."""
    return card.vi if language == "vi" else card.en
