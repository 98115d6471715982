"""``ischia protocol``: copy, check, compare, show, sign off."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ischia.cli.protocol import protocol


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(protocol, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    assert run("copy", path)[0] == 0
    return path


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_a_copy_is_usable_and_never_overwritten(copied: Path) -> None:
    assert run("check", copied)[0] == 0
    code, told = run("copy", copied)
    assert (code, "exists already" in told) == (2, True)


def test_a_fault_ends_with_status_3_and_names_line_and_mend(copied: Path) -> None:
    edit(copied, '"half_bridge"', '"half_bridg"')
    code, told = run("check", copied)
    assert code == 3
    assert "did you mean half_bridge?" in told
    assert "Nothing was loaded" in told
    code, told = run("check", copied, "--json")
    assert (code, json.loads(told.splitlines()[0])["usable"]) == (3, False)


def test_differences_are_told(copied: Path) -> None:
    assert run("diff", "default", copied) == (0, "The two protocols are the same.\n")
    edit(copied, "value = 48", "value = 72")
    assert "green_hours: 48 -> 72" in run("diff", "default", copied)[1]
    assert json.loads(run("diff", "default", copied, "--json")[1])


def test_numbers_and_ladders_are_shown(copied: Path) -> None:
    assert "green_sessions" in run("show")[1]
    assert json.loads(run("show", copied, "--json")[1])["id"] == "default"


def test_a_sign_off_is_kept_until_the_text_is_edited(copied: Path) -> None:
    assert run("sign-off", copied, "--name", "Dr A", "--date", "2026-11-22")[0] == 0
    assert "signed off by Dr A" in run("check", copied)[1]
    assert run("sign-off", copied, "--name", "Dr B", "--date", "2026-11-23")[0] == 2
    edit(copied, "value = 48", "value = 72")
    assert "not signed off" in run("check", copied)[1]
    assert run("sign-off", copied, "--name", "Dr B", "--date", "2026-11-23")[0] == 0
    assert "signed off by Dr B" in run("check", copied)[1]


def test_a_sign_off_needs_a_date(copied: Path) -> None:
    assert run("sign-off", copied, "--name", "Dr A", "--date", "today")[0] == 2
    assert "[sign_off]\n" not in copied.read_text(encoding="utf-8")
