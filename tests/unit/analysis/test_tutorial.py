"""The tutorial's code runs as it is written."""

import re
from pathlib import Path

import pytest


def test_the_tutorial_runs(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (repository / "docs/tutorials/analyse-a-recording.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    assert "ischia.analyse" in code
    exec(compile(code, "analyse-a-recording.md", "exec"), {})
