"""The cues' own examples and counters, read one by one, and the errors that a wrong entry raises."""

from collections import Counter
from pathlib import Path

import pytest

from mithaq.errors import DataError
from mithaq.evaluation.examples import by_entry, parse, spans_of
from mithaq.lexicon.cues import FILES, Cue, cues

_FEWEST_ENTRIES = 150


EXAMPLES = [pytest.param(c, e, id=f"{c.id}-{n}") for c in cues() for n, e in enumerate(c.examples, 1)]
COUNTERS = [pytest.param(c, e, id=f"{c.id}-{n}") for c in cues() for n, e in enumerate(c.counters, 1)]


@pytest.mark.parametrize(("cue", "marked"), EXAMPLES)
def test_example_gives_its_spans(cue: Cue, marked: str) -> None:
    example = parse(marked)
    found = [spans_of(a) for a in by_entry(cue, example.text)]
    assert (example.cue, example.source, example.contents) in found


@pytest.mark.parametrize(("cue", "text"), COUNTERS)
def test_counter_gives_nothing(cue: Cue, text: str) -> None:
    assert by_entry(cue, text) == []


def test_every_entry_has_examples_and_counters() -> None:
    assert [c.id for c in cues() if not c.examples or not c.counters] == []


def test_there_are_enough_entries() -> None:
    assert len(cues()) >= _FEWEST_ENTRIES


def test_no_sentence_is_given_twice() -> None:
    sentences = Counter(s for c in cues() for s in (*(parse(e).text for e in c.examples), *c.counters))
    assert [s for s, n in sentences.items() if n > 1] == []


@pytest.mark.parametrize(
    "marked", ["[قال الوزير إن <الباب مفتوح>.", "قال الوزير إن <الباب مفتوح>.", "[قال] الوزير.", "قال] <الباب>."]
)
def test_wrong_marks_are_refused(marked: str) -> None:
    with pytest.raises(ValueError, match=r"closes nothing|opened twice|needs one"):
        parse(marked)


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose cue files are all empty, read in place of the packaged one."""
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    monkeypatch.setattr("mithaq.lexicon.tables.data_file", lambda name: tmp_path / name)
    return tmp_path


ERRORS = [
    pytest.param('[say]\nverb = "قال"\nframe = ["that"]\n', ("'say'", "'frame'", "'frames'"), id="unknown key"),
    pytest.param(
        '[say]\nverb = "قال"\nframes = ["thta"]\n', ("'say'", "'frames'", "'thta'", "'that'"), id="unknown frame"
    ),
    pytest.param('[say]\nwords = ["حسب"]\nplace = "arround"\n', ("'say'", "'place'", "'around'"), id="unknown place"),
    pytest.param(
        '[say]\nverb = "قال"\ncertainty = "probably"\n', ("'say'", "'certainty'", "'probable'"), id="unknown certainty"
    ),
    pytest.param('[say]\nverb = "قال"\npolarity = "no"\n', ("'say'", "'polarity'", "'no'"), id="unknown polarity"),
    pytest.param('[say]\nverb = "قال"\nframes = "that"\n', ("'say'", "'frames'", "list"), id="wrong type"),
    pytest.param('[say]\nverb = "قال"\nwords = ["قوله"]\n', ("'say'", "'verb'", "'words'"), id="verb and words"),
    pytest.param('[say]\nframes = ["that"]\n', ("'say'", "'verb'", "'words'"), id="neither verb nor words"),
    pytest.param('[say]\nverb = "قال"\n[tell]\nverb = "قال"\n', ("'tell'", "'قال'", "'say'"), id="doubled verb"),
    pytest.param('verb = "قال"\n', ("'verb'", "outside an entry"), id="key outside an entry"),
    pytest.param("[say\n", ("saying.toml",), id="no TOML"),
]


@pytest.mark.parametrize(("text", "named"), ERRORS)
def test_wrong_entry_is_named(lexicon: Path, text: str, named: tuple[str, ...]) -> None:
    (lexicon / "cues" / "saying.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        cues.__wrapped__()
    message = str(raised.value)
    assert [part for part in ("cues/saying.toml", *named) if part not in message] == []


def test_doubled_entry_names_both_files(lexicon: Path) -> None:
    (lexicon / "cues" / "saying.toml").write_text('[say]\nverb = "قال"\n', encoding="utf-8")
    (lexicon / "cues" / "claims.toml").write_text('[say]\nverb = "نفى"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"cues/claims\.toml: entry 'say' is already in cues/saying\.toml"):
        cues.__wrapped__()


def test_right_entry_is_loaded(lexicon: Path) -> None:
    entry = '[say]\nverb = "قال"\nframes = ["that"]\ncounters = ["قيل وقال."]\n'
    (lexicon / "cues" / "saying.toml").write_text(entry, encoding="utf-8")
    (cue,) = cues.__wrapped__()
    assert (cue.id, cue.file, cue.verb, cue.frames, cue.counters) == (
        "say",
        "cues/saying.toml",
        "قال",
        frozenset({"that"}),
        ("قيل وقال.",),
    )
