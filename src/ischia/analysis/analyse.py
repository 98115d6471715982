"""Analyse a recording, or a stream of frames, as one exercise or as the one it shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ischia.analysis.motion import motion_spec
from ischia.analysis.records import Analysis, Media
from ischia.movement import Frame, Live, Recogniser, Tracker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ischia.pose.model import PoseModel

AUTO: Final = "auto"

RECOGNISED: Final = (
    "bridge",
    "curl_up",
    "knee_to_chest",
    "press_up",
    "prone_on_elbows",
    "standing_extension",
    "superman",
)
"""Exercises told apart by ``auto``: the six of the source article and the press-up. Their easier and harder
variants differ from them by less than people differ from each other."""


class Analyser:
    """Takes frames one by one, and gives the analysis at the end."""

    def __init__(self, exercise: str = AUTO) -> None:
        """Make ready for one recording.

        Args:
            exercise: an id of the catalogue, or ``auto``.

        Raises:
            UnknownExercise: the catalogue has no such exercise.
        """
        self._tracker = (
            Recogniser([motion_spec(id_) for id_ in RECOGNISED])
            if exercise == AUTO
            else Tracker(motion_spec(exercise))
        )

    def push(self, frame: Frame) -> Live:
        """Take the next frame; return what can be said now.

        Raises:
            ValueError: it is not later than the last one.
        """
        return self._tracker.push(frame)

    def finish(self, file: str, media: Media) -> Analysis:
        """The analysis of everything that came; ``media`` gets the view that was found."""
        summary = self._tracker.finish()
        return Analysis(file, summary, replace(media, view=summary.view))


def analyse(path: Path | str, exercise: str = AUTO, *, model: PoseModel | None = None) -> Analysis:
    """Analyse one recording.

    Args:
        path: a video, or a track of landmarks (``.npz``, ``.parquet``).
        exercise: an id of the catalogue, or ``auto``.
        model: finds the landmarks in a video; ``ischia.pose.load_model()`` where none is given.

    Returns:
        Repetitions, holds, form and what was not scored, in media seconds.

    Raises:
        UnknownExercise: the catalogue has no such exercise.
        RecordingError: the recording cannot be used; its text names the file and the reason.
        ModelError: a video needs the pose model, which has not been fetched.
    """
    from ischia.recording import TRACK_SUFFIXES, RecordingError, read_track

    analyser = Analyser(exercise)
    if Path(path).suffix.lower() in TRACK_SUFFIXES:
        track = read_track(path)
        _push_all(analyser, track)
        posed = len(track) if track.measured is None else int(track.measured.sum())
        fps = track.fps or (len(track) / track.duration_s if track.duration_s else None)
        return analyser.finish(str(path), Media(track.duration_s, fps, len(track), posed))
    from ischia.pose import landmarks_of, load_model

    watch = landmarks_of(path, model or load_model())
    _push_all(analyser, watch)
    if (seen := watch.media) is None:
        raise RecordingError(path, "it was not read to its end.")
    return analyser.finish(str(path), Media(seen.duration_s, seen.fps, seen.frames, seen.frames_posed))


def _push_all(analyser: Analyser, frames: Iterable[Frame]) -> None:
    for frame in frames:
        analyser.push(frame)
