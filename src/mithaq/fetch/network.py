"""Connections to public addresses only, with a limit to their time and to what they bring.

A name is resolved once for each connection; every address that it has must be public; and the connection goes to one of
these very addresses, so there is no moment at which a name could come to mean another. TLS and ``Host`` still carry the
name. Nothing here looks at proxies of the environment: a proxy would resolve names by itself.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from mithaq.errors import FetchError
from mithaq.fetch.networks import is_public

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port → its IP addresses; raises :class:`OSError` if it has none."""
_CONNECTING = 10.0
_RESOLVING = 10.0


class Spent:
    """What one fetch has used up: its time, and the bytes that came, over all its connections."""

    def __init__(self, seconds: float, wire_bytes: int) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._most = wire_bytes
        self._came = 0

    def left(self, most: float | None = None) -> float:
        """The seconds that are left, at most *most*; raises :class:`~mithaq.errors.FetchError` if there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError(f"it takes more than {self._seconds:g} seconds", "the server is slow: try again later")
        return left if most is None else min(left, most)

    def count(self, size: int) -> None:
        """Count bytes that came; raises :class:`~mithaq.errors.FetchError` if they are too many."""
        self._came += size
        if self._came > self._most:
            raise FetchError(f"it sends more than {self._most / 1e6:g} MB", "fetch it yourself, and give the file")


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host by the system's resolver, which takes at most ten seconds."""
    answers: queue.Queue[Sequence[str] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(address[0]) for *_, address in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    # getaddrinfo knows no timeout; a thread that hangs in it is left behind, and ends with the process.
    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=_RESOLVING)
    except queue.Empty:
        raise OSError("the name server does not answer") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


class Backend(httpcore.NetworkBackend):
    """Opens connections for httpcore. *private* lets it go to any address; *inner* opens them in the end."""

    def __init__(
        self, spent: Spent, private: bool, resolver: Resolver, inner: httpcore.NetworkBackend | None = None
    ) -> None:
        self._spent = spent
        self._private = private
        self._resolve = resolver
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's addresses, all of which were checked."""
        failure: Exception = OSError("it has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, self._spent.left(_CONNECTING), local_address)
                return _Stream(stream, self._spent)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise FetchError(f"{host} cannot be reached: {_said(failure)}", "check the address, and try again later")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = self._resolve(host, port)
        except OSError as error:
            raise FetchError(f"{host} is not found: {_said(error)}", "check the address") from error
        closed = [a for a in found if not is_public(a)]
        if closed and not self._private:
            named = host if host == closed[0] else f"{host} is {closed[0]}, which"
            raise FetchError(
                f"{named} is not in the public internet",
                "--allow-private fetches from your own network",
            )
        return found


class _Stream(httpcore.NetworkStream):
    """A connection whose time and bytes are counted."""

    def __init__(self, inner: httpcore.NetworkStream, spent: Spent) -> None:
        self._inner = inner
        self._spent = spent

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, self._spent.left(timeout))
        self._spent.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._spent.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._spent.left(_CONNECTING))
        return _Stream(inner, self._spent)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _said(error: Exception) -> str:
    cause = error.__cause__ or error.__context__ or error
    return str(getattr(cause, "strerror", None) or cause or type(error).__name__)[:120]
