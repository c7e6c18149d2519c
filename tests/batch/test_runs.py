"""What a run writes, and what it refuses."""

from __future__ import annotations

import gzip
import json
import os
import random
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_making import DEAL, jsonl, read_run, rows, short
from run_kills import files

import mithaq
from mithaq import pipeline
from mithaq.batch import work as worker
from mithaq.batch.loading import is_complete, is_run, load_run
from mithaq.batch.run import Totals, run
from mithaq.batch.shards import Done, Job, Piece
from mithaq.batch.writing import path_of, shards_in
from mithaq.errors import InputError, RunError
from mithaq.model import Record, Report


@pytest.fixture
def news(tmp_path: Path) -> Path:
    lines: list[dict[str, Any] | str] = [
        *map(short, range(5)),
        "not JSON",
        {"id": "e", "text": "Only English."},
        short(7),
        short(7),
    ]
    return jsonl(tmp_path / "news.jsonl", lines)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process: other processes are for the tests that kill them."""

    def here(given: Iterator[Piece], job: Job, jobs: int) -> Generator[Done]:
        return (done for piece in given for done in worker.work(piece, job))

    monkeypatch.setattr("mithaq.batch.run.run_local", here)


@pytest.mark.usefixtures("quick")
class TestWhatIsWritten:
    def test_each_report_with_its_record_and_where_it_stood(self, news: Path, tmp_path: Path) -> None:
        totals = read_run(tmp_path / "out", news)
        found = rows(tmp_path / "out", "reports")
        assert [row["id"] for row in found] == ["r0", "r1", "r2", "r3", "r4", "r7", "r7"]
        assert [row["place"] for row in found] == [f"line {n}" for n in (1, 2, 3, 4, 5, 8, 9)]
        assert {row["file"] for row in found} == {str(news)}
        assert {row["format"] for row in found} == {"jsonl"}
        assert len({row["key"] for row in found}) == 7
        deal = mithaq.read(found[0]["text"], outlet="النهر", published="2019-02-01", id="r0")
        first = next(load_run(tmp_path / "out"))
        assert first.record.to_dict() == deal.to_dict()
        assert (totals.reports, totals.aside, totals.shards) == (7, 2, len(shards_in(tmp_path / "out")))

    def test_what_is_set_aside_with_its_place_and_reason(self, news: Path, tmp_path: Path) -> None:
        seen: list[Done] = []
        read_run(tmp_path / "out", news, watch=lambda done, totals: seen.append(done))
        found = rows(tmp_path / "out", "aside")
        assert [(row["place"], row["id"]) for row in found] == [("line 6", None), ("line 7", "e")]
        assert found[0]["reason"].startswith("not valid JSON")
        assert found[1]["reason"] == "the text holds no Arabic"
        assert [m for done in seen for m in done.shown] == [f"{news}:{r['place'][5:]}: {r['reason']}" for r in found]

    def test_reports_of_one_id_are_all_kept_apart(self, news: Path, tmp_path: Path) -> None:
        read_run(tmp_path / "out", news)
        twice = [item for item in load_run(tmp_path / "out") if item.record.id == "r7"]
        assert len(twice) == 2
        assert twice[0].record.provisions == twice[1].record.provisions != ()

    def test_packed_or_not_and_cut_how_ever_it_is_the_same(self, tmp_path: Path) -> None:
        noise = random.Random(1)
        long = [{**short(n), "text": f"{n} {noise.randbytes(900).hex()} {DEAL}"} for n in range(7)]
        plain = jsonl(tmp_path / "news.jsonl", long)
        packed = tmp_path / "news.jsonl.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes()))
        tables = []
        for number, (path, shard) in enumerate([(plain, 2), (plain, 3), (packed, 3), (packed, 100)]):
            read_run(tmp_path / f"out{number}", path, shard=shard)
            found = {t: rows(tmp_path / f"out{number}", t) for t in ("reports", "provisions", "attributions")}
            for row in (row for table in found.values() for row in table):
                row["key"] = row["file"] = None
            tables.append(found)
        assert tables[0]["provisions"]
        assert tables[0] == tables[1] == tables[2] == tables[3]

    def test_many_large_inputs_are_cut_by_who_reads_them(self, tmp_path: Path) -> None:
        inputs, noise = [], random.Random(2)
        for number in range(4):
            long = [{**short(n), "text": f"{number} {n} {noise.randbytes(1500).hex()} {DEAL}"} for n in range(4)]
            inputs.append(tmp_path / f"{number}.jsonl.gz")
            inputs[-1].write_bytes(gzip.compress(jsonl(tmp_path / "plain", long).read_bytes()))
        totals = read_run(tmp_path / "out", *inputs, shard=3)
        assert shards_in(tmp_path / "out") == [f"00000{n}-00000{part}" for n in range(4) for part in (0, 1)]
        assert (totals.reports, totals.size) == (16, totals.whole)
        found = rows(tmp_path / "out", "reports")
        assert [row["text"][:3] for row in found] == [f"{number} {n}" for number in range(4) for n in range(4)]

    def test_columns_and_defaults(self, tmp_path: Path) -> None:
        path = jsonl(tmp_path / "news.jsonl", [{"key": "x", "body": DEAL}])
        defaults = mithaq.readers.Defaults("النهر", "2020-02-02")
        read_run(tmp_path / "out", path, columns={"text": "body", "id": "key"}, defaults=defaults)
        (row,) = rows(tmp_path / "out", "reports")
        assert (row["id"], row["text"], row["outlet"], str(row["published"])) == ("x", DEAL, "النهر", "2020-02-02")

    def test_a_name_that_no_file_can_hold_costs_one_report(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(worker, "unprintable", lambda text: 0 if text == "r1" else -1)
        read_run(tmp_path / "out", jsonl(tmp_path / "n.jsonl", map(short, range(3))))
        assert [row["id"] for row in rows(tmp_path / "out", "reports")] == ["r0", "r2"]
        assert [row["reason"] for row in rows(tmp_path / "out", "aside")] == [
            "its id holds half a character (a lone surrogate)"
        ]


@pytest.mark.usefixtures("quick")
class TestGoingOn:
    def test_what_is_there_is_not_read_again(self, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        out = tmp_path / "out"
        lines = jsonl(tmp_path / "long.jsonl", ({**short(n), "title": "عنوان " * 300} for n in range(9)))
        whole = read_run(out, lines)
        expected = files(out)
        lost = shards_in(out)[1]
        path_of(out, "reports", lost).unlink()
        stopped = json.loads((out / "manifest.json").read_text("utf-8"))
        (out / "manifest.json").write_text(json.dumps({**stopped, "complete": False}), "utf-8")
        read: list[str] = []

        def counted(report: Report) -> Record | InputError:
            read.append(report.id)
            return pipeline.attempt(report)

        monkeypatch.setattr(worker, "attempt", counted)
        again = read_run(out, lines)
        assert read == ["r3", "r4", "r5"]
        assert files(out) == expected
        assert again.rows() == whole.rows()
        assert again.before is not None
        assert again.before.reports == 6

    def test_a_run_that_is_over_does_nothing(self, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = read_run(tmp_path / "out", news)
        monkeypatch.setattr("mithaq.batch.run.run_local", None)
        again = read_run(tmp_path / "out", news)
        assert again.rows() == whole.rows()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ("content", "has changed since"),
            ("order", "other inputs, or in another order"),
            ("shard", "other options: --shard was 3, now 4"),
            ("outlet", "other options: --outlet was None, now 'النهر'"),
            ("version", "was begun with mithaq test, this is 2"),
            ("manifest", "is not of mithaq run"),
        ],
    )
    def test_another_run_is_refused(self, news: Path, tmp_path: Path, change: str, message: str) -> None:
        out, inputs, reader = tmp_path / "out", [news, jsonl(tmp_path / "b.jsonl", [short(20)])], "test"
        read_run(out, *inputs)
        before = files(out)
        options: dict[str, object] = {}
        match change:
            case "content":
                news.write_text(news.read_text("utf-8").replace("r7", "r8"), "utf-8")
                os.utime(news, (time.time(), time.time() + 5))
            case "order":
                inputs.reverse()
            case "shard":
                options = {"shard": 4}
            case "outlet":
                options = {"defaults": mithaq.readers.Defaults("النهر")}
            case "version":
                reader = "2"
            case "manifest":
                (out / "manifest.json").write_text("{}", "utf-8")
                before = files(out)
        with pytest.raises(RunError, match=message):
            run([*map(str, inputs)], out, reader, **{"shard": 3, **options})  # type: ignore[arg-type]
        assert files(out) == before

    def test_a_change_while_it_is_read_is_noticed(self, news: Path, tmp_path: Path) -> None:
        def change(done: Done, totals: Totals) -> None:
            news.write_text("{}\n", "utf-8")

        with pytest.raises(RunError, match="changed while it was read"):
            read_run(tmp_path / "out", news, watch=change)
        assert not is_complete(tmp_path / "out")

    def test_one_run_at_a_time(self, news: Path, tmp_path: Path) -> None:
        def meanwhile(done: Done, totals: Totals) -> None:
            with pytest.raises(RunError, match="another mithaq run is writing"):
                read_run(tmp_path / "out", news)

        read_run(tmp_path / "out", news, watch=meanwhile)


class TestWhatIsRefused:
    def test_a_folder_of_something_else(self, news: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "thesis.doc").write_text("mine", "utf-8")
        with pytest.raises(RunError, match=r"holds 'thesis.doc'"):
            read_run(tmp_path / "out", news)
        with pytest.raises(RunError, match="is a file"):
            read_run(news, news)

    @pytest.mark.parametrize(
        ("name", "message"), [("-", "standard input"), ("missing.jsonl", "No such file"), (".", "no ordinary file")]
    )
    def test_inputs_that_cannot_be_taken_up_again(self, name: str, message: str, tmp_path: Path) -> None:
        with pytest.raises(RunError, match=message):
            run([name], tmp_path / "out", "test")
        assert not (tmp_path / "out").exists()

    def test_the_same_input_twice(self, news: Path, tmp_path: Path) -> None:
        with pytest.raises(RunError, match="is given twice"):
            read_run(tmp_path / "out", news, news.parent / "." / news.name)

    def test_an_unknown_engine(self, news: Path, tmp_path: Path) -> None:
        with pytest.raises(RunError, match="there is no engine 'ray'"):
            read_run(tmp_path / "out", news, engine="ray")

    def test_loading_what_is_no_run(self, tmp_path: Path) -> None:
        assert not is_run(str(tmp_path))
        with pytest.raises(RunError, match="is not a folder of mithaq run"):
            list(load_run(tmp_path))
