from __future__ import annotations

import making as make
import pytest

from mithaq.fetch import Answer
from mithaq.readers import read_answer
from mithaq.readers.feeds import Entry, feed_entries
from mithaq.readers.items import Located

URL = "https://www.almarsad.example/feeds/world.xml"


def entries(body: str) -> list[Entry]:
    return feed_entries(Answer(URL, 200, body.encode(), "application/xml"))


def atom(*parts: str, base: str = "") -> str:
    attribute = f' xml:base="{base}"' if base else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"{attribute}>{"".join(f"<entry>{p}</entry>" for p in parts)}</feed>'
    )


def test_the_same_report_as_the_reader_makes() -> None:
    first, second = entries(make.rss())
    assert (first.text, first.title, first.outlet, first.url, first.published) == (
        make.TEXT, make.TITLE, make.OUTLET, make.URL, make.PUBLISHED
    )  # fmt: skip
    located = first.located()
    assert isinstance(located, Located)
    assert located.origin
    assert (located.origin.reader, located.origin.place) == ("feed", f"{URL} > entry 1")
    assert (second.url, second.published) == ("https://almarsad.example/4712", None)


@pytest.mark.parametrize(
    ("fields", "whole"),
    [
        (f"<content>{make.TEXT}</content>", True),
        (f"<summary>{make.TEXT}</summary>", False),
        (f"<summary>{make.TEXT * 3}</summary>", True),
        (f"<summary>{make.TEXT * 3} [...]</summary>", False),
        (f"<content>{make.TEXT} […]</content>", False),
        (f"<content>{make.TEXT}...</content>", False),
        ("<title>ا</title>", False),
        ("<content src='https://news.example/1'/>", False),
    ],
)
def test_what_is_only_a_summary(fields: str, whole: bool) -> None:
    (entry,) = entries(atom(f"<id>urn:a</id>{fields}"))
    assert entry.whole is whole


@pytest.mark.parametrize(
    ("href", "base", "found"),
    [
        ("/a", "", "https://www.almarsad.example/a"),
        ("a?b=c", "", "https://www.almarsad.example/feeds/a?b=c"),
        ("//other.example/a", "", "https://other.example/a"),
        ("a", "https://other.example/b/", "https://other.example/b/a"),
        ("a", "/b/", "https://www.almarsad.example/b/a"),
        ("https://other.example/a", "/b/", "https://other.example/a"),
        ("javascript:alert(1)", "", None),
        ("mailto:a@b", "", None),
        ("http://[", "", "http://["),
    ],
)
def test_links_that_are_relative(href: str, base: str, found: str | None) -> None:
    (entry,) = entries(atom(f'<title>ا</title><link href="{href}"/>', base=base))
    assert entry.url == found


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ("https://almarsad.example/1", True),
        ("http://m.almarsad.example/1", True),
        ("https://world.almarsad.example/1", True),
        ("https://almarsad.example.other.example/1", False),
        ("https://notalmarsad.example/1", False),
        ("https://[::1/", False),
    ],
)
def test_a_feed_speaks_for_its_own_site_only(link: str, own: bool) -> None:
    (entry,) = entries(atom(f'<id>urn:a</id><link href="{link}"/><content>{make.TEXT}</content>'))
    assert entry.whole is own


def test_without_an_address_an_id_proves_nothing() -> None:
    (entry,) = entries(atom(f"<id>urn:a</id><content>{make.TEXT}</content>"))
    located = entry.located()
    assert isinstance(located, Located)
    assert not located.own_id


def test_a_page_keeps_its_own_address() -> None:
    body = make.page().encode()
    for url, kept in (
        ("https://m.almarsad.example/x", make.URL),
        ("https://other.example/x", "https://other.example/x"),
    ):
        (item,) = read_answer(Answer(url, 200, body, "text/html; charset=utf-8"))
        assert isinstance(item, Located)
        assert item.report.url == kept
        assert bool(item.notes) is (kept == url)


def test_entries_are_known_again_by_id_then_address_then_words() -> None:
    def key(*fields: str) -> str:
        (entry,) = entries(atom("".join(fields)))
        return entry.key

    title, other = "<title>ا</title>", "<title>ب</title>"
    link, id = '<link href="/a"/>', "<id>urn:a</id>"
    assert key(id, link, title) == key(id, other)
    assert key(link, title) == key(link, other, "<id>17</id>")
    assert key(title) != key(other)


def test_an_entry_that_is_there_twice_counts_once() -> None:
    first, second = entries(atom(*(f"<id>urn:{n}</id><content>{n}</content>" for n in ("a", "b", "a"))))
    assert (first.text, second.text) == ("b", "a") or (first.text, second.text) == ("a", "b")
