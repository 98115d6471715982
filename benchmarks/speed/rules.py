"""Patient-days a second on one core, with the engine alone and with the whole simulator, and how they grow.

usage: rules.py [--most PATIENTS]

Engine: facts of synthetic patients, recorded once, go through the rules again: check-in, gate, plan, session,
the check-in after it. Simulator: the same with the patient's answers made up and every promise watched. A day
is any day, with or without a session. The growth series lets cohorts of 1,000 patients and more live a few
days each and notes the process's peak memory. Beside it stands a baseline of plain Python (see tracker.py):
other programs on the machine slow both, so the ratio is the figure to compare.
Writes benchmarks/results/rules.json.
"""

import argparse
import gc
import json
import os
import platform
import resource
from pathlib import Path
from time import process_time
from typing import Any

from tracker import baseline_us

from ischia.dose import default_library, default_protocol
from ischia.dose.choose import sketch_session
from ischia.dose.course import Course
from ischia.dose.state import Sketch
from ischia.screening import load_bank
from ischia.simulation import life as lives
from ischia.simulation.cohort import live_all, live_chunk

RESULTS = Path(__file__).resolve().parents[1] / "results" / "rules.json"
PATIENTS, DAYS, ROUNDS = 100, 180, 5
GROWTH_DAYS = 20
FACTS = ("check_in", "done", "order", "clearance", "stop", "nerve_watch", "adopt")


class Recorder(Course):
    """A course that keeps what it was told."""

    __slots__ = ("begin", "log")

    def __init__(self, *begin: Any) -> None:
        super().__init__(*begin)
        self.begin, self.log = begin, []

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in FACTS:
            return found

        def told(*facts: Any) -> Any:
            self.log.append((name, facts))
            return found(*facts)

        return told


def recorded() -> list[tuple[Any, list[tuple[str, Any]]]]:
    lives.Course = Recorder  # type: ignore[misc]
    found = []
    for seed in range(1, PATIENTS + 1):
        living = lives.Living(seed, DAYS, default_protocol(), default_library(), load_bank())
        living.live(DAYS)
        course: Any = living.course
        found.append((course.begin, course.log))
    lives.Course = Course  # type: ignore[misc]
    return found


def engine_s(facts: list[tuple[Any, list[tuple[str, Any]]]]) -> float:
    begin = process_time()
    for first, log in facts:
        course = Course(*first)
        for name, told in log:
            if name == "adopt":
                sketch = sketch_session(course)
                assert isinstance(sketch, Sketch)
                course.adopt(told[0], sketch.items)
            else:
                getattr(course, name)(*told)
    return process_time() - begin


def growth(most: int) -> list[dict[str, float]]:
    found, patients = [], 1000
    while patients <= most:
        begin = process_time()
        live_all(patients, GROWTH_DAYS, 0, default_protocol(), workers=1)
        spent = process_time() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found.append(
            {
                "patients": patients,
                "patient_days_per_cpu_second": round(patients * GROWTH_DAYS / spent),
                "peak_memory_mb": round(peak, 1),
            }
        )
        print(found[-1], flush=True)
        patients *= 10
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--most", type=int, default=10_000, help="patients of the largest cohort")
    told = parser.parse_args()
    series = growth(told.most)
    facts = recorded()
    sessions = sum(name == "adopt" for _, log in facts for name, _ in log)
    gc.disable()
    engine = min(engine_s(facts) for _ in range(ROUNDS))
    whole = float("inf")
    for _ in range(ROUNDS):
        begin = process_time()
        live_chunk(1, PATIENTS, DAYS, default_protocol())
        whole = min(whole, process_time() - begin)
    base = baseline_us()
    days = PATIENTS * DAYS
    result = {
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
        "baseline_us": round(base, 1),
        "engine": {
            "patient_days_per_cpu_second": round(days / engine),
            "us_per_day_with_a_session": round(engine / sessions * 1e6, 1),
            "session_day_over_baseline": round(engine / sessions * 1e6 / base, 2),
        },
        "simulator": {
            "patient_days_per_cpu_second": round(days / whole),
            "us_per_day": round(whole / days * 1e6, 1),
            "day_over_baseline": round(whole / days * 1e6 / base, 2),
        },
        "growth": {"days": GROWTH_DAYS, "cohorts": series},
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
