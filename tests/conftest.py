"""What all tests share: where the development data is, databases, and CI's rule that nothing may be skipped."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import Server, UnavailableError

pytest_plugins = ["web_fixtures", "plugin_fixtures"]
os.environ["MITHAQ_PLUGINS"] = "off"  # what a developer has installed must change no test; those of plug-ins turn it on
signal.signal(signal.SIGINT, signal.default_int_handler)  # what the tests start can be interrupted, even if they cannot
SHARED = Path(__file__).parents[2] / "shared"


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by their length: gzip writes the second into its header, and workers must collect one list."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture
def gold() -> Path:
    """The folder of gold annotations, which the repository does not hold."""
    folder = SHARED / "gold"
    if not (folder / "dev.jsonl").is_file():
        pytest.skip("../shared/gold, the gold annotations, is not there")
    return folder


@pytest.fixture
def reports() -> dict[str, dict[str, Any]]:
    """The dev and seed reports by id."""
    found: dict[str, dict[str, Any]] = {}
    for path in (SHARED / "gold" / "dev_reports.jsonl", SHARED / "reports" / "seed.jsonl"):
        if not path.is_file():
            pytest.skip(f"../shared/{path.parent.name}/{path.name} is not there")
        found |= {r["id"]: r for r in map(json.loads, path.read_text("utf-8").splitlines())}
    return found


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server of this test session, stopped at its end."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed: pip install 'mithaq[postgresql]'")
    try:
        server = Server()
    except UnavailableError as why:
        pytest.skip(str(why))
    try:
        server.start()
        yield server
    except UnavailableError as why:
        pytest.skip(str(why))
    finally:
        server.stop()


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, gone after the test."""
    name = postgresql.create()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; the test runs once on SQLite (a file) and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mithaq.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With MITHAQ_NO_SKIPS a skipped test fails the run: in CI everything that tests need must be there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if os.environ.get("MITHAQ_NO_SKIPS") and skipped:
        for report in skipped:
            print(f"\nskipped, so this run fails: {report.nodeid}: {report.longrepr[-1]}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
