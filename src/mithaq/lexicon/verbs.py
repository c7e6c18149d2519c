"""The inflected forms of the verbs that the reader knows: which verb, person and tense a word may be.

The table is made by ``scripts/build_verb_forms.py`` from ``verbs.csv``; clitics have to be off before it is asked.
"""

import functools
from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a spelling as a form of a verb.

    ``kind`` is ``past``, ``present``, ``imperative``, ``active_participle``, ``active_participle_acc`` (the accusative
    without article, or a spelling that may be one), ``passive_participle`` or ``masdar``. ``person`` is 1, 2 or 3, and
    0 for participles and masdars; ``gender`` is ``m``, ``f`` or ``-``; ``number`` is ``s``, ``d`` or ``p``.
    """

    lemma: str
    kind: str
    person: int
    gender: str
    number: str
    passive: bool


@functools.cache
def _form(row: str) -> VerbForm:
    """The form that one line of the table describes, its key left off; equal lines share one object."""
    lemma, kind, person, gender, number, voice = row.split("\t")
    return VerbForm(lemma, kind, int(person), gender, number, voice == "p")


class _Table(Mapping[str, tuple[VerbForm, ...]]):
    """The table by key. A line is parsed when its key is first asked for: most keys never are."""

    def __init__(self, text: str) -> None:
        rows: dict[str, list[str]] = {}
        for line in text.splitlines()[1:]:
            key, _, row = line.partition("\t")
            if key in rows:
                rows[key].append(row)
            else:
                rows[key] = [row]
        self._rows = rows
        self._parsed: dict[str, tuple[VerbForm, ...]] = {}

    def __getitem__(self, key: str) -> tuple[VerbForm, ...]:
        if (forms := self._parsed.get(key)) is None:
            forms = self._parsed[key] = tuple(map(_form, self._rows[key]))
        return forms

    def of(self, key: str) -> tuple[VerbForm, ...]:
        """The readings, none for most words: ``get`` would raise and catch an error for each of these."""
        return self[key] if key in self._rows else ()

    def keys(self) -> KeysView[str]:
        return self._rows.keys()

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@functools.cache
def verb_forms() -> _Table:
    """Every known form by its key (see ``mithaq.lexicon.keys.fold``), each with all its readings.

    Raises FileNotFoundError if the package was installed without its data.
    """
    text = resources.files("mithaq.data").joinpath("verb_forms.tsv").read_text(encoding="utf-8")
    return _Table(text[text.index("\nkey\t") + 1 :])


def readings(key: str) -> tuple[VerbForm, ...]:
    """The readings of one folded word, clitics off, as a form of a verb; empty if it is none.

    ``readings("قالت")`` holds the third person feminine singular past of ``قال``.
    """
    return verb_forms().of(key)
