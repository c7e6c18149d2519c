"""Words of time, number, measure and money: every phrase of three data files, found by its first look-up key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from mithaq.errors import DataError
from mithaq.lexicon.keys import fold_phrase
from mithaq.lexicon.tables import check_value, load_toml_arrays

TIME, NUMBERS, CURRENCIES = FILES = ("time.toml", "numbers.toml", "currencies.toml")
CALENDARS = ("gregorian", "hijri")

# The lists that may hold an entry's words; the list in which a phrase stands is its form.
FORMS = ("words", "one", "two", "both", "many", "rate", "led", "unsure", "dated", "bound", "teen", "either", "sign")
_NEIGHBOURS = ("after", "before")
_SCHEMA: dict[str, type] = {
    "id": str,
    "number": int,
    "value": int,
    "calendar": str,
    "default": str,
    "coin": str,
    "state": str,
    **dict.fromkeys((*FORMS, *_NEIGHBOURS), list),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One phrase of an entry: the array (*kind*) and *id* it has in the data, and the list (*form*) it stands in.

    *number* is the entry's ``number`` or ``value``: a month's or weekday's place, days from publication, a cardinal.
    """

    kind: str
    id: str
    form: str
    number: int
    calendar: str
    keys: tuple[str, ...]


@cache
def _tables(file: str) -> dict[str, list[dict[str, Any]]]:
    data = load_toml_arrays(file, _SCHEMA)
    for array, entries in data.items():
        for fields in entries:
            name = f"{array}.{fields['id']}"
            if "calendar" in fields:
                check_value(file, name, "calendar", fields["calendar"], CALENDARS)
            if array != "issue" and not any(form in fields for form in (*FORMS, *_NEIGHBOURS)):
                raise DataError(f"{file}: entry {name!r} has no words", f"give it one of {', '.join(FORMS)}")
    return data


@cache
def terms() -> dict[str, tuple[Term, ...]]:
    """First look-up key → the phrases that begin with it; raises :class:`~mithaq.errors.DataError` for wrong data."""
    found: dict[str, dict[Term, None]] = {}
    for file in FILES:
        for kind, entries in _tables(file).items():
            for fields in entries:
                for form in FORMS:
                    for phrase in fields.get(form, ()):
                        keys = fold_phrase(phrase)
                        if not keys:
                            raise DataError(f"{file}: entry '{kind}.{fields['id']}' has an empty word in {form!r}")
                        number = fields.get("number", fields.get("value", 0))
                        term = Term(kind, fields["id"], form, number, fields.get("calendar", ""), keys)
                        found.setdefault(keys[0], {})[term] = None
    return {key: tuple(by_key) for key, by_key in found.items()}


@cache
def neighbours(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """The keys before and after which a word of that ``block`` entry is no time."""
    for fields in _tables(TIME)["block"]:
        if fields["id"] == kind:
            after, before = (frozenset(k for w in fields.get(n, ()) for k in fold_phrase(w)) for n in _NEIGHBOURS)
            return after, before
    raise DataError(f"{TIME}: no entry 'block.{kind}'")


@cache
def issues() -> dict[tuple[str, str], str]:
    """(coin, state) → ISO 4217 code; the state is "" for what a coin is when nothing says whose it is."""
    data = _tables(CURRENCIES)
    coins = {c["id"]: c.get("default", "") for c in data["coin"]}
    found = {(coin, ""): code for coin, code in coins.items() if code}
    states = [n["id"] for n in data["nationality"]]
    for fields in data["issue"]:
        name = f"issue.{fields['id']}"
        check_value(CURRENCIES, name, "coin", fields.get("coin", ""), coins)
        check_value(CURRENCIES, name, "state", fields.get("state", ""), states)
        found[fields["coin"], fields["state"]] = fields["id"]
    return found
