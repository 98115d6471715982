"""What the camera coach runs on in the browser, fetched and built once at set-up.

MediaPipe's vision tasks (JavaScript and WebAssembly), Python as WebAssembly, and the pose models as a bundle.
They lie in folders named after their content, so that a browser may keep them for ever; what compresses well
lies there packed too. Nothing of it is in the repository.
"""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ischia.pose.models import ModelError, assets_folder, fetch_models, read_network
from ischia.pose.npm import NpmError, fetch_package
from ischia.pose.task import task_bundle

FULL: Final = "pose-full.task"
LITE: Final = "pose-lite.task"

_MANIFEST: Final = "coach.json"
_FORMAT: Final = 1
_PACKED: Final = (".wasm", ".mjs", ".js", ".json")


@dataclass(frozen=True, slots=True)
class _Package:
    """A package, the SHA-512 of its archive, and those of its files that are kept."""

    name: str
    integrity: str
    files: tuple[str, ...]


_PACKAGES: Final = (
    # Later versions of this package send usage figures home; this one asks nobody for anything.
    _Package(
        "@mediapipe/tasks-vision@0.10.35",
        "sha512-HOvadwVRE6JC+45nyYhmnywnr5h/J8KZvOeUNVOG9q/0875pZgItznFB9bRTvLc264YSJqiZ1NsIpCStJw/egg==",
        (
            "vision_bundle.mjs",
            "wasm/vision_wasm_module_internal.js",
            "wasm/vision_wasm_module_internal.wasm",
        ),
    ),
    _Package(
        "pyodide@314.0.7",
        "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
        ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"),
    ),
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the browser loads.

    Attributes:
        name: its file name.
        folder: the first 16 digits of its folder's hash.
        size: bytes, unpacked.
        sha256: of the bytes, unpacked.
    """

    name: str
    folder: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return _root() / self.folder / self.name

    @property
    def packed(self) -> Path:
        """Where it lies packed, if it does."""
        return self.path.with_name(f"{self.name}.gz")


def assets() -> tuple[Asset, ...]:
    """What was fetched and built; nothing where that has not been done."""
    manifest = _root() / _MANIFEST
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except OSError:
        return ()


def fetch_assets() -> None:
    """Have everything ready. What is there and right stays; nothing is fetched for it.

    Raises:
        NpmError: a package cannot be fetched.
        ValueError: a pose model cannot be fetched. Without the small one, all the rest is ready.
        OSError: something cannot be stored.
    """
    lacking = _lacking_model("full")
    if lacking:
        raise ValueError(lacking)
    lacking = _lacking_model("lite")
    networks = {"full": FULL} if lacking else {"full": FULL, "lite": LITE}
    made_from = _made_from(networks)
    if _manifest().get("made from") != made_from or not all(_is_whole(asset) for asset in assets()):
        _build(networks, made_from)
    if lacking:
        raise ValueError(f"slow devices lack the small pose model ({lacking})")


def _lacking_model(name: str) -> str:
    try:
        fetch_models(name)
    except ModelError as error:
        return str(error).rstrip(".")
    return ""


def _made_from(networks: Mapping[str, str]) -> str:
    """What tells whether anything has to be made anew."""
    pins = [(package.name, package.integrity, *package.files) for package in _PACKAGES]
    models = [hashlib.sha256(read_network(name)).hexdigest() for name in ("detector", *networks)]
    return hashlib.sha256(json.dumps([_FORMAT, pins, models]).encode()).hexdigest()


def _build(networks: Mapping[str, str], made_from: str) -> None:
    detector = read_network("detector")
    bundles = {file: task_bundle(detector, read_network(name)) for name, file in networks.items()}
    with tempfile.TemporaryDirectory(prefix="ischia-coach-") as scratch:
        packages = [_unpacked(package, Path(scratch)) for package in _PACKAGES]
    stored = [asset for files in (*packages, bundles) for asset in _store(files)]
    content = {
        "made from": made_from,
        "assets": [[asset.name, asset.folder, asset.size, asset.sha256] for asset in stored],
    }
    _write(_root() / _MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
    _tidy({asset.folder for asset in stored})


def _unpacked(package: _Package, scratch: Path) -> dict[str, bytes]:
    archive = fetch_package(package.name, package.integrity, scratch)
    files = {}
    with tarfile.open(archive) as packed:
        for member in package.files:
            file = packed.extractfile(f"package/{member}")
            if file is None:
                raise NpmError(f"the package {package.name} holds no {member}")
            files[Path(member).name] = file.read()
    return files


def _store(files: Mapping[str, bytes]) -> list[Asset]:
    """Lay files that belong together into the folder named after their content."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    folder = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:16]
    stored = []
    for name, content in files.items():
        asset = Asset(name, folder, len(content), digests[name])
        asset.path.parent.mkdir(parents=True, exist_ok=True)
        _write(asset.path, content)
        if asset.path.suffix in _PACKED:
            _write(asset.packed, gzip.compress(content, 6, mtime=0))
        stored.append(asset)
    return stored


def _is_whole(asset: Asset) -> bool:
    try:
        return hashlib.sha256(asset.path.read_bytes()).hexdigest() == asset.sha256
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever reads half of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def _tidy(kept: set[str]) -> None:
    """Take away the folders of earlier versions."""
    for folder in _root().iterdir():
        if folder.is_dir() and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return assets_folder() / "coach"


@lru_cache(maxsize=2)
def _read(manifest: Path, changed: int) -> tuple[Asset, ...]:
    try:
        return tuple(Asset(*entry) for entry in json.loads(manifest.read_text("utf-8"))["assets"])
    except (ValueError, KeyError, TypeError):
        return ()


def _manifest() -> dict[str, Any]:
    try:
        read = json.loads((_root() / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
