"""What a person says before and after a session: pain, the leg map, how the night was, new symptoms."""

from ischia.check_in.intake import Intake, TimeOfDay
from ischia.check_in.leg_map import LegVerdict, compare_leg_maps
from ischia.check_in.model import CheckIn, Comparison, LegMap, Moment, Region, Symptoms
from ischia.check_in.nerve_watch import NerveTest, NerveWatch

__all__ = [
    "CheckIn",
    "Comparison",
    "Intake",
    "LegMap",
    "LegVerdict",
    "Moment",
    "NerveTest",
    "NerveWatch",
    "Region",
    "Symptoms",
    "TimeOfDay",
    "compare_leg_maps",
]
