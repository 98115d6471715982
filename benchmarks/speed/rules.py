"""Patient-days a second on one core, with the engine alone and with the whole simulator, and how they grow.

usage: rules.py [--most PATIENTS] [--days DAYS] [--growth-alone]

Engine: facts of synthetic patients, recorded once, go through the rules again: check-in, gate, plan, session,
the check-in after it. Simulator: the same with the patient's answers made up and every promise watched. A day
is any day, with or without a session. The growing run lets up to ``--most`` patients live a few days each in
one process and notes time and peak memory after 1,000, 10,000 and every further 100,000 of them; what it
takes to make a patient up weighs the more, the fewer the days. Beside it stands a baseline of plain Python
(see tracker.py): other programs on the machine slow both, so the ratio is the figure to compare.
Writes benchmarks/results/rules.json.
"""

import argparse
import gc
import json
import os
import platform
import resource
from pathlib import Path
from time import process_time, time
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


def growth(most: int, days: int) -> dict[str, Any]:
    """Let ``most`` patients live in one run; note time and peak memory on the way, and write them at once."""
    marks = [1000, 10_000, *range(100_000, most + 1, 100_000)]
    found: list[dict[str, float]] = []
    done = 0
    begin, wall = process_time(), time()

    def noted(more: int) -> None:
        nonlocal done
        done += more
        if done not in marks:
            return
        spent = process_time() - begin
        found.append(
            {
                "patients": done,
                "patient_days_per_cpu_second": round(done * days / spent),
                "us_per_patient_day": round(spent / (done * days) * 1e6, 1),
                "cpu_s": round(spent, 1),
                "wall_s": round(time() - wall, 1),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
                "load_average": round(os.getloadavg()[0], 1),
            }
        )
        print(found[-1], flush=True)
        write({"growth": {"days": days, "one_run": found}})

    live_all(most, days, 0, default_protocol(), workers=1, progress=noted)
    return {"days": days, "one_run": found}


def write(part: dict[str, Any]) -> None:
    """Put new figures in the place of the old."""
    old = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**old, **part}, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--most", type=int, default=10_000, help="patients of the growing run, 0 for none")
    parser.add_argument("--days", type=int, default=20, help="days of the growing run")
    parser.add_argument("--growth-alone", action="store_true")
    told = parser.parse_args()
    if told.most:
        growth(told.most, told.days)
    if told.growth_alone:
        return
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
    }
    write(result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
