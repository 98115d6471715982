"""`./ischia` on a fresh checkout, and on one that was broken off, moved or changed."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bootstrap.conftest import REPOSITORY, Project, write_project

pytestmark = pytest.mark.slow


def test_the_first_start_sets_up_and_tells_so(made_once: Project) -> None:
    stamp = json.loads((made_once.folder / ".venv" / "set-up.json").read_text(encoding="utf-8"))
    assert set(stamp) == {"environment", "packages", "command", "assets"}


def test_a_later_start_only_runs_the_command(made_once: Project) -> None:
    done = made_once.start("show", "two words")
    assert (done.returncode, done.stdout, done.stderr) == (0, "ischia show two words hello\n", "")


def test_no_arguments_mean_serve(made_once: Project) -> None:
    assert made_once.start().stdout == "ischia serve hello\n"


def test_the_command_s_own_exit_status_is_kept(made_once: Project) -> None:
    assert made_once.start("fail").returncode == 7


def test_a_python_path_of_the_caller_leads_nowhere(made_once: Project, tmp_path: Path) -> None:
    (tmp_path / "greeting.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    assert made_once.start("show", PYTHONPATH=str(tmp_path)).stdout == "ischia show hello\n"


def test_changed_packages_are_installed_at_the_next_start(made_once: Project) -> None:
    made_once.change_lock()
    done = made_once.start("show")
    assert done.returncode == 0
    assert "installing 1 packages" in done.stderr and "making .venv" not in done.stderr


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_a_set_up_broken_off_is_made_anew(project: Project, blow: signal.Signals) -> None:
    broken = project.open("show")
    assert broken.stderr is not None
    assert broken.stderr.read(len("ischia: making .venv")) == "ischia: making .venv"
    # Ctrl-C reaches the whole group; a kill may leave what the start had begun running.
    (os.killpg if blow is signal.SIGINT else os.kill)(broken.pid, blow)
    _, words = broken.communicate(timeout=30)
    if blow is signal.SIGINT:
        assert broken.returncode == 130
        assert "the next start finishes the set-up" in words
    repaired = project.start("show")
    assert (repaired.returncode, repaired.stdout) == (0, "ischia show hello\n")


def test_two_starts_at_once_set_up_one_after_the_other(project: Project) -> None:
    both = [project.open("show"), project.open("show")]
    results = [start.communicate(timeout=240) for start in both]
    assert [output for output, _ in results] == ["ischia show hello\n"] * 2
    words = sorted((errors for _, errors in results), key=len)
    assert words[0] == "ischia: another start is setting up; waiting for it.\n"
    assert words[1].count("making .venv") == 1


def test_a_copied_checkout_gets_an_environment_of_its_own(made_once: Project, tmp_path: Path) -> None:
    copied = Project(tmp_path / "copy", made_once.settings)
    shutil.copytree(made_once.folder, copied.folder, symlinks=True)
    done = copied.start("show")
    assert (done.returncode, done.stdout) == (0, "ischia show hello\n")
    assert "making .venv" in done.stderr
    paths = (copied.folder / ".venv" / "bin" / "pip").read_text(encoding="utf-8")
    assert str(made_once.folder) not in paths


def test_an_unreachable_registry_is_told_and_a_later_start_goes_on(project: Project) -> None:
    closed = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}
    done = project.start("show", **closed)
    assert (done.returncode, done.stdout) == (1, "")
    assert "the package registry cannot be reached: check the network (proxy, certificates)" in done.stderr
    assert "Traceback" not in done.stderr
    assert project.start("show").stdout == "ischia show hello\n"


def test_a_package_that_was_tampered_with_is_refused(project: Project) -> None:
    wheel = next(Path(project.settings["PIP_FIND_LINKS"]).iterdir())
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    done = project.start("show")
    assert done.returncode == 1
    assert "is not the one that was checked" in done.stderr


def test_a_missing_ready_built_package_is_named(project: Project) -> None:
    next(Path(project.settings["PIP_FIND_LINKS"]).iterdir()).unlink()
    done = project.start("show")
    assert done.returncode == 1
    assert "greeting==1.0 does not come ready-built for Python 3." in done.stderr


def test_a_folder_that_cannot_be_written_is_told(shared_folder: Path) -> None:
    project = write_project(shared_folder / "project", shared_folder / "wheels")
    project.folder.chmod(0o555)
    nobody = 65534 if os.geteuid() == 0 else None
    done = subprocess.run(
        ["/usr/bin/python3", "ischia"],
        cwd=project.folder,
        env=project.environment(),
        user=nobody,
        capture_output=True,
        text=True,
        check=False,
    )
    project.folder.chmod(0o755)
    assert done.returncode == 1
    assert f"{project.folder} cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_told(project: Project) -> None:
    full = project.folder.parent / "full"
    full.mkdir()
    private = ["unshare", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=3m none '{full}'"
    if subprocess.run([*private, mount], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small file system")
    words = f"{mount} && cp -r '{project.folder}/.' '{full}' && exec {sys.executable} '{full}/ischia' show"
    done = subprocess.run(
        [*private, words], env=project.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def run_under(version: str, folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Run the real start script under a Python that says it is ``version``."""
    script = f"import sys, runpy; sys.version_info = {version}; runpy.run_path('ischia', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", script, "--version"],
        cwd=folder,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_that_is_too_old_is_told() -> None:
    done = run_under("(3, 9, 2)", REPOSITORY, "/nonexistent")
    assert done.returncode == 1
    assert "this is Python 3.9 and ischia needs 3.11 or newer" in done.stderr


def test_a_newer_python_beside_the_old_one_is_used(tmp_path: Path) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text('#!/bin/sh\necho "newer: $*"\n', encoding="utf-8")
    newer.chmod(0o755)
    done = run_under("(3, 9, 2)", REPOSITORY, str(tmp_path))
    assert done.stdout.startswith("newer: ") and done.stdout.endswith("ischia --version\n")


def test_the_start_script_can_be_read_by_old_pythons() -> None:
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.Starred)
    for node in ast.walk(ast.parse((REPOSITORY / "ischia").read_text(encoding="utf-8"))):
        assert not isinstance(node, too_new), f"line {node.lineno}"
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None and not any(argument.annotation for argument in node.args.args)
