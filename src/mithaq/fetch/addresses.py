"""An address of the web, taken apart, checked, and written as servers want it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna

from mithaq.errors import FetchError

_DEFAULT = {"http": 80, "https": 443}
_PORTS = frozenset((80, 443, 8000, 8008, 8080, 8081, 8443, 8888))
"""Where pages are served; on others mail, databases and the like would be spoken to in a stranger's name."""
_LONGEST = 4_000
_KEPT = "!$%&'()*+,;=:@/~-._?[]"
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,252})$")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_HINT = "give the address of a public page, http:// or https://"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in ASCII: *host* as DNS has it (no brackets around version 6), *target* the path with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, url: str, any_port: bool = False) -> Address:
        """The address of a URL, its fragment left out; Arabic names and paths are encoded.

        Raises :class:`~mithaq.errors.FetchError` for other schemes, a user's name or password in it, a port of another
        service (unless *any_port*), and what is no address.
        """
        try:
            parts = urlsplit(_CONTROL.sub(lambda c: quote(c[0]), url.strip()))
            port = parts.port
            host = parts.hostname or ""
            if "[" in parts.netloc and ":" not in host:
                raise ValueError("brackets are for IPv6")
        except ValueError as error:
            raise FetchError(f"{url[:200]!r} is no address: {error}", _HINT) from error
        if len(url) > _LONGEST:
            raise FetchError(f"the address is over {_LONGEST:,} characters", _HINT)
        if parts.scheme not in _DEFAULT:
            raise FetchError(f"the scheme {parts.scheme[:20]!r} is not fetched", _HINT)
        if "@" in parts.netloc:
            raise FetchError("the address holds a user's name or a password", "fetch it yourself, and give the file")
        port = port if port is not None else _DEFAULT[parts.scheme]
        if not any_port and port not in _PORTS:
            raise FetchError(f"port {port} is not one of web pages", "see docs/inputs.md for those that are")
        target = urlunsplit(("", "", quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT), ""))
        return cls(parts.scheme, _ascii(host), port, target if target.startswith("/") else f"/{target}")

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` header has them: the port only if it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a ``robots.txt`` holds for."""
        return f"{self.scheme}://{self.authority}"

    def join(self, location: str, any_port: bool = False) -> Address:
        """Where *location* leads from here; raises as :meth:`of` does."""
        try:
            return Address.of(urljoin(str(self), location.strip()), any_port)
        except ValueError as error:
            raise FetchError(f"it leads to {location[:200]!r}, which is no address", _HINT) from error

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def _ascii(host: str) -> str:
    """A host's name as DNS has it."""
    if ":" in host:
        try:
            return str(IPv6Address(host.partition("%")[0]))
        except ValueError as error:
            raise FetchError(f"{host[:80]!r} is no host", _HINT) from error
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise FetchError(f"{host[:80]!r} is no host: {error}"[:200], _HINT) from error
    if not _HOST.match(name):
        raise FetchError(f"{host[:80]!r} is no host", _HINT)
    return name.lower()
