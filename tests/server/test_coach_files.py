"""What the camera coach loads: kept for ever by its content, packed where that helps, our Python as it is."""

import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client

import ischia
from ischia.server.coach import archive, assets

WASM = b"\0asm" + bytes(4000)


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files stand in for what the set-up fetches."""
    monkeypatch.setenv("ISCHIA_ASSETS", str(tmp_path))
    stored = assets._store({"engine.wasm": WASM, "pose-full.task": b"a model"})
    content = {"assets": [[one.name, one.folder, one.size, one.sha256] for one in stored]}
    assets._write(tmp_path / "coach" / "coach.json", json.dumps(content).encode())


def listed(client: Client) -> dict[str, dict[str, str]]:
    answer = client.get("/coach/assets.json")
    assert answer.status_code == 200
    return {entry["name"]: entry for entry in answer.json()}


@pytest.mark.usefixtures("fetched")
def test_every_listed_file_comes_whole_and_may_be_kept_for_ever(client: Client) -> None:
    files = listed(client)
    assert set(files) == {"engine.wasm", "pose-full.task", "ischia.zip"}
    for entry in files.values():
        answer = client.get(entry["url"])
        content = answer.getvalue()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["bytes"])
        assert "immutable" in answer["Cache-Control"]
        assert "Content-Disposition" not in answer


@pytest.mark.usefixtures("fetched")
def test_webassembly_is_told_as_such_and_comes_packed(client: Client) -> None:
    url = listed(client)["engine.wasm"]["url"]
    answer = client.get(url, headers={"Accept-Encoding": "gzip, br"})
    assert answer["Content-Type"] == "application/wasm"
    assert answer["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.getvalue()) == WASM
    assert "Content-Encoding" not in client.get(url, headers={"Accept-Encoding": "identity"})


@pytest.mark.usefixtures("fetched")
@pytest.mark.parametrize(
    "url", ["/coach/assets/0123456789abcdef/engine.wasm", "/coach/assets/x/..", "/coach/nothing.json"]
)
def test_what_is_not_in_the_list_is_not_there(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_without_the_set_up_there_is_no_list(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISCHIA_ASSETS", str(tmp_path))
    assert client.get("/coach/assets.json").status_code == 404


def test_the_tracker_gets_its_exercise(client: Client) -> None:
    answer = client.get("/coach/bridge.json")
    assert answer.json()["exercise"] == "bridge"
    assert len(answer.json()["hold"]) == 99


def test_only_the_coachs_workers_may_run_webassembly(client: Client) -> None:
    assert "wasm-unsafe-eval" not in client.get("/help/")["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in client.get("/static/ischia/app/pages.js")["Content-Security-Policy"]
    policy = client.get("/static/ischia/coach/pose-worker.js")["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "'unsafe-eval'" not in policy


def test_our_own_python_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    path = tmp_path / archive.NAME
    path.write_bytes(archive.archive())
    rooms = [f"ischia.{room}" for room in archive.ROOMS if f"ischia/{room}/__init__.py" in names()]
    code = f"import sys; sys.path.insert(0, {str(path)!r}); import {', '.join(rooms)}; print(ischia.__file__)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(path))


def names() -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(archive.archive())).namelist())


def test_our_own_python_is_the_installed_one_byte_for_byte() -> None:
    package = Path(ischia.__file__).parent.parent
    packed = zipfile.ZipFile(io.BytesIO(archive.archive()))
    assert {"ischia/movement/tracker.py", "ischia/kinematics/posture.py", "ischia/units.py"} <= names()
    for name in packed.namelist():
        assert packed.read(name) == (package / name).read_bytes()
