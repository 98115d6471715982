"""The hazard log names controls and tests that exist."""

import csv
from pathlib import Path

import pytest

from ischia.session.rules import Rule

ROOT = Path(__file__).parents[3]
HAZARDS = list(csv.DictReader((ROOT / "docs" / "clinical" / "hazards.csv").open(encoding="utf-8")))


def test_every_hazard_has_an_id_of_its_own_and_no_empty_field() -> None:
    assert len({one["id"] for one in HAZARDS}) == len(HAZARDS) >= 15
    assert all(value.strip() for one in HAZARDS for value in one.values())
    assert all(1 <= int(one[name]) <= 5 for one in HAZARDS for name in ("severity", "probability"))


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda one: one["id"])
def test_its_control_exists(hazard: dict[str, str]) -> None:
    kind, _, name = hazard["controlled_by"].partition(":")
    if kind == "rule":
        assert name in {rule.value for rule in Rule}
    else:
        assert kind == "code"
        assert (ROOT / name).is_file()


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda one: one["id"])
def test_its_tests_exist(hazard: dict[str, str]) -> None:
    for test in hazard["tests"].split():
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), test
