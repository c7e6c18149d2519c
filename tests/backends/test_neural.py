"""spaCy, GLiNER and transformers help the rules: with names that no list has, and subjects that no frame finds."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fake_taggers import fake_gliner, fake_transformers

import mithaq
from mithaq.backends import Options, make
from mithaq.backends.neural.backend import read_with
from mithaq.backends.neural.finders import Found, from_spacy
from mithaq.errors import BackendError
from mithaq.model import Record, Report
from mithaq.stages.outside import Name, Subject

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'mithaq[spacy]'")

# «زلفيان» and «كرمبات» are in no list, and nothing in the first sentence says that they are names.
NAMED = "كشف زلفيان كرمبات أن كينيا والنرويج وقعتا اتفاقية تعاون عسكري."
LATER = "وأكد كرمبات أن الاتفاقية مهمة."


def whole(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def speakers(record: Record) -> list[tuple[str, str | None, str]]:
    return [(a.cue.text, a.source.text if a.source else None, a.speaker) for a in record.attributions]


def test_nothing_found_changes_nothing() -> None:
    root = Path(__file__).parents[2]
    for line in (root / "corpus" / "reports.jsonl").read_text("utf-8").splitlines()[:8]:
        report = Report(json.loads(line)["text"])
        assert read_with(report, Found()).to_dict() == mithaq.read_report(report).to_dict()


def test_a_name_that_no_list_has_becomes_a_source_and_is_known_later() -> None:
    report = Report(f"{NAMED} {LATER}")
    before = speakers(mithaq.read_report(report))
    assert "زلفيان كرمبات" not in [speaker for _, _, speaker in before]
    start, end = whole(NAMED, "زلفيان كرمبات")
    record = read_with(report, Found((Name(start, end, "person"),)))
    assert ("كشف", "زلفيان كرمبات", "زلفيان كرمبات") in speakers(record)
    assert ("أكد", "كرمبات", "زلفيان كرمبات") in speakers(record)
    (entity,) = (e for e in record.entities if e.name == "زلفيان كرمبات")
    assert (entity.kind, len(entity.mentions)) == ("person", 2)


@pytest.mark.parametrize(
    ("text", "verb", "noun", "source"),
    [
        (
            "المجلس النرويجي للبحوث، بعد نقاش طويل في أوسلو حول الميزانية، أعلن أن كينيا شريك مهم.",
            "أعلن",
            "المجلس",
            "المجلس النرويجي للبحوث",
        ),
        (
            "وزير النقل الكيني الذي زار الميناء في الصباح مع وفد كبير من التجار أعلن أن كينيا شريك مهم.",
            "أعلن",
            "وزير",
            "وزير النقل الكيني",
        ),
    ],
)
def test_a_subject_gives_a_statement_its_source(text: str, verb: str, noun: str, source: str) -> None:
    assert [(cue, found) for cue, found, _ in speakers(mithaq.read(text))] == [(verb, None)]
    helped = read_with(Report(text), Found((), (Subject(whole(text, verb), whole(text, noun)),)))
    assert speakers(helped) == [(verb, source, source)]


@pytest.mark.parametrize(
    "names",
    [
        [(0, 5, "person"), (0, 5, "person")],
        [(-5, 2, "person")],
        [(10_000, 10_010, "institution")],
        [(3, 3, "person")],
        [(0, 200, "person")],
    ],
)
def test_odd_spans_do_no_harm(names: list[tuple[int, int, Any]]) -> None:
    text = f"{NAMED} {LATER}"
    record = read_with(Report(text), Found(tuple(Name(*n) for n in names), (Subject((0, 3), (-1, 0)),)))
    assert all(text[s.start : s.end] == s.text for a in record.attributions for s in (a.cue, *a.content))


@pytest.fixture
def ruler(tmp_path: Path) -> str:
    """A pipeline of spaCy's own on disk: a blank one with an EntityRuler."""
    nlp = spacy.blank("ar")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "PER", "pattern": "زلفيان كرمبات"}, {"label": "LOC", "pattern": "كينيا"}]
    )
    nlp.to_disk(tmp_path / "pipeline")
    return str(tmp_path / "pipeline")


def test_a_pipeline_is_loaded_by_path_and_works_in_other_processes(ruler: str) -> None:
    backend = make("spacy", Options(model=ruler))
    report = Report(NAMED)
    record = backend(report)
    assert isinstance(record, Record)
    assert speakers(record)[0][1] == "زلفيان كرمبات"
    assert backend.summary() == [f"spacy {ruler}: 1 names and 0 sources more"]
    assert pickle.loads(pickle.dumps(backend))(report) == record
    assert backend.threads == 0
    backend.close()


