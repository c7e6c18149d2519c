"""What a plug-in does at work: whatever it raises names it, costs one report, and is never a traceback.

Nothing that a plug-in says of a text is taken on trust: a span that is not in the text sets the report aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from mithaq.errors import InputError, MithaqError
from mithaq.model import Attribution, Entity, Provision, Record, Report, Span
from mithaq.plugins.registry import Plugin, told

T = TypeVar("T")

HINT = "tell its authors, or run with --no-plugins"


@contextmanager
def at_work(plugin: Plugin, kind: type[MithaqError] = InputError) -> Iterator[None]:
    """Raise what *plugin* raises as an error of *kind* that names it; mithaq's own errors of that kind as they are."""
    try:
        yield
    except kind:
        raise
    except (Exception, SystemExit) as error:
        raise kind(f"{plugin} failed: {told(error)}", HINT) from error


def guarded_items(plugin: Plugin, items: Callable[[], Iterable[T]], kinds: tuple[type, ...]) -> Iterator[T]:
    """What *items* gives, each checked to be of *kinds*; raises :class:`~mithaq.errors.InputError`."""
    with at_work(plugin):
        source = iter(items())
    while True:
        with at_work(plugin):
            item = next(source, None)
            if item is not None and not isinstance(item, kinds):
                raise TypeError(f"it gave {type(item).__name__}")
        if item is None:
            return
        yield item


def check_grounded(
    text: str, attributions: Iterable[Attribution], provisions: Iterable[Provision], entities: Iterable[Entity]
) -> None:
    """Raise ValueError unless each span is a slice of *text*."""
    for span in _spans(attributions, provisions, entities):
        if text[span.start : span.end] != span.text:
            raise ValueError(f"it says that {span.text[:40]!r} stands at {span.start}, and it does not")


def _spans(
    attributions: Iterable[Attribution], provisions: Iterable[Provision], entities: Iterable[Entity]
) -> Iterator[Span]:
    for a in attributions:
        yield a.cue
        yield from a.content
        if a.source:
            yield a.source
    for p in provisions:
        yield p.evidence
        yield from (w.span for w in p.when)
        yield from (q.span for q in p.quantities)
        if p.frequency:
            yield p.frequency.span
    for e in entities:
        yield from e.mentions


def guarded_backend(
    plugin: Plugin, read: Callable[[Report], Record | InputError]
) -> Callable[[Report], Record | InputError]:
    """A plug-in's reader of a report that never raises, and whose records are of the report that it was given."""

    def checked(report: Report) -> Record | InputError:
        try:
            with at_work(plugin):
                record = read(report)
                if isinstance(record, InputError):
                    return record
                if not isinstance(record, Record):
                    raise TypeError(f"it gave {type(record).__name__}, not a record")
                if record.id != report.id:
                    raise ValueError(f"it gave a record of {record.id!r}")
                check_grounded(report.text, record.attributions, record.provisions, record.entities)
                return record
        except InputError as error:
            return error

    return checked
