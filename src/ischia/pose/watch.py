"""Follow a person through a video, looking seldom while nothing changes.

Finding landmarks is about nine tenths of the work, so not every picture is looked at. The video is taken in
stretches of a few tenths of a second. The picture at the end of a stretch is looked at; where the body did
not move and no picture between them differs, those between are passed over. Otherwise the picture in the
middle is looked at too, and both halves are treated alike until a look finds the body where a straight line
between its neighbours says. So looks crowd around the starts and ends of movements, down to single pictures,
and a passed picture gets the landmarks on the line between two looks.

Every threshold is a share of the region a body fills (about 4.5 trunk lengths), so that it means the same at
any distance and picture size. They were set on the recordings of ``benchmarks/speed``: the largest with which
repetitions and holds are those of looking at every picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ischia.pose.model import PoseModel, Region, Sighting
from ischia.recording.track import Landmark, LandmarkFrame
from ischia.recording.video import Shot, Video

STRETCH_S: Final = 0.4
"""Seconds between two looks while the body moves."""

QUIET_STRETCH_S: Final = 0.5
"""Seconds between two looks while neither body nor picture changes. Each look errs a little; a longer stretch
spreads one look's error over so much of a hold that its end is missed."""

SEARCH_S: Final = 3.0
"""Seconds between two searches of the whole picture for other people."""

STILL: Final = 0.015
"""A body that moved less than this share of its region did not move."""

ON_LINE: Final = 0.02
"""A body nearer than this to the line between its neighbours moves evenly."""

FAR: Final = 0.2
"""A body that moved more than this within a stretch is looked at in its quarters too: a smooth start and stop
leaves the line by up to a tenth of the way there, though it meets it in the middle."""

CHANGED: Final = 40
"""A cell of the thumbnail (0 to 1020) that changed by more shows something else; 10 of 255 grey levels are
more than the noise of a camera or of compression."""

CHANGED_CELLS: Final = 2
"""So many changed cells near the body, of about 80 along the longer side, are a change."""

CUT: Final = 120
"""A mean change of all cells by more than this from one picture to the next is a cut to another scene."""

_WAITING_BYTES: Final = 100_000_000
_KEY_POINTS: Final = (0, 11, 12, 13, 14, 23, 24, 25, 26, 27, 28)
_LEAST_VISIBILITY: Final = 0.5
_MARGIN: Final = 0.15


@dataclass(frozen=True, slots=True)
class Media:
    """What a recording turned out to be, once it was read to its end.

    Attributes:
        duration_s: seconds from the first picture to the end of the last.
        fps: pictures per second, on average.
        frames: pictures decoded.
        frames_posed: pictures looked at for landmarks.
        width: as shown, pixels.
        height: as shown, pixels.
        people: most people found in one picture.
    """

    duration_s: float
    fps: float
    frames: int
    frames_posed: int
    width: int
    height: int
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    shot: Shot
    thumbnail: NDArray[np.int16]
    sighting: Sighting | None
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    shot: Shot
    thumbnail: NDArray[np.int16]


