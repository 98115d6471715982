"""Live one synthetic patient again, keep the whole history, and show that deciding anew gives the same
plans.
"""

from typing import Any

from ischia.dose.history import NoSession
from ischia.dose.library import default_library
from ischia.dose.plan import replay
from ischia.dose.protocol import Protocol
from ischia.screening import load_bank
from ischia.session.plan import SessionPlan
from ischia.simulation.life import Living
from ischia.simulation.trace import Trace


def replay_seed(seed: int, days: int, protocol: Protocol) -> dict[str, Any]:
    """Return a patient's days in words, broken promises, and dates on which a replay decides otherwise."""
    trace = Trace()
    library, bank = default_library(), load_bank()
    life = Living(seed, days, protocol, library, bank, trace).live(days)
    decided: dict[str, SessionPlan | NoSession] = {
        **{one.for_date: one for one in trace.plans},
        **{one.for_date: one for one in trace.refusals},
    }
    again = replay(trace.history(), protocol, library, bank)
    return {
        "seed": seed,
        "days": [{"date": for_date, "what": _in_words(decided[for_date])} for for_date in sorted(decided)],
        "violations": life.violations,
        "differences": [for_date for for_date, one in decided.items() if again.get(for_date) != one],
    }


def _in_words(found: SessionPlan | NoSession) -> str:
    if isinstance(found, NoSession):
        return "no session: " + ", ".join(decision.rule for decision in found.decisions)
    parts = []
    for planned in found.exercises:
        amounts = " ".join(
            f"{one.dose.hold_s:g}s x{one.dose.repetitions} x{one.dose.sets}" for one in planned.doses
        )
        parts.append(f"{planned.exercise_id} {amounts} ({planned.decision.rule.removeprefix('dose.')})")
    return "; ".join(parts)
