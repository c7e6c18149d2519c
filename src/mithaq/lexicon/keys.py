"""Look-up keys: the form under which a word is found in a lexicon, whatever its spelling.

The original text is never changed; only the key of one token at a time is normalised.
"""

import re

_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|_")
_DROP = dict.fromkeys(
    [
        *range(0x0610, 0x061B),  # honorific and Koranic signs
        *range(0x064B, 0x0660),  # short vowels, shadda, sukun and other marks
        0x0670,  # superscript alif
        *range(0x06D6, 0x06EE),  # Koranic annotation
        0x0640,  # tatweel
        *range(0x200B, 0x2010),  # zero-width characters and direction marks
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    ]
)
_FOLD = {
    ord(a): b
    for letters, b in (
        ("أإآٱ", "ا"),
        ("ىیې", "ي"),
        ("ةۃھہە", "ه"),
        ("کڪ", "ك"),
        ("ؤ", "و"),
        ("ئ", "ي"),
        ("گ", "ك"),
        ("ڤ", "ف"),
        ("پ", "ب"),
        ("چ", "ج"),
        ("ژ", "ز"),
        ("٠۰", "0"),
        ("١۱", "1"),
        ("٢۲", "2"),
        ("٣۳", "3"),
        ("٤۴", "4"),
        ("٥۵", "5"),
        ("٦۶", "6"),
        ("٧۷", "7"),
        ("٨۸", "8"),
        ("٩۹", "9"),
    )
    for a in letters
}
_TABLE: dict[int, str | None] = {**_DROP, **_FOLD}
SHARED = frozenset(_FOLD.values())
"""The letters of keys for which a word may have another one."""


def fold(word: str) -> str:
    """The look-up key of one word: marks and tatweel off, hamza seats, ى/ي, ة/ه and Persian letters folded, lower case.

    ``fold("أكَّدَ") == fold("اكد") == "اكد"``. Idempotent; may be shorter than *word*, so never use it for offsets.
    """
    return word.translate(_TABLE).lower()


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """The keys of a phrase's words and punctuation marks, one a token: ``("مجلس", "التعاون")``, ``("5", "+", "1")``."""
    return tuple(_TOKEN.findall(fold(phrase)))
