"""The 3-D library three.js: fetched once by npm at set-up, and the part that is used bundled into one file.

It is in no repository. Where it is not there, pages show the flat figure and say what to do.
"""

import hashlib
import os
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Final

from ischia.pose.models import assets_folder
from ischia.pose.npm import NpmError, npm_tools, run_tool

_SOURCES: Final = ("package.json", "package-lock.json", "three.js")


def three_js() -> Path | None:
    """Return the bundled library, or None where it has not been fetched."""
    bundle = _bundle()
    return bundle if bundle.is_file() else None


def fetch_three() -> None:
    """Have three.js ready. A bundle of the pinned version that is there stays; nothing is fetched for it.

    Raises:
        NpmError: there is no npm and no way to get it, or it failed.
    """
    if three_js():
        return
    with tempfile.TemporaryDirectory(prefix="ischia-graphics-") as scratch:
        folder = Path(scratch)
        for name in _SOURCES:
            (folder / name).write_bytes(_source(name))
        tools = npm_tools()
        install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        bundling = ["--bundle", "--minify", "--format=esm", "--log-level=error", "--outfile=bundle.js"]
        esbuild = str(folder / "node_modules/esbuild/bin/esbuild")
        try:
            run_tool([*tools.npm, *install], folder, tools.environment)
            run_tool([*tools.node, esbuild, "three.js", *bundling], folder, tools.environment)
        except NpmError as error:
            raise NpmError(f"three.js for the 3-D view cannot be fetched: {error}") from error
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