class Watch:
    """A video as a stream of landmark frames, one for each picture, oldest first. Iterate it once.

    Attributes:
        media: what the recording turned out to be; None until the last frame was given.
    """

    def __init__(
        self, video: Video, model: PoseModel, *, rate_hz: float | None = None, every_frame: bool = False
    ) -> None:
        """Watch a video.

        Args:
            video: an open video.
            model: finds the landmarks.
            rate_hz: take at most so many pictures a second of the video, or None for all.
            every_frame: look at each of them.
        """
        self.media: Media | None = None
        self._video = video
        self._model = model
        self._rate_hz = rate_hz
        self._every_frame = every_frame
        self._posed = 0
        self._searched_s = -math.inf
        self._people = 0

    def __iter__(self) -> Iterator[LandmarkFrame]:
        """Yield a frame for each picture, and close the video at the end.

        Raises:
            RecordingError: the video is cut off, or holds a single picture.
        """
        with self._video:
            yield from self._frames()

    def _frames(self) -> Iterator[LandmarkFrame]:
        last: Shot | None = None
        first: Shot | None = None
        frames = most = 0
        slot = -1
        left: _Look | None = None
        waiting: list[_Waiting] = []
        for shot in self._video:
            frames = shot.index + 1
            last = shot
            first = first or shot
            if self._rate_hz is not None:
                # The first picture in each of the slots that the rate divides time into.
                if (now_slot := math.floor(shot.t_s * self._rate_hz + 1e-6)) <= slot:
                    continue
                slot = now_slot
            now = _Waiting(shot, shot.thumbnail())
            if left is None:
                left = self._look(now, None)
            elif _is_cut((waiting[-1] if waiting else left).thumbnail, now.thumbnail):
                if waiting:
                    yield from self._up_to(left, waiting)
                self._searched_s = -math.inf
                left = self._look(now, None)
            elif self._is_over(left, now, waiting):
                right = self._look(now, left)
                yield from self._between(left, waiting, right)
                left = right
            else:
                waiting.append(now)
                continue
            waiting = []
            most = max(most, left.people)
            yield _frame(left)
        if left is not None and waiting:
            yield from self._up_to(left, waiting)
        if first is not None and last is not None:
            duration_s = last.t_s * frames / max(1, frames - 1)
            fps = frames / duration_s if duration_s else 0.0
            self.media = Media(
                round(duration_s, 6), round(fps, 3), frames, self._posed, first.width, first.height, most
            )

    def _is_over(self, left: _Look, now: _Waiting, waiting: list[_Waiting]) -> bool:
        """Say whether the stretch ends with this picture."""
        span_s = now.shot.t_s - left.shot.t_s
        if self._every_frame or span_s >= QUIET_STRETCH_S:
            return True
        if (len(waiting) + 1) * now.shot.waiting_bytes > _WAITING_BYTES:
            return True
        return span_s >= STRETCH_S and not _is_alike(left.thumbnail, now.thumbnail, left.sighting)

    def _look(self, now: _Waiting, near: _Look | None, region: Region | None = None) -> _Look:
        """Look at a picture: where the body last was, else everywhere; from time to time for others too."""
        picture = now.shot.picture()
        self._posed += 1
        region = region or (near.sighting.region if near and near.sighting else None)
        sighting = self._model.follow(picture, region) if region else None
        if sighting is None or now.shot.t_s - self._searched_s >= SEARCH_S:
            self._searched_s = now.shot.t_s
            found = self._model.find(picture)
            self._people = max(len(found), int(sighting is not None))
            if sighting is None:
                sighting = max(found, key=lambda person: person.region.size, default=None)
        people = max(self._people, 1) if sighting else 0
        return _Look(now.shot, now.thumbnail, sighting, people)

    def _up_to(self, left: _Look, waiting: list[_Waiting]) -> Iterator[LandmarkFrame]:
        """Yield the frames after a look, up to and with the last picture that waits."""
        right = self._look(waiting[-1], left)
        yield from self._between(left, waiting[:-1], right)
        yield _frame(right)

    def _between(
        self, left: _Look, waiting: list[_Waiting], right: _Look, even: bool = False
    ) -> Iterator[LandmarkFrame]:
        """Yield the frames of the pictures between two looks, looking at as many more as it takes."""
        if not waiting:
            return
        if left.sighting is None and right.sighting is None:
            yield from (_nobody(each) for each in waiting)
            return
        middle = len(waiting) // 2
        if left.sighting is not None and right.sighting is not None:
            moved = _distance(left.sighting.landmarks, right.sighting.landmarks, left)
            if not even and moved <= STILL:
                changes = [_changed_cells(left.thumbnail, each.thumbnail, left.sighting) for each in waiting]
                even = max(changes) < CHANGED_CELLS
                # Something came and went between two like pictures: look where it shows most.
                middle = int(np.argmax(changes))
            if even:
                yield from (_on_line(left, each, right) for each in waiting)
                return
        look = self._look(waiting[middle], left, _region_between(left, waiting[middle], right))
        even = False
        if left.sighting is not None and right.sighting is not None and look.sighting is not None:
            line = _landmarks_between(left, look.shot.t_s, right)
            even = moved <= FAR and _distance(look.sighting.landmarks, line, look) <= ON_LINE
        yield from self._between(left, waiting[:middle], look, even)
        yield _frame(look)
        yield from self._between(look, waiting[middle + 1 :], right, even)


