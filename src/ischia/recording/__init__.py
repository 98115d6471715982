"""Recordings as they come: video, and tracks of body landmarks."""

from ischia.recording.track import (
    LANDMARKS,
    TRACK_SUFFIXES,
    Landmark,
    LandmarkFrame,
    LandmarkTrack,
    RecordingError,
    read_track,
    track_of,
    write_track,
)

__all__ = [
    "LANDMARKS",
    "TRACK_SUFFIXES",
    "Landmark",
    "LandmarkFrame",
    "LandmarkTrack",
    "RecordingError",
    "read_track",
    "track_of",
    "write_track",
]
