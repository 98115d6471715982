"""From frames to repetitions, holds and form. Standard library only; one frame at a time.

The same code runs over a recording, in the tests and in a browser. It says what was seen and how surely, and
decides nothing about anybody's care.
"""

from ischia.movement.records import Cue, Live, Phase, Reason, Summary, Symmetry, Unscored
from ischia.movement.spec import FaultSpec, MotionSpec, Point, Points
from ischia.movement.tracker import Frame, Recogniser, Tracker

__all__ = [
    "Cue",
    "FaultSpec",
    "Frame",
    "Live",
    "MotionSpec",
    "Phase",
    "Point",
    "Points",
    "Reason",
    "Recogniser",
    "Summary",
    "Symmetry",
    "Tracker",
    "Unscored",
]
