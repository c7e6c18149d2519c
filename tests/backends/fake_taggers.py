"""Stand-ins for gliner and transformers, with as much of their interfaces as the finders use."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any


class Tagger:
    """What GLiNER and transformers have in common: it knows one name, and forgets beyond its window."""

    WINDOW = 700

    def __init__(self, name: str) -> None:
        self.name = name

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        start = text[: self.WINDOW].find(self.name)
        if start >= 0:
            yield start, start + len(self.name)


def fake_gliner() -> ModuleType:
    """The interface of gliner: ``GLiNER.from_pretrained(name).predict_entities(text, labels, threshold)``."""

    class GLiNER(Tagger):
        @classmethod
        def from_pretrained(cls, name: str) -> GLiNER:
            if name == "missing":
                raise OSError("missing is not a local folder")
            return cls("زلفيان كرمبات")

        def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict[str, Any]]:
            assert labels == ["person", "organization"]
            return [
                {"start": a, "end": b, "text": text[a:b], "label": "person", "score": threshold}
                for a, b in self.spans(text)
            ]

    module = ModuleType("gliner")
    module.GLiNER = GLiNER  # type: ignore[attr-defined]
    return module


def fake_transformers() -> ModuleType:
    """The interface of transformers: ``pipeline(task, model, aggregation_strategy)(text)``."""

    def pipeline(task: str, model: str, aggregation_strategy: str) -> Any:
        assert (task, aggregation_strategy) == ("token-classification", "simple")
        if model == "missing":
            raise OSError("missing is not a local folder")
        tagger = Tagger("زلفيان كرمبات")

        def run(text: str) -> list[dict[str, Any]]:
            found = [{"entity_group": "PER", "score": 0.9, "start": a, "end": b} for a, b in tagger.spans(text)]
            return [*found, {"entity_group": "LOC", "score": 0.9, "start": 0, "end": 3}]

        return run

    module = ModuleType("transformers")
    module.pipeline = pipeline  # type: ignore[attr-defined]
    return module