def _frame(look: _Look) -> LandmarkFrame:
    landmarks = None if look.sighting is None else _points(look.sighting.landmarks)
    return LandmarkFrame(look.shot.t_s, landmarks, look.shot.width, look.shot.height, look.people)


def _nobody(waiting: _Waiting) -> LandmarkFrame:
    return LandmarkFrame(waiting.shot.t_s, None, waiting.shot.width, waiting.shot.height, 0, measured=False)


def _on_line(left: _Look, waiting: _Waiting, right: _Look) -> LandmarkFrame:
    shot = waiting.shot
    points = _points(_landmarks_between(left, shot.t_s, right))
    people = max(left.people, right.people)
    return LandmarkFrame(shot.t_s, points, shot.width, shot.height, people, measured=False)


def _points(landmarks: NDArray[np.float32]) -> tuple[Landmark, ...]:
    return tuple(map(tuple, landmarks.tolist()))


def _landmarks_between(left: _Look, t_s: float, right: _Look) -> NDArray[np.float32]:
    if left.sighting is None or right.sighting is None:
        raise ValueError("a line needs a body at both of its ends")
    share = np.float32((t_s - left.shot.t_s) / (right.shot.t_s - left.shot.t_s))
    start = left.sighting.landmarks
    return start + (right.sighting.landmarks - start) * share


def _region_between(left: _Look, waiting: _Waiting, right: _Look) -> Region | None:
    """Return where to look for a body seen on both sides, or on one."""
    if left.sighting is None or right.sighting is None:
        known = left.sighting or right.sighting
        return known.region if known else None
    one, other = left.sighting.region, right.sighting.region
    share = (waiting.shot.t_s - left.shot.t_s) / (right.shot.t_s - left.shot.t_s)
    turn_rad = math.remainder(other.turn_rad - one.turn_rad, math.tau)
    return Region(
        one.x + (other.x - one.x) * share,
        one.y + (other.y - one.y) * share,
        one.size + (other.size - one.size) * share,
        one.turn_rad + turn_rad * share,
    )


def _distance(one: NDArray[np.float32], other: NDArray[np.float32], look: _Look) -> float:
    """Return how far the points lie apart, root mean square, as a share of the body's region.

    Points that neither sees well say nothing: the model invents them.
    """
    if look.sighting is None:
        raise ValueError("a distance needs a body")
    height, width = look.shot.picture_size
    keys = list(_KEY_POINTS)
    seen = np.minimum(one[keys, 3], other[keys, 3]) >= _LEAST_VISIBILITY
    if not seen.any():
        return math.inf
    apart = (one[keys, :2] - other[keys, :2])[seen] * (width, height)
    return math.sqrt(float((apart**2).sum(axis=1).mean())) / look.sighting.region.size


def _is_alike(one: NDArray[np.int16], other: NDArray[np.int16], sighting: Sighting | None) -> bool:
    """Say whether two thumbnails show the same around a body, or everywhere where there is none."""
    return _changed_cells(one, other, sighting) < CHANGED_CELLS


def _changed_cells(one: NDArray[np.int16], other: NDArray[np.int16], sighting: Sighting | None) -> int:
    """Return how many cells differ around a body, or everywhere where there is none."""
    if one.shape != other.shape:
        return one.size
    if sighting is not None:
        rows, columns = one.shape
        xy = sighting.landmarks[:, :2]
        (left, top), (right, bottom) = xy.min(axis=0) - _MARGIN, xy.max(axis=0) + _MARGIN
        area = (
            slice(max(0, int(top * rows)), max(1, math.ceil(bottom * rows))),
            slice(max(0, int(left * columns)), max(1, math.ceil(right * columns))),
        )
        one, other = one[area], other[area]
    return int(np.count_nonzero(np.abs(one - other) > CHANGED))


def _is_cut(one: NDArray[np.int16], other: NDArray[np.int16]) -> bool:
    return one.shape != other.shape or float(np.abs(one - other).mean()) > CUT
