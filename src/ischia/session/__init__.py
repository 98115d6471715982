"""The waist of the house: what was planned, what was done, and why.

The camera, a person's taps and a typed log all make the same records. Standard library only.
"""

from ischia.session.decision import Change, Decision, Fact
from ischia.session.plan import Dose, PlannedExercise, ProtocolStamp, SessionPlan, SideDose
from ischia.session.record import (
    Effort,
    Feedback,
    Finish,
    MeasuredBy,
    RepRecord,
    SessionRecord,
    SetRecord,
    Skip,
    SkipReason,
    Stop,
    StopReason,
)

__all__ = [
    "Change",
    "Decision",
    "Dose",
    "Effort",
    "Fact",
    "Feedback",
    "Finish",
    "MeasuredBy",
    "PlannedExercise",
    "ProtocolStamp",
    "RepRecord",
    "SessionPlan",
    "SessionRecord",
    "SetRecord",
    "SideDose",
    "Skip",
    "SkipReason",
    "Stop",
    "StopReason",
]
