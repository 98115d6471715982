"""The authority for https at home: what it vouches for, and who may read its key."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from ischia.server import certificates
from ischia.server.certificates import AUTHORITY_LASTS, CERTIFICATE_LASTS, certify, is_at_home
from ischia.server.faults import DataFault

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
NAMES = ("localhost", "127.0.0.1", "[::1]", "192.168.1.5", "clinic.local", "8.8.8.8", "ischia.example.org")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "https"


def authority_of(made: certificates.Certificates) -> x509.Certificate:
    return x509.load_der_x509_certificate(made.authority.certificate.read_bytes())


def verify(made: certificates.Certificates, name: str, at: datetime = NOW) -> None:
    """As a browser does that trusts the authority and nobody else."""
    subject: x509.GeneralName = x509.DNSName(name)
    if name[0].isdigit():
        subject = x509.IPAddress(certificates.ip_address(name))
    verifier = PolicyBuilder().store(Store([authority_of(made)])).time(at).build_server_verifier(subject)
    verifier.verify(x509.load_pem_x509_certificate(made.chain.read_bytes()), [])


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "192.168.1.5", "clinic.local"])
def test_who_trusts_the_authority_trusts_every_name_of_the_server_at_home(folder: Path, name: str) -> None:
    verify(certify(folder, NAMES, NOW), name)


@pytest.mark.parametrize("name", ["8.8.8.8", "ischia.example.org"])
def test_a_public_name_or_address_is_not_vouched_for(folder: Path, name: str) -> None:
    made = certify(folder, NAMES, NOW)

    assert name not in made.names
    with pytest.raises(VerificationError):
        verify(made, name)


def test_what_is_signed_for_a_public_name_all_the_same_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "is_at_home", lambda name: True)
    made = certify(folder, NAMES, NOW)

    assert "ischia.example.org" in made.names
    with pytest.raises(VerificationError):
        verify(made, "ischia.example.org")


@pytest.mark.parametrize(
    ("name", "at_home"),
    [
        ("10.255.255.255", True),
        ("11.0.0.0", False),
        ("172.16.0.0", True),
        ("172.15.255.255", False),
        ("172.32.0.0", False),
        ("192.168.0.1", True),
        ("192.169.0.0", False),
        ("[fd00::2]", True),
        ("2001:db8::1", False),
        ("LOCALHOST", True),
        ("my.home.arpa", True),
        ("local.example", False),
        ("notlocal", False),
    ],
)
def test_where_home_ends(name: str, at_home: bool) -> None:
    assert is_at_home(name) is at_home


def test_the_authority_stays_and_the_servers_certificate_is_new_at_every_start(folder: Path) -> None:
    first = certify(folder, NAMES, NOW)
    before = first.chain.read_bytes()
    second = certify(folder, NAMES, NOW + timedelta(days=300))

    assert second.authority == first.authority
    assert second.chain.read_bytes() != before
    verify(second, "localhost", NOW + timedelta(days=600))


def test_an_authority_that_ends_before_what_it_signs_is_made_anew(folder: Path) -> None:
    first = certify(folder, NAMES, NOW)
    last = NOW + AUTHORITY_LASTS - CERTIFICATE_LASTS - timedelta(days=1)

    assert certify(folder, NAMES, last - timedelta(seconds=1)).authority == first.authority
    assert certify(folder, NAMES, last).authority.fingerprint != first.authority.fingerprint


def test_keys_are_for_their_owner_alone(folder: Path) -> None:
    certify(folder, NAMES, NOW)

    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["authority.crt", "authority.key"])
def test_damaged_files_are_told_and_left_as_they_are(folder: Path, name: str) -> None:
    certify(folder, NAMES, NOW)
    (folder / name).write_bytes(b"nothing")

    with pytest.raises(DataFault, match="is damaged"):
        certify(folder, NAMES, NOW)
    assert (folder / name).read_bytes() == b"nothing"


def test_a_key_of_another_authority_is_told(folder: Path, tmp_path: Path) -> None:
    certify(folder, NAMES, NOW)
    certify(tmp_path / "other", NAMES, NOW)
    (folder / "authority.key").write_bytes((tmp_path / "other/authority.key").read_bytes())

    with pytest.raises(DataFault, match="is damaged"):
        certify(folder, NAMES, NOW)


def test_a_file_in_the_folders_place_is_told(folder: Path) -> None:
    folder.write_text("")

    with pytest.raises(DataFault, match="cannot be used for https"):
        certify(folder, NAMES, NOW)
