"""Cut a turned square out of a picture."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ischia.pose.model import Picture, Region

_EVEN: Final = np.uint32(0x00FF00FF)
_BYTE: Final = np.uint32(0xFF)
_8: Final = np.uint32(8)


def matrix(region: Region, size: int) -> NDArray[np.float64]:
    """Return the (2, 3) map from a cutting's pixels, 0 to ``size``, to the picture's pixels."""
    cos, sin = math.cos(region.turn_rad), math.sin(region.turn_rad)
    step, half = region.size / size, region.size / 2
    return np.array(
        [
            [cos * step, -sin * step, region.x - (cos - sin) * half],
            [sin * step, cos * step, region.y - (sin + cos) * half],
        ]
    )


def cut(picture: Picture, region: Region, size: int) -> NDArray[np.float32]:
    """Return the region as (1, size, size, 3) red, green, blue from 0 to 1.

    Between pixels it is bilinear, in steps of 1/256; beyond the picture's edge the edge goes on.
    Red and blue are weighted together in one 32-bit word, which is why the picture has four bytes a pixel.
    """
    height, width = picture.shape[:2]
    pixels = np.ascontiguousarray(picture).view(np.uint32).reshape(-1)
    a, b, c, d, e, f = (matrix(region, size) * 256).astype(np.float32).reshape(-1)
    across, down = _grid(size)
    # Pixel centres lie at .5 in both; positions are in 1/256 of a pixel.
    x = across * a + (down * b + (c - np.float32(128)))
    y = across * d + (down * e + (f - np.float32(128)))
    x_256 = np.clip(x, 0, (width - 1) * 256 - 1).astype(np.int32)
    y_256 = np.clip(y, 0, (height - 1) * 256 - 1).astype(np.int32)
    right = (x_256 & 255).astype(np.uint32)
    below = (y_256 & 255).astype(np.uint32)
    both = (right * below) >> _8
    corner = (y_256 >> 8) * width + (x_256 >> 8)
    taps = [
        (0, np.uint32(256) - right - below + both),
        (1, right - both),
        (width, below - both),
        (width + 1, both),
    ]
    red_blue = np.zeros(corner.shape, np.uint32)
    green = np.zeros(corner.shape, np.uint32)
    for offset, weight in taps:
        pixel = pixels.take(corner + offset)
        red_blue += (pixel & _EVEN) * weight
        green += ((pixel >> _8) & _BYTE) * weight
    result = np.empty((1, size, size, 3), np.float32)
    result[0, ..., 0] = (red_blue >> _8) & _BYTE
    result[0, ..., 1] = green >> _8
    result[0, ..., 2] = red_blue >> np.uint32(24)
    result *= np.float32(1 / 255)
    return result


@lru_cache(maxsize=4)
def _grid(size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the cutting's pixel centres, (1, size) across and (size, 1) down."""
    centres = np.arange(size, dtype=np.float32) + np.float32(0.5)
    return centres[None, :], centres[:, None]
