"""``ischia serve``: the web application on this computer, or on a network with accounts."""

import errno
import os
import signal
import socket
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

import click

from ischia.server.faults import StartFault

if TYPE_CHECKING:
    from ischia.server.certificates import Certificates
    from ischia.server.folder import DataFolder

THREADS: Final = 6
EVERYWHERE: Final = ("0.0.0.0", "::", "[::]")  # noqa: S104 -- compared with, not bound to
KEEP_OPEN: Final = "Keep this window open. Ctrl-C stops it."


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder for the records; default: the usual place."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one."
)
@click.option("--https", is_flag=True, help="Speak https, with certificates of this folder's own authority.")
@click.option(
    "--certificate",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With --https: a certificate of your own (PEM, its chain after it).",
)
@click.option(
    "--key", metavar="FILE", type=click.Path(path_type=Path), help="The secret key of --certificate (PEM)."
)
@click.option("--accounts", is_flag=True, help="Ask everybody to log in, on this computer too.")
@click.option("--public-name", metavar="NAME", help="The https name a reverse proxy on this computer offers.")
@click.option(
    "--allow-host", metavar="NAME", multiple=True, help="A further name the server may be called by."
)
@click.option(
    "--time-zone",
    metavar="ZONE",
    help="Whose days count, such as Asia/Ho_Chi_Minh; default: this computer's.",
)
def serve(
    data: Path | None,
    host: str,
    port: int,
    https: bool,
    certificate: Path | None,
    key: Path | None,
    accounts: bool,
    public_name: str | None,
    allow_host: tuple[str, ...],
    time_zone: str | None,
) -> None:
    """Start the app and print its address. Ctrl-C stops it."""
    from ischia.server import runtime
    from ischia.server.database import bring_up_to_date, check_file
    from ischia.server.folder import DataFolder, check_folder, hold, open_folder, secret_key
    from ischia.server.locale import compile_catalogues
    from ischia.server.opening import set_up_django

    if https and public_name:
        raise click.UsageError("With --public-name the reverse proxy speaks https: leave --https out.")
    own = _own_certificate(certificate, key, https)
    zone = runtime.zone_named(time_zone) if time_zone else None
    path = check_folder(data)
    check_file(DataFolder(path).database)
    needs_accounts = accounts or public_name is not None or not runtime.is_loopback(host)
    with _listen(host, port) as listener:
        port = listener.getsockname()[1]
        names = _names(host, public_name, allow_host)
        scheme = "https" if https else "http"
        address = f"{scheme}://{_reached_by(host, https)}:{port}/"
        folder = open_folder(path)
        with hold(folder, f"the ischia at {address} (process {os.getpid()})"):
            compile_catalogues()
            certificates = _certify(folder, names, (host, *allow_host)) if https and not own else None
            set_up_django(
                runtime.Runtime(
                    database=folder.database,
                    secret_key=secret_key(folder),
                    accounts=needs_accounts,
                    allowed_hosts=names,
                    public_name=public_name,
                    authority=certificates.authority if certificates else None,
                    https=https,
                    zone=zone,
                )
            )
            bring_up_to_date(folder)
            if needs_accounts:
                _insist_on_an_account()
            _load_every_page()
            signal.signal(signal.SIGTERM, _stop)
            if own:
                _run_https(listener, own, f"ischia is ready: {address}")
            elif certificates:
                pair = (certificates.chain, certificates.key)
                _run_https(listener, pair, _how_to_trust(address, certificates.authority.fingerprint))
            else:
                _run(listener, f"https://{public_name}/" if public_name else address, bool(public_name))


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(128)
        except OSError:
            listener.close()
            raise
    except socket.gaierror as error:
        raise StartFault(
            f"'{host}' is no address of a computer: give --host an address such as 127.0.0.1."
        ) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartFault(
                f"Port {port} is in use by another program: choose another with --port."
            ) from error
        if error.errno == errno.EACCES:
            raise StartFault(
                f"Port {port} needs special rights: choose one above 1023 with --port."
            ) from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise StartFault(
                f"'{host}' is no address of this computer: choose another with --host."
            ) from error
        raise StartFault(f"Nothing can listen on {host}, port {port}: {error.strerror}.") from error
    return listener


