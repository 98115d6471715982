"""What npm gives is used only when it is what was tested."""

import base64
import hashlib
from pathlib import Path

import pytest

from ischia.pose import npm

ARCHIVE = b"a package"
RIGHT = "sha512-" + base64.b64encode(hashlib.sha512(ARCHIVE).digest()).decode()


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An npm that leaves an archive where it is called."""
    tool = tmp_path / "npm"
    tool.write_text("#!/bin/sh\nprintf 'a package' > scope-thing-1.0.0.tgz\n")
    tool.chmod(0o755)
    monkeypatch.setattr(npm, "npm_tools", lambda: npm.Tools([str(tool)], ["node"], {"PATH": "/usr/bin:/bin"}))
    return tool


def test_the_pinned_package_comes(registry: Path, tmp_path: Path) -> None:
    assert npm.fetch_package("@scope/thing@1.0.0", RIGHT, tmp_path).read_bytes() == ARCHIVE


def test_another_package_than_the_pinned_one_is_refused(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(npm.NpmError, match=r"@scope/thing@1\.0\.0 that came is not the one"):
        npm.fetch_package("@scope/thing@1.0.0", "sha512-AAAA", tmp_path)


def test_a_registry_that_is_away_is_told_in_its_own_words(registry: Path, tmp_path: Path) -> None:
    registry.write_text("#!/bin/sh\necho 'npm error network away' >&2\nexit 1\n")
    with pytest.raises(npm.NpmError, match="cannot be fetched: npm error network away; check the way"):
        npm.fetch_package("@scope/thing@1.0.0", RIGHT, tmp_path)
