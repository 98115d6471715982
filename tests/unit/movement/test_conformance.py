"""The conformance tracks give their records, exactly."""

import json
from pathlib import Path
from typing import Any

import pytest
from conformance.make import record

from ischia.movement import MotionSpec

HERE = Path(__file__).resolve().parents[3] / "conformance"
EXPECTED: dict[str, Any] = json.loads((HERE / "records.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_track_gives_its_records(name: str) -> None:
    expected = EXPECTED[name]
    spec = MotionSpec.from_json((HERE / "specs" / f"{expected['spec']}.json").read_text(encoding="utf-8"))
    assert record(spec, HERE / "tracks" / f"{name}.npz") == expected["records"]
