"""The tracker: one frame in, what can be said now out; at the end, the records.

One piece of code for a camera and for a recording. While frames come it keeps one short row of numbers for
each (:mod:`ischia.kinematics.posture`) and follows the progress with the person's range as seen so far. At
the end it goes over the rows once more, knowing the whole range, and gives the records; so a recording read
at once and a camera followed live give the same ones."""

from array import array
from collections.abc import Sequence
from typing import Final, Protocol

from ischia.kinematics.posture import Landmark, row_of
from ischia.movement.finish import finish
from ischia.movement.follow import Follower
from ischia.movement.records import Live, Summary
from ischia.movement.spec import MotionSpec
from ischia.movement.template import variants_of
from ischia.movement.whole import Stretch


class Frame(Protocol):
    """What the tracker reads of a frame; :class:`ischia.recording.LandmarkFrame` is one."""

    @property
    def t_s(self) -> float:
        """Media seconds, rising."""

    @property
    def landmarks(self) -> Sequence[Landmark] | None:
        """33 landmarks, or None where nobody was seen."""

    @property
    def width(self) -> int:
        """Picture width in pixels."""

    @property
    def height(self) -> int:
        """Picture height in pixels."""

    @property
    def people(self) -> int:
        """People in the picture."""


class Tracker:
    """Follows one exercise, frame by frame."""

    def __init__(self, spec: MotionSpec) -> None:
        """Make ready for one recording or one set."""
        self.spec: Final = spec
        self._variants = variants_of(spec)
        self._follower = Follower(spec, self._variants)
        self._t_s = array("d")
        self._rows = array("f")
        self._people = array("b")
        self._empty_s = array("d")

    def push(self, frame: Frame) -> Live:
        """Take the next frame.

        Raises:
            ValueError: it is not later than the last one.
        """
        if self._last_s is not None and frame.t_s <= self._last_s:
            raise ValueError(f"frames must come in order of time: {frame.t_s} s after {self._last_s} s")
        if frame.landmarks is None:
            self._empty_s.append(frame.t_s)
            return self._follower.nobody(frame.t_s)
        row = row_of(frame.landmarks, frame.width / frame.height)
        self._t_s.append(frame.t_s)
        self._rows.extend(row)
        self._people.append(min(frame.people, 100))
        return self._follower.follow(frame.t_s, row)

    def finish(self) -> Summary:
        """The records of everything that came. May be asked at any time, and again."""
        stretch = Stretch(self._t_s, self._rows, self._people, self._empty_s)
        return finish(self.spec, self._variants, stretch)

    @property
    def _last_s(self) -> float | None:
        last = [times[-1] for times in (self._t_s, self._empty_s) if times]
        return max(last) if last else None
