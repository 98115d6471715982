"""`ischia serve --https` as a process, before a client that trusts its authority and nobody else."""

import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.server.serving import Served, start_and_fail

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "data"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    server = Served(folder, "--https")
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def trusting(served: Served, folder: Path) -> ssl.SSLContext:
    authority = (folder / "https/authority.crt").read_bytes()
    return ssl.create_default_context(cadata=authority)


def get(address: str, trusting: ssl.SSLContext) -> tuple[bytes, str]:
    with urllib.request.urlopen(address, timeout=20, context=trusting) as answer:
        return answer.read(), str(answer.headers)


def test_a_client_that_trusts_the_authority_is_served(served: Served, trusting: ssl.SSLContext) -> None:
    page, headers = get(served.address + "/help/", trusting)

    assert b"serve --https" in page
    assert "__Host-ischia_csrf" in headers
    assert "Secure" in headers  # cookies never travel without https


def test_a_client_that_does_not_know_the_authority_refuses(served: Served) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        get(served.address + "/help/", ssl.create_default_context())


def test_the_certificate_is_handed_out_with_the_fingerprint_to_compare(
    served: Served, folder: Path, trusting: ssl.SSLContext
) -> None:
    page, _ = get(served.address + "/certificate/", trusting)
    file, headers = get(served.address + "/certificate/ischia.crt", trusting)

    assert file == (folder / "https/authority.crt").read_bytes()
    assert "application/x-x509-ca-cert" in headers
    assert served.fingerprint.encode() in page


def test_who_forgets_the_s_is_told(served: Served) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(served.address.replace("https://", "http://"), timeout=20)

    assert refused.value.code == 400
    assert b"put https:// before the address" in refused.value.read()


def test_clients_that_say_nothing_hold_nobody_up(served: Served, trusting: ssl.SSLContext) -> None:
    where = urlsplit(served.address)
    with ExitStack() as silent:
        for _ in range(3):
            silent.enter_context(socket.create_connection((str(where.hostname), int(where.port or 0))))
        get(served.address + "/help/", trusting)


def test_a_certificate_of_somebodys_own_is_served(
    served: Served, folder: Path, trusting: ssl.SSLContext, tmp_path: Path
) -> None:
    own = [tmp_path / "own.crt", tmp_path / "own.key"]
    for name, file in zip(("server.crt", "server.key"), own, strict=True):
        file.write_bytes((folder / "https" / name).read_bytes())
    files = ("--certificate", str(own[0]), "--key", str(own[1]))
    server = Served(tmp_path / "data", "--https", *files)
    _, headers = get(server.address + "/help/", trusting)
    page, _ = get(server.address + "/certificate/", trusting)
    assert server.stop() == 0

    assert "__Host-ischia_csrf" in headers and "Secure" in headers
    assert b"there is nothing to do here" in page
    assert not (tmp_path / "data/https").exists()


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        (("--certificate", "/nowhere.crt", "--key", "/nowhere.key"), 2, "cannot be read"),
        (("--certificate", __file__, "--key", __file__), 2, "no certificate with its key"),
        (("--certificate", __file__), 2, "takes --https, --certificate and --key together"),
        (("--public-name", "ischia.example.org"), 2, "leave --https out"),
        (("--allow-host", "ischia.example.org"), 1, "no name or address of a home network"),
    ],
)
def test_what_its_certificates_cannot_be_good_for_is_refused(
    tmp_path: Path, more: tuple[str, ...], status: int, words: str
) -> None:
    refused = start_and_fail("serve", "--https", "--port", "0", "--data", str(tmp_path / "data"), *more)

    assert refused.returncode == status
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
