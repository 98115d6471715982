"""One set of one exercise before a camera: frames in, what to show and to say out; then the records."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from ischia.coaching.correcting import Corrections
from ischia.coaching.framing import Advice, Framing
from ischia.kinematics.posture import Landmark, row_of
from ischia.movement import Live, MotionSpec, Phase, Reason, Summary, Tracker
from ischia.movement.cycles import EDGE
from ischia.movement.plain import rounded, to_plain
from ischia.movement.template import is_too_small, variants_of
from ischia.movement.whole import GAP_S

SETTLE_S: Final = 0.5
"""A repetition is looked at again once the body has been back at rest for this long: a rest that was only
just reached looks cut short, and the smoothing needs 0.2 s to either side."""

LONGEST_S: Final = 1.5
"""Who comes nearly back, but not to where they began, is looked at after this long: as exercises rest."""

SHORT_S: Final = 0.4
"""A hold shorter than asked by more than this is no good one: a measured hold may err by this much."""


class PushedFrame(NamedTuple):
    """A frame as the tracker reads it."""

    t_s: float
    landmarks: Sequence[Landmark] | None
    width: int
    height: int
    people: int


class Guide:
    """Follows one set.

    While frames come, count and phase are the follower's. Each repetition is looked at once more when it is
    over, with the very code that makes the records; what that look does not confirm is said to be not seen.
    """

    def __init__(self, spec_json: str, side: str, repetitions: int, hold_s: float) -> None:
        """Make ready for one set.

        Args:
            spec_json: the exercise, as ``MotionSpec.to_json`` writes it.
            side: ``left``, ``right`` or ``both``: what was asked for. What was done is what is seen.
            repetitions: how many were asked for.
            hold_s: how long each was asked to be held; 0 for no hold.

        Raises:
            ValueError: the exercise is of another format.
        """
        self.spec: Final = MotionSpec.from_json(spec_json)
        self.side, self.repetitions, self.hold_s = side, repetitions, hold_s
        self._tracker = Tracker(self.spec)
        variants = variants_of(self.spec)
        self._too_small = is_too_small(variants)
        self._framing = Framing(self.spec, variants)
        self._corrections = Corrections(self.spec)
        self._under_way = False
        self._back_s: float | None = None
        self._home_s: float | None = None
        self._seen_s = self._looked_s = float("-inf")
        self._corrected = 0

    def push(
        self,
        t_s: float,
        landmarks: Sequence[Landmark] | None,
        width: int,
        height: int,
        people: int,
    ) -> dict[str, Any]:
        """Take the next frame; see ``docs/explanation/coaching.md`` for what comes back.

        Args:
            t_s: media seconds, later than the last.
            landmarks: 33 of x, y, z, visibility; None where nobody is seen.
            width: picture width in pixels.
            height: picture height in pixels.
            people: people in the picture.

        Raises:
            ValueError: the frame is not later than the last one.
        """
        live = self._tracker.push(PushedFrame(t_s, landmarks, width, height, people))
        row = None if landmarks is None else row_of(landmarks, width / height)
        advice = self._framing.look(t_s, landmarks, row, (width, height), people)
        say = None if self._in_movement(live) or advice is None else advice.value
        good = missed = False
        if self._is_over(live):
            good, missed, correction = self._look(live)
            say = correction or say
        return {
            "t_s": t_s,
            "progress": rounded(live.progress),
            "phase": live.phase.value,
            "count": max(0, live.count + self._corrected),
            "hold_s": rounded(live.hold_s),
            "hip_deg": rounded(live.hip_deg),
            "trunk_deg": rounded(live.trunk_deg),
            "scored": live.scored and not self._too_small,
            "reason": Reason.TOO_SMALL.value if self._too_small else live.reason and live.reason.value,
            "framing": None if self._framing.shown is None else self._framing.shown.value,
            "say": say,
            "good": good,
            "unseen_repetition": missed,
        }

    def finish(self) -> dict[str, Any]:
        """The records of the set as ``ischia analyse --json`` gives them, and the view."""
        summary = self._tracker.finish()
        return {**to_plain(summary), "view": summary.view}

    def _in_movement(self, live: Live) -> bool:
        return live.phase in (Phase.OUT, Phase.HOLD, Phase.BACK)

    def _is_over(self, live: Live) -> bool:
        """Whether a repetition came to its end with this frame: back at rest, begun anew, or out of sight."""
        if live.scored:
            self._seen_s = live.t_s
        if live.phase is Phase.UNSEEN:
            over = self._under_way and live.t_s - self._seen_s > GAP_S
        elif live.phase in (Phase.OUT, Phase.HOLD):
            over = self._back_s is not None
            self._under_way, self._back_s, self._home_s = True, None, None
            return over
        elif self._under_way and live.phase is Phase.REST:
            self._back_s = live.t_s if self._back_s is None else self._back_s
            if live.progress is not None and live.progress <= EDGE and self._home_s is None:
                self._home_s = live.t_s
            home_s = live.t_s - self._home_s if self._home_s is not None else 0.0
            over = home_s >= SETTLE_S or live.t_s - self._back_s >= LONGEST_S
        else:
            over = False
        if over:
            self._under_way, self._back_s, self._home_s = False, None, None
        return over

    def _look(self, live: Live) -> tuple[bool, bool, str | None]:
        """Look once more at what was done: whether it was good, whether it was missed, what to say."""
        summary = self._tracker.finish()
        before_s, self._looked_s = self._looked_s, live.t_s
        new = [r for r in summary.repetitions if r.end_s is not None and r.end_s > before_s]
        was = live.count + self._corrected
        self._corrected = summary.count - live.count
        if self._camera_moved(summary, before_s):
            return False, not new, Advice.CAMERA_MOVED.value
        if not new:
            return False, was > summary.count, None
        if not new[-1].complete:
            return False, False, None
        faults = {cue.id for cue in summary.cues if cue.at_s > before_s}
        held_s = new[-1].hold_s
        enough = held_s is not None and held_s >= self.hold_s - SHORT_S
        return not faults and enough, False, self._corrections.choose(live.t_s, faults)

    def _camera_moved(self, summary: Summary, since_s: float) -> bool:
        return any(part.reason is Reason.CAMERA_MOVED and part.to_s > since_s for part in summary.not_scored)
