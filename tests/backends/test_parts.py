"""The parts of the backends: schema, prompt and its examples, pieces, answers, cache, threads, lists of options."""

from __future__ import annotations

import threading
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.arabic.align import Aligner
from mithaq.backends import BACKENDS, Options, in_threads, make
from mithaq.backends.llm.answers import NoAnswerError, parse_answer
from mithaq.backends.llm.cache import Cache
from mithaq.backends.llm.grounding import ground
from mithaq.backends.llm.prompt import examples, instructions, question, version
from mithaq.backends.llm.schema import SENTENCE, answer_schema, row_schema
from mithaq.backends.llm.tally import Tally
from mithaq.backends.pieces import OVERLAP, Piece, pieces
from mithaq.cli.backend_options import _OPTIONS
from mithaq.model import Attribution, Provision, Report
from mithaq.ontology import areas, organisations, statuses
from mithaq.pipeline import read_report


def test_the_table_of_backends() -> None:
    assert [*BACKENDS] == ["rules", "llm", "hybrid", "spacy", "gliner", "transformers"]
    report = Report("قال وزير النقل الكيني إن بلاده ترحب بالزيارة.")
    rules = make("rules")
    assert rules(report) == read_report(report)
    assert (rules.name, rules.threads, rules.summary()) == ("rules", 0, [])


def test_every_option_is_on_the_command_line_but_the_size_of_pieces() -> None:
    assert {f.name for f in fields(Options)} - set(_OPTIONS) == {"piece"}
    assert set(_OPTIONS) <= {f.name for f in fields(Options)}


@pytest.mark.parametrize("row", [Attribution, Provision])
def test_the_schema_has_the_fields_of_the_model_that_are_read_off_a_text(row: type[Attribution]) -> None:
    schema = row_schema(row)
    ours = {"confidence", "why", "entity", "when", "frequency", "quantities"}
    assert set(schema["properties"]) == {f.name for f in fields(row)} - ours | {SENTENCE}
    assert schema["required"] == [*schema["properties"]]
    assert schema["additionalProperties"] is False


def test_the_schema_lists_what_the_ontology_lists() -> None:
    rows = answer_schema()["properties"]
    provision = rows["provisions"]["items"]["properties"]
    assert provision["area"]["enum"] == [*areas()]
    assert provision["status"]["enum"] == [*statuses()]
    assert provision["role"]["enum"] == ["provision", "condition"]
    attribution = rows["attributions"]["items"]["properties"]
    assert attribution["source"] == {"type": ["string", "null"]}
    assert attribution["content"] == {"type": "array", "items": {"type": "string"}}
    assert attribution["cue"] == {"type": "string"}


