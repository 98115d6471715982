"""Small recordings, made on the fly: good ones, and every kind of bad one."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

MILLISECOND = Fraction(1, 1000)
RATE = 25


def ball(width: int, height: int, share: float) -> NDArray[np.uint8]:
    """A bright square on its way from left to right over dark ground."""
    picture = np.full((height, width, 3), 40, np.uint8)
    side = max(2, min(width, height) // 4)
    left = round((width - side) * share)
    picture[height // 2 - side // 2 : height // 2 + side // 2, left : left + side] = 220
    return picture


def pictures(count: int, width: int = 96, height: int = 64) -> list[NDArray[np.uint8]]:
    return [ball(width, height, index / max(1, count - 1)) for index in range(count)]


def write_film(
    path: Path,
    frames: Sequence[NDArray[np.uint8]],
    *,
    times_ms: Sequence[int] | None = None,
    codec: str = "mpeg4",
    turn_deg: int = 0,
    options: dict[str, str] | None = None,
) -> Path:
    """Write pictures as a video, 25 a second unless their times are given."""
    height, width = frames[0].shape[:2]
    with av.open(str(path), "w", options=options or {}) as output:
        stream = output.add_stream(codec, rate=RATE)
        stream.width, stream.height, stream.pix_fmt = (
            width,
            height,
            "yuvj420p" if codec == "mjpeg" else "yuv420p",
        )
        stream.codec_context.time_base = MILLISECOND if times_ms else Fraction(1, RATE)
        if turn_deg:
            stream.set_display_rotation(turn_deg)
        for index, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts = times_ms[index] if times_ms else index
            frame.time_base = stream.codec_context.time_base
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def write_sound(path: Path) -> Path:
    """Write a second of silence without any picture."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=16000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), "fltp", "mono")
        frame.sample_rate = 16000
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def cut_off(path: Path, share: float) -> Path:
    """Keep the first part of a file only."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path
