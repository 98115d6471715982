"""A clinician's decisions as forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ischia.catalogue import load_catalogue
from ischia.dose import Bound, Exclude, Freeze, Prefer, SetDose, Unlock, Withdraw
from ischia.dose.orders import Direction, Order
from ischia.session import Dose
from ischia.units import Side

KINDS = ("set_dose", "bound", "freeze", "unlock", "exclude", "prefer", "withdraw")


def kind_label(kind: str) -> str:
    """Return what an order does, in words."""
    return {
        "set_dose": gettext("Set the dose"),
        "bound": gettext("Never more than"),
        "freeze": gettext("Do not raise"),
        "unlock": gettext("Unlock"),
        "exclude": gettext("Leave out"),
        "prefer": gettext("Prefer a direction"),
        "withdraw": gettext("Withdrawn"),
    }[kind]


class OrderForm(forms.Form):
    """One order: what it does, for which exercise, and how much where a dose is meant."""

    show_faults = True

    kind = forms.ChoiceField(label=_("Order"))
    exercise_id = forms.ChoiceField(label=_("Exercise"), required=False)
    side = forms.ChoiceField(label=_("Side"), required=False)
    hold_s = forms.FloatField(label=_("Hold (seconds)"), min_value=0, max_value=600, required=False)
    repetitions = forms.IntegerField(label=_("Repetitions"), min_value=1, max_value=100, required=False)
    sets = forms.IntegerField(label=_("Sets"), min_value=1, max_value=10, required=False)
    rest_s = forms.FloatField(label=_("Rest (seconds)"), min_value=0, max_value=600, required=False)
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    order_id = forms.UUIDField(required=False)

    def __init__(self, language: str, data: Any = None) -> None:
        """Offer the exercises in the page's language."""
        super().__init__(data)
        texts = load_catalogue().texts_by_language["vi" if language == "vi" else "en"]
        names = sorted((one.title, exercise_id) for exercise_id, one in texts.items())
        self.fields["kind"].choices = [(kind, kind_label(kind)) for kind in KINDS]  # type: ignore[attr-defined]
        self.fields["exercise_id"].choices = [  # type: ignore[attr-defined]
            ("", gettext("every exercise")),
            *((exercise_id, title) for title, exercise_id in names),
        ]
        self.fields["side"].choices = [  # type: ignore[attr-defined]
            ("", gettext("every side")),
            (Side.LEFT.value, gettext("left side")),
            (Side.RIGHT.value, gettext("right side")),
        ]
        self.fields["direction"].choices = [  # type: ignore[attr-defined]
            ("", gettext("as the leg map suggests")),
            (Direction.FLEXION.value, gettext("bending")),
            (Direction.EXTENSION.value, gettext("stretching back")),
            (Direction.STABILISATION.value, gettext("steadying")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the exercise and the dose where the order needs them."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in ("set_dose", "bound", "unlock", "exclude") and not cleaned.get("exercise_id"):
            self.add_error("exercise_id", gettext("Choose an exercise."))
        if kind in ("set_dose", "bound"):
            for name in ("hold_s", "repetitions", "sets", "rest_s"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, gettext("Give a number."))
        if kind == "withdraw" and not cleaned.get("order_id"):
            self.add_error("kind", gettext("Choose the order to withdraw from the list."))
        return cleaned

    def order(self, order_id: str, at: str, by: str) -> Order:
        """Return the order that was entered."""
        given = self.cleaned_data
        stamp = {"id": order_id, "at": at, "by": by}
        exercise = given["exercise_id"]
        side = Side(given["side"]) if given["side"] else None
        match given["kind"]:
            case "set_dose":
                return SetDose(**stamp, exercise_id=exercise, dose=self._dose(), side=side)
            case "bound":
                return Bound(**stamp, exercise_id=exercise, most=self._dose(), side=side)
            case "freeze":
                return Freeze(**stamp, exercise_id=exercise or None)
            case "unlock":
                return Unlock(**stamp, exercise_id=exercise)
            case "exclude":
                return Exclude(**stamp, exercise_id=exercise)
            case "prefer":
                return Prefer(
                    **stamp, direction=Direction(given["direction"]) if given["direction"] else None
                )
            case _:
                return Withdraw(**stamp, order_id=str(given["order_id"]))

    def _dose(self) -> Dose:
        given = self.cleaned_data
        return Dose(given["hold_s"], given["repetitions"], given["sets"], given["rest_s"])