def _reached_by(host: str, https: bool) -> str:
    """What others call this computer; where it listens everywhere, an address its certificate is good for."""
    if host not in EVERYWHERE:
        return _in_url(host)
    from ischia.server.certificates import is_at_home

    return next((one for one in _own_addresses() if not https or is_at_home(one)), "127.0.0.1")


def _in_url(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host


def _names(host: str, public_name: str | None, more: tuple[str, ...]) -> tuple[str, ...]:
    """Every name this server may be called by; a request for any other name is refused."""
    from ischia.server.runtime import LOOPBACK_NAMES

    names = [*LOOPBACK_NAMES, *more]
    if public_name:
        names.append(public_name)
    if host in EVERYWHERE:
        own = socket.gethostname()
        names += [own, f"{own}.local", *_own_addresses()]
    else:
        names.append(_in_url(host))
    return tuple(dict.fromkeys(names))


def _own_addresses() -> list[str]:
    """The addresses this computer is reached by. A datagram socket finds them without sending anything."""
    found = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((elsewhere, 9))
                found.append(_in_url(probe.getsockname()[0]))
        except OSError:
            continue
    return found


def _insist_on_an_account() -> None:
    from ischia.server.accounts.models import User

    if not User.objects.exists():
        raise StartFault(
            "No account exists yet, and others can reach this address: "
            "make one first with 'ischia account add NAME --role administrator'."
        )


def _certify(folder: "DataFolder", names: tuple[str, ...], asked: tuple[str, ...]) -> "Certificates":
    from ischia.server.certificates import certify, is_at_home
    from ischia.server.clock import now

    for name in asked:
        if name not in EVERYWHERE and not is_at_home(name):
            raise StartFault(
                f"'{name}' is no name or address of a home network, and ischia's own certificates are good "
                "for those alone: put a reverse proxy with a public certificate in front, with --public-name."
            )
    return certify(folder.https, names, now())


def _own_certificate(certificate: Path | None, key: Path | None, https: bool) -> tuple[Path, Path] | None:
    """The files of somebody's own certificate, tried out; None where ischia makes its own."""
    import ssl

    if certificate is None and key is None:
        return None
    if certificate is None or key is None or not https:
        raise click.UsageError("A certificate of your own takes --https, --certificate and --key together.")
    try:
        # An empty password: a key that is locked by one must not stop and ask.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        raise click.UsageError(
            f"{certificate} and {key} are no certificate with its key: both have to be PEM, belong together, "
            "and the key must have no password."
        ) from error
    except OSError as error:
        raise click.UsageError(f"{certificate} or {key} cannot be read: {error.strerror}.") from error
    return certificate, key


def _how_to_trust(address: str, fingerprint: str) -> str:
    return (
        f"ischia is ready: {address}\n"
        f"A phone has to trust this computer once; how is told at {address}certificate/\n"
        f"The certificate's fingerprint (SHA-256), to compare there: {fingerprint}"
    )


def _load_every_page() -> None:
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 -- before the address is printed


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _run(listener: socket.socket, address: str, behind_proxy: bool) -> None:
    from waitress.server import create_server

    from ischia.server.application import application

    trust = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}
    server = create_server(
        application, sockets=[listener], threads=THREADS, ident=None, clear_untrusted_proxy_headers=False,
        **(trust if behind_proxy else {}),
    )  # fmt: skip
    click.echo(f"ischia is ready: {address}\n{KEEP_OPEN}")
    server.run()


def _run_https(listener: socket.socket, pair: tuple[Path, Path], words: str) -> None:
    from ischia.server.application import application
    from ischia.server.tls import TlsServer

    server = TlsServer(listener, application, THREADS, *pair)
    click.echo(f"{words}\n{KEEP_OPEN}")
    try:
        server.start()
    finally:
        server.stop()
