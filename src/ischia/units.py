"""The few quantities every room speaks of. Standard library only.

Names end in their unit elsewhere: ``hold_s`` seconds, ``hip_deg`` degrees, ``rate_hz``, ``height_m``.
"""

from enum import StrEnum
from typing import Final

PAIN_MIN: Final = 0
PAIN_MAX: Final = 10


class Side(StrEnum):
    """A side of the body, or both at once."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


def check_pain(value: int | None, name: str = "pain") -> int | None:
    """Return ``value`` if it is a pain rating: a whole number from 0 to 10, or None for "not answered".

    Raises:
        ValueError: it is anything else; missing is never zero, so None stays None.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not PAIN_MIN <= value <= PAIN_MAX:
        raise ValueError(f"{name} must be a whole number from {PAIN_MIN} to {PAIN_MAX}, not {value!r}")
    return value
