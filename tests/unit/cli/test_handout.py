from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("reportlab")

from ischia.cli.handout import handout


def test_it_writes_a_page_for_each_exercise_and_language(tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    result = CliRunner().invoke(handout, ["bridge", "curl_up", "--lang", "both", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "4 pages" in result.output
    assert out.read_bytes().startswith(b"%PDF-")


def test_without_a_name_it_prints_the_six_of_the_programme(tmp_path: Path) -> None:
    result = CliRunner().invoke(handout, ["--out", str(tmp_path / "six.pdf")])
    assert "6 pages" in result.output


@pytest.mark.parametrize("wrong", [["brigde"], ["bridge", "--url", "ischia.example"]])
def test_wrong_use_ends_with_2_and_one_sentence(wrong: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(handout, [*wrong, "--out", str(tmp_path / "x.pdf")])
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_cannot_be_written_is_told_plainly(tmp_path: Path) -> None:
    result = CliRunner().invoke(handout, ["bridge", "--out", str(tmp_path / "no" / "x.pdf")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
