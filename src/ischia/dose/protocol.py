"""A protocol: every number and ladder the rules work with, versioned, signed off by a clinician or not."""

from dataclasses import dataclass

from ischia.session.plan import ProtocolStamp


@dataclass(frozen=True, slots=True)
class Numbers:
    """The rules' numbers. Each name ends in its unit; each stands in the protocol with value, unit and
    source.

    What each number does is said in the protocol file itself and on the page of the rule that uses it.
    """

    green_pain_points: int
    red_pain_points: int
    leg_rise_red_points: int
    back_rise_amber_points: int
    back_rise_red_points: int
    next_morning_most_hours: float

    easier_pain_points: int
    easier_age_years: int

    green_sessions: int
    green_hours: float
    hold_step_seconds: float
    long_hold_from_seconds: float
    long_hold_step_seconds: float
    resting_hold_from_seconds: float
    resting_hold_step_seconds: float
    repetitions_step_repetitions: int
    volume_rise_share: float
    volume_window_days: int
    rung_apart_days: int

    amber_sessions: int
    lower_share: float
    floor_share: float
    missed_days: int
    red_window_days: int
    review_reds: int
    stop_reds: int

    bad_day_pain_points: int
    bad_day_exercises: int
    flare_rise_points: int
    flare_bad_mornings: int
    flare_good_mornings: int

    session_most_minutes: float
    session_exercises: int
    instruction_seconds: float
    position_change_seconds: float
    training_row_days: int
    flexion_from_hours: float

    direction_pause_days: int
    direction_certainty_share: float
    no_gain_days: int
    no_gain_points: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Exercises of one kind from the easiest to the hardest; a new patient begins at ``start``."""

    id: str
    start: str
    rungs: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed a protocol off, when (ISO date), and the hash of what was signed."""

    name: str
    date: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version of the rules' numbers and ladders.

    Attributes:
        stamp: id, version and hash; every plan carries it.
        sources: number name to source id.
        signed_off: None where nobody did, or where the text changed since.
    """

    stamp: ProtocolStamp
    title: str
    numbers: Numbers
    ladders: tuple[Ladder, ...]
    sources: tuple[tuple[str, str], ...]
    signed_off: SignOff | None = None
