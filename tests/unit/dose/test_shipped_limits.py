"""How far a copy of the protocol may move each number: up to the limits ischia ships, not a step further.

The limits are written out here once more on purpose: to widen one is a clinical decision, never a slip.
"""

import re

import pytest

from ischia.dose.protocol_file import UnusableProtocol, default_text, parse

LIMITS = {
    "green_pain_points": (0, 4),
    "red_pain_points": (3, 6),
    "leg_rise_red_points": (1, 3),
    "back_rise_amber_points": (1, 2),
    "back_rise_red_points": (2, 4),
    "next_morning_most_hours": (24, 96),
    "easier_pain_points": (3, 6),
    "easier_age_years": (50, 80),
    "green_sessions": (2, 10),
    "green_hours": (48, 336),
    "hold_step_seconds": (1, 5),
    "long_hold_from_seconds": (10, 30),
    "long_hold_step_seconds": (1, 5),
    "resting_hold_from_seconds": (60, 120),
    "resting_hold_step_seconds": (5, 30),
    "repetitions_step_repetitions": (1, 2),
    "volume_rise_share": (0.05, 0.2),
    "volume_window_days": (7, 14),
    "rung_apart_days": (7, 28),
    "amber_sessions": (1, 3),
    "lower_share": (0.2, 0.5),
    "floor_share": (0.25, 1),
    "missed_days": (4, 14),
    "red_window_days": (7, 14),
    "review_reds": (1, 2),
    "stop_reds": (2, 4),
    "bad_day_pain_points": (3, 6),
    "bad_day_exercises": (1, 4),
    "flare_rise_points": (1, 3),
    "flare_bad_mornings": (1, 3),
    "flare_good_mornings": (1, 7),
    "session_most_minutes": (5, 30),
    "session_exercises": (1, 8),
    "instruction_seconds": (5, 120),
    "position_change_seconds": (5, 120),
    "training_row_days": (1, 6),
    "flexion_from_hours": (0, 14),
    "direction_pause_days": (7, 90),
    "direction_certainty_share": (0.8, 0.99),
    "no_gain_days": (28, 84),
    "no_gain_points": (1, 4),
}


def refusals(name: str, value: float) -> list[str]:
    """What is said about the limits of a copy in which this number has this value."""
    text, count = re.subn(
        rf"(\[numbers\.{name}\].*?\nvalue = )\S+", rf"\g<1>{value}", default_text(), count=1, flags=re.DOTALL
    )
    assert count == 1
    try:
        parse(text, "copy.toml")
    except UnusableProtocol as fault:
        return [one.problem for one in fault.faults if "lies outside" in one.problem]
    return []


@pytest.mark.parametrize("name", LIMITS)
def test_a_copy_may_go_up_to_the_limit_and_no_step_beyond(name: str) -> None:
    step = 0.01 if name.endswith("_share") else 1
    for limit, beyond in zip(LIMITS[name], (-step, step), strict=True):
        assert refusals(name, limit) == []
        assert refusals(name, round(limit + beyond, 2)) == [
            f"{round(limit + beyond, 2)} lies outside {LIMITS[name][0]} to {LIMITS[name][1]}"
        ]


def test_no_number_is_without_limits() -> None:
    assert re.findall(r"\[numbers\.(\w+)\]", default_text()) == list(LIMITS)
