"""A model's answer → rows whose every span stands in the text. Nothing is believed: what does not hold is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, get_args

from mithaq.arabic.align import Aligner
from mithaq.backends.llm.placing import ABSENT, Placing
from mithaq.backends.llm.schema import SENTENCE
from mithaq.backends.pieces import Piece
from mithaq.backends.rows import without_circles
from mithaq.lexicon.party_names import arabic_names
from mithaq.model import Attribution, Certainty, Mode, Polarity, Provision, Role, SourceKind
from mithaq.ontology import areas, statuses

MOST = 400
"""Rows of one kind that a piece may give; a model that gives more repeats itself."""
UNLISTED = "values outside the lists"
PARTIES = "parties that are no codes"
REFERENCES = "references that lead nowhere"
SHAPELESS = "rows without what they need"
REPEATED = "rows given twice"
TOO_MANY = f"rows beyond {MOST} of a piece"

Row = TypeVar("Row", Attribution, Provision)
_MISSING = object()


@dataclass(slots=True)
class Rows:
    """What is left of an answer, with ids of its own (``m1``, ...); how spans were found, and what was dropped."""

    attributions: list[Attribution] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def drop(self, reason: str, number: int = 1) -> None:
        """Count what is dropped."""
        if number > 0:
            self.dropped[reason] += number


class _DroppedError(Exception):
    """A row that cannot be kept, and why."""


def ground(answer: dict[str, Any], whole: Aligner, piece: Piece, model: str) -> Rows:
    """The rows of *answer* that stand in *piece* of the text of *whole*; their ``why`` names the *model*."""
    rows = Rows()
    origin = ("backend", f"llm: {model}")
    ids: dict[str, str] = {}
    parents: list[Any] = []
    for given, placing, attribution in _kept(answer, "attributions", _attribution, whole, piece, rows):
        id = f"m{len(parents) + 1}"
        if isinstance(given.get("id"), str):
            ids.setdefault(given["id"], id)
        rows.attributions.append(replace(attribution, id=id, why=(origin, *placing.why)))
        parents.append(given.get("parent"))
    linked = [
        replace(a, parent=_reference(rows, parent, ids)) for a, parent in zip(rows.attributions, parents, strict=True)
    ]
    rows.attributions, cut = without_circles(linked)
    rows.drop(REFERENCES, cut)
    for given, placing, provision in _kept(answer, "provisions", _provision, whole, piece, rows):
        id = f"m{len(rows.provisions) + 1}"
        attribution_id = _reference(rows, given.get("attribution"), ids)
        rows.provisions.append(replace(provision, id=id, attribution=attribution_id, why=(origin, *placing.why)))
    return rows


def _kept(
    answer: dict[str, Any],
    name: str,
    make: Callable[[dict[str, Any], Placing, Rows], Row],
    whole: Aligner,
    piece: Piece,
    rows: Rows,
) -> Iterator[tuple[dict[str, Any], Placing, Row]]:
    """The rows of one kind that can be kept, each with what the model gave for it."""
    listed = answer.get(name)
    listed = listed if isinstance(listed, list) else []
    rows.drop(TOO_MANY, len(listed) - MOST)
    seen: set[Any] = set()
    for given in listed[:MOST]:
        if not isinstance(given, dict):
            rows.drop(SHAPELESS)
            continue
        placing = Placing(whole, piece, given.get(SENTENCE))
        try:
            made = make(given, placing, rows)
            if made in seen:
                raise _DroppedError(REPEATED)
        except _DroppedError as why:
            rows.drop(str(why))
            continue
        finally:
            rows.drop(ABSENT, placing.absent)
        seen.add(made)
        rows.found.update(placing.found)
        yield given, placing, made


def _attribution(given: dict[str, Any], placing: Placing, rows: Rows) -> Attribution:
    cue = placing.find("cue", given.get("cue"))
    if cue is None:
        raise _DroppedError(SHAPELESS)
    source = placing.find("source", given.get("source"), cue.start)
    speaker = placing.find_anywhere("speaker", given.get("speaker"), cue.start) or source
    contents = given.get("content")
    found = [placing.find_content(c, cue.end) for c in (contents if isinstance(contents, list) else [contents])]
    content = sorted({span for span in found if span is not None})
    if speaker is None or not content:
        raise _DroppedError(SHAPELESS)
    return Attribution(
        id="",
        cue=cue,
        source=source,
        speaker=speaker.text,
        content=tuple(content),
        mode=_listed(given, "mode", get_args(Mode)),
        parent=None,
        kind=_listed(given, "kind", get_args(SourceKind)),
        certainty=_listed(given, "certainty", get_args(Certainty), "certain"),
        polarity=_listed(given, "polarity", get_args(Polarity), "+"),
    )


def _provision(given: dict[str, Any], placing: Placing, rows: Rows) -> Provision:
    evidence = placing.find("evidence", given.get("evidence"))
    if evidence is None:
        raise _DroppedError(SHAPELESS)
    area, status = _listed(given, "area", areas()), _listed(given, "status", statuses())
    role = _listed(given, "role", get_args(Role))
    parties = given.get("parties")
    parties = parties if isinstance(parties, list) else []
    known = {p for p in parties if isinstance(p, str) and p in arabic_names()}
    rows.drop(PARTIES, sum(1 for p in parties if not isinstance(p, str) or p not in known))
    if len(known) < 2:
        raise _DroppedError(SHAPELESS)
    return Provision("", evidence, area, status, tuple(sorted(known)), role, None)


def _listed(given: dict[str, Any], name: str, allowed: Any, otherwise: Any = _MISSING) -> Any:
    """A value of a list. One that is not in it costs the row; so does none, unless it may be left out."""
    value = given.get(name, otherwise)
    if value is _MISSING:
        raise _DroppedError(SHAPELESS)
    if not isinstance(value, str) or value not in allowed:
        raise _DroppedError(UNLISTED)
    return value


def _reference(rows: Rows, given: Any, ids: dict[str, str]) -> str | None:
    """The id of the row that the model means; a row that is unknown, or was dropped, is none."""
    if given is None:
        return None
    found = ids.get(given) if isinstance(given, str) else None
    if found is None:
        rows.drop(REFERENCES)
    return found
