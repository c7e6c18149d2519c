"""``mithaq read`` as a user meets it: what is printed where, and the exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mithaq import Record, Report, __version__, pipeline
from mithaq.cli.app import app
from mithaq.readers.items import MAX_CHARACTERS
from mithaq.stages.document import Document

TEXT = "قال وزير النقل المصري سالم ناصر إن بلاده ترحب بالزيارة."
COMMAND = [sys.executable, "-m", "mithaq"]


def mithaq(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a run in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, env={**os.environ, **(env or {})}, timeout=60
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "news.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_one_json_object_a_line_in_a_pipe(report: str) -> None:
    code, out, err = mithaq("read", report, "--outlet", "okaz", "--published", "2015-07-25", "--title", "عنوان")
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    fields = json.loads(out)
    assert (fields["id"], fields["outlet"], fields["published"]) == ("news", "okaz", "2015-07-25")
    assert "عنوان" in out
    record = Record.from_dict(fields)
    assert record.attributions
    assert all(TEXT[a.cue.start : a.cue.end] == a.cue.text for a in record.attributions)


def test_ids_are_kept_and_standard_input_is_read() -> None:
    line = json.dumps({"id": "x/1", "text": TEXT}).encode()
    code, out, _ = mithaq("read", "-", stdin=line + b"\n" + line)
    assert code == 0
    assert [json.loads(o)["id"] for o in out.splitlines()] == ["x/1", "x/1"]


def test_plain_text_on_standard_input() -> None:
    code, out, _ = mithaq("read", "-", "--id", "mine", stdin=TEXT.encode())
    assert (code, json.loads(out)["id"]) == (0, "mine")


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}])
@pytest.mark.parametrize("format", ["jsonl", "table"])
def test_output_is_utf8_whatever_the_locale(report: str, env: dict[str, str], format: str) -> None:
    code, out, err = mithaq("read", report, "--format", format, env=env)
    assert (code, err) == (0, "")
    assert "ترحب" in out


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the text is empty"),
        (
            "a.txt",
            b"\x00\xff\xfe\x80" * 99,
            "binary, not text (docs/inputs.md lists the formats that are read)",
        ),
        (
            "a.txt",
            b"Hello, world.",
            "the text holds no Arabic (mithaq reads Arabic reports; check the file and its encoding)",
        ),
        ("a.txt", TEXT.encode() + b"\xff", f"not valid UTF-8: byte 0xff at column {len(TEXT) + 1}"),
        ("a.jsonl", b"", "the file is empty (give one JSON object a line)"),
    ],
)
def test_nothing_read_is_2(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    code, out, err = mithaq("read", str(path))
    assert (code, out) == (2, "")
    assert err.startswith(f"mithaq: {path}: {message}")
    assert err.count("\n") == 1


def test_missing_file_and_directory(tmp_path: Path) -> None:
    missing = tmp_path / "no.txt"
    code, out, err = mithaq("read", str(missing), str(tmp_path))
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"mithaq: {missing}: no such file (check the path)",
        f"mithaq: {tmp_path}: is a directory (name the files in it)",
    ]


def test_some_set_aside_is_1_and_the_rest_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": "one", "text": TEXT}),
        '{"id": "two", "text": ',
        '{"id": "three", "text": "\\ud800"}',
        '{"id": "four", "text": "no Arabic"}',
        json.dumps({"id": "five", "text": f"{TEXT}\0", "date": "25/7/2015"}),
        json.dumps({"id": "six", "text": "م" * (MAX_CHARACTERS + 1)}),
    ]
    path.write_bytes("\n".join(lines).encode() + b'\n{"text": "\xd9"}\n')
    code, out, err = mithaq("read", str(path))
    assert code == 1
    assert [json.loads(o)["id"] for o in out.splitlines()] == ["one", "five"]
    expected = [
        (2, "not valid JSON: Expecting value"),
        (3, "the text holds half a character (lone surrogate U+D800) at offset 0"),
        (4, "the text holds no Arabic"),
        (5, "note: date '25/7/2015' is not YYYY-MM-DD: left out"),
        (6, "the text has 1,000,001 characters, over 1,000,000 (split it into its reports)"),
        (7, "not valid UTF-8: byte 0xd9 at column 11 (byte 11)"),
    ]
    *messages, summary = err.splitlines()
    assert len(messages) == len(expected)
    for message, (number, start) in zip(messages, expected, strict=True):
        assert message.startswith(f"mithaq: {path}:{number}: {start}")
    assert summary == "mithaq: 2 read, 5 set aside"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read"], "Missing argument 'FILE...'"),
        (["read", "a.txt", "--format", "xml"], "'xml' is not one of"),
        (["read", "a.txt", "b.txt", "--title", "x"], "--title and --id describe one report"),
        (["read", "a.txt", "--published", "tomorrow"], "mithaq: 'tomorrow' is not a date (give it as YYYY-MM-DD)"),
        (["read", "a.csv", "--column", "body"], "mithaq: 'body' says no column (write --column text=body)"),
        (["read", "a.csv", "--column", "txt=body"], "mithaq: a report has no field 'txt' (did you mean 'text'?)"),
        (["reed"], "No such command 'reed'"),
    ],
)
def test_wrong_usage_is_2(arguments: list[str], message: str) -> None:
    code, out, err = mithaq(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_columns_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"nr,x,y\n7,عنوان,{TEXT}\n", "utf-8")
    code, out, err = mithaq("read", str(path), "--column", "text=y", "--column", "title=x", "--column", "id=nr")
    assert (code, err) == (0, "")
    assert (json.loads(out)["id"], json.loads(out)["title"]) == ("7", "عنوان")


def test_version() -> None:
    assert mithaq("--version") == (0, f"mithaq {__version__}\n", "")


def test_our_own_mistake_costs_one_report(report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    annotate = pipeline.annotate

    def fail(report: Report) -> Document:
        if report.id == "bad":
            raise IndexError("list index out of range")
        return annotate(report)

    monkeypatch.setattr(pipeline, "annotate", fail)
    lines = "\n".join(json.dumps({"id": id, "text": TEXT}) for id in ("good", "bad", "fine"))
    result = CliRunner().invoke(app, ["read", "-"], input=lines)
    assert result.exit_code == 1
    assert [json.loads(o)["id"] for o in result.stdout.splitlines()] == ["good", "fine"]
    assert "mithaq: <stdin>:2: internal error: IndexError: list index out of range at test_read.py:" in result.stderr
    assert "please report it with this text" in result.stderr


LIKELY_AND_NOT = f"{TEXT} وأعلنت كينيا بناء جسر في الهند بقرض. وزار وزير الصحة الكيني الهند، واتفقا على تدريب الأطباء."


def test_least_confidence(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(LIKELY_AND_NOT, "utf-8")
    whole = Record.from_dict(json.loads(mithaq("read", str(path))[1]))
    shares = sorted({a.confidence for a in whole.attributions} | {p.confidence for p in whole.provisions})
    assert len(shares) > 2
    for least in (shares[1], shares[-1], 0, 1):
        code, out, err = mithaq("read", str(path), "--min-confidence", str(least))
        assert (code, err) == (0, "")
        assert json.loads(out) == json.loads(json.dumps(whole.confident(least).to_dict()))


@pytest.mark.parametrize("value", ["1.01", "-0.1", "high"])
def test_a_least_confidence_that_is_none(report: str, value: str) -> None:
    code, out, err = mithaq("read", report, "--min-confidence", value)
    assert (code, out) == (2, "")
    (message,) = [line for line in err.splitlines() if line.startswith("Error: ")]
    assert "--min-confidence" in message


def test_messages_cannot_command_the_terminal(tmp_path: Path) -> None:
    code, _, err = mithaq("read", str(tmp_path / "\x1b[31mred.txt"))
    assert code == 2
    assert "\x1b" not in err


@pytest.mark.parametrize("format", ["jsonl", "table"])
def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path, format: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps({'text': TEXT})}\n" * 500, "utf-8")
    with subprocess.Popen(
        [*COMMAND, "read", str(path), "--format", format], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_one_message(report: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "read", report], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (2, b"mithaq: cannot write: No space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C while the input is still open: the lines so far are whole, and a short message says what happened."""
    with subprocess.Popen(
        [*COMMAND, "read", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what starts in a background ignores it
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{json.dumps({'id': 'a', 'text': TEXT})}\n".encode() * 5)
        process.stdin.flush()
        first = [process.stdout.readline() for _ in range(5)]
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b"mithaq: interrupted; what is printed is complete\n"
    assert [json.loads(o)["id"] for o in first] == ["a"] * 5
    assert rest == b""