def test_docs_with_entities_and_dependencies_are_read_from_a_file(tmp_path: Path) -> None:
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

    words = ["كشف", "زلفيان", "كرمبات", "أن", "كينيا", "شريك", "مهم", "."]
    doc = Doc(
        Vocab(),
        words=words,
        spaces=[True] * 6 + [False, False],
        heads=[0, 0, 1, 5, 5, 0, 5, 0],
        deps=["ROOT", "nsubj", "flat", "mark", "nsubj", "ccomp", "amod", "punct"],
    )
    doc.ents = [Span(doc, 1, 3, label="PERSON")]
    found = from_spacy(doc)
    assert found.names == (Name(4, 17, "person"),)
    assert Subject((0, 3), (4, 10)) in found.subjects
    path = tmp_path / "docs.spacy"
    DocBin(attrs=["ORTH", "SPACY", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"], docs=[doc]).to_disk(path)
    backend = make("spacy", Options(model=str(path)))
    record = backend(Report(doc.text))
    assert isinstance(record, Record)
    assert speakers(record)[0] == ("كشف", "زلفيان كرمبات", "زلفيان كرمبات")
    other = Report("قال وزير النقل الكيني إن بلاده ترحب.")
    assert backend(other) == mithaq.read_report(other)  # a text that no Doc has


@pytest.mark.parametrize(
    ("kind", "model", "message"),
    [
        ("spacy", "", "no spaCy pipeline is named"),
        ("spacy", "/nowhere/at/all", "is no spaCy pipeline"),
        ("gliner", "x", r"needs the package 'gliner' \(pip install 'mithaq\[gliner\]'\)"),
        ("transformers", "x", r"needs the package 'transformers' \(pip install 'mithaq\[transformers\]'\)"),
        ("rule", "", "did you mean 'rules'"),
    ],
)
def test_what_is_missing_is_said(kind: str, model: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for absent in ("gliner", "transformers"):
        monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(BackendError, match=message):
        make(kind, Options(model=model))


def test_a_file_that_holds_no_docs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    path.write_bytes(b"\x00nonsense")
    with pytest.raises(BackendError, match="is no file of spaCy Docs"):
        make("spacy", Options(model=str(path)))


@pytest.mark.parametrize(("kind", "module"), [("gliner", fake_gliner()), ("transformers", fake_transformers())])
def test_taggers_are_given_parts_that_they_can_hold(
    kind: str, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, kind, module)
    quiet = "كان الطقس معتدلا في المدينة الساحلية وخرج الناس إلى الحدائق مع أطفالهم مساء.\n" * 30
    backend = make(kind, Options(model="a/model"))
    record = backend(Report(quiet + NAMED))
    assert isinstance(record, Record)
    assert speakers(record)[0] == ("كشف", "زلفيان كرمبات", "زلفيان كرمبات")
    with pytest.raises(BackendError, match="'missing' is no"):
        make(kind, Options(model="missing"))


def test_a_tool_that_fails_costs_the_report(ruler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> Found:
        raise RuntimeError("out of memory")

    backend = make("spacy", Options(model=ruler))
    monkeypatch.setattr(backend, "_finder", broken)
    error = backend(Report(NAMED))
    assert isinstance(error, mithaq.InputError)
    assert "out of memory" in str(error)


@pytest.mark.live
def test_a_real_token_classification_model_is_loaded(tmp_path: Path) -> None:
    """A tiny model with random weights, built here: what it says is chance, but it is loaded and run for real."""
    transformers: Any = pytest.importorskip("transformers", reason="transformers is not installed")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(NAMED)), *("##" + c for c in sorted(set(NAMED)))]
    (tmp_path / "vocab.txt").write_text("\n".join(words), "utf-8")
    tokenizer = transformers.BertTokenizerFast(str(tmp_path / "vocab.txt"))
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=3, id2label={0: "O", 1: "B-PER", 2: "I-PER"}, label2id={"O": 0, "B-PER": 1, "I-PER": 2},
    )  # fmt: skip
    transformers.BertForTokenClassification(config).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    backend = make("transformers", Options(model=str(tmp_path)))
    assert isinstance(backend(Report(NAMED)), Record)


def test_a_doc_without_entities_and_dependencies_gives_nothing() -> None:
    assert from_spacy(spacy.blank("ar")(NAMED)) == Found()
