"""BlazePose on LiteRT: find people, then 33 landmarks inside a turned square around one of them.

Both stages follow MediaPipe's public graphs (Apache-2.0). What is ours: nothing is kept between two
pictures. A region that does not fit is looked at once more where the first look found the body, so the
landmarks depend on the picture alone, not on how many pictures came before it; smoothing is left to those
who know the exercise.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ischia.pose.detector import Detector, body_region, sigmoid
from ischia.pose.litert import Network, Outputs
from ischia.pose.model import Picture, Region, Sighting
from ischia.pose.region import cut, matrix

INPUT: Final = 256
HEATMAP: Final = 64
POINTS: Final = 39
LANDMARKS: Final = 33

DETECTOR_SCORE: Final = 0.15
"""Believe the detector from here on. Measured on people lying on the floor, first pictures: found 14 of 24
from 0.5 on, 19 from 0.3, 24 from 0.15. Empty rooms stay empty: the second stage has the last word."""

PRESENCE: Final = 0.5
"""The second stage's word that there is a person, 0 to 1 (MediaPipe's value)."""

_HEATMAP_RADIUS: Final = 3
_HEATMAP_LEAST: Final = 0.5

_FAR_CENTRE: Final = 0.1
_FAR_SIZE: Final = 0.2
_FAR_TURN_RAD: Final = math.radians(15)
"""A region is looked at again where its centre moved by more than this share of its size, its size changed
by more than this share, or it turned by more than this. MediaPipe moves its region by as much and more
between two pictures of a walking person without harm."""


class BlazePose:
    """The pose model ``full`` or ``lite``."""

    def __init__(self, detector: bytes, landmarks: bytes, threads: int = 1) -> None:
        """Load the two networks from the bytes of their files.

        Args:
            detector: ``pose_detection``.
            landmarks: ``pose_landmark``, with or without its segmentation head.
            threads: processor threads for each of the two.
        """
        self._detect = Detector(Network(detector, threads), DETECTOR_SCORE)
        self._network = Network(landmarks, threads)

    def find(self, picture: Picture) -> list[Sighting]:
        """Search the whole picture; return everyone in it, the surest first."""
        found: list[Sighting] = []
        for detection in self._detect(picture):
            sighting = self.follow(picture, detection.region)
            if sighting is not None and not any(_same_person(sighting, other) for other in found):
                found.append(sighting)
        return found

    def follow(self, picture: Picture, region: Region) -> Sighting | None:
        """Look at one region, and once more where it did not fit; return who is there, or None."""
        sighting = self._look(picture, region)
        if sighting is not None and _is_far(region, sighting.region):
            sighting = self._look(picture, sighting.region) or sighting
        return sighting

    def _look(self, picture: Picture, region: Region) -> Sighting | None:
        if region.size < 1:
            return None
        outputs = self._network(cut(picture, region, INPUT))
        confidence = float(outputs[(1, 1)][0, 0])
        if confidence < PRESENCE:
            return None
        points = _refined(outputs)
        to_picture = matrix(region, INPUT)
        xy = points[:, :2] @ to_picture[:, :2].T + to_picture[:, 2]
        height, width = picture.shape[:2]
        landmarks = np.empty((LANDMARKS, 4), np.float32)
        landmarks[:, 0:2] = xy[:LANDMARKS] / (width, height)
        landmarks[:, 2] = points[:LANDMARKS, 2] * (region.size / INPUT / width)
        landmarks[:, 3] = sigmoid(points[:LANDMARKS, 3])
        # Points 33 and 34 are not of the body: the circle around it, for the next picture.
        return Sighting(landmarks, body_region(xy[LANDMARKS], xy[LANDMARKS + 1]), confidence)


def _refined(outputs: Outputs) -> NDArray[np.float32]:
    """Return the (39, 5) raw points; x and y are the middle of their spot on the heatmap if it has one."""
    points = outputs[(1, POINTS * 5)].reshape(POINTS, 5).copy()
    heatmap = outputs.get((1, HEATMAP, HEATMAP, POINTS))
    if heatmap is None:
        return points
    scale = HEATMAP / INPUT
    cells = (points[:, :2] * scale).astype(np.int64)
    reach = np.arange(-_HEATMAP_RADIUS, _HEATMAP_RADIUS + 1)
    across = cells[:, 0, None] + reach
    down = cells[:, 1, None] + reach
    inside = ((across >= 0) & (across < HEATMAP))[:, None, :] & ((down >= 0) & (down < HEATMAP))[:, :, None]
    spot = heatmap[
        0,
        np.clip(down, 0, HEATMAP - 1)[:, :, None],
        np.clip(across, 0, HEATMAP - 1)[:, None, :],
        np.arange(POINTS)[:, None, None],
    ]
    weight = np.where(inside, sigmoid(spot), np.float32(0))
    total = weight.sum(axis=(1, 2))
    on_map = ((points[:, :2] >= 0) & (cells < HEATMAP)).all(axis=1)
    sure = on_map & (weight.max(axis=(1, 2)) >= _HEATMAP_LEAST)
    total = np.where(total > 0, total, np.float32(1))
    x = (weight * across[:, None, :]).sum(axis=(1, 2)) / total
    y = (weight * down[:, :, None]).sum(axis=(1, 2)) / total
    points[sure, 0] = x[sure] / scale
    points[sure, 1] = y[sure] / scale
    return points


def _is_far(region: Region, found: Region) -> bool:
    return (
        math.hypot(region.x - found.x, region.y - found.y) > _FAR_CENTRE * found.size
        or abs(region.size - found.size) > _FAR_SIZE * found.size
        or abs(math.remainder(region.turn_rad - found.turn_rad, math.tau)) > _FAR_TURN_RAD
    )


def _same_person(one: Sighting, other: Sighting) -> bool:
    """Two detections of one body end in nearly one region; two bodies side by side do not."""
    near = 0.25 * min(one.region.size, other.region.size)
    return math.hypot(one.region.x - other.region.x, one.region.y - other.region.y) < near
