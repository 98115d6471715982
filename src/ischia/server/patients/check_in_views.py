"""The check-in before a session: what is felt now, how the night was, and the red-flag questions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ischia.check_in import CheckIn, Comparison, Moment
from ischia.screening import QuestionSet, load_bank, questions_due
from ischia.server.accounts.identity import for_patients
from ischia.server.clock import stamp, today
from ischia.server.facts import Facts, facts_of, make_plan
from ischia.server.middleware import is_switching
from ischia.server.patients import body_map, drafts, questions, record
from ischia.server.patients.models import Patient
from ischia.server.patients.welcome_views import unfinished_step
from ischia.server.storage import writing

_STEPS = range(1, 3)
_DRAFT = drafts.BEFORE
_YES_NO = {"yes": True, "no": False}


@require_http_methods(["GET", "POST"])
@for_patients
def symptoms(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Step 1: pain now, on a map prefilled with nothing, and the comparison with before the last session."""
    facts = facts_of(patient)
    step = unfinished_step(facts)
    if step is not None:
        return redirect(step)
    draft = drafts.load(patient, _DRAFT)
    sent: Mapping[str, str] = request.POST if request.method == "POST" else _as_sent(draft)
    compared = bool(facts.records)
    fault, missing = "", False
    if request.method == "POST" and not is_switching(request):
        leg_map = body_map.read(request.POST)
        missing = "new_symptoms" not in request.POST
        if not leg_map:
            fault = _("Nothing is entered yet. Choose a place, or tick “That is all” at the end.")
        elif missing:
            fault = _("Please tell whether anything is new. It is asked below.")
        else:
            begun = draft or CheckIn(id=record.new_id(), moment=Moment.BEFORE, at=stamp())
            with writing():
                drafts.keep(
                    patient, _DRAFT, replace(begun, leg_map=leg_map, at=stamp(), **_compared(request.POST))
                )
            return redirect("check-in-questions")
    page = {
        "heading": _("How are you now?"),
        "lead": _("Only what you feel at this moment counts. What you leave out is not taken for zero."),
        "fault": fault,
        "step": 1,
        "steps": _STEPS,
        "comparisons": _comparisons(sent, compared, missing),
        **body_map.map_context(sent),
    }
    return render(request, "patients/symptoms.html", page)


def _as_sent(draft: CheckIn | None) -> dict[str, str]:
    if draft is None:
        return {}
    sent = body_map.as_sent(draft.leg_map)
    for name in ("night", "morning"):
        value = getattr(draft, name)
        sent |= {name: value.value} if value else {}
    if draft.new_symptoms is not None:
        sent["new_symptoms"] = "yes" if draft.new_symptoms else "no"
    return sent


def _compared(sent: Mapping[str, str]) -> dict[str, Any]:
    known = {one.value: one for one in Comparison}
    return {
        "night": known.get(sent.get("night", "")),
        "morning": known.get(sent.get("morning", "")),
        "new_symptoms": _YES_NO.get(sent.get("new_symptoms", "")),
    }


def _comparisons(sent: Mapping[str, str], compared: bool, missing: bool) -> list[dict[str, Any]]:
    """The questions below the map; night and morning only where there was a session to compare with."""
    better_same_worse = ((_("better"), "better"), (_("the same"), "same"), (_("worse"), "worse"))
    three = tuple((value, label) for label, value in better_same_worse)
    asked = []
    if compared:
        asked = [
            ("night", _("Compared with before the last session, last night was …"), three),
            ("morning", _("Compared with before the last session, this morning is …"), three),
        ]
    asked.append(
        (
            "new_symptoms",
            _("Is anything new since the last time: pain, numbness or weakness you did not have?"),
            (("no", _("No")), ("yes", _("Yes"))),
        )
    )
    return [
        {
            "name": name,
            "ask": ask,
            "choices": choices,
            "value": sent.get(name, ""),
            "open": missing and name == "new_symptoms",
        }
        for name, ask, choices in asked
    ]


def _asked(facts: Facts, draft: CheckIn) -> QuestionSet:
    return questions_due(
        load_bank(),
        facts.intake,
        facts.check_ins,
        draft,
        facts.clearances,
        facts.nerve_watches,
        facts.records,
    )


@require_http_methods(["GET", "POST"])
@for_patients
def questions_page(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Step 2: the red-flag questions due today. A yes opens the questions behind it; then comes the plan."""
    draft = drafts.load(patient, _DRAFT)
    if draft is None:
        return redirect("check-in")
    facts = facts_of(patient)
    draft = replace(draft, at=stamp())
    asked = _asked(facts, draft)
    sent: Mapping[str, str]
    faults = None
    if request.method == "POST":
        sent = request.POST
        answered = questions.read(sent, asked)
        if not is_switching(request):
            draft = replace(draft, answers={**draft.answers, **answered.answers})
            grown = _asked(facts, draft)
            complete = questions.read(sent, grown)
            with writing():
                if complete.is_complete:
                    record.check_in(patient, draft)
                    drafts.drop(patient, _DRAFT)
                    make_plan(patient, today())
                else:
                    drafts.keep(patient, _DRAFT, draft)
            if complete.is_complete:
                return redirect("today")
            if answered.is_complete and grown != asked:
                return redirect("check-in-questions")
            faults = answered
    else:
        sent = questions.as_sent(draft.answers, asked)
    page = {
        "heading": _("Before you exercise"),
        "lead": _("One tap for each question. They are asked every time, because they matter."),
        "step": 2,
        "steps": _STEPS,
        **questions.question_context(asked, sent, get_language() or "en", faults),
    }
    return render(request, "patients/questions.html", page)
