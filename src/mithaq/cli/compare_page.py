"""The page of a comparison: one file of HTML that asks for nothing else, in Arabic and English at once.

Marks never put an element around characters: ``marks.js`` of the reading room paints them (see there).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from mithaq.cli.compare_rows import score_columns, score_rows
from mithaq.evaluation.comparing import Cell, Item, Row
from mithaq.evaluation.comparison import Compared, Totals
from mithaq.evaluation.matching import characters
from mithaq.lexicon.tables import load_toml
from mithaq.model import Attribution, Record, Span
from mithaq.ontology import areas, statuses
from mithaq.web.reading import paragraphs

_STATIC = files("mithaq").joinpath("web", "static")
_STYLES = ("reading.css", "compare.css")
_SCRIPTS = ("marks.js", "compare.js")
_MARKS = ("cue", "source", "content", "evidence", "apart")
_LISTED = 50
"""How many reports that only one file has are named."""
_WORDED = ("mode", "kind", "certainty", "role")
_FACTS = ("both", "a", "b", "gold", "differ")


@dataclass(frozen=True, slots=True)
class Names:
    """What the page calls the files; *gold* is empty where there is none."""

    a: str
    b: str
    gold: str = ""


@cache
def _labels() -> dict[str, dict[str, str]]:
    schema: dict[str, type] = {"en": str, "ar": str}
    found = {**load_toml("labels.toml", schema)}
    found |= {f"area.{area}": label for area, label in areas().items()}
    return found | {f"status.{status}": label for status, label in statuses().items()}


def words(key: str) -> str:
    """A label in both languages; the page shows one of them."""
    label = _labels().get(key, {})
    return "".join(f'<span class="{x}" lang="{x}">{escape(label.get(x, key))}</span>' for x in ("ar", "en"))


def head(names: Names, totals: Totals, lang: str, shown: int) -> Iterator[str]:
    """The page up to its reports: how much agrees, and the switches."""
    style = "".join(_STATIC.joinpath(name).read_text("utf-8") for name in _STYLES)
    allowed = f"default-src 'none'; script-src {_hash(_script())}; style-src {_hash(style)}"
    title = escape(_labels()["compare_title"][lang])
    direction = "rtl" if lang == "ar" else "ltr"
    yield (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(allowed)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n<header><h1>{words('compare_title')}</h1>"
        f'<button type="button" data-language>{words("other_language")}</button></header>\n'
        f'<p class="quiet">{words("compare_what")}</p>\n'
    )
    sides = [("a", names.a), ("b", names.b), *([("gold", names.gold)] if names.gold else [])]
    yield f'<ul class="sides">{"".join(f"<li><b>{words(k)}</b> {_bdi(name)}</li>" for k, name in sides)}</ul>\n'
    facts = [(f"reports_{k}", totals.reports[k]) for k in _FACTS if k != "gold" or names.gold]
    yield f'<dl class="counts">{"".join(f"<div><dt>{words(k)}</dt><dd>{n:,}</dd></div>" for k, n in facts)}</dl>\n'
    yield from _scores(totals, bool(names.gold))
    yield from _cells(totals, bool(names.gold))
    yield f"<h2>{words('differences')}</h2>\n"
    if totals.reports["differ"] > shown:
        yield f'<p class="quiet">{words("shown_of")} {shown:,} / {totals.reports["differ"]:,}</p>\n'
    boxes = "".join(
        f'<label><input type="checkbox" checked data-kind="{kind}" autocomplete="off"> '
        f'<span class="sample mark-{kind}">{words(f"mark_{kind}")}</span></label>'
        for kind in _MARKS
    )
    yield (
        f'<fieldset class="kinds"><legend>{words("marks")}</legend>{boxes}<label><input type="checkbox" data-agreeing '
        f'autocomplete="off"> {words("rows_agreeing")}</label></fieldset>\n'
    )
    if not shown:
        yield f"<p>{words('no_difference')}</p>\n"


def note(alone: list[str], id: str) -> None:
    """Remember a report that only one file has, as many as the page names and one more."""
    if len(alone) <= _LISTED:
        alone.append(id)


def foot(alone: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The end of the page: the reports that only one file has, by side, and the scripts."""
    if any(alone.values()):
        yield f"<h2>{words('only_in_one')}</h2>\n"
    for side, ids in alone.items():
        if ids:
            more = f" {words('and_more')}" if len(ids) > _LISTED else ""
            named = " · ".join(map(_bdi, ids[:_LISTED]))
            yield f'<p class="sides"><b>{words(f"only_{side}")}</b> <span>{named}{more}</span></p>\n'
    yield f"</main>\n<script>{_script()}</script>\n</body>\n</html>\n"


def report(compared: Compared, text: str | None, names: Names, *, first: bool) -> Iterator[str]:
    """One report: both readings on its text, and its rows; the *first* one is open."""
    record = compared.a or compared.b
    assert record
    facts = [record.id, record.outlet, record.published.isoformat() if record.published else None]
    differing = sum(not row.agrees for row in compared.rows)
    yield (
        f'<details class="report"{" open" if first else ""}><summary><b>{_bdi(record.title or record.id)}</b>'
        f'<span class="quiet">{" · ".join(_bdi(f) for f in facts if f)} · {words("differences")} {differing}</span>'
        "</summary>\n"
    )
    if text is None:
        yield f'<p class="notice">{words("text_missing")}</p>\n'
    elif not _fits(text, compared.a, compared.b):
        yield f'<p class="notice">{words("text_other")}</p>\n'
    else:
        lines = "".join(f'<p data-start="{p.start}" dir="{p.dir}">{escape(p.text)}</p>' for p in paragraphs(text))
        yield '<div class="pair">\n'
        for side, name in (("a", names.a), ("b", names.b)):
            yield (
                f'<section class="side"><h3>{words(side)} <span class="quiet">{_bdi(name)}</span></h3>'
                f'<div class="text" lang="ar" dir="rtl" data-side="{side}">{lines}</div></section>\n'
            )
        yield "</div>\n"
    yield '<ol class="rows">\n'
    for row in compared.rows:
        yield from _row(row)
    yield "</ol>\n</details>\n"


