"""``mithaq read`` and ``add`` with ``--backend``, as a user meets them, against a server on loopback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stub_server import Answer, Response, Stub, completion, failure
from typer.testing import CliRunner

from mithaq.cli.app import app

TEXT = "أعلن وزير النقل الكيني جون كاماو أن بلاده والنرويج وقعتا اتفاقية رقم {n} لبناء ميناء."
ROW: Answer = {
    "sentence": 1,
    "id": "a1",
    "cue": "أعلن",
    "source": "وزير النقل الكيني جون كاماو",
    "speaker": "جون كاماو",
    "content": ["بلاده والنرويج وقعتا اتفاقية"],
    "mode": "indirect",
    "parent": None,
    "kind": "named",
}
GOOD: Answer = {"attributions": [ROW], "provisions": []}


def mithaq(*arguments: str) -> tuple[int, list[Any], list[str]]:
    """Exit code, the JSON lines of standard output, the lines of standard error."""
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines()


@pytest.fixture
def news(tmp_path: Path) -> str:
    """Ten reports."""
    path = tmp_path / "news.jsonl"
    lines = (json.dumps({"id": f"r{n}", "outlet": "الأفق", "text": TEXT.format(n=n)}) for n in range(10))
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A server that always has the same answer."""
    with Stub(completion(GOOD)).running() as server:
        yield server


def test_reports_are_read_in_order_several_at_once(news: str) -> None:
    together = threading.Barrier(3)

    def three_at_once(request: Answer) -> Response:
        if "رقم 9" not in request["messages"][-1]["content"]:
            together.wait(20)  # fails unless three requests are under way
        return completion(GOOD)

    with Stub(three_at_once).running() as server:
        code, records, err = mithaq(
            "read", news, "--backend", "llm", "--model", "m", "--base-url", server.url, "--concurrency", "3",
            "--price-in", "1", "--price-out", "2",
        )  # fmt: skip
    assert code == 0
    assert [r["id"] for r in records] == [f"r{n}" for n in range(10)]
    assert all(r["attributions"][0]["speaker"] == "جون كاماو" for r in records)
    assert server.most == 3
    assert err == [
        "mithaq: llm m: 10 calls; 10,000 tokens in, 2,000 out; cost 0.0140",
        "mithaq: 10 rows kept; spans in the text: 40 exact, 0 normalised, 0 clitic",
    ]


def test_one_request_holds_one_report(news: str, stub: Stub) -> None:
    assert mithaq("read", news, "--backend", "llm", "--model", "m", "--base-url", stub.url)[0] == 0
    told = [" ".join(m["content"] for m in r["messages"]) for r in stub.requests]
    assert sorted([n for n in range(10) if f"رقم {n} " in text] for text in told) == [[n] for n in range(10)]


def test_what_is_beyond_the_budget_is_set_aside_with_the_reason(news: str, stub: Stub, tmp_path: Path) -> None:
    server = ("--model", "m", "--base-url", stub.url, "--concurrency", "1", "--cache", str(tmp_path / "answers"))
    command = ("read", news, "--backend", "llm", *server)
    code, records, err = mithaq(*command, "--max-tokens", "7000")
    assert code == 1
    assert 1 <= len(records) < 10
    over = next(line for line in err if "the budget is used up" in line)
    assert over.startswith(f"mithaq: {news}:{len(records) + 1}: the budget is used up: ")
    assert err[-1] == f"mithaq: {len(records)} read, {10 - len(records)} set aside"
    code, records, err = mithaq(*command)  # the same again, without a limit: what was answered is not asked for
    assert (code, len(records)) == (0, 10)
    assert len(stub.requests) == 10


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--backend", "llm", "--model", "m"), "there is no key in $NOT_SET"),
        (("--backend", "llm", "--base-url", "http://127.0.0.1:1/v1"), "no model is named"),
        (("--backend", "lm"), "there is no backend 'lm' (use one of rules, llm"),
        (("--backend", "spacy", "--model", "/nowhere"), "'/nowhere' is no spaCy pipeline"),
        (("--model", "m"), "the rules have no options; name a --backend"),
    ],
)
@pytest.mark.parametrize("command", ["read", "add"])
def test_what_is_wrong_is_said_in_one_message(
    news: str, tmp_path: Path, command: str, arguments: tuple[str, ...], message: str
) -> None:
    db = ("--db", str(tmp_path / "m.db")) if command == "add" else ()
    code, out, err = mithaq(
        command, news, *db, *arguments, *(("--api-key-env", "NOT_SET") if "llm" in arguments else ())
    )
    assert (code, out) == (2, [])
    assert message in " ".join(" ".join(err).replace("│", " ").split())


