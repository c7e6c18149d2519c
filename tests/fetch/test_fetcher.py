"""Fetching from a server that means no good, and from one that is merely out of order."""

from __future__ import annotations

import gzip
import itertools
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpcore
import pytest
from sites import PUBLIC, Reply, Site, Wire, serving

from mithaq.errors import FetchError
from mithaq.fetch import Fetcher, Limits, user_agent

TEXT = "نص الخبر".encode()
SMALL = Limits(seconds=1.0, body=100_000, redirects=3)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def public(site: Site, **names: str) -> tuple[Fetcher, Wire]:
    """A fetcher that may only go to public addresses, for which *names* stand; all connections end at the site."""
    wire = Wire(site)
    known = {name.replace("_", "."): address for name, address in names.items()}
    return Fetcher(limits=SMALL, resolver=lambda host, _: [known.get(host, PUBLIC)], backend=wire), wire


def refused(fetcher: Fetcher, url: str) -> str:
    start = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetcher.page(url)
    assert time.monotonic() - start < 5
    return str(caught.value)


def test_a_page(site: Site) -> None:
    site.replies["/a?b=c"] = Reply(TEXT, headers={"Content-Type": "text/plain; charset=utf-8", "ETag": '"1"'})
    fetcher, wire = public(site)
    answer = fetcher.page("http://news.example/a?b=c")
    assert (answer.url, answer.status, answer.body) == ("http://news.example/a?b=c", 200, TEXT)
    assert (answer.content_type, answer.etag, answer.modified) == ("text/plain; charset=utf-8", '"1"', None)
    assert wire.connected == [(PUBLIC, 80)]
    assert site.headers[0]["host"] == "news.example"
    assert site.headers[0]["user-agent"] == "mithaq"


def test_the_contact_cannot_add_headers() -> None:
    assert user_agent("1", "desk@news.example\r\nX: y (a)") == "mithaq/1 (desk@news.exampleX: y a)"


def test_conditional_requests(site: Site) -> None:
    site.replies["/a"] = lambda handler: Reply(status=304 if handler.headers["If-None-Match"] == '"1"' else 200)
    fetcher, _ = public(site)
    assert fetcher.get("http://news.example/a", '"1"', "Mon, 04 Mar 2019 21:30:00 GMT").status == 304
    assert site.headers[0]["if-modified-since"] == "Mon, 04 Mar 2019 21:30:00 GMT"
    assert fetcher.get("http://news.example/a").status == 200


@pytest.mark.parametrize("status", [404, 500])
def test_statuses_are_errors_of_a_page(site: Site, status: int) -> None:
    site.replies["/a"] = Reply(status=status)
    assert f"the server answers with status {status}" in refused(public(site)[0], "http://news.example/a")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0",
    ],
)
def test_this_machine_under_all_its_names(site: Site, host: str) -> None:
    message = refused(Fetcher(limits=SMALL, backend=Wire(site)), f"http://{host}/")
    assert "is not in the public internet (--allow-private" in message or "is not found" in message
    assert not site.asked


def test_private_addresses_if_they_are_allowed(site: Site) -> None:
    site.replies["/a"] = Reply(TEXT)
    assert Fetcher(private=True).page(site.url("/a")).body == TEXT


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is not in the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not in the public internet"),
        ("http://inside.example/", "inside.example is 10.0.0.5, which is not"),
        ("//inside.example/", "inside.example is 10.0.0.5, which is not"),
        ("https://[::ffff:10.0.0.5]/", "::ffff:a00:5 is not in the public"),
        ("file:///etc/passwd", "the scheme 'file' is not fetched"),
        ("ftp://news.example/", "the scheme 'ftp' is not fetched"),
        ("http://me:secret@news.example/", "a user's name or a password"),
        ("http://news.example:6379/", "port 6379 is not one of web pages"),
        ("http://[", "which is no address"),
        ("/a", "it redirects more than 3 times"),
    ],
)
def test_redirects_that_are_not_followed(site: Site, location: str, reason: str) -> None:
    def resolver(host: str, _: int) -> Sequence[str]:
        known = {"inside.example": "10.0.0.5", "news.example": PUBLIC}
        return [known.get(host, host)]

    site.replies["/a"] = Reply(status=302, headers={"Location": location})
    fetcher = Fetcher(limits=SMALL, resolver=resolver, backend=Wire(site))
    assert reason in refused(fetcher, "http://news.example/a")
    assert set(site.asked) == {"/a"}


