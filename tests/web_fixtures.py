"""A running reading room, and a browser to look at it with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from made import copied, hard_report, hostile_report, many_spans, put
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import serving

from mithaq.merge.update import merge_pending
from mithaq.store.database import Database, open_database

MUTED = ("responded with a status of 4", "ERR_CONNECTION_REFUSED")
"""What the browser logs of answers that refuse (tests ask for some), and once a test has stopped its server.

That the server failed is never muted."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    with open_database(str(tmp_path / "mithaq.db"), create=True) as database:
        yield database


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reading room with the reports of made.py, merged; tests only read it."""
    with open_database(str(tmp_path_factory.mktemp("site") / "mithaq.db"), create=True) as database:
        hard = hard_report()
        put(database, [hard, copied(hard, "copy", "الصدى", date(2013, 11, 16)), hostile_report(), many_spans()])
        merge_pending(database)
        with serving(database) as address:
            yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


Open = Callable[..., Page]
"""``open_page(url, lang="ar", dark=False, width=1280, ...)``: a page in a context of its own."""


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens pages; fails the test at its end if the script of one failed, or the browser refused something of it."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def heard(said: Any) -> None:
        if said.type == "error" and not any(words in said.text for words in MUTED):
            errors.append(said.text)

    def open_page(
        url: str, *, lang: str = "ar", dark: bool = False, width: int = 1280, height: int = 900, before: str = "",
        scripts: bool = True, touch: bool = False,
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            locale=lang,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            java_script_enabled=scripts,
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        if before:
            page.add_init_script(before)
        page.goto(url)
        if scripts:
            page.evaluate("document.fonts.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, "the browser complained"


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """``axe(page)``: what axe-core finds on a page that is serious or critical, a line each."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    return partial(_violations, script)


def _violations(script: str, page: Page) -> list[str]:
    page.evaluate(script)  # through the debugger, as the page's own policy would refuse a foreign script
    found = json.loads(page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(JSON.stringify)"))
    return [
        f"{v['impact']} {v['id']}: {v['help']}: {[n['target'] for n in v['nodes'][:3]]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
