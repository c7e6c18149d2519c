"""One report in every format is the same report, and gives the same record."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from typing import Any

import making as make
import pytest
import zstandard
from making import OUTLET, PARAGRAPHS, PUBLISHED, TEXT, TITLE, URL
from pdf_making import pdf

import mithaq
from mithaq import Report
from mithaq.readers import Defaults, Located, read_bytes, read_reports
from mithaq.readers.formats import FORMATS

DEFAULTS = Defaults(OUTLET, PUBLISHED.isoformat(), TITLE)
CLEAN = Report(TEXT, "clean", OUTLET, URL, TITLE, PUBLISHED)


def reports(data: bytes, name: str = "input", **options: Any) -> list[Located]:
    found = list(read_bytes(data, name, **options))
    for item in found:
        assert isinstance(item, Located), str(item)
    return [item for item in found if isinstance(item, Located)]


def without_offsets(record: object) -> object:
    if isinstance(record, dict):
        return {k: without_offsets(v) for k, v in record.items() if k not in ("start", "end", "id", "url")}
    return [without_offsets(v) for v in record] if isinstance(record, list) else record


def record_of(report: Report) -> object:
    return without_offsets(mithaq.read_report(report).to_dict())


def pdf_lines() -> list[str]:
    return ["#" + TITLE, *(line for p in PARAGRAPHS for line in wrap(p, 80, break_on_hyphens=False))]


ARABIC_NAMES = ("عنوان الخبر", "النص", "الرابط", "المصدر", "تاريخ النشر")
MADE: dict[str, Callable[[], bytes]] = {
    "html": lambda: make.page().encode(),
    "html in windows-1256": lambda: make.page("windows-1256").encode("cp1256"),
    "html that declares windows-1256 but is UTF-8": lambda: make.page("windows-1256").encode(),
    "html that declares UTF-8 but is windows-1256": lambda: make.page().replace("©", "").encode("cp1256"),
    "html in ISO-8859-6": lambda: make.page("iso-8859-6").replace("©", "").encode("iso8859_6"),
    "html in UTF-16": lambda: make.page().encode("utf-16"),
    "rss": lambda: make.rss().encode(),
    "rss that declares UTF-8 but is windows-1256": lambda: make.rss().encode("cp1256"),
    "atom": lambda: make.atom().encode(),
    "rss 1.0": lambda: make.rdf().encode(),
    "warc": lambda: make.warc((URL, "200 OK", "text/html", make.page().encode())),
    "warc.gz": lambda: make.warc((URL, "200 OK", "text/html", make.page().encode()), packed=True),
    "docx": lambda: make.docx(),
    "csv": lambda: make.table().encode(),
    "csv with a mark": lambda: make.table(";").encode("utf-8-sig"),
    "csv in windows-1256": lambda: make.table().encode("cp1256"),
    "tsv in UTF-16": lambda: make.table("\t").encode("utf-16"),
    "csv with Arabic names": lambda: make.table(header=ARABIC_NAMES).encode(),
    "parquet": lambda: make.parquet(),
    "json lines": make.lines,
    "json array": lambda: json.dumps([json.loads(make.lines())], indent=2).encode(),
    "json array in UTF-16": lambda: json.dumps([json.loads(make.lines())], ensure_ascii=False).encode("utf-16"),
    "zip": lambda: make.zipped({"a/news.html": make.page().encode()}),
    "tar": lambda: make.tarred({"a/news.jsonl": make.lines()}),
    "tar.gz of a zip": lambda: make.gzipped(make.tarred({"b.zip": make.zipped({"a.html": make.page().encode()})})),
}


@pytest.mark.parametrize("name", MADE)
def test_every_format_gives_the_record_of_the_clean_text(name: str) -> None:
    report = reports(MADE[name]())[0].report
    assert report.text == TEXT
    assert (report.title, report.outlet, report.published) == (
        (TITLE, OUTLET, PUBLISHED) if name != "docx" else (TITLE, None, None)
    )
    assert report.url == (URL if name != "docx" else None)
    if name == "docx":
        report = reports(MADE[name](), defaults=DEFAULTS)[0].report
    assert record_of(report) == record_of(CLEAN)


@pytest.mark.parametrize("order", ["visual", "logical", "words", "backwards"])
@pytest.mark.parametrize("forms", [False, True], ids=["letters", "presentation forms"])
def test_a_pdf_gives_the_record_of_the_clean_text(order: str, forms: bool) -> None:
    item = reports(pdf([pdf_lines()], order, forms), defaults=DEFAULTS)[0]
    assert item.report.title == TITLE
    # Lines lose their length with their letters when they are backwards: then paragraphs may part elsewhere.
    assert item.report.text.replace("\n", " ") == TEXT.replace("\n", " ")
    assert order == "backwards" or item.report.text == TEXT
    if order != "backwards":
        assert record_of(item.report) == record_of(CLEAN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6", "mac_arabic"])
def test_plain_text_in_every_encoding_gives_the_same_record(encoding: str) -> None:
    data = TEXT.encode(encoding)
    report = reports(data, "news.txt", defaults=DEFAULTS)[0].report
    assert report.text == data.decode(encoding)
    assert record_of(report) == record_of(CLEAN)


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress], ids=["gzip", "bzip2", "xz", "zstd"]
)
def test_every_compression(pack: Callable[[bytes], bytes]) -> None:
    data = make.lines() * 3
    assert [i.report.text for i in reports(pack(data))] == [TEXT] * 3
    assert [i.report.text for i in reports(pack(data) + pack(data))] == [TEXT] * 6
    assert [i.report.text for i in reports(gzip.compress(pack(data)))] == [TEXT] * 3


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (make.page().encode(), "a.pdf", "html"),
        (make.page().encode(), "a.txt", "html"),
        (pdf([pdf_lines()]), "a.html", "pdf"),
        (make.docx(), "a.zip", "docx"),
        (make.zipped({"a.txt": TEXT.encode()}), "a.docx", "text"),
        (make.lines(), "a.csv.gz", "jsonl"),
        (make.lines(), "a.html", "jsonl"),
        (make.table().encode(), "a.json", "csv"),
        (make.rss().encode(), "a.html", "feed"),
        (make.parquet(), "a.csv", "parquet"),
        (TEXT.encode(), "a.html", "text"),
        (TEXT.encode(), "a.json", "text"),
        (make.gzipped(make.page().encode()), "a.txt", "html"),
    ],
)
def test_content_decides_not_the_name(data: bytes, name: str, reader: str) -> None:
    item = next(read_bytes(data, name))
    assert isinstance(item, Located), str(item)
    assert item.origin
    assert item.origin.reader == reader


def test_an_old_page_without_data_about_itself() -> None:
    (item,) = reports(make.old_page().encode("cp1256"), url="http://www.almarsad.example/show.asp?id=4711")
    assert item.report.text == TEXT
    assert item.report.title == TITLE
    assert item.report.url == "http://www.almarsad.example/show.asp?id=4711"
    assert item.report.outlet


def test_what_the_server_says_comes_last() -> None:
    data = make.page().replace('<meta charset="utf-8">', "").encode("cp1256")
    for content_type in ("text/html; charset=windows-1256", "text/html; charset=utf-8", "text/html", None):
        assert reports(data, content_type=content_type)[0].report.text == TEXT
    relative = make.page().replace(URL, "/world/4711").encode()
    assert (
        reports(relative, url="https://almarsad.example/a?utm=1")[0].report.url == "https://almarsad.example/world/4711"
    )


def test_a_date_that_only_people_can_see() -> None:
    data = re.sub("<meta property=.article:published.*?>", "", make.page()).encode()
    assert reports(data)[0].report.published == PUBLISHED


def test_feed_entries_and_their_ids() -> None:
    first, second = reports(make.rss().encode(), "news.xml")
    assert (first.report.id, first.own_id, first.place.part) == ("news-1", False, "entry 1")
    assert (second.report.id, second.own_id) == ("https://almarsad.example/4712", True)
    assert second.report.text == TEXT
    assert second.report.url == "https://almarsad.example/4712"
    (entry,) = reports(make.atom().encode())
    assert entry.report.id == "tag:almarsad.example,2019:4711"


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    text = make.rss().replace("</channel></rss>", "").replace("أخبار", "أخبار & أخبار&nbsp;<br>")
    assert [i.report.text for i in reports(text.encode())] == [TEXT, TEXT]


def test_only_pages_that_a_crawl_got_are_read() -> None:
    page = make.page().encode()
    data = make.warc(
        ("https://a.example/404", "404 Not Found", "text/html", page),
        ("https://a.example/a.jpg", "200 OK", "image/jpeg", b"\xff\xd8\xff"),
        (URL, "200 OK", "text/html; charset=utf-8", page),
        ("https://a.example/empty", "200 OK", "text/html", b"<html><body></body></html>"),
    )
    one, two = read_bytes(data, "crawl.warc")
    assert isinstance(one, Located)
    assert one.report.text == TEXT
    assert str(one.place) == f"crawl.warc > {URL}"
    assert str(two).startswith("crawl.warc > https://a.example/empty: no article is found in the page")


def test_pages_of_a_pdf_without_text(tmp_path: Path) -> None:
    from pdf_making import scanned

    (item,) = read_bytes(scanned(3), "scan.pdf")
    assert str(item).startswith("scan.pdf: no page has a text layer (run OCR on it")


def test_running_heads_and_page_numbers_of_a_pdf() -> None:
    pages = [[f"صحيفة المرصد - العدد {n}", "", *wrap(p, 60), "", str(n)] for n, p in enumerate(PARAGRAPHS, 1)]
    assert reports(pdf(pages))[0].report.text.replace("\n", " ") == TEXT.replace("\n", " ")


def test_columns_are_named_or_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(make.table(",", ("h", "b", "l", "s", "d")), "utf-8")
    (refused,) = read_reports([str(path)])
    assert "no column is known to hold the text (the columns are 'h', 'b', 'l', 's', 'd')" in str(refused)
    columns = {"text": "b", "title": "h", "published": "d"}
    first, second = read_reports([str(path)], columns=columns)
    assert isinstance(first, Located)
    assert (first.report.text, first.report.title, first.report.published) == (TEXT, TITLE, PUBLISHED)
    assert isinstance(second, Located)
    assert (second.report.text, second.place.part) == ("نص «آخر»; قصير, جدا", "row 2")
    (missing,) = read_reports([str(path)], columns={"text": "body"})
    assert "no column 'body' (the columns are 'h', 'b', 'l', 's', 'd')" in str(missing)
    with pytest.raises(mithaq.InputError, match="a report has no field 'headline'"):
        read_reports([], columns={"headline": "h"})


def test_fields_of_json_can_be_named_too() -> None:
    data = json.dumps({"body": TEXT, "headline": TITLE}).encode()
    (item,) = read_bytes(data, "a.jsonl", columns={"text": "body", "title": "headline"})
    assert isinstance(item, Located)
    assert (item.report.text, item.report.title) == (TEXT, TITLE)


def test_given_text_is_never_changed() -> None:
    text = f"{TITLE}\n {TEXT}&quot;\u200f\nرابط الخبر: x\n(أ ف ب)"
    row = {"title": TITLE, "text": text}
    for data in (text.encode(), json.dumps(row).encode(), json.dumps([row]).encode(), make.parquet([row])):
        assert reports(data)[0].report.text == text


def test_origins_name_the_bytes() -> None:
    line = make.lines()
    (found,) = reports(make.gzipped(line), "a.jsonl.gz")
    assert found.origin
    assert (found.origin.reader, found.origin.place) == ("jsonl", "line 1")
    assert found.origin.sha256 == hashlib.sha256(line.strip()).hexdigest()
    page = make.page().encode()
    archive = make.tarred({"x/a.zip": make.zipped({"b/c.html": page})})
    (found,) = reports(archive, "all.tar")
    assert found.origin
    assert (found.origin.reader, found.origin.place) == ("html", "x/a.zip > b/c.html")
    assert found.origin.sha256 == hashlib.sha256(page).hexdigest()
    assert (found.report.id, found.own_id) == ("all/x/a/b/c", False)
    data = make.table().encode()
    row = reports(data, "a.csv")[0].origin
    assert row
    assert row.place == "row 1"
    start, published = data.index(b"\r\n") + 2, data.index(PUBLISHED.isoformat().encode())
    assert row.sha256 == hashlib.sha256(data[start : data.index(b"\r\n", published) + 2]).hexdigest()


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_kind_of_tar(format: int) -> None:
    name = "أخبار/" + "ا" * 40 + ".txt" if format == tarfile.USTAR_FORMAT else "أخبار/" + "ا" * 90 + ".txt"
    first, second = reports(make.tarred({name: TEXT.encode(), "b.txt": TEXT.encode()}, format), "a.tar")
    assert str(first.place) == f"a.tar > {name}"
    assert str(second.place) == "a.tar > b.txt"


def test_archives_nest_to_a_depth() -> None:
    data = make.zipped({"a.txt": TEXT.encode()})
    for _ in range(2):
        data = make.zipped({"inner.zip": data, "b.txt": TEXT.encode()})
    inner, *outer = read_bytes(data, "a.zip")
    assert "archives more than 2 deep" in str(inner)
    assert [i.report.text for i in outer if isinstance(i, Located)] == [TEXT, TEXT]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"html": make.page().encode(), "parquet": make.parquet()}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    items = {name: str(next(read_bytes(data, "a"))) for name, data in found.items()}
    assert items["html"] == "a: reading html needs the package 'trafilatura' (pip install 'mithaq[readers]')"
    assert items["parquet"] == "a: reading parquet needs the package 'pyarrow' (pip install 'mithaq[parquet]')"


def test_the_table_of_formats() -> None:
    names = [f.name for f in FORMATS]
    assert names[-1] == "text"
    assert names.index("html") < names.index("jsonl") < names.index("csv")
    assert {f.name for f in FORMATS if f.holds_files} == {"zip", "tar", "warc"}


def test_warc_content_in_chunks_and_compressed() -> None:
    page = make.gzipped(make.page().encode())
    half = len(page) // 2
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (page[:half], page[half:])) + b"0\r\n\r\n"
    media = "text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"
    for payload in (chunked, page, make.page().encode()):  # crawlers that undo them leave the head as it was
        assert reports(make.warc((URL, "200 OK", media, payload)))[0].report.text == TEXT
    (item,) = read_bytes(make.warc((URL, "200 OK", "text/html\r\nContent-Encoding: br", b"\x8b\x02")), "a.warc")
    assert f"a.warc > {URL}: its content encoding 'br' is not read" in str(item)
