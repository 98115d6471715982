"""Many synthetic patients at once, in a pool of processes. Seeds make it repeatable; chunks keep memory
flat.
"""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice

from ischia.dose.library import default_library
from ischia.dose.protocol import Protocol
from ischia.screening import load_bank
from ischia.simulation.life import Life, Living
from ischia.simulation.replay import replay_seed

CHUNK = 50
"""Patients in one piece of work."""

REPLAY_EVERY = 200
"""Of so many patients one is lived again with its whole history kept, and every decision is made anew from
it.
"""

Row = tuple[int, int, int, int, int, int, float, float, float, int]
ROW_NAMES = (
    "seed",
    "sessions",
    "days_locked",
    "raises",
    "lowerings",
    "violations",
    "first_pain",
    "last_pain",
    "last_volume_s",
    "sessions_after_unspoken_flag",
)


@dataclass(slots=True)
class Tally:
    """What a number of patients came to. Sums only, except ``rows``, which a sink takes away chunk by chunk.

    Attributes:
        volume: for each day, seconds held summed over the patients with a session that day, and their number.
        flag_to_stop: days from a red flag's appearance to the first refused session, counted.
        violations: patient's seed and sentence, the first thousand.
    """

    patients: int = 0
    days: int = 0
    states: Counter[str] = field(default_factory=Counter)
    volume: list[tuple[float, int]] = field(default_factory=list)
    flag_to_stop: Counter[int] = field(default_factory=Counter)
    sessions_after_flag: int = 0
    raises: int = 0
    lowerings: int = 0
    violation_count: int = 0
    violations: list[tuple[int, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def add_life(self, life: Life) -> None:
        """Add one patient."""
        self.patients += 1
        self.days += len(life.volumes)
        self.states.update(life.states)
        self.flag_to_stop.update(life.flag_to_stop)
        self.sessions_after_flag += life.sessions_after_flag
        self.raises += life.raises
        self.lowerings += life.lowerings
        self.violation_count += len(life.violations)
        self.violations += [(life.seed, one) for one in life.violations]
        if not self.volume:
            self.volume = [(0.0, 0)] * len(life.volumes)
        self.volume = [
            (total + one, count + (one > 0))
            for (total, count), one in zip(self.volume, life.volumes, strict=True)
        ]
        self.rows.append(_row(life))

    def add(self, other: "Tally") -> None:
        """Add what other patients came to; their rows are left where they are."""
        self.patients += other.patients
        self.days += other.days
        self.states.update(other.states)
        self.flag_to_stop.update(other.flag_to_stop)
        self.sessions_after_flag += other.sessions_after_flag
        self.raises += other.raises
        self.lowerings += other.lowerings
        self.violation_count += other.violation_count
        self.violations = (self.violations + other.violations)[:1000]
        mine = self.volume or [(0.0, 0)] * len(other.volume)
        self.volume = [(a + b, m + n) for (a, m), (b, n) in zip(mine, other.volume, strict=True)]


def _row(life: Life) -> Row:
    sessions = life.states.get("session", 0) + life.states.get("bad_day", 0)
    last = next((one for one in reversed(life.volumes) if one), 0.0)
    return (
        life.seed,
        sessions,
        life.states.get("locked", 0),
        life.raises,
        life.lowerings,
        len(life.violations),
        round(life.pain_first, 2),
        round(life.pain_last, 2),
        last,
        life.sessions_after_flag,
    )


def live_chunk(first_seed: int, patients: int, days: int, protocol: Protocol) -> Tally:
    """Let consecutive seeds live and return what they came to."""
    library, bank = default_library(), load_bank()
    gc.disable()
    tally = Tally()
    for seed in range(first_seed, first_seed + patients):
        life = Living(seed, days, protocol, library, bank).live(days)
        if seed % REPLAY_EVERY == 0:
            again = replay_seed(seed, days, protocol)
            life.violations += [
                f"{for_date}: a replay decides otherwise" for for_date in again["differences"]
            ]
        tally.add_life(life)
    gc.enable()
    return tally


def live_all(
    patients: int,
    days: int,
    first_seed: int,
    protocol: Protocol,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
    sink: Callable[[list[Row]], None] = lambda _: None,
) -> Tally:
    """Let ``patients`` live for ``days`` and return what they came to.

    Args:
        patients: how many; their seeds follow on from ``first_seed``.
        days: how long each is followed.
        first_seed: seed of the first patient.
        protocol: the rules' numbers.
        workers: processes; every core where None. With one, no other process is started.
        progress: called with the number of patients done since the last call.
        sink: called with the rows of every finished chunk.
    """
    workers = workers or os.cpu_count() or 1
    total = Tally()
    for tally in _tallies(_chunks(patients, first_seed), days, protocol, workers):
        total.add(tally)
        progress(tally.patients)
        sink(tally.rows)
    return total


def _chunks(patients: int, first_seed: int) -> Iterator[tuple[int, int]]:
    for done in range(0, patients, CHUNK):
        yield first_seed + done, min(CHUNK, patients - done)


def _tallies(
    chunks: Iterator[tuple[int, int]], days: int, protocol: Protocol, workers: int
) -> Iterator[Tally]:
    if workers == 1:
        for seed, count in chunks:
            yield live_chunk(seed, count, days, protocol)
        return
    with ProcessPoolExecutor(workers) as pool:
        running: set[Future[Tally]] = set()
        for seed, count in islice(chunks, 2 * workers):
            running.add(pool.submit(live_chunk, seed, count, days, protocol))
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for seed, count in islice(chunks, len(finished)):
                running.add(pool.submit(live_chunk, seed, count, days, protocol))
            for future in finished:
                yield future.result()
