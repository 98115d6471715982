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
from ischia.movement.records import Live, Phase, Reason, Summary
from ischia.movement.spec import MotionSpec
from ischia.movement.template import Row, variants_of
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


class _Keeper:
    """Keeps the rows of the frames: 168 bytes each, 18 MB for an hour at 30 frames a second."""

    def __init__(self) -> None:
        self._last_s = float("-inf")
        self._kept = Stretch(array("d"), array("f"), array("b"), array("d"))

    def keep(self, frame: Frame) -> Row | None:
        """Keep a frame; return its row, or None where nobody was seen.

        Raises:
            ValueError: it is not later than the last one.
        """
        if not frame.t_s > self._last_s:
            raise ValueError(f"frames must come in order of time: {frame.t_s} s after {self._last_s} s")
        self._last_s = frame.t_s
        kept = self._kept
        if frame.landmarks is None:
            kept.empty_s.append(frame.t_s)
            return None
        row = row_of(frame.landmarks, frame.width / frame.height)
        kept.t_s.append(frame.t_s)
        kept.rows.extend(row)
        kept.people.append(min(frame.people, 100))
        return row


class Tracker(_Keeper):
    """Follows one exercise, frame by frame."""

    def __init__(self, spec: MotionSpec) -> None:
        """Make ready for one recording or one set."""
        super().__init__()
        self.spec: Final = spec
        self._variants = variants_of(spec)
        self._follower = Follower(spec, self._variants)

    def push(self, frame: Frame) -> Live:
        """Take the next frame.

        Raises:
            ValueError: it is not later than the last one.
        """
        row = self.keep(frame)
        return self._follower.nobody(frame.t_s) if row is None else self._follower.follow(frame.t_s, row)

    def finish(self) -> Summary:
        """The records of everything that came. May be asked at any time, and again."""
        return finish(self.spec, self._variants, self._kept)


class Recogniser(_Keeper):
    """Finds out which of several exercises is done; it says so at the end."""

    def __init__(self, specs: Sequence[MotionSpec]) -> None:
        """Make ready for one recording.

        Raises:
            ValueError: there is nothing to choose from.
        """
        super().__init__()
        if not specs:
            raise ValueError("there is no exercise to choose from")
        self._candidates = [(spec, variants_of(spec)) for spec in specs]

    def push(self, frame: Frame) -> Live:
        """Take the next frame. Nothing can be said yet but whether somebody was seen.

        Raises:
            ValueError: it is not later than the last one.
        """
        seen = self.keep(frame) is not None
        phase = Phase.REST if seen else Phase.UNSEEN
        return Live(frame.t_s, None, phase, 0, 0.0, None, None, seen, None if seen else Reason.NOBODY)

    def finish(self) -> Summary:
        """The records of the exercise that fits best; the first one's where none fits."""
        return max((finish(spec, variants, self._kept) for spec, variants in self._candidates), key=_fit)


def _fit(summary: Summary) -> float:
    return summary.fit
