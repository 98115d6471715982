"""One definition of an exercise drives its picture, its motion and the test motion."""

from ischia.demonstration.figure import figure_json, figure_svg
from ischia.demonstration.motion import (
    Motion,
    MotionError,
    motion_named,
    motion_of,
    placed_faults,
    placed_poses,
)
from ischia.demonstration.synthesis import NOISES, Noise, Synthetic, TrueRepetition, synthesise

__all__ = [
    "NOISES",
    "Motion",
    "MotionError",
    "Noise",
    "Synthetic",
    "TrueRepetition",
    "figure_json",
    "figure_svg",
    "motion_named",
    "motion_of",
    "placed_faults",
    "placed_poses",
    "synthesise",
]
