"""What a person says before and after a session: pain, the leg map, how the night was, new symptoms."""

from ischia.check_in.model import CheckIn, Comparison, LegMap, Moment, Region, Symptoms

__all__ = ["CheckIn", "Comparison", "LegMap", "Moment", "Region", "Symptoms"]
