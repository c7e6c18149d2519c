"""The JSON schema of a model's answer, made from the classes of :mod:`mithaq.model`.

A span is a string there: offsets are ours to find. What we work out ourselves (confidence, times, entities) is left
out, and each row says which sentence it stands in.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mithaq.model import Attribution, Provision, Span
from mithaq.ontology import areas, statuses

SENTENCE = "sentence"
_OURS = {
    Attribution: ("entity", "confidence", "why"),
    Provision: ("when", "frequency", "quantities", "confidence", "why"),
}


@cache
def answer_schema() -> dict[str, Any]:
    """The schema of ``{"attributions": [...], "provisions": [...]}``, in the strict form that servers enforce."""
    return _object(
        {"attributions": _array(row_schema(Attribution)), "provisions": _array(row_schema(Provision))},
    )


def row_schema(row: type[Attribution] | type[Provision]) -> dict[str, Any]:
    """The schema of one row: the fields of its class that a model fills in, all of them required."""
    types = get_type_hints(row)
    lists = _lists()
    properties = {SENTENCE: {"type": "integer"}}
    for field in fields(row):
        if field.name not in _OURS[row]:
            properties[field.name] = (
                {"type": "string", "enum": lists[field.name]} if field.name in lists else _of(types[field.name])
            )
    return _object(properties)


def _lists() -> dict[str, Any]:
    """The fields whose values the ontology lists."""
    return {"area": [*areas()], "status": [*statuses()]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _of(annotation: Any) -> dict[str, Any]:
    """The schema of a field's type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return {"type": "string", "enum": [*arguments]}
    if origin is tuple:
        return _array(_of(arguments[0]))
    if origin in (Union, UnionType):
        (one,) = (a for a in arguments if a is not NoneType)
        return {"type": [_of(one)["type"], "null"]}
    if annotation in (str, Span):
        return {"type": "string"}
    raise TypeError(f"no JSON schema for {annotation!r}")
