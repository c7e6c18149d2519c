"""The lexicon tests itself: each entry's examples must give what they say, and its counter-examples must not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mithaq.lexicon.cues import Cue, cues
from mithaq.lexicon.tables import load_toml_raw
from mithaq.model import Attribution
from mithaq.pipeline import read

PROVISION_FILES = ("provisions/acts.toml", "provisions/status.toml")
_CLOSES = {"]": "[", "}": "{", ">": "<"}
_Offsets = tuple[int, int]


class Example(NamedTuple):
    """A marked sentence taken apart: its plain text and its spans (offsets count code points of that text)."""

    text: str
    cue: _Offsets
    source: _Offsets | None
    contents: tuple[_Offsets, ...]


def parse(marked: str) -> Example:
    """Take ``[cue]``, ``{source}`` and ``<content>`` out of *marked*; raises ValueError where the marks do not fit."""
    plain: list[str] = []
    spans: dict[str, list[_Offsets]] = {"[": [], "{": [], "<": []}
    opened: dict[str, int] = {}
    for character in marked:
        if character in spans:
            if character in opened:
                raise ValueError(f"{character} is opened twice in {marked!r}")
            opened[character] = len(plain)
        elif character in _CLOSES:
            opener = _CLOSES[character]
            if opener not in opened:
                raise ValueError(f"{character} closes nothing in {marked!r}")
            spans[opener].append((opened.pop(opener), len(plain)))
        else:
            plain.append(character)
    if opened or len(spans["["]) != 1 or len(spans["{"]) > 1 or not spans["<"]:
        raise ValueError(f"needs one [cue], at most one {{source}} and a <content>, all closed: {marked!r}")
    return Example("".join(plain), spans["["][0], spans["{"][0] if spans["{"] else None, tuple(spans["<"]))


def by_entry(cue: Cue, text: str) -> list[Attribution]:
    """The attributions of *text* that the entry *cue* gave."""
    return [a for a in read(text).attributions if ("cue", f"{cue.file}: {cue.id}") in a.why]


def spans_of(found: Attribution) -> tuple[_Offsets, _Offsets | None, tuple[_Offsets, ...]]:
    """The spans of an attribution in the shape of an example's."""
    return (
        (found.cue.start, found.cue.end),
        (found.source.start, found.source.end) if found.source is not None else None,
        tuple((c.start, c.end) for c in found.content),
    )


def cue_example_holds(cue: Cue, marked: str) -> bool:
    """Whether the entry gives just the spans that its example marks; raises ValueError as :func:`parse` does."""
    example = parse(marked)
    return (example.cue, example.source, example.contents) in map(spans_of, by_entry(cue, example.text))


def provision_example_holds(example: Mapping[str, Any]) -> bool:
    """Whether the example's ``text`` gives a provision of its ``area``, ``status``, ``parties`` and ``evidence``."""
    wanted = (example["area"], example["status"], list(example["parties"]))
    return any(
        (p.area, p.status, list(p.parties)) == wanted and example["evidence"] in p.evidence.text
        for p in read(example["text"]).provisions
    )


def provision_counter_holds(fields: Mapping[str, Any], text: str) -> bool:
    """Whether *text* gives no provision of the areas of the entry's examples."""
    return not {e["area"] for e in fields["examples"]} & {p.area for p in read(text).provisions}


def wrong_examples(pack: str) -> Iterator[str]:
    """What is wrong with the cues, acts and stages of a plug-in's pack: an example each, or an entry without any."""
    mine = f"{pack}."
    for cue in cues():
        if cue.id.startswith(mine):
            yield from _wrong_cue(cue)
    for file in PROVISION_FILES:
        for name, fields in load_toml_raw(file).items():
            if name.startswith(mine):
                yield from _wrong_provision(f"{file}: {name}", fields)


def _wrong_cue(cue: Cue) -> Iterator[str]:
    where = f"{cue.file}: {cue.id}"
    if not cue.examples or not cue.counters:
        yield f"{where}: give it examples and counters"
    for marked in cue.examples:
        try:
            if not cue_example_holds(cue, marked):
                given = [f"[{a.cue.text}] <{' … '.join(c.text for c in a.content)}>" for a in _read(cue, marked)]
                yield f"{where}: {marked!r} is not read so; the entry gives {', '.join(given) or 'nothing'}"
        except ValueError as error:
            yield f"{where}: {error}"
    for text in cue.counters:
        if by_entry(cue, text):
            yield f"{where}: it gives something in {text!r}"


def _read(cue: Cue, marked: str) -> list[Attribution]:
    return by_entry(cue, parse(marked).text)


def _wrong_provision(where: str, fields: Mapping[str, Any]) -> Iterator[str]:
    if not fields.get("examples") or not fields.get("counters"):
        yield f"{where}: give it examples and counters"
        return
    for example in fields["examples"]:
        try:
            if not provision_example_holds(example):
                given = [f"{p.area}/{p.status}/{'-'.join(p.parties)}" for p in read(example["text"]).provisions]
                yield f"{where}: {example['text']!r} is not read so, but as {', '.join(given) or 'nothing'}"
        except (KeyError, TypeError):
            yield f"{where}: an example needs text, area, status, parties and evidence"
    for text in fields["counters"]:
        if not provision_counter_holds(fields, text):
            yield f"{where}: {text!r} is read as a provision of its area"
