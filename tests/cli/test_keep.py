"""The commands that keep and ask the record, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mithaq.cli.app import app

FIRST = (
    "أعلن وزير الدفاع الكيني أن كينيا والهند اتفقتا على إجراء مناورات عسكرية مشتركة الأسبوع المقبل. "
    "وقال الوزير إن بلاده ستشتري من الهند زوارق دورية."
)
LATER = "أجرت كينيا والهند أمس مناورات عسكرية مشتركة، كما أكد وزير الدفاع الكيني للصحفيين."
OTHER = "وقعت بيرو وتشيلي اتفاقية للتعاون في مجال الطاقة."
REPORTS = [
    {"id": "k1", "outlet": "النهر", "date": "2019-03-03", "title": "مناورات كينية هندية", "text": FIRST},
    {"id": "k2", "outlet": "الساحل", "date": "2019-03-12", "title": "مناورات كينية هندية", "text": LATER},
    {"id": "p1", "outlet": "النهر", "date": "2019-02-01", "title": "اتفاقية", "text": OTHER},
]
Invoke = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Invoke:
    """Run a command on an empty database; ``code`` is the exit code that it must have."""

    def run(*arguments: str, code: int = 0, stdin: str | None = None) -> Result:
        command, *rest = arguments
        result = CliRunner().invoke(app, [command, "--db", database_url, *rest], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def filled(run: Invoke, tmp_path: Path) -> Invoke:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in REPORTS), "utf-8")
    run("add", "--jobs", "1", str(path))
    return run


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_adding_twice_keeps_once(run: Invoke) -> None:
    lines = "".join(json.dumps(r) + "\n" for r in REPORTS)
    assert "3 new, 0 known, 0 set aside; 3 merged" in run("add", "-", stdin=lines).stderr
    assert "0 new, 3 known, 0 set aside; 0 merged" in run("add", "-", stdin=lines).stderr
    assert objects(run("sql", "SELECT count(*) AS n FROM reports")) == [{"n": 3}]


def test_what_cannot_be_read_is_set_aside_and_the_rest_kept(run: Invoke) -> None:
    lines = json.dumps(REPORTS[0]) + "\nnot JSON\n" + json.dumps({"id": "e", "text": "Only English here."}) + "\n"
    said = run("add", "-", stdin=lines, code=1).stderr
    assert "<stdin>:2: not valid JSON" in said
    assert "<stdin>:3: the text holds no Arabic" in said
    assert "1 new, 0 known, 2 set aside" in said
    run("add", "-", stdin="not JSON\n", code=2)


def test_a_new_text_is_a_new_version(filled: Invoke) -> None:
    changed = {**REPORTS[2], "text": OTHER + " ثم ألغت تشيلي الاتفاقية."}
    assert "1 with a new text" in filled("add", "-", stdin=json.dumps(changed)).stderr
    assert objects(filled("sql", "SELECT report, version, text FROM versions")) == [
        {"report": "p1", "version": 1, "text": OTHER}
    ]


def test_agreements_have_the_documented_form(filled: Invoke) -> None:
    found = objects(filled("agreements", "--party", "KEN"))
    assert found
    for agreement in found:
        assert {"id", "parties", "reports", "commitments"} <= set(agreement)
        for commitment in agreement["commitments"]:
            assert {"id", "area", "parties", "status", "stages"} <= set(commitment)
            assert all({"report", "status", "date", "outlet"} <= set(stage) for stage in commitment["stages"])
    assert {"KEN", "IND"} == {party for a in found for party in a["parties"]}


def test_one_commitment_from_its_announcement_to_its_end(filled: Invoke) -> None:
    (exercise,) = objects(filled("commitments", "--area", "exercise"))
    assert [(s["report"], s["outlet"]) for s in exercise["stages"]] == [("k1", "النهر"), ("k2", "الساحل")]
    assert exercise["status"] == "done"
    assert exercise["outlets"] == ["النهر", "الساحل"]


@pytest.mark.parametrize(
    ("filters", "areas"),
    [
        (["--party", "PER"], {"energy"}),
        (["--party", "per,CHL", "--status", "signed"], {"energy"}),
        (["--party", "PER", "--party", "KEN"], set()),
        (["--since", "2019-03-04"], {"exercise"}),
        (["--until", "2019-02", "--area", "exercise,energy"], {"energy"}),
        (["--outlet", "الساحل"], {"exercise"}),
        (["--min-confidence", "1"], set()),
    ],
)
def test_filters(filled: Invoke, filters: list[str], areas: set[str]) -> None:
    found = {c["area"] for c in objects(filled("commitments", *filters))}
    assert found & {"energy", "exercise"} == areas


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["commitments", "--area", "energi"], "there is no area 'energi' (did you mean 'energy'?)"),
        (["commitments", "--status", "sign"], "there is no status 'sign'"),
        (["commitments", "--since", "last week"], "is not a day, a month or a year"),
        (["show", "nothing"], "nothing has the id 'nothing'"),
        (["judge", "nothing", "k1/p1", "same"], "nothing has the id 'nothing'"),
        (["judge", "k1/p1", "k1/p1", "same"], "are the same place"),
        (["judge", "k1", "k1/p1", "same"], "'k1' is a report"),
        (["undo"], "there is no judgement to take back"),
        (["remove", "k1", "nothing"], "there is no report 'nothing'; nothing was removed"),
        (["search", "..."], "search"),
        (["who", " "], "there is no name to look for"),
        (["sql", "DELETE FROM reports"], "would write or change settings"),
        (["sql", "SELECT 1; DELETE FROM reports"], "cannot be run"),
        (["sql", "SELECT nothing FROM nowhere"], "cannot be run"),
        (["export", "--to", "word"], "there is no export 'word'"),
    ],
)
def test_what_cannot_be_done_is_said(filled: Invoke, arguments: list[str], message: str) -> None:
    result = filled(*arguments, code=2)
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.output
    assert objects(filled("sql", "SELECT count(*) AS n FROM reports")) == [{"n": 3}]


def test_a_person_joins_and_parts_and_takes_it_back(filled: Invoke) -> None:
    def together() -> bool:
        return any({"k1", "k2"} <= {s["report"] for s in c["stages"]} for c in objects(filled("commitments")))

    (exercise,) = objects(filled("commitments", "--area", "exercise"))
    one, other = (list(objects(filled("show", exercise["id"]))[0]["stages"])[n] for n in (0, -1))
    keys = [f"{s['report']}/{s['provision']}" for s in (one, other)]
    assert together()
    filled("judge", *keys, "different", "--author", "layla")
    assert not together()
    changed = json.dumps({**REPORTS[1], "text": "عاجل: " + LATER})
    filled("add", "-", stdin=changed)
    assert not together(), "a judgement survives a new text of the report"
    filled("undo")
    assert together()
    made = objects(filled("sql", "SELECT author, judgement, undone FROM judgements WHERE NOT machine"))
    assert [(j["author"], j["judgement"], j["undone"] is None) for j in made] == [("layla", "different", False)]


def test_a_judgement_survives_the_removal_of_its_report(filled: Invoke, tmp_path: Path) -> None:
    (exercise,) = objects(filled("commitments", "--area", "exercise"))
    stages = objects(filled("show", exercise["id"]))[0]["stages"]
    filled("judge", *(f"{s['report']}/{s['provision']}" for s in stages), "different")
    filled("remove", "k2")
    assert [s["report"] for c in objects(filled("commitments", "--area", "exercise")) for s in c["stages"]] == ["k1"]
    filled("add", str(tmp_path / "reports.jsonl"))
    assert len(objects(filled("commitments", "--area", "exercise"))) == 2


def test_merging_afresh_gives_the_same(filled: Invoke) -> None:
    before = filled("agreements").stdout
    assert "3 reports merged" in filled("merge", "--afresh").stderr
    assert filled("agreements").stdout == before
    assert "0 reports merged" in filled("merge").stderr


def test_who_said_it(filled: Invoke) -> None:
    found = objects(filled("who", "وزير الدفاع"))
    assert {s["report"] for s in found} == {"k1", "k2"}
    assert all(FIRST[s["cue"]["start"] : s["cue"]["end"]] == s["cue"]["text"] for s in found if s["report"] == "k1")
    assert filled("who", "فلان").stdout == ""


def test_search_finds_other_forms(filled: Invoke) -> None:
    (hit,) = objects(filled("search", "الاتفاقيات"))
    assert hit["report"] == "p1"
    assert {h["text"] for h in hit["hits"]} == {"اتفاقية"}


def test_what_was_announced_and_never_heard_of_is_due(run: Invoke) -> None:
    run("add", "-", stdin=json.dumps({**REPORTS[0], "text": FIRST}))
    due = objects(run("due", "--on", "2019-06-30"))
    assert {c["follow_up"]["stage"].split("/")[0] for c in due} == {"k1"}
    assert not objects(run("due", "--on", "2019-03-04"))
    assert "2019-03-16" in {c["follow_up"]["due"] for c in due}


def test_what_was_announced_months_ahead_is_found_again_when_it_happens(run: Invoke) -> None:
    early = {**REPORTS[0], "date": "2018-12-10", "text": FIRST.replace("الأسبوع المقبل", "في مارس المقبل")}
    run("add", "-", stdin="".join(json.dumps(r) + "\n" for r in (early, REPORTS[1])))
    (exercise,) = objects(run("commitments", "--area", "exercise"))
    assert [(s["report"], s["status"]) for s in exercise["stages"]] == [("k1", "agreed"), ("k2", "done")]
    assert not [c for c in objects(run("due", "--on", "2019-06-30")) if c["area"] == "exercise"]


def test_show_gives_stages_with_evidence(filled: Invoke) -> None:
    (exercise,) = objects(filled("commitments", "--area", "exercise"))
    (shown,) = objects(filled("show", exercise["id"]))
    texts = {r["id"]: r["text"] for r in REPORTS}
    for stage in shown["stages"]:
        evidence = stage["evidence"]
        assert texts[stage["report"]][evidence["start"] : evidence["end"]] == evidence["text"]
    rows = list(csv.DictReader(io.StringIO(filled("show", exercise["agreement"], "--format", "csv").stdout)))
    assert {row["report"].split("/")[0] for row in rows} == {"k1", "k2"}
    (record,) = objects(filled("show", "p1"))
    assert record["text"] == OTHER


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("command", ["agreements", "commitments", "due", "who وزير", "search اتفاقية", "sql SELECT(1)"])
def test_tables_for_people(filled: Invoke, command: str, lang: str) -> None:
    arguments = [] if command.startswith("sql") else ["--lang", lang]
    assert filled(*command.split(), *arguments, "--format", "table").stdout.strip()


def test_an_agreement_for_people(filled: Invoke) -> None:
    (exercise,) = objects(filled("commitments", "--area", "exercise"))
    shown = filled("show", exercise["agreement"], "--format", "table").stdout
    for part in ("k1", "k2", "2019-03-12", "الساحل", exercise["id"]):
        assert part in shown


def test_csv_has_keys_and_no_formulas(filled: Invoke) -> None:
    rows = list(csv.DictReader(io.StringIO(filled("commitments", "--format", "csv", "--lang", "ar").stdout)))
    assert "exercise" in {row["area"] for row in rows}
    formula = filled("sql", "SELECT '=1+1' AS x", "--format", "csv").stdout
    assert formula == "x\n'=1+1\n"


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "sqlite", "plover", "ftm", "ics", "graphml"])
def test_exports(filled: Invoke, form: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "agreements written to" in filled("export", "--to", form, "--out", str(out)).stderr
    assert out.exists()


@pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
def test_columns_of_a_statement_keep_their_names(filled: Invoke, format: str) -> None:
    said = filled("sql", 'SELECT 1 AS "1+1*", 2 AS id', "--format", format).stdout
    assert "1+1*" in said
    assert "id" in said


def test_no_database_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["agreements", "--db", str(tmp_path / "none.db")])
    assert result.exit_code == 2
    assert "there is no database" in result.stderr
    assert "mithaq add FILE..." in result.stderr


def test_an_empty_ledger_says_what_to_do(run: Invoke) -> None:
    run("add", "-", stdin=json.dumps({"id": "x", "text": "فاز الفريق بالمباراة أمس."}))
    assert "No agreement: add reports" in run("agreements", "--format", "table").stdout


def test_reports_that_are_not_merged_are_mentioned(filled: Invoke, database_url: str) -> None:
    from sqlalchemy import text

    from mithaq.store.database import open_database

    with open_database(database_url) as database, database.write() as connection:
        connection.execute(text("UPDATE reports SET merged = false WHERE id = 'k1'"))
    assert "1 reports are not merged yet" in filled("agreements").stderr
    assert "1 reports merged" in filled("merge").stderr


def test_the_environment_names_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_DB", str(tmp_path / "other.db"))
    result = CliRunner().invoke(app, ["add", "-"], input=json.dumps(REPORTS[2]))
    assert result.exit_code == 0
    assert (tmp_path / "other.db").is_file()
