"""spaCy, GLiNER, transformers → names and subjects in characters. Each loads its model when it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from mithaq.backends.needs import require
from mithaq.backends.pieces import pieces
from mithaq.errors import BackendError
from mithaq.lexicon.tables import load_toml
from mithaq.model import EntityKind
from mithaq.stages.outside import Name, Subject

_AT_ONCE = 600  # code points for a tagger whose window is some hundred words
_SUBJECT = "nsubj"
_SURE = 0.5  # the least score of a name


class Found(NamedTuple):
    """What a tool says of a text."""

    names: tuple[Name, ...] = ()
    subjects: tuple[Subject, ...] = ()


Finder = Callable[[str], Found]


def from_spacy(doc: Any) -> Found:
    """What any spaCy ``Doc`` says: its entities that are persons or institutions, and its dependencies ``nsubj``.

    A ``Doc`` without entities or without dependencies gives only the other.
    """
    names = tuple(Name(e.start_char, e.end_char, kind) for e in doc.ents if (kind := _kind(e.label_)) is not None)
    subjects = tuple(
        Subject((t.head.idx, t.head.idx + len(t.head.text)), (t.idx, t.idx + len(t.text)))
        for t in doc
        if t.dep_.partition(":")[0] == _SUBJECT and t.head.i != t.i
    )
    return Found(names, subjects)


def spacy_finder(model: str) -> Finder:
    """A pipeline by name or path, or a ``.spacy`` file of Docs (``DocBin``), which are known again by their text."""
    spacy = require("spacy", "spacy")
    if Path(model).is_file():
        docs = {doc.text: doc for doc in _saved(spacy, model)}
        return lambda text: from_spacy(docs[text]) if text in docs else Found()
    try:
        pipeline = spacy.load(model)
    except (OSError, ValueError) as error:
        raise _unknown("spaCy pipeline", model, error) from error
    return lambda text: from_spacy(pipeline(text))


def gliner_finder(model: str) -> Finder:
    """A GLiNER model by name or path."""
    gliner = require("gliner", "gliner")
    try:
        tagger = gliner.GLiNER.from_pretrained(model)
    except (OSError, ValueError) as error:
        raise _unknown("GLiNER model", model, error) from error
    asked = [str(entry["asked"]) for entry in _labels().values()]
    kinds = {str(entry["asked"]): cast(EntityKind, kind) for kind, entry in _labels().items()}

    def tag(part: str) -> Iterator[tuple[int, int, EntityKind | None]]:
        for entity in tagger.predict_entities(part, asked, threshold=_SURE):
            yield entity["start"], entity["end"], kinds.get(entity["label"])

    return lambda text: _in_parts(text, tag)


def transformers_finder(model: str) -> Finder:
    """A token classification model by name or path."""
    transformers = require("transformers", "transformers")
    try:
        tagger = transformers.pipeline("token-classification", model=model, aggregation_strategy="simple")
    except (OSError, ValueError) as error:
        raise _unknown("token classification model", model, error) from error

    def tag(part: str) -> Iterator[tuple[int, int, EntityKind | None]]:
        for entity in tagger(part):
            if entity["score"] >= _SURE and entity.get("start") is not None:
                yield entity["start"], entity["end"], _kind(entity["entity_group"])

    return lambda text: _in_parts(text, tag)


def _in_parts(text: str, tag: Callable[[str], Iterable[tuple[int, int, EntityKind | None]]]) -> Found:
    """What a tagger says of each part of *text*, with the offsets of the whole."""
    names = {
        Name(piece.start + start, piece.start + end, kind)
        for piece in pieces(text, _AT_ONCE)
        for start, end, kind in tag(text[piece.start : piece.end])
        if kind is not None
    }
    return Found(tuple(sorted(names)))


def _saved(spacy: Any, path: str) -> Iterator[Any]:
    try:
        docs = require("spacy.tokens", "spacy").DocBin().from_disk(path)
        return cast(Iterator[Any], docs.get_docs(spacy.blank("ar").vocab))
    except Exception as error:  # of msgpack, zlib or spaCy: the file is of another kind
        raise _unknown("file of spaCy Docs", path, error) from error


def _unknown(what: str, model: str, error: Exception) -> BackendError:
    if not model:
        return BackendError(f"no {what} is named", "give --model NAME or --model PATH")
    said = " ".join(str(error).split())[:160]
    return BackendError(f"{model!r} is no {what}: {said}", "install it, or give the path to its folder")


@cache
def _labels() -> dict[str, dict[str, Any]]:
    return load_toml("neural.toml", {"labels": list, "asked": str})


def _kind(label: str) -> EntityKind | None:
    """The kind that a tagger's label means, ``None`` for those that are of no use here."""
    plain = label.upper().removeprefix("B-").removeprefix("I-")
    return next((cast(EntityKind, kind) for kind, entry in _labels().items() if plain in entry["labels"]), None)
