"""Input made to harm: refused with a reason, within seconds, and with bounded memory."""

from __future__ import annotations

import bz2
import io
import json
import lzma
import os
import signal
import stat
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import making as make
import pytest
import zstandard
from making import TEXT
from pdf_making import pdf, stream, written

from mithaq.readers import Located, SetAside, confined, limits, read_bytes, read_reports
from mithaq.readers.streams import Budget

BOMB = 150_000_000
SECONDS = 15
"""Of computing, this process and the parsers' together."""


def refused(data: bytes, name: str = "a", *, last: bool = False) -> str:
    """The reason for which an input, or the last part of it, is set aside."""
    start = time.process_time()
    items = list(read_bytes(data, name))
    assert time.process_time() - start < SECONDS
    assert last or len(items) == 1, items[:3]
    assert isinstance(items[-1], SetAside)
    return str(items[-1])


def deflated(size: int) -> bytes:
    """So many zero bytes (a multiple of 1 MB) in deflate's own format, made in no time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size >> 20) + b"\x03\x00"


def zeros(size: int) -> bytes:
    """The same as gzip."""
    size = size >> 20 << 20
    check = 0
    for _ in range(size >> 20):
        check = zlib.crc32(bytes(1 << 20), check)
    return b"\x1f\x8b\x08" + bytes(7) + deflated(size) + struct.pack("<2L", check, size & 0xFFFFFFFF)


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: zeros(4 * BOMB),
    "gzip of gzip": lambda: make.gzipped(zeros(4 * BOMB)),
    "bzip2": lambda: bz2.compress(b"{" + bytes(BOMB // 3)) * 3,
    "xz": lambda: lzma.compress(b"{" + bytes(BOMB), preset=0),
    "zstd": lambda: zstandard.compress(b"{" + bytes(BOMB)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_decompression_bombs(name: str) -> None:
    message = refused(BOMBS[name](), "a.jsonl", last=True)
    assert "it unpacks to over 250 times its size (a decompression bomb?" in message


def test_a_bomb_is_stopped_long_before_its_end() -> None:
    budget = Budget()
    budget.taken = 1000
    budget.make(limits.FREE_EXPANSION)
    with pytest.raises(Exception, match="it unpacks to over 250 times its size"):
        budget.make(250_001)


def test_a_zip_whose_members_share_their_data() -> None:
    """As in "A better zip bomb" (Fifield 2019): all members point at the same compressed bytes."""
    one = io.BytesIO()
    with zipfile.ZipFile(one, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", b'{"text": "' + bytes(20_000_000) + b'"}')
    data = one.getvalue()
    at, size = data.index(b"PK\x01\x02"), len(data) - 22
    entry = data[at:size]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, 200 * len(entry), at, 0)
    message = refused(data[:at] + entry * 200 + end, last=True)
    assert "it unpacks to over 250 times its size" in message or "overlap" in message.lower()


def test_bombs_inside_archives() -> None:
    assert "over 10 MB" in refused(make.zipped({"a.txt": bytes(BOMB // 3)}))
    packed = make.gzipped(make.tarred({"a.jsonl": bytes(BOMB)}))
    assert "it unpacks to over 250 times its size" in refused(packed, last=True)


def test_a_zip_that_claims_a_huge_directory() -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 0xFFFFFF00, 0, 0)
    assert "its directory is over 30 MB, or not there" in refused(b"PK\x03\x04" + bytes(90) + end)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b.txt", "C:\\Windows\\a.txt", "a\\..\\..\\b"]
)
@pytest.mark.parametrize("pack", [make.zipped, make.tarred])
def test_names_that_lead_out(pack: Callable[[dict[str, bytes]], bytes], name: str) -> None:
    first, second = read_bytes(pack({name: TEXT.encode(), "good.txt": TEXT.encode()}), "a")
    assert "its name leads out of the archive" in str(first)
    assert isinstance(second, Located)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_tar(kind: bytes) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
        info = tarfile.TarInfo("b.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    link, good = read_bytes(out.getvalue(), "a.tar")
    assert str(link) == "a.tar > a.txt: a link or device, not a file (pack the file itself)"
    assert isinstance(good, Located)


def test_links_in_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "a link or device, not a file" in refused(out.getvalue())


def test_a_tar_header_of_a_gigabyte() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1 << 30
    data = info.tobuf(tarfile.GNU_FORMAT) + bytes(3_000_000)
    assert "a header is over 1 MB" in refused(data)


def test_archives_that_break_off() -> None:
    tar = make.tarred({"a.txt": TEXT.encode(), "b.txt": TEXT.encode() * 99})
    first, *_, last = read_bytes(tar[:8192], "a.tar")
    assert isinstance(first, Located)
    assert "breaks off" in str(last)
    whole = make.zipped({"a.txt": TEXT.encode()})
    assert "its zip data is damaged" in refused(whole[: len(whole) // 2])


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_that_breaks_off_gives_what_came_before(packed: bool) -> None:
    page = make.page().encode()
    data = make.warc(*((f"https://a.example/{n}", "200 OK", "text/html", page) for n in range(4)), packed=packed)
    *found, last = read_bytes(data[: len(data) * 3 // 4], "a.warc")
    assert len([i for i in found if isinstance(i, Located)]) >= 2
    assert isinstance(last, SetAside)


@pytest.mark.parametrize("junk", [b"x" * 30_000_000, b"a: b\r\n" * 1_000_000])
def test_a_warc_head_without_end(junk: bytes) -> None:
    assert "the head of a record is over 256 KB" in refused(b"WARC/1.0\r\n" + junk)


PAGES: dict[str, Callable[[], str]] = {
    "100,000 nested elements": lambda: "<html><body>" + "<div>" * 100_000 + TEXT + "</div>" * 100_000,
    "a million open elements": lambda: "<html><body>" + "<b>" * 1_000_000 + TEXT,
    "tables in tables": lambda: "<html><body>" + "<table><tr><td>" * 20_000 + TEXT,
    "nothing but markup": lambda: "<html>" + "<" * 2_000_000,
}


MANY_ATTRIBUTES = "<html><body><p " + " ".join(f'a{i}="x"' for i in range(300_000)) + ">" + TEXT


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_end_soon(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.readers.formats.html.PARSER_SECONDS", 4)
    start = time.monotonic()
    (item,) = read_bytes(PAGES[name]().encode(), "a.html")
    assert time.monotonic() - start < 4 * 3 + 5
    assert isinstance(item, Located) or item.error.hint


def test_after_a_hostile_page_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.readers.formats.html.PARSER_SECONDS", 2)
    assert "reading it takes more than 2 seconds" in refused(MANY_ATTRIBUTES.encode())
    monkeypatch.undo()
    (item,) = read_bytes(make.page().encode(), "a.html")
    assert isinstance(item, Located)


def test_a_parser_that_dies_costs_one_input() -> None:
    assert isinstance(next(read_bytes(make.page().encode(), "a")), Located)
    os.kill(confined._SERVERS[0]._process.pid, signal.SIGKILL)
    confined._SERVERS[0]._process.wait()
    assert isinstance(next(read_bytes(make.page().encode(), "a")), Located)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def test_billion_laughs() -> None:
    feed = LAUGHS + "<rss><channel><item><title>&j;</title><description>&j;</description></item></channel></rss>"
    assert "the entry has no text" in refused(feed.encode())
    document = LAUGHS.replace("rss", "document") + "<document><body><p><t>&j;</t></p></body></document>"
    assert "is not valid XML: Maximum entity amplification" in refused(make.docx(main=document))
    document = '<!DOCTYPE a [<!ENTITY b "c">]><document><body><p><t>&b;</t></p></body></document>'
    assert "declares a document type" in refused(make.docx(main=document))


def test_entities_do_not_open_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("كلمة السر", "utf-8")
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file://{secret}">]>'
    feed = f"{head}<rss><channel><item><title>ا</title><description>نص &a; آخر</description></item></channel></rss>"
    (item,) = read_bytes(feed.encode(), "a")
    assert "السر" not in str(item)


def test_a_docx_bomb() -> None:
    assert "its word/document.xml unpacks to over 64 MB" in refused(make.docx(main=" " * 70_000_000))


def _pdf(*objects: bytes) -> bytes:
    return written({1: b"<< /Type /Catalog /Pages 2 0 R >>", **dict(enumerate(objects, 2))})


def _bomb_stream(size: int) -> bytes:
    """Packed twice, so that the file is small."""
    once = b"\x78\xda" + deflated(size) + struct.pack(">L", ((size % 65521) << 16) | 1)
    data = zlib.compress(once)
    return b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(data), data)


_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>"
PDFS: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": lambda: _pdf(b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "no catalogue": lambda: written({2: b"<< >>"}),
    "a form that draws itself": lambda: _pdf(
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.replace(b"<< >>", b"<< /XObject << /X 5 0 R >> >>"),
        stream(b"/X Do /X Do"),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >> /Length 10 >>\n"
        b"stream\n/X Do /X Do\nendstream",
    ),
    "a stream of 2 GB": lambda: _pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE, _bomb_stream(2 << 30)),
    "only its mark": lambda: b"%PDF-1.7\n",
    "broken off": lambda: pdf([["نص"]])[:400],
    "zeros": lambda: b"%PDF-1.7\n" + bytes(1_000_000),
}


@pytest.mark.parametrize("name", PDFS)
def test_hostile_pdfs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.readers.formats.pdf.PDF_SECONDS", 6)
    start = time.monotonic()
    assert ": " in refused(PDFS[name](), "a.pdf")
    assert time.monotonic() - start < 6 * 3 + 5


def test_a_cell_of_100_megabytes() -> None:
    data = b'text,title\n"' + b"x" * 100_000_000 + b'",b\n' + f"{TEXT!r},b\n".encode()
    assert "a row is over 10 MB: nothing behind it is read (is a quotation mark opened" in refused(data)


def test_an_item_of_100_megabytes() -> None:
    assert "an item is over 10 MB" in refused(b'[{"text": "' + b"x" * 100_000_000 + b'"}]')


@pytest.mark.parametrize("data", [b'[{"text": ', b"[{}, {", b"[[[[", b'[{"a": "\\', b'[{"]'])
def test_arrays_that_break_off(data: bytes) -> None:
    assert "breaks off" in refused(data, last=True)


def test_an_array_of_other_things() -> None:
    data = json.dumps([{"text": TEXT}, 5, "a, b", None, [1], {}, {"text": TEXT}]).encode()
    items = list(read_bytes(data, "a"))
    assert [i.place.part for i in items] == [f"item {n}" for n in range(1, 8)]
    assert [isinstance(i, Located) for i in items] == [True, False, False, False, False, False, True]


def test_parquet_that_is_damaged() -> None:
    data = make.parquet()
    assert "its Parquet data is damaged" in refused(data[: len(data) // 2])
    assert isinstance(next(read_bytes(data[:200] + bytes(200) + data[400:], "a.parquet")), SetAside)


def test_parquet_goes_on_where_it_stopped() -> None:
    rows = [{"text": f"{TEXT} {n}", "id": n} for n in range(1200)]
    found = [item for item in read_bytes(make.parquet(rows), "a.parquet") if isinstance(item, Located)]
    assert [(i.report.id, i.report.text, i.place.part) for i in found] == [
        (str(n), f"{TEXT} {n}", f"row {n + 1}") for n in range(1200)
    ]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no /dev/zero")
def test_an_endless_file() -> None:
    (item,) = read_reports(["/dev/zero"])
    assert "over 10 MB" in str(item)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say how much memory was used")
def test_memory_stays_bounded(tmp_path: Path) -> None:
    """Everything that is read in mithaq's own process, one after the other, in a process of its own."""
    for name, data in BOMBS.items():
        (tmp_path / f"{name}.jsonl").write_bytes(data())
    (tmp_path / "line.jsonl").write_bytes(b'{"text": "' + b"x" * 100_000_000)
    (tmp_path / "item.json").write_bytes(b'[{"text": "' + b"x" * 100_000_000)
    (tmp_path / "cell.csv").write_bytes(b'text,a\n"' + b"x" * 100_000_000)
    (tmp_path / "a.tar.gz").write_bytes(make.gzipped(make.tarred({"a.jsonl": bytes(BOMB)})))
    code = (
        "import sys\n"
        "from mithaq.readers import read_reports, SetAside\n"
        "items = list(read_reports(sys.argv[1:]))\n"
        "assert all(isinstance(i, SetAside) for i in items), items\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
    )
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) < 150_000, "kilobytes"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_fork_has_a_parsers_process_of_its_own() -> None:
    data = make.page().encode()
    assert isinstance(next(read_bytes(data, "a")), Located)
    code = (
        "import os, sys\n"
        "from mithaq.readers import read_bytes, Located\n"
        "data = sys.stdin.buffer.read()\n"
        "ok = isinstance(next(read_bytes(data, 'a')), Located)\n"
        "child = os.fork()\n"
        "ok = ok and all(isinstance(next(read_bytes(data, 'a')), Located) for _ in range(3))\n"
        "if not child:\n"
        "    os._exit(0 if ok else 1)\n"
        "sys.exit(0 if ok and os.waitpid(child, 0)[1] == 0 else 1)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], input=data, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
