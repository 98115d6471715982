"""Joint angles in the picture's true geometry, and smoothing by true time. Standard library only."""

from ischia.kinematics.geometry import direction_deg, joint_deg, turn_deg
from ischia.kinematics.posture import COLUMNS, Column, Seen, row_of
from ischia.kinematics.smoothing import OneEuro, smoothed

__all__ = [
    "COLUMNS",
    "Column",
    "OneEuro",
    "Seen",
    "direction_deg",
    "joint_deg",
    "row_of",
    "smoothed",
    "turn_deg",
]
