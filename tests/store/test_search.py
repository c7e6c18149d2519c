"""Search finds the same reports on both databases, shows where, and takes whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text, update

from mithaq.errors import QueryError
from mithaq.model import Record, Report
from mithaq.store import schema
from mithaq.store.database import Database, open_database
from mithaq.store.highlight import highlight
from mithaq.store.known import Outcome, Place
from mithaq.store.reports import add, remove
from mithaq.store.search import TEXT_WORDS, Hit, ReportFilters, count, index_all, rebuild, search, unindex
from mithaq.store.search_query import parse_query

REPORTS = {
    "talks": (
        "وزيرا الدفاع في القاهرة",
        "بحث الوزيران في القاهرة الاتفاقيات العسكرية، ثم زارا قاعدة قرب المدينة.",
    ),
    "pact": ("معاهدة جديدة", "وقّعت مصر والأردن اتّفاقيّة لتدريب الضباط. وقال مصدر إن التدريب يبدأ في الصيف."),
    "bank": (None, "قال مصرف تجاري إنه يعتقد أن القروض سترتفع، وإن أسعار مقاتلات F-16 لا تعنيه."),
    "visit": ("زيارة", "بدأ وزير الخارجية زيارة رسمية، ويلتقي بالقاهرة نظيره لبحث اتفاقيتين مع دول الجوار."),
    "arms": ("صفقة", "تسلم الجيش أسلحة بموجب عقود قديمة؛ ولم يعلق وزير المالية على العقد، ولا على قرض البنك."),
}


def put(database: Database, reports: dict[str, tuple[str | None, str]]) -> None:
    with database.write() as connection:
        for day, (id, (title, body)) in enumerate(reports.items(), 1):
            connection.execute(
                insert(schema.reports).values(
                    id=id,
                    version=1,
                    outlet="النهر" if day % 2 else "البحر",
                    title=title,
                    published=date(2020, 5, day),
                    text=body,
                    hash=id,
                    reader="test",
                    added=date(2020, 6, 1),
                    merged=False,
                )
            )
            index_all(connection, [(id, title, body)])


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, create=True) as database:
        put(database, REPORTS)
        yield database


def hits(database: Database, words: str, **options: object) -> list[Hit]:
    with database.read() as connection:
        return search(connection, words, **options)  # type: ignore[arg-type]


def found(database: Database, words: str, **options: object) -> set[str]:
    return {hit.report for hit in hits(database, words, **options)}


def test_what_finds_what(database: Database) -> None:
    for words, expected in {
        "اتفاقية": {"talks", "pact", "visit"},
        "الإتفاقيات": {"talks", "pact", "visit"},
        "اتفاقيه": {"talks", "pact", "visit"},
        "القاهرة": {"talks", "visit"},
        "وزير": {"talks", "visit", "arms"},
        "سلاح": {"arms"},
        "عقد": {"arms"},
        "مصر": {"pact"},
        "بنك": {"arms"},
        "قرض": {"bank", "arms"},
        "f16": {"bank"},
        "F-16": {"bank"},
        "دولة": {"visit"},
        # all words, wherever they stand: in the title too
        "معاهدة مصر": {"pact"},
        "وزير القاهرة": {"talks", "visit"},
        # phrases, with whatever clitics and endings
        '"وزير الخارجية"': {"visit"},
        "«الاتفاقية العسكرية»": {"talks"},
        '"العسكرية الاتفاقية"': set(),
        '"وزير المالية" عقد': {"arms"},
        # without
        "وزير -القاهرة": {"arms"},
        'اتفاقية -"اتفاقية عسكرية"': {"pact", "visit"},
        "اتفاقية -القاهرة -مصر": set(),
        # either
        "مصرف OR سلاح": {"bank", "arms"},
        'وزير سلاح OR "زيارة رسمية"': {"visit", "arms"},
        "وزير مصرف OR سلاح OR زيارة -عقد": {"visit"},
        "سفينة": set(),
    }.items():
        assert found(database, words) == expected, words
        with database.read() as connection:
            assert count(connection, words) == len(expected), words


def test_no_phrase_runs_from_the_title_into_the_text(database: Database) -> None:
    assert found(database, '"القاهرة بحث"') == set()
    assert found(database, "القاهرة بحث") == {"talks", "visit"}


def test_a_hit_in_the_title_comes_first(database: Database) -> None:
    put(
        database,
        {
            "t1": ("لا شيء", "نص طويل عن أمور كثيرة، منها هدنة بين الطرفين، ثم أمور أخرى."),
            "t2": ("هدنة", "نص طويل عن أمور كثيرة، منها ما بين الطرفين، ثم أمور أخرى."),
        },
    )
    ranked = hits(database, "هدنة")
    assert [hit.report for hit in ranked] == ["t2", "t1"]
    assert ranked[0].rank > ranked[1].rank
    assert (ranked[0].hits, [h.text for h in ranked[0].title_hits]) == ((), ["هدنة"])
    assert ranked[0].snippet.text.startswith("نص طويل")


def test_hits_are_spans_of_the_original_text(database: Database) -> None:
    (hit,) = hits(database, "اتفاقيات تدريب مصر")
    body = REPORTS["pact"][1]
    assert [h.text for h in hit.hits] == ["مصر", "اتّفاقيّة", "لتدريب", "التدريب"]
    assert all(body[h.start : h.end] == h.text for h in hit.hits)
    assert body[hit.snippet.start : hit.snippet.end] == hit.snippet.text == body
    assert [hit.snippet.text[m.start : m.end] for m in hit.marks] == [h.text for h in hit.hits]


def test_a_phrase_is_one_hit(database: Database) -> None:
    (hit,) = hits(database, '"وزير الخارجية" زيارة')
    assert [h.text for h in hit.hits] == ["وزير الخارجية", "زيارة"]
    assert [h.text for h in hit.title_hits] == ["زيارة"]


def test_pages_hold_every_report_once(database: Database) -> None:
    whole = [hit.report for hit in hits(database, "وزير OR اتفاقية OR قرض")]
    assert len(whole) == 5
    assert [h.report for at in range(5) for h in hits(database, "وزير OR اتفاقية OR قرض", limit=1, offset=at)] == whole
    assert hits(database, "وزير", limit=0) == []


def test_filters(database: Database) -> None:
    assert found(database, "اتفاقية", filters=ReportFilters(since=date(2020, 5, 2))) == {"pact", "visit"}
    assert found(database, "اتفاقية", filters=ReportFilters(until=date(2020, 5, 2))) == {"talks", "pact"}
    assert found(database, "اتفاقية", filters=ReportFilters(outlets=("البحر",))) == {"pact", "visit"}
    with database.read() as connection:
        assert count(connection, "اتفاقية", ReportFilters(("البحر", "النهر"), date(2020, 5, 2), date(2020, 5, 3))) == 1


def test_what_is_taken_out_is_found_no_more_and_leaves_no_room_taken(database: Database) -> None:
    with database.write() as connection:
        unindex(connection, "arms")
        unindex(connection, "arms")
        unindex(connection, "never there")
    assert found(database, "سلاح") == set()
    if database.name.endswith(".db"):
        with database.read() as connection:
            rows = connection.execute(text("SELECT rowid FROM search_words WHERE search_words MATCH 'سلاح'")).all()
        assert rows == []
    put(database, {"new": (None, "بلا أسلحة")})
    assert found(database, "سلاح") == {"new"}


def test_what_is_indexed_again_is_found_by_its_new_words_only(database: Database) -> None:
    with database.write() as connection:
        index_all(connection, [("arms", None, "نص آخر عن الموانئ")])
    assert found(database, "سلاح") == set()
    assert found(database, "ميناء") == {"arms"}


def test_keys_that_were_made_otherwise_do_no_harm(database: Database) -> None:
    with database.write() as connection:
        connection.execute(update(schema.search_index).values(checksum=0))
        unindex(connection, "arms")
    assert found(database, "سلاح") == set()
    assert found(database, "قرض") == {"bank"}
    with database.write() as connection:
        assert rebuild(connection) == len(REPORTS)
    assert found(database, "سلاح") == {"arms"}


def test_a_report_is_found_by_its_newest_text_until_it_is_removed(database: Database) -> None:
    def keep(outcome: Outcome, said: str) -> None:
        given = Report(said, "r", None, None, "عنوان", None)
        with database.write() as connection:
            add(connection, Place(outcome, "r"), given, Record(given.id), b"", "test")

    keep(Outcome.NEW, "اتفق البلدان على بناء سفينة.")
    assert found(database, "سفن") == {"r"}
    keep(Outcome.VERSION, "اتفق البلدان على بناء جسر.")
    assert (found(database, "سفن"), found(database, "جسور")) == (set(), {"r"})
    with database.write() as connection:
        assert remove(connection, "r")
    assert found(database, "جسور") == set()
    with database.read() as connection:
        assert (
            connection.execute(select(schema.search_index.c.report).where(schema.search_index.c.report == "r")).all()
            == []
        )


def test_very_long_texts_and_words_are_taken(database: Database) -> None:
    long = "هدنة " + "كلمة " * (TEXT_WORDS + 10) + "معبر " + "ب" * 5000 + " " + "x" * 5000
    put(database, {"long": ("م" * 3000, long)})
    assert found(database, "هدنة") == {"long"}
    assert found(database, '"هدنة كلمة كلمة"') == {"long"}
    assert found(database, "معبر") == set()  # beyond what is indexed


@pytest.mark.parametrize("words", ["", "   ", "؟!", '""', "«»", "OR", "ـ", "-", "*"])
def test_nothing_to_search_for_is_said(database: Database, words: str) -> None:
    with pytest.raises(QueryError, match=r"there is nothing to search for \(give a word"):
        hits(database, words)


def test_other_queries_that_cannot_be_asked(database: Database) -> None:
    for words, message in (
        ("-مصر", "-WORD only leaves out"),
        ("كلمة " * 33, "holds 33 words .use at most 32"),
        ("ا" * 1001, "1,001 characters long"),
    ):
        with pytest.raises(QueryError, match=message):
            hits(database, words)
    with pytest.raises(QueryError, match="neither may be negative"):
        hits(database, "مصر", limit=-1)


_TYPED = st.text(st.sampled_from("اتفاقيةوزير \"«»“”-−()*:^'\\&|!<>{}[]+~.%;_\n\tNEAROTD\0\u200fF16") | st.characters())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example('" OR 1=1; DROP TABLE reports; --')
@example("title:وزير AND NEAR(a b)")
@example("وزير* ^اتفاقية {text}: (")
@example("'وزير' & !('x':*A) | <->")
@example('«وزير "الدفاع» -"')
@example("\ud800 وزير \0")
@given(typed=_TYPED)
def test_whatever_is_typed_is_safe(database: Database, typed: str) -> None:
    try:
        result = hits(database, typed)
    except QueryError:
        return
    for hit in result:
        title, body = REPORTS[hit.report]
        assert all(body[h.start : h.end] == h.text for h in hit.hits)
        assert all((title or "")[h.start : h.end] == h.text for h in hit.title_hits)


def test_the_snippet_shows_where_most_of_the_query_stands() -> None:
    filler = " ".join(["شيء"] * 60)
    body = f"الوزير {filler} التقى الوزير السفير، وبحثا القرض. {filler} السفير"
    shown = highlight(body, parse_query("وزير سفير قرض").wanted)
    assert "الوزير السفير، وبحثا القرض." in shown.snippet.text
    assert shown.snippet.start > 0
    assert shown.snippet.end < len(body)
    assert body[shown.snippet.start : shown.snippet.end] == shown.snippet.text
    assert [h.text for h in shown.hits] == ["الوزير", "الوزير", "السفير", "القرض", "السفير"]


def test_overlapping_hits_are_one() -> None:
    shown = highlight("وزير الخارجية الروسي", parse_query('"وزير الخارجية" "الخارجية الروسية"').wanted)
    assert [h.text for h in shown.hits] == ["وزير الخارجية الروسي"]


def test_the_end_of_a_snippet_keeps_its_full_stop() -> None:
    assert highlight("تم توقيع الاتفاق.", (("اتفاق",),)).snippet.text == "تم توقيع الاتفاق."
    assert highlight("", (("اتفاق",),)).snippet.text == ""
    assert highlight("؟؟", (("اتفاق",),)).snippet.text == "؟؟"
