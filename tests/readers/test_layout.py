"""Glyphs on a page become paragraphs in the order of reading."""

from __future__ import annotations

from mithaq.readers.parsers.layout import Glyph, paragraphs

SIZE = 10.0
STEP = 5.0


def line(text: str, right: float, base: float, size: float = SIZE) -> list[Glyph]:
    """A line of Arabic that ends at *right*."""
    return [Glyph(c, right - (i + 1) * STEP, right - i * STEP, base, size) for i, c in enumerate(text)]


def column(name: str, right: float, top: float, count: int = 4) -> list[Glyph]:
    return [g for n in range(count) for g in line(f"سطر {name} {'ا' * 30} {n}", right, top - 15 * n)]


def texts(glyphs: list[Glyph]) -> list[str]:
    return [p.text.replace(" " + "ا" * 30, "") for p in paragraphs(glyphs)]


def test_columns_are_read_from_the_right_below_a_headline() -> None:
    head = line("عنوان " + "ب" * 80, 550, 800, 18)
    right, left = column("أول", 550, 760), column("ثان", 280, 760)
    expected = ["سطر أول 0 سطر أول 1 سطر أول 2 سطر أول 3", "سطر ثان 0 سطر ثان 1 سطر ثان 2 سطر ثان 3"]
    assert texts([*left, *head, *right])[1:] == expected


def test_columns_need_not_begin_at_one_height() -> None:
    head = line("عنوان " + "ب" * 80, 550, 800, 18)
    right, left = column("أول", 550, 745), column("ثان", 280, 760, 5)
    assert [t[:9] for t in texts([*head, *left, *right])[1:]] == ["سطر أول 0", "سطر ثان 0"]


def test_a_wide_gap_in_one_line_makes_no_columns() -> None:
    glyphs = [
        *line("ا" * 50, 550, 800),
        *line("ب" * 20, 550, 785),
        *line("ت" * 20, 400, 785),
        *line("ث" * 50, 550, 770),
    ]
    assert [p.text for p in paragraphs(glyphs)] == [" ".join(["ا" * 50, "ب" * 20, "ت" * 20, "ث" * 50])]


def test_paragraphs_end_where_a_last_line_is_short_or_a_gap_is_wide() -> None:
    full, short = "ا" * 50, "ب" * 40 + "."
    assert [p.text for p in paragraphs([*line(full, 550, 800), *line(short, 550, 785), *line(full, 550, 770)])] == [
        f"{full} {short}",
        full,
    ]
    parted = [*line(full, 550, 800), *line(full, 550, 785), *line(full, 550, 755)]
    assert [p.text for p in paragraphs(parted)] == [f"{full} {full}", full]


def test_marks_stand_behind_their_letters_and_bold_is_not_doubled() -> None:
    word = line("كتب", 550, 800)
    mark = Glyph("َ", word[0].left + 1, word[0].left + 1, 800, SIZE)
    bold = [g._replace(left=g.left + 0.3, right=g.right + 0.3) for g in word]
    assert [p.text for p in paragraphs([mark, *word, *bold])] == ["كَتب"]


def test_backward_arabic_is_turned_round() -> None:
    text = "الوزير قال إن الجانبين ناقشا التعاون المشترك"
    drawn = [Glyph(c, 50 + i * STEP, 50 + (i + 1) * STEP, 800, SIZE) for i, c in enumerate(text)]
    assert [p.text for p in paragraphs(drawn)] == [text]


def test_an_empty_page() -> None:
    assert paragraphs([]) == []
