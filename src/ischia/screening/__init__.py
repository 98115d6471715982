"""Whether a person may exercise now: red flags in three tiers, conditions on hold, and what lifts a lock."""

from ischia.screening.due import QuestionSet, questions_due
from ischia.screening.nerves import watch_due_from
from ischia.screening.page import (
    EmergencyCard,
    VerdictPage,
    conditions_in_words,
    emergency_card,
    verdict_page,
)
from ischia.screening.questions import (
    Card,
    Condition,
    FollowUp,
    Group,
    Question,
    QuestionBank,
    UnusableData,
    load_bank,
    read_bank,
)
from ischia.screening.screen import screen
from ischia.screening.verdict import Clearance, Flag, Lift, Tier, Verdict
from ischia.screening.watch import Watch

__all__ = [
    "Card",
    "Clearance",
    "Condition",
    "EmergencyCard",
    "Flag",
    "FollowUp",
    "Group",
    "Lift",
    "Question",
    "QuestionBank",
    "QuestionSet",
    "Tier",
    "UnusableData",
    "Verdict",
    "VerdictPage",
    "Watch",
    "conditions_in_words",
    "emergency_card",
    "load_bank",
    "questions_due",
    "read_bank",
    "screen",
    "verdict_page",
    "watch_due_from",
]
