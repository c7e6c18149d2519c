"""A long line costs neither memory nor the lines after it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from mithaq.readers import Located, SetAside, read_reports
from mithaq.readers.items import MAX_BYTES
from mithaq.readers.lines import lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_numbers_and_blank_lines(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(" أ\n\n \r\nب\r\nت".encode(encoding))
    with path.open("rb") as stream:
        assert [(n, line and line.decode()) for n, line in lines(stream)] == [(1, "أ"), (4, "ب"), (5, "ت")]


def test_fifty_megabytes_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write('"}\n{"text": "نعم"}\n'.encode())
    tracemalloc.start()
    try:
        first, second = read_reports([str(path)])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(first, SetAside)
    assert str(first) == f"{path}:1: the line is over 10 MB (one report a line)"
    assert isinstance(second, Located)
    assert second.place.line == 2
    assert peak < 3 * MAX_BYTES


def test_fifty_megabytes_of_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (item,) = read_reports([str(path)])
    assert str(item) == f"{path}: the text is over 10 MB (give one report a file, or JSON Lines)"
