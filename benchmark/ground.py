#!/usr/bin/env python3
"""Hand-written annotations, whose spans are quoted words → records with offsets; says what is wrong with them.

    python benchmark/ground.py REPORTS.jsonl DRAFT.json OUT.jsonl

DRAFT.json is a list of records in the form of the guidelines, but a span is written as a string:

    "the words of the span"              when the report has them once
    "words before [[the span]] after"    when more context is needed to tell which
    "[[the first words … the last]]"     "…" between spaces leaves out the middle

White space in a span matches any white space. A speaker is a plain string that the report holds. One message for each
fault, and exit code 1, if anything cannot be placed or is not allowed; OUT is written only without faults.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import get_args

from textfree import Json, fail, read_objects, text_of, write_objects

from mithaq.errors import InputError
from mithaq.model import Mode, Role, SourceKind
from mithaq.ontology import areas, statuses

_GAP = re.compile(r"\s…\s")
_PARTY = re.compile("[A-Z]{3}")


class DraftError(Exception):
    """Something in a draft that its annotator has to mend."""


def locate(text: str, quoted: str) -> Json:
    """The span of *text* that *quoted* means; raises :class:`DraftError` unless there is exactly one."""
    before, span, after = "", quoted, ""
    if "[[" in quoted:
        match = re.fullmatch(r"(.*?)\[\[(.+?)\]\](.*)", quoted, re.DOTALL)
        if match is None:
            raise DraftError(f"the brackets do not match in {quoted!r}")
        before, span, after = match.groups()
    if not span.strip():
        raise DraftError("a span without words")
    pattern = "".join(
        (
            _words(before),
            _white(before, span),
            f"(?P<span>{_words(span)})",
            _white(span, after),
            _words(after),
        )
    )
    found = {m.span("span") for m in re.finditer(f"(?={pattern})", text, re.DOTALL)}
    if len(found) != 1:
        raise DraftError(
            f"{quoted!r} is in the text {len(found)} times" + (": give more words around [[it]]" if found else "")
        )
    start, end = found.pop()
    return {"start": start, "end": end, "text": text[start:end]}


def _words(quoted: str) -> str:
    """A pattern for quoted words: any white space between them, and anything, as little as can be, for «…»."""
    return ".*?".join(r"\s+".join(map(re.escape, part.split())) for part in _GAP.split(quoted))


def _white(left: str, right: str) -> str:
    """White space between two parts of a quotation, where it is written on either side of the bracket."""
    written = left[-1:].isspace() or right[:1].isspace()
    return r"\s+" if written and left.strip() and right.strip() else ""


def ground(text: str, draft: Json) -> tuple[Json, list[str]]:
    """The record of one draft, and what is wrong with it, one line a fault."""
    faults: list[str] = []
    record: Json = {"id": draft.get("id"), "attributions": [], "provisions": []}
    ids = [a.get("id") for a in draft.get("attributions", [])]
    if len(set(ids)) != len(ids):
        faults.append(f"{record['id']}: two attributions with one id")
    for field, place in (("attributions", _attribution), ("provisions", _provision)):
        for item in draft.get(field, []):
            try:
                record[field].append(place(text, item, ids))
            except DraftError as error:
                faults.append(f"{record['id']} {item.get('id')}: {error}")
            except KeyError as error:
                faults.append(f"{record['id']} {item.get('id')}: the field {error} is missing")
    return record, faults


def _attribution(text: str, draft: Json, ids: Collection[str]) -> Json:
    if not draft["speaker"] or draft["speaker"] not in text:
        raise DraftError(f"the speaker {draft['speaker']!r} is not in the text")
    if draft.get("parent") is not None and (draft["parent"] not in ids or draft["parent"] == draft["id"]):
        raise DraftError(f"the parent {draft['parent']!r} is no other attribution")
    if not draft["content"]:
        raise DraftError("no content")
    return {
        "id": draft["id"],
        "cue": locate(text, draft["cue"]),
        "source": locate(text, draft["source"]) if draft.get("source") else None,
        "speaker": draft["speaker"],
        "content": [locate(text, c) for c in draft["content"]],
        "mode": _one_of(draft["mode"], get_args(Mode), "mode"),
        "parent": draft.get("parent"),
        "kind": _one_of(draft["kind"], get_args(SourceKind), "kind"),
    }


def _provision(text: str, draft: Json, ids: Collection[str]) -> Json:
    parties = sorted(set(draft["parties"]))
    if len(parties) < 2 or not all(map(_PARTY.fullmatch, parties)):
        raise DraftError(f"the parties are {draft['parties']}: give two or more codes of three capitals")
    if draft.get("attribution") is not None and draft["attribution"] not in ids:
        raise DraftError(f"there is no attribution {draft['attribution']!r}")
    return {
        "id": draft["id"],
        "evidence": locate(text, draft["evidence"]),
        "area": _one_of(draft["area"], areas(), "area"),
        "status": _one_of(draft["status"], statuses(), "status"),
        "parties": parties,
        "role": _one_of(draft.get("role", "provision"), get_args(Role), "role"),
        "attribution": draft.get("attribution"),
    }


def _one_of(value: str, allowed: Collection[str], field: str) -> str:
    if value not in allowed:
        raise DraftError(f"{field} is {value!r}: it is one of {', '.join(sorted(allowed))}")
    return value


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Annotations with quoted words → records with offsets.")
    parser.add_argument("reports", metavar="REPORTS.jsonl")
    parser.add_argument("draft", type=Path, metavar="DRAFT.json")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    options = parser.parse_args(argv)
    try:
        texts = {r.get("id"): text_of(r) for r in read_objects(options.reports)}
        drafts = json.loads(options.draft.read_text(encoding="utf-8"))
    except (InputError, OSError) as error:
        return fail(error)
    except ValueError as error:
        return fail(f"{options.draft}: not valid JSON: {error}")
    records: list[Json] = []
    faults: list[str] = []
    for draft in drafts:
        text = texts.get(draft.get("id"))
        if text is None:
            faults.append(f"{draft.get('id')}: no such report in {options.reports}")
            continue
        record, wrong = ground(text, draft)
        records.append(record)
        faults += wrong
    for fault in faults:
        fail(fault)
    if faults:
        return 1
    write_objects(options.out, records)
    print(f"{len(records)} records written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