def check(value: Any, schema: dict[str, Any]) -> None:
    """As much of JSON Schema as the schema uses."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    names = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    assert isinstance(value, tuple(names[k] for k in kinds)), (value, schema)
    assert value in schema.get("enum", [value])
    if isinstance(value, dict):
        assert set(value) == set(schema["required"])
        for name, part in value.items():
            check(part, schema["properties"][name])
    if isinstance(value, list):
        for part in value:
            check(part, schema["items"])


@pytest.mark.parametrize("number", range(len(examples())))
def test_the_examples_follow_the_schema_and_nothing_of_them_is_dropped(number: int) -> None:
    example = examples()[number]
    check(example["answer"], answer_schema())
    text = " ".join(example["sentences"])
    starts = [text.index(s) for s in example["sentences"]]
    piece = Piece(tuple((a, a + len(s)) for a, s in zip(starts, example["sentences"], strict=True)))
    rows = ground(example["answer"], Aligner(text), piece, "example")
    assert not rows.dropped
    assert len(rows.attributions) == len(example["answer"]["attributions"])
    assert len(rows.provisions) == len(example["answer"]["provisions"])
    assert rows.found["normalised"] == 0  # an example copies letter for letter


def test_the_prompt_says_every_area_status_and_organisation() -> None:
    system = instructions()[0]["content"]
    assert all(f"{name}: " in system for name in (*areas(), *statuses()))
    assert all(code in system for code in organisations())
    assert "{" not in system.replace('{"attributions": [...], "provisions": [...]}', "")
    assert len(instructions()) == 1 + 2 * len(examples())
    assert len(version()) == 16


def test_a_question_tells_where_the_outlet_is_at_home_and_nothing_else_of_it() -> None:
    text = "قال الوزير نعم."
    asked = question(text, Piece(((0, len(text)),)), "KEN")["content"]
    assert asked.startswith("The outlet is at home in KEN:")
    assert question(text, Piece(((0, len(text)),)))["content"].startswith("The text stands between")


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("اب .؟\n،«»"), min_size=1, max_size=400), st.integers(5, 120))
def test_pieces_hold_every_word_and_are_no_longer_than_asked(text: str, size: int) -> None:
    found = pieces(text, size)
    covered: set[int] = set()
    for piece in found:
        assert 0 < piece.end - piece.start <= size
        for start, end in piece.sentences:
            covered |= set(range(start, end))
    assert {k for k, c in enumerate(text) if c.isalnum()} <= covered
    for one, other in pairwise(found):
        assert one.start < other.start
        assert one.end < other.end
        assert one.end - other.start <= OVERLAP


def test_halves_of_a_piece_share_nothing() -> None:
    piece = Piece(((0, 10), (11, 20), (21, 90)))
    assert piece.halves() == (Piece(((0, 10), (11, 20))), Piece(((21, 90),)))
    assert Piece(((0, 90),)).halves() == ()
    assert Piece(((0, 90), (91, 95))).halves() == (Piece(((0, 90),)), Piece(((91, 95),)))


@pytest.mark.parametrize(
    "text",
    [
        '{"attributions": []}',
        'Sure! {"note": 1} ```json\n{"attributions": []}\n```',
        'a { b } c {"provisions": [{"x": "}"}], "attributions": []} d {"attributions": [1]}',
        '\ufeff {"attributions": []}',
    ],
)
def test_the_first_object_with_rows_is_the_answer(text: str) -> None:
    assert parse_answer(text)["attributions"] == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ('{"attributions": [{"id": "a', True),
        ('{"attributions": [', True),
        ('{"attributions": [{"cue": "\\u06', True),
        ("no", False),
        ('{"rows": []}', False),
        ('{"attributions": [1,,2], "provisions": [{"evidence": "..."}]}', False),
        ('{"attributions": ' + "9" * 5000 + "}", False),
    ],
)
def test_what_is_no_answer_and_what_breaks_off(text: str, cut: bool) -> None:
    with pytest.raises(NoAnswerError) as raised:
        parse_answer(text)
    assert raised.value.cut is cut


def test_a_cache_is_never_half_written(tmp_path: Path) -> None:
    """Two hundred writes of one answer by four threads, read all the time: it is there, whole, from the first on."""
    cache, key = Cache(tmp_path), Cache.key("m", "v", "q")
    value = {"attributions": [{"cue": "قال" * 1000}]}
    cache.put(key, value)

    def write() -> None:
        for _ in range(50):
            cache.put(key, value)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert cache.get(key) == value
    assert [p.suffix for p in tmp_path.rglob("*") if p.is_file()] == [".json"]
    assert cache.get(Cache.key("m", "v", "other")) is None


def test_threads_keep_the_order_and_give_up_what_has_not_begun() -> None:
    gate = threading.Event()
    begun: list[int] = []

    def work(n: int) -> int:
        begun.append(n)
        if n == 0:
            gate.wait(5)
        gate.set()
        return n * n

    assert list(in_threads(work, range(20), 3)) == [n * n for n in range(20)]
    begun.clear()
    results = in_threads(work, iter(range(1000)), 2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert len(begun) <= 6


def test_an_error_in_a_thread_is_raised_in_its_place() -> None:
    def work(n: int) -> int:
        return 1 // (3 - n)

    results = in_threads(work, range(9), 2)
    assert [next(results) for _ in range(3)] == [0, 0, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_a_budget_counts_what_is_under_way() -> None:
    tally = Tally(Options(max_tokens=1000))
    tally.settle((0, 0), 1000, 500, (200, 100))  # so much is known of what a question takes
    first, second = tally.reserve(1000, 500), tally.reserve(1000, 500)
    assert first == second == (300, 0)
    assert tally.reserve(1000, 500) is None
    assert tally.over == "300 of 1,000 tokens are used"


def test_a_failed_question_gives_its_part_of_the_budget_back() -> None:
    tally = Tally(Options(max_tokens=1000))
    reserved = tally.reserve(1000, 500)
    assert reserved is not None
    tally.settle(reserved, 1000, 500, None)
    assert tally.counts["tokens_in"] == 0
    assert tally.reserve(1000, 500) == reserved
