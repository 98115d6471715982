"""Draw what was seen into the recording: skeleton, angle, phase and count."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ischia.cli.analyse_table import moment
from ischia.recording import TRACK_SUFFIXES, Landmark, LandmarkTrack

if TYPE_CHECKING:
    from ischia.analysis import Analysis
    from ischia.movement import Live

BONES: Final = (
    *((11, 12), (11, 13), (13, 15), (12, 14), (14, 16), (11, 23), (12, 24), (23, 24)),
    *((23, 25), (25, 27), (27, 29), (29, 31), (27, 31), (24, 26), (26, 28), (28, 30), (30, 32), (28, 32)),
    *((0, 11), (0, 12)),
)
"""Pairs of landmarks joined by a line."""

_LEFT: Final = (255, 160, 60)
_RIGHT: Final = (70, 190, 255)
_MIDDLE: Final = (240, 240, 240)
_DIM: Final = 0.5
_TIME_BASE: Final = Fraction(1, 90_000)
_BIT_RATE: Final = 2_500_000


def write_overlay(
    file: Path, track: LandmarkTrack, lives: Sequence[Live], analysis: Analysis, path: Path
) -> None:
    """Write the video again with what was seen drawn in; a track of landmarks is drawn on grey.

    Raises:
        OSError: it cannot be written.
    """
    import av
    import av.error

    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        with av.open(str(part), "w") as output:
            stream = None
            for index, (frame, picture) in enumerate(zip(track, _pictures(file, track), strict=True)):
                if stream is None:
                    stream = output.add_stream("h264", rate=_rate(analysis))
                    stream.height, stream.width = picture.shape[0] & ~1, picture.shape[1] & ~1
                    stream.pix_fmt = "yuv420p"
                    stream.bit_rate = _BIT_RATE
                    stream.codec_context.time_base = _TIME_BASE
                drawn = _drawn(picture, frame.landmarks, lives[index], analysis)
                image = av.VideoFrame.from_ndarray(drawn[: stream.height, : stream.width], "rgb24")
                image.pts, image.time_base = round(frame.t_s / _TIME_BASE), _TIME_BASE
                output.mux(stream.encode(image))
            if stream is not None:
                output.mux(stream.encode(None))
        part.replace(path)
    except av.error.FFmpegError as error:
        raise OSError(f"{path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _rate(analysis: Analysis) -> Fraction:
    return Fraction(max(1.0, analysis.media.fps or 25.0)).limit_denominator(1001)


def _pictures(file: Path, track: LandmarkTrack) -> Iterator[NDArray[np.uint8]]:
    """Yield (h, w, 3) pictures for the frames of a track, read again from the recording."""
    if file.suffix.lower() in TRACK_SUFFIXES:
        height, width = _drawable(track.height, track.width)
        for _ in range(len(track)):
            yield np.full((height, width, 3), 48, np.uint8)
        return
    from ischia.recording.video import Video

    wanted = iter(track.t_s.tolist())
    next_s = next(wanted, None)
    with Video(file) as video:
        for shot in video:
            if next_s is not None and shot.t_s == next_s:
                yield shot.picture()[:, :, :3]
                next_s = next(wanted, None)


def _drawable(height: int, width: int) -> tuple[int, int]:
    """Return a size between 320 and 960 pixels long for a track that has no picture."""
    scale = min(max(1.0, 320 / max(height, width)), 960 / max(height, width))
    return max(2, round(height * scale)), max(2, round(width * scale))


def _drawn(
    picture: NDArray[np.uint8], landmarks: Sequence[Landmark] | None, live: Live, analysis: Analysis
) -> NDArray[np.uint8]:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image, "RGBA")
    unit = max(1, round(max(image.size) / 320))
    if landmarks is not None:
        _draw_skeleton(draw, landmarks, image.size, unit)
    _, phase, count = moment(analysis, live.t_s)
    progress = live.progress
    words = [f"{analysis.exercise}  {count}", phase if live.scored else "not scored"]
    words += [f"hip {_signed(live.hip_deg):.0f}°"] if live.hip_deg is not None else []
    words += [f"trunk {_signed(live.trunk_deg):.0f}°"] if live.trunk_deg is not None else []
    words.append(f"{live.t_s:.1f} s")
    font = ImageFont.load_default(8 * unit)
    text = "   ".join(words)
    right, bottom = draw.textbbox((3 * unit, 2 * unit), text, font)[2:]
    draw.rectangle((0, 0, right + 3 * unit, bottom + 3 * unit), fill=(0, 0, 0, 170))
    draw.text((3 * unit, 2 * unit), text, (255, 255, 255), font)
    if progress is not None:
        width = max(0.0, min(1.0, progress)) * image.width
        draw.rectangle((0, image.height - 3 * unit, width, image.height), fill=(90, 220, 120, 220))
    return np.asarray(image)


def _signed(angle_deg: float) -> float:
    """Return the same angle between -180 and 180 degrees."""
    return math.remainder(angle_deg, 360)


def _draw_skeleton(draw, landmarks: Sequence[Landmark], size: tuple[int, int], unit: int) -> None:  # type: ignore[no-untyped-def]
    width, height = size
    for one, other in BONES:
        (x0, y0, _, seen0), (x1, y1, _, seen1) = landmarks[one], landmarks[other]
        colour = _MIDDLE if (one + other) % 2 or one == 0 else _LEFT if one % 2 else _RIGHT
        # What the model only guesses is drawn faintly.
        alpha = 255 if min(seen0, seen1) >= _DIM else 80
        draw.line((x0 * width, y0 * height, x1 * width, y1 * height), (*colour, alpha), unit)
    for point in {index for bone in BONES for index in bone}:
        x, y = landmarks[point][0] * width, landmarks[point][1] * height
        draw.ellipse((x - unit, y - unit, x + unit, y + unit), (255, 255, 255, 220))
