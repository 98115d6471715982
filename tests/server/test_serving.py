"""The real server process: what keeps it from starting, how it stops, and that a kill loses nothing."""

import hashlib
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError

import pytest
from tests.server.serving import COMMAND, Browser, Served, start_and_fail, wait_until_answering

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's patient, whose session of today is ready to begin."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    assert start_and_fail("demo", "--data", str(folder)).returncode == 0
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(filled, tmp_path / "data"))


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    server = Served(folder)
    yield server
    if server.process.poll() is None:
        server.stop()


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


def _refused(status: int, *words: str, arguments: tuple[str, ...], before: tuple[str, ...] = ()) -> None:
    result = start_and_fail("serve", "--port", "0", *arguments, before=before)

    assert result.returncode == status, result.stderr
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("ischia: ")
    for word in words:
        assert word in result.stderr


def test_it_refuses_a_file_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    _refused(3, "is a file, not a folder", arguments=("--data", str(tmp_path / "file")))

    assert (tmp_path / "file").read_text() == "mine"


def test_it_refuses_a_folder_in_a_folder_that_is_missing(tmp_path: Path) -> None:
    _refused(3, "does not exist", arguments=("--data", str(tmp_path / "missing" / "data")))

    assert not (tmp_path / "missing").exists()


def test_it_refuses_somebody_elses_folder(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"holiday")

    _refused(3, "not ischia's", arguments=("--data", str(tmp_path)))

    assert [entry.name for entry in tmp_path.iterdir()] == ["photo.jpg"]


def test_it_refuses_a_read_only_folder() -> None:
    folder = Path(tempfile.mkdtemp())
    (folder / "ischia-data-folder").write_text("ours")
    folder.chmod(0o555)
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:  # may write everywhere, so the server is started without that privilege
        if shutil.which("setpriv") is None:
            pytest.skip("the superuser may write everywhere, and there is no setpriv to give that up")
        before = ("setpriv", "--bounding-set=-dac_override")
    try:
        _refused(3, "read-only", arguments=("--data", str(folder)), before=before)
        assert [entry.name for entry in folder.iterdir()] == ["ischia-data-folder"]
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_it_refuses_a_place_where_nothing_can_be_written() -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("this system has no /proc to refuse a folder in")

    _refused(3, "cannot be written", arguments=("--data", "/proc/ischia"))


def test_it_refuses_a_port_that_is_in_use_and_makes_no_folder(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = start_and_fail("serve", "--data", str(tmp_path / "data"), "--port", str(port))

    assert result.returncode == 1
    assert f"Port {port} is in use" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["203.0.113.9", "no.such.host.invalid"])
def test_it_refuses_an_address_that_is_not_this_computers(tmp_path: Path, host: str) -> None:
    _refused(1, host, arguments=("--data", str(tmp_path / "data"), "--host", host))


def test_it_refuses_what_is_no_database(folder: Path) -> None:
    (folder / "ischia.sqlite3").write_bytes(b"once upon a time" * 1000)
    before = _digests(folder)

    _refused(3, "is not a database", arguments=("--data", str(folder)))

    assert _digests(folder) == before


def test_it_refuses_a_damaged_database(folder: Path) -> None:
    database = folder / "ischia.sqlite3"
    data = bytearray(database.read_bytes())
    chance = random.Random(1)
    for start in range(8192, len(data) - 4096, 8192):
        data[start : start + 64] = chance.randbytes(64)
    database.write_bytes(bytes(data))
    before = _digests(folder)

    _refused(3, "is damaged", arguments=("--data", str(folder)))

    assert _digests(folder) == before


def test_it_refuses_another_programs_database(folder: Path) -> None:
    (folder / "ischia.sqlite3").unlink()
    with closing(sqlite3.connect(folder / "ischia.sqlite3")) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    before = _digests(folder)

    _refused(3, "another program", arguments=("--data", str(folder)))

    assert _digests(folder) == before


