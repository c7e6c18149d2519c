"""Addresses → answers, over as many redirects as are usual, each of them checked like the first address."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import httpcore

from mithaq.errors import FetchError
from mithaq.fetch.addresses import Address
from mithaq.fetch.bodies import ACCEPTED, body
from mithaq.fetch.network import Backend, Resolver, Spent, resolve

_MOVED = frozenset((301, 302, 303, 307, 308))
_WIRE = 2_000_000
"""What may come beside the body, in bytes: heads (httpcore refuses one over 100 KB), sizes of chunks, redirects."""
_ACCEPT = "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8"
_LONGEST_HEADER = 1_000
_NAME = "mithaq"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take, redirects included."""

    seconds: float = 60.0
    body: int = 50_000_000
    """Bytes of the body, as it is sent and as it is unpacked."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a fetch; *body* is only read with status 200. *url* is where it came from in the end."""

    url: str
    status: int
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    """``Last-Modified`` as the server wrote it."""
    retry_after: str | None = None


def user_agent(version: str, contact: str | None = None) -> str:
    """How mithaq calls itself; *contact* is where the owner of a site finds who runs it."""
    about = "".join(c for c in contact or "" if c.isprintable() and c.isascii() and c not in "()")
    return f"{_NAME}/{version}" + (f" ({about})" if about else "")


class Fetcher:
    """Fetches addresses, one at a time. *private* also lets it go to addresses of private networks, and to any port.

    *resolver* and *backend* stand in for the system's name server and connections in tests.
    """

    def __init__(
        self,
        private: bool = False,
        limits: Limits | None = None,
        agent: str = _NAME,
        resolver: Resolver = resolve,
        backend: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.agent = agent
        self._private = private
        self._limits = limits or Limits()
        self._resolver = resolver
        self._backend = backend

    def address(self, url: str) -> Address:
        """*url* taken apart; raises :class:`~mithaq.errors.FetchError` if it would not be fetched."""
        return Address.of(url, self._private)

    def page(self, url: str) -> Answer:
        """What is at *url*; raises :class:`~mithaq.errors.FetchError` for every status but 200."""
        answer = self.get(url)
        if answer.status != 200:
            raise FetchError(f"the server answers with status {answer.status}", _hint(answer.status))
        return answer

    def get(
        self,
        url: str,
        etag: str | None = None,
        modified: str | None = None,
        most: int | None = None,
        before: Callable[[Address], None] | None = None,
    ) -> Answer:
        """What a server answers, whatever its status; 304 if what has this *etag* or *modified* is still the same.

        *most* is a lower limit to the body. *before* is told each address that a redirect leads to, before it is
        asked, and may raise. Raises :class:`~mithaq.errors.FetchError` if there is no answer, or if
        there must not be one.
        """
        limits = self._limits
        most = limits.body if most is None else min(most, limits.body)
        spent = Spent(limits.seconds, most + _WIRE)
        address = self.address(url)
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        for _ in range(limits.redirects + 1):
            answer, leads = self._one(address, spent, most, known)
            if leads is None:
                return answer
            address = address.join(leads, self._private)
            if before:
                before(address)
        raise FetchError(f"it redirects more than {limits.redirects} times", "check the address in a browser")

    def _one(
        self, address: Address, spent: Spent, most: int, known: dict[str, str | None]
    ) -> tuple[Answer, str | None]:
        """The answer of one server, and where it leads."""
        headers = {"Host": address.authority, "User-Agent": self.agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}
        headers |= {"Connection": "close"} | {name: value for name, value in known.items() if value}
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode("ascii"),
        )
        tls = self._tls if address.scheme == "https" else None
        backend = Backend(spent, self._private, self._resolver, self._backend)
        try:
            with (
                httpcore.ConnectionPool(tls, network_backend=backend, max_connections=1, http2=False) as pool,
                pool.stream("GET", url, headers=[(k.encode(), v.encode("ascii")) for k, v in headers.items()]) as found,
            ):
                given = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in found.headers}
                if found.status in _MOVED and "location" in given:
                    return Answer(str(address), found.status, b""), _utf8(given["location"])
                data = b""
                if found.status == 200:
                    data = body(found.iter_stream(), given.get("content-encoding", ""), most)
        except httpcore.TimeoutException as error:
            spent.left()
            raise FetchError(f"{address.host} does not answer", "the server is slow: try again later") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(f"the answer breaks off or is damaged: {error}"[:200], "try again later") from error
        except (ssl.SSLError, OSError) as error:
            raise FetchError(f"{address.host} cannot be reached: {error}"[:200], "check the address") from error
        return (
            Answer(
                str(address),
                found.status,
                data,
                _header(given, "content-type"),
                _header(given, "etag"),
                _header(given, "last-modified"),
                _header(given, "retry-after"),
            ),
            None,
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore.default_ssl_context()


def _header(given: dict[str, str], name: str) -> str | None:
    """A header that can be kept and sent back: short, and of ASCII only."""
    value = given.get(name, "").strip()
    return value if value and len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable() else None


def _utf8(value: str) -> str:
    """A ``Location`` with the Arabic that some servers leave in it."""
    return value.encode("latin-1").decode("utf-8", "replace")


def _hint(status: int) -> str:
    if status in (401, 403, 451):
        return "the server refuses it to programs: save the page with a browser, and give the file"
    return "check the address" if status < 500 else "try again later"
