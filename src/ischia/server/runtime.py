"""What the command line decided: where the data lies, who may come in, which zone's days count.

Settings come from here and from nowhere else: no environment variable changes what the server does.
"""

import secrets
from dataclasses import dataclass, field
from datetime import tzinfo
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ischia.server.faults import StartFault

LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Authority:
    """Who vouches for this server: the certificate's file (DER) and its SHA-256, as it is shown to people."""

    certificate: Path
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """Decisions of one process.

    Attributes:
        database: the SQLite file, or None for a database in memory (tests).
        secret_key: signs cookies; lies in the data folder.
        accounts: True where everybody must log in; False only on this computer alone.
        allowed_hosts: host names a request may carry; anything else is refused (DNS rebinding).
        public_name: the https name a reverse proxy offers this server under, or None.
        authority: the certificate that phones are asked to trust, where it is of ischia's own making.
        https: True where this process itself speaks https.
        zone: the zone whose days count, or None for the computer's own.
    """

    database: Path | None = None
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    accounts: bool = False
    allowed_hosts: tuple[str, ...] = LOOPBACK_NAMES
    public_name: str | None = None
    authority: Authority | None = None
    https: bool = False
    zone: tzinfo | None = None


_current = Runtime()


def current() -> Runtime:
    """Return the decisions of this process."""
    return _current


def use(runtime: Runtime) -> None:
    """Decide for this process. Only before Django's settings are read."""
    global _current
    _current = runtime


def is_loopback(host: str) -> bool:
    """Tell whether an address to bind to is reached from this computer alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of that name.

    Raises:
        StartFault: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise StartFault(
            f"There is no time zone called '{name}': give one such as Asia/Ho_Chi_Minh or Europe/Berlin."
        ) from error
