"""``mithaq watch`` as it is run: once, again and again, killed and stopped; and addresses for ``read`` and ``add``."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sites import Reply, Site, serving
from typer.testing import CliRunner, Result
from watching import HELD, KENYA, PERU, Item, conditional, feed, page, paths, rss, table

from mithaq.cli.app import app
from mithaq.readers import Defaults, Located, read_reports
from mithaq.store.database import open_database

K = Item("مناورات كينية هندية", "/k", content=KENYA)
P = Item("اتفاقية", "/p", content=PERU)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [*arguments])
    assert result.exit_code == code, result.output
    return result


def test_once_tells_what_is_new_since_the_last_time(site: Site, tmp_path: Path) -> None:
    db, out, listed = str(tmp_path / "m.db"), tmp_path / "digest.json", tmp_path / "feeds.txt"
    listed.write_text(f"# the desk's\n\n{site.url('/rss')} # the river\n", "utf-8")
    site.replies["/rss"] = conditional('"1"', feed(K))
    watch = ("watch", "--db", db, "--once", "--delay", "0", "--allow-private", "--feeds", str(listed))
    as_json = (*watch, "--format", "json", "--out", str(out), "--contact", "desk@news.example")
    assert "1 feeds, 0 of them not read: 1 new, 0 known" in run(*as_json).stderr
    assert [r["title"] for r in json.loads(out.read_text("utf-8"))["reports"]] == [K.title]
    assert site.headers[0]["user-agent"].endswith(" (desk@news.example)")
    assert json.loads(run(*watch, "--format", "json").stdout)["reports"] == []
    site.replies["/rss"] = feed(P, K._replace(content=HELD))
    assert P.title in run(*watch).stdout
    assert "Nothing is new." in run(*watch).stdout
    site.replies["/rss"] = Reply(status=500)
    assert "status 500" in run(*watch, code=2).stderr
    site.replies["/other"] = feed(K)
    assert f"{site.url('/rss')}: left alone until" in run(*watch, site.url("/other"), code=1).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a feed"),
        (("file:///etc/passwd",), "the scheme 'file' is not fetched"),
        (("http://u:p@news.example/",), "a user's name or a password"),
        (("--feeds", "none.txt"), "none.txt cannot be read"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert message in run("watch", "--once", *arguments, code=2).stderr
    assert not (tmp_path / "mithaq.db").exists()


def test_without_leave_this_machine_is_not_asked(site: Site, tmp_path: Path) -> None:
    watched = run("watch", "--once", "--db", str(tmp_path / "m.db"), "http://127.0.0.1/rss", code=2)
    assert "its robots.txt could not be read: 127.0.0.1 is not in the public internet" in watched.stderr
    assert "is not in the public internet" in run("read", "http://127.0.0.1/k", code=2).stderr
    assert "port " in run("read", site.url("/k"), code=2).stderr
    assert not site.asked


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("mithaq.cli.fetching.find_spec", lambda _: None)
    monkeypatch.setattr("mithaq.cli.digest.find_spec", lambda _: None)
    for command in (["watch", "http://news.example/"], ["read", "http://news.example/"]):
        assert "pip install 'mithaq[watch]'" in run(*command, code=2).stderr
    assert "pip install 'mithaq[watch]'" in run("digest", "--since", "2020", "--format", "html", code=2).stderr


def test_addresses_are_read_and_added_like_files(site: Site, tmp_path: Path) -> None:
    site.replies["/k"] = Reply(status=302, headers={"Location": "/world/k.html"})
    site.replies["/world/k.html"] = page(K.title, KENYA)
    site.replies["/rss"] = feed(P, K._replace(link=""))
    url = site.url("/k")
    lines = run("read", "--allow-private", "--format", "jsonl", url).stdout.splitlines()
    (record,) = map(json.loads, lines)
    assert (record["id"], record["url"]) == (f"127.0.0.1:{site.port}/world/k", site.url("/world/k.html"))
    assert record["provisions"]
    assert json.loads(run("explain", "--allow-private", "--format", "jsonl", url).stdout)["id"] == record["id"]
    added = run(
        "add", "--allow-private", "--db", str(tmp_path / "m.db"), url, site.url("/rss"), site.url("/no"), code=1
    )
    assert "3 new, 0 known, 1 set aside" in added.stderr
    assert f"{site.url('/no')}: the server answers with status 404" in added.stderr
    with open_database(str(tmp_path / "m.db")) as database:
        urls = sorted(str(row[0]) for row in table(database, "reports", "url"))
    assert urls == ["None", site.url("/p"), site.url("/world/k.html")]


def test_the_origin_of_what_was_fetched(site: Site) -> None:
    from mithaq.fetch import Fetcher

    site.replies["/a"] = Reply(status=301, headers={"Location": "/rss"})
    site.replies["/rss"] = feed(K)
    (item,) = read_reports([site.url("/a")], Defaults(), fetcher=Fetcher(private=True))
    assert isinstance(item, Located)
    assert item.origin
    assert (item.origin.reader, item.origin.place) == ("feed", f"{site.url('/rss')} > entry 1")
    assert str(item.place) == f"{site.url('/a')} > entry 1"
    (page,) = read_reports(["http://127.0.0.1/"])
    assert "is not in the public internet" in str(page)


COUNT = 12


def serve_many(site: Site) -> None:
    """A feed of whole entries and of such whose pages have to be fetched."""
    items = []
    for n in range(COUNT):
        text = f"{(KENYA, HELD, PERU)[n % 3]} وهذا هو الخبر رقم {n}."
        whole = n % 2 == 0
        items.append(Item(f"خبر {n}", f"/{n}", text if whole else "", "" if whole else "..."))
        site.replies[f"/{n}"] = page(f"خبر {n}", text)
    site.replies["/rss"] = conditional('"1"', feed(*items))


def command(site: Site, db: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "mithaq",
        "watch",
        "--db",
        str(db),
        "--delay",
        "0",
        "--allow-private",
        site.url("/rss"),
    ]


def kept(db: Path) -> dict[str, Any]:
    with open_database(str(db)) as database:
        rows = {
            "reports": table(database, "reports", "id", "url", "text", "version", "merged"),
            "provisions": table(database, "provisions", "report", "id", "area", "status"),
            "stages": table(database, "stages", "report", "provision", "commitment"),
            "entries": table(database, "feed_entries", "key", "state"),
            "feeds": table(database, "feeds", "url", "etag"),
        }
    return {name: sorted(found) for name, found in rows.items()}


def test_killed_at_any_moment_it_loses_and_doubles_nothing(site: Site, tmp_path: Path) -> None:
    serve_many(site)
    once = "--once"
    subprocess.run([*command(site, tmp_path / "whole.db"), once], check=True, capture_output=True)
    expected = kept(tmp_path / "whole.db")
    assert len(expected["reports"]) == COUNT
    chance = random.Random(5)
    db = tmp_path / "killed.db"
    for _ in range(3):
        target = len(site.asked) + chance.randint(1, COUNT // 2)
        process = subprocess.Popen([*command(site, db), once], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        # In the middle of its work, wherever that is: after so many requests, and a moment.
        while process.poll() is None and len(site.asked) < target:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.wait()
    subprocess.run([*command(site, db), once], check=True, capture_output=True)
    assert kept(db) == expected
    site.forget()
    subprocess.run([*command(site, db), once], check=True, capture_output=True)
    assert paths(site) == ["/rss"]


@pytest.mark.skipif(os.name != "posix", reason="the system has no signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_goes_round_until_it_is_stopped(site: Site, tmp_path: Path, sent: signal.Signals) -> None:
    site.replies["/rss"] = Reply(rss(K))
    arguments = [*command(site, tmp_path / "m.db"), "--every", "1", "--format", "json"]
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while site.asked.count("/rss") < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(sent)
    out, said = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert "stopped; the next run goes on from here" in said
    assert [len(json.loads(line)["reports"]) for line in out.splitlines()] == [1]  # only what is new is told
