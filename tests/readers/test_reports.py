"""What every kind of input is read as, and what sets it aside."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.readers import Defaults, Located, SetAside, read_reports
from mithaq.readers.items import MAX_BYTES, MAX_CHARACTERS

TEXT = "قال وزير النقل إن الطريق سيفتح غدا."


def write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return str(path)


def only(path: str, defaults: Defaults = Defaults()) -> Located:  # noqa: B008
    (item,) = read_reports([path], defaults)
    assert isinstance(item, Located), item
    return item


def refused(path: str) -> SetAside:
    (item,) = read_reports([path])
    assert isinstance(item, SetAside), item
    return item


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1256"),
        gzip.compress(TEXT.encode()),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 le", "utf-16 be", "windows-1256", "gzip"],
)
def test_plain_text_in_every_encoding(tmp_path: Path, data: bytes) -> None:
    item = only(write(tmp_path, "news.txt", data))
    assert item.report.text == TEXT
    assert item.report.id == "news"
    assert item.place.line is None


def test_text_is_kept_as_it_is(tmp_path: Path) -> None:
    text = f"\n {TEXT}\r\n\0{TEXT}\u2028 "
    assert only(write(tmp_path, "a.txt", text)).report.text == text


def test_defaults_describe_plain_text(tmp_path: Path) -> None:
    report = only(write(tmp_path, "a.txt", TEXT), Defaults("okaz", "2015-07-25", "عنوان", "x1")).report
    assert (report.outlet, report.published, report.title, report.id) == ("okaz", date(2015, 7, 25), "عنوان", "x1")


def test_a_default_date_that_is_none_is_the_callers_mistake() -> None:
    with pytest.raises(InputError, match="'tomorrow' is not a date"):
        read_reports([], Defaults(published="tomorrow"))


def test_json_fields(tmp_path: Path) -> None:
    fields = {"id": 17, "text": TEXT, "outlet": "okaz", "url": "u", "title": "", "date": "2015-07-25T10:00:00Z"}
    item = only(write(tmp_path, "a.jsonl", json.dumps(fields)), Defaults("other", "2001-01-01"))
    report = item.report
    assert (report.id, report.outlet, report.url, report.title) == ("17", "okaz", "u", None)
    assert report.published == date(2015, 7, 25)
    assert (item.place.line, item.notes) == (1, ())


def test_json_line_without_the_optional_fields_takes_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", f'\n{{"text": "{TEXT}"}}\r\n')
    report = only(path, Defaults("okaz", "2015-07-25", "عنوان", "x1")).report
    assert (report.id, report.outlet, report.published, report.title) == ("a-2", "okaz", date(2015, 7, 25), None)


def test_published_goes_before_date(tmp_path: Path) -> None:
    fields = {"text": TEXT, "date": "2001-01-01", "published": "2002-02-02"}
    assert only(write(tmp_path, "a.jsonl", json.dumps(fields))).report.published == date(2002, 2, 2)


def test_reports_with_one_id_are_all_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", f'{{"id": "x", "text": "{TEXT}"}}\n' * 2)
    assert [i.report.id for i in read_reports([path]) if isinstance(i, Located)] == ["x", "x"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson", "a.json", "a"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_by_name_and_by_content(tmp_path: Path, name: str, encoding: str) -> None:
    data = f'{{"id": "x", "text": "{TEXT}"}}\n{{"id": "y", "text": "{TEXT}"}}\n'.encode(encoding)
    path = write(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    items = list(read_reports([path]))
    assert [i.report.id for i in items if isinstance(i, Located)] == ["x", "y"]
    assert [i.place.line for i in items] == [1, 2]


def test_a_txt_is_text_whatever_it_holds(tmp_path: Path) -> None:
    text = f'{{"text": "{TEXT}"}}'
    assert only(write(tmp_path, "a.txt", text)).report.text == text


@pytest.mark.parametrize(("data", "ids"), [(TEXT, ["stdin"]), (f' \n{{"text": "{TEXT}"}}\n', ["stdin-2"])])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    items = list(read_reports(["-"]))
    assert [i.report.id for i in items if isinstance(i, Located)] == ids
    assert all(i.place.file == "<stdin>" for i in items)


def test_standard_input_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert str(refused("-")).startswith("<stdin>: standard input is closed")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the text is empty"),
        ("a.txt", b" \n\t", "the text is empty"),
        ("a.jsonl", b"", "the file is empty (give one JSON object a line)"),
        ("a.jsonl", b"\n\n", "the file is empty"),
        ("a.txt", bytes(range(256)) * 8, "binary, not text"),
        ("a.bin", b"\x7fELF\x00\x01\xff\xfe" * 99, "binary, not text"),
        (
            "a.txt",
            "déjà vu à Genève".encode("latin-1"),
            "neither UTF-8 nor Arabic in windows-1256, ISO-8859-6 or MacArabic (save it as UTF-8)",
        ),
        ("a.txt", b"\xff\xfe\x00", "not valid UTF-16 at byte 3"),
        (
            "a.txt",
            f"{TEXT}\n{TEXT}".encode() + b"\xd9",
            f"not valid UTF-8: byte 0xd9 at line 2, column {len(TEXT) + 1}",
        ),
        ("a.txt", b"\x1f\x8b" + b"\x00" * 9, "its gzip data is damaged"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    item = refused(write(tmp_path, name, data))
    assert item.place.line is None
    assert str(item).startswith(f"{tmp_path / name}: {message}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"id": "b", "text":', "not valid JSON: Expecting value at column 20 (one JSON object a line)"),
        (b"[1, 2]", "an array, not a JSON object (write one object a line: jq -c .[] FILE)"),
        (b'"x"', 'a string, not a JSON object (one object a line: {"id": "...", "text": "..."})'),
        (b"null", "null, not a JSON object"),
        (b'{"id": "c", "body": "x"}', "no 'text' in the object (it has id, body)"),
        (b"{}", "no 'text' in the object (it has nothing)"),
        (b'{"text": 5}', "'text' is a number, not a string"),
        (b'{"text": null}', "'text' is null, not a string"),
        (b'{"text": " "}', "the text is empty"),
        (b'{"text": "x\\ud800"}', "the text holds half a character (lone surrogate U+D800) at offset 1"),
        (b'{"text": "\xd9\x85\xff"}', "not valid UTF-8: byte 0xff at column 12 (byte 13) (save it as UTF-8)"),
        (b"[" * 100_000, "not valid JSON: nested too deeply"),
        (b'{"n": ' + b"9" * 5000 + b"}", "not valid JSON: a number of thousands of digits"),
        (b'{"text": "' + b"a" * MAX_BYTES + b'"}', "the line is over 10 MB (one report a line)"),
        (b'{"text": "' + b"a" * (MAX_CHARACTERS + 1) + b'"}', "the text has 1,000,001 characters, over 1,000,000"),
    ],
    ids=lambda value: repr(value)[:24] if isinstance(value, bytes) else "",
)
def test_a_bad_line_is_set_aside_and_the_next_is_read(tmp_path: Path, line: bytes, message: str) -> None:
    good = f'{{"id": "z", "text": "{TEXT}"}}'.encode()
    path = write(tmp_path, "a.jsonl", good + b"\n" + line + b"\n" + good + b"\n")
    first, bad, last = read_reports([path])
    assert isinstance(first, Located)
    assert isinstance(bad, SetAside)
    assert str(bad).startswith(f"{path}:2: {message}")
    assert isinstance(last, Located)
    assert last.place.line == 3


@pytest.mark.parametrize(
    ("field", "note"),
    [
        ('"date": "25/7/2015"', "date '25/7/2015' is not YYYY-MM-DD: left out"),
        ('"published": 20150725', "date 20150725 is not YYYY-MM-DD: left out"),
        ('"outlet": ["okaz"]', "'outlet' is an array: left out"),
        ('"title": "\\udfff"', "'title' is not printable: left out"),
        ('"url": true', "'url' is true or false: left out"),
        ('"id": {}', "'id' is an object: left out"),
    ],
)
def test_other_fields_never_set_a_report_aside(tmp_path: Path, field: str, note: str) -> None:
    item = only(write(tmp_path, "a.jsonl", f'{{"text": "{TEXT}", {field}}}'))
    assert item.notes == (note,)
    assert item.report.id == "a-1"
    assert item.report.published is None


def test_json_over_several_lines_is_named_once(tmp_path: Path) -> None:
    item = refused(write(tmp_path, "a.json", json.dumps({"text": TEXT}, indent=1)))
    assert "JSON over several lines (write one object a line: jq -c . FILE)" in str(item)


def test_missing_directory_and_forbidden(tmp_path: Path) -> None:
    assert str(refused(str(tmp_path / "no.txt"))).endswith("no.txt: no such file (check the path)")
    assert str(refused(str(tmp_path))).endswith("is a directory (name the files in it)")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may read every file, so the refusal is staged."""
    path = write(tmp_path, "a.txt", TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mithaq.readers.files.open", refuse, raising=False)
    assert "no permission to read it" in str(refused(path))


def test_damaged_gzip_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(f'{{"id": "{n}", "text": "{TEXT} {n * 7919}"}}\n'.encode() for n in range(9000))
    data = gzip.compress(lines)
    *read, last = read_reports([write(tmp_path, "a.jsonl.gz", data[: len(data) // 2])])
    assert len(read) > 100
    assert isinstance(last, SetAside)
    assert "its gzip data is damaged" in str(last)


def test_a_bad_file_does_not_stop_the_next(tmp_path: Path) -> None:
    items = list(read_reports([str(tmp_path), write(tmp_path, "a.txt", TEXT)]))
    assert [type(i) for i in items] == [SetAside, Located]


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_under_any_name(tmp_path: Path, data: bytes) -> None:
    for name in ("a.txt", "a.jsonl", "a"):
        for item in read_reports([write(tmp_path, name, data)]):
            if isinstance(item, Located):
                item.report.text.encode("utf-8")
            else:
                assert str(item)
