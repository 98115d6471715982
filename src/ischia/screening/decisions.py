"""A verdict's reasons as decisions."""

from collections.abc import Collection

from ischia.screening.nerves import NERVE_WATCH
from ischia.screening.questions import QuestionBank
from ischia.screening.verdict import Flag, Lift, Tier
from ischia.session.decision import Change, Decision, Fact
from ischia.session.rules import Rule

_RULES = {
    Tier.EMERGENCY: Rule.EMERGENCY,
    Tier.SAME_DAY: Rule.SAME_DAY,
    Tier.BOOK_SOON: Rule.BOOK_SOON,
    Tier.HOLD: Rule.HOLD,
}
_FOR_FINDINGS = ("consensus_to_sign_off",)


def decide(
    bank: QuestionBank,
    flags: Collection[Flag],
    booked: Collection[str],
    missing: tuple[str, ...],
    contradicting: tuple[str, ...],
) -> tuple[Decision, ...]:
    """Return one decision for each flag, one for what is unanswered, and one for answers that do not fit."""
    decisions = [_for_flag(bank, flag, flag.reason in booked) for flag in flags]
    if missing:
        decisions.append(
            Decision(
                Rule.UNANSWERED,
                "stop",
                None,
                tuple(Fact(name, None) for name in missing),
                _FOR_FINDINGS,
                Change(missing[0], "answered", "go_on"),
            )
        )
    for group_id in contradicting:
        decisions.append(
            Decision(
                Rule.CONTRADICTION,
                "stop",
                None,
                (Fact(group_id, True),),
                sources_of(bank, group_id),
                Change(group_id, "answered_again", "go_on"),
            )
        )
    return tuple(decisions)


def _for_flag(bank: QuestionBank, flag: Flag, booked: bool) -> Decision:
    if booked:
        rule, outcome, change = Rule.BOOKED, "keep", Change(flag.reason, "no", "raise")
    else:
        needed = "booked" if flag.lift is Lift.BOOKED else "cleared"
        rule = Rule.WEAKER if flag.reason.startswith(NERVE_WATCH) else _RULES[flag.tier]
        outcome, change = "stop", Change(flag.reason, needed, "go_on")
    facts = (Fact(flag.reason, True), Fact("since", flag.since))
    return Decision(rule, outcome, None, facts, sources_of(bank, flag.reason), change)


def sources_of(bank: QuestionBank, reason: str) -> tuple[str, ...]:
    """Return the sources behind a reason: a question's, a group's or a condition's own."""
    part = bank.parts.get(reason)
    return _FOR_FINDINGS if part is None else part.sources
