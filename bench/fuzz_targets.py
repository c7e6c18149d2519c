"""What is fuzzed (``fuzz_readers.py``): the seeds of each target, which are made here, and its check."""

from __future__ import annotations

import gzip
import importlib
import io
import logging
import sys
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "readers")]


def seeds() -> dict[str, list[bytes]]:
    """The seeds of each target: small inputs of its format, made here."""
    import making as make
    import pdf_making as pdfs

    page = make.page().encode()
    plain = make.TEXT.encode()
    text = [plain, make.TEXT.encode("utf-16"), make.TEXT.encode("cp1256"), make.TEXT.encode("iso8859_6")]
    lines = [f"#{make.TITLE}", *make.PARAGRAPHS]
    small = {"a.txt": plain, "b.jsonl": make.lines(), "c.csv": make.table().encode()}
    return {
        "text": text,
        "lines": [make.lines(), make.lines() * 3, make.lines().decode().encode("utf-16")],
        "json": [b"[" + make.lines() + b"]", b'[{"text": "\\u0627\\""}, 5, null, [[]]]'],
        "csv": [make.table(d).encode(e) for d in ",;\t" for e in ("utf-8", "cp1256")],
        "parquet": [make.parquet()],
        "html": [page, make.page("windows-1256").encode("cp1256"), make.old_page().encode("cp1256")],
        "feed": [make.rss().encode(), make.atom().encode(), make.rdf().encode()],
        "warc": [
            make.warc((make.URL, "200 OK", "text/plain", plain)),
            make.warc((make.URL, "200 OK", "text/html", page)),
        ],
        "pdf": [*(pdfs.pdf([lines], order, packed=False) for order in ("visual", "logical")), pdfs.scanned()],
        "docx": [make.docx()],
        "docx part": [zipfile.ZipFile(io.BytesIO(make.docx())).read("word/document.xml")],
        "zip": [make.zipped(small), make.zipped({"d.zip": make.zipped(small)})],
        "tar": [make.tarred(small), make.tarred({"ا" * 120 + ".txt": plain})],
        "packed": [pack(plain) for pack in _packers()],
        "entries": [make.rss().encode(), make.atom().encode(), make.rdf().encode()],
        "fetch": [_answer(page), _answer(gzip.compress(plain), b"Content-Encoding: gzip\r\n"), *_answers()],
        "robots": [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 5\n\nUser-agent: mithaq\nAllow: /%D8%A3 # b\n"],
        "read": text[:1] + [p.encode() for p in make.PARAGRAPHS],
    }


def _answer(body: bytes, head: bytes = b"", status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), head, body)


def _answers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\nX: y\r\n\r\n"
    yield b"HTTP/1.0 200\r\nContent-Encoding: deflate\r\nETag: a\r\n\r\n" + zlib.compress(b"abcd")
    for location in (b"/a?b", b"//[::1]:80/", "https://أ.example/ب".encode()):
        yield _answer(b"", b"Location: %s\r\nRetry-After: 5\r\n" % location, b"302 Found")


def _packers() -> Iterator[Callable[[bytes], bytes]]:
    import bz2
    import gzip
    import lzma

    import zstandard

    yield from (gzip.compress, bz2.compress, lzma.compress, zstandard.compress)


def check_of(target: str) -> Callable[[bytes], None]:
    """A function that raises if an input fails."""
    import mithaq
    from mithaq.errors import InputError
    from mithaq.readers import Located, SetAside, read_bytes

    if target == "read":

        def read(data: bytes) -> None:
            try:
                text = data.decode("utf-8", "replace")
                record = mithaq.read(text)
            except InputError:
                return
            for attribution in record.attributions:
                assert text[attribution.cue.start : attribution.cue.end] == attribution.cue.text

        return read
    if target == "fetch":
        return _fetch()
    if target == "robots":
        from mithaq.watch.robots import Rules

        def rules(data: bytes) -> None:
            found = Rules(data.decode("utf-8", "replace"))
            assert found.allow("http://news.example/a?b=%D8%A3") in (True, False)
            assert found.delay >= 0

        return rules
    _in_this_process()
    if target == "entries":
        return _entries()

    def check(data: bytes) -> None:
        if target == "docx part":
            import making as make

            data = make.docx(main=data)
        for item in read_bytes(data, f"a.{target}"):
            assert str(item.place)
            if isinstance(item, Located):
                item.report.text.encode("utf-8")
                assert item.report.text.strip()
                assert item.origin
            else:
                assert isinstance(item, SetAside)
                assert item.error.message

    return check


class _Stream:
    """A connection over which a server has sent *data*."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._rest.read(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def start_tls(self, *_: Any, **__: Any) -> _Stream:
        return self

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> Any:
        return None


def _entries() -> Callable[[bytes], None]:
    from mithaq.errors import InputError
    from mithaq.fetch import Answer
    from mithaq.readers import Located
    from mithaq.readers.feeds import feed_entries

    def check(data: bytes) -> None:
        try:
            entries = feed_entries(Answer("http://news.example/rss", 200, data))
        except InputError:
            return
        assert len({e.key for e in entries}) == len(entries)
        for entry in entries:
            located = entry.located()
            if isinstance(located, Located):
                located.report.text.encode("utf-8")

    return check


def _fetch() -> Callable[[bytes], None]:
    import httpcore

    from mithaq.errors import FetchError
    from mithaq.fetch import Fetcher, Limits

    class Sent(httpcore.NetworkBackend):
        def __init__(self, data: bytes) -> None:
            self._data = data

        def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
            assert host == "1.1.1.1"
            return cast(httpcore.NetworkStream, _Stream(self._data))

    def check(data: bytes) -> None:
        limits = Limits(seconds=5, body=100_000)
        fetcher = Fetcher(limits=limits, resolver=lambda *_: ["1.1.1.1"], backend=Sent(data))
        try:
            answer = fetcher.get("http://news.example/")
        except FetchError:
            return
        assert len(answer.body) <= limits.body
        assert all((value or "").isascii() for value in (answer.etag, answer.modified, answer.retry_after, answer.url))

    return check


def _in_this_process() -> None:
    """Have parsers run here, where their coverage is seen and what mithaq's own code raises is a failure."""
    from mithaq.errors import InputError
    from mithaq.readers import feeds
    from mithaq.readers.formats import docx, feed, html, pdf
    from mithaq.readers.items import Made, Unmade

    # Now, not at the first call: what is imported while it is instrumented is what coverage is seen of.
    names = ("docx", "feed", "feed_entries", "html", "pdf")
    parsers = {name: importlib.import_module(f"mithaq.readers.parsers.{name}") for name in names}

    def parse(parser: str, data: bytes, seconds: int, **options: str | None) -> list[Made | Unmade]:
        try:
            found: list[Made | Unmade] = parsers[parser].parse(data, **options)
        except (InputError, TimeoutError):
            raise
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            if Path(frame.filename).is_relative_to(ROOT / "src"):
                raise
            raise InputError(f"damaged: {error}") from error
        return found

    for module in (docx, feed, feeds, html, pdf):
        vars(module)["parse"] = parse
    logging.disable(logging.CRITICAL)
