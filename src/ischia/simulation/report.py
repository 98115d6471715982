"""What a simulation says: as plain data, as Parquet rows, and as a plot. Heavy libraries load when they are
used.
"""

from pathlib import Path
from types import TracebackType
from typing import Any

from ischia.simulation.cohort import ROW_NAMES, Row, Tally

_DRAWN = 24


def summary(tally: Tally, seconds: float, workers: int) -> dict[str, Any]:
    """Return a tally as plain data.

    Args:
        tally: what the patients came to.
        seconds: wall time the simulation took.
        workers: processes it used.
    """
    step = max(1, len(tally.volume) // _DRAWN)
    told = sum(tally.flag_to_stop.values())
    return {
        "patients": tally.patients,
        "patient_days": tally.days,
        "violations": tally.violation_count,
        "first_violations": [{"seed": seed, "what": what} for seed, what in tally.violations[:50]],
        "share_of_days": {
            state: round(days / max(1, tally.days), 4) for state, days in sorted(tally.states.items())
        },
        "dose_curve": [
            {"day": day + 1, "mean_seconds_held": round(total / count, 1) if count else None}
            for day, (total, count) in enumerate(tally.volume)
            if day % step == 0
        ],
        "red_flags_told": told,
        "days_from_red_flag_to_stop": {
            str(days): count for days, count in sorted(tally.flag_to_stop.items())
        },
        "sessions_while_a_red_flag_was_not_told": tally.sessions_after_flag,
        "raises_per_patient": round(tally.raises / max(1, tally.patients), 2),
        "lowerings_per_patient": round(tally.lowerings / max(1, tally.patients), 2),
        "seconds": round(seconds, 2),
        "workers": workers,
        "patient_days_per_second": round(tally.days / seconds) if seconds > 0 else None,
    }


class ParquetRows:
    """Writes one row for each patient, chunk by chunk, so that memory stays flat."""

    def __init__(self, path: Path) -> None:
        """Open the file for writing.

        Raises:
            OSError: the file cannot be written.
        """
        import pyarrow as arrow
        import pyarrow.parquet as parquet

        kinds = [arrow.int64()] * 6 + [arrow.float64()] * 3 + [arrow.int64()]
        self._schema = arrow.schema(list(zip(ROW_NAMES, kinds, strict=True)))
        self._arrow = arrow
        self._writer = parquet.ParquetWriter(path, self._schema)

    def write(self, rows: list[Row]) -> None:
        """Add the rows of one chunk."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._writer.write_table(
            self._arrow.table(dict(zip(ROW_NAMES, columns, strict=True)), schema=self._schema)
        )

    def __enter__(self) -> "ParquetRows":
        """Use as a context."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Close the file."""
        self._writer.close()


def draw(tally: Tally, path: Path) -> None:
    """Draw the dose curve and the days in each state as a picture; its kind follows the file's suffix."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (curve, states) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    means = [total / count if count else float("nan") for total, count in tally.volume]
    curve.plot(range(1, len(means) + 1), means)
    curve.set(
        xlabel="day", ylabel="seconds held in a session (mean)", title=f"{tally.patients} synthetic patients"
    )
    names = sorted(tally.states, key=lambda state: tally.states[state])
    states.barh(names, [100 * tally.states[name] / max(1, tally.days) for name in names])
    states.set(xlabel="share of days (%)")
    figure.savefig(path)
    pyplot.close(figure)
