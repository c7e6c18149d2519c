"""What all tests share: where the development data is, and CI's rule that nothing may be skipped."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "shared"


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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With MITHAQ_NO_SKIPS a skipped test fails the run: in CI everything that tests need must be there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if os.environ.get("MITHAQ_NO_SKIPS") and skipped:
        for report in skipped:
            print(f"\nskipped, so this run fails: {report.nodeid}: {report.longrepr[-1]}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
