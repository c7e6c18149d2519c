"""Libraries of the extras: imported when a backend that uses them is made."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from mithaq.errors import BackendError


def require(module: str, extra: str) -> Any:
    """The module of that name; raises :class:`~mithaq.errors.BackendError` that says which *extra* brings it."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        message = f"this backend needs the package {package!r}"
        if error.name and error.name.partition(".")[0] != package:
            message = f"the package {package!r} cannot be imported: {error}"
        raise BackendError(message, f"pip install 'mithaq[{extra}]'") from error
