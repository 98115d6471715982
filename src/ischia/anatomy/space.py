"""Points and rotations in the room, as plain tuples: small, exact, and quick enough for a browser's Python.

Axes of a body standing at neutral zero: x forward, y up, z to its right. Axes of the room: x to the right of
the picture that a camera takes from the side, y up from the floor (the mat is y = 0), z towards that camera.
Metres.
"""

from math import cos, radians, sin, sqrt
from typing import Final

Point = tuple[float, float, float]
Rotation = tuple[float, float, float, float, float, float, float, float, float]
"""A 3x3 matrix, row by row."""

NONE: Final[Rotation] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def about_x(angle_deg: float) -> Rotation:
    """Turn about the x axis, right-handed."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return (1.0, 0.0, 0.0, 0.0, c, -s, 0.0, s, c)


def about_y(angle_deg: float) -> Rotation:
    """Turn about the y axis, right-handed."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return (c, 0.0, s, 0.0, 1.0, 0.0, -s, 0.0, c)


def about_z(angle_deg: float) -> Rotation:
    """Turn about the z axis, right-handed."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return (c, -s, 0.0, s, c, 0.0, 0.0, 0.0, 1.0)


def then(first: Rotation, second: Rotation) -> Rotation:
    """The matrix product ``first @ second``."""
    a, b, c, d, e, f, g, h, i = first
    j, k, m, n, o, p, q, r, s = second
    return (
        a * j + b * n + c * q,
        a * k + b * o + c * r,
        a * m + b * p + c * s,
        d * j + e * n + f * q,
        d * k + e * o + f * r,
        d * m + e * p + f * s,
        g * j + h * n + i * q,
        g * k + h * o + i * r,
        g * m + h * p + i * s,
    )


def turned(rotation: Rotation, point: Point) -> Point:
    """A point or direction after a rotation."""
    a, b, c, d, e, f, g, h, i = rotation
    x, y, z = point
    return (a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)


def plus(a: Point, b: Point) -> Point:
    """Sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Point, b: Point) -> Point:
    """Difference of two vectors."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def dot(a: Point, b: Point) -> float:
    """Inner product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def distance(a: Point, b: Point) -> float:
    """Metres between two points."""
    d = minus(a, b)
    return sqrt(dot(d, d))


def middle(a: Point, b: Point) -> Point:
    """The point half way."""
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)
