"""A direction preference, read off the leg map, with how sure it is."""

from math import erf, sqrt
from typing import NamedTuple


class Response(NamedTuple):
    """How the leg answered to one direction of movement, in sessions (shared between directions done
    together).

    Attributes:
        good: centralising.
        bad: peripheralising.
    """

    good: float = 0.0
    bad: float = 0.0


class Preference(NamedTuple):
    """``direction`` is ``flexion`` or ``extension``, or None while it is open.

    ``certainty`` is the probability, from 0.5 (nothing known) to 1, that the better direction is the better
    one.
    """

    direction: str | None
    certainty: float


def preference(flexion: Response, extension: Response, certainty_needed: float) -> Preference:
    """Return the direction that the leg answers to better, once that is certain enough.

    Each direction's chance of a good answer is a Beta distribution over an even prior (one good and one bad
    session before any was seen); the two are compared by the normal approximation of their difference.
    """
    mean_flexion, variance_flexion = _beta(flexion)
    mean_extension, variance_extension = _beta(extension)
    distance = (mean_extension - mean_flexion) / sqrt(variance_flexion + variance_extension)
    certainty = 0.5 * (1 + erf(abs(distance) / sqrt(2)))
    if certainty < certainty_needed:
        return Preference(None, certainty)
    return Preference("extension" if distance > 0 else "flexion", certainty)


def _beta(response: Response) -> tuple[float, float]:
    """Return mean and variance of Beta(1 + good, 1 + bad)."""
    good, bad = 1 + response.good, 1 + response.bad
    total = good + bad
    return good / total, good * bad / (total * total * (total + 1))
