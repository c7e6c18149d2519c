"""Which addresses can speak for which."""

from __future__ import annotations

from urllib.parse import urlsplit

_FRONTS = ("www.", "m.", "mobile.", "amp.")


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, of a host and one under it, or of two faces of it (``www.``, ``m.``).

    Hosts that only share the end of their names are strangers: so do all under ``co.uk``.
    """
    first, second = _host(one), _host(other)
    return bool(first and second) and (first == second or first.endswith(f".{second}") or second.endswith(f".{first}"))


def _host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return next((host.removeprefix(front) for front in _FRONTS if host.startswith(front)), host)
