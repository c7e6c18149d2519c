"""Libraries that not everyone has installed."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from mithaq.errors import InputError

_EXTRAS = {"pyarrow": "parquet", "httpcore": "watch", "idna": "watch", "protego": "watch"}
_EXTRA = "readers"


def require(module: str, what: str) -> Any:
    """The module of that name, e.g. ``"pyarrow.parquet"``, to read *what* with.

    Raises :class:`~mithaq.errors.InputError` that says which extra brings it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise _missing(module.partition(".")[0], what) from error


def check(package: str, what: str) -> None:
    """Raise :class:`~mithaq.errors.InputError` as :func:`require` does, without importing anything."""
    if importlib.util.find_spec(package) is None:
        raise _missing(package, what)


def _missing(package: str, what: str) -> InputError:
    extra = _EXTRAS.get(package, _EXTRA)
    return InputError(f"reading {what} needs the package {package!r}", f"pip install 'mithaq[{extra}]'")
