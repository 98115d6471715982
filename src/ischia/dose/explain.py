"""A decision in words: one plain sentence for a patient, everything for a clinician."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from ischia.catalogue import load_catalogue
from ischia.dose.history import History, NoSession
from ischia.dose.library import Library
from ischia.dose.plan import plan_session
from ischia.dose.protocol import Protocol
from ischia.screening import load_bank
from ischia.screening.page import reason_in_words
from ischia.session.decision import Change, Decision, Fact, FactValue

Words = Mapping[str, Mapping[str, str]]

_COUNTED = ("red_sessions", "days_in_a_row")
_RISES = ("leg_rise_after", "leg_rise_morning", "back_rise_morning")


@cache
def words(language: str) -> Words:
    """Return the phrases of one language: tables of templates by rule or fact."""
    entry = files("ischia.catalogue") / "data" / "rules" / f"{language}.toml"
    return tomllib.loads(entry.read_text(encoding="utf-8"))


def sentence(decision: Decision, language: str) -> str:
    """Return the decision in one plain sentence, in ``en`` or ``vi``."""
    table = words(language)
    fact = _deciding_fact(decision)
    was = _fact(decision, "instead_of")
    template = table["sentences"][decision.rule] if was is None else table["instead"][decision.rule]
    return template.format(
        exercise=_title(decision.subject, language),
        was=_title(str(was), language),
        because=_because(fact, table) if fact is not None else table["missing"]["done_share"],
        condition=_condition(decision, language),
        number=next((one.value for one in decision.facts if one.name in _COUNTED), ""),
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
        template = table["had"].get(f"{change.fact} {change.needed}") or table["had"][change.fact]
        had = template.format(needed=_needed(change, table))
    return table["outcomes"][change.outcome].format(had=had)


def in_full(decision: Decision, language: str) -> str:
    """Return everything a clinician needs: the sentence and what would have changed it, then a line each for
    facts, rule and sources.
    """
    named = words(language)["full"]
    facts = "; ".join(_fact_in_words(one, language) for one in _worth_telling(decision))
    sources = "; ".join(_source_title(one, language) for one in decision.sources)
    lines = [
        _with_change(decision, language),
        f"{named['facts']}: {facts}" if facts else None,
        f"{named['rule']}: {decision.rule}. {named['sources']}: {sources}.",
    ]
    return "\n".join(line for line in lines if line)


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
    name = _fact(decision, "because")
    return next((fact for fact in decision.facts if fact.name == name), None)


def _fact(decision: Decision, name: str) -> FactValue:
    return next((fact.value for fact in decision.facts if fact.name == name), None)


def _because(fact: Fact, table: Words) -> str:
    if fact.value is None or fact.value == "not_comparable":
        return table["missing"][fact.name]
    return table["because"][fact.name].format(value=fact.value)


def _condition(decision: Decision, language: str) -> str:
    reason = str(_fact(decision, "because") or "")
    conditions = {condition.id: condition for condition in load_bank().conditions}
    found = conditions.get(reason)
    return found.wording(language).ask if found is not None else reason


def _needed(change: Change, table: Words) -> str:
    operator, _, number = change.needed.partition(" ")
    template = table["needed"].get(operator)
    special = table["needed"].get(f"{change.fact} {operator}", template)
    return special.format(n=number) if special is not None else number


def _worth_telling(decision: Decision) -> list[Fact]:
    """Return the facts without an empty "because", and without one that only names the exercise again."""
    graded = any(one.name == "grade" for one in decision.facts)
    told = [
        one for one in decision.facts if one.name != "because" or one.value not in (None, decision.subject)
    ]
    return [replace(one, name="graded_by") if graded and one.name == "because" else one for one in told]


def _fact_in_words(fact: Fact, language: str) -> str:
    """Return a fact as a clinician reads it; where no label is known, an alarm sign's or condition's own."""
    label = words(language)["facts"].get(fact.name)
    if label is None:
        label = reason_in_words(fact.name, load_bank(), language).rstrip(".")
    return f"{label}: {_value(fact, language)}"


def _value(fact: Fact, language: str) -> str:
    table, value = words(language), fact.value
    if value is None:
        return table["full"]["missing"]
    if isinstance(value, bool):
        return table["full"]["yes" if value else "no"]
    if isinstance(value, str):
        if fact.name == "since":
            return value[:16].replace("T", " ")
        known = table["values"].get(f"{fact.name} {value}") or table["values"].get(value)
        return known or table["facts"].get(value) or _name(value, language)
    if fact.name == "hour":
        return f"{int(value):02d}:{int(value % 1 * 60):02d}"
    if fact.name == "done_share":
        return f"{value:.0%}"
    if value == 0 and fact.name in _RISES:
        return table["values"]["unchanged"]
    return table["amounts"].get(fact.name, "{value:g}").format(value=value)


def _name(value: str, language: str) -> str:
    """Return the name of an exercise, a condition or an alarm sign; anything else stays as it is."""
    title = _title(value, language)
    return title if title != value else reason_in_words(value, load_bank(), language).rstrip(".")


def _title(exercise_id: str | None, language: str) -> str:
    if exercise_id is None:
        return ""
    texts = load_catalogue().texts("vi" if language == "vi" else "en")
    return texts[exercise_id].title if exercise_id in texts else exercise_id


def _source_title(source_id: str, language: str) -> str:
    own = words(language)["sources"].get(source_id)
    sources = load_catalogue().sources
    return own or (sources[source_id].title if source_id in sources else source_id)
