"""A server on loopback that answers as a test tells it to, and names that lead to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore

PUBLIC = "93.184.216.34"
"""An address of the public internet, to which no test connects."""


@dataclass
class Reply:
    """What is answered: *pieces* are sent one after the other, for as long as somebody reads them."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None


Answering = Reply | Callable[[Any], Reply | None]


class Site:
    """What the server answers, by path, and what it was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Answering] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def forget(self) -> None:
        self.asked.clear()
        self.headers.clear()


@contextmanager
def serving() -> Iterator[Site]:
    """A site, for as long as the context lasts."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({k.lower(): v for k, v in self.headers.items()})
            found = site.replies.get(self.path, Reply(status=404))
            try:
                reply = found if isinstance(found, Reply) else found(self)
                if reply:
                    self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            headers = {"Content-Length": str(len(reply.body))} if reply.pieces is None else {}
            for name, value in (headers | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)
            for piece in reply.pieces or ():
                self.wfile.write(piece)
            if reply.pieces is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Wire(httpcore.NetworkBackend):
    """Connects to a site whatever address it is told, and remembers the address."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.connected: list[tuple[str, int]] = []

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.site.port, 5)
