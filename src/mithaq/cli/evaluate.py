"""``mithaq evaluate``: records against gold ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from mithaq.cli.differences import markdown_table, show_causes, show_misses
from mithaq.cli.output import complain
from mithaq.cli.run import Run, wants_progress
from mithaq.errors import InputError
from mithaq.evaluation import evaluate, find_causes, find_misses
from mithaq.model import Record, Report
from mithaq.readers import Located, Place, SetAside, read_records, read_reports

_Records = dict[str, Record]


def evaluate_command(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="Gold records, one JSON object a line.", show_default=False)
    ],
    reports: Annotated[
        str | None,
        typer.Option(
            "--reports",
            metavar="FILE",
            help="The gold records' reports (id and text).",
            show_default="GOLD's own text fields, else NAME_reports.jsonl beside NAME.jsonl",
        ),
    ] = None,
    predicted: Annotated[
        str | None, typer.Option("--predicted", metavar="FILE", help="Score these records; read no reports.")
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Show what was missed, by reason.")] = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="Group what is wrong by cause, the most frequent first, with examples.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Misses or examples to show of each; 0 for all.")
    ] = 10,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="With --errors: print only the causes, as a Markdown table.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare what mithaq reads with gold records.

    A predicted attribution matches a gold one when their cues overlap; it is fully right when the speaker is right too
    and the contents overlap (intersection over union of 0.6).

    A predicted provision matches a gold one when the area is the same and the evidence overlaps (30 % of the shorter);
    it is fully right when status and parties are right too.

    --errors tells causes apart by what the lexicon knows (cue unknown or not taken, act unknown or not taken), by where
    a content differs (start, end, split), by whether the source stands in the text, and by parties (too many, too few,
    other). "alone" counts the cases with no other cause: what mending this one would make right.
    """
    if markdown and (as_json or misses or not errors):
        raise typer.BadParameter("--markdown goes with --errors, without --misses and --json")
    wanted, texts = _gold(gold)
    if predicted:
        found = {record.id: record for record, _ in read_records(predicted)}
        run = None
        if errors:
            _add_texts(gold, reports, wanted, texts)
    else:
        run = Run(_keep_texts(_reports(gold, reports, wanted, texts), texts), wants_progress())
        found = {record.id: record for record in run.records()}
    _warn(wanted, found)
    missed = list(find_misses(wanted, found)) if misses else []
    causes = find_causes(wanted, found, texts) if errors else []
    scores = evaluate(wanted, found)
    if as_json:
        result: dict[str, Any] = {name: score.to_dict() for name, score in scores.items()}
        if misses:
            result["misses"] = [m.to_dict() for m in missed]
        if errors:
            result["errors"] = [c.to_dict(limit) for c in causes]
        typer.echo(json.dumps(result, ensure_ascii=False, indent=1))
    elif markdown:
        typer.echo(markdown_table(causes))
    else:
        for name, score in scores.items():
            typer.echo(f"{name:22} {score}")
        show_misses(missed, limit)
        show_causes(causes, limit)
    if run:
        run.finish()


def _keep_texts(items: Iterator[Located | SetAside], texts: dict[str, str]) -> Iterator[Located | SetAside]:
    for item in items:
        if isinstance(item, Located):
            texts[item.report.id] = item.report.text
        yield item


def _add_texts(gold: str, reports: str | None, wanted: _Records, texts: dict[str, str]) -> None:
    """The reports' texts, which give examples their context, as far as they are at hand."""
    if reports or Path(_beside(gold)).is_file() or len(texts) == len(wanted):
        for item in _keep_texts(_reports(gold, reports, wanted, texts), texts):
            if isinstance(item, SetAside):
                complain(f"{item}")


def _gold(path: str) -> tuple[_Records, dict[str, str]]:
    records: _Records = {}
    texts: dict[str, str] = {}
    for record, text in read_records(path):
        if record.id in records:
            complain(f"{path}: note: {record.id!r} stands there twice; the last one counts")
        records[record.id] = record
        if text is not None:
            texts[record.id] = text
    if not records:
        raise InputError(f"{path}: the file is empty", "give one gold record a line")
    return records, texts


def _reports(gold: str, reports: str | None, wanted: _Records, texts: dict[str, str]) -> Iterator[Located | SetAside]:
    """The reports of the gold records; checks that gold spans are slices of them."""
    if reports is None and len(texts) == len(wanted):
        for record in wanted.values():
            text = texts[record.id]
            yield Located(
                Place(gold), Report(text, record.id, record.outlet, record.url, record.title, record.published)
            )
        return
    path = reports or str(_beside(gold))
    if not reports and not Path(path).is_file():
        raise InputError(
            f"{gold}: the gold records hold no text, and there is no {path}", "pass their reports with --reports FILE"
        )
    for item in read_reports([path]):
        if isinstance(item, SetAside):
            yield item
        elif item.report.id in wanted:
            _check_spans(item, wanted[item.report.id])
            yield item


def _beside(gold: str) -> Path:
    path = Path(gold)
    return path.with_name(f"{path.name.split('.', 1)[0]}_reports.jsonl")


def _check_spans(item: Located, record: Record) -> None:
    text = item.report.text
    spans = [a.cue for a in record.attributions] + [p.evidence for p in record.provisions]
    wrong = sum(text[s.start : s.end] != s.text for s in spans)
    if wrong:
        complain(f"{item.place}: note: {wrong} of {len(spans)} gold spans are not in the text of {record.id!r}")


def _warn(wanted: _Records, found: _Records) -> None:
    absent = [id for id in wanted if id not in found]
    if absent:
        some = ", ".join(absent[:5])
        complain(f"note: {len(absent)} of {len(wanted)} gold reports have no record and count as empty: {some}")
