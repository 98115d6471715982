"""Write every frame of a recording as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ischia.analysis import Analysis
    from ischia.movement import Live
    from ischia.recording import LandmarkTrack


def write_table(track: LandmarkTrack, lives: Sequence[Live], analysis: Analysis, path: Path) -> None:
    """Write one row a frame: the track's columns, and beside them what was made of it.

    ``progress`` (0 start, 1 hold), ``hip_deg`` and ``trunk_deg`` degrees, ``scored``; ``repetition`` is the
    number of the repetition going on, ``phase`` its part, ``count`` the repetitions reached so far. Empty is
    what was not seen. The table can be read back as a track of landmarks.

    Raises:
        OSError: it cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ischia.recording.track import track_table

    progress = dict(analysis.curve)
    moments = [moment(analysis, live.t_s) for live in lives]
    table = track_table(
        track,
        progress=pa.array([progress.get(live.t_s) for live in lives], pa.float32()),
        hip_deg=pa.array([live.hip_deg for live in lives], pa.float32()),
        trunk_deg=pa.array([live.trunk_deg for live in lives], pa.float32()),
        scored=pa.array([live.t_s in progress for live in lives], pa.bool_()),
        repetition=pa.array([number for number, _, _ in moments], pa.int32()),
        phase=pa.array([phase for _, phase, _ in moments], pa.string()).dictionary_encode(),
        count=pa.array([count for _, _, count in moments], pa.int32()),
    )
    pq.write_table(table, path, compression="zstd")


def moment(analysis: Analysis, t_s: float) -> tuple[int | None, str, int]:
    """Return the number of the repetition going on, its phase, and the repetitions reached until ``t_s``."""
    count = 0
    now: tuple[int | None, str] = (None, "rest")
    for number, repetition in enumerate(analysis.repetitions, 1):
        begin_s = _first(repetition.start_s, repetition.hold_start_s, 0.0)
        hold_s = _first(repetition.hold_start_s, begin_s)
        back_s = _first(repetition.hold_end_s, float("inf"))
        end_s = _first(repetition.end_s, float("inf"))
        if t_s >= hold_s:
            count = number
        if begin_s <= t_s < end_s:
            now = (number, "out" if t_s < hold_s else "hold" if t_s <= back_s else "back")
    return (*now, count)


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)
