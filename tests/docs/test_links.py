"""Every link of the documentation leads somewhere."""

from __future__ import annotations

import posixpath
import re

import pytest
from pages import PAGES, ROOT, anchors, links

EXTERNAL = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[^\s<>]*)?", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert [link for link in links(page) if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: str, link: str) -> bool:
    """Whether a file and its heading exist; of addresses of other hosts only the form is looked at."""
    if ":" in link:
        return EXTERNAL.fullmatch(link) is not None
    path, _, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if target.startswith("..") or not (ROOT / target).exists():
        return False
    return not anchor or (target.endswith(".md") and anchor in anchors(target))


def test_a_link_that_leads_nowhere_is_seen() -> None:
    wrong = [
        "nowhere.md",
        "docs/cli.md#no-such-heading",
        "../outside.md",
        "http:/x",
        "ftp://example.org/x",
        "LICENSE#x",
    ]
    assert [link for link in wrong if _leads_somewhere("README.md", link)] == []
    assert all(_leads_somewhere("docs/cli.md", link) for link in ("inputs.md", "../README.md", "#mithaq-read"))
