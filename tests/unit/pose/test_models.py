"""The pose models' files: the right ones, or one clear sentence."""

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ischia.pose import ModelError, fetch_models, load_model, models
from ischia.pose.trim import without_output

NETWORK = b"a network"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISCHIA_ASSETS", str(tmp_path / "assets"))
    return tmp_path / "assets" / "pose"


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the registry: a wheel with the two files, untrimmed; return what was fetched."""
    calls: list[str] = []

    def fetch(scratch: Path) -> Path:
        calls.append("wheel")
        wheel = scratch / "mediapipe.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for source in models._SOURCES.values():
                archive.writestr(source.member, NETWORK)
        return wheel

    digest = hashlib.sha256(NETWORK).hexdigest()
    sources = {
        name: replace(source, fetch=fetch, sha256=digest, trim=False)
        for name, source in models._SOURCES.items()
    }
    monkeypatch.setattr(models, "_SOURCES", sources)
    return calls


def test_a_model_that_was_never_fetched_says_what_to_run() -> None:
    with pytest.raises(ModelError, match="missing; run 'ischia assets' once"):
        load_model()


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(ModelError, match="full, lite"):
        load_model("heavy")


def test_fetching_again_fetches_nothing(fetched: list[str], folder: Path) -> None:
    fetch_models()
    fetch_models()
    assert fetched == ["wheel"]
    assert sorted(path.name for path in folder.iterdir()) == ["detector.tflite", "full.tflite", "models.json"]


def test_a_damaged_model_is_told_and_fetched_again(fetched: list[str], folder: Path) -> None:
    fetch_models()
    (folder / "full.tflite").write_bytes(b"half a netw")
    with pytest.raises(ModelError, match="damaged; delete it and run 'ischia assets'"):
        models.read_network("full")
    fetch_models()
    assert models.read_network("full") == NETWORK
    assert len(fetched) == 2


def test_a_model_made_from_another_file_is_fetched_again(fetched: list[str], folder: Path) -> None:
    fetch_models()
    manifest = json.loads((folder / "models.json").read_text())
    (folder / "models.json").write_text(json.dumps(manifest | {"full made from": "0" * 64}))
    fetch_models()
    assert len(fetched) == 2


def test_a_package_with_another_file_in_it_is_refused(
    fetched: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {name: replace(source, sha256="0" * 64) for name, source in models._SOURCES.items()}
    monkeypatch.setattr(models, "_SOURCES", wrong)
    with pytest.raises(ModelError, match="not the one ischia was tested with"):
        fetch_models()
    assert not folder.exists()


def test_something_that_is_no_model_is_not_trimmed() -> None:
    with pytest.raises(ValueError, match="no LiteRT model"):
        without_output(b"0123456789abcdef", lambda shape: True)
