"""The drawing of a movement that a patient chose to keep with a set: its form, and what it must be.

Under gzip, little-endian: ``ITK1``, picture width and height, the number n of frames (uint32 each); n times
in media seconds (float64); n counts of people (uint8); n times 33 points with x, y, z, visibility (int16, in
steps of 1/8192; -32768 where nobody was seen). A picture never is in it.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from base64 import b64encode
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from ischia.recording import LANDMARKS, LandmarkTrack, write_track
from ischia.server.patients.models import Patient
from ischia.server.training.models import Event, MovementTrack, Session
from ischia.server.training.recording import NonsenseError, Outcome

FORMAT: Final = "ischia-movement-1"
MAGIC: Final = b"ITK1"
STEPS: Final = 8192
NOBODY: Final = -32768

MOST_BYTES: Final = 2 * 1024 * 1024
"""What one drawing may weigh as it is sent."""

MOST_FRAMES: Final = 12_000
"""A set of six minutes at 30 pictures a second has no more."""

MOST_SIDE: Final = 10_000
MOST_KEPT: Final = 100
"""So many drawings are kept of one patient; a further one takes the oldest one's place."""

_HEAD: Final = struct.Struct("<4s3I")
_POINTS: Final = 4 * LANDMARKS
_FRAME: Final = 8 + 1 + 2 * _POINTS
_MOST_RAW: Final = _HEAD.size + MOST_FRAMES * _FRAME


class NotWantedError(ValueError):
    """A drawing that nobody asked for; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as it was sent, read.

    Attributes:
        width: of the picture that was looked at, in pixels.
        height: likewise.
        t_s: n media seconds, rising.
        people: n counts.
        points: n * 33 * 4 numbers in steps of 1/8192.
    """

    width: int
    height: int
    t_s: array[float]
    people: bytes
    points: array[int]


def read(packed: bytes) -> Drawing:
    """Read a drawing.

    Raises:
        NonsenseError: it is none, or its times do not rise.
    """
    unpacking = zlib.decompressobj(wbits=31)
    try:
        raw = unpacking.decompress(packed, _MOST_RAW + 1)
    except zlib.error:
        raise NonsenseError("This is no drawing of a movement, or it was damaged on its way.") from None
    if len(raw) < _HEAD.size or not unpacking.eof or unpacking.unused_data:
        raise NonsenseError(f"A drawing is whole, and has at most {MOST_FRAMES} pictures.")
    magic, width, height, n = _HEAD.unpack_from(raw)
    if magic != MAGIC or not 1 <= n <= MOST_FRAMES or len(raw) != _HEAD.size + n * _FRAME:
        raise NonsenseError("This is no drawing of a movement, or it was damaged on its way.")
    if not (1 <= width <= MOST_SIDE and 1 <= height <= MOST_SIDE):
        raise NonsenseError(f"A picture is 1 to {MOST_SIDE} pixels wide and high.")
    times, people = _HEAD.size + 8 * n, _HEAD.size + 9 * n
    t_s = _array("d", raw[_HEAD.size : times])
    if not all(map(isfinite, t_s)) or t_s[0] < 0 or any(later <= t for t, later in pairwise(t_s)):
        raise NonsenseError("The times of a drawing do not rise.")
    return Drawing(width, height, t_s, raw[times:people], _array("h", raw[people:]))


def _array(kind: str, raw: bytes) -> Any:
    values = array(kind, raw)
    if struct.pack("=h", 1) != struct.pack("<h", 1):  # it is little-endian on every computer
        values.byteswap()
    return values


def keep(session: Session, event_id: UUID, packed: bytes) -> Outcome:
    """Keep the drawing of a set, if its patient chose so. Call inside ``writing``.

    Raises:
        NonsenseError: it is no drawing.
        NotWantedError: the patient has not chosen it, or no camera counted this set.
        Event.DoesNotExist: there is no such set in this session.
    """
    if not session.patient.keeps_movement:
        raise NotWantedError("You have not chosen to keep a drawing of your movement.")
    event = session.events.get(id=event_id)
    if not _by_camera(event):
        raise NotWantedError("Only of a set that a camera counted is a drawing kept.")
    drawing = read(packed)
    known = MovementTrack.objects.filter(event=event).first()
    if known is not None:
        return Outcome.KNOWN if bytes(known.body) == packed else Outcome.CONFLICT
    MovementTrack.objects.create(
        event=event, frames=len(drawing.t_s), seconds=drawing.t_s[-1] - drawing.t_s[0], body=packed
    )
    surplus = tracks_of(session.patient).order_by("-received_at").values_list("pk", flat=True)[MOST_KEPT:]
    MovementTrack.objects.filter(pk__in=list(surplus)).delete()
    return Outcome.ADDED


def is_wanted(session: Session, event_id: UUID) -> bool:
    """Whether the browser may send a drawing of this set now."""
    event = session.events.filter(id=event_id, track=None).first() if session.patient.keeps_movement else None
    return event is not None and _by_camera(event)


def _by_camera(event: Event) -> bool:
    return event.kind == "set" and event.body.get("measured_by") == "camera"


def tracks_of(patient: Patient) -> Any:
    """Return every drawing of a patient."""
    return MovementTrack.objects.filter(event__session__patient=patient)


def exported(patient: Patient) -> list[dict[str, Any]]:
    """Return every drawing with its bytes as base64, as part of what a patient takes along."""
    return [
        {
            "event_id": str(track.event.id),
            "format": FORMAT,
            "frames": track.frames,
            "seconds": track.seconds,
            "gzip_base64": b64encode(bytes(track.body)).decode(),
        }
        for track in tracks_of(patient).select_related("event").order_by("received_at")
    ]


def landmarks_of(track: MovementTrack) -> LandmarkTrack:
    """Return a drawing as a track of landmarks."""
    import numpy as np

    drawing = read(bytes(track.body))
    steps = np.asarray(drawing.points, np.int16).reshape(-1, LANDMARKS, 4)
    image = (steps / STEPS).astype(np.float32)
    image[steps[:, 0, 0] == NOBODY] = np.nan
    people = np.frombuffer(drawing.people, np.uint8).astype(np.int64)
    times = np.frombuffer(drawing.t_s.tobytes(), np.float64)
    return LandmarkTrack(times, image, drawing.width, drawing.height, people=people)


def npz(track: MovementTrack) -> bytes:
    """Return a drawing as the ``.npz`` that ``ischia analyse`` reads."""
    landmarks = landmarks_of(track)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "movement.npz"
        write_track(landmarks, path)
        return path.read_bytes()
