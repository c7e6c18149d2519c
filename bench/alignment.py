"""How well strings that are copied from a text are aligned to its characters, and whether made-up ones are refused.

    python bench/alignment.py corpus/gold.jsonl corpus/reports.jsonl
    python bench/alignment.py ../shared/gold/dev.jsonl ../shared/gold/dev_reports.jsonl

Every gold span is copied as a careless program or model does (marks, hamza, ى/ي, ة/ه, spaces, tatweel, ...) and looked
for with three hints: where it begins; the sentence in which it begins, as a model gives it; nothing. It is also put
behind a clitic, in the text, and looked for without. Spans made up of the same words must not be found at all.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mithaq.arabic.align import Aligned, Aligner, align
from mithaq.backends.pieces import pieces
from mithaq.lexicon.keys import fold
from mithaq.model import Record, Span

CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول")
_MARKS = {*map(chr, range(0x64B, 0x653)), "\u0640"}
_LOOSE = str.maketrans("أإآٱؤئءىةکی", "ااااءءءيهكي")


def unmarked(text: str) -> str:
    """*text* without short vowels and tatweel."""
    return "".join(c for c in text if c not in _MARKS)


def _each_word(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: " ".join(change(word) for word in text.split(" "))


COPIES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "marks off": unmarked,
    "hamza off": lambda t: t.translate(str.maketrans("أإآ", "ااا")),
    "hamza on": _each_word(lambda w: "أ" + w[1:] if w.startswith("ا") else w),
    "hamza on another seat": lambda t: t.translate(str.maketrans("ؤئ", "ئؤ")),
    "ى as ي": lambda t: t.replace("ى", "ي"),
    "ي as ى": _each_word(lambda w: w[:-1] + "ى" if w.endswith("ي") else w),
    "ة as ه": lambda t: t.replace("ة", "ه"),
    "ه as ة": _each_word(lambda w: w[:-1] + "ة" if w.endswith("ه") else w),
    "look-up key": lambda t: unmarked(fold(t)).replace("«", '"').replace("»", '"'),
    "tatweel": lambda t: "".join(c + "ـ" if c.isalpha() and k % 3 == 0 else c for k, c in enumerate(t)),
    "spaces": lambda t: t.replace(" ", "\u00a0\n"),
}
"""Ways to copy a span that leave it what it is."""


class Annotated(NamedTuple):
    """A report's text with its gold spans."""

    text: str
    spans: list[Span]


def load(gold: Path, reports: Path) -> dict[str, Annotated]:
    """The reports that have gold records, by id."""
    texts = {r["id"]: r["text"] for r in map(json.loads, reports.read_text("utf-8").splitlines())}
    found = {}
    for line in gold.read_text("utf-8").splitlines():
        record = Record.from_dict(json.loads(line))
        spans = [p.evidence for p in record.provisions]
        for a in record.attributions:
            spans += [a.cue, *a.content, *([a.source] if a.source else [])]
        found[record.id] = Annotated(texts[record.id], spans)
    return found


def _is_at(found: Aligned | None, span: Span) -> bool:
    return found is not None and (found.span.start, found.span.end) == (span.start, span.end)


def copied(annotated: dict[str, Annotated], hint: str) -> tuple[Counter[str], int]:
    """Way of copying → how many spans are aligned right, and of how many; *hint* is start, sentence or none."""
    right: Counter[str] = Counter()
    total = 0
    for text, spans in annotated.values():
        whole = Aligner(text)
        sentences = [s for piece in pieces(text, 10**9) for s in piece.sentences]
        for span in spans:
            total += 1
            sentence = next(s for s in reversed(sentences) if s[0] <= span.start)
            for name, copy in COPIES.items():
                claimed = copy(span.text)
                if hint == "sentence":
                    found = whole.find(claimed, within=sentence) or whole.find(claimed, near=sentence[0])
                else:
                    found = whole.find(claimed, near=span.start if hint == "start" else None)
                right[name] += _is_at(found, span)
    return right, total


