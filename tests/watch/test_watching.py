"""Feeds of a server on loopback, polled over days that take no time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sites import Reply, Site, serving
from watching import (
    HELD,
    KENYA,
    PERU,
    START,
    Item,
    Stopped,
    conditional,
    feed,
    page,
    paths,
    rss,
    table,
    titles,
    watcher,
)

from mithaq.store.database import Database, open_database
from mithaq.watch import Manners

K = Item("مناورات كينية هندية", "/k", content=KENYA)
P = Item("اتفاقية", "/p", content=PERU)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(str(tmp_path / "m.db"), create=True) as found:
        yield found


def test_what_is_new_is_added_and_merged_and_the_rest_costs_nothing(site: Site, database_url: str) -> None:
    with open_database(database_url, create=True) as database:
        url = site.url("/rss")
        site.replies["/rss"] = conditional('"1"', feed(K))
        one, told = watcher(database, [url])
        one.round()
        assert told[0].counts == {"new": 1, "known": 0, "waiting": 0}
        assert table(database, "reports", "title", "outlet", "url", "merged") == [
            (K.title, "النهر", site.url("/k"), True)
        ]
        assert table(database, "commitments", "area", "parties")
        one.round()
        assert told[1].unchanged
        site.replies["/rss"] = conditional('"2"', feed(P, K))
        one.round()
        assert told[2].counts == {"new": 1, "known": 1, "waiting": 0}
        assert titles(database) == sorted([K.title, P.title])
        assert paths(site) == ["/rss"] * 3
        two, told = watcher(database, [url])  # as after a restart
        two.round()
        assert told[0].unchanged


def test_the_time_since_the_last_change_is_sent_too(site: Site, database: Database) -> None:
    modified = "Mon, 04 Mar 2019 21:30:00 GMT"
    site.replies["/rss"] = Reply(rss(K), headers={"Last-Modified": modified})
    one, _ = watcher(database, [site.url("/rss")])
    one.round()
    one.round()
    assert "if-modified-since" not in site.headers[1]
    assert site.headers[2]["if-modified-since"] == modified


def test_of_a_summary_the_page_is_read_once(site: Site, database: Database) -> None:
    site.replies["/world/rss"] = feed(Item("مناورات كينية هندية", "../k?a=1&b=2", summary="كينيا والهند تتفقان ..."))
    site.replies["/k?a=1&b=2"] = page("مناورات كينية هندية", KENYA)
    one, told = watcher(database, [site.url("/world/rss")])
    one.round()
    assert told[0].counts["new"] == 1
    ((text, url, published, outlet),) = table(database, "reports", "text", "url", "published", "outlet")
    assert (text, url, str(published)) == (KENYA, site.url("/k?a=1&b=2"), "2019-03-04")
    assert outlet
    one.round()
    assert paths(site) == ["/world/rss", "/k?a=1&b=2", "/world/rss"]


def test_a_page_that_is_kept_already_is_not_fetched(site: Site, database: Database) -> None:
    site.replies["/a"] = feed(Item("أ", "/k", content=KENYA))
    site.replies["/b"] = feed(Item("ب", "/k", summary="كينيا والهند ..."))
    one, told = watcher(database, [site.url("/a"), site.url("/b")])
    one.round()
    assert paths(site) == ["/a", "/b"]
    assert told[1].counts["known"] == 1


def test_an_entry_that_changes_is_a_new_version(site: Site, database: Database) -> None:
    site.replies["/rss"] = feed(K, Item("ب", "/s", summary="بيرو وتشيلي ..."))
    site.replies["/s"] = page("ب", PERU)
    one, told = watcher(database, [site.url("/rss")])
    one.round()
    site.replies["/rss"] = feed(K._replace(content=f"{KENYA} {HELD}"), Item("ب", "/s", summary="بيرو وتشيلي وقعتا ..."))
    site.replies["/s"] = page("ب", f"{PERU} {HELD}")
    one.round()
    assert told[1].counts["version"] == 2
    assert table(database, "reports", "version", "text") == [(2, f"{KENYA} {HELD}"), (2, f"{PERU} {HELD}")]
    one.round()
    assert told[2].counts["known"] == 2


def test_entries_without_dates_addresses_and_ids(site: Site, database: Database) -> None:
    bare = Item("بلا عنوان", content=KENYA, date="")
    site.replies["/rss"] = feed(bare, bare._replace(content=PERU), Item("فارغ", date=""))
    one, told = watcher(database, [site.url("/rss")])
    one.round()
    assert table(database, "reports", "text", "url", "published") == [(KENYA, None, None), (PERU, None, None)]
    one.round()
    assert told[1].counts["known"] == 3
    failed = [row for row in table(database, "feed_entries", "state", "error") if row[0] == "failed"]
    assert failed == [("failed", "the entry has neither a text nor an address")]


def test_a_server_in_trouble_is_asked_less_and_less(site: Site, database: Database) -> None:
    site.replies["/rss"] = Reply(status=500)
    clock = Stopped()
    manners = Manners(every=900)
    one, told = watcher(database, [site.url("/rss")], clock, manners)
    polls = []
    for _ in range(40):
        one.round()
        if paths(site):
            polls.append(round((clock.time - START) / timedelta(seconds=900)))
        else:
            assert told[-1].left_alone
        one.rest()
    # 2, 4, 8, 16 rounds are skipped; the seconds that the first poll began late cost one more
    assert polls == [0, 3, 7, 15, 31]
    assert "status 500" in str(told[0].error)
    site.replies["/rss"] = feed(K)
    clock.time += timedelta(days=1)
    one.round()
    assert titles(database) == [K.title]
    assert table(database, "feeds", "failures", "error", "not_before") == [(0, None, None)]
    assert manners.back_off(1000) == timedelta(days=1)


@pytest.mark.parametrize("retry_after", ["7200", "Sun, 01 Mar 2026 14:00:00 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_for_the_whole_host(site: Site, database: Database, status: int, retry_after: str) -> None:
    site.replies["/a"] = Reply(status=status, headers={"Retry-After": retry_after})
    site.replies["/b"] = feed(K)
    clock = Stopped()
    feeds = [site.url("/a"), site.url("/b")]
    one, told = watcher(database, feeds, clock)
    one.round()
    assert paths(site) == ["/a"]
    assert "asks to be left alone until 2026-03-01 14:00" in str(told[1].error)
    clock.time += timedelta(minutes=100)
    two, told = watcher(database, feeds, clock)  # it outlives the process
    two.round()
    assert paths(site) == []
    clock.time += timedelta(minutes=21)
    two.round()
    assert paths(site) == ["/a"]
    clock.time += timedelta(hours=5)
    site.replies["/a"] = feed(P)
    two.round()
    assert titles(database) == sorted([K.title, P.title])


@pytest.mark.parametrize("value", ["", "soon", "-5", "99999999999999999999", "Sun, 99 Mar 2026", "٧"])
def test_what_a_retry_after_may_not_do(value: str) -> None:
    found = Manners().asked(value, START)
    assert found is None or found == START + timedelta(days=7)


def test_robots_are_obeyed(site: Site, database: Database) -> None:
    site.replies["/robots.txt"] = Reply(
        b"User-agent: *\nDisallow: /\n\nUser-agent: mithaq\nDisallow: /closed/*.html$\n"
    )
    summary = "كينيا والهند تتفقان على مناورات ..."
    site.replies["/rss"] = feed(
        Item("أ", "/closed/k.html", summary=summary), Item("ب", "/closed/p.html"), Item("ج", "/open", summary="...")
    )
    site.replies["/open"] = page("ج", PERU)
    site.replies["/closed/k.html"] = page("أ", KENYA)
    site.replies["/closed/rss"] = feed(K)
    one, told = watcher(database, [site.url("/rss"), site.url("/closed/feed.html")])
    one.round()
    assert "closes it to programs" in str(told[0].error or told[1].error)
    assert paths(site) == ["/rss", "/open"]
    assert sorted(row[0] for row in table(database, "reports", "text")) == sorted([PERU, summary])
    assert table(database, "feed_entries", "title", "state") == [("أ", "kept"), ("ب", "failed"), ("ج", "kept")]
    assert "the feed's summary of it is kept instead" in " ".join(said for p in told for said in p.said)


def test_robots_are_read_once_a_day(site: Site, database: Database) -> None:
    site.replies["/rss"] = feed(K)
    clock = Stopped()
    for _ in range(3):
        watcher(database, [site.url("/rss")], clock)[0].round()
    assert site.asked.count("/robots.txt") == 1
    clock.time += timedelta(days=1, seconds=1)
    watcher(database, [site.url("/rss")], clock)[0].round()
    assert site.asked.count("/robots.txt") == 2


@pytest.mark.parametrize(
    ("reply", "open_"),
    [
        (Reply(status=404), True),
        (Reply(status=403), True),
        (Reply(b"\xff\x00<html>"), True),
        (Reply(status=503), False),
        (Reply(status=429), False),
        (Reply(b"#" * 600_000), False),
        (Reply(status=301, headers={"Location": "http://127.0.0.1:1/"}), False),
    ],
)
def test_robots_that_cannot_be_read(site: Site, database: Database, reply: Reply, open_: bool) -> None:
    """As RFC 9309 has it: without one everything is open, with one that is not to be had nothing is, for a while."""
    site.replies["/robots.txt"] = reply
    site.replies["/rss"] = feed(K)
    clock = Stopped()
    one, told = watcher(database, [site.url("/rss")], clock)
    one.round()
    assert paths(site) == (["/rss"] if open_ else [])
    assert told[0].error is None if open_ else "its robots.txt could not be read: " in str(told[0].error)
    site.replies["/robots.txt"] = Reply(status=404)
    clock.time += timedelta(hours=2)
    one.round()
    assert titles(database) == [K.title]


def test_pages_wait_while_the_robots_of_their_host_cannot_be_read(site: Site, database: Database) -> None:
    with serving() as other:
        other.replies["/robots.txt"] = Reply(status=503)
        other.replies["/k"] = page(K.title, KENYA)
        site.replies["/rss"] = conditional('"1"', feed(Item(K.title, other.url("/k"), summary="...")))
        clock = Stopped()
        one, told = watcher(database, [site.url("/rss")], clock)
        for _ in range(6):
            one.round()
        assert (told[-1].counts["waiting"], titles(database)) == (1, [])
        other.replies["/robots.txt"] = Reply(status=404)
        clock.time += timedelta(hours=1)
        one.round()
        assert titles(database) == [K.title]


def test_hosts_are_asked_slowly_and_side_by_side(site: Site, database: Database) -> None:
    """Two hosts (two names of loopback): while one is left to rest, the other is asked."""
    with serving() as other:
        other.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 5")
        for one in (site, other):
            one.replies["/rss"] = feed(*(Item(f"{n}", f"/{n}", summary=f"{n} ...") for n in range(3)))
            one.replies |= {f"/{n}": page(f"{n}", f"{PERU} {n} {one.port}") for n in range(3)}
        clock = Stopped()
        watching, _ = watcher(database, [site.url("/rss"), other.url("/rss")], clock)
        watching.round()
        assert len(titles(database)) == 6
        # 2 s after either robots.txt; then the three pages of one in the pauses of 5 s before those of the other
        assert clock.time - START == timedelta(seconds=2 + 2 + 3 * 5)


def test_a_host_that_wants_days_between_requests_gets_them(site: Site, database: Database) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 7200")
    site.replies["/rss"] = feed(*(Item(f"{n}", f"/{n}", summary="...") for n in range(2)))
    site.replies |= {f"/{n}": page(f"{n}", f"{PERU} {n}") for n in range(2)}
    clock = Stopped()
    seen = []
    for _ in range(9):
        watcher(database, [site.url("/rss")], clock)[0].round()
        seen.append(paths(site))
        clock.time += timedelta(hours=1)
    assert [len(found) for found in seen] == [1, 0, 1, 0, 1, 0, 1, 0, 1]


def test_many_pages_are_fetched_over_several_rounds(site: Site, database: Database) -> None:
    site.replies["/rss"] = conditional('"1"', feed(*(Item(f"{n}", f"/{n}", summary="...") for n in range(5))))
    site.replies |= {f"/{n}": page(f"{n}", f"{PERU} {n}") for n in range(5)}
    one, told = watcher(database, [site.url("/rss")], manners=Manners(pages=2))
    for _ in range(3):
        one.round()
    assert [p.counts["waiting"] for p in told] == [3, 1, 0]
    assert len(titles(database)) == 5


def test_a_page_that_fails_is_tried_again_and_then_given_up(site: Site, database: Database) -> None:
    items = (Item("أ", "/k", summary=KENYA), Item("ب", "/p"), Item("ج", "http://u:p@127.0.0.1/"))
    site.replies["/rss"] = conditional('"1"', feed(*items))
    clock = Stopped()
    one, told = watcher(database, [site.url("/rss")], clock, Manners(tries=3))
    for _ in range(12):
        one.round()
        clock.time += timedelta(hours=1)
    assert sorted(path for path in paths(site) if path != "/rss") == ["/k"] * 3 + ["/p"] * 3
    assert table(database, "reports", "text") == [(KENYA,)]
    assert table(database, "feed_entries", "title", "state") == [("أ", "kept"), ("ب", "failed"), ("ج", "failed")]
    assert sum(p.counts["failed"] for p in told) == 2


def test_a_page_without_an_article_is_not_asked_for_again(site: Site, database: Database) -> None:
    site.replies["/rss"] = feed(Item("أ", "/k"))
    site.replies["/k"] = Reply(b"<html><body><script>app()</script></body></html>")
    one, told = watcher(database, [site.url("/rss")])
    one.round()
    one.round()
    assert paths(site).count("/k") == 1
    assert "no article is found" in told[0].said[0]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"<html><body><p>hello</p></body></html>"), "it is no feed (give the address of an RSS or Atom feed"),
        (Reply(b""), "it is no feed"),
        (Reply(b"<rss><channel><title>a</title></channel></rss>"), "the feed has no entries"),
        (Reply(b"<rss>" + b"<a>" * 100_000), ""),
        (Reply(bytes(11_000_000)), "it is over 10 MB"),
        (Reply(status=304), "status 304"),
        (Reply(status=410), "status 410"),
        (Reply(rss(K)[:-300], headers={"Content-Length": "9999"}), ""),
    ],
)
def test_one_bad_feed_does_not_stop_the_others(site: Site, database: Database, reply: Reply, reason: str) -> None:
    def closing(handler: Any) -> Reply:
        handler.close_connection = True
        return reply

    site.replies["/bad"] = closing
    site.replies["/good"] = feed(K)
    one, told = watcher(database, [site.url("/bad"), site.url("/good")])
    one.round()
    assert reason in str(told[0].error)
    assert told[0].error
    assert titles(database) == [K.title]


def test_a_mistake_over_one_feed_or_page_does_not_stop_the_others(
    site: Site, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mithaq.readers.feeds import feed_entries as entries
    from mithaq.watch import feeds

    def wrong(answer: Any, *_: Any) -> Any:
        if answer.url.endswith(("/bad", "/k")):
            raise ZeroDivisionError("of ours")
        return entries(answer)

    monkeypatch.setattr(feeds, "feed_entries", wrong)
    monkeypatch.setattr(feeds, "read_answer", wrong)
    site.replies |= {"/bad": feed(P), "/good": feed(P, Item("أ", "/k", summary="...")), "/k": page("أ", KENYA)}
    one, told = watcher(database, [site.url("/bad"), site.url("/good")])
    one.round()
    assert "reading it failed unexpectedly: ZeroDivisionError: of ours" in str(told[0].error)
    assert told[0].url == site.url("/bad")
    assert titles(database) == [P.title]
    assert "reading it failed unexpectedly" in told[1].said[0]
    one.round()
    assert paths(site) == ["/bad", "/good", "/k", "/good"]


def test_a_feed_that_leads_into_the_private_network(site: Site, database: Database) -> None:
    from sites import Wire

    from mithaq.fetch import Fetcher
    from mithaq.watch import Watcher

    site.replies["/rss"] = feed(Item("أ", "http://169.254.169.254/latest/"), Item("ب", "http://inside.example/k"), K)
    known = {"news.example": "93.184.216.34", "inside.example": "10.0.0.1"}
    fetcher = Fetcher(resolver=lambda host, _: [known.get(host, host)], backend=Wire(site))
    one = Watcher(database, fetcher, ["http://news.example/rss"], clock=Stopped())
    one.round()
    assert paths(site) == ["/rss"]
    assert titles(database) == [K.title]
    assert table(database, "reports", "url") == [("http://news.example/k",)]
