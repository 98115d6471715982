"""The plain page after an alarming answer, the card to print, and the doctor's word that opens the lock."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ischia.screening import Lift, conditions_in_words, emergency_card, load_bank, verdict_page
from ischia.server import runtime
from ischia.server.accounts.identity import for_patients
from ischia.server.clock import today
from ischia.server.facts import facts_of
from ischia.server.middleware import is_switching
from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing


class ClearForm(forms.Form):
    """Who has checked the person, and when."""

    show_faults = True

    doctor = forms.CharField(label=_("Name of the doctor or physiotherapist"), max_length=120)
    checked_on = forms.DateField(
        label=_("Date of the examination"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    sure = forms.BooleanField(
        label=_("They know of the answers listed here, and said that I may exercise."),
    )

    def clean_checked_on(self) -> object:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["checked_on"]
        if day > today():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return day


@require_safe
@for_patients
def stop(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Say plainly where to go now, and why there is no exercise."""
    facts = facts_of(patient)
    verdict = facts.verdict()
    if verdict.cleared or not verdict.flags:
        return redirect("today")
    page = {
        "page": verdict_page(verdict, load_bank(), get_language() or "en"),
        "own_word": not runtime.current().accounts
        and any(flag.lift is Lift.CLINICIAN for flag in verdict.flags),
        "only_booking": all(flag.lift is Lift.BOOKED for flag in verdict.flags),
        "watched": runtime.current().accounts,
    }
    return render(request, "patients/stop.html", page)


@require_safe
@for_patients
def card(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Show the card for the emergency department."""
    facts = facts_of(patient)
    verdict = facts.verdict()
    last = facts.check_ins[-1] if facts.check_ins else facts.intake.check_in if facts.intake else None
    if not verdict.flags or last is None:
        return redirect("today")
    language = get_language() or "en"
    page = {
        "card": emergency_card(verdict, load_bank(), last, language),
        "intake": facts.intake,
        "conditions": conditions_in_words(facts.intake, load_bank(), language),
    }
    return render(request, "patients/card.html", page)


@require_http_methods(["GET", "POST"])
@for_patients
def clear(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Without accounts: record that a doctor has checked the person. With accounts a clinician clears."""
    if runtime.current().accounts:
        return redirect("stop")
    verdict = facts_of(patient).verdict()
    if not verdict.flags:
        return redirect("today")
    form = ClearForm(request.POST or None)
    form.show_faults = request.method == "POST" and not is_switching(request)
    if form.show_faults and form.is_valid():
        given = form.cleaned_data
        with writing():
            record.clearance(patient, verdict, given["doctor"], given["checked_on"])
        return redirect("today")
    page = {"form": form, "page": verdict_page(verdict, load_bank(), get_language() or "en")}
    return render(request, "patients/clear.html", page)
