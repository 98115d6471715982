"""The first visit: what ischia is, symptoms, the full red-flag questions, conditions, goals, time of day."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ischia.check_in import CheckIn, Intake, Moment
from ischia.screening import QuestionSet, Tier, load_bank, questions_due, screen
from ischia.server import runtime
from ischia.server.accounts.identity import enter, for_patients, patient_of, person_of_this_computer
from ischia.server.clock import stamp
from ischia.server.facts import Facts, facts_of
from ischia.server.middleware import is_switching
from ischia.server.patients import about, body_map, drafts, questions, record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing

_STEPS = range(1, 4)
_DRAFT = drafts.FIRST_VISIT


def unfinished_step(facts: Facts) -> str | None:
    """Return the page of the first visit that comes next, or None where it is complete."""
    if facts.intake is None:
        return "welcome"
    return None if about.is_complete(facts.intake) else "welcome-about-you"


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Say what ischia is and is not; on a computer used alone, let the person in."""
    patient = patient_of(request)
    accounts = runtime.current().accounts
    if accounts and patient is None:
        return redirect("log-in")
    known = None if accounts or patient else person_of_this_computer()
    if request.method == "POST" and not accounts and not is_switching(request):
        with writing():
            if patient is None:
                patient = known or Patient.objects.create(language=get_language() or "en")
                enter(request, patient)
                request.session.save()
        if known is not None:
            return redirect("home")
    if patient is not None:
        step = unfinished_step(facts_of(patient))
        if step is None:
            return redirect("today")
        if request.method == "POST" and not is_switching(request):
            return redirect("welcome-symptoms" if step == "welcome" else step)
    return render(request, "patients/welcome.html", {"known": known})


@require_http_methods(["GET", "POST"])
@for_patients
def symptoms(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Step 1: where it hurts."""
    draft = drafts.load(patient, _DRAFT)
    sent = request.POST if request.method == "POST" else body_map.as_sent(draft.leg_map if draft else {})
    fault = ""
    if request.method == "POST" and not is_switching(request):
        leg_map = body_map.read(request.POST)
        if leg_map:
            begun = draft or CheckIn(id=record.new_id(), moment=Moment.FIRST_VISIT, at=stamp())
            with writing():
                drafts.keep(patient, _DRAFT, replace(begun, leg_map=leg_map, at=stamp()))
            return redirect("welcome-questions")
        fault = _("Nothing is entered yet. Choose a place, or tick “That is all” at the end.")
    page = {
        "heading": _("Where do you feel it?"),
        "lead": _("Pain from the back down the leg is told best on a picture. Take your time."),
        "fault": fault,
        "step": 1,
        "steps": _STEPS,
        **body_map.map_context(sent),
    }
    return render(request, "patients/symptoms.html", page)


def _asked(draft: CheckIn) -> QuestionSet:
    return questions_due(load_bank(), None, (), draft)


@require_http_methods(["GET", "POST"])
@for_patients
def questions_page(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Step 2: every red-flag question. An alarming answer ends the visit here, with what to do now."""
    draft = drafts.load(patient, _DRAFT)
    if draft is None:
        return redirect("welcome-symptoms")
    asked = _asked(draft)
    faults = None
    sent: QueryDict | dict[str, str]
    if request.method == "POST":
        sent = request.POST
        answered = questions.read(sent, asked)
        if not is_switching(request):
            draft = replace(draft, answers=answered.answers)
            alarming = _is_alarming(draft)
            with writing():
                drafts.keep(patient, _DRAFT, draft)
                if alarming:
                    record.first_visit(patient, Intake(check_in=replace(draft, at=stamp())))
                    drafts.drop(patient, _DRAFT)
            if alarming:
                return redirect("stop")
            if answered.is_complete:
                return redirect("welcome-about-you")
            faults = answered
    else:
        sent = questions.as_sent(draft.answers, asked)
    page = {
        "heading": _("Signs that need a doctor first"),
        "lead": _("A few signs mean that a doctor has to look before any exercise. Please read every line."),
        "step": 2,
        "steps": _STEPS,
        **questions.question_context(asked, sent, get_language() or "en", faults),
    }
    return render(request, "patients/questions.html", page)


def _is_alarming(draft: CheckIn) -> bool:
    verdict = screen(load_bank(), Intake(check_in=draft))
    return any(flag.tier in (Tier.EMERGENCY, Tier.SAME_DAY) for flag in verdict.flags)


@require_http_methods(["GET", "POST"])
@for_patients
def about_you(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Step 3: conditions, goals and time of day. Also how they are changed later."""
    intake = facts_of(patient).intake
    draft = drafts.load(patient, _DRAFT) if intake is None else intake.check_in
    if draft is None:
        return redirect("welcome-symptoms")
    if (
        intake is None
        and not questions.read(questions.as_sent(draft.answers, _asked(draft)), _asked(draft)).is_complete
    ):
        return redirect("welcome-questions")
    language = get_language() or "en"
    form = about.AboutForm(
        language, request.POST if request.method == "POST" else about.as_sent(intake, patient)
    )
    form.show_faults = request.method == "POST" and not is_switching(request)
    if form.show_faults and form.is_valid():
        with writing():
            at = draft.at if intake is not None else stamp()
            record.first_visit(patient, form.intake(replace(draft, at=at)))
            drafts.drop(patient, _DRAFT)
            patient.name = form.cleaned_data["name"]
            patient.language = language
            patient.save(update_fields=["name", "language"])
        return redirect("home")
    page = {"form": form, "step": 3 if intake is None else None, "steps": _STEPS}
    return render(request, "patients/about_you.html", page)
