"""The camera coach's set-up: everything once, nothing twice, one sentence where something is lacking."""

import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from ischia.pose import ModelError
from ischia.server.coach import assets


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for registry and models; return the names of what is fetched."""
    monkeypatch.setenv("ISCHIA_ASSETS", str(tmp_path / "assets"))
    calls: list[str] = []

    def fetch(name: str, integrity: str, folder: Path) -> Path:
        calls.append(name)
        archive = folder / f"{len(calls)}.tgz"
        (package,) = (one for one in assets._PACKAGES if one.name == name)
        with tarfile.open(archive, "w:gz") as packed:
            for file in package.files:
                member = tarfile.TarInfo(f"package/{file}")
                member.size = len(file)
                packed.addfile(member, BytesIO(file.encode()))
        return archive

    monkeypatch.setattr(assets, "fetch_package", fetch)
    monkeypatch.setattr(assets, "fetch_models", lambda *names: None)
    monkeypatch.setattr(assets, "read_network", lambda name: name.encode())
    monkeypatch.setattr(assets, "task_bundle", lambda detector, network: detector + b"+" + network)
    return calls


def test_everything_is_fetched_once(fetched: list[str]) -> None:
    assets.fetch_assets()
    assets.fetch_assets()
    assert fetched == [package.name for package in assets._PACKAGES]
    there = {asset.name: asset for asset in assets.assets()}
    assert there["pose-full.task"].path.read_bytes() == b"detector+full"
    assert there["pose-lite.task"].path.read_bytes() == b"detector+lite"
    assert there["pyodide.asm.wasm"].packed.is_file()
    assert not there["pose-full.task"].packed.is_file()


def test_a_damaged_file_is_made_anew(fetched: list[str]) -> None:
    assets.fetch_assets()
    damaged = assets.assets()[0]
    damaged.path.write_bytes(b"half")
    assets.fetch_assets()
    assert assets._is_whole(damaged)


def test_what_an_earlier_version_needed_goes_away(fetched: list[str]) -> None:
    old = assets._root() / "0123456789abcdef"
    old.mkdir(parents=True)
    assets.fetch_assets()
    assert not old.exists()


def test_without_the_small_model_the_rest_is_ready(
    fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch_models(*names: str) -> None:
        if "lite" in names:
            raise ModelError("npm is away.")

    monkeypatch.setattr(assets, "fetch_models", fetch_models)
    with pytest.raises(ValueError, match=r"slow devices lack the small pose model \(npm is away\)"):
        assets.fetch_assets()
    names = {asset.name for asset in assets.assets()}
    assert "pose-full.task" in names and "pose-lite.task" not in names


def test_without_the_full_model_nothing_is_fetched(
    fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch_models(*names: str) -> None:
        raise ModelError("the registry is away.")

    monkeypatch.setattr(assets, "fetch_models", fetch_models)
    with pytest.raises(ValueError, match=r"^the registry is away$"):
        assets.fetch_assets()
    assert fetched == [] and assets.assets() == ()
