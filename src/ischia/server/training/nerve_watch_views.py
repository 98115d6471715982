"""The weekly nerve watch: guided self-tests of strength, one on each page, each answered before the next.

Nothing here blocks: it may be left out or left half-way, and a test that was not tried says nothing. A result
that the clinical side takes for fading strength is stored at once, and the other tests are not asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ischia.check_in import NerveWatch
from ischia.screening import load_bank
from ischia.server.accounts.identity import for_patients
from ischia.server.clock import stamp
from ischia.server.clock import today as this_day
from ischia.server.facts import facts_of
from ischia.server.middleware import is_switching
from ischia.server.patients import drafts, record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training.history_views import nerve_watches_of
from ischia.server.training.today_views import detour

Answers = dict[str, bool | int | None]


@dataclass(frozen=True, slots=True)
class _Test:
    """One page: what to do, and what is asked about which field of the nerve watch."""

    title: Promise
    lines: tuple[Promise, ...]
    asks: Mapping[str, Promise]
    counted: bool = False


_HOLD: Final = gettext_lazy("Stand facing a worktop or a heavy table, with both hands on it.")
_RAISE: Final = gettext_lazy(
    "With the knee straight, lift the heel as high as you can, lower it calmly, and count."
)
_CHAIR: Final = gettext_lazy(
    "Put a sturdy chair without wheels against a wall, beside something firm to hold on to."
)
_GET_UP: Final = gettext_lazy("Get up once with this leg alone. Keep a hand ready to hold on.")
_CAN_YOU_GET_UP: Final = gettext_lazy("Did you get up on this leg alone?")
_HOW_MANY: Final = gettext_lazy("How often did the heel come up?")

TESTS: Final = {
    "heel-walk": _Test(
        gettext_lazy("Walk on your heels"),
        (
            gettext_lazy("Walk along a worktop or a wall, with one hand on it."),
            gettext_lazy("Lift the front of both feet and take ten steps on your heels."),
            gettext_lazy("Watch whether the front of one foot drops to the floor."),
        ),
        {
            "heel_walk_left": gettext_lazy("Did the front of the left foot stay up?"),
            "heel_walk_right": gettext_lazy("Did the front of the right foot stay up?"),
        },
    ),
    "heel-raises-left": _Test(
        gettext_lazy("Heel raises on the left leg"),
        (_HOLD, gettext_lazy("Stand on the left leg and lift the right foot off the floor."), _RAISE),
        {"heel_raises_left": _HOW_MANY},
        counted=True,
    ),
    "heel-raises-right": _Test(
        gettext_lazy("Heel raises on the right leg"),
        (_HOLD, gettext_lazy("Stand on the right leg and lift the left foot off the floor."), _RAISE),
        {"heel_raises_right": _HOW_MANY},
        counted=True,
    ),
    "getting-up-left": _Test(
        gettext_lazy("Getting up on the left leg"),
        (
            _CHAIR,
            gettext_lazy(
                "Sit near the front edge, the left foot flat, the right foot a little off the floor."
            ),
            _GET_UP,
        ),
        {"sit_to_stand_left": _CAN_YOU_GET_UP},
    ),
    "getting-up-right": _Test(
        gettext_lazy("Getting up on the right leg"),
        (
            _CHAIR,
            gettext_lazy(
                "Sit near the front edge, the right foot flat, the left foot a little off the floor."
            ),
            _GET_UP,
        ),
        {"sit_to_stand_right": _CAN_YOU_GET_UP},
    ),
}
_ORDER: Final = tuple(TESTS)
_ANSWERS: Final = {"could": True, "could_not": False, "not_tried": None}


def read(sent: Mapping[str, str], test: _Test, most: int) -> Answers:
    """Read the answers to one test out of a form; what is not answered, or makes no sense, is left out."""
    answers: Answers = {}
    for name in test.asks:
        given = sent.get(name, "").strip()
        if not test.counted:
            answers |= {name: _ANSWERS[given]} if given in _ANSWERS else {}
        elif sent.get("not_tried") == "yes":
            answers |= {} if given else {name: None}
        elif given in map(str, range(most + 1)):
            answers[name] = int(given)
    return answers


def _as_sent(watch: NerveWatch, test: _Test) -> dict[str, str]:
    sent = {}
    for name in test.asks:
        value = getattr(watch, name)
        if value is not None:
            sent[name] = str(value) if test.counted else "could" if value else "could_not"
    return sent


@require_safe
@for_patients
def nerve_watch(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Say what the nerve watch is and how to be safe; where it is not due, show the last results."""
    facts = facts_of(patient)
    first = detour(facts)
    if first is not None:
        return redirect(first)
    if facts.is_nerve_watch_due(this_day()):
        return render(request, "training/nerve_watch.html", {"first_test": _ORDER[0]})
    page = {"next": facts.nerve_watch_due_from(), "nerve_watches": nerve_watches_of(patient)[:1]}
    return render(request, "training/nerve_watch_done.html", page)


@require_http_methods(["GET", "POST"])
@for_patients
def one_test(request: HttpRequest, patient: Patient, step: str) -> HttpResponse:
    """Guide through one test and ask how it went."""
    test = TESTS.get(step)
    if test is None:
        raise Http404
    most = load_bank().limits.heel_raises_ceiling.value
    sent: Mapping[str, str] = request.POST
    fault = ""
    with writing():
        facts = facts_of(patient)
        first = detour(facts)
        if first is not None:
            return redirect(first)
        if not facts.is_nerve_watch_due(this_day()):
            return redirect("nerve-watch")
        draft = drafts.load_nerve_watch(patient) or NerveWatch(id=record.new_id(), at=stamp())
        if request.method == "GET":
            sent = _as_sent(draft, test)
        elif not is_switching(request):
            answers = read(sent, test, most)
            if answers.keys() == test.asks.keys():
                watch = replace(draft, at=stamp(), **answers)  # type: ignore[arg-type]
                return _go_on(patient, watch, step)
            fault = (
                _("Enter a number from 0 to %(n)s, or tick that you did not try.") % {"n": most}
                if test.counted
                else _("Please choose an answer. “I did not try” is one, too.")
            )
    page = {
        "test": test,
        "asks": [{"name": name, "ask": ask, "value": sent.get(name, "")} for name, ask in test.asks.items()],
        "not_tried": sent.get("not_tried") == "yes",
        "most": most,
        "fault": fault,
        "step": _ORDER.index(step) + 1,
        "steps": range(1, len(_ORDER) + 1),
    }
    return render(request, "training/nerve_watch_test.html", page)


def _go_on(patient: Patient, watch: NerveWatch, step: str) -> HttpResponse:
    """Go to the next test; store after the last one, or at once where this result asks for a doctor."""
    facts = facts_of(patient)
    fading = replace(facts, nerve_watches=(*facts.nerve_watches, watch))
    is_last = step == _ORDER[-1]
    if not is_last and detour(fading) is None:
        drafts.keep(patient, drafts.NERVE_WATCH, watch)
        return redirect("nerve-watch-test", _ORDER[_ORDER.index(step) + 1])
    drafts.drop(patient, drafts.NERVE_WATCH)
    if fading.nerve_watch_due_from() == facts.nerve_watch_due_from():  # not a single test was tried
        return redirect("today")
    record.nerve_watch(patient, watch)
    return redirect("nerve-watch")
