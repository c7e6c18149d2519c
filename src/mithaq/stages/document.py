"""The document that the stages fill: one report, and one layer a stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from mithaq.arabic.clitics import Reading
from mithaq.arabic.quotes import Quote
from mithaq.arabic.tokens import Token
from mithaq.arabic.words import Word
from mithaq.lexicon.cues import Cue
from mithaq.lexicon.names import Name
from mithaq.model import (
    Attribution,
    Certainty,
    Entity,
    EntityKind,
    Frequency,
    Mode,
    Polarity,
    Provision,
    Quantity,
    Report,
    When,
)


class Mention(NamedTuple):
    """A name or term of the lexicon in the text: token indexes of its first and last word."""

    first: int
    last: int
    name: Name
    reading: Reading


@dataclass(slots=True)
class Actor:
    """A noun phrase that names someone: a person with titles, an institution, a state, a source without a name.

    Token indexes are inclusive. *name_first* and *name_last* hold the proper name inside it, -1 if it has none.
    *titles* are the keys of its role words, by which a later «الوزير» finds it; *coreferent* how one that names nobody
    refers back («نظيره», «المصدر نفسه»).
    """

    first: int
    last: int
    kind: EntityKind
    name_first: int = -1
    name_last: int = -1
    titles: frozenset[str] = frozenset()
    state: str = ""
    feminine: bool = False
    plural: bool = False
    definite: bool = False
    office: bool = False
    coreferent: str = ""
    cited: bool = False  # the source of a statement
    oblique: bool = False  # governed by a preposition or a noun
    entity: int = -1


@dataclass(slots=True)
class Person:
    """An entity while it is being put together: see :class:`mithaq.model.Entity`."""

    kind: EntityKind
    name: str
    keys: tuple[str, ...]
    titles: frozenset[str]
    state: str
    feminine: bool
    plural: bool
    mentions: list[Actor] = field(default_factory=list)


@dataclass(slots=True)
class Statement:
    """An attribution in terms of tokens (indexes inclusive), before ids and spans are given."""

    cue: Cue
    cue_first: int
    cue_last: int
    construction: str
    sentence: int
    source: Actor | None = None
    content: list[tuple[int, int]] = field(default_factory=list)
    mode: Mode = "indirect"
    speaker: int = -1
    speaker_rule: str = ""
    parent: int = -1
    feminine: bool = False
    plural: bool = False
    first_person: bool = False
    participle: bool = False
    relative: bool = False
    conjunction: int = 0  # letters of a conjunction attached to the cue
    completed: int = -1  # the participle or «بالقول» apart from the cue that is part of it: «أضاف الوزير قائلا»
    certainty: Certainty = "certain"
    polarity: Polarity = "+"


@dataclass(slots=True, eq=False)
class Document:
    """A report and the layers that the stages have added so far; one is equal to itself alone."""

    report: Report
    home: str = ""
    tokens: list[Token] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    paragraph_starts: set[int] = field(default_factory=set)
    quotes: list[Quote] = field(default_factory=list)
    quote_of: list[int] = field(default_factory=list)
    quote_at: dict[int, Quote] = field(default_factory=dict)  # by the token of the opening mark
    mentions: dict[int, Mention] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)
    known_names: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    timed: set[int] = field(default_factory=set)
    frequencies: list[Frequency] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    attribution_ids: dict[int, str] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    provisions: tuple[Provision, ...] = ()
    by_rule: frozenset[str] = frozenset()  # the ids of the provisions that a rule gave
    layers: dict[str, object] = field(default_factory=dict)  # those of plug-ins' stages, by name

    def text(self, first: int, last: int) -> str:
        """The original characters from one token to another, inclusive."""
        return self.report.text[self.tokens[first].start : self.tokens[last].end]