def inside_words(annotated: dict[str, Annotated]) -> tuple[int, int]:
    """How many spans are aligned right that the text itself has inside a word, behind a clitic; and of how many."""
    right = total = 0
    for text, spans in annotated.values():
        whole = Aligner(text)
        for span in spans:
            if span.start and text[span.start - 1].isalpha():
                total += 1
                right += _is_at(whole.find(fold(span.text), near=span.start), span)
    return right, total


def behind_clitics(annotated: dict[str, Annotated], seed: int = 8) -> tuple[int, int]:
    """The same of spans that are put behind a clitic: the text is changed, the claim is not («الوزير» in «للوزير»)."""
    choose = random.Random(seed)
    right = total = 0
    for text, spans in annotated.values():
        for span in spans:
            if (span.start and not text[span.start - 1].isspace()) or not span.text[0].isalpha():
                continue
            clitic, words = choose.choice(CLITICS), span.text
            if clitic.endswith("ل") and words.startswith("ال"):
                words = words[1:]
                words = words[1:] if words.startswith("لل") else words  # للجنة: one ل for two
            start = span.start + len(clitic)
            found = align(text[: span.start] + clitic + words + text[span.end :], fold(span.text), near=start)
            total += 1
            right += found is not None and (found.span.start, found.span.text) == (start, words)
    return right, total


def accepted(annotated: dict[str, Annotated], seed: int = 8) -> tuple[list[tuple[str, str]], int]:
    """Made-up spans that are found all the same, with what they are taken for; and how many were tried.

    Made up are spans with two words or two letters swapped, a word or a letter from elsewhere, and spans of other
    reports; those count that are absent also by :func:`letters`, which folds more than the program does.
    """
    choose = random.Random(seed)
    wrong: list[tuple[str, str]] = []
    tried = 0
    for id, (text, spans) in annotated.items():
        whole, known = Aligner(text), _with_articles(letters(text))
        others = [s for other, (_, found) in annotated.items() if other != id for s in found]
        for claimed in _made_up(spans, others, choose):
            if letters(claimed) and letters(claimed) not in known:
                tried += 1
                if (found := whole.find(claimed)) is not None:
                    wrong.append((claimed, found.span.text))
    return wrong, tried


def letters(text: str) -> str:
    """Letters and digits alone, folded by rules of this file's own."""
    return "".join(c for c in unmarked(text).translate(_LOOSE).lower() if c.isalnum())


def _with_articles(known: str) -> str:
    """Also the words behind ل with the letters that its article has lost: «الاتحاد» of «للاتحاد»."""
    return " ".join((known, known.replace("لل", "لال"), known.replace("لل", "الل")))


def _made_up(spans: list[Span], others: list[Span], choose: random.Random) -> Iterator[str]:
    for span in spans:
        words = span.text.split()
        if len(words) > 1:
            k = choose.randrange(len(words) - 1)
            yield " ".join((*words[:k], words[k + 1], words[k], *words[k + 2 :]))
            yield " ".join((*words[:k], choose.choice(choose.choice(others).text.split()), *words[k + 1 :]))
        characters = list(span.text)
        k = choose.randrange(max(1, len(characters) - 1))
        characters[k : k + 2] = reversed(characters[k : k + 2])
        yield "".join(characters)
        yield span.text[:k] + span.text[k + 1 :] + "خ"
        yield choose.choice(others).text


def main(arguments: list[str]) -> dict[str, Any]:
    """Print the figures as JSON."""
    annotated = load(Path(arguments[0]), Path(arguments[1]))
    figures: dict[str, Any] = {}
    for hint in ("start", "sentence", "none"):
        right, total = copied(annotated, hint)
        figures["spans"] = total
        figures[f"right, hint: {hint}"] = {name: round(right[name] / total, 4) for name in COPIES}
    for name, (right_ones, total) in (
        ("inside a word", inside_words(annotated)),
        ("put behind a clitic", behind_clitics(annotated)),
    ):
        figures[name] = {"spans": total, "right": round(right_ones / total, 4)}
    wrong, tried = accepted(annotated)
    figures["made up"] = {"spans": tried, "accepted": len(wrong)}
    return figures


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:]), ensure_ascii=False, indent=2))
