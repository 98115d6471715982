"""Short films of a person who does an exercise once, to be played again and again without a seam.

``tools/build_loops.py`` has them drawn once, and they stand among the server's static files: a page shows a
person with them where 3-D would be too much for the device.
"""

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any, Final

from ischia.anatomy import Camera, body_named, pose_placed
from ischia.catalogue import load_catalogue
from ischia.demonstration.body_motion import body_motion
from ischia.demonstration.synthesis import Synthetic, aim, synthesise

ONCE: Final[dict[str, Any]] = {"repetitions": 1, "still_s": 0.2, "rate_hz": 25.0}
"""One repetition from rest to rest, at the rate of a film."""
HOLD_S: Final = 2.0
"""Seconds that a loop holds."""

# From the side and a little from the feet and above: the arch of a back shows, and where the hands are.
_VIEW: Final = Camera(azimuth_deg=32.0, elevation_deg=14.0, distance_m=1.0, focal=1.2)
# Somebody leans against a worktop, which would hide the hips from there.
_BEFORE_THE_FACE: Final = replace(_VIEW, azimuth_deg=-_VIEW.azimuth_deg)
# Each family of exercises is shown by one of the four people.
_PEOPLE: Final = {
    "bridge": "f_adult",
    "curl_up": "m_adult",
    "knee_to_chest": "f_older",
    "prone_on_elbows": "m_heavy",
    "standing_extension": "m_adult",
    "superman": "f_older",
}


def loop_of(exercise_id: str) -> Synthetic:
    """The motion of an exercise's loop: its first and its last frame show the same pose.

    Raises:
        MotionError: there is no such exercise.
    """
    body = _person(exercise_id)
    made = synthesise(exercise_id, hold_s=HOLD_S, body=body, **ONCE)
    points = [pose_placed(pose, body_named(body)).landmarks() for pose in made.poses]
    exercise = load_catalogue().exercises[exercise_id]
    camera = _BEFORE_THE_FACE if "worktop" in exercise.equipment else _VIEW
    view = aim(camera, points, upright=exercise.position == "standing")
    return replace(made, camera="own", width=view.width, height=view.height, view=view)


def drawn_from(exercise_id: str) -> str:
    """Fingerprint of what an exercise's loop shows: its poses and ways, its tempo, the person, the camera.

    Raises:
        MotionError: there is no such exercise.
    """
    shown = [body_motion(exercise_id, _person(exercise_id)), asdict(loop_of(exercise_id).view), HOLD_S, ONCE]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def _person(exercise_id: str) -> str:
    ladders = load_catalogue().ladders.values()
    return next((_PEOPLE[ladder.id] for ladder in ladders if exercise_id in ladder.rungs), "f_adult")
