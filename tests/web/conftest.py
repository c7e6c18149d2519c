"""A running reading room, and a browser to look at it with."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from mithaq.store.database import Database, open_database
from mithaq.web.app import create_app
from mithaq.web.settings import Settings

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[test]'")
from playwright.sync_api import Browser, BrowserContext, Page  # noqa: E402

WINDOW = {"width": 1280, "height": 900}


@contextmanager
def serving(database: Database, settings: Settings | None = None) -> Iterator[str]:
    """The address of a reading room on *database*, on a free port of this machine, in a thread."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(database, settings), host="127.0.0.1", port=0, log_level="warning", lifespan="on")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        thread.join(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    with open_database(str(tmp_path / "mithaq.db"), create=True) as database:
        yield database


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


Open = Callable[..., Page]
"""``open_page(url, lang="ar", dark=False, width=1280, ...)``: a page of a new context; the browser's errors are kept."""


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens pages; fails the test at its end if a script of a page did."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(
        url: str, *, lang: str = "ar", dark: bool = False, width: int = 1280, height: int = 900, before: str = ""
    ) -> Page:
        context = browser.new_context(
            locale=lang,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        if before:
            page.add_init_script(before)
        page.goto(url)
        page.evaluate("document.fonts.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, "the browser complained"
