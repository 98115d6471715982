"""What the shipped gate does for each alarm sign and each condition, written out here once more on purpose.

To move a sign to another tier, or to let it pass after a clearance, is a clinical decision, never a slip.
"""

import pytest
from tests.unit.clinic import at, bank, intake, morning, no_to_all

from ischia.check_in import CheckIn
from ischia.screening import Clearance, screen
from ischia.screening.watch import BOOKED

EMERGENCY = [
    "bladder_control",
    "bladder_flow_feeling",
    "bladder_fullness",
    "bladder_leaking",
    "bladder_starting",
    "both_legs_pain",
    "both_legs_weak",
    "bowel_control",
    "bowel_fullness",
    "bowel_passing_feeling",
    "saddle_inner_thighs",
    "saddle_seat",
    "saddle_wiping",
    "sexual_feeling",
    "sexual_function",
]
SAME_DAY = [
    "cancer_history",
    "fever_or_unwell",
    "foot_drop",
    "infection_risk",
    "major_trauma",
    "minor_trauma_fragile_bones",
    "night_pain",
    "numbness_spreading",
    "pulsing_belly",
    "weakness_growing",
    "weight_loss",
]
BOOK_SOON = ["not_back_to_activity", "not_settling"]
SIGNS = [*EMERGENCY, *SAME_DAY, *BOOK_SOON]
CLEARED_ONCE = ["cancer_history", "infection_risk"]
KNOWN_UNTIL_NO = ["foot_drop"]
ON_HOLD = [
    "glaucoma",
    "inflammatory_flare",
    "late_pregnancy",
    "pregnancy",
    "recent_abdominal_surgery",
    "recent_spinal_surgery",
    "severe_hypertension",
    "severe_osteoporosis",
    "abdominal_hernia",
    "spinal_fracture",
    "uncontrolled_heart_disease",
    "under_18",
    "unstable_spondylolisthesis",
]
CAUTIONED = [
    "acute_disc_herniation",
    "dizziness",
    "hamstring_cramp",
    "hip_replacement",
    "knee_pain_kneeling",
    "knee_replacement",
    "neck_pain",
    "osteoporosis",
    "shoulder_pain",
    "spinal_stenosis",
    "spondylolisthesis",
    "wrist_pain",
]


def yes(day: int, sign: str, **answers: bool) -> CheckIn:
    return morning(day, answers=no_to_all(**{sign: True}, **answers))


def test_every_sign_and_condition_stands_here() -> None:
    assert sorted(SIGNS) == sorted(one.id for one in bank().questions)
    assert sorted([*ON_HOLD, *CAUTIONED]) == sorted(one.id for one in bank().conditions)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_as_urgent_as_it_is(sign: str) -> None:
    tier = "emergency" if sign in EMERGENCY else "same_day" if sign in SAME_DAY else "book_soon"
    assert screen(bank(), intake(), [yes(1, sign)]).tier == tier


@pytest.mark.parametrize("sign", SIGNS)
def test_a_booked_visit_lets_slow_recovery_go_on_and_nothing_else(sign: str) -> None:
    found = screen(bank(), intake(), [yes(1, sign, **{BOOKED: True})])
    assert found.cleared is (sign in BOOK_SOON)


@pytest.mark.parametrize("sign", SIGNS)
def test_the_same_yes_after_a_clearance_locks_again_unless_it_is_known(sign: str) -> None:
    cleared = [Clearance("c", at(1, 20), "Dr A", (sign,))]
    known, told_no = [yes(1, sign), yes(2, sign)], [yes(1, sign), morning(2), yes(3, sign)]
    assert screen(bank(), intake(), known, cleared).cleared is (sign in [*CLEARED_ONCE, *KNOWN_UNTIL_NO])
    assert screen(bank(), intake(), told_no, cleared).cleared is (sign in CLEARED_ONCE)


@pytest.mark.parametrize("sign", SIGNS)
def test_only_what_is_past_need_not_be_answered_again(sign: str) -> None:
    cleared = [Clearance("c", at(1, 20), "Dr A", (sign,))]
    blank = morning(2, new_symptoms=True, answers=no_to_all(**{sign: None}))
    found = screen(bank(), intake(), [yes(1, sign), blank], cleared)
    assert found.missing == (() if sign in CLEARED_ONCE else (sign,))


@pytest.mark.parametrize("condition", [*ON_HOLD, *CAUTIONED])
def test_a_condition_locks_from_the_first_visit_or_only_cautions(condition: str) -> None:
    assert screen(bank(), intake(conditions=[condition]), [morning(1)]).cleared is (condition in CAUTIONED)
