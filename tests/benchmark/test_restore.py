"""Annotations lose the text and get it back, only ever from the text that was annotated."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import restore
import strip
from textfree import ANNOTATIONS, digest, read_objects, restore_record, strip_record

from mithaq.errors import InputError

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
TEXT = " \nقال سالم وزير النقل إن سالم ناصر سيزور تونس غدا.\r\nوأضاف أن الطريق سيفتح 😀 قريبا."


def span(words: str, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


RECORD: dict[str, Any] = {
    "id": "snn-2031-01-01-1",
    "attributions": [
        {
            "id": "a1",
            "cue": span("قال"),
            "source": span("سالم وزير النقل"),
            "speaker": "سالم",
            "content": [span("سالم ناصر سيزور تونس غدا")],
            "mode": "indirect",
            "parent": None,
            "kind": "named",
        },
        {
            "id": "a2",
            "cue": span("أضاف"),
            "source": None,
            "speaker": "سالم وزير النقل",
            "content": [span("الطريق"), span("😀 قريبا")],
            "mode": "mixed",
            "parent": "a1",
            "kind": "named",
        },
    ],
    "provisions": [
        {
            "id": "p1",
            "evidence": span("سيزور تونس"),
            "area": "visit",
            "status": "planned",
            "parties": ["EGY", "TUN"],
            "role": "provision",
            "attribution": "a1",
        }
    ],
}
REPORT = {"id": RECORD["id"], "outlet": "المنارة", "url": None, "date": "2031-01-01", "title": "خبر", "text": TEXT}


def write(path: Path, *objects: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, objects)), "utf-8")
    return path


@pytest.fixture
def stripped(tmp_path: Path) -> Path:
    out = tmp_path / "annotations.jsonl"
    records, reports = write(tmp_path / "records.jsonl", RECORD), write(tmp_path / "reports.jsonl", REPORT)
    assert strip.main([str(records), str(reports), "--split", "dev", "--out", str(out)]) == 0
    return out


def run(annotations: Path, out: Path, *corpora: Path) -> int:
    arguments = [x for corpus in corpora for x in ("--corpus", str(corpus))]
    return restore.main([*arguments, "--annotations", str(annotations), "--out", str(out)])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_no_word_of_the_text_is_left(stripped: Path) -> None:
    (annotation,) = lines(stripped)
    assert stripped.read_text("utf-8").isascii()
    assert (annotation["corpus"], annotation["split"], annotation["sha256"]) == ("SaudiNewsNet", "dev", digest(TEXT))
    assert annotation["attributions"][0]["speaker"] == [6, 10]  # inside the source, though the text has the name again
    assert annotation["attributions"][1] == {
        "id": "a2",
        "cue": [span("أضاف")["start"], span("أضاف")["end"]],
        "source": None,
        "speaker": [6, 21],
        "content": [[span(w)["start"], span(w)["end"]] for w in ("الطريق", "😀 قريبا")],
        "mode": "mixed",
        "parent": "a1",
        "kind": "named",
    }


def test_round_trip(tmp_path: Path, stripped: Path) -> None:
    corpus = write(tmp_path / "corpus.jsonl", {"id": "other", "text": "نص"}, {"id": "no text"}, REPORT)
    assert run(stripped, tmp_path / "out", corpus) == 0
    assert lines(tmp_path / "out" / "dev.jsonl") == [RECORD]
    assert lines(tmp_path / "out" / "dev_reports.jsonl") == [REPORT]


def test_a_packed_copy_with_other_ids_and_names_of_fields(tmp_path: Path, stripped: Path) -> None:
    article = {"source": "المنارة", "url": "", "date_extracted": "2031-01-01 10:00:00", "title": "خبر", "content": TEXT}
    with zipfile.ZipFile(tmp_path / "2031-01-01.zip", "w") as archive:
        archive.writestr("2031-01-01.json", json.dumps([{"content": "نص"}, article]))
    assert run(stripped, tmp_path / "out", tmp_path / "2031-01-01.zip") == 0
    assert lines(tmp_path / "out" / "dev_reports.jsonl") == [REPORT]
    packed = tmp_path / "corpus.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(article).encode()))
    assert run(stripped, tmp_path / "again", packed) == 0
    assert lines(tmp_path / "again" / "dev.jsonl") == [RECORD]


def test_a_text_that_is_another_is_not_used(tmp_path: Path, stripped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write(tmp_path / "corpus.jsonl", {**REPORT, "text": TEXT.strip()})
    assert run(stripped, tmp_path / "out", corpus) == 2
    error = capsys.readouterr().err
    assert "absent: snn-2031-01-01-1 (SaudiNewsNet, dev) has another text" in error
    assert "no report was found" in error
    assert not list((tmp_path / "out").iterdir())


def test_absent_reports_are_named_and_the_others_restored(
    tmp_path: Path, stripped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with stripped.open("a") as file:
        file.write(json.dumps({**lines(stripped)[0], "id": "JA-2", "sha256": "0" * 64, "split": "test"}))
    assert run(stripped, tmp_path / "out", write(tmp_path / "corpus.jsonl", REPORT)) == 1
    assert "absent: JA-2 (SaudiNewsNet, test) is in none of the files" in capsys.readouterr().err
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["dev.jsonl", "dev_reports.jsonl"]


def test_a_hash_that_does_not_fit() -> None:
    annotation = strip_record(RECORD, TEXT, "dev")
    with pytest.raises(InputError, match="snn-2031-01-01-1: the text is not the one that was annotated"):
        restore_record(annotation, f"{TEXT} ")


@pytest.mark.parametrize("place", [[3, 3], [5, 2], [-1, 4], [0, len(TEXT) + 1]])
def test_a_span_that_is_none(place: list[int]) -> None:
    annotation = strip_record(RECORD, TEXT, "dev")
    annotation["provisions"][0]["evidence"] = place
    with pytest.raises(InputError, match="there is no span"):
        restore_record(annotation, TEXT)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "x-1"}, "x-1: of no known corpus"),
        ({"attributions": [{**RECORD["attributions"][0], "speaker": "ناجي"}]}, "does not hold the speaker 'ناجي'"),
        ({"attributions": [{**RECORD["attributions"][0], "cue": {**span("قال"), "text": "زعم"}}]}, "has no 'زعم' at 2"),
    ],
)
def test_records_that_do_not_fit_their_text(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        strip_record({**RECORD, **change}, TEXT, "dev")


def test_strip_needs_every_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records, reports = write(tmp_path / "records.jsonl", RECORD), write(tmp_path / "reports.jsonl", {"id": "x"})
    assert strip.main([str(records), str(reports), "--split", "dev", "--out", str(tmp_path / "out.jsonl")]) == 2
    assert "no text of report 'snn-2031-01-01-1'" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("no.jsonl", None, "no.jsonl: no such file"),
        ("no.zip", None, "no.zip: "),
        ("bad.zip", b"PK", "bad.zip: File is not a zip file"),
        ("bad.jsonl", b'{"id": "a"}\n{]', r"bad.jsonl:2: not valid JSON"),
        ("list.jsonl", b"[]", r"list.jsonl:1: an array, not a JSON object"),
        ("latin.jsonl", b'{"text": "\xe9"}', "latin.jsonl:1: not valid UTF-8"),
        ("cut.jsonl.gz", gzip.compress(b'{"id": "a"}')[:-9], "cut.jsonl.gz: its gzip data is damaged"),
    ],
)
def test_corpora_that_cannot_be_read(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        list(read_objects(tmp_path / name))


def test_the_annotations_in_the_repository() -> None:
    """They hold no text, every id once a file, spans in order, and the splits that the documentation names."""
    found = {path.stem: lines(path) for path in sorted(ANNOTATIONS.glob("*.jsonl"))}
    assert all(path.read_text("utf-8").isascii() for path in ANNOTATIONS.glob("*.jsonl"))
    ids = {name: [a["id"] for a in annotations] for name, annotations in found.items()}
    assert {name: (len(i), len(set(i))) for name, i in ids.items()} == {
        "dev": (37, 37),
        "more": (162, 162),
        "second": (10, 10),
    }
    assert not set(ids["dev"]) & set(ids["more"])
    assert set(ids["second"]) <= set(ids["more"])
    splits = [a["split"] for annotations in found.values() for a in annotations]
    assert {name: splits.count(name) for name in splits} == {
        "dev": 37,
        "learn": 107,
        "validation": 29,
        "test": 26,
        "agreement": 10,
    }
    split = {a["id"]: a["split"] for a in found["more"]}
    assert {split[id] for id in ids["second"]} == {"learn", "validation"}, "test must stay unseen"
    hashes = {a["id"]: a["sha256"] for a in found["more"]}
    assert all(hashes[a["id"]] == a["sha256"] for a in found["second"])


def test_dev_is_restored(gold: Path, reports: dict[str, dict[str, Any]]) -> None:
    corpora = [CORPUS / "saudinewsnet.jsonl.gz", CORPUS / "ant.jsonl.gz"]
    if not all(map(Path.is_file, corpora)):
        pytest.skip("../shared/corpus, the public corpora, is not there")
    restored = restore.restore(restore.read_annotations([ANNOTATIONS / "dev.jsonl"]), corpora)
    assert restored.absent == []
    original = lines(gold / "dev.jsonl")
    for record in original:
        for provision in record["provisions"]:
            provision["parties"] = sorted(provision["parties"])
    assert restored.splits["dev"].records == original
    assert {r["id"]: r["text"] for r in restored.splits["dev"].reports} == {
        g["id"]: reports[g["id"]]["text"] for g in original
    }
