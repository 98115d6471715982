"""The web server for https: waitress speaks http alone."""

import logging
import socket
from pathlib import Path
from typing import Any, Final

from cheroot.errors import FatalSSLAlert
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server

HANDSHAKE_S: Final = 3  # handshakes are made one after another: a silent client may not hold the others up
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
        sock.settimeout(HANDSHAKE_S)
        try:
            speaks_plainly = sock.recv(1, socket.MSG_PEEK).isalpha()  # a handshake begins with byte 22
            if speaks_plainly:
                sock.recv(LARGEST_HEADER)
                sock.sendall(_ANSWER)
        except OSError as error:
            raise FatalSSLAlert(*error.args) from error
        if speaks_plainly:
            raise FatalSSLAlert("plain http")
        return super().wrap(sock)  # type: ignore[no-any-return, no-untyped-call]


class TlsServer(Server):
    """Serves an application on a socket that listens already."""

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
