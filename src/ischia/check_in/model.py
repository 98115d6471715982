"""The check-in as frozen values. Missing is never zero: None means "not answered"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ischia.units import Side, check_pain


class Moment(StrEnum):
    """When the check-in was made, relative to a session."""

    FIRST_VISIT = "first_visit"
    BEFORE = "before"
    AFTER = "after"


class Region(StrEnum):
    """A region of the body, from the spine towards the foot."""

    BACK = "back"
    BUTTOCK = "buttock"
    THIGH = "thigh"
    CALF = "calf"
    FOOT = "foot"


class Comparison(StrEnum):
    """Compared with before the last session."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Symptoms:
    """What is felt in one region of one side. None is "not answered"."""

    pain: int | None = None
    numbness: bool | None = None
    tingling: bool | None = None
    weakness: bool | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a pain outside 0 to 10."""
        check_pain(self.pain)


LegMap = Mapping[tuple[Region, Side], Symptoms]
"""Symptoms by region and side (left or right). A key that is absent was not answered."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in.

    Attributes:
        at: ISO 8601 instant with offset.
        leg_map: symptoms by region and side.
        night: last night compared with before the last session.
        morning: this morning (or now) compared with before the last session.
        new_symptoms: the person's own word that something new appeared.
        answers: screening question id to answer; absent or None is "not answered".
    """

    id: str
    moment: Moment
    at: str
    leg_map: LegMap = field(default_factory=dict)
    night: Comparison | None = None
    morning: Comparison | None = None
    new_symptoms: bool | None = None
    answers: Mapping[str, bool | None] = field(default_factory=dict)
