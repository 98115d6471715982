"""Where to put the camera and oneself: one advice at a time, from what a frame shows."""

from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from statistics import median
from typing import Final

from ischia.anatomy.landmarks import INDEX
from ischia.kinematics.posture import VISIBLE, Column, Landmark
from ischia.movement import MotionSpec
from ischia.movement.template import LYING_DEG, Row, Variant, camera_angle_deg, elevation_deg

STEADY_S: Final = 1.0
"""An advice is given once it has held for this long: a step past the camera is over by then. Our proposal."""

REPEAT_S: Final = 6.0
"""The same advice is spoken again after this long at the earliest, and then after twice as long each time: it
takes so long to get to the camera and back. Our proposal."""

TURNED_DEG: Final = 35.0
"""From here on it is asked to lie side on: half-way between the 20 degrees that the set-up asks for and the
50 from which on nothing is counted."""

FAR: Final = 0.09
"""A trunk shorter than this share of the picture's longer side is too far away: half a metre at 5 m with an
ordinary phone (focal length 0.9 of the picture). At 4 m the pose model found 15 of 16 rendered bodies, at 6 m
6 of 16."""

EDGE: Final = 0.01
"""A landmark beyond the picture by more than this share of it is guessed."""


class Advice(StrEnum):
    """What to do next so that the camera sees the exercise."""

    NOBODY = "nobody"
    SEVERAL = "several_people"
    STEP_BACK = "step_back"
    COME_CLOSER = "come_closer"
    SHOW_HEAD = "show_head"
    SHOW_FEET = "show_feet"
    TURN_SIDE_ON = "turn_side_on"
    LIE_DOWN = "lie_down_ready"
    TAKE_POSITION = "take_position"
    CAMERA_MOVED = "camera_moved"
    READY = "ready"


class Framing:
    """Keeps the advice of the moment, and says when to speak it."""

    def __init__(self, spec: MotionSpec, variants: Sequence[Variant]) -> None:
        """Make ready for one set."""
        self._spec, self._variants = spec, variants
        self._feet = bool({"ankle", "knee"} & set(spec.sees))
        self._widths: deque[tuple[float, float]] = deque()
        self._now: Advice | None = None
        self._since_s = 0.0
        self._spoken: dict[Advice, tuple[float, float]] = {}
        self._last: Advice | None = None
        self.shown: Advice | None = None

    def look(
        self,
        t_s: float,
        landmarks: Sequence[Landmark] | None,
        row: Row | None,
        picture: tuple[int, int],
        people: int,
    ) -> Advice | None:
        """Take a frame in; ``shown`` is then the advice of the moment.

        Args:
            t_s: media seconds.
            landmarks: 33 landmarks, or None where nobody is seen.
            row: their measures.
            picture: width and height in pixels.
            people: people in the picture.

        Returns:
            The advice to speak now; None almost always.
        """
        now = self._advice(t_s, landmarks, row, picture, people)
        if now is not self._now:
            self._now, self._since_s = now, t_s
        if t_s - self._since_s < STEADY_S:
            return None
        self.shown = now
        return now if self._is_due(now, t_s) else None

    def _is_due(self, advice: Advice, t_s: float) -> bool:
        last_s, wait_s = self._spoken.get(advice, (t_s, 0.0))
        if t_s - last_s < wait_s or advice is self._last is Advice.READY:
            return False
        self._spoken[advice] = (t_s, max(REPEAT_S, 2 * wait_s))
        self._last = advice
        return True

    def _advice(
        self,
        t_s: float,
        landmarks: Sequence[Landmark] | None,
        row: Row | None,
        picture: tuple[int, int],
        people: int,
    ) -> Advice:
        if landmarks is None or row is None:
            self._widths.clear()
            return Advice.NOBODY
        if people > 1:
            return Advice.SEVERAL
        if not (_inside(landmarks, "shoulder") and _inside(landmarks, "hip")):
            return Advice.STEP_BACK
        if not any(_in_position(variant, row) for variant in self._variants):
            lying = self._spec.position in ("supine", "prone")
            return Advice.LIE_DOWN if lying else Advice.TAKE_POSITION
        head = _inside(landmarks, "ear") or _inside(landmarks, "eye") or _inside_one(landmarks, "nose")
        feet = not self._feet or _inside(landmarks, "ankle")
        if not head:
            return Advice.SHOW_HEAD if feet else Advice.STEP_BACK
        if not feet:
            return Advice.SHOW_FEET
        if self._turned_deg(t_s, row) > TURNED_DEG:
            return Advice.TURN_SIDE_ON
        width, height = picture
        if row[Column.TRUNK_LENGTH] * height < FAR * max(width, height):
            return Advice.COME_CLOSER
        return Advice.READY

    def _turned_deg(self, t_s: float, row: Row) -> float:
        """How far from the side the camera stands, over the last second."""
        length = max(row[Column.TRUNK_LENGTH], 1e-9)
        self._widths.append((t_s, row[Column.SHOULDER_WIDTH] / length / self._variants[0].broadest))
        while t_s - self._widths[0][0] > STEADY_S:
            self._widths.popleft()
        return camera_angle_deg(self._spec.position, median(share for _, share in self._widths))


def _in_position(variant: Variant, row: Row) -> bool:
    """Whether the trunk lies, or stands, as it does in the exercise."""
    low, high = variant.elevations[0]
    return low - LYING_DEG <= elevation_deg(row[Column.TRUNK]) <= high + LYING_DEG


def _inside(landmarks: Sequence[Landmark], part: str) -> bool:
    """Whether one side at least of a part is seen within the picture."""
    return _inside_one(landmarks, f"{part}_left") or _inside_one(landmarks, f"{part}_right")


def _inside_one(landmarks: Sequence[Landmark], name: str) -> bool:
    x, y, _, visibility = landmarks[INDEX[name]]
    return visibility >= VISIBLE and -EDGE <= x <= 1 + EDGE and -EDGE <= y <= 1 + EDGE
