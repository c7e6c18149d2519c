"""What a person can choose of an export, and the optional packages that forms need."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from mithaq.errors import ExportError


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that forms heed where they apply.

    *lang*: the language of labels that people read (``ics``). *bom*: whether a CSV file begins with a byte-order
    mark, by which spreadsheet programs know UTF-8.
    """

    lang: Literal["en", "ar"] = "en"
    bom: bool = False


def package(name: str) -> Any:
    """An optional package, imported when needed; raises :class:`~mithaq.errors.ExportError` where it is missing."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ExportError(
            f"this export needs the package {name.split('.')[0]!r}, which is not installed",
            "pip install 'mithaq[export]'",
        ) from error
