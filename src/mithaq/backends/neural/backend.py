"""The rules with another tool's names and subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from mithaq.backends.contract import Options
from mithaq.backends.neural.finders import Finder, Found, gliner_finder, spacy_finder, transformers_finder
from mithaq.errors import InputError
from mithaq.model import Record, Report
from mithaq.pipeline import annotate, attempt, check_arabic, record_of
from mithaq.stages.document import Document
from mithaq.stages.outside import add_names, add_subjects


def read_with(report: Report, found: Found, counts: Counter[str] | None = None) -> Record:
    """The record of a report by the rules, helped by what another tool *found* in its text.

    Where *found* is empty it is the record of the rules alone. *counts* is told how many ``names`` and ``subjects``
    were of use. Raises :class:`~mithaq.errors.InputError` as :func:`mithaq.read_report` does.
    """
    check_arabic(report)
    used: Counter[str] = Counter() if counts is None else counts

    def names(doc: Document) -> None:
        used["names"] += add_names(doc, found.names)

    def subjects(doc: Document) -> None:
        used["subjects"] += add_subjects(doc, found.subjects)

    return record_of(annotate(report, after={"find_actors": names, "find_cues": subjects}))


class NeuralBackend:
    """Reads by the rules with a finder's help. In another process it loads its model anew."""

    threads = 0

    def __init__(self, kind: str, model: str, load: Callable[[str], Finder]) -> None:
        self.name = f"{kind} {model}"
        self._model = model
        self._load = load
        self._counts: Counter[str] = Counter()
        self._finder: Finder | None = load(model)

    def __call__(self, report: Report) -> Record | InputError:
        """The record of *report*, or why it has none."""
        return attempt(report, self._read)

    def summary(self) -> list[str]:
        """How many names and subjects of the tool were of use, in this process."""
        used = self._counts
        return [f"{self.name}: {used['names']:,} names and {used['subjects']:,} sources more"] if used else []

    def close(self) -> None:
        """Nothing is open."""

    def _read(self, report: Report) -> Record:
        self._finder = self._finder or self._load(self._model)
        return read_with(report, self._finder(report.text), self._counts)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_finder": None, "_counts": Counter()}


def make_spacy(options: Options) -> NeuralBackend:
    """The rules with a spaCy pipeline, or with Docs that were saved."""
    return NeuralBackend("spacy", options.model, spacy_finder)


def make_gliner(options: Options) -> NeuralBackend:
    """The rules with a GLiNER model."""
    return NeuralBackend("gliner", options.model, gliner_finder)


def make_transformers(options: Options) -> NeuralBackend:
    """The rules with a token classification model of transformers."""
    return NeuralBackend("transformers", options.model, transformers_finder)
