"""What a backend is, and the options that make one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol, Self

from mithaq.errors import BackendError, InputError
from mithaq.model import Record, Report

Reading = Callable[[Report], Record | InputError]
"""A report in; its record, or why it has none. Called from several threads at once if ``threads`` says so."""


_PARSERS: dict[str, Callable[[str], Any]] = {"str": str, "int": int, "float": float, "Path": Path}


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asks of a backend; each uses what concerns it.

    *model* is a model's name at a server, or the name or path of a pipeline. *base_url* is where an OpenAI-compatible
    server answers, and *api_key_env* the environment variable that holds its key. *max_tokens* and *max_cost* end a run
    (tokens in and out together; cost in the currency of the prices, which are for a million tokens). *concurrency* is
    how many reports are asked about at once, *cache* a folder for answers, *timeout* seconds for one answer, *piece*
    the code points of a report that are sent at once. *below* is the confidence under which ``hybrid`` asks the model.
    """

    model: str = ""
    base_url: str | None = None
    api_key_env: str = "OPENAI_API_KEY"
    max_tokens: int | None = None
    max_cost: float | None = None
    price_in: float = 0.0
    price_out: float = 0.0
    concurrency: int = 4
    cache: Path | None = None
    timeout: float = 120.0
    piece: int = 6_000
    below: float = 0.5

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Options as words; raises :class:`~mithaq.errors.BackendError` for one that is not known, or no number."""
        kinds = {field.name: str(field.type).removesuffix(" | None") for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, word in given.items():
            if name not in kinds:
                raise BackendError(f"there is no option {name!r}", f"use one of {', '.join(kinds)}")
            try:
                values[name] = _PARSERS[kinds[name]](word)
            except ValueError:
                raise BackendError(f"the option {name!r} is {word!r}", "give a number") from None
        return cls(**values)


class Backend(Protocol):
    """Reads reports. *name* says by what (it is kept with the record); *threads* how many reports it takes at once.

    With *threads* 0 it computes: it can be sent to other processes (pickled), and several of these work at once.
    A call gives the record or an :class:`~mithaq.errors.InputError`; it raises :class:`~mithaq.errors.BackendError`
    where no report can be read any more.
    """

    name: str
    threads: int

    def __call__(self, report: Report) -> Record | InputError:
        """The record of *report*, or why it has none."""

    def summary(self) -> list[str]:
        """What the run has to tell at its end (calls, tokens, cost, what was dropped), one line each."""

    def close(self) -> None:
        """Let go of connections; what still waits for an answer is given up."""


class Plain:
    """A backend of a function alone, such as the rules."""

    threads = 0

    def __init__(self, name: str, read: Reading) -> None:
        self.name = name
        self._read = read

    def __call__(self, report: Report) -> Record | InputError:
        """The record of *report*, or why it has none."""
        return self._read(report)

    def summary(self) -> list[str]:
        """Nothing."""
        return []

    def close(self) -> None:
        """Nothing is open."""
