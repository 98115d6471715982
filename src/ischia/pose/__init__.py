"""From pictures to body landmarks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ischia.pose.models import MODELS, ModelError, fetch_models, load_model

if TYPE_CHECKING:
    from ischia.pose.model import PoseModel
    from ischia.pose.watch import Watch

__all__ = ["MODELS", "ModelError", "fetch_models", "landmarks_of", "load_model"]


def landmarks_of(
    path: Path | str, model: PoseModel, *, rate_hz: float | None = None, every_frame: bool = False
) -> Watch:
    """Open a video; return the stream of its landmark frames, one for each picture.

    Args:
        path: a video file.
        model: finds the landmarks, such as ``load_model()``.
        rate_hz: take at most so many pictures a second, or None for all.
        every_frame: look at each of them, instead of seldom while nothing changes.

    Raises:
        RecordingError: the file cannot be used; some files show it only while they are read.
    """
    from ischia.pose.watch import Watch
    from ischia.recording.video import Video

    return Watch(Video(path), model, rate_hz=rate_hz, every_frame=every_frame)
