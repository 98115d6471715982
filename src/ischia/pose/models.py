"""The files of the pose models: where they come from, where they lie, and whether they are the right ones.

They are Google's BlazePose networks (Apache-2.0) out of two packages of the public registries, fetched at
set-up by the registries' own tools: the detector and ``full`` out of the Python package ``mediapipe``,
``lite`` out of the npm package ``@mediapipe/pose``. Nothing is fetched while ischia runs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from ischia.pose.npm import NpmError, fetch_package
from ischia.pose.trim import without_output

if TYPE_CHECKING:
    from ischia.pose.blazepose import BlazePose

MODELS: Final = ("full", "lite")
"""Names of the pose models; ``full`` is the one ischia is measured with."""

_SEGMENTATION: Final = (1, 256, 256, 1)
_WORLD: Final = (1, 117)
_MANIFEST: Final = "models.json"

_WHEEL: Final = "mediapipe==0.10.21"
# One wheel for every machine: only its data files are used.
_WHEEL_SHA256: Final = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
_WHEEL_PLATFORM: Final = (
    "--platform=manylinux_2_28_x86_64",
    "--python-version=3.11",
    "--implementation=cp",
    "--abi=cp311",
)
_NPM_PACKAGE: Final = (
    "@mediapipe/pose@0.5.1675469404",
    "sha512-DFZsNWTsSphRIZppnUCuunzBiHP2FdJXR9ehc7mMi4KG+oPaOH0Em3d6kr7Py+TSyTXC1doH88KcF28k2sBxsQ==",
)


class ModelError(RuntimeError):
    """A pose model is not to be had. Its text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A network inside a package."""

    fetch: Callable[[Path], Path]
    member: str
    sha256: str
    trim: bool


def assets_folder() -> Path:
    """Return the folder of fetched files: ISCHIA_ASSETS, ``.assets`` of a checkout, or the user's cache."""
    if chosen := os.environ.get("ISCHIA_ASSETS"):
        return Path(chosen)
    root = Path(__file__).resolve().parents[3]
    if (root / "pyproject.toml").is_file() and (root / "src" / "ischia").is_dir():
        return root / ".assets"
    return platformdirs.user_cache_path("ischia", appauthor=False)


def load_model(name: str = "full", threads: int = 1) -> BlazePose:
    """Load a pose model that was fetched at set-up.

    Args:
        name: one of ``MODELS``.
        threads: processor threads it may use.

    Raises:
        ModelError: it is missing or damaged, or LiteRT is not installed.
    """
    if name not in MODELS:
        raise ModelError(f"there is no pose model '{name}'; choose one of {', '.join(MODELS)}.")
    if importlib.util.find_spec("ai_edge_litert") is None:
        raise ModelError("looking at video needs LiteRT, which is not installed: install ischia[video].")
    from ischia.pose.blazepose import BlazePose

    return BlazePose(read_network("detector"), read_network(name), threads)


def fetch_models(*names: str) -> None:
    """Have the detector and the pose models ready, ``full`` unless others are named.

    Files that are there and right stay; nothing is fetched for them.

    Raises:
        ModelError: a package cannot be fetched, or holds something else than it should.
    """
    missing = [name for name in ("detector", *(names or ("full",))) if not _is_ready(name)]
    if not missing:
        return
    with tempfile.TemporaryDirectory(prefix="ischia-models-") as scratch:
        packages: dict[Callable[[Path], Path], Path] = {}
        for name in missing:
            source = _SOURCES[name]
            if source.fetch not in packages:
                packages[source.fetch] = source.fetch(Path(scratch))
            network = _member(packages[source.fetch], source.member)
            if hashlib.sha256(network).hexdigest() != source.sha256:
                raise ModelError(f"the package's file {source.member} is not the one ischia was tested with.")
            _store(name, _trimmed(network) if source.trim else network)


def _trimmed(network: bytes) -> bytes:
    return without_output(network, lambda shape: shape in (_SEGMENTATION, _WORLD))


def _folder() -> Path:
    return assets_folder() / "pose"


def _manifest() -> dict[str, str]:
    """Return the sha256 of each stored network, and of the file it was made from, by name."""
    try:
        manifest = json.loads((_folder() / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in manifest.items()} if isinstance(manifest, dict) else {}


def read_network(name: str) -> bytes:
    """Return a network that was fetched: ``detector``, or one of ``MODELS``.

    Raises:
        ModelError: it is missing or damaged.
    """
    path = _folder() / f"{name}.tflite"
    try:
        network = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the pose model '{name}' is missing; run 'ischia assets' once.") from error
    if hashlib.sha256(network).hexdigest() != _manifest().get(name):
        raise ModelError(f"the pose model {path} is damaged; delete it and run 'ischia assets'.")
    return network


def _is_ready(name: str) -> bool:
    try:
        read_network(name)
    except ModelError:
        return False
    return _manifest().get(f"{name} made from") == _SOURCES[name].sha256


def _store(name: str, network: bytes) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / f"{name}.tflite", network)
    manifest = _manifest() | {
        name: hashlib.sha256(network).hexdigest(),
        f"{name} made from": _SOURCES[name].sha256,
    }
    _replace(folder / _MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever reads half of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def _member(package: Path, name: str) -> bytes:
    """Return one file out of a wheel or an npm package."""
    try:
        if package.suffix == ".whl":
            with zipfile.ZipFile(package) as wheel:
                return wheel.read(name)
        with tarfile.open(package) as archive:
            file = archive.extractfile(name)
            if file is None:
                raise KeyError(name)
            return file.read()
    except (KeyError, OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise ModelError(f"the package {package.name} holds no {name}.") from error


def _fetch_wheel(folder: Path) -> Path:
    if importlib.util.find_spec("pip") is None:
        raise ModelError(f"fetching the pose models needs pip; run '{sys.executable} -m ensurepip' first.")
    requirement = folder / "requirements.txt"
    requirement.write_text(f"{_WHEEL} --hash=sha256:{_WHEEL_SHA256}\n", "utf-8")
    # S603: fixed words, and paths of our own making.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", *_WHEEL_PLATFORM, "--disable-pip-version-check"]
    _run([*command, f"--dest={folder}", f"--requirement={requirement}"], folder, _WHEEL)
    return _only(folder, "mediapipe-*.whl")


def _fetch_npm(folder: Path) -> Path:
    try:
        return fetch_package(*_NPM_PACKAGE, folder)
    except NpmError as error:
        raise ModelError(f"for the model 'lite', {error}.") from error


def _run(command: Sequence[str], folder: Path, package: str) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise ModelError(f"{command[0]} cannot be run ({error.strerror}).") from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        reason = f" ({lines[-1].strip()})" if lines else ""
        raise ModelError(f"the package {package} cannot be fetched{reason}; check the way to the registry.")


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise ModelError(f"the registry's tool left {len(found)} files {pattern} instead of one.")
    return found[0]


_SOURCES: Final = {
    "detector": _Source(
        _fetch_wheel,
        "mediapipe/modules/pose_detection/pose_detection.tflite",
        "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        trim=False,
    ),
    "full": _Source(
        _fetch_wheel,
        "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        trim=True,
    ),
    "lite": _Source(
        _fetch_npm,
        "package/pose_landmark_lite.tflite",
        "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
        trim=True,
    ),
}
