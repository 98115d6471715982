"""One step up and one step down of an amount: hold, then repetitions, then sets."""

from math import floor

from ischia.dose.protocol import Numbers
from ischia.dose.state import Amount, volume
from ischia.session.rules import Rule

Step = tuple[Rule, Amount]


def steps_up(amount: Amount, most: Amount, numbers: Numbers) -> Step | None:
    """Return the next step towards ``most`` in the order hold, repetitions, sets; None once there."""
    hold_s, repetitions, sets = amount
    if hold_s < most[0]:
        return Rule.RAISE_HOLD, (min(hold_s + hold_step(hold_s, numbers), most[0]), repetitions, sets)
    if repetitions < most[1]:
        step = numbers.repetitions_step_repetitions
        return Rule.RAISE_REPETITIONS, (hold_s, min(repetitions + step, most[1]), sets)
    if sets < most[2]:
        return Rule.RAISE_SETS, (hold_s, repetitions, sets + 1)
    return None


def hold_step(hold_s: float, numbers: Numbers) -> float:
    """Return the seconds of one step at this hold: longer holds take longer steps."""
    if hold_s >= numbers.resting_hold_from_seconds:
        return numbers.resting_hold_step_seconds
    if hold_s >= numbers.long_hold_from_seconds:
        return numbers.long_hold_step_seconds
    return numbers.hold_step_seconds


def step_down(amount: Amount, share: float) -> Amount:
    """Return an amount with at least ``share`` of its volume taken away: repetitions, else sets, else hold.

    One repetition of one second is where it ends.
    """
    hold_s, repetitions, sets = amount
    if repetitions > 1:
        return hold_s, max(1, floor(repetitions * (1 - share) + 1e-9)), sets
    if sets > 1:
        return hold_s, repetitions, max(1, floor(sets * (1 - share) + 1e-9))
    return min(hold_s, max(1.0, floor(hold_s * (1 - share) + 1e-9))), repetitions, sets


def capped(amount: Amount, most: Amount) -> Amount:
    """Return ``amount`` with hold, repetitions and sets each at or below ``most``."""
    return min(amount[0], most[0]), min(amount[1], most[1]), min(amount[2], most[2])


def is_more(amount: Amount, start: Amount) -> bool:
    """Whether ``amount`` holds more volume than ``start``."""
    return volume(amount) > volume(start)
