"""Features of heads: a phrase's score is that of all its features, however it is added up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mithaq.lexicon.weights import load_model
from mithaq.model import Report
from mithaq.pipeline import annotate
from mithaq.stages.clues import Clues
from mithaq.stages.head_features import Head, HeadFeatures, heads
from mithaq.stages.phrases import phrase_end

CORPUS = Path(__file__).parents[2] / "corpus" / "reports.jsonl"


def of_heads(text: str) -> list[tuple[str, Head]]:
    """The word and the features of each possible head of a text."""
    doc = annotate(Report(text), before="find_provisions")
    made = HeadFeatures(clues := Clues(doc), load_model("act"))
    ends = [(i, phrase_end(doc, i, doc.sentences[doc.sentence_of[i]][1])) for i in heads(clues)]
    return [(doc.tokens[i].text, made.of(i, end)) for i, end in ends]


def test_the_score_is_that_of_all_features() -> None:
    model = load_model("act")
    texts = [json.loads(line)["text"] for line in CORPUS.read_text("utf-8").splitlines()[:40]]
    found = [head for text in texts for _, head in of_heads(text)]
    assert len(found) > 500
    for head in found:
        assert head.score == pytest.approx(model.score(head.features))
    assert any(head.score > 0 for head in found)
    assert any(head.score < 0 for head in found)


def test_the_words_around_a_head() -> None:
    features = dict(of_heads("وقع الوزير مع نظيره الكيني اتفاقية نقل جديدة أمس."))["اتفاقية"].features
    assert {"in=نقل:m", "next0=نقل:m", "prev0=كيني", "act=instruments"} <= set(features)
