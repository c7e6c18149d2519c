"""What a digest tells, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from deals import LONG_AGO, TODAY, Made, deals
from made import hostile_report, put
from typer.testing import CliRunner

from mithaq.cli.app import app
from mithaq.export.digest import digest_object
from mithaq.merge.update import merge_pending
from mithaq.query.digest import Digest, build_digest, newest
from mithaq.store.database import Database, open_database


def add(database: Database, made: Sequence[Made]) -> None:
    put(database, made)
    merge_pending(database)


def digest(database: Database, since: datetime | None, since_day: date | None = None, day: date = TODAY) -> Digest:
    with database.read() as connection:
        return build_digest(connection, since, since_day, day)


def moment(database: Database) -> datetime | None:
    with database.read() as connection:
        return newest(connection)


def test_first_everything_is_new(database_url: str) -> None:
    with open_database(database_url, create=True) as database:
        assert not digest(database, None)
        add(database, deals())
        found = digest(database, None)
        assert sorted(r.id for r in found.reports) == sorted(report.id for report, _ in deals())
        assert {c.commitment.area for c in found.new} == {"exercise", "training", "transport", "visit"}
        assert (found.moved, found.repeated) == ((), 0)
        assert not digest(database, found.until, TODAY)
        assert found.until == moment(database)


def test_then_what_moved_and_what_contradicts(database: Database) -> None:
    first, copy, denial, *_ = deals()
    add(database, [first])
    mark = moment(database)
    add(database, [denial])
    found = digest(database, mark, TODAY)
    assert [r.id for r in found.reports] == ["deal-3"]
    ((moved),) = found.moved
    assert (moved.before, moved.commitment.status) == ("planned", "refused")
    assert [s.key for s in moved.stages] == ["deal-3/p1"]
    assert [(c.contradiction.kind, c.commitment.area) for c in found.clashes] == [("status", "exercise")]
    assert found.new == ()
    mark = moment(database)
    add(database, [copy])
    found = digest(database, mark, TODAY)
    assert (len(found.reports), found.new, found.moved, found.clashes) == (1, (), (), ())
    assert found.repeated == 4


def test_what_becomes_due_by_time_alone(database: Database) -> None:
    first = deals()[0]
    add(database, [first])
    mark = moment(database)
    early, late = LONG_AGO + timedelta(days=10), TODAY
    found = digest(database, mark, early, late)
    assert [c.area for c in found.due] == ["exercise", "visit"]
    assert not digest(database, mark, late, late)
    assert not digest(database, mark, LONG_AGO, LONG_AGO + timedelta(days=1))
    assert [c.area for c in digest(database, None, late, late).due] == ["exercise", "visit"]


def test_reports_that_are_not_merged_yet_wait_for_the_next(database: Database) -> None:
    first, _, denial, *_ = deals()
    add(database, [first])
    mark = moment(database)
    put(database, [denial])
    assert not digest(database, mark, TODAY)
    assert moment(database) == mark
    merge_pending(database)
    assert [r.id for r in digest(database, mark, TODAY).reports] == ["deal-3"]


class Page(HTMLParser):
    """The text of a page, its links, and the directions that it sets."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def told(database: Database) -> Digest:
    first, copy, denial, *others = deals()
    add(database, [first])
    mark = moment(database)
    add(database, [copy, denial, *others, hostile_report()])
    return digest(database, mark, LONG_AGO)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_html_is_one_file_in_the_direction_of_its_language(told: Digest, lang: Any) -> None:
    from mithaq.web.digest import render_digest

    page = Page(render_digest(told, lang))
    root = next(attributes for tag, attributes in page.tags if tag == "html")
    assert (root["lang"], root["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    assert all(a == {"lang": "ar", "dir": "rtl"} for tag, a in page.tags if tag == "blockquote")
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert all(link.startswith(("http://", "https://")) for link in page.links)
    words = {"ar": "تناقضات ظهرت", "en": "Contradictions found"}
    assert words[lang] in page.text
    assert "إجراء مناورات بحرية مشتركة قبالة ممباسا" in page.text
    assert "digest_" not in page.text


def test_json_has_all_of_it(told: Digest) -> None:
    found = json.loads(json.dumps(digest_object(told), ensure_ascii=False))
    assert len(found["reports"]) == 5
    assert found["day"] == TODAY.isoformat()
    assert [(c["before"], c["status"]) for c in found["moved"]] == [("planned", "refused")]
    clash = found["contradictions"][0]
    assert {clash["one"]["report"], clash["other"]["report"]} == {"deal-1", "deal-3"}
    assert clash["one"]["evidence"]["text"]
    assert all(c["follow_up"]["due"] for c in found["due"])


def test_the_command(told: Digest, tmp_path: Path) -> None:
    db = str(tmp_path / "mithaq.db")

    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["digest", "--db", db, *arguments])
        assert result.exit_code == code, result.output
        return result.stdout if not code else result.stderr

    for lang, word in (("en", "New commitments"), ("ar", "التزامات جديدة")):
        assert word in run("--since", "2020-01", "--lang", lang)
    assert "Nothing is new." in run("--since", "2200-01-01")
    assert len(json.loads(run("--since", "2020", "--format", "json"))["reports"]) == 6
    out = tmp_path / "digest.html"
    out.write_text("before", "utf-8")
    assert run("--since", "2020", "--format", "html", "--out", str(out)) == ""
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir() if "digest" in p.name] == ["digest.html"]
    assert "cannot be written" in run("--since", "2020", "--out", str(tmp_path / "none" / "a"), code=2)
    assert "is not a day, a month or a year" in run("--since", "soon", code=2)
