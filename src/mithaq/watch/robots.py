"""The rules of a ``robots.txt`` (RFC 9309) for this program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from protego import Protego

NAME = "mithaq"
"""What rules for this program are addressed to."""
_OTHER = "another"
_AGENT = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_RULE = re.compile(r"\s*[^\s#]")


class Rules:
    """What a host allows; *text* is its robots.txt, empty if it has none."""

    def __init__(self, text: str = "") -> None:
        self._parsed = Protego.parse("\n".join(_few_agents(text)))

    def allow(self, url: str) -> bool:
        """Whether this program may fetch *url*."""
        return self._parsed.can_fetch(url, NAME)

    @property
    def delay(self) -> float:
        """The seconds between two requests that the host asks for; 0 if it does not."""
        return self._parsed.crawl_delay(NAME) or 0.0


def _few_agents(text: str) -> Iterator[str]:
    """The lines of *text* with all other programs under one name, once in each group.

    The parser gives every program of a group each of its rules: 20,000 names and as many rules would fill the memory.
    """
    group: set[str] = set()
    for line in text.splitlines():
        if found := _AGENT.match(line):
            given = found[1].strip().lower()
            name = given.partition("/")[0].replace("*", "").strip()  # some write a version behind it
            name = given if given == "*" else name if name and NAME.startswith(name) else _OTHER
            if name not in group:
                group.add(name)
                yield f"User-agent: {name}"
        else:
            if _RULE.match(line):
                group.clear()
            yield line
