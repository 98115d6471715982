"""Angles between points of a picture whose axes are equally long: x to the right, y upwards, both in pixels.

Landmarks come as shares of the picture's width and height. An angle computed from those shares is wrong by up
to 19 to 32 degrees at 16:9, so everything here wants them multiplied by width and height first.
"""

from math import atan2, degrees
from typing import Final

FULL_TURN_DEG: Final = 360.0
HALF_TURN_DEG: Final = 180.0


def direction_deg(dx: float, dy: float) -> float:
    """Direction of a vector: 0 to the right, 90 upwards, from -180 to 180."""
    return degrees(atan2(dy, dx))


def turn_deg(first_deg: float, second_deg: float) -> float:
    """How far to turn from one direction to another, anticlockwise positive, from -180 up to 180."""
    return (second_deg - first_deg + HALF_TURN_DEG) % FULL_TURN_DEG - HALF_TURN_DEG


def joint_deg(before: tuple[float, float], joint: tuple[float, float], after: tuple[float, float]) -> float:
    """Signed angle at a joint, from the limb before it to the limb after it, anticlockwise, from 0 to 360.

    A straight joint is 180; bent one way it is less, the other way more. It does not fold at 180, so a hip
    that passes through straight leaves no notch in its curve.
    """
    first = direction_deg(before[0] - joint[0], before[1] - joint[1])
    second = direction_deg(after[0] - joint[0], after[1] - joint[1])
    return (second - first) % FULL_TURN_DEG


def unfolded(previous_deg: float, angle_deg: float) -> float:
    """The same angle, moved by whole turns to lie within half a turn of the previous one."""
    return previous_deg + turn_deg(previous_deg, angle_deg)
