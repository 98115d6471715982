"""What the tracker says: live, and at the end. Frozen values; times are media seconds."""

from dataclasses import dataclass
from enum import StrEnum

from ischia.session import RepRecord


class Phase(StrEnum):
    """Where in a repetition somebody is."""

    UNSEEN = "unseen"
    REST = "rest"
    OUT = "out"
    HOLD = "hold"
    BACK = "back"


class Reason(StrEnum):
    """Why a stretch of a recording was not scored."""

    NOBODY = "nobody_seen"
    LEFT = "person_left"
    LEGS_HIDDEN = "legs_not_seen"
    TRUNK_HIDDEN = "trunk_not_seen"
    SEVERAL = "several_people"
    OUT_OF_POSITION = "not_in_position"
    WRONG_EXERCISE = "wrong_exercise"
    VIEW = "not_measurable_from_this_view"
    TOO_SMALL = "not_measurable_by_camera"
    CAMERA_MOVED = "camera_moved"
    TOO_FEW = "too_few_frames"
    ONE_SIDE = "only_one_side_done"


@dataclass(frozen=True, slots=True)
class Cue:
    """A fault that was seen: when, and its id in the catalogue."""

    at_s: float
    id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Unscored:
    """A stretch that was not scored, and why."""

    from_s: float
    to_s: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Left against right.

    Attributes:
        measurable: False where this view does not show both sides.
        reason: why not, or None.
        left: repetitions of the left side.
        right: repetitions of the right side.
        difference_deg: how much further the left hip turns than the right one, on average; None where
            unknown.
        confidence: 0 to 1.
    """

    measurable: bool
    reason: Reason | None = None
    left: int | None = None
    right: int | None = None
    difference_deg: float | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Live:
    """What can be said while it happens; the records of :class:`Summary` come when a set is finished.

    Attributes:
        t_s: media seconds.
        progress: 0 in this person's rest, 1 in their usual hold; None where nothing was seen.
        phase: where in a repetition.
        count: repetitions begun and reached so far.
        hold_s: seconds of the hold that is going on; 0 outside one.
        hip_deg: hip flexion as seen, 0 straight; None where unseen.
        trunk_deg: the trunk's elevation over the horizontal; None where unseen.
        scored: False where nothing can be scored now.
        reason: why not, or None.
    """

    t_s: float
    progress: float | None
    phase: Phase
    count: int
    hold_s: float
    hip_deg: float | None
    trunk_deg: float | None
    scored: bool
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about one recording or set.

    Attributes:
        exercise_id: which exercise it was tracked as.
        repetitions: in order.
        cues: in order of time.
        symmetry: left against right, or None where no repetition was seen.
        not_scored: in order of time.
        view: ``side``, ``oblique``, ``front`` or ``unknown``.
        fit: how well what was seen fits this exercise, 0 to 1.
        curve: (media seconds, progress) of every frame that was scored.
    """

    exercise_id: str
    repetitions: tuple[RepRecord, ...]
    cues: tuple[Cue, ...]
    symmetry: Symmetry | None
    not_scored: tuple[Unscored, ...]
    view: str
    fit: float
    curve: tuple[tuple[float, float], ...]

    @property
    def count(self) -> int:
        """Repetitions that reached the hold."""
        return len(self.repetitions)
