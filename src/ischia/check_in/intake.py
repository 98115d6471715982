"""The first visit: what is felt, which conditions are known, what the person wants, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ischia.check_in.model import CheckIn


class TimeOfDay(StrEnum):
    """When a person would rather exercise."""

    MORNING = "morning"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Intake:
    """The first visit.

    Attributes:
        check_in: moment ``first_visit``: leg map and the answers to the full set of screening questions.
        conditions: condition id to answer; absent or None is "not answered", which is never "no".
        goals: the person's own words, most important first.
        preferred_time: when they would rather exercise, or None where not said.
        age_years: or None where not said.
        weeks_since_onset: how long this episode has lasted, or None where not said.
    """

    check_in: CheckIn
    conditions: Mapping[str, bool | None] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    preferred_time: TimeOfDay | None = None
    age_years: int | None = None
    weeks_since_onset: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for an age or a duration nobody can have."""
        for name in ("age_years", "weeks_since_onset"):
            value = getattr(self, name)
            if value is not None and not (isinstance(value, int) and value >= 0):
                raise ValueError(f"{name} must be a whole number, 0 or more, not {value!r}")
