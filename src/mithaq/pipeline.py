"""The data flow: every stage in order, with what it needs and what it gives. Reading the table is reading the flow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, wraps
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, NamedTuple

from mithaq.errors import InputError, MithaqError
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import home_states
from mithaq.lexicon.tables import nearest
from mithaq.model import Record, Report
from mithaq.plugins.guards import at_work, check_grounded
from mithaq.plugins.registry import Thing, registry
from mithaq.stages.actors import find_actors
from mithaq.stages.attributions import make_attributions
from mithaq.stages.confidence import find_confidence
from mithaq.stages.contents import find_contents
from mithaq.stages.cues import find_cues
from mithaq.stages.details import attach_details
from mithaq.stages.document import Document
from mithaq.stages.mentions import find_mentions
from mithaq.stages.people import find_people
from mithaq.stages.provisions import find_provisions
from mithaq.stages.segment import segment
from mithaq.stages.speakers import find_speakers
from mithaq.stages.times import find_times


class Stage(NamedTuple):
    """One step: a plain function from the document so far to new layers of it."""

    run: Callable[[Document], None]
    needs: tuple[str, ...]
    gives: tuple[str, ...]


STAGES = (
    Stage(segment, needs=("report",), gives=("tokens", "words", "sentences", "quotes")),
    Stage(find_mentions, needs=("words",), gives=("mentions",)),
    Stage(find_actors, needs=("mentions", "sentences", "quotes"), gives=("actors",)),
    Stage(find_cues, needs=("words", "quotes", "actors"), gives=("statements",)),
    Stage(find_contents, needs=("statements", "quotes"), gives=("contents",)),
    Stage(find_people, needs=("actors", "statements"), gives=("people",)),
    Stage(find_speakers, needs=("statements", "people"), gives=("speakers",)),
    Stage(make_attributions, needs=("contents", "speakers"), gives=("entities", "attributions")),
    Stage(find_times, needs=("tokens", "words", "quotes"), gives=("whens", "frequencies", "quantities")),
    Stage(find_provisions, needs=("actors", "people", "statements", "attributions"), gives=("provisions",)),
    Stage(attach_details, needs=("provisions", "whens", "frequencies", "quantities"), gives=("details",)),
    Stage(find_confidence, needs=("attributions", "provisions"), gives=("confidence",)),
)

_FIRST_LAYER = "report"


@cache
def stages() -> tuple[Stage, ...]:
    """The table with the stages of plug-ins: each directly behind the last stage that gives a layer which it needs."""
    things = given()
    table = [thing.item for thing in things if thing.plugin.builtin]
    waiting = [thing for thing in things if not thing.plugin.builtin]
    while waiting:
        layers = {_FIRST_LAYER}.union(*(stage.gives for stage in table))
        ready = next((thing for thing in waiting if layers.issuperset(thing.item.needs)), None)
        if ready is None:
            for thing in waiting:
                missing = next(layer for layer in thing.item.needs if layer not in layers)
                why = f"needs the layer {missing!r}, which no stage gives: {nearest(missing, layers)}"
                registry().fail(thing.plugin, f"stage {thing.name!r} {why}")
            return stages.__wrapped__()  # without all that these plug-ins gave
        waiting.remove(ready)
        behind = [n for n, stage in enumerate(table, 1) if set(stage.gives) & set(ready.item.needs)]
        table.insert(max(behind, default=0), _guarded(ready))
    return tuple(table)


def given() -> list[Thing[Stage]]:
    """The stages with who gives them, ours first."""
    return registry().things("mithaq_stages", _unpack)


def _unpack(given: Iterable[Any]) -> Iterator[tuple[str, Stage]]:
    for item in given:
        if not isinstance(item, Stage):
            raise TypeError(f"{type(item).__name__} is no mithaq.pipeline.Stage")
        yield item.run.__name__, item


def _guarded(thing: Thing[Stage]) -> Stage:
    """A plug-in's stage: what it raises sets the report aside, and so does a span that is not in the text."""

    @wraps(thing.item.run)
    def run(doc: Document) -> None:
        with at_work(thing.plugin):
            thing.item.run(doc)
            check_grounded(doc.report.text, doc.attributions, doc.provisions, doc.entities)

    return thing.item._replace(run=run)


def annotate(
    report: Report, before: str = "", after: Mapping[str, Callable[[Document], None]] = MappingProxyType({})
) -> Document:
    """The report with every layer filled in, or those of the stages before the one of that name.

    *after* adds steps of somebody else's: the name of a stage → what is done when it is done.
    """
    doc = Document(report, home=_home(report))
    for stage in stages():
        if stage.run.__name__ == before:
            break
        stage.run(doc)
        if more := after.get(stage.run.__name__):
            more(doc)
    return doc


def _home(report: Report) -> str:
    """The state that the outlet is at home in, "" if unknown: an unnamed «وزير الخارجية» there is its own."""
    return home_states().get(fold(report.outlet), "") if report.outlet else ""


def check_arabic(report: Report) -> None:
    """Raise :class:`~mithaq.errors.InputError` if the report's text holds no Arabic."""
    if not any("\u0621" <= c <= "\u064a" for c in report.text):
        raise InputError(
            "the text is empty" if not report.text.strip() else "the text holds no Arabic",
            "mithaq reads Arabic reports; check the file and its encoding",
        )


def read_report(report: Report) -> Record:
    """The record of one report; raises :class:`~mithaq.errors.InputError` if its text holds no Arabic."""
    check_arabic(report)
    return record_of(annotate(report))


def record_of(doc: Document) -> Record:
    """The record that the layers of a document make."""
    report = doc.report
    return Record(
        report.id,
        doc.attributions,
        doc.provisions,
        doc.entities,
        report.outlet,
        report.url,
        report.title,
        report.published,
    )


def attempt(report: Report, read: Callable[[Report], Record] | None = None) -> Record | InputError:
    """The record of a report, or why it has none: also a mistake of ours costs one report, not the run.

    *read* reads it, :func:`read_report` if none is given.
    Other errors that are raised on purpose (:class:`~mithaq.errors.MithaqError`) concern every report, and pass.
    """
    try:
        return (read or read_report)(report)
    except InputError as error:
        return error
    except MithaqError:
        raise
    except Exception as error:
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f" at {PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        return InputError(f"internal error: {type(error).__name__}: {error}{where}", "please report it with this text")


def read(
    text: str,
    *,
    outlet: str | None = None,
    published: date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str = "report",
) -> Record:
    """Read one Arabic report into its record.

    *text* is kept as it is: every span of the record counts its code points. *published* (a date, or ISO 8601) resolves
    «أمس» and the like; *outlet* (its name or Latin id) tells whose «وزير الخارجية» is meant where no state is named.
    Raises :class:`~mithaq.errors.InputError` for an empty text, one without Arabic, or a date that is none.
    """
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published[:10])
        except ValueError:
            raise InputError(f"published is {published!r}", "give a date as YYYY-MM-DD") from None
    return read_report(Report(text, id, outlet, url, title, published))
