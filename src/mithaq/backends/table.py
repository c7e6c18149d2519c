"""The table of backends, by the name that ``--backend`` takes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from mithaq.backends.contract import Backend, Options, Plain
from mithaq.errors import BackendError
from mithaq.lexicon.tables import nearest

RULES = "rules"
BACKENDS = {
    RULES: "mithaq.backends.table:rules",
    "llm": "mithaq.backends.llm.backend:make_llm",
    "hybrid": "mithaq.backends.hybrid:make_hybrid",
    "spacy": "mithaq.backends.neural.backend:make_spacy",
    "gliner": "mithaq.backends.neural.backend:make_gliner",
    "transformers": "mithaq.backends.neural.backend:make_transformers",
}
"""Name → module and function: ``Options`` in, a ``Backend`` out. Imported when asked for."""


def make(name: str, options: Options | None = None) -> Backend:
    """The backend of that name; raises :class:`~mithaq.errors.BackendError` if there is none, or it cannot be made."""
    if name not in BACKENDS:
        raise BackendError(f"there is no backend {name!r}", nearest(name, BACKENDS))
    module, function = BACKENDS[name].split(":")
    maker: Callable[[Options], Backend] = getattr(import_module(module), function)
    return maker(options or Options())


def rules(options: Options) -> Backend:
    """The rules and small models of :mod:`mithaq.pipeline`; it has no options."""
    from mithaq.pipeline import attempt

    return Plain(RULES, attempt)
