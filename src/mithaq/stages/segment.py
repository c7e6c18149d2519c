"""Stage: text → tokens, words, paragraphs, sentences and quotations."""

from __future__ import annotations

from mithaq.arabic.quotes import find_quotes
from mithaq.arabic.sentences import divide
from mithaq.arabic.words import word
from mithaq.stages.document import Document


def segment(doc: Document) -> None:
    """Fill ``tokens``, ``words``, ``sentences``, ``quotes`` and their indexes."""
    tokens, paragraphs, sentences = divide(doc.report.text)
    doc.tokens = list(tokens)
    doc.words = [word(t.key) for t in tokens]
    doc.paragraph_starts = {0, *paragraphs}
    start = 0
    for end in sentences:
        doc.sentence_of.extend([len(doc.sentences)] * (end - start))
        doc.sentences.append((start, end - 1))
        start = end
    doc.quotes = find_quotes(tokens, paragraphs)
    doc.quote_at = {q.opening: q for q in doc.quotes}
    doc.quote_of = [-1] * len(tokens)
    for number, quote in enumerate(doc.quotes):  # inner quotations come later and overwrite
        doc.quote_of[quote.first : quote.last + 1] = [number] * (quote.last + 1 - quote.first)
