"""Make ``src/mithaq/data/merge/words.tsv``: how much a word that two reports share says, from the project's own corpus.

    python scripts/build_merge_words.py

The weight of a light key is its inverse document frequency in ``corpus/reports.jsonl``, scaled so that a word that
stands in no report weighs 1000; only keys of at least two reports are listed. Merging never counts words in the reports
that it merges, so that what it makes of two reports depends on nothing but these two.
"""

from __future__ import annotations

import json
from collections import Counter
from math import log
from pathlib import Path

from mithaq.arabic.tokens import tokenise
from mithaq.merge.words import light_key

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "mithaq" / "data" / "merge" / "words.tsv"
LEAST = 2  # reports that a listed key stands in


def weights(texts: list[str]) -> dict[str, int]:
    """Light key → weight in thousandths, for the keys of at least two of *texts*."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({light_key(t.key) for t in tokenise(text) if t.is_word})
    whole = log(len(texts) / 0.5)
    return {
        key: max(0, round(1000 * log(len(texts) / (n - 0.5)) / whole))
        for key, n in sorted(counts.items())
        if n >= LEAST
    }


def main() -> None:
    """Write the table."""
    lines = (ROOT / "corpus" / "reports.jsonl").read_text("utf-8").splitlines()
    rows = weights([f"{r.get('title') or ''}\n{r['text']}" for r in map(json.loads, lines)])
    head = "# Made by scripts/build_merge_words.py; weights in thousandths, a key that is not listed weighs 1000.\n"
    TARGET.write_text(head + "".join(f"{key}\t{weight}\n" for key, weight in rows.items()), "utf-8")


if __name__ == "__main__":
    main()
