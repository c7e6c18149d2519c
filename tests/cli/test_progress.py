"""The progress line: only for a person, only on a long run, and gone when a message comes."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from mithaq.cli.progress import Progress
from mithaq.cli.run import wants_progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_shown_from_the_second_second_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("mithaq.cli.progress.time", SimpleNamespace(monotonic=lambda: now[0]))
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    line = Progress()
    line.update(1, 0)
    assert stream.getvalue() == ""
    now[0] += 2
    line.update(1500, 500)
    assert stream.getvalue() == "\r\x1b[K2,000 reports · 1,000 reports/s · 500 set aside"
    line.update(1501, 500)
    line.stop()
    line.stop()
    assert stream.getvalue().endswith("500 set aside\r\x1b[K")


def test_only_if_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert wants_progress()
    monkeypatch.setattr(sys, "stdout", _Terminal())
    assert not wants_progress()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert not wants_progress()
