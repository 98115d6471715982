"""The waist of the house: what was planned, what was done, and why.

The camera, a person's taps and a typed log all make the same records. Standard library only.
"""

from ischia.session.decision import Change, Decision, Fact
from ischia.session.plan import Dose, PlannedExercise, ProtocolStamp, SessionPlan, SideDose
from ischia.session.record import (
    EVENT_KINDS,
    Effort,
    Event,
    Feedback,
    Finish,
    MeasuredBy,
    RepRecord,
    SessionRecord,
    SetRecord,
    SideComparison,
    Skip,
    SkipReason,
    Stop,
    StopReason,
    record_from_events,
)

__all__ = [
    "EVENT_KINDS",
    "Change",
    "Decision",
    "Dose",
    "Effort",
    "Event",
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
    "SideComparison",
    "SideDose",
    "Skip",
    "SkipReason",
    "Stop",
    "StopReason",
    "record_from_events",
]
