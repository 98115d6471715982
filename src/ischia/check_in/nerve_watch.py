"""The weekly nerve watch: guided self-tests of strength in the leg and foot."""

from dataclasses import dataclass
from enum import StrEnum


class NerveTest(StrEnum):
    """One self-test; each is done once on the left and once on the right."""

    HEEL_WALK = "heel_walk"
    HEEL_RAISES = "heel_raises"
    SIT_TO_STAND = "sit_to_stand"


@dataclass(frozen=True, slots=True)
class NerveWatch:
    """One weekly watch. None is "not done", which is never "cannot".

    Attributes:
        heel_walk_left: left forefoot stays off the floor over ten steps on the heels.
        heel_raises_left: single-leg heel raises, counted up to the protocol's ceiling.
        sit_to_stand_left: gets up from a chair on the left leg alone.
    """

    id: str
    at: str
    heel_walk_left: bool | None = None
    heel_walk_right: bool | None = None
    heel_raises_left: int | None = None
    heel_raises_right: int | None = None
    sit_to_stand_left: bool | None = None
    sit_to_stand_right: bool | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a count of heel raises below zero."""
        for name in ("heel_raises_left", "heel_raises_right"):
            count = getattr(self, name)
            if count is not None and count < 0:
                raise ValueError(f"{name} must be 0 or more, not {count}")
