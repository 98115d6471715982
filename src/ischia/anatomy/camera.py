"""Cameras: what a phone on the floor or a chair sees of a body, as BlazePose would report it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from types import MappingProxyType
from typing import Final

from ischia.anatomy.landmarks import INDEX
from ischia.anatomy.space import Point, middle, minus


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that looks at one point of the room.

    Attributes:
        azimuth_deg: where it stands around the mat: 0 is the side (+z), 90 the end of the mat at +x (the feet
            of
            somebody lying), -90 the other end (the head; before the face of somebody standing), 180 the other
            side.
        elevation_deg: how far it looks down.
        distance_m: metres from the point it looks at.
        look_at: that point, in room axes.
        focal: focal length in picture widths; 0.9 is an ordinary phone.
        width: picture width in pixels.
        height: picture height in pixels.
    """

    azimuth_deg: float = 0.0
    elevation_deg: float = 5.0
    distance_m: float = 3.0
    look_at: Point = (0.0, 0.4, 0.0)
    focal: float = 0.9
    width: int = 640
    height: int = 360

    def seen(self, point: Point) -> Point:
        """A point in the camera's own axes: metres to the right, downwards, and away from ``look_at``."""
        x, y, z = minus(point, self.look_at)
        c, s = cos(radians(self.azimuth_deg)), sin(radians(self.azimuth_deg))
        right, away = x * c - z * s, -(x * s + z * c)
        ce, se = cos(radians(self.elevation_deg)), sin(radians(self.elevation_deg))
        return (right, -(y * ce + away * se), away * ce - y * se)

    def projected(self, point: Point) -> tuple[float, float]:
        """Where a point falls in the picture: x and y from 0 to 1, y downwards.

        Raises:
            ValueError: the point lies behind the camera.
        """
        right, down, away = self.seen(point)
        depth = self.distance_m + away
        if depth <= 0.05:
            raise ValueError("the body reaches behind the camera: set the camera further away")
        scale = self.focal / depth
        return (0.5 + right * scale, 0.5 + down * scale * self.width / self.height)


VIEWS: Final = MappingProxyType(
    {
        "side": Camera(),
        "other_side": Camera(azimuth_deg=180.0),
        "oblique": Camera(azimuth_deg=45.0, elevation_deg=15.0),
        "oblique_head": Camera(azimuth_deg=-45.0, elevation_deg=15.0),
        "feet": Camera(azimuth_deg=90.0, elevation_deg=12.0),
        "front": Camera(azimuth_deg=-90.0, elevation_deg=8.0),
        "high": Camera(elevation_deg=40.0),
    }
)
"""Where people put their phones, by name."""

# What BlazePose says of a landmark it sees, of one that the body hides, and of one outside the picture.
_SEEN: Final = 0.99
_HIDDEN: Final = 0.55
_OUTSIDE: Final = 0.05
# From this depth behind the middle of the body on, in metres, a landmark of the further side counts as
# hidden.
_BEHIND_M: Final = 0.05

ImageLandmark = tuple[float, float, float, float]
"""x, y (0 to 1, y downwards), z (picture widths, negative is nearer than the hips), visibility."""


def image_landmarks(landmarks: Sequence[Point], camera: Camera) -> tuple[ImageLandmark, ...]:
    """The 33 landmarks as BlazePose reports them for a picture.

    Raises:
        ValueError: the body reaches behind the camera.
    """
    hips = camera.seen(middle(landmarks[INDEX["hip_left"]], landmarks[INDEX["hip_right"]]))[2]
    scale = camera.focal / (camera.distance_m + hips)
    found: list[ImageLandmark] = []
    for point in landmarks:
        x, y = camera.projected(point)
        away = camera.seen(point)[2] - hips
        inside = 0.0 <= x <= 1.0 and 0.0 <= y <= 1.0
        found.append((x, y, away * scale, (_HIDDEN if away > _BEHIND_M else _SEEN) if inside else _OUTSIDE))
    return tuple(found)


def world_landmarks(landmarks: Sequence[Point], camera: Camera) -> tuple[Point, ...]:
    """The 33 landmarks as BlazePose's "world": metres from the middle of the hips, in the camera's axes."""
    hips = camera.seen(middle(landmarks[INDEX["hip_left"]], landmarks[INDEX["hip_right"]]))
    return tuple(minus(camera.seen(point), hips) for point in landmarks)
