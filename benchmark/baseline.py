#!/usr/bin/env python3
"""A plain baseline: regular expressions over the words of ``baseline.toml``, to tell what little effort gives.

    python benchmark/baseline.py restored/validation_reports.jsonl > baseline.jsonl

An attribution is a listed verb, its source the words up to أن, its content what follows up to the end of the sentence;
the speaker is the source. A provision is a listed word of an area between two states: its parties are the two states
named nearest, its status the area's most frequent one; an area and two parties give one row a report.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from textfree import fail

from mithaq.errors import InputError
from mithaq.lexicon.tables import load_csv
from mithaq.model import Attribution, Provision, Record, Report, Span
from mithaq.readers import SetAside, read_reports

DATA = Path(__file__).with_suffix(".toml")
REACH = 200
"""How far from an act, in characters, its parties may be named."""
_LONGEST_SOURCE = 12  # words
_NAMES = ("name", "capital", "demonym")
_FOLD = str.maketrans("أإآٱىة", "اااايه")  # one character for one, so that offsets stay
_SENTENCE_END = r"(?=[.!؟?\n]|$)"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words or phrases, the longest first."""
    folded = sorted({w.translate(_FOLD) for w in words}, key=lambda w: (-len(w), w))
    return "|".join(r"\s+".join(map(re.escape, w.split())) for w in folded)


@cache
def _statement() -> re.Pattern[str]:
    data = _data()
    between = rf"(?:\s+(?:{_any_of(data['between'])}))?"
    return re.compile(
        rf"(?<!\w)[وف]?(?P<cue>{_any_of(data['verbs'])}){between}"
        rf"(?:\s+(?P<source>\w+(?:\s+\w+){{0,{_LONGEST_SOURCE - 1}}}?))??{between}"
        rf"\s+(?:{_any_of(data['that'])})\s+(?P<content>[^\n.!؟?]*[^\s.!؟?]){_SENTENCE_END}"
    )


@cache
def _acts() -> list[tuple[str, str, re.Pattern[str]]]:
    return [
        (area, entry["status"], re.compile(rf"(?<!\w)[وف]?[بكل]?(?:ال|ل)?(?P<act>{_any_of(entry['words'])})(?!\w)"))
        for area, entry in _data()["area"].items()
    ]


@cache
def _states() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for every state's name, capital and demonym, and the code that each stands for."""
    codes: dict[str, str] = {}
    for row in load_csv("states.csv", ("code", "kind", "value", "note")):
        if row["kind"] in _NAMES and row["note"] != "ambiguous":
            codes.setdefault(" ".join(row["value"].translate(_FOLD).split()), row["code"])
    return re.compile(rf"(?<!\w)[وف]?[بكل]?(?:ال|ل)?(?P<state>{_any_of(codes)})(?:ه|ين|ان|ون)?(?!\w)"), codes


def read(report: Report) -> Record:
    """The baseline's record of a report."""
    attributions = tuple(_attributions(report.text))
    return Record(report.id, attributions, tuple(_provisions(report.text, attributions)))


def _attributions(text: str) -> Iterator[Attribution]:
    speaker = ""
    for number, match in enumerate(_statement().finditer(text.translate(_FOLD)), 1):
        source = Span.of(text, *match.span("source")) if match["source"] else None
        speaker = source.text if source else speaker
        cue, content = (Span.of(text, *match.span(name)) for name in ("cue", "content"))
        yield Attribution(f"a{number}", cue, source, speaker, (content,), "indirect", None, "named")


def _provisions(text: str, attributions: Iterable[Attribution]) -> Iterator[Provision]:
    folded = text.translate(_FOLD)
    pattern, codes = _states()
    states = [(m.start("state"), codes[" ".join(m["state"].split())]) for m in pattern.finditer(folded)]
    rows: set[tuple[str, tuple[str, ...]]] = set()
    for area, status, act in _acts():
        for match in act.finditer(folded):
            parties = _nearest(states, match.start("act"))
            if len(parties) < 2 or (area, parties) in rows:
                continue
            rows.add((area, parties))
            evidence = Span.of(text, *match.span("act"))
            holder = next((a.id for a in attributions if _holds(a, evidence)), None)
            yield Provision(f"p{len(rows)}", evidence, area, status, parties, "provision", holder)


def _nearest(states: Iterable[tuple[int, str]], place: int) -> tuple[str, ...]:
    """The codes of the two different states that are named nearest to *place*, fewer if they are too far."""
    found: list[str] = []
    for start, code in sorted(states, key=lambda s: abs(s[0] - place)):
        if abs(start - place) <= REACH and code not in found:
            found.append(code)
    return tuple(sorted(found[:2]))


def _holds(attribution: Attribution, evidence: Span) -> bool:
    return any(c.start <= evidence.start and evidence.end <= c.end for c in attribution.content)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="The records of a plain baseline, one JSON object a line.")
    parser.add_argument("reports", metavar="REPORTS.jsonl")
    try:
        for item in read_reports([parser.parse_args(argv).reports]):
            if isinstance(item, SetAside):
                raise InputError(str(item))
            print(json.dumps(read(item.report).to_dict(), ensure_ascii=False))
    except InputError as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
