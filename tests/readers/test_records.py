"""Files of records: every error names file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mithaq.errors import InputError, RecordError
from mithaq.model import Record
from mithaq.readers import read_records


def test_records_and_texts(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "نص"}\n\n' + json.dumps(Record("b").to_dict()), "utf-8")
    assert list(read_records(str(path))) == [(Record("a"), "نص"), (Record("b"), None)]


@pytest.mark.parametrize(
    ("line", "kind", "message"),
    [
        ("{", InputError, "not valid JSON|JSON over several lines"),
        ('{"attributions": []}', RecordError, "a record needs 'id' as str"),
        ('{"id": "x", "attributions": [{"id": "a1"}]}', RecordError, "a record needs 'cue' as dict"),
        ('{"id": "x", "provisions": 5}', RecordError, "not a record"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, line: str, kind: type[Exception], message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "a"}}\n{line}\n')
    with pytest.raises(kind, match=rf"gold\.jsonl:2: ({message})"):
        list(read_records(str(path)))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.jsonl: no such file"):
        list(read_records(str(tmp_path / "no.jsonl")))
