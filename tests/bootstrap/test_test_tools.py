"""`./ischia test` gets its tools, a browser where it may, and ends as pytest ends."""

import os
from pathlib import Path

import pytest
from tests.bootstrap.conftest import Project

pytestmark = pytest.mark.slow

PYTEST = "import sys\nprint('pytest', *sys.argv[1:])\nsys.exit(5)\n"
NPM = '#!/bin/sh\necho "npm $*" >> "$LOG"\n/bin/mkdir -p node_modules\n: > node_modules/.package-lock.json\n'
APT = '#!/bin/sh\necho "apt-get $*" >> "$LOG"\n'


@pytest.fixture
def testable(made_once: Project, tmp_path: Path) -> Project:
    """A set-up checkout with tests, where nothing but a npm of ours is on PATH."""
    files = {"requirements/test.txt": "", "package-lock.json": "{}", "pytest.py": PYTEST}
    for name, content in files.items():
        (made_once.folder / name).write_text(content, encoding="utf-8")
    write_command(tmp_path, "npm", NPM)
    (made_once.folder / "node_modules" / ".package-lock.json").unlink(missing_ok=True)
    return Project(
        made_once.folder, made_once.settings | {"PATH": str(tmp_path), "LOG": str(tmp_path / "log")}
    )


def write_command(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(script, encoding="utf-8")
    (folder / name).chmod(0o755)


def test_pytest_gets_the_arguments_and_gives_the_exit_status(testable: Project, tmp_path: Path) -> None:
    write_command(tmp_path, "chromium", "#!/bin/sh\n")
    done = testable.start("test", "-k", "two words")
    assert (done.returncode, done.stdout) == (5, "pytest -n 2 --no-loadscope-reorder -k two words\n")
    calls = (tmp_path / "log").read_text(encoding="utf-8")
    assert calls.startswith("npm ci --ignore-scripts ") and calls.count("\n") == 1


def test_tools_that_are_there_are_not_installed_again(testable: Project, tmp_path: Path) -> None:
    write_command(tmp_path, "chromium", "#!/bin/sh\n")
    testable.start("test")
    assert testable.start("test").stderr == ""
    assert (tmp_path / "log").read_text(encoding="utf-8").count("npm") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs packages without being asked")
def test_a_missing_browser_is_installed_where_that_is_possible(testable: Project, tmp_path: Path) -> None:
    write_command(tmp_path, "apt-get", APT)
    done = testable.start("test")
    assert "installing the browser chromium for the tests ... done" in done.stderr
    assert "--yes --no-install-recommends chromium" in (tmp_path / "log").read_text(encoding="utf-8")


def test_without_a_browser_the_tests_run_all_the_same(testable: Project) -> None:
    done = testable.start("test")
    assert "install chromium, or the browser tests are skipped" in done.stderr
    assert done.stdout == "pytest -n 2 --no-loadscope-reorder\n"
