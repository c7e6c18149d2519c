"""What the model is told: instructions and examples from ``data/llm``, and one piece of one report, fenced as data."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from mithaq.backends.llm.client import Message
from mithaq.backends.llm.schema import answer_schema
from mithaq.backends.pieces import Piece
from mithaq.errors import DataError
from mithaq.lexicon.tables import data_file, load_toml_raw
from mithaq.ontology import areas, organisations, statuses

_MARK = 16  # hexadecimal digits: a text cannot hold a hash of itself


@cache
def instructions() -> tuple[Message, ...]:
    """The messages before the question: the system's, and the examples as turns of a conversation."""
    found = [{"role": "system", "content": _system()}]
    for example in examples():
        found.append({"role": "user", "content": _question(example["sentences"], "")})
        found.append({"role": "assistant", "content": json.dumps(example["answer"], ensure_ascii=False)})
    return tuple(found)


def question(text: str, piece: Piece, home: str = "") -> Message:
    """The message that holds one piece of a report's *text*; *home* is the code of the outlet's state, or empty."""
    return {"role": "user", "content": _question([text[start:end] for start, end in piece.sentences], home)}


@cache
def version() -> str:
    """A hash of everything that the model is told beside the piece: it changes with prompt, examples and schema."""
    told = json.dumps([instructions(), answer_schema(), _prompt()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK]


@cache
def examples() -> tuple[dict[str, Any], ...]:
    """The examples, ``{"sentences": [...], "answer": {...}}`` each, all of them invented."""
    found = json.loads(data_file("llm/examples.json").read_text("utf-8"))
    for number, example in enumerate(found, 1):
        if not isinstance(example, dict) or set(example) != {"sentences", "answer"}:
            raise DataError(f"llm/examples.json: example {number} is wrong", 'give {"sentences": [], "answer": {}}')
    return tuple(found)


@cache
def _prompt() -> dict[str, str]:
    data = load_toml_raw("llm/prompt.toml")
    if set(data) != {"system", "question", "home"}:
        raise DataError("llm/prompt.toml: it needs system, question and home", "and nothing else")
    return data


def _system() -> str:
    listed_areas = "\n".join(f"  {name}: {about['covers']}" for name, about in areas().items())
    listed_statuses = "\n".join(f"  {name}: {about['means']}" for name, about in statuses().items())
    text = _prompt()["system"].strip()
    for name, value in (
        ("{areas}", listed_areas),
        ("{statuses}", listed_statuses),
        ("{organisations}", " ".join(sorted(organisations()))),
    ):
        text = text.replace(name, value)
    return text


def _question(sentences: list[str], home: str) -> str:
    """The sentences with their numbers, between two marks that they cannot hold; line breaks inside them are spaces."""
    text = "\n".join(f"[{n}] {' '.join(s.split())}" for n, s in enumerate(sentences, 1))
    mark = "=== " + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_MARK]
    told = _prompt()["home"].replace("{state}", home) if home else ""
    before, _, after = _prompt()["question"].strip().replace("{home}", told).replace("{mark}", mark).partition("{text}")
    return before + text + after
