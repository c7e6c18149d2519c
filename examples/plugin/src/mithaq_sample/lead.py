"""Backend: the rules, but only on the first paragraphs, where a report says what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mithaq.errors import InputError, PluginError
from mithaq.model import Record, Report
from mithaq.pipeline import attempt
from mithaq.plugins.backends import Read


def make(options: Mapping[str, str]) -> Read:
    """The first paragraphs of a report; the option ``paragraphs`` says how many, 1 if it is not given."""
    if unknown := options.keys() - {"paragraphs"}:
        raise PluginError(f"the backend 'lead' has no option {min(unknown)!r}", "it has: paragraphs")
    count = options.get("paragraphs", "1")
    if not count.isdecimal() or not int(count):
        raise PluginError(f"paragraphs is {count!r}", "give a number from 1")

    def read(report: Report) -> Record | InputError:
        # The beginning of a text keeps its offsets, so the record's spans are spans of the whole report.
        return attempt(replace(report, text=_lead(report.text, int(count))))

    return read


def _lead(text: str, count: int) -> str:
    end = 0
    for line in text.splitlines(keepends=True):
        count -= bool(line.strip())
        end += len(line)
        if not count:
            break
    return text[:end]
