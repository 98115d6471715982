"""How people go from one pose to another: with the least acceleration, 3 s^2 - 2 s^3.

People on recordings with hand labels come to their holds like this, and more sharply than a movement of least
jerk does (docs/explanation/movement.md).
"""

from math import asin, sin


def share_of_way(share_of_time: float) -> float:
    """How far a person has moved, 0 to 1, at a share of the movement's time."""
    return share_of_time * share_of_time * (3 - 2 * share_of_time)


def share_of_time(share_of_way: float) -> float:
    """The share of the movement's time at which a person has moved so far: the inverse, from 0 to 1."""
    return 0.5 - sin(asin(1 - 2 * share_of_way) / 3)
