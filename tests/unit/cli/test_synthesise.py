import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ischia.cli.synthesise import synthesise


def test_it_writes_landmarks_and_their_truth(tmp_path: Path) -> None:
    out = tmp_path / "made.npz"
    result = CliRunner().invoke(
        synthesise, ["--exercise", "bridge", "--repetitions", "2", "--landmarks", str(out)]
    )
    assert result.exit_code == 0, result.output
    truth = json.loads((tmp_path / "made.truth.json").read_text(encoding="utf-8"))
    assert (truth["exercise"], truth["count"], truth["cues"]) == ("bridge", 2, [])
    assert out.stat().st_size > 1000


def test_json_prints_the_truth_alone() -> None:
    result = CliRunner().invoke(synthesise, ["--exercise", "bridge", "--fault", "sagging", "--json"])
    assert json.loads(result.output)["cues"] == ["sagging"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["--exercise", "brigde"],
        ["--exercise", "bridge", "--camera", "moon"],
        ["--exercise", "bridge", "--fault", "yawning"],
        ["--exercise", "bridge", "--landmarks", "made.csv"],
        ["--exercise", "bridge", "--loop"],
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(wrong: list[str]) -> None:
    result = CliRunner().invoke(synthesise, wrong)
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1


def test_a_folder_that_does_not_exist_is_told_plainly(tmp_path: Path) -> None:
    out = str(tmp_path / "nowhere" / "made.npz")
    result = CliRunner().invoke(synthesise, ["--exercise", "bridge", "--landmarks", out])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
