"""A decision is a value: the rule, the facts it used, the sources, and what would have changed it."""

from dataclasses import dataclass

FactValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a rule looked at. ``value`` None means that it was asked for and is missing."""

    name: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class Change:
    """The nearest change that would have led elsewhere: had ``fact`` been ``needed``, then ``outcome``."""

    fact: str
    needed: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something is as it is.

    Attributes:
        rule: id of the rule that decided, such as ``dose.raise.hold``.
        outcome: what it decided, one word: ``raise``, ``keep``, ``lower``, ``remove``, ``rest``, ``stop``.
        subject: exercise id, or None where it concerns the whole session.
        facts: what the rule looked at.
        sources: ids in the catalogue's ``sources.toml``.
        would_change: the nearest other outcome, or None where nothing near would change it.
    """

    rule: str
    outcome: str
    subject: str | None
    facts: tuple[Fact, ...]
    sources: tuple[str, ...]
    would_change: Change | None = None
