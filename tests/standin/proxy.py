"""An HTTP proxy that ends TLS itself and hands Yahoo's requests to a function."""

from __future__ import annotations

import os
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from .answers import Answer

_RESET = struct.pack("ii", 1, 0)
_POLL_SECONDS = 0.02


class Request(NamedTuple):
    """A request the stand-in received; `query` is decoded and has no question mark."""

    host: str
    path: str
    query: str

    def matches(self, part: str) -> bool:
        """Whether ``host/path?query`` contains `part`."""
        return part in f"{self.host}{self.path}?{self.query}"


class Proxy(socketserver.ThreadingTCPServer):
    """The proxy, listening on a free port of the loopback address.

    Parameters
    ----------
    context
        The server side of TLS.
    respond
        Answers a request; None resets the connection.
    refuse
        Told the name of every other host that was asked for.
    """

    daemon_threads = True
    # Handlers end when their sockets are shut down; waiting for them here would wait for slow clients.
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self,
        context: ssl.SSLContext,
        respond: Callable[[Request], Answer | None],
        refuse: Callable[[str], None],
    ) -> None:
        self.context, self.respond, self.refuse = context, respond, refuse
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Tunnel)

    def start(self) -> None:
        """Serve in the background."""
        # A daemon, so that a test run that forgets to stop it can still end.
        threading.Thread(target=self.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()

    @contextmanager
    def remembered(self, connection: socket.socket) -> Iterator[None]:
        """Keep `connection` among those that `close` cuts."""
        with self._guard:
            self._open.add(connection)
        try:
            yield
        finally:
            with self._guard:
                self._open.discard(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: clients that give up in the middle are part of the tests."""

    def close(self) -> None:
        """Stop listening and cut every connection."""
        self.shutdown()
        self.server_close()
        with self._guard:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Proxy

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test output clean."""


class _Tunnel(_Quiet):
    def do_CONNECT(self) -> None:
        host = self.path.rpartition(":")[0]
        if host != "yahoo.com" and not host.endswith(".yahoo.com"):
            self._refuse(host)
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.close_connection = True
        # Wrapping takes the descriptor over, so it is the wrapped socket that has to be cut at the end.
        with (
            self.server.context.wrap_socket(self.connection, server_side=True) as secure,
            self.server.remembered(secure),
        ):
            _Yahoo(secure, self.client_address, self.server)

    def do_GET(self) -> None:
        self._refuse(urlsplit(self.path).hostname or self.path)

    do_HEAD = do_POST = do_GET  # noqa: N815

    def _refuse(self, host: str) -> None:
        self.server.refuse(host)
        self.close_connection = True
        self.send_error(403)


class _Yahoo(_Quiet):
    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        host = self.headers.get("Host", "").partition(":")[0]
        reply = self.server.respond(Request(host, unquote(parts.path), unquote(parts.query)))
        if reply is None:
            self._reset()
        else:
            self._send(reply)

    do_POST = do_GET  # noqa: N815

    def _send(self, reply: Answer) -> None:
        self.send_response(reply.status)
        for name, value in (("Content-Type", reply.media_type), *reply.headers):
            self.send_header(name, value)
        if "Content-Length" in dict(reply.headers):
            self.close_connection = True  # the length is a lie: what is missing never comes
        else:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def _reset(self) -> None:
        self.close_connection = True
        # Lingering for no time makes the kernel send a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        os.close(self.connection.detach())
