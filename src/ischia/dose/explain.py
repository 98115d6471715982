"""A decision in words: one plain sentence for a patient, everything for a clinician."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ischia.catalogue import load_catalogue
from ischia.dose.history import History, NoSession
from ischia.dose.library import Library
from ischia.dose.plan import plan_session
from ischia.dose.protocol import Protocol
from ischia.screening import load_bank
from ischia.session.decision import Change, Decision, Fact

Words = Mapping[str, Mapping[str, str]]


@cache
def words(language: str) -> Words:
    """Return the phrases of one language: tables of templates by rule or fact."""
    entry = files("ischia.catalogue") / "data" / "rules" / f"{language}.toml"
    return tomllib.loads(entry.read_text(encoding="utf-8"))


def sentence(decision: Decision, language: str) -> str:
    """Return the decision in one plain sentence, in ``en`` or ``vi``."""
    table = words(language)
    fact = _deciding_fact(decision)
    return table["sentences"][decision.rule].format(
        exercise=_title(decision.subject, language),
        because=_because(fact, table) if fact is not None else table["missing"]["done_share"],
        condition=_condition(decision, language),
        number=next(
            (one.value for one in decision.facts if one.name in ("red_sessions", "days_in_a_row")), ""
        ),
    )


def change_sentence(decision: Decision, language: str) -> str | None:
    """Return the nearest thing that would have changed it, in one sentence, or None where nothing near
    would.
    """
    change = decision.would_change
    if change is None:
        return None
    table = words(language)
    if decision.rule.startswith("screening."):
        had = table["had_screening"][change.needed]
    else:
        had = table["had"][change.fact].format(needed=_needed(change, table))
    return table["outcomes"][change.outcome].format(had=had)


def in_full(decision: Decision, language: str) -> str:
    """Return everything a clinician needs: the sentence, what would have changed it, rule, facts and
    sources.
    """
    table = words(language)
    named = table["full"]
    facts = "; ".join(f"{fact.name} = {_value(fact, table)}" for fact in decision.facts)
    parts = [
        sentence(decision, language),
        change_sentence(decision, language),
        f"{named['rule']}: {decision.rule}.",
        f"{named['facts']}: {facts}." if facts else None,
        f"{named['sources']}: {'; '.join(_source_title(source) for source in decision.sources)}.",
    ]
    return " ".join(part for part in parts if part)


def explain_date(
    history: History, for_date: str, protocol: Protocol, library: Library, language: str, full: bool = False
) -> tuple[str, ...]:
    """Return why the session of ``for_date`` is, or was, as it is: one text for each decision.

    A plan that was stored speaks for itself; without one, the session is planned as of the last check-in of
    that date.
    """
    stored = [plan for plan in history.plans if plan.for_date == for_date]
    found = stored[-1] if stored else plan_session(history.until(for_date), for_date, protocol, library)
    decisions = found.decisions
    if not isinstance(found, NoSession):
        decisions = (*(planned.decision for planned in found.exercises), *decisions)
    if full:
        return tuple(in_full(decision, language) for decision in decisions)
    return tuple(_with_change(decision, language) for decision in decisions)


def _with_change(decision: Decision, language: str) -> str:
    return " ".join(filter(None, (sentence(decision, language), change_sentence(decision, language))))


def _deciding_fact(decision: Decision) -> Fact | None:
    name = next((fact.value for fact in decision.facts if fact.name == "because"), None)
    return next((fact for fact in decision.facts if fact.name == name), None)


def _because(fact: Fact, table: Words) -> str:
    if fact.value is None or fact.value == "not_comparable":
        return table["missing"][fact.name]
    return table["because"][fact.name].format(value=fact.value)


def _condition(decision: Decision, language: str) -> str:
    reason = next((fact.value for fact in decision.facts if fact.name == "because"), "")
    conditions = {condition.id: condition for condition in load_bank().conditions}
    found = conditions.get(str(reason))
    return found.wording(language).ask if found is not None else str(reason)


def _needed(change: Change, table: Words) -> str:
    operator, _, number = change.needed.partition(" ")
    template = table["needed"].get(operator)
    return template.format(n=number) if template is not None else number


def _value(fact: Fact, table: Words) -> str:
    return table["full"]["missing"] if fact.value is None else str(fact.value)


def _title(exercise_id: str | None, language: str) -> str:
    if exercise_id is None:
        return ""
    texts = load_catalogue().texts("vi" if language == "vi" else "en")
    return texts[exercise_id].title if exercise_id in texts else exercise_id


def _source_title(source_id: str) -> str:
    sources = load_catalogue().sources
    return sources[source_id].title if source_id in sources else source_id
