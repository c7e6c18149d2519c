"""For which state a speaker's name says that he speaks, and in which office: «وزير الدفاع الأردني» is of JOR.

The ledger keeps speakers by the fullest name of the report, which for officials mostly holds both.
"""

from __future__ import annotations

from functools import lru_cache

from mithaq.lexicon.keys import fold_phrase
from mithaq.lexicon.names import Name, name_starts

_ARTICLE = "ال"
_CODED = ("state", "organisation", "person", "institution")


@lru_cache(maxsize=20_000)
def speaks_for(name: str) -> tuple[str | None, str | None]:
    """The code of the state or organisation that *name* holds, and the id of the office; None where it has none.

    A name with several states (a president of one, envoy to another) speaks for the first.
    Offices are ids of ``roles.toml``.
    """
    keys = fold_phrase(name)
    code = office = None
    position = 0
    while position < len(keys):
        found = _longest(keys, position)
        if found is None:
            position += 1
            continue
        code = code or (found.code if found.kind in _CODED else "") or None
        office = office or (found.id if found.kind in ("role", "institution") and found.term else None)
        position += len(found.keys)
    return code, office


def _longest(keys: tuple[str, ...], position: int) -> Name | None:
    """The longest name or term at *position*; one that is seldom meant (ambiguous) only if nothing else is as long."""
    starts = name_starts(keys[position], _stem(keys[position]))
    fitting = [n for n in starts if n.kind != "outlet" and _fits(n, keys[position : position + len(n.keys)])]
    return max(fitting, key=lambda n: (len(n.keys), not n.ambiguous), default=None)


def _fits(name: Name, keys: tuple[str, ...]) -> bool:
    if name.term:
        return name.keys == tuple(map(_stem, keys))
    return name.keys == keys


def _stem(key: str) -> str:
    return key[len(_ARTICLE) :] if key.startswith(_ARTICLE) and len(key) > len(_ARTICLE) + 1 else key
