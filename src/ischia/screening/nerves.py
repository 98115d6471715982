"""When the weekly nerve watch is due, and when it says that strength is fading."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ischia.check_in import NerveWatch
from ischia.screening.questions import Limits

NERVE_WATCH = "nerve_watch."
"""Stands in front of a test's name in the reason of its flag."""

_YES_NO = ("heel_walk_left", "heel_walk_right", "sit_to_stand_left", "sit_to_stand_right")
_COUNTS = ("heel_raises_left", "heel_raises_right")


def watch_due_from(earlier: Sequence[NerveWatch], limits: Limits) -> date | None:
    """Return the day from which the next nerve watch is due; None where none was ever done, so it is due now.

    A watch in which no test was done does not count.
    """
    done = [one for one in earlier if any(getattr(one, name) is not None for name in (*_YES_NO, *_COUNTS))]
    if not done:
        return None
    return date.fromisoformat(done[-1].at[:10]) + timedelta(days=limits.nerve_watch_every.value)


def declined_tests(
    earlier: Sequence[NerveWatch], now: NerveWatch, limits: Limits, cleared: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the tests that got worse against the best earlier result of the same side.

    ``cleared`` says of a test that a clinician cleared how many of ``earlier`` there were then. The last
    result up to then is its new baseline: better ones before it no longer count, so that only a further
    decline is one.

    A yes-or-no test declines from "can" to "cannot". Heel raises, counted up to the ceiling, decline by at
    least ``heel_raises_decline``. A test not done, now or before, says nothing. The first heel walk already
    counts where it cannot be done: a forefoot that does not lift is a dropped foot.
    """
    declined = []
    for name in _YES_NO:
        dropped = name.startswith("heel_walk") and name not in cleared
        if getattr(now, name) is False and (dropped or True in _results(earlier, name, cleared)):
            declined.append(name)
    ceiling = limits.heel_raises_ceiling.value
    for name in _COUNTS:
        best = min(ceiling, max(_results(earlier, name, cleared), default=0))
        count = getattr(now, name)
        if count is not None and best - min(count, ceiling) >= limits.heel_raises_decline.value:
            declined.append(name)
    return tuple(declined)


def _results(earlier: Sequence[NerveWatch], name: str, cleared: Mapping[str, int]) -> list[Any]:
    """Return the results of one test that a new one is compared with, oldest first."""
    results = [getattr(watch, name) for watch in earlier]
    known = cleared.get(name, 0)
    baseline = [result for result in results[:known] if result is not None][-1:]
    return baseline + [result for result in results[known:] if result is not None]
