"""The skin of a posed body as arrays: which part is how high, quickly enough for a solver."""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ischia.anatomy import PARENTS, Body, Posture, body_named

Array = NDArray[np.float64]
SEGMENTS = tuple(PARENTS)


class Skin:
    """A body's skin points, part after part."""

    def __init__(self, body: Body) -> None:
        """Gather the points of every part into arrays."""
        index = {name: i for i, name in enumerate(SEGMENTS)}
        points = [(part, p) for part, found in body.skin.items() for p in found]
        self.first = np.array([index[p.first] for _, p in points])
        self.second = np.array([index[p.second] for _, p in points])
        self.share = np.array([p.share for _, p in points])[:, None]
        origin = np.array([body.joints[name] for name in SEGMENTS])
        at = np.array([p.at for _, p in points])
        self.from_first = at - origin[self.first]
        self.from_second = at - origin[self.second]
        self.slices: dict[str, slice] = {}
        for i, (part, _) in enumerate(points):
            begin = self.slices[part].start if part in self.slices else i
            self.slices[part] = slice(begin, i + 1)

    def points(self, posture: Posture) -> Array:
        """Every skin point of a posture: (points, 3) metres, room axes."""
        turns = np.array([posture.turns[name] for name in SEGMENTS]).reshape(-1, 3, 3)
        joints = np.array([posture.joints[name] for name in SEGMENTS])
        one = np.einsum("pij,pj->pi", turns[self.first], self.from_first) + joints[self.first]
        other = np.einsum("pij,pj->pi", turns[self.second], self.from_second) + joints[self.second]
        blended: Array = one * self.share + other * (1 - self.share)
        return blended

    def lowest(self, points: Array) -> Mapping[str, float]:
        """Height of each part's lowest point, in metres above the mat."""
        return {part: float(points[where, 1].min()) for part, where in self.slices.items()}


@cache
def skin_of(body_name: str) -> Skin:
    """The skin of a body, gathered once."""
    return Skin(body_named(body_name))
