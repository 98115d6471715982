"""Screening questions and conditions as data: one file each, grouped so that a check-in is short."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ischia.screening.verdict import Lift, Tier
from ischia.session.serialise import from_plain

LANGUAGES = ("en", "vi")


class UnusableData(ValueError):  # noqa: N818 - it is what the sentence calls it
    """A data file that cannot be used; the sentence names file, key and mend."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person reads, in one language.

    Attributes:
        ask: the question.
        why: the plain reason behind it.
        line: what the printed card says where the answer was yes.
    """

    ask: str
    why: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One red-flag question, answered yes, no, or not at all.

    Attributes:
        group: id of the grouped question that stands for it before an ordinary session.
        card: id of the card it stands on when the full set is asked.
        order: place within its card.
        standing: about the past, so once cleared by a clinician the same answer does not lock again.
        lift: what ends the lock.
        lasting: a state that may stay; once cleared by a clinician the same answer does not lock again until
        it has been no.
    """

    id: str
    tier: Tier
    group: str
    card: str
    order: int
    standing: bool
    lift: Lift
    sources: tuple[str, ...]
    en: Wording
    vi: Wording
    lasting: bool = False

    def wording(self, language: str) -> Wording:
        """Return the wording in ``language``, ``en`` or ``vi``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Card:
    """A few questions shown together, with a "none of these" of their own."""

    id: str
    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Group:
    """A grouped question before every session. A yes opens its cards; every card then needs an answer."""

    id: str
    order: int
    sources: tuple[str, ...]
    en: Wording
    vi: Wording
    cards: tuple[Card, ...]

    def wording(self, language: str) -> Wording:
        """Return the wording in ``language``, ``en`` or ``vi``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition asked at the first visit. ``hold``: no exercise until a clinician clears it."""

    id: str
    order: int
    hold: bool
    sources: tuple[str, ...]
    en: Wording
    vi: Wording

    def wording(self, language: str) -> Wording:
        """Return the wording in ``language``, ``en`` or ``vi``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that is only asked after another answer."""

    id: str
    sources: tuple[str, ...]
    en: Wording
    vi: Wording

    def wording(self, language: str) -> Wording:
        """Return the wording in ``language``, ``en`` or ``vi``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the safety gate, with its unit and where it comes from."""

    value: int
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the safety gate. They belong to ischia: no protocol changes them."""

    full_set_every: Number
    heel_raises_decline: Number
    heel_raises_ceiling: Number
    nerve_watch_every: Number
    youngest_age: Number


@dataclass(frozen=True)
class QuestionBank:
    """Every question, group, condition and follow-up, each in its order, and the gate's numbers."""

    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    conditions: tuple[Condition, ...]
    follow_ups: tuple[FollowUp, ...]
    limits: Limits

    @cached_property
    def question_ids(self) -> frozenset[str]:
        """The ids of all questions."""
        return frozenset(question.id for question in self.questions)

    @cached_property
    def parts(self) -> Mapping[str, Question | Group | Condition]:
        """Every question, group and condition by its id."""
        parts: list[Question | Group | Condition] = [*self.questions, *self.groups, *self.conditions]
        return {part.id: part for part in parts}

    @cached_property
    def _by_group(self) -> Mapping[str, tuple[Question, ...]]:
        return {
            group.id: tuple(question for question in self.questions if question.group == group.id)
            for group in self.groups
        }

    def of_group(self, group_id: str) -> tuple[Question, ...]:
        """Return the questions that a grouped question stands for."""
        return self._by_group[group_id]

    def of_card(self, card_id: str) -> tuple[Question, ...]:
        """Return the questions that stand on a card."""
        return tuple(question for question in self.questions if question.card == card_id)


def read_bank(data: Traversable) -> QuestionBank:
    """Read ``red_flags``, ``red_flag_groups`` and ``conditions`` below the folder ``data``.

    Raises:
        UnusableData: a file that is no TOML, misses a key, or names a group or card that does not exist.
    """
    groups = sorted(_read_folder(data / "red_flag_groups", Group), key=lambda group: group.order)
    rank = {card.id: place for place, card in enumerate(card for group in groups for card in group.cards)}
    questions = _read_folder(data / "red_flags", Question)
    for question in questions:
        home = [group.id for group in groups if question.card in [card.id for card in group.cards]]
        if home != [question.group]:
            raise UnusableData(
                f"red_flags/{question.id}.toml: card {question.card!r} is not a card of group "
                f"{question.group!r}; "
                f"name one of red_flag_groups/{question.group}.toml"
            )
    conditions = _read_folder(data / "conditions", Condition)
    return QuestionBank(
        questions=tuple(sorted(questions, key=lambda question: (rank[question.card], question.order))),
        groups=tuple(groups),
        conditions=tuple(sorted(conditions, key=lambda one: (not one.hold, one.order))),
        follow_ups=tuple(_read_folder(data / "follow_ups", FollowUp)),
        limits=_read_file(data / "screening.toml", Limits),
    )


@cache
def load_bank() -> QuestionBank:
    """Return the question bank that ischia ships."""
    return read_bank(files("ischia.catalogue") / "data")


def _read_folder(folder: Traversable, kind: type[Any]) -> list[Any]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".toml"):
            continue
        value = _read_file(entry, kind)
        if f"{value.id}.toml" != entry.name:
            raise UnusableData(
                f"{entry.name}: id is {value.id!r}; give the file the same name, or mend the id"
            )
        found.append(value)
    return found


def _read_file(entry: Traversable, kind: type[Any]) -> Any:
    try:
        return from_plain(kind, tomllib.loads(entry.read_text(encoding="utf-8")), entry.name)
    except (ValueError, UnicodeDecodeError) as fault:
        raise UnusableData(f"{entry.name}: {str(fault).removeprefix(entry.name).lstrip(': ')}") from fault
