"""JSON lines, CSV, Parquet and SQLite, read back by the libraries that read them."""

from __future__ import annotations

import csv
import importlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from export_builder import HOSTILE, MARKED, agreement, full, hostile

from mithaq.errors import ExportError
from mithaq.export import Options, export
from mithaq.export.columns import TABLES
from mithaq.export.csv_table import header


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_json_lines_hold_every_cell(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    assert export("jsonl", [full(), agreement("a2")], path) == 2
    given, _ = lines(path)
    assert given["name"] == MARKED
    assert MARKED in path.read_text("utf-8")
    assert given["reports"] == ["r1", "r2", "r3", "r4"]
    exercise, _ = given["commitments"]
    assert exercise["follow_up"] == {"kind": "recurring", "stage": "r1/p1", "due": "2026-09-09", "days": 12}
    assert exercise["contradictions"] == [
        {
            "kind": "denial",
            "one": "r1/p1",
            "other": "r3/p1",
            "says_one": "planned",
            "says_other": "refused",
            "backing": [["r1/p1"], ["r3/p1"]],
            "within_report": False,
        }
    ]
    assert (exercise["outlets"], exercise["speakers"], exercise["rule"]) == (
        ["الغد", "الرأي"],
        ["سالم ناصر"],
        "advanced",
    )
    stage = exercise["stages"][0]
    assert stage["evidence"] == {"start": 10, "end": 37, "text": "إجراء مناورات عسكرية مشتركة"}
    assert stage["chain"][0] == {"name": "مصدر عسكري", "kind": "anonymous"}
    assert (stage["when"][0]["from"], stage["when"][0]["to"]) == ("2026-04-01", "2026-04-30")
    assert (stage["frequency"]["min"], stage["frequency"]["unit"]) == (2, "year")
    assert [(q["value"], q["unit"], q["money"]) for q in stage["quantities"]] == [
        (500, "soldier", False),
        (3e6, "USD", True),
    ]
    assert [s["copy_of"] for s in exercise["stages"]] == ["r1", "r1", "r3", "r4"]
    assert exercise["stages"][2]["denied"] is True


def test_json_lines_keep_hostile_text_to_the_character(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    export("jsonl", hostile(), path)
    assert [a["name"] for a in lines(path)] == list(HOSTILE)


def test_the_json_is_the_ledgers_own_widened(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    export("jsonl", [full()], path)
    (given,) = lines(path)

    def narrowed(wide: Any, narrow: Any) -> Any:
        if isinstance(narrow, dict):
            return {k: narrowed(wide[k], v) for k, v in narrow.items()}
        if isinstance(narrow, list):
            assert len(wide) == len(narrow)
            return [narrowed(w, n) for w, n in zip(wide, narrow, strict=True)]
        return wide

    assert narrowed(given, full().to_dict()) == full().to_dict()


def test_csv_has_one_row_a_stage(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert export("csv", [full()], path) == 5
    rows = table(path)
    assert [r["stage"] for r in rows] == ["r1/p1", "r2/p1", "r3/p1", "r4/p1", "r1/p2"]
    assert list(rows[0]) == header()
    first = rows[0]
    assert (first["current_status"], first["status"], first["dca_area"]) == ("done", "planned", "exercises_training")
    assert first["chain"] == "مصدر عسكري (anonymous); وزير الدفاع الأردني سالم ناصر (named)"
    assert (first["first_day"], first["last_day"], first["frequency_max"]) == ("2026-04-01", "2026-04-30", "2")
    assert (first["copy"], rows[1]["copy"], rows[2]["denied"], rows[2]["outlet"]) == ("false", "true", "true", "")
    assert "3 ملايين دولار (3000000, USD, true)" in first["quantities"]
    assert rows[4]["agreement_name"] == MARKED


def test_csv_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    for bom in (False, True):
        export("csv", [full()], tmp_path / "x.csv", Options(bom=bom))
        assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf") is bom
        assert table(tmp_path / "x.csv", "utf-8-sig")[0]["agreement"] == "a1"


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    export("csv", hostile(), path)
    rows = table(path)
    assert len(rows) == len(HOSTILE)
    for row, text in zip(rows, HOSTILE, strict=True):
        assert None not in row
        for name, value in row.items():
            assert value.lstrip()[:1] not in ("=", "+", "-", "@", "＝") or name == "quantities"
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
        if text.lstrip().startswith(("=", "+", "-", "@", "＝")):
            assert row["evidence"] == f"'{text}"
    assert rows[7]["evidence"] == "سطر أول\nسطر ثان\nسطر ثالث"
    assert "\x00" not in path.read_text("utf-8")


def test_parquet_has_typed_columns(tmp_path: Path) -> None:
    parquet: Any = importlib.import_module("pyarrow.parquet")
    path = tmp_path / "ledger"
    export("parquet", [full(), agreement("a2")], path)
    read = {name: parquet.read_table(path / f"{name}.parquet") for name in TABLES}
    assert {name: t.num_rows for name, t in read.items()} == {"agreements": 2, "commitments": 3, "stages": 6}
    types = {f.name: str(f.type) for f in read["stages"].schema}
    assert (types["published"], types["parties"], types["confidence"]) == (
        "date32[day]",
        "list<element: string>",
        "double",
    )
    assert (
        types["times"]
        == "list<element: struct<text: string, start: int64, end: int64, from: date32[day], to: date32[day]>>"
    )
    first = read["stages"].to_pylist()[0]
    assert first["published"] == date(2026, 3, 10)
    assert first["times"] == [
        {"text": "الشهر المقبل", "start": 10, "end": 22, "from": date(2026, 4, 1), "to": date(2026, 4, 30)}
    ]
    assert first["quantities"][1]["unit"] == "USD"
    assert read["agreements"].to_pylist()[0]["name"] == MARKED
    assert read["commitments"].to_pylist()[0]["due"] == date(2026, 9, 9)
    assert read["commitments"].schema.field("rule").metadata == {b"comment": b"the rule that gave the current stage"}


def test_an_empty_parquet_has_all_columns(tmp_path: Path) -> None:
    parquet: Any = importlib.import_module("pyarrow.parquet")
    export("parquet", [], tmp_path / "ledger")
    for name, columns in TABLES.items():
        read = parquet.read_table(tmp_path / "ledger" / f"{name}.parquet")
        assert (read.num_rows, read.column_names) == (0, [c.name for c in columns])


def test_sqlite_answers_queries_by_index(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    export("sqlite", [full(), agreement("a2")], path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        ask = """SELECT s.report FROM stages s JOIN commitments c ON s.commitment = c.id
                 JOIN json_each(c.parties) p ON p.value = 'UNO' WHERE c.area = 'arms_transfer'"""
        assert database.execute(ask).fetchall() == [("r1",)]
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM stages WHERE commitment = 'c1'").fetchall()
        assert "USING INDEX stages_commitment" in plan[0][3]
        held = database.execute("SELECT published, copy, chain, times FROM stages WHERE stage = 'r2/p1'").fetchone()
        assert held[:2] == ("2026-03-11", 1)
        assert json.loads(held[2])[1] == {"name": "وزير الدفاع الأردني سالم ناصر", "kind": "named"}
        for name, columns in TABLES.items():
            found = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            assert found == [c.name for c in columns]


def test_sqlite_keeps_hostile_text_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    export("sqlite", hostile(), path)
    with closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM agreements ORDER BY rowid")]
    assert len(names) == len(HOSTILE)
    assert names[16] == HOSTILE[16]
    assert names[9] == HOSTILE[9]


def test_a_doubled_id_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="UNIQUE constraint failed"):
        export("sqlite", [full(), full()], tmp_path / "x.sqlite")
    assert list(tmp_path.iterdir()) == []
