"""Conditions, goals and habits, as a form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ischia.check_in import CheckIn, Intake, TimeOfDay
from ischia.screening import Condition, load_bank
from ischia.server.patients.models import Patient

UNDER_AGE = "under_18"  # answered by the age
GOALS_AT_MOST = 5


def asked_conditions() -> tuple[Condition, ...]:
    """Return the conditions that are asked one by one."""
    return tuple(condition for condition in load_bank().conditions if condition.id != UNDER_AGE)


def is_complete(intake: Intake) -> bool:
    """Whether the age and every condition were answered."""
    return intake.age_years is not None and all(
        intake.conditions.get(condition.id) is not None for condition in asked_conditions()
    )


def as_sent(intake: Intake | None, patient: Patient) -> dict[str, str]:
    """Return what was told before as the form's fields."""
    sent = {"name": patient.name}
    if intake is None:
        return sent
    given = intake.conditions
    for card, conditions in _cards():
        sent |= {f"tick-{one.id}": "yes" for one in conditions if given.get(one.id)}
        answers = [given.get(one.id) for one in conditions]
        if not any(answers) and None not in answers:
            sent[f"none-{card}"] = "yes"
    sent["goals"] = "\n".join(intake.goals)
    if intake.preferred_time:
        sent["preferred_time"] = intake.preferred_time.value
    for name in ("age_years", "weeks_since_onset"):
        value = getattr(intake, name)
        sent |= {name: str(value)} if value is not None else {}
    return sent


def _cards() -> tuple[tuple[str, tuple[Condition, ...]], ...]:
    conditions = asked_conditions()
    return (
        ("hold", tuple(one for one in conditions if one.hold)),
        ("care", tuple(one for one in conditions if not one.hold)),
    )


class AboutForm(forms.Form):
    """What the exercises have to respect, and what they are for."""

    show_faults = True

    name = forms.CharField(
        label=_("What may we call you?"),
        help_text=_("You can leave this empty."),
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    age_years = forms.IntegerField(label=_("How old are you?"), min_value=1, max_value=120)
    weeks_since_onset = forms.IntegerField(
        label=_("For how many weeks have you had this pain?"),
        help_text=_("You can leave this empty."),
        required=False,
        min_value=0,
        max_value=5000,
    )
    goals = forms.CharField(
        label=_("What would you like to be able to do again?"),
        help_text=_("One thing a line, the most important one first. You can leave this empty."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    preferred_time = forms.CharField(required=False)

    def __init__(self, language: str, data: Mapping[str, str]) -> None:
        """Take the language of the conditions and what was entered."""
        super().__init__(data)
        self.language = language

    def clean_preferred_time(self) -> TimeOfDay | None:
        """Read the time of day; empty is "not answered"."""
        value = self.cleaned_data["preferred_time"]
        return TimeOfDay(value) if value in list(TimeOfDay) else None

    def clean(self) -> dict[str, Any]:
        """Read the conditions: each card needs a tick or its "none of these"."""
        cleaned = super().clean() or {}
        conditions: dict[str, bool | None] = {}
        for card, asked in _cards():
            ticked = {one.id for one in asked if self.data.get(f"tick-{one.id}") == "yes"}
            none = self.data.get(f"none-{card}") == "yes"
            if bool(ticked) == none:
                self.add_error(
                    None, forms.ValidationError(gettext("Please answer both lists of illnesses."), code=card)
                )
            conditions |= {one.id: one.id in ticked for one in asked}
        cleaned["conditions"] = conditions
        return cleaned

    def cards(self) -> list[dict[str, Any]]:
        """Return the lists of conditions for the template."""
        open_cards = (
            {fault.code for fault in self.non_field_errors().as_data()} if self.show_faults else set()
        )
        titles = {"hold": gettext("Does one of these apply to you?"), "care": gettext("And one of these?")}
        return [
            {
                "id": card,
                "title": titles[card],
                "none": self.data.get(f"none-{card}") == "yes",
                "open": card in open_cards,
                "contradicting": False,
                "questions": [
                    {
                        "name": f"tick-{one.id}",
                        "ask": one.wording(self.language).ask,
                        "ticked": self.data.get(f"tick-{one.id}") == "yes",
                    }
                    for one in asked
                ],
            }
            for card, asked in _cards()
        ]

    def intake(self, check_in: CheckIn) -> Intake:
        """Return the first visit that was entered."""
        given = self.cleaned_data
        goals = tuple(line.strip() for line in given["goals"].splitlines() if line.strip())
        return Intake(
            check_in=check_in,
            conditions=given["conditions"],
            goals=goals[:GOALS_AT_MOST],
            preferred_time=given["preferred_time"],
            age_years=given["age_years"],
            weeks_since_onset=given["weeks_since_onset"],
        )