def test_it_refuses_a_database_of_a_newer_version(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ischia.sqlite3")) as connection, connection:
        row = ("training", "9999_from_the_future", "2031-01-01")
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", row)
    _refused(3, "newer ischia", "9999_from_the_future", arguments=("--data", str(folder)))


def test_it_refuses_a_second_server_on_the_same_folder(served: Served, folder: Path) -> None:
    _refused(3, "is in use by the ischia at", served.address, arguments=("--data", str(folder)))

    assert wait_until_answering(served.address) < 20


def test_it_refuses_others_before_there_is_an_account(tmp_path: Path) -> None:
    _refused(1, "No account exists yet", arguments=("--data", str(tmp_path / "data"), "--host", "0.0.0.0"))


def test_it_serves_others_once_there_is_an_account(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    add = [*COMMAND, "account", "add", "Giang", "--role", "administrator", "--password-stdin", "--data", data]
    made = subprocess.run(
        add, input="a long and rainy morning\n", text=True, capture_output=True, check=False
    )
    again = subprocess.run(
        add, input="a long and rainy morning\n", text=True, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr
    assert "already" in again.stderr and again.returncode == 1

    server = Served(tmp_path / "data", "--accounts")
    try:
        assert 'name="password"' in Browser(server.address).get("/")
    finally:
        assert server.stop() == 0


def test_it_stops_cleanly_when_asked(served: Served, folder: Path) -> None:
    wait_until_answering(served.address)

    assert served.stop() == 0
    assert (folder / "in-use").read_text() == ""


def test_it_keeps_its_secret_key_to_itself(served: Served, folder: Path) -> None:
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0


def test_it_copies_the_database_before_changing_it(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ischia.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        connection.execute("DROP TABLE django_session")

    server = Served(folder)
    server.stop()

    (copy,) = (folder / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM patients_patient").fetchone() == (1,)


def _session_of(browser: Browser) -> tuple[str, list[dict[str, object]]]:
    """Begin today's session and return its address and every set of it, as the player would send them."""
    browser.get("/welcome/")
    browser.post("/welcome/", {})
    page = browser.post("/today/start/", {})
    found = re.search(r'<script id="session-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found.group(1))
    sets = [
        {
            "kind": "set", "exercise_id": planned["exercise_id"], "side": one["side"], "number": number + 1,
            "prescribed": one["dose"], "repetitions": one["dose"]["repetitions"], "hold_s": [],
            "measured_by": "timer", "started_at": "2026-03-14T08:10:00.000Z",
            "ended_at": "2026-03-14T08:11:00.000Z", "reps": [], "cues": [],
        }
        for planned in data["plan"]["exercises"]
        for one in planned["doses"]
        for number in range(one["dose"]["sets"])
    ]  # fmt: skip
    return data["urls"]["events"], sets


def test_it_loses_no_acknowledged_set_and_counts_none_twice_when_killed_again_and_again(folder: Path) -> None:
    server = Served(folder)
    browser = Browser(server.address)
    events, sets = _session_of(browser)
    chance = random.Random(7)
    acknowledged: set[str] = set()
    kills = 0
    for body in sets:
        event_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        while event_id not in acknowledged:
            killer = threading.Timer(chance.uniform(0.001, 0.03), server.kill) if kills < 6 else None
            if killer:
                killer.start()
            try:
                if browser.put(events + event_id, body) in (200, 201):
                    acknowledged.add(event_id)
            except (URLError, ConnectionError, TimeoutError, OSError):
                pass
            if killer:
                killer.join()
                kills += 1
                server = Served(folder)
                browser.address = server.address
    assert server.stop() == 0

    with closing(sqlite3.connect(folder / "ischia.sqlite3")) as connection:
        query = (
            "SELECT e.id FROM training_event e JOIN training_session s ON s.id = session_id WHERE NOT is_over"
        )
        stored = [row[0] for row in connection.execute(query)]
    assert kills == 6
    assert sorted(str(uuid.UUID(one)) for one in stored) == sorted(acknowledged)
    assert len(acknowledged) == len(sets)
