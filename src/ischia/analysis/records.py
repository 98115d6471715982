"""What an analysis says about a recording: typed, frozen, and as the JSON of the command line."""

from dataclasses import dataclass
from typing import Any

from ischia.movement import Cue, Summary, Symmetry, Unscored
from ischia.movement.plain import rounded, to_plain
from ischia.session import RepRecord


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
            **to_plain(self.summary),
            "media": {
                "duration_s": rounded(media.duration_s),
                "fps": rounded(media.fps),
                "frames": media.frames,
                "frames_posed": media.frames_posed,
                "view": media.view,
            },
        }
