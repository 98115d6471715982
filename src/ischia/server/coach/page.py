"""The page to try the camera coach out: without an account, and without anything being stored."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ischia.catalogue import load_catalogue
from ischia.server.coach.assets import assets
from ischia.server.training import shown


@require_safe
# A video that somebody chooses is played from this page's own memory.
@csp_update({"media-src": [SELF, "blob:"]})
def camera(request: HttpRequest) -> HttpResponse:
    """Show the page. What a camera sees is looked at in the browser and nowhere else."""
    catalogue = load_catalogue()
    texts = catalogue.texts(shown.spoken(get_language() or "en"))
    families = [
        {
            "title": texts[next(r for r in ladder.rungs if catalogue.exercises[r].article)].title,
            "exercises": [(rung, texts[rung].title) for rung in ladder.rungs],
        }
        for ladder in catalogue.ladders.values()
    ]
    data = {
        "exercises": {
            id_: {
                "hold_s": exercise.dose.start.hold_s,
                "still": reverse("figure-still", args=(id_, "hold")),
                "faults": dict(texts[id_].faults),
            }
            for id_, exercise in catalogue.exercises.items()
        },
        "words": _words(),
        "there": bool(assets()),
    }
    wish = request.GET.get("exercise", "")
    chosen = wish if wish in catalogue.exercises else "bridge"
    return render(request, "coach/camera.html", {"families": families, "data": data, "chosen": chosen})


def _words() -> dict[str, Any]:
    """Everything that the page's script says."""
    return {
        "trouble": trouble_words(),
        "framing": framing_words(),
        "phases": {
            "unseen": _("Not seen"),
            "rest": _("At rest"),
            "out": _("On the way"),
            "hold": _("Hold"),
            "back": _("Coming back"),
        },
        "reasons": {
            "nobody_seen": _("nobody was seen"),
            "person_left": _("the person left the picture"),
            "legs_not_seen": _("the legs were not seen"),
            "trunk_not_seen": _("the trunk was not seen"),
            "several_people": _("several people were seen"),
            "not_in_position": _("the body was not in the start position"),
            "wrong_exercise": _("it was another movement"),
            "not_measurable_from_this_view": _("it cannot be measured from this side"),
            "not_measurable_by_camera": _("the movement is too small for a camera"),
            "camera_moved": _("the camera moved"),
            "too_few_frames": _("there were too few pictures"),
            "only_one_side_done": _("only one side was done"),
        },
        "off": _("The camera is off."),
        "on": _("The camera is on. Nothing leaves this device."),
        "file": _("A video is being looked at in this page. Nothing leaves this device."),
        "loading": _("The coach is being loaded: {percent} %"),
        "starting": _("The camera is being opened …"),
        "slow": _("This device is slow, so a smaller model goes on."),
        "again": _("The coach runs again."),
        "too_fast": _("Slower, please."),
        "no_breath": _("Rest and breathe before you begin again."),
        "unseen": _("That one was not seen well enough to count."),
        "looking": _("Looking at the video: {percent} %"),
        "done": _("Repetitions: {count}"),
        "held": _("held {seconds} s"),
        "partly": _("not all the way"),
        "not_scored": _("Not counted from {from} s to {to} s: {reason}."),
        "nothing": _("No repetition was seen."),
        "new_set": _("The count begins anew every five minutes."),
    }


def trouble_words() -> dict[str, str]:
    """Say, for each trouble of the coach, what is the matter and what helps."""
    return {
        "denied": _(
            "The browser may not use the camera. Allow it beside this page's address, then start again."
        ),
        "no_camera": _("No camera was found on this device."),
        "in_use": _("Another program is using the camera. Close it, then start again."),
        "insecure": _(
            "Browsers open the camera only on secure pages, and this one came without https. "
            "It works on the computer that ischia runs on; for phones, ischia is started with: "
            "ischia serve --https --host 0.0.0.0"
        ),
        "unsupported": _(
            "The camera coach cannot run in this browser. It lacks: {what}. "
            "A newer browser helps, or graphics acceleration switched on in its settings."
        ),
        "model_missing": _("This server has no camera coach yet. Whoever looks after it runs: ischia assets"),
        "model_damaged": _(
            "A file of the coach came damaged. Whoever looks after this server runs: ischia assets"
        ),
        "worker_failed": _("The coach stopped. If it does not go on by itself, start it again."),
        "given_up": _("The coach stopped, and the camera is off. Start it again."),
        "camera_lost": _("The camera is gone. Plug it in or start it again."),
        "black": _("The picture is black or covered. Uncover the camera, or make more light."),
        "offline": _("The coach cannot be loaded just now. Check the network, then try again."),
        "bad_file": _("This browser cannot play this file. Try an MP4 video."),
    }


def framing_words() -> dict[str, str]:
    """Say, for each advice on where to put camera and body, what to do."""
    return {
        "nobody": _("Nobody is in the picture."),
        "several_people": _("Only one person may be in the picture."),
        "step_back": _("Move the camera back until all of you is in the picture."),
        "come_closer": _("Move the camera closer."),
        "show_head": _("Let the camera see your head."),
        "show_feet": _("Move the camera back until your feet are in the picture."),
        "turn_side_on": _("Turn so that the camera sees you from the side."),
        "lie_down_ready": _("Lie down as the exercise begins."),
        "take_position": _("Stand or kneel as the exercise begins."),
        "camera_moved": _("The camera moved. Leave it where it stands."),
        "ready": _("Good. The camera sees you."),
    }
