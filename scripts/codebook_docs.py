"""The tables of ``docs/codebook.md``: ``cog -r docs/codebook.md`` writes them, ``cog --check`` compares.

They are made of ``ontology.toml``, ``codebook.toml``, the lexicon's examples and the tables of the exports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from mithaq.export.codebooks import codebooks
from mithaq.export.coding import tables
from mithaq.lexicon.cues import FRAMES, PLACES, Cue, cues
from mithaq.lexicon.tables import check_entry, check_value, load_toml_raw
from mithaq.model import Certainty, Mode, Polarity, Role, SourceKind
from mithaq.ontology import areas, statuses

FILE = "codebook.toml"
EXAMPLES = ("provisions/acts.toml", "provisions/status.toml")
SHOWN = 2
"""Examples of an area or a status."""

_SCHEMAS: dict[str, dict[str, type]] = {
    "area": {"counts": str, "not": str},
    "status": {"test": str, "not": str},
    "role": {"means": str},
    "mode": {"means": str},
    "kind": {"means": str},
    "certainty": {"means": str},
    "polarity": {"means": str},
    "frame": {"means": str},
    "place": {"means": str},
}


def values() -> dict[str, tuple[str, ...]]:
    """Every list of the codebook with the values that the program knows."""
    return {
        "area": tuple(areas()),
        "status": tuple(statuses()),
        "role": get_args(Role),
        "mode": get_args(Mode),
        "kind": get_args(SourceKind),
        "certainty": get_args(Certainty),
        "polarity": get_args(Polarity),
        "frame": FRAMES,
        "place": PLACES,
    }


def codebook() -> dict[str, dict[str, dict[str, str]]]:
    """``codebook.toml``, checked: raises DataError for an unknown list, value or key."""
    data: dict[str, Any] = load_toml_raw(FILE)
    for table, entries in data.items():
        check_value(FILE, table, "table", table, _SCHEMAS)
        for entry, fields in entries.items():
            check_value(FILE, table, "entry", entry, values()[table])
            check_entry(FILE, f"{table}.{entry}", fields, _SCHEMAS[table])
    return data


def examples() -> Iterator[dict[str, Any]]:
    """The lexicon's examples of provisions: text, area, status, parties, evidence."""
    for file in EXAMPLES:
        for fields in load_toml_raw(file).values():
            yield from fields.get("examples", ())


def area_chapters() -> str:
    """A chapter for each area."""
    written = codebook()["area"]
    return "\n\n".join(_area(name, fields, written[name]) for name, fields in areas().items())


def _area(name: str, ontology: dict[str, str], written: dict[str, str]) -> str:
    plover, dca = tables()["area"][name], codebooks()["area"].get(name, {}).get("dca")
    coded = [f"PLOVER: acts of the kind `{plover['act']}`, {_contexts(plover['contexts'])}"]
    if dca:
        coded.append(f"defence-cooperation coding: {codebooks()['dca'][dca]['name']}")
    found = [e for e in examples() if e["area"] == name]
    return "\n\n".join(
        [
            f"### {name}",
            f"{_sentence(ontology['covers'])} («{ontology['ar']}»).",
            f"**Counts.** {written['counts']}",
            f"**Not here.** {written['not']}",
            f"**In other codebooks.** {'; '.join(coded)}.",
            _examples(_varied(found, "status"), "status"),
        ]
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _contexts(names: list[str]) -> str:
    return f"context {' '.join(f'`{n}`' for n in names)}" if names else "no context"


def status_chapters() -> str:
    """A chapter for each status."""
    written = codebook()["status"]
    return "\n\n".join(_status(name, fields, written[name]) for name, fields in statuses().items())


def _status(name: str, ontology: dict[str, str], written: dict[str, str]) -> str:
    counted = Counter(entries[name]["type"] for entries in tables()["act"].values())
    types = ", ".join(f"{kind} ({n} of {counted.total()} kinds of act)" for kind, n in counted.most_common())
    return "\n\n".join(
        [
            f"### {name}",
            f"{_sentence(ontology['means'])} («{ontology['ar']}»).",
            f"**Test.** {written['test']}",
            f"**Not here.** {written['not']}",
            f"**In PLOVER.** {types}.",
            _examples(_varied([e for e in examples() if e["status"] == name], "area"), "area"),
        ]
    )


def _varied(found: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """The first examples, of different values of *by* as long as there are any."""
    first = {e[by]: e for e in reversed(found)}
    chosen = [e for e in found if e is first[e[by]]]
    return (chosen + [e for e in found if e not in chosen])[:SHOWN]


def _examples(found: Iterable[dict[str, Any]], cell: str) -> str:
    return "\n\n".join(f"> {e['text']}\n\n`{e[cell]}` · {' '.join(e['parties'])} · «{e['evidence']}»" for e in found)


def meanings(table: str) -> str:
    """The values of a short list, and what each means."""
    written = codebook()[table]
    lines = [f"| `{value}` | {written[value]['means']} |" for value in values()[table]]
    return "\n".join([f"| {table} | means |", "| --- | --- |", *lines])


def cue_kinds() -> str:
    """How cues take their content, with the cues of each kind."""
    written = codebook()
    rows = [
        (f"`{frame}`", written["frame"][frame]["means"], [c for c in cues() if frame in c.frames and c.verb])
        for frame in FRAMES
    ]
    rows += [
        (f"phrases, `{place}`", written["place"][place]["means"], [c for c in cues() if c.phrases and c.place == place])
        for place in PLACES
    ]
    lines = [f"| {kind} | {means} | {len(of)} | {'، '.join(_written(c) for c in of[:4])} |" for kind, means, of in rows]
    return "\n".join(["| kind | means | entries | such as |", "| --- | --- | --: | --- |", *lines])


def _written(cue: Cue) -> str:
    """The verb or the first phrase of a cue, as its file spells it."""
    fields = load_toml_raw(cue.file)[cue.id]
    return str(fields.get("verb") or fields["words"][0])
