"""Read a video picture by picture, in flat memory, by presentation time.

What the container says is honoured: pictures are turned as their display matrix asks, pixels that are not
square are made square, and time is each picture's own, counted from the first one shown. Only the file
itself is read: names of other places inside it are not followed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from numpy.typing import NDArray

from ischia.recording.track import RecordingError, check_file

if TYPE_CHECKING:
    import av.container
    import av.video

VIDEO_SUFFIXES: Final = (".mp4", ".mov", ".m4v", ".3gp", ".webm", ".mkv", ".avi")
"""File name endings of the containers that are read."""

LONGEST_SIDE: Final = 960
"""Pictures are given at most this many pixels long: the pose model looks at 256 of them across a body."""

_CONTAINERS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi"
_HEADERS: Final = ((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (0, b"\x1a\x45\xdf\xa3"), (0, b"RIFF"))

_MOST_PIXELS: Final = 8192 * 8192
_SHRINK_FROM: Final = 4096 * 2304
"""Pictures of more pixels are made smaller as soon as they are decoded, so that few can wait in memory."""

_LEAST_SHARE_READ: Final = 0.9
"""A file that gives less than this share of the pictures or seconds it announces is cut off."""

_THUMBNAIL: Final = 80


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One decoded picture.

    Attributes:
        t_s: media seconds since the first picture.
        index: number of the picture, 0 for the first.
        width: as shown, pixels of the recording.
        height: as shown, pixels of the recording.
    """

    t_s: float
    index: int
    width: int
    height: int
    _frame: av.video.VideoFrame
    _turn: int

    @property
    def picture_size(self) -> tuple[int, int]:
        """Height and width of ``picture``, pixels."""
        width, height = _within(self.width, self.height, LONGEST_SIDE)
        return height, width

    @property
    def waiting_bytes(self) -> int:
        """Memory that the decoded picture takes."""
        return sum(plane.buffer_size for plane in self._frame.planes)

    def picture(self) -> NDArray[np.uint8]:
        """Return (h, w, 4) red, green, blue and a spare byte, upright, at most 960 pixels long."""
        height, width = self.picture_size
        if self._turn % 2:
            width, height = height, width
        frame = self._frame.reformat(width, height, "rgba", interpolation="BILINEAR", threads=1)
        return np.ascontiguousarray(np.rot90(frame.to_ndarray(), self._turn))

    def thumbnail(self) -> NDArray[np.int16]:
        """Return the brightness in about 80 cells along the longer side, upright.

        Each is the sum of four pixels, 0 to 1020: enough to tell whether anything moved.
        """
        light = _brightness(self._frame)
        cell = max(1, min(round(max(light.shape) / _THUMBNAIL), *light.shape))
        near, far = cell // 4, 3 * cell // 4
        rows, columns = light.shape[0] // cell * cell, light.shape[1] // cell * cell
        total = np.zeros((rows // cell, columns // cell), np.int16)
        for top in (near, far):
            for left in (near, far):
                total += light[top:rows:cell, left:columns:cell]
        return np.rot90(total, self._turn)


class Video:
    """A video file, read once from front to back. Use it in a ``with`` statement and iterate it.

    Attributes:
        path: the file.
        fps: pictures per second as the container tells, or None.
        duration_s: seconds as the container tells, or None.
        frames_expected: pictures to come as the container tells, or as rate and duration give, or None.
    """

    def __init__(self, path: Path | str) -> None:
        """Open the file.

        Raises:
            RecordingError: there is no such file, or there is no moving picture in it.
        """
        self.path = Path(path)
        check_file(self.path)
        self._container = _open(self.path)
        try:
            self._stream = self._video_stream()
            rate = self._stream.average_rate or self._stream.guessed_rate
            self.fps = float(rate) if rate else None
            self.duration_s = self._announced_duration_s()
            self.frames_expected = self._stream.frames or self._frames_by_rate()
        except BaseException:
            self._container.close()
            raise

    def __enter__(self) -> Self:
        """Return the video itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._container.close()

    def __iter__(self) -> Iterator[Shot]:
        """Yield the pictures in the order they are shown.

        Raises:
            RecordingError: at the end, where the file turns out to be cut off or to hold a single picture.
        """
        first_s: float | None = None
        last_s = -math.inf
        index = -1
        for frame in self._frames():
            t_s = self._time_s(frame, index + 1)
            first_s = t_s if first_s is None else first_s
            t_s = round(t_s - first_s, 6)
            if t_s <= last_s:
                continue
            last_s = t_s
            index += 1
            yield self._shot(frame, t_s, index)
        self._check_complete(index + 1, first_s or 0.0, last_s)

    def _frames(self) -> Iterator[av.video.VideoFrame]:
        """Yield what can be decoded; a damaged picture is passed over, as players do."""
        import av.error

        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                yield from packet.decode()
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                # The demuxer goes on behind the damage, or ends; _check_complete says which it was.
                continue

    def _time_s(self, frame: av.video.VideoFrame, index: int) -> float:
        ticks = frame.pts if frame.pts is not None else frame.dts
        if ticks is not None and frame.time_base is not None:
            return float(ticks * frame.time_base)
        if self.fps is None:
            raise RecordingError(self.path, "its pictures carry no time, and it names no frame rate.")
        return index / self.fps

    def _shot(self, frame: av.video.VideoFrame, t_s: float, index: int) -> Shot:
        turn = round(frame.rotation / 90) % 4
        width, height = frame.width, frame.height
        aspect = self._stream.sample_aspect_ratio
        if aspect and aspect != 1:
            width = max(1, round(width * aspect))
        if frame.width * frame.height > _SHRINK_FROM:
            small = _within(frame.width, frame.height, LONGEST_SIDE)
            frame = frame.reformat(*small, interpolation="BILINEAR", threads=1)
        if turn % 2:
            width, height = height, width
        return Shot(t_s, index, width, height, frame, turn)

    def _video_stream(self) -> av.video.VideoStream:
        from av.stream import Disposition

        streams = [
            stream
            for stream in self._container.streams.video
            if not Disposition.attached_pic & stream.disposition
        ]
        if not streams:
            only = "there is only sound in it" if self._container.streams.audio else "there is nothing in it"
            raise RecordingError(self.path, f"{only}, no moving picture.")
        stream = streams[0]
        pixels = stream.width * stream.height
        if pixels == 0:
            raise RecordingError(self.path, "its picture has no size; the file is damaged.")
        if pixels > _MOST_PIXELS:
            raise RecordingError(
                self.path,
                f"its picture of {stream.width} x {stream.height} pixels is too large; record smaller.",
            )
        # One thread: many recordings are read side by side, and threads keep more pictures in memory.
        stream.thread_count = 1
        return stream

    def _announced_duration_s(self) -> float | None:
        stream = self._stream
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        if "DURATION" in stream.metadata:
            return _clock_s(stream.metadata["DURATION"])
        # The container's own duration is that of its longest stream, which may be the sound.
        if self._container.duration and not self._container.streams.audio:
            return self._container.duration / 1e6
        return None

    def _frames_by_rate(self) -> int | None:
        if self.fps is None or self.duration_s is None:
            return None
        return max(1, round(self.fps * self.duration_s))

    def _check_complete(self, frames: int, first_s: float, last_s: float) -> None:
        if frames == 0:
            raise RecordingError(self.path, "not one picture in it can be read; the file is damaged.")
        if frames == 1:
            raise RecordingError(self.path, "there is a single picture in it; a movement needs a video.")
        # Announced durations count from the container's zero, before which nothing is shown.
        end_s = max(0.0, first_s) + last_s * frames / (frames - 1)
        shares = [end_s / self.duration_s] if self.duration_s else []
        shares += [frames / self._stream.frames] if self._stream.frames else []
        if shares and max(shares) < _LEAST_SHARE_READ:
            total = f" of {self.duration_s:.1f} s" if self.duration_s else ""
            raise RecordingError(
                self.path, f"the file is cut off: {end_s:.1f} s{total} can be read; copy it again."
            )


def _open(path: Path) -> av.container.InputContainer:
    import av
    import av.error
    import av.logging

    av.logging.set_level(None)
    options = {"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}
    try:
        return av.open(f"file:{path}", metadata_errors="ignore", container_options=options)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        with path.open("rb") as file:
            head = file.read(16)
        if any(head[start : start + len(mark)] == mark for start, mark in _HEADERS):
            raise RecordingError(
                path, "the file is cut off or damaged: its index is missing; copy it again."
            ) from error
        names = ", ".join(suffix[1:] for suffix in VIDEO_SUFFIXES)
        raise RecordingError(path, f"this is not a video that can be read ({names}).") from error


def _clock_s(words: str) -> float | None:
    """Return the seconds of a duration like ``00:00:03.200000000``, as Matroska writes it."""
    try:
        hours, minutes, seconds = words.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return None


def _within(width: int, height: int, longest: int) -> tuple[int, int]:
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _brightness(frame: av.video.VideoFrame) -> NDArray[np.uint8]:
    """Return the picture's brightness without a copy where its format keeps it apart, 8 bits a pixel."""
    component = frame.format.components[0]
    planar = frame.format.is_planar or len(frame.format.components) == 1
    if frame.format.is_rgb or frame.format.has_palette or not planar or component.bits != 8:
        frame = frame.reformat(format="gray", threads=1)
    plane = frame.planes[0]
    rows: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8)
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width]
