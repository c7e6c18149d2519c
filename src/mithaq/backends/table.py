"""The table of backends, by the name that ``--backend`` takes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from mithaq.backends.contract import Backend, Options, Plain
from mithaq.errors import BackendError
from mithaq.lexicon.tables import nearest

RULES = "rules"


class Entry(NamedTuple):
    """Where the function stands that makes a backend of :class:`Options`, imported when asked for, and what reads."""

    module: str
    function: str
    what: str


BACKENDS = {
    RULES: Entry("mithaq.backends.table", "rules", "The lexicon's rules, and small linear models for what they leave."),
    "llm": Entry("mithaq.backends.llm.backend", "make_llm", "A large model at an OpenAI-compatible server."),
    "hybrid": Entry("mithaq.backends.hybrid", "make_hybrid", "The rules, and a large model where they are not sure."),
    "spacy": Entry("mithaq.backends.neural.backend", "make_spacy", "The rules, with names and subjects of spaCy's."),
    "gliner": Entry("mithaq.backends.neural.backend", "make_gliner", "The rules, with names that GLiNER finds."),
    "transformers": Entry(
        "mithaq.backends.neural.backend", "make_transformers", "The rules, with names of a token classifier."
    ),
}


def make(name: str, options: Options | None = None) -> Backend:
    """The backend of that name; raises :class:`~mithaq.errors.BackendError` if there is none, or it cannot be made."""
    if name not in BACKENDS:
        raise BackendError(f"there is no backend {name!r}", nearest(name, BACKENDS))
    entry = BACKENDS[name]
    maker: Callable[[Options], Backend] = getattr(import_module(entry.module), entry.function)
    return maker(options or Options())


def rules(options: Options) -> Backend:
    """The rules and small models of :mod:`mithaq.pipeline`; it has no options."""
    from mithaq.pipeline import attempt

    return Plain(RULES, attempt)
