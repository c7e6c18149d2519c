"""The plug-in, installed beside mithaq."""

from __future__ import annotations

from pathlib import Path

import pytest

import mithaq
from mithaq.errors import PluginError
from mithaq.evaluation.examples import wrong_examples
from mithaq.pipeline import annotate
from mithaq.plugins.backends import make_backend
from mithaq.plugins.registry import registry
from mithaq.readers import Located, SetAside, read_bytes, read_reports

MAIL = Path(__file__).with_name("agency.eml")


def report() -> mithaq.Report:
    """The report of the mail."""
    (found,) = read_reports([str(MAIL)])
    assert isinstance(found, Located)
    return found.report


def test_it_is_installed_and_works() -> None:
    """mithaq has found it, and skips nothing."""
    assert "sample" in [plugin.name for plugin in registry().plugins]
    assert registry().failures == ()


def test_a_mail_is_a_report() -> None:
    """Its headers say what the report's fields hold."""
    found = report()
    assert (found.id, found.outlet, str(found.published)) == ("2026-03-10-1@lake.example", "نشرة البحيرة", "2026-03-10")
    assert found.title == "كينيا والهند تتفقان على مناورات"


def test_a_mail_without_plain_text_is_set_aside() -> None:
    """What cannot be read is said."""
    page = b"From: a@b.example\nSubject: x\nContent-Type: text/html\n\n<p>x</p>"
    (found,) = read_bytes(page, "x.eml")
    assert isinstance(found, SetAside)
    assert "no plain text" in str(found)


def test_the_stage_marks_what_stands_on_a_joint_statement() -> None:
    """One provision stands on it, the other on a minister's word."""
    doc = annotate(report())
    assert [("basis", "joint statement") in p.why for p in doc.provisions] == [True, False]
    assert doc.layers["joint_statements"] == {doc.provisions[0].id}


def test_the_lead_is_read_alone() -> None:
    """The second paragraph gives nothing, and spans are those of the whole text."""
    record = make_backend("lead", {})(report())
    assert isinstance(record, mithaq.Record)
    assert [p.area for p in record.provisions] == ["exercise"]
    assert len(make_backend("lead", {"paragraphs": "2"})(report()).attributions) == 2
    with pytest.raises(PluginError, match="paragraphs"):
        make_backend("lead", {"paragraphs": "none"})


def test_the_examples_of_the_lexicon_pack_hold() -> None:
    """The same check as ``mithaq plugins --check``."""
    assert list(wrong_examples("sample")) == []
