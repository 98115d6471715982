"""What stands in a data folder: read from the database file itself, past the app."""

import json
import sqlite3
from pathlib import Path
from typing import Any


def _rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{folder / 'ischia.sqlite3'}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def planned_sets(folder: Path) -> list[tuple[str, str, int]]:
    """Every set of the session's plan: exercise, side, number; in order."""
    ((body,),) = _rows(folder, "select body from training_plan where has_session")
    return [
        (planned["exercise_id"], dose["side"], number)
        for planned in json.loads(body)["exercises"]
        for dose in planned["doses"]
        for number in range(1, int(dose["dose"]["sets"]) + 1)
    ]


def events(folder: Path) -> list[dict[str, Any]]:
    """Every event on record in the order it arrived, with its ``kind``."""
    rows = _rows(folder, "select kind, body from training_event order by number")
    return [{"kind": kind, **json.loads(body)} for kind, body in rows]


def recorded_sets(folder: Path) -> list[tuple[str, str, int]]:
    """Every set on record: exercise, side, number; as often as it stands there."""
    return [
        (one["exercise_id"], one["side"], one["number"]) for one in events(folder) if one["kind"] == "set"
    ]


def drawings(folder: Path) -> int:
    """How many drawings of movements are kept."""
    ((count,),) = _rows(folder, "select count(*) from training_movementtrack")
    return int(count)
