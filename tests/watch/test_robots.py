from __future__ import annotations

import time

import pytest

from mithaq.watch.robots import Rules

AT = "http://news.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Mithaq\nDisallow: /b", "/a", True),
        ("User-agent: Mithaq/1.0\nDisallow: /", "/a", False),
        ("User-agent: x\nUser-agent: y\nUser-agent: mithaq # this\nUser-agent: z\nDisallow: /a", "/a", False),
        ("User-agent: mithaq\nDisallow: /a\nUser-agent: x\nDisallow: /b", "/b", True),
        ("User-agent: x\nCrawl-delay: 1\nUser-agent: mithaq\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longest rule counts, not the first
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?c", True),
        ("User-agent: *\nDisallow: /أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", False),
        ("<html>User-agent: *\nDisallow: /</html>", "/a", True),
    ],
)
def test_what_is_allowed(text: str, path: str, allowed: bool) -> None:
    assert Rules(text).allow(AT + path) is allowed


@pytest.mark.parametrize(("given", "delay"), [("5", 5.0), ("0.5", 0.5), ("-1", 0.0), ("nan", 0.0), ("soon", 0.0)])
def test_the_pace(given: str, delay: float) -> None:
    assert Rules(f"User-agent: *\nCrawl-delay: {given}").delay == delay


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /a*b\n" * 15_000,
        "User-agent: a\n" * 15_000 + "User-agent: *\n" + "Disallow: /a*b\n" * 15_000,
        "User-agent: *\nDisallow: /" + "a*" * 250_000,
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*b$\n" * 15_000,
        "User-agent:" * 45_000,
        "User-agent: *\nDisallow: /%" * 15_000,
        ":" * 500_000,
        " " * 500_000,
    ],
    ids=[
        "many names",
        "one name often",
        "one long pattern",
        "many patterns",
        "no end of a line",
        "per cent",
        "colons",
        "spaces",
    ],
)
def test_rules_that_are_made_to_take_long(text: str) -> None:
    start = time.process_time()
    Rules(text).allow(f"{AT}/{'a' * 3000}")
    assert time.process_time() - start < 5
