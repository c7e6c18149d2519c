"""What people type into a search box, and the same as FTS5 and PostgreSQL take it.

Words must all occur; "..." and «...» are phrases; -word leaves out; OR joins its two neighbours. Whatever else is typed
has no meaning: only the keys of words go on to a database, so that nothing typed can be wrong or do harm there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mithaq.arabic.search_keys import search_keys
from mithaq.errors import QueryError

Phrase = tuple[str, ...]
"""Search keys that follow one another; a word alone is a phrase of one."""

_MOST_LETTERS = 1000
_MOST_WORDS = 32
_HYPHENS = "-\u2212\u2013"
_PIECE = re.compile(rf'(?P<minus>[{_HYPHENS}]*)(?:«(?P<a>[^»]*)|"(?P<b>[^"]*)"?|[“„](?P<c>[^”“]*)|(?P<d>[^\s"«»“”„]+))')
_OR = "OR"


@dataclass(frozen=True, slots=True)
class Query:
    """At least one alternative of each group must occur, and nothing that is excluded may."""

    groups: tuple[tuple[Phrase, ...], ...]
    excluded: tuple[Phrase, ...] = ()

    @property
    def wanted(self) -> tuple[Phrase, ...]:
        """All that a hit may be, in the order of the query."""
        return tuple(dict.fromkeys(phrase for group in self.groups for phrase in group))

    def fts5(self) -> str:
        """The query for SQLite's MATCH."""
        found = " AND ".join("(" + " OR ".join(map(_quoted, group)) + ")" for group in self.groups)
        return f"({found}) NOT ({' OR '.join(map(_quoted, self.excluded))})" if self.excluded else found

    def tsquery(self) -> str:
        """The query as the text of a PostgreSQL ``tsquery``."""
        found = [" | ".join(map(_followed, group)) for group in self.groups]
        found += [f"!{_followed(phrase)}" for phrase in self.excluded]
        return " & ".join(f"({part})" for part in found)


def parse_query(words: str) -> Query:
    """What *words* asks for.

    Raises :class:`~mithaq.errors.QueryError` if they hold no word to look for, or more than 32.
    """
    if len(words) > _MOST_LETTERS:
        raise QueryError(f"the search is {len(words):,} characters long", f"use at most {_MOST_LETTERS:,}")
    groups: list[list[Phrase]] = []
    excluded: list[Phrase] = []
    joins = False
    for piece in _PIECE.finditer(words):
        said = next(text for text in piece.group("a", "b", "c", "d") if text is not None)
        if said == _OR and piece["d"] and not piece["minus"]:
            joins = bool(groups)
            continue
        phrase = tuple(search_keys(said))
        if not phrase:
            continue
        if piece["minus"]:
            excluded.append(phrase)
        elif joins:
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
        joins = False
    if not groups:
        hint = "-WORD only leaves out: add a word to look for" if excluded else "give a word of Arabic, or a name"
        raise QueryError("there is nothing to search for", hint)
    count = sum(len(phrase) for phrase in (*excluded, *(p for group in groups for p in group)))
    if count > _MOST_WORDS:
        raise QueryError(f"the search holds {count} words", f"use at most {_MOST_WORDS}")
    return Query(tuple(map(tuple, groups)), tuple(excluded))


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'


def _followed(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{key}'" for key in phrase) + ")"
