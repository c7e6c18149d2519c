"""What the pages say, in English and Arabic: ``data/web.toml``, ``web_counts.toml``, and the labels that tables use."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Literal

from mithaq.errors import QueryError
from mithaq.ledger.rules import ledger_rules
from mithaq.lexicon.party_names import arabic_names
from mithaq.lexicon.tables import load_csv, load_toml
from mithaq.ontology import areas, statuses
from mithaq.query.words import party_code
from mithaq.web.messages import in_arabic

Lang = Literal["en", "ar"]
LANGS: tuple[Lang, ...] = ("ar", "en")
FORMS = {"en": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}
"""The forms that a language has for things with a number (CLDR's plural rules)."""


@cache
def _labels() -> dict[str, dict[str, str]]:
    schema = {"en": str, "ar": str}
    return {**load_toml("labels.toml", schema), **load_toml("web.toml", schema)}


@cache
def _counts() -> dict[str, dict[str, str]]:
    return load_toml("web_counts.toml", {f"{lang}_{form}": str for lang in LANGS for form in FORMS[lang]})


@cache
def _english() -> dict[str, str]:
    return {row["code"]: row["name"] for row in load_csv("export/names.csv", ("code", "name"))}


class Labels:
    """The words of one language; templates call its methods."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.dir = "rtl" if lang == "ar" else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """The label of a key with its blanks filled; the key itself if there is no such label."""
        label = _labels().get(key, {}).get(self.lang, key)
        return label.format(**values) if values else label

    def count(self, key: str, number: int) -> str:
        """So many of something, in the form that the number asks for: «3 أخبار», «11 خبرا»."""
        return _counts()[key][f"{self.lang}_{_form(self.lang, number)}"].format(n=f"{number:,}")

    def said(self, message: str) -> str:
        """What an error says, in this language; in English as it was raised."""
        return in_arabic(message) if self.lang == "ar" else message

    def area(self, area: str) -> str:
        """An area's label."""
        return areas().get(area, {}).get(self.lang, area)

    def status(self, status: str) -> str:
        """A status's label."""
        return statuses().get(status, {}).get(self.lang, status)

    def ledger(self, table: str, key: str) -> str:
        """What the ledger calls a rule, a step, a contradiction or a follow-up (``data/ledger.toml``)."""
        return ledger_rules().names[table][key][self.lang]

    def party(self, code: str) -> str:
        """A state's or organisation's name."""
        names = arabic_names() if self.lang == "ar" else _english()
        return names.get(code, code)

    def party_field(self, code: str) -> str:
        """What stands for a party in a field: its name, or its code where two parties bear the name."""
        name = self.party(code)
        try:
            return name if party_code(name) == code else code
        except QueryError:
            return code

    def party_given(self, given: str) -> str:
        """The name of a party that an address gives by code or name; what it gives if nobody is called so."""
        try:
            return self.parties([party_code(one) for one in given.split(",") if one.strip()])
        except QueryError:
            return given

    def parties(self, codes: tuple[str, ...] | list[str]) -> str:
        """Several names."""
        return ("، " if self.lang == "ar" else ", ").join(map(self.party, codes))

    def day(self, day: date | None) -> str:
        """A day in ISO 8601, which reads the same in both languages; nothing for none."""
        return day.isoformat() if day else ""

    def moment(self, moment: datetime | None) -> str:
        """A time (UTC) to the minute, left to right whatever stands around it."""
        return f"\u2066{moment:%Y-%m-%d %H:%M}\u2069" if moment else ""

    def isolate(self, name: str | None) -> str:
        """A name within a sentence, in its own direction (Unicode's first strong isolate)."""
        return f"\u2068{name or ''}\u2069"


@cache
def labels(lang: Lang) -> Labels:
    """The words of *lang*."""
    return Labels(lang)


def _form(lang: Lang, number: int) -> str:
    if lang == "en":
        return "one" if number == 1 else "other"
    if number <= 2:
        return ("zero", "one", "two")[number]
    last = number % 100
    return "few" if 3 <= last <= 10 else "many" if last >= 11 else "other"
