"""The labelled recordings, where they are."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.unit.movement.films import Clip, sequences

from ischia.recording import LandmarkTrack


@pytest.fixture(scope="session")
def clips(repository: Path) -> Sequence[Clip]:
    """The labelled recordings; the test is skipped where they are absent."""
    root = repository.parent / "shared" / "clips"
    if not (root / "manifest.csv").exists():
        pytest.skip("the labelled recordings are not beside the repository (../shared/clips)")
    holds = defaultdict(list)
    with (root / "reps.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["hold_start_s"] and row["hold_end_s"]:
                holds[row["file"]].append((float(row["hold_start_s"]), float(row["hold_end_s"])))
    with (root / "manifest.csv").open(newline="") as file:
        return [
            Clip(
                row["file"],
                row["exercise"],
                row["peaks_reached"],
                root / "landmarks" / f"{row['file']}.npz",
                tuple(holds[row["file"]]),
                float(row["label_precision_s"] or 0.0),
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="session")
def skeletons(repository: Path) -> Mapping[str, Mapping[str, LandmarkTrack]]:
    """Sequences without pictures, by file and name; the test is skipped where they are absent."""
    root = repository.parent / "shared" / "clips" / "skeletons"
    if not root.exists():
        pytest.skip("the sequences are not beside the repository (../shared/clips/skeletons)")
    return {path.stem: sequences(path) for path in root.glob("*.npz")}