def test_a_key_that_is_refused_ends_the_run(news: str) -> None:
    with Stub(failure(401, "Incorrect API key provided")).running() as server:
        code, out, err = mithaq("read", news, "--backend", "llm", "--model", "m", "--base-url", server.url)
    assert (code, out) == (2, [])
    assert err[-1].startswith(f"mithaq: {server.url}: 401: Incorrect API key provided")
    assert len(server.requests) <= 8  # those that were under way


def test_add_keeps_what_the_model_read_and_asks_once(news: str, stub: Stub, tmp_path: Path) -> None:
    db = str(tmp_path / "m.db")
    command = ("add", news, "--db", db, "--backend", "llm", "--model", "m", "--base-url", stub.url)
    code, _, err = mithaq(*command)
    assert code == 0
    assert err[0].startswith("mithaq: llm m: 10 calls;")
    assert err[-1].startswith("mithaq: 10 new, 0 known, 0 set aside")
    code, rows, _ = mithaq("sql", "select distinct reader from reports", "--db", db, "--format", "jsonl")
    assert rows[0]["reader"].endswith(" llm m")
    code, rows, _ = mithaq("who", "كاماو", "--db", db, "--format", "jsonl")
    assert len(rows) == 10
    assert mithaq(*command)[0] == 0
    assert len(stub.requests) == 10


def test_add_stores_what_was_read_before_the_end(news: str, tmp_path: Path) -> None:
    db = str(tmp_path / "m.db")
    with Stub(*[completion(GOOD)] * 4, failure(403, "blocked")).running() as server:
        code, _, err = mithaq(
            "add", news, "--db", db, "--backend", "llm", "--model", "m", "--base-url", server.url, "--concurrency", "1"
        )
    assert code == 2
    assert "403: blocked" in err[-1]
    _, rows, _ = mithaq("sql", "select count(*) as n from reports", "--db", db, "--format", "jsonl")
    assert rows == [{"n": 4}]


def test_an_interrupted_run_does_not_wait_for_a_silent_server(news: str) -> None:
    asked, ended = threading.Event(), threading.Event()

    def silent(_: Answer) -> Response:
        asked.set()
        ended.wait(60)
        return completion(GOOD)

    with Stub(silent).running() as server:
        command = [sys.executable, "-m", "mithaq", "read", news, "--backend", "llm", "--model", "m"]
        run = subprocess.Popen([*command, "--base-url", server.url], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert asked.wait(60)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=20)
        ended.set()
    assert (run.returncode, out) == (130, b"")
    assert b"interrupted" in err
    assert b"Traceback" not in err


def test_hybrid_and_spacy_read_from_the_command_line(news: str, stub: Stub, tmp_path: Path) -> None:
    code, records, err = mithaq(
        "read", news, "--backend", "hybrid", "--model", "m", "--base-url", stub.url, "--below", "0"
    )
    assert (code, len(records), stub.requests) == (0, 10, [])
    _, plain, _ = mithaq("read", news)
    assert records == plain
    assert any(line.startswith("mithaq: asked about 0 of 10 pieces") for line in err)
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'mithaq[spacy]'")
    spacy.blank("ar").to_disk(tmp_path / "blank")
    code, records, _ = mithaq("read", news, "--backend", "spacy", "--model", str(tmp_path / "blank"))
    assert (code, records) == (0, plain)
    code, _, err = mithaq(
        "add", news, "--db", str(tmp_path / "m.db"), "--backend", "spacy", "--model", str(tmp_path / "blank"), "-j", "1"
    )
    assert code == 0
    assert err[-1].startswith("mithaq: 10 new")
