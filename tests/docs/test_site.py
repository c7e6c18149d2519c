"""The site builds without a warning, holds every page, and asks nothing of other hosts."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from pages import PAGES, ROOT
from playwright.sync_api import Browser, Request
from site_pages import PAGES as OUTSIDE
from site_pages import on_page_markdown

FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "link": "href",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; fails if building it warns of anything."""
    folder = tmp_path_factory.mktemp("site")
    warned: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warned.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder)))
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    assert warned == []
    return folder


class _Fetches(HTMLParser):
    """What a browser fetches by itself for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (name := FETCHED.get(tag)) and given.get(name):
            self.found.append(str(given[name]))
        if given.get("srcset"):
            self.found.append(str(given["srcset"]))


def test_nothing_is_fetched_from_other_hosts(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) >= len(PAGES)
    foreign: list[tuple[str, str]] = []
    for page in pages:
        parser = _Fetches()
        parser.feed(page.read_text("utf-8"))
        assert parser.found
        foreign += [(page.name, link) for link in parser.found if re.match(r"(https?:)?//", link)]
    for sheet in site.rglob("*.css"):
        loads = re.findall(r"(?:url\(|@import\s)\s*[\"']?((?:https?:)?//[^\"')]+)", sheet.read_text("utf-8"))
        foreign += [(sheet.name, link) for link in loads]
    assert foreign == []


def test_every_page_and_picture_is_there(site: Path) -> None:
    for page in PAGES:
        name = OUTSIDE.get(page, page.removeprefix("docs/"))
        assert (site / name).with_suffix(".html").is_file(), page
    assert (site / "examples" / "figures.ipynb").is_file()
    assert (site / "assets" / "fonts" / "IBMPlexSansArabic-Regular.ttf").stat().st_size > 10_000
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.stat().st_size < 150_000
        assert (site / "pictures" / picture.name).is_file()


def test_it_is_read_and_searched_from_the_disk(site: Path, browser: Browser) -> None:
    """Opened without a server and without a network: fonts, direction, search."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []

    def heard(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "about:", "blob:")):
            asked.append(request.url)

    page.on("request", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "index.html").as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Arabic\"', 'ميثاق')")
    assert page.eval_on_selector("blockquote", "quotation => getComputedStyle(quotation).direction") == "rtl"
    for words in ("مناورات", "overdue"):
        page.fill("input.md-search__input", words)
        page.focus("input.md-search__input")
        page.keyboard.press("End")
        found = page.locator(".md-search-result__item").first
        found.wait_for(timeout=30_000)
        page.fill("input.md-search__input", "")
        page.keyboard.press("End")
        page.locator(".md-search-result__item").first.wait_for(state="detached", timeout=30_000)
    context.close()
    assert (asked, errors) == ([], [])


@pytest.mark.parametrize(
    ("written", "turned"),
    [
        ("[x](../../NOTICE)", "[x](../notice.md)"),
        ("[`y`](../../corpus/README.md#a)", "[`y`](../corpus.md#a)"),
        ("![z](../pictures/report.webp)", "![z](../pictures/report.webp)"),
        ("[code](../../src/mithaq/model.py)", "code"),
        ("[web](https://example.org/a) [here](#there)", "[web](https://example.org/a) [here](#there)"),
        ("```\n[x](../../NOTICE)\n```", "```\n[x](../../NOTICE)\n```"),
    ],
)
def test_links_are_turned_for_the_site(written: str, turned: str) -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="how-to/paper.md"))
    assert on_page_markdown(written, page) == turned


def test_a_link_that_leads_nowhere_stops_the_build() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"))
    with pytest.raises(PluginError, match=r"README\.md: there is no nowhere\.md"):
        on_page_markdown("[x](nowhere.md)", page)
