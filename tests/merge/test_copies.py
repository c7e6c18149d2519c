from __future__ import annotations

from merge_builders import FISH, TALKS, TALKS_RETOLD, make

from mithaq.merge.copies import copy_groups
from mithaq.merge.sketch import _MIX, sketch

LONG = (
    TALKS
    + "\n"
    + "\n".join(f"وذكر المهندس رقم {n} أن قياس منسوب المياه عند البوابة {n} يحتاج إلى مجس." for n in range(40))
)


def test_a_copy_with_a_byline_and_another_headline_is_found() -> None:
    copy = "النهر - نيروبي: " + TALKS.replace("خمس", "ست")
    reports = [make("a", "2031-03-02", TALKS, []), make("b", "2031-03-03", copy, [], title="خزان توركانا")]
    assert copy_groups(reports) == {"b": "a"}


def test_a_copy_that_was_cut_short_is_found() -> None:
    reports = [make("long", "2031-03-02", LONG, []), make("short", "2031-03-03", TALKS, [])]
    assert copy_groups(reports) == {"short": "long"}


def test_a_report_pasted_together_of_two_makes_no_group_of_both() -> None:
    both = TALKS + "\n" + FISH + " " + FISH.replace("التونة", "السردين")
    reports = [make("a", "2031-03-02", TALKS, []), make("b", "2031-03-02", FISH, []), make("c", "2031-03-02", both, [])]
    assert copy_groups(reports).get("b") is None


def test_the_same_news_in_other_words_is_no_copy() -> None:
    reports = [make("a", "2031-03-02", TALKS, []), make("b", "2031-03-03", TALKS_RETOLD, [])]
    assert copy_groups(reports) == {}


def test_the_same_text_months_later_is_no_copy() -> None:
    assert copy_groups([make("a", "2031-03-02", TALKS, []), make("b", "2031-09-02", TALKS, [])]) == {}


def test_the_earliest_report_is_the_first_whatever_the_order() -> None:
    reports = [make(id, day, TALKS, []) for id, day in (("z", "2031-03-02"), ("b", "2031-03-03"), ("a", "2031-03-03"))]
    assert copy_groups(reports) == copy_groups(reports[::-1]) == {"a": "z", "b": "z"}


def test_a_sketch_holds_few_hashes_of_a_long_text() -> None:
    words = [f"كلمة{n}" for n in range(5000)]
    found = sketch(words)
    assert found.length == 4997
    assert len(found.hashes) <= 160
    assert all(h % (1 << found.level) == 0 for h in found.hashes)
    assert sketch([]).length == 0


def test_bands_are_of_the_least_products_of_the_hashes() -> None:
    found = sketch([f"كلمة{n}" for n in range(100)])
    products = [[h * mix % 2**32 for h in found.hashes] for mix in _MIX]
    least = [min(numbers) for numbers in products]
    assert list(found.bands[:7]) == [n << 58 | (least[n] << 26 ^ least[n + 1]) for n in range(7)]
