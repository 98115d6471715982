"""The web server for https: waitress speaks http alone."""

import logging
import socket
import ssl
from pathlib import Path
from typing import Any, Final

from cheroot.server import HTTPConnection
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server

HANDSHAKE_S: Final = 3
LARGEST_HEADER: Final = 64 * 1024
LARGEST_BODY: Final = 16 * 1024 * 1024

_SENTENCE: Final = (
    "ischia speaks https here: put https:// before the address.\n"
    "ischia dùng https ở đây: hãy thêm https:// vào trước địa chỉ.\n"
).encode()
_ANSWER: Final = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b"
) % (len(_SENTENCE), _SENTENCE)
_LOG: Final = logging.getLogger("ischia.https")


class _Adapter(BuiltinSSLAdapter):
    def wrap(self, sock: socket.socket) -> tuple[Any, dict[str, Any]]:
        """Leave the handshake to the thread that serves the connection: a silent client holds up no other."""
        return self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False), {
            "wsgi.url_scheme": "https",
            "HTTPS": "on",
        }


class _Connection(HTTPConnection):
    is_greeted = False

    def communicate(self) -> bool:
        """Serve the next request, the first one after a handshake; False closes the connection."""
        if not self.is_greeted:
            self.is_greeted = True
            if not _shake_hands(self.socket):
                return False
        return bool(super().communicate())  # type: ignore[no-untyped-call]


def _shake_hands(client: ssl.SSLSocket) -> bool:
    """Tell whether the client speaks TLS and trusts us; one that speaks plain http gets a sentence."""
    patience = client.gettimeout()
    client.settimeout(HANDSHAKE_S)
    try:
        # As the plain socket that it also is: an SSLSocket's own methods would begin the handshake.
        if socket.socket.recv(client, 1, socket.MSG_PEEK).isalpha():  # a handshake begins with byte 22
            socket.socket.recv(client, LARGEST_HEADER)
            socket.socket.sendall(client, _ANSWER)
            return False
        client.do_handshake()
    except OSError as error:
        _LOG.info("no handshake: %s", error)
        return False
    client.settimeout(patience)
    return True


class TlsServer(Server):
    """Serves an application on a socket that listens already."""

    ConnectionClass = _Connection

    def __init__(
        self, listener: socket.socket, application: Any, threads: int, chain: Path, key: Path
    ) -> None:
        """Load the certificate and its key."""
        super().__init__(listener.getsockname()[:2], application, numthreads=threads, server_name="ischia")
        self._listener = listener
        self.ssl_adapter = _Adapter(str(chain), str(key))
        self.max_request_header_size = LARGEST_HEADER
        self.max_request_body_size = LARGEST_BODY

    def bind(self, family: int, type: int, proto: int = 0) -> socket.socket:
        """Use the socket that was bound before the data folder was touched."""
        self.socket = self._listener
        return self._listener

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log as the rest does; a phone that breaks a handshake off is nothing to tell."""
        _LOG.log(level, msg, exc_info=traceback)
