"""What an analysis says about a recording: typed, frozen, and as the JSON of the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ischia.movement import Cue, Summary, Symmetry, Unscored
from ischia.session import RepRecord

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Media:
    """The recording itself.

    Attributes:
        duration_s: seconds from the first frame to the end of the last.
        fps: frames per second; None where unknown.
        frames: frames in the recording.
        frames_posed: frames in which the pose was looked for; the others were passed over.
        view: ``side``, ``oblique``, ``front`` or ``unknown``.
    """

    duration_s: float
    fps: float | None
    frames: int
    frames_posed: int
    view: str = "unknown"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One recording, analysed as one exercise. Times are media seconds.

    Attributes:
        file: the recording's name as it was given.
        summary: what the tracker found.
        media: the recording itself.
    """

    file: str
    summary: Summary
    media: Media

    @property
    def exercise(self) -> str:
        """Id of the exercise it was analysed as."""
        return self.summary.exercise_id

    @property
    def count(self) -> int:
        """Repetitions that reached the hold."""
        return self.summary.count

    @property
    def repetitions(self) -> tuple[RepRecord, ...]:
        """The repetitions, in order."""
        return self.summary.repetitions

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Faults that were seen, in order of time."""
        return self.summary.cues

    @property
    def symmetry(self) -> Symmetry | None:
        """Left against right; None without repetitions."""
        return self.summary.symmetry

    @property
    def not_scored(self) -> tuple[Unscored, ...]:
        """Stretches that were not scored, each with its reason."""
        return self.summary.not_scored

    @property
    def curve(self) -> tuple[tuple[float, float], ...]:
        """(media seconds, progress): 0 in the exercise's start pose, 1 in its hold."""
        return self.summary.curve

    def to_json(self) -> dict[str, Any]:
        """The analysis as plain JSON; null for an edge that lies outside the recording."""
        media = self.media
        return {
            "file": self.file,
            "exercise": self.exercise,
            "count": self.count,
            "repetitions": [_repetition(record) for record in self.repetitions],
            "cues": [
                {"at_s": _round(cue.at_s), "id": cue.id, "confidence": _round(cue.confidence)}
                for cue in self.cues
            ],
            "symmetry": None if self.symmetry is None else _symmetry(self.symmetry),
            "not_scored": [
                {"from_s": _round(part.from_s), "to_s": _round(part.to_s), "reason": part.reason.value}
                for part in self.not_scored
            ],
            "media": {
                "duration_s": _round(media.duration_s),
                "fps": _round(media.fps),
                "frames": media.frames,
                "frames_posed": media.frames_posed,
                "view": media.view,
            },
        }


def _repetition(record: RepRecord) -> Mapping[str, Any]:
    return {
        "start_s": _round(record.start_s),
        "hold_start_s": _round(record.hold_start_s),
        "hold_end_s": _round(record.hold_end_s),
        "end_s": _round(record.end_s),
        "hold_s": _round(record.hold_s),
        "side": record.side.value,
        "complete": record.complete,
        "confidence": _round(record.confidence),
    }


def _symmetry(symmetry: Symmetry) -> Mapping[str, Any]:
    return {
        "measurable": symmetry.measurable,
        "reason": None if symmetry.reason is None else symmetry.reason.value,
        "left": symmetry.left,
        "right": symmetry.right,
        "difference_deg": _round(symmetry.difference_deg),
        "confidence": _round(symmetry.confidence),
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
