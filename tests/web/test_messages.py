"""What errors say on Arabic pages: every message of the code has its Arabic, and no page of an error is in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from serving import serving
from visitors import Visitor, keep_one, text_of

from mithaq.store.database import Database
from mithaq.store.faults import _KNOWN as KNOWN
from mithaq.web.labels import FORMS, LANGS, Lang, labels
from mithaq.web.messages import HOLE, fill, in_arabic, templates
from mithaq.web.settings import Settings

SOURCE = Path(__file__).parents[2] / "src" / "mithaq"
HEARD = ("keep.py", "pipeline.py", "merge/reviewed.py", "query", "readers", "store", "web")
"""What can raise an error that a page shows."""
CALLS = {"InputError", "QueryError", "ReviewError", "ConflictError", "StoreError", "MithaqError", "HTTPException"}
PARTS = {"Unmade": 1, "aside": 0}
"""Calls that become an error later, and where their message stands."""
UNHEARD = {
    "query/sql.py": "mithaq sql",
    "store/migrate.py": "opening a database",
    "store/database.py": "opening a database",
    "readers/records.py": "mithaq evaluate",
}
"""What only the command line shows."""
PIECED = {
    "{} is {}": ("'x' is several parties", "'x' is no state or organisation"),
    "{} is over {} MB": tuple(f"the {what} is over 9 MB" for what in ("document", "feed", "text", "page")),
    "the database {} {}": tuple(f"the database x.db {means}" for _, means, _ in KNOWN),
}
"""Messages that are put together of pieces, and all that becomes of them."""
ARABIC = re.compile("[\u0621-\u064a]")


def said_in_code() -> Iterator[tuple[str, str]]:
    """Each message and hint that is written out where it is raised, with its file."""
    for part in HEARD:
        path = SOURCE / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = str(file.relative_to(SOURCE))
            if name in UNHEARD:
                continue
            tree = ast.parse(file.read_text("utf-8"))
            constants = {
                target.id: node.value.value
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(tree):
                if not isinstance(node, ast.Call):
                    continue
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called in CALLS or called in PARTS:
                    for given in node.args[PARTS.get(called, 0) : PARTS.get(called, 0) + 2]:
                        for text in _texts(given, constants):
                            yield name, text


def _texts(node: ast.expr, constants: Mapping[str, object]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [v.value if isinstance(v, ast.Constant) else HOLE for v in node.values]
        if any(isinstance(part, str) and re.search("[a-z]", part.replace(HOLE, "")) for part in parts):
            yield "".join(map(str, parts))
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, constants)
        yield from _texts(node.orelse, constants)
    elif isinstance(node, ast.Name) and isinstance(constants.get(node.id), str):
        yield str(constants[node.id])


def test_every_message_of_the_code_has_its_arabic() -> None:
    said = list(said_in_code())
    assert len(said) > 200
    whole = [(file, text) for file, text in said if text not in PIECED]
    whole += [("in pieces", made) for all_of_it in PIECED.values() for made in all_of_it]
    whole += [("store/faults.py", hint) for _, _, hint in KNOWN]
    lacking = {f"{file}: {text}" for file, text in whole if not ARABIC.search(in_arabic(text.replace(HOLE, "7")))}
    assert lacking == set()


@pytest.mark.parametrize("english", sorted(templates()))
def test_a_message_is_said_by_its_own_line(english: str) -> None:
    values = [f"v{n}" for n in range(english.count(HOLE))]
    said = in_arabic(fill(english, values))
    assert re.sub("[\u2066-\u2069]", "", said) == fill(templates()[english], values)


def test_values_keep_their_direction_and_words_of_ours_are_arabic() -> None:
    assert in_arabic("there is no area 'a \"b\"'") == 'لا مجال اسمه «\u2068a "b"\u2069»'
    assert in_arabic("evidence: these words do not stand in the text").startswith("الشاهد: ")
    assert in_arabic("said by nobody") == "said by nobody"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/agreements/none", 404),
        ("/reports/none", 404),
        ("/review/reports/none", 404),
        ("/add/none", 404),
        ("/agreements?area=xx", 400),
        ("/agreements?party=xx", 400),
        ("/commitments?order=xx", 400),
        ("/due?on=xx", 400),
        ("/pairs/EGY", 400),
        ("/pairs/EGY-EGY", 400),
        ("/network.gif", 404),
        ("/agreements.xml", 404),
        ("/review?page=xx", 422),
        ("/search?q=-%D9%83%D9%84%D9%85%D8%A9", 422),
        ("/search?since=xx", 422),
        ("/search?q=%00", 400),
    ],
)
def test_pages_of_errors_are_in_the_language_of_the_reader(site: str, path: str, status: int) -> None:
    for lang in LANGS:
        with Visitor(site, headers={"accept-language": lang}) as visitor:
            answer = visitor.get(path)
            assert answer.status_code == status
            main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
            assert main
            shown = re.search(r'class="error"[^>]*>(.*?)</p>', main[0], re.DOTALL)
            assert shown, path
            assert bool(ARABIC.search(shown[1])) is (lang == "ar"), shown[1]


def test_what_cannot_be_sent_is_said_in_arabic(database: Database) -> None:
    keep_one(database)
    arabic = {"accept-language": "ar"}
    with serving(database, Settings(form_bytes=2000)) as site, Visitor(site, headers=arabic) as visitor:
        assert "ميغابايت" in text_of(visitor.form("/review", {"report": "r1", "row": "x" * 3000}))
        assert "أعد تحميل الصفحة" in text_of(visitor.post("/review", data={"csrf": "x"}))
        assert "النص فارغ" in text_of(visitor.form("/add", {"text": " "}))
        refused = visitor.form("/review", {"report": "r1", "row": "provision-1-2-x", "verdict": "accept"})
        assert refused.status_code == 400
        assert "لم يعد هذا الصف موجودا" in text_of(refused)
        assert "لا تقبل هذه الصفحة" in text_of(visitor.form("/agreements"))


@pytest.mark.parametrize(
    ("number", "arabic"),
    [(0, "لا أخبار"), (1, "خبر واحد"), (2, "خبران"), (3, "3 أخبار"), (10, "10 أخبار"), (11, "11 خبرا"), (99, "99 خبرا"),
     (100, "100 خبر"), (102, "102 خبر"), (103, "103 أخبار"), (1111, "1,111 خبرا")],
)  # fmt: skip
def test_numbers_have_the_form_that_arabic_asks_for(number: int, arabic: str) -> None:
    assert labels("ar").count("reports", number) == arabic
    assert labels("en").count("reports", number) == f"{number:,} report{'s' * (number != 1)}"


@pytest.mark.parametrize("lang", LANGS)
def test_everything_counted_in_a_template_has_all_its_forms(lang: Lang) -> None:
    assert set(FORMS[lang]) >= {"one", "other"}
    found = set()
    for file in (SOURCE / "web" / "templates").glob("*.html"):
        found |= set(re.findall(r"t\.count\([\"'](\w+)", file.read_text("utf-8")))
    assert len(found) > 5
    for key in {*found, "agreements", "commitments", "due", "ties"}:
        for number in (0, 1, 2, 5, 20, 100):
            assert "{" not in labels(lang).count(key, number)
