"""``mithaq serve``, ``user`` and ``reviewed`` as a user meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from records import record, report
from typer.testing import CliRunner

from mithaq.cli.app import app
from mithaq.merge.features import features
from mithaq.merge.reviewed import accept_all
from mithaq.store.database import open_database
from mithaq.store.known import find_place
from mithaq.store.reports import add

PASSWORD = "a long password\n"


def mithaq(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    done = CliRunner().invoke(app, arguments, input=stdin)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "m.db")
    open_database(path, create=True).close()
    return path


def listed(db: str) -> list[tuple[str, str]]:
    _, out, _ = mithaq("user", "list", "--db", db, "--format", "jsonl")
    return [(u["name"], u["role"]) for u in map(json.loads, out.splitlines())]


def test_accounts_are_made_changed_and_removed(db: str, tmp_path: Path) -> None:
    for arguments, stdin in (
        (("add", "maha", "--role", "admin", "--password-file", "-"), PASSWORD),
        (("add", "saad", "--password-file", str(tmp_path / "secret")), ""),
        (("role", "saad", "reviewer"), ""),
        (("password", "saad", "--password-file", "-"), "another long one\n"),
        (("logout", "saad"), ""),
    ):
        (tmp_path / "secret").write_text(PASSWORD, "utf-8")
        assert mithaq("user", *arguments, "--db", db, stdin=stdin)[0] == 0, arguments
    assert listed(db) == [("maha", "admin"), ("saad", "reviewer")]
    assert mithaq("user", "remove", "saad", "--db", db)[0] == 0
    assert listed(db) == [("maha", "admin")]


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (("add", "maha", "--password-file", "-"), "short\n", "too short"),
        (("add", "maha"), PASSWORD, "no terminal"),
        (("add", "maha", "--password-file", "/nowhere"), "", "cannot be read"),
        (("remove", "nobody"), "", "there is no account 'nobody'"),
        (("password", "nobody", "--password-file", "-"), PASSWORD, "there is no account 'nobody'"),
        (("logout", "nobody"), "", "there is no account 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_said(db: str, arguments: tuple[str, ...], stdin: str, message: str) -> None:
    code, _, err = mithaq("user", *arguments, "--db", db, stdin=stdin)
    assert code == 2
    assert message in err
    assert listed(db) == []


def test_a_name_is_given_once(db: str) -> None:
    assert mithaq("user", "add", "maha", "--password-file", "-", "--db", db, stdin=PASSWORD)[0] == 0
    code, _, err = mithaq("user", "add", "maha", "--password-file", "-", "--db", db, stdin=PASSWORD)
    assert code == 2
    assert "already" in err


@pytest.mark.parametrize(
    "options",
    [
        ("--host", "0.0.0.0"),
        ("--host", "::"),
        ("--host", "192.0.2.1"),
        ("--host", ""),
        ("--allow-host", "desk.example.org"),
        ("--host", "localhost.example.org"),
    ],
)
def test_others_are_not_let_in_without_accounts(db: str, options: tuple[str, ...]) -> None:
    code, _, err = mithaq("serve", "--db", db, "--port", "0", *options)
    assert code == 2
    assert "mithaq user add NAME --role admin" in err


def test_an_address_that_is_taken_or_not_ours(db: str) -> None:
    assert mithaq("user", "add", "maha", "--password-file", "-", "--db", db, stdin=PASSWORD)[0] == 0
    code, _, err = mithaq("serve", "--db", db, "--host", "192.0.2.1", "--port", "0")
    assert code == 2
    assert "cannot listen on 192.0.2.1" in err


@pytest.mark.parametrize("accounts", [False, True])
def test_it_serves_on_a_free_port_until_it_is_interrupted(db: str, accounts: bool) -> None:
    if accounts:
        mithaq("user", "add", "maha", "--password-file", "-", "--db", db, stdin=PASSWORD)
    command = [sys.executable, "-m", "mithaq", "serve", "--db", db, "--port", "0"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    ) as run:
        try:
            assert run.stderr
            found = re.search(r"http://127\.0\.0\.1:\d+/", run.stderr.readline())
            assert found
            with urllib.request.urlopen(found[0], timeout=30) as answer:
                assert answer.url.endswith("/login") is accounts
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(30)
        assert "Traceback" not in run.stderr.read()


def test_reviewed_reports_are_gold_that_evaluate_takes(db: str, tmp_path: Path) -> None:
    what = report()
    found = record(what)
    with open_database(db) as database, database.write() as connection:
        add(connection, find_place(connection, what), what, found, features(what, found).to_bytes(), "1")
        code, out, err = mithaq("reviewed", "--help")
        assert code == 0
    assert mithaq("reviewed", "--db", db)[1] == ""
    with open_database(db) as database, database.write() as connection:
        accept_all(connection, "r1", "مها", "0-0")
    code, out, err = mithaq("reviewed", "--db", db)
    assert code == 0
    assert "1 reviewed reports" in err
    gold = tmp_path / "gold.jsonl"
    gold.write_text(out, "utf-8")
    code, out, _ = mithaq("evaluate", str(gold), "--predicted", str(gold), "--json")
    assert code == 0
    assert json.loads(out)["provision.full"]["f1"] == 1.0
    assert mithaq("evaluate", str(gold), "--json")[0] == 0, "it reads the texts anew"
