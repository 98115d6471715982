"""BlazePose's first stage: where in the whole picture is a person?

The anchors, the decoding and the region are those of MediaPipe's public graph ``pose_detection``
(Apache-2.0): five layers with strides 8, 16, 32, 32, 32 on a 224 pixel square, two anchors a cell in each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ischia.pose.litert import Network
from ischia.pose.model import Picture, Region
from ischia.pose.region import cut

INPUT: Final = 224
"""Side of the picture the network takes, pixels."""

STRIDES: Final = (8, 16, 32, 32, 32)

SAME_PERSON_OVERLAP: Final = 0.3
"""Two boxes are of one person when they share this much of their union (MediaPipe's value)."""

REGION_SCALE: Final = 1.25
"""How much larger than the circle around the body the region is (MediaPipe's value)."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One person the detector believes in.

    Attributes:
        score: 0 to 1.
        box: (4,) left, top, right, bottom of the face and trunk, pixels.
        points: (4, 2) the hips' middle, a point of the circle around the whole body, and the same two for
            the upper body; pixels.
    """

    score: float
    box: NDArray[np.float32]
    points: NDArray[np.float32]

    @property
    def region(self) -> Region:
        """The turned square to look for landmarks in."""
        return body_region(self.points[0], self.points[1])


def body_region(centre: NDArray[np.float32], rim: NDArray[np.float32]) -> Region:
    """Return the square around the circle with this centre and this point above the head on its rim."""
    x, y = float(rim[0] - centre[0]), float(rim[1] - centre[1])
    turn_rad = math.remainder(math.pi / 2 - math.atan2(-y, x), math.tau)
    return Region(float(centre[0]), float(centre[1]), 2 * math.hypot(x, y) * REGION_SCALE, turn_rad)


class Detector:
    """Finds people in a whole picture, however they lie."""

    def __init__(self, network: Network, least_score: float) -> None:
        """Take the network; believe in people from ``least_score`` on."""
        self._network = network
        self._least_score = least_score
        self._anchors = anchors()

    def __call__(self, picture: Picture) -> list[Detection]:
        """Return everyone found, the highest score first."""
        height, width = picture.shape[:2]
        side = max(height, width)
        square = cut(_with_black_bars(picture, side), Region(side / 2, side / 2, side, 0.0), INPUT)
        outputs = self._network(square * 2 - 1)
        boxes = outputs[(1, len(self._anchors), 12)][0]
        scores = sigmoid(outputs[(1, len(self._anchors), 1)][0, :, 0])
        (kept,) = np.nonzero(scores >= self._least_score)
        if not len(kept):
            return []
        scores, raw, anchor = scores[kept], boxes[kept] / INPUT, self._anchors[kept]
        centres, sizes = raw[:, 0:2] + anchor, raw[:, 2:4]
        points = raw[:, 4:].reshape(-1, 4, 2) + anchor[:, None]
        corners = np.concatenate([centres - sizes / 2, centres + sizes / 2], axis=1)
        bars = np.array([(width - side) / 2, (height - side) / 2], np.float32)
        return [
            Detection(score, box * side + np.tile(bars, 2), point * side + bars)
            for score, box, point in weighted_suppression(scores, corners, points)
        ]


def anchors() -> NDArray[np.float32]:
    """Return the (2254, 2) anchor centres as shares of the square; layers of one stride share a grid."""
    layers = []
    for stride in sorted(set(STRIDES)):
        cells = math.ceil(INPUT / stride)
        centres = (np.arange(cells, dtype=np.float32) + np.float32(0.5)) / cells
        across, down = np.meshgrid(centres, centres)
        grid = np.stack([across, down], axis=-1).reshape(-1, 2)
        layers.append(np.repeat(grid, 2 * STRIDES.count(stride), axis=0))
    return np.concatenate(layers)


def weighted_suppression(
    scores: NDArray[np.float32], boxes: NDArray[np.float32], points: NDArray[np.float32]
) -> list[tuple[float, NDArray[np.float32], NDArray[np.float32]]]:
    """Melt boxes of one person into one, weighted by score.

    Args:
        scores: (n,) 0 to 1.
        boxes: (n, 4) left, top, right, bottom.
        points: (n, 4, 2).

    Returns:
        The highest score, the mean box and the mean points of each person, the surest first.
    """
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    left = np.argsort(-scores, kind="stable")
    people = []
    while len(left):
        best = left[0]
        overlap = np.minimum(boxes[best, 2:], boxes[left, 2:]) - np.maximum(boxes[best, :2], boxes[left, :2])
        shared = np.prod(np.clip(overlap, 0, None), axis=1)
        same = shared / (areas[best] + areas[left] - shared + 1e-9) > SAME_PERSON_OVERLAP
        same[0] = True
        group = left[same]
        weights = scores[group] / scores[group].sum()
        people.append(
            (
                float(scores[best]),
                np.tensordot(weights, boxes[group], axes=1),
                np.tensordot(weights, points[group], axes=1),
            )
        )
        left = left[~same]
    return people


def sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 1 / (1 + e^-x) without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -80, 80))), np.float32)


def _with_black_bars(picture: Picture, side: int) -> Picture:
    height, width = picture.shape[:2]
    square = np.zeros((side, side, 4), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = picture
    return square
