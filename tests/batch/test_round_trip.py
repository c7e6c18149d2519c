"""A record goes into Parquet and comes out as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from batch_making import CORPUS
from records import record, report

from mithaq.batch.rows import aside_row, report_rows, to_located, to_record
from mithaq.batch.tables import FIELDS, OF_A_RECORD, TABLES, arrow, schema
from mithaq.batch.writing import WORK, ShardWriter, path_of
from mithaq.errors import InputError
from mithaq.model import Record, Report, Span, When
from mithaq.readers import Located, Origin, Place, SetAside


def written(folder: Path, given: list[tuple[Located, Record]]) -> list[tuple[Located, Record]]:
    for name in (WORK, *TABLES):
        (folder / name).mkdir()
    with ShardWriter(folder, "one") as writer:
        for number, (located, found) in enumerate(given):
            writer.add(report_rows(f"one/{number}", located, found, "1.2"))
        writer.commit()
    parquet = arrow("pyarrow.parquet")
    tables = {name: parquet.read_table(path_of(folder, name, "one")).to_pylist() for name in TABLES}
    back = []
    for row in tables["reports"]:
        located = to_located(row)
        of_it = {name: [r for r in tables[name] if r["key"] == row["key"]] for name in OF_A_RECORD}
        back.append((located, to_record(located.report, of_it)))
    return back


def test_every_record_of_the_corpus_comes_back(tmp_path: Path) -> None:
    records = [Record.from_dict(json.loads(line)) for line in (CORPUS / "gold.jsonl").read_text("utf-8").splitlines()]
    given = [
        (Located(Place("a.jsonl", None, f"line {n}"), Report("نص", r.id, r.outlet, r.url, r.title, r.published)), r)
        for n, r in enumerate(records)
    ]
    assert written(tmp_path, given) == given


def test_every_field_comes_back(tmp_path: Path) -> None:
    what = replace(report(), url="https://example.org/1")
    full = replace(record(what), url=what.url)
    (said,) = full.attributions
    (exercise,) = full.provisions
    bare = replace(exercise, id="p2", role="condition", when=(), frequency=None, quantities=(), attribution=None)
    open_ended = replace(exercise, id="p3", when=(When(Span(0, 2, "أك"), None, date(2020, 1, 1)),))
    nested = replace(said, id="a2", parent="a1", source=None, entity=None, mode="direct", polarity="+")
    full = replace(full, attributions=(said, nested), provisions=(exercise, bare, open_ended))
    origin = Origin("csv", "ab" * 32, "row 7")
    located = Located(Place("ملف.csv", None, "row 7"), what, ("a note", "another"), False, origin)
    empty = Located(Place("b.txt"), Report("نص", "b"), origin=None)
    given = [(located, full), (empty, Record("b"))]
    assert written(tmp_path, given) == given


def test_rows_have_the_columns_that_are_documented() -> None:
    found = report_rows("k", Located(Place("f"), report()), record(report()), "1")
    found["aside"] = [aside_row("k", SetAside(Place("f"), InputError("why", "what to do")))]
    assert found.keys() == TABLES.keys()
    for table, (row,) in found.items():
        assert list(row.keys()) == schema(table).names
    (provision,) = found["provisions"]
    assert list(provision["frequency"]) == list(FIELDS["frequency"])
    assert list(provision["when"][0]) == list(FIELDS["times"])
    assert list(provision["quantities"][0]) == list(FIELDS["quantities"])
    assert list(provision["evidence"]) == list(FIELDS["span"])


def test_what_is_never_null_is_never_null(tmp_path: Path) -> None:
    row = {column.name: None for column in TABLES["aside"]}
    for name in (WORK, *TABLES):
        (tmp_path / name).mkdir()
    with ShardWriter(tmp_path, "one") as writer:
        writer.add({"aside": [row]})
        with pytest.raises(ValueError, match="null"):
            writer.commit()


def test_an_attempt_that_ends_early_leaves_nothing(tmp_path: Path) -> None:
    for name in (WORK, *TABLES):
        (tmp_path / name).mkdir()
    with ShardWriter(tmp_path, "one") as writer:
        writer.add(report_rows("one/0", Located(Place("f"), report()), record(report()), "1"))
        assert [path for path in tmp_path.rglob("*") if path.is_file()] != []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