def _fits(text: str, *records: Record | None) -> bool:
    """Whether *text* is the one that the records' spans are of."""
    for record in filter(None, records):
        spans = [s for a in record.attributions for s in (a.cue, *a.content)] + [p.evidence for p in record.provisions]
        if any(text[s.start : s.end] != s.text for s in spans):
            return False
    return True


def _row(row: Row) -> Iterator[str]:
    worst = next((c for c in row.cells if c.same not in ("same", "near")), None)
    tag = worst.same if worst else "same" if all(c.same == "same" for c in row.cells) else "near"
    a, b = _marks(row.a, row.b), _marks(row.b, row.a)
    if not a and not b:
        a = b = f"lost:{row.at.start}-{row.at.end}"
    kind = f"<b>{words(row.kind)}</b>"
    yield (
        f'<li class="row{" agrees" if row.agrees else ""}" tabindex="0" data-a="{a}" data-b="{b}"><p class="row-title">'
        f'{kind}<bdi lang="ar">«{escape(row.at.text)}»</bdi> <span class="tag {tag}">{words(tag)}</span></p>'
    )
    for cell in row.cells:
        if cell.same != "same" or cell.right in ("a", "b", "neither"):
            yield _cell(cell, whole=cell.name == row.kind and row.cells == (cell,))
    yield "</li>\n"


def _cell(cell: Cell, *, whole: bool) -> str:
    """Both sides of a cell; the *whole* of a row is named in its title."""
    right = f' <span class="tag">{words(f"right_{cell.right}")}</span>' if cell.right else ""
    gold = f'<p class="gold"><b>{words("gold")}</b> {_value(cell.name, cell.gold)}</p>' if cell.gold else ""
    sides = "".join(
        f"<p><b>{words(side)}</b> {_value(cell.name, value)}</p>" for side, value in (("a", cell.a), ("b", cell.b))
    )
    name = "" if whole else f'{words(cell.name)} <span class="tag {cell.same}">{words(cell.same)}</span>'
    return f'<div class="cell"><span class="cell-name">{name}{right}</span>{sides}{gold}</div>'


def _value(cell: str, value: str) -> str:
    key = f"{cell}.{value}" if cell in ("area", "status") else value
    if (cell in _WORDED or key != value) and key in _labels():
        return words(key)
    return " | ".join(map(_bdi, value.split(" | ")))  # each in its own direction: codes, speaker, cue, content


def _bdi(text: str) -> str:
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def _marks(item: Item | None, other: Item | None) -> str:
    """The spans of one side's row, by kind; ``apart`` are the characters that the other side's row has not."""
    theirs = _spans(other)
    found: list[str] = []
    for kind, spans in _spans(item).items():
        found += (f"{kind}:{s.start}-{s.end}" for s in spans)
        lacking = characters(spans) - characters(theirs.get(kind, ()))
        found += (f"apart:{start}-{end}" for start, end in _runs(sorted(lacking)))
    return " ".join(found)


def _spans(item: Item | None) -> dict[str, tuple[Span, ...]]:
    if item is None:
        return {}
    if isinstance(item, Attribution):
        return {"cue": (item.cue,), "source": (item.source,) if item.source else (), "content": item.content}
    return {"evidence": (item.evidence,)}


def _runs(offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Offsets in order → the ranges that they fill."""
    start = end = -1
    for offset in offsets:
        if offset != end:
            if start >= 0:
                yield start, end
            start = offset
        end = offset + 1
    if start >= 0:
        yield start, end


def _scores(totals: Totals, gold: bool) -> Iterator[str]:
    rows = [
        f'<tr><th scope="row">{_ltr(name)}</th>{"".join(f"<td>{_ltr(value)}</td>" for value in values)}</tr>'
        for name, *values in score_rows(totals, gold)
    ]
    yield from _table("totals_scores", ["metric", *score_columns(gold)], rows)


def _ltr(text: str) -> str:
    return f'<bdi dir="ltr">{escape(text)}</bdi>'


def _cells(totals: Totals, gold: bool) -> Iterator[str]:
    rows: list[str] = []
    for total in totals.cells():
        numbers = [f"{n:,}" for same, n in total.same.items() if same != "gold_only" or gold]
        numbers += [f"{total.agreement:.3f}", *(f"{n:,}" for n in total.right.values() if gold)]
        name = words(total.kind) + (f": {words(total.cell)}" if total.cell != total.kind else "")
        rows.append(f'<tr><th scope="row">{name}</th>{"".join(f"<td>{n}</td>" for n in numbers)}</tr>')
    first = totals.cells()[0]
    columns = [same for same in first.same if same != "gold_only" or gold]
    rights = [f"right_{right}" for right in first.right] if gold else []
    yield from _table("totals_cells", ["cell", *columns, "agreement", *rights], rows)


def _table(title: str, columns: Sequence[str], rows: Sequence[str]) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{words(column)}</th>' for column in columns)
    yield (
        f'<h2>{words(title)}</h2>\n<div class="scroll" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>\n"
    )


@cache
def _script() -> str:
    return "".join(_STATIC.joinpath(name).read_text("utf-8") for name in _SCRIPTS)


def _hash(text: str) -> str:
    """What a page's policy calls an inline script or style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
