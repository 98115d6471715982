"""When the weekly nerve watch is due, and when it says that strength is fading."""

from collections.abc import Sequence
from datetime import date, timedelta

from ischia.check_in import NerveWatch
from ischia.screening.questions import Limits

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


def declined_tests(earlier: Sequence[NerveWatch], now: NerveWatch, limits: Limits) -> tuple[str, ...]:
    """Return the tests that got worse against the best earlier result of the same side.

    A yes-or-no test declines from "can" to "cannot". Heel raises, counted up to the ceiling, decline by at
    least ``heel_raises_decline``. A test not done, now or before, says nothing. The first heel walk already
    counts where it cannot be done: a forefoot that does not lift is a dropped foot.
    """
    declined = []
    for name in _YES_NO:
        could = any(getattr(watch, name) for watch in earlier)
        if getattr(now, name) is False and (could or name.startswith("heel_walk")):
            declined.append(name)
    ceiling = limits.heel_raises_ceiling.value
    for name in _COUNTS:
        best = max((min(getattr(watch, name) or 0, ceiling) for watch in earlier), default=0)
        count = getattr(now, name)
        if count is not None and best - min(count, ceiling) >= limits.heel_raises_decline.value:
            declined.append(name)
    return tuple(declined)
