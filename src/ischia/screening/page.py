"""What the page behind a verdict says, and the card to show in the emergency department, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ischia.check_in import CheckIn, Intake, Region
from ischia.check_in.leg_map import PLACES, is_felt
from ischia.screening.questions import QuestionBank, UnusableData
from ischia.screening.verdict import Tier, Verdict
from ischia.session.serialise import from_plain
from ischia.units import Side


@dataclass(frozen=True, slots=True)
class VerdictPage:
    """The page a person sees when exercise may not start.

    Attributes:
        kind: ``emergency``, ``same_day``, ``book_soon``, ``hold`` or ``unanswered``; ``clear`` where
        nothing stands. say: what was found, in a sentence or two.
        what_to_do: steps, in order.
        reasons: the answers that led here, in plain words.
        printable: there is a card to print.
    """

    kind: str
    title: str
    say: str
    what_to_do: tuple[str, ...]
    reasons: tuple[str, ...]
    printable: bool


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """What to hand over in the emergency department.

    Attributes:
        title: for the emergency department, or for the doctor to be seen today.
        answered_yes: findings in clinical words, each with the instant at which it was first told.
        felt: the leg map in words, one line for each place where something is felt.
        felt_at: instant of the check-in with that leg map.
        note: what the card is, and is not.
    """

    title: str
    answered_yes: tuple[tuple[str, str], ...]
    felt: tuple[str, ...]
    felt_at: str
    note: str


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    say: str
    what_to_do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _CardWords:
    title: str
    title_same_day: str
    note: str
    pain: str
    numbness: str
    tingling: str
    weakness: str
    sides: dict[str, str]
    regions: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Words:
    emergency: _Page
    same_day: _Page
    book_soon: _Page
    hold: _Page
    unanswered: _Page
    clear: _Page
    card: _CardWords
    findings: dict[str, str]


@cache
def _words(language: str) -> _Words:
    entry = files("ischia.catalogue") / "data" / "verdicts" / f"{language}.toml"
    try:
        return from_plain(_Words, tomllib.loads(entry.read_text(encoding="utf-8")), entry.name)
    except ValueError as fault:
        raise UnusableData(str(fault)) from fault


def verdict_page(verdict: Verdict, bank: QuestionBank, language: str) -> VerdictPage:
    """Return the page for ``verdict`` in ``language``, ``en`` or ``vi``."""
    words = _words(language)
    kind = _kind(verdict)
    page: _Page = getattr(words, kind)
    return VerdictPage(
        kind=kind,
        title=page.title,
        say=page.say,
        what_to_do=page.what_to_do,
        reasons=tuple(reason_in_words(flag.reason, bank, language) for flag in verdict.flags),
        printable=verdict.tier in (Tier.EMERGENCY, Tier.SAME_DAY),
    )


def _kind(verdict: Verdict) -> str:
    if verdict.cleared:
        return "clear"
    if verdict.tier in (Tier.EMERGENCY, Tier.SAME_DAY):
        return verdict.tier.value
    if verdict.tier is None or verdict.missing or verdict.contradicting:
        return "unanswered"
    return verdict.tier.value


def emergency_card(verdict: Verdict, bank: QuestionBank, last: CheckIn, language: str) -> EmergencyCard:
    """Return the card to print: what was answered yes, where it hurts, and since when.

    Raises:
        ValueError: no flag stands, so there is nothing to hand over.
    """
    if not verdict.flags:
        raise ValueError("no warning stands, so there is no card to print")
    card = _words(language).card
    return EmergencyCard(
        title=card.title if verdict.tier is Tier.EMERGENCY else card.title_same_day,
        answered_yes=tuple(
            (reason_in_words(flag.reason, bank, language), flag.since) for flag in verdict.flags
        ),
        felt=tuple(
            _felt_in_words(last, region, side, card)
            for region, side in PLACES
            if _is_marked(last, region, side)
        ),
        felt_at=last.at,
        note=card.note,
    )


def conditions_in_words(intake: Intake | None, bank: QuestionBank, language: str) -> tuple[str, ...]:
    """Return the conditions that were answered yes at the first visit, in plain words."""
    told = {} if intake is None else intake.conditions
    return tuple(reason_in_words(one.id, bank, language) for one in bank.conditions if told.get(one.id))


def reason_in_words(reason: str, bank: QuestionBank, language: str) -> str:
    """Return a flag's reason in plain words."""
    findings = _words(language).findings
    if reason in findings:
        return findings[reason]
    part = bank.parts.get(reason)
    if part is None:
        return reason
    wording = part.wording(language)
    return wording.line or wording.ask


def _is_marked(check_in: CheckIn, region: Region, side: Side) -> bool:
    symptoms = check_in.leg_map.get((region, side))
    return bool(is_felt(symptoms) or (symptoms is not None and symptoms.weakness))


def _felt_in_words(check_in: CheckIn, region: Region, side: Side, card: _CardWords) -> str:
    symptoms = check_in.leg_map[region, side]
    parts = [f"{card.pain} {symptoms.pain}/10"] if symptoms.pain else []
    for name in ("numbness", "tingling", "weakness"):
        if getattr(symptoms, name):
            parts.append(getattr(card, name))
    return f"{card.regions[region]} ({card.sides[side]}): {', '.join(parts)}"
