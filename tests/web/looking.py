"""What a page shows, as soon as it has come to rest."""

from __future__ import annotations

from playwright.sync_api import Page

_WORDS = "() => [...(CSS.highlights.get('lit') || [])].map(String)"
_TRIES, _PAUSE = 60, 50


def assert_lit(page: Page, rows: list[str], why: str = "") -> None:
    """These rows of the margin are lit, and no others."""
    lit: list[str] = []
    for _ in range(_TRIES):
        lit = sorted(page.eval_on_selector_all(".row.lit", "rows => rows.map(row => row.id)"))
        if lit == rows:
            return
        page.wait_for_timeout(_PAUSE)
    assert lit == rows, why


def assert_lit_words(page: Page, words: list[str]) -> None:
    """These words of the text are lit, in whatever order, and no others."""
    lit: list[str] = []
    for _ in range(_TRIES):
        lit = page.evaluate(_WORDS)
        if sorted(lit) == sorted(words):
            return
        page.wait_for_timeout(_PAUSE)
    assert sorted(lit) == sorted(words)
