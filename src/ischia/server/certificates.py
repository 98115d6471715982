"""Certificates for https at home: an authority of this data folder's own, and what it certifies.

A phone that trusts the authority trusts whatever it signs, so it can sign for nothing but computers of a home
network: its name constraints (RFC 5280, section 4.2.1.10) shut every public name and address out.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ischia.server.faults import DataFault
from ischia.server.runtime import Authority

AUTHORITY_LASTS: Final = timedelta(days=3650)
# No browser asks for less: they take public ones up to 398 days, those of private authorities for longer.
CERTIFICATE_LASTS: Final = timedelta(days=397)
_CLOCKS_DIFFER: Final = timedelta(days=1)
# Private and link-local addresses (RFC 1918, 3927, 4193, 4291) and this computer's own.
HOME_NETWORKS: Final[tuple[IPv4Network | IPv6Network, ...]] = tuple(
    ip_network(one)
    for one in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)
# Names that no public server can have (RFC 6761, 6762, 8375).
HOME_NAMES: Final = ("localhost", "local", "home.arpa")


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files of a server that speaks https.

    Attributes:
        authority: the authority that phones are asked to trust.
        chain: the server's certificate (PEM).
        key: the server's private key (PEM), readable by its owner alone.
        names: what the server's certificate is good for.
    """

    authority: Authority
    chain: Path
    key: Path
    names: tuple[str, ...]


def certify(folder: Path, names: Iterable[str], now: datetime) -> Certificates:
    """Make a certificate for those of ``names`` that belong to a home, by the authority in ``folder``.

    Raises:
        DataFault: the authority's files cannot be read or written, or are damaged.
    """
    at_home = tuple(dict.fromkeys(name.strip("[]") for name in names if is_at_home(name)))
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        authority, authority_key = _authority(folder, now)
        key = ec.generate_private_key(ec.SECP256R1())
        chain = _server_certificate(authority, authority_key, key.public_key(), at_home, now)
        files = Certificates(
            authority=Authority(folder / "authority.crt", _fingerprint(authority)),
            chain=folder / "server.crt",
            key=folder / "server.key",
            names=at_home,
        )
        _write(files.key, _private(key))
        _write(files.chain, chain.public_bytes(serialization.Encoding.PEM))
    except OSError as error:
        raise DataFault(
            f"{folder} cannot be used for https ({error.strerror}): change its permissions."
        ) from error
    return files


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def is_at_home(name: str) -> bool:
    """Tell whether the authority may vouch for a host name or address."""
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return any(name.lower() == home or name.lower().endswith(f".{home}") for home in HOME_NAMES)
    return any(address.version == network.version and address in network for network in HOME_NETWORKS)


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return the folder's authority; one that ends before what it would sign is made anew."""
    certificate, key = folder / "authority.crt", folder / "authority.key"
    if certificate.exists() and key.exists():
        try:
            found = x509.load_der_x509_certificate(certificate.read_bytes())
            secret = serialization.load_pem_private_key(key.read_bytes(), password=None)
        except ValueError as error:
            raise _damaged(folder) from error
        if not isinstance(secret, ec.EllipticCurvePrivateKey) or found.public_key() != secret.public_key():
            raise _damaged(folder)
        if found.not_valid_after_utc > now + CERTIFICATE_LASTS:
            return found, secret
    secret = ec.generate_private_key(ec.SECP256R1())
    made = _self_signed(secret, now)
    _write(key, _private(secret))
    _write(certificate, made.public_bytes(serialization.Encoding.DER))
    return made, secret


def _damaged(folder: Path) -> DataFault:
    return DataFault(
        f"The https authority in {folder} is damaged: put the folder's files back from a copy, or delete the "
        "folder, and every phone has to trust the new authority."
    )


def _self_signed(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "ischia"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"ischia at home, since {now:%Y-%m-%d}"),
        ]
    )
    constraints = x509.NameConstraints(
        permitted_subtrees=[
            *(x509.DNSName(home) for home in HOME_NAMES),
            *(x509.IPAddress(network) for network in HOME_NETWORKS),
        ],
        excluded_subtrees=None,
    )
    return (
        _unsigned(name, name, key.public_key(), now, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(constraints, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server_certificate(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePublicKey,
    names: tuple[str, ...],
    now: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ischia")])
    alternative = x509.SubjectAlternativeName([_general(name) for name in names])
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _unsigned(subject, authority.subject, key, now, CERTIFICATE_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(alternative, critical=False)
        .add_extension(issued_by, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _unsigned(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    begins = now.astimezone(UTC) - _CLOCKS_DIFFER
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        address: IPv4Address | IPv6Address = ip_address(name)
    except ValueError:
        return x509.DNSName(name.lower())
    return x509.IPAddress(address)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Put a file in place as a whole, never readable by others."""
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
