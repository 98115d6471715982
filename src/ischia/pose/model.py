"""What a pose model is to the rest of the house, so that another one can take BlazePose's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""(height, width, 4) red, green, blue and one byte that is not used; the first row is the top one."""


@dataclass(frozen=True, slots=True)
class Region:
    """A turned square of the picture that a person fills.

    Attributes:
        x: centre from the left, pixels.
        y: centre from the top, pixels.
        size: length of a side, pixels.
        turn_rad: clockwise turn that brings the person upright into the square, radians.
    """

    x: float
    y: float
    size: float
    turn_rad: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """One person in one picture.

    Attributes:
        landmarks: (33, 4) x, y, z, visibility as ``ischia.recording.Landmark`` has them.
        region: where this person is to be looked for in the next picture.
        confidence: the model's own word, 0 to 1, that there is a person at all.
    """

    landmarks: NDArray[np.float32]
    region: Region
    confidence: float


class PoseModel(Protocol):
    """Finds people in a picture, and follows one of them. It keeps nothing between two calls."""

    def find(self, picture: Picture) -> list[Sighting]:
        """Search the whole picture; return everyone in it, the surest first."""
        ...

    def follow(self, picture: Picture, region: Region) -> Sighting | None:
        """Look at one region only; return who is there, or None for nobody."""
        ...