def test_redirects_that_are(site: Site) -> None:
    site.replies["/a"] = Reply(status=301, headers={"Location": "/أخبار".encode().decode("latin-1")})
    site.replies["/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"] = Reply(status=307, headers={"Location": "http://b.example/c"})
    site.replies["/c"] = Reply(TEXT)
    told: list[str] = []
    answer = public(site)[0].get("http://news.example/a", before=lambda address: told.append(address.origin))
    assert (answer.url, answer.body) == ("http://b.example/c", TEXT)
    assert told == ["http://news.example", "http://b.example"]


def test_a_name_that_changes_its_address_is_resolved_once(site: Site) -> None:
    """DNS rebinding: the name is public when it is checked, and would be private when it is connected to."""
    site.replies["/a"] = Reply(TEXT)
    answers = itertools.chain([[PUBLIC]], itertools.repeat(["127.0.0.1"]))
    asked: list[str] = []

    def resolver(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    wire = Wire(site)
    fetcher = Fetcher(limits=SMALL, resolver=resolver, backend=wire)
    assert fetcher.page("http://news.example/a").body == TEXT
    assert asked == ["news.example"]
    assert wire.connected == [(PUBLIC, 80)]
    assert "127.0.0.1, which is not" in refused(fetcher, "http://news.example/a")


def test_one_private_address_among_public_ones_is_enough(site: Site) -> None:
    fetcher = Fetcher(limits=SMALL, resolver=lambda *_: [PUBLIC, "10.0.0.1"], backend=Wire(site))
    assert "10.0.0.1, which is not" in refused(fetcher, "http://news.example/")
    assert not site.asked


def test_the_next_address_if_one_cannot_be_reached(site: Site) -> None:
    class Half(Wire):
        def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
            if host == "1.1.1.1":
                raise httpcore.ConnectError("no route")
            return super().connect_tcp(host, port)

    site.replies["/a"] = Reply(TEXT)
    wire = Half(site)
    fetcher = Fetcher(limits=SMALL, resolver=lambda *_: ["1.1.1.1", PUBLIC], backend=wire)
    assert fetcher.page("http://news.example/a").body == TEXT
    dead = Fetcher(limits=SMALL, resolver=lambda *_: ["1.1.1.1"], backend=wire)
    assert "news.example cannot be reached: no route" in refused(dead, "http://news.example/")


def test_proxies_of_the_environment_open_no_way_round(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        site.replies["/a"] = Reply(TEXT)
        assert public(site)[0].page("http://news.example/a").body == TEXT
        assert "127.0.0.1 is not in the public internet" in refused(Fetcher(limits=SMALL), "http://127.0.0.1/")
        assert not proxy.asked


def test_tls_is_asked_for_the_name_and_not_for_the_address() -> None:
    class Stream(httpcore.NetworkStream):
        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            assert ssl_context.verify_mode is ssl.CERT_REQUIRED
            assert ssl_context.check_hostname
            raise httpcore.ConnectError(f"asked for {server_hostname}")

        def close(self) -> None:
            pass

    class Tls(httpcore.NetworkBackend):
        def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
            assert (host, port) == (PUBLIC, 443)
            return Stream()

    fetcher = Fetcher(resolver=lambda *_: [PUBLIC], backend=Tls())
    assert "asked for xn--4gbrim.xn--wgbh1c" in refused(fetcher, "https://موقع.مصر/")


def endless(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def slowly(piece: bytes) -> Iterator[bytes]:
    for _ in range(99):
        time.sleep(0.1)
        yield piece


def dribble(pieces: Sequence[bytes]) -> Callable[[Any], None]:
    """Send each piece a moment after the last, without an end."""

    def answer(handler: Any) -> None:
        handler.close_connection = True
        for piece in itertools.cycle(pieces):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.1)

    return answer


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


CHUNKED = {"Transfer-Encoding": "chunked"}


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (lambda: Reply(pieces=endless(bytes(5000)), headers={"Connection": "close"}), "it is over 0.1 MB"),
        (lambda: Reply(pieces=endless(chunk(bytes(5000))), headers=CHUNKED), "it is over 0.1 MB"),
        (
            lambda: Reply(pieces=endless(b"1;" + b"x" * 9000 + b"\r\na\r\n"), headers=CHUNKED),
            "it sends more than 2.1 MB",
        ),
        (lambda: Reply(bytes(200_000)), "it is over 0.1 MB"),
        (lambda: Reply(headers={f"X-{n}": "x" * 1000 for n in range(200)}), "breaks off or is damaged"),
        (lambda: dribble([b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"]), "it takes more than 1 seconds"),
        (lambda: dribble([b"HTTP/1.1 100 Continue\r\n\r\n"]), "it takes more than 1 seconds"),
        (
            lambda: Reply(pieces=slowly(b"1\r\na\r\n"), headers=CHUNKED),
            "more than 1 sec",
        ),
        (lambda: Reply(b"short", headers={"Content-Length": "5000"}), "breaks off"),
        (lambda: Reply(b"", headers={"Content-Length": "-1"}), "damaged"),
        (lambda: Reply(pieces=[b"zz\r\n"], headers=CHUNKED), "damaged"),
        (lambda: lambda handler: handler.wfile.write(b"\x00\x01nonsense\r\n\r\n"), "damaged"),
        (lambda: lambda handler: handler.connection.close(), ""),
    ],
)
def test_answers_out_of_order(site: Site, reply: Callable[[], Any], reason: str) -> None:
    """*reason* is part of the message; the limits are those of ``SMALL``."""

    def closing(handler: Any) -> Any:
        handler.close_connection = True
        found = reply()
        return found(handler) and None if callable(found) else found

    site.replies["/a"] = closing
    assert reason in refused(public(site)[0], "http://news.example/a")


def bomb(size: int) -> bytes:
    return gzip.compress(bytes(size))


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", bomb(50_000_000), "it is over 0.1 MB"),
        ("deflate", zlib.compress(bytes(50_000_000)), "it is over 0.1 MB"),
        ("gzip, gzip", gzip.compress(bomb(50_000_000)), "was not asked for"),
        ("br", b"\x0b\x02\x80", "its content encoding is 'br', which was not asked for"),
        ("gzip", gzip.compress(TEXT)[:-9], "its gzip data breaks off"),
        ("gzip", gzip.compress(TEXT * 99)[:40] + b"\xff" * 50, "its gzip data"),
        ("gzip", TEXT, "its gzip data is damaged"),
    ],
    ids=["bomb", "zlib bomb", "bomb in bomb", "Brotli", "broken off", "damaged", "not packed"],
)
def test_packed_bodies_that_are_refused(site: Site, encoding: str, body: bytes, reason: str) -> None:
    site.replies["/a"] = Reply(body, headers={"Content-Encoding": encoding})
    assert reason in refused(public(site)[0], "http://news.example/a")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:4]) + gzip.compress(TEXT[4:]) + bytes(8)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("identity", TEXT),
    ],
    ids=["gzip", "two and padding", "zlib", "bare deflate", "identity"],
)
def test_packed_bodies(site: Site, encoding: str, body: bytes) -> None:
    site.replies["/a"] = Reply(body, headers={"Content-Encoding": encoding})
    assert public(site)[0].page("http://news.example/a").body == TEXT
    assert site.headers[0]["accept-encoding"] == "gzip, deflate"


def test_a_name_server_that_knows_nothing(site: Site) -> None:
    def resolver(*_: object) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    message = refused(Fetcher(resolver=resolver, backend=Wire(site)), "http://news.example/")
    assert message == "news.example is not found: Name or service not known (check the address)"
