"""The tables for people: what they hold, how they fit, and that Arabic keeps its order."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from mithaq.cli.labels import label
from mithaq.cli.layout import isolate
from mithaq.cli.output import safe
from mithaq.cli.render import Renderer
from mithaq.export.rows import shorten
from mithaq.model import Attribution, Frequency, Provision, Quantity, Record, Span, When

TEXT = "أعلن وزير الدفاع سالم أن البلدين اتفقا على مناورات مشتركة مرة أو مرتين في السنة"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def attribution(id: str, speaker: str, parent: str | None = None) -> Attribution:
    return Attribution(
        id,
        span("أعلن"),
        span("وزير الدفاع سالم"),
        speaker,
        (span("البلدين اتفقا على مناورات مشتركة"),),
        "indirect",
        parent,
        "named",
        "probable",
        "-",
        why=(("cue", "cues/saying.toml: announce"),),
    )


RECORD = Record(
    "r1",
    (attribution("a1", "مصدر عسكري"), attribution("a2", "سالم", "a1")),
    (
        Provision(
            "p1",
            span("مناورات مشتركة"),
            "exercise",
            "agreed",
            ("EGY", "RUS"),
            "provision",
            "a2",
            (When(span("السنة"), date(2013, 11, 1), date(2013, 11, 30)),),
            Frequency(span("مرة أو مرتين في السنة"), 1, 2, "year"),
            (Quantity(span("مرة"), 3e9, "USD", True), Quantity(span("مرة"), 2.5, "km", False)),
            why=(("area", "triggers.toml: drill"), ("status", "agree")),
        ),
        Provision("p2", span("البلدين"), "noninterference", "demanded", ("EGY", "GCC"), "condition", None),
    ),
    outlet="okaz",
    title="عنوان الخبر",
    published=date(2013, 11, 15),
)


class _Stdout(io.StringIO):
    terminal = False

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def stdout(monkeypatch: pytest.MonkeyPatch) -> _Stdout:
    stream = _Stdout()
    monkeypatch.setattr("mithaq.cli.layout.sys", SimpleNamespace(stdout=stream))  # pytest swaps the real one
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_everything_is_there(stdout: _Stdout) -> None:
    Renderer("en").show(RECORD)
    out = stdout.getvalue()
    for expected in (
        "عنوان الخبر",
        "r1 · okaz · 2013-11-15",
        "Attributions: who says what",
        "probable -",
        "100%",
        "Provisions: what states do together",
        "exercise",
        "agreed",
        "RUS",
        "2013-11-01 – 2013-11-30",
        "1–2 times a year",
        "3,000,000,000 USD",
        "2.5 km",
        "Conditions: what one side requires",
        "non-interference",
        "demanded",
    ):
        assert expected in out
    assert "← سالم" in out


def test_arabic_labels_run_from_right_to_left(stdout: _Stdout) -> None:
    Renderer("ar").show(RECORD)
    out = stdout.getvalue()
    heading = next(line for line in out.splitlines() if "الرمز" in line)
    assert heading.index("الصفة") < heading.index("المضمون") < heading.index("الرمز")
    assert "متفق عليه" in out
    assert "EGY" in out


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [40, 72, 80, 100, 200])
@pytest.mark.parametrize("terminal", [False, True])
def test_no_line_is_wider_than_the_terminal(
    stdout: _Stdout, monkeypatch: pytest.MonkeyPatch, lang: str, width: int, terminal: bool
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb" if not terminal else "xterm")
    stdout.terminal = terminal
    renderer = Renderer(lang)
    renderer.show(RECORD)
    renderer.explain(RECORD)
    plain = stdout.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert max(map(cell_len, plain.splitlines())) <= width


def test_isolates_on_a_terminal_only_and_always_in_pairs(stdout: _Stdout) -> None:
    Renderer("en").show(RECORD)
    assert "\u2067" not in stdout.getvalue()
    stdout.terminal = True
    Renderer("en").show(RECORD)
    lines = [line for line in stdout.getvalue().splitlines() if "\u2067" in line]
    assert lines
    for line in lines:
        depth = 0
        for character in line:
            depth += {"\u2067": 1, "\u2069": -1}.get(character, 0)
            assert depth in (0, 1)
            assert depth == 1 or unicodedata.bidirectional(character) not in ("R", "AL")
        assert depth == 0


def test_isolates_take_no_room() -> None:
    assert isolate("  مؤكداً ") == "  \u2067مؤكداً\u2069 "
    assert cell_len(isolate("مؤكداً")) == cell_len("مؤكداً") == 5
    assert isolate(" EGY ") == " EGY "


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_found_is_a_sentence(stdout: _Stdout, lang: str) -> None:
    renderer = Renderer(lang)
    renderer.show(Record("empty"))
    renderer.show(Record("attributions only", RECORD.attributions))
    renderer.show(Record("provisions only", (), RECORD.provisions))
    out = stdout.getvalue()
    for key in ("nothing", "no_provision", "no_attribution"):
        assert label(key, lang) in out


def test_explain(stdout: _Stdout) -> None:
    Renderer("en").explain(RECORD)
    out = stdout.getvalue()
    assert "cues/saying.toml: announce" in out
    assert "triggers.toml: drill" in out
    assert "no reason is recorded" in out
    assert "مناورات مشتركة" in out


def test_reports_cannot_command_the_terminal(stdout: _Stdout) -> None:
    Renderer("en").show(Record("a\x1b]0;x\x07", title="\x9b31m\u202eعنوان"))
    assert not set("\x1b\x07\x9b\u202e") & set(stdout.getvalue())
    assert safe("a\u2067b\tc\n") == "ab\tc\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصير", "قصير"),
        ("  على \n سطرين ", "على سطرين"),
        ("واحد اثنان ثلاثة أربعة خمسة ستة سبعة", "واحد اثنان … سبعة"),
    ],
)
def test_shorten(text: str, expected: str) -> None:
    assert shorten(text, 20) == expected


@pytest.mark.parametrize("length", [1, 20, 21, 22, 500])
def test_shorten_never_lengthens(length: int) -> None:
    assert len(shorten("م" * length, 20)) <= 23
