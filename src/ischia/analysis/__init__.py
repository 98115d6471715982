"""From a recording to typed records: the tracker, fed from a file or frame by frame."""

from ischia.analysis.analyse import RECOGNISED, Analyser, analyse
from ischia.analysis.motion import UnknownExercise, motion_spec, motion_spec_of
from ischia.analysis.records import Analysis, Media

__all__ = [
    "RECOGNISED",
    "Analyser",
    "Analysis",
    "Media",
    "UnknownExercise",
    "analyse",
    "motion_spec",
    "motion_spec_of",
]
