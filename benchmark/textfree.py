"""The text-free form of annotations: a report's id, corpus and hash, and spans as offsets into its text.

    {"id": "...", "corpus": "SaudiNewsNet", "sha256": "...", "split": "dev",
     "attributions": [{"id": "a1", "cue": [3, 7], "source": [8, 20] or null, "speaker": [8, 20], "content": [[24, 60]],
                       "mode": "indirect", "parent": null, "kind": "named"}],
     "provisions": [{"id": "p1", "evidence": [30, 44], "area": "visit", "status": "planned", "parties": ["EGY", "TUN"],
                     "role": "provision", "attribution": "a1"}]}

Offsets count code points, the end exclusive; a speaker is a place in the text that holds its name; ``sha256`` is that
of the text in UTF-8. Everything else is as the guidelines have it.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mithaq.errors import InputError
from mithaq.readers.files import open_input
from mithaq.readers.items import MAX_BYTES
from mithaq.readers.jsonl import parse_object
from mithaq.readers.lines import lines

ANNOTATIONS = Path(__file__).parent / "annotations"
CORPORA = {"snn": "SaudiNewsNet", "JA": "ANT"}
"""The corpus of a report, by what its id begins with."""
_TEXT = ("text", "content")  # the field that holds the text: as mithaq's readers name it, and as SaudiNewsNet does

Json = dict[str, Any]


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def strip_record(record: Json, text: str, split: str) -> Json:
    """The text-free form of a record; raises :class:`~mithaq.errors.InputError` for a span that is not in *text*."""
    id = record["id"]

    def place(span: Json) -> list[int]:
        if text[span["start"] : span["end"]] != span["text"]:
            raise InputError(f"{id}: the text has no {span['text']!r} at {span['start']}", "is it this report's text?")
        return [span["start"], span["end"]]

    def attribution(a: Json) -> Json:
        source = a["source"] and place(a["source"])
        contents = [place(c) for c in a["content"]]
        return {
            "id": a["id"],
            "cue": place(a["cue"]),
            "source": source,
            "speaker": _speaker(id, text, a["speaker"], source),
            "content": contents,
            "mode": a["mode"],
            "parent": a["parent"],
            "kind": a["kind"],
        }

    def provision(p: Json) -> Json:
        return {
            "id": p["id"],
            "evidence": place(p["evidence"]),
            "area": p["area"],
            "status": p["status"],
            "parties": sorted(p["parties"]),
            "role": p["role"],
            "attribution": p["attribution"],
        }

    corpus = next((name for start, name in CORPORA.items() if id.startswith(f"{start}-")), None)
    if corpus is None:
        raise InputError(f"{id}: of no known corpus", f"ids begin with {' or '.join(CORPORA)}")
    return {
        "id": id,
        "corpus": corpus,
        "sha256": digest(text),
        "split": split,
        "attributions": [attribution(a) for a in record["attributions"]],
        "provisions": [provision(p) for p in record["provisions"]],
    }


def _speaker(id: str, text: str, speaker: str, source: list[int] | None) -> list[int]:
    """A place that holds the speaker's name: in the source if it is there, else the first."""
    start = text.find(speaker, *source) if source else -1
    if start < 0:
        start = text.find(speaker)
    if start < 0 or not speaker:
        raise InputError(f"{id}: the text does not hold the speaker {speaker!r}")
    return [start, start + len(speaker)]


def restore_record(annotation: Json, text: str) -> Json:
    """The guidelines' record of a text-free one; raises :class:`~mithaq.errors.InputError` if *text* is another."""
    if digest(text) != annotation["sha256"]:
        raise InputError(f"{annotation['id']}: the text is not the one that was annotated", "its SHA-256 differs")

    def span(place: list[int]) -> Json:
        start, end = place
        if not 0 <= start < end <= len(text):
            raise InputError(f"{annotation['id']}: there is no span {place} in {len(text)} characters")
        return {"start": start, "end": end, "text": text[start:end]}

    def attribution(a: Json) -> Json:
        return {
            **a,
            "cue": span(a["cue"]),
            "source": a["source"] and span(a["source"]),
            "speaker": span(a["speaker"])["text"],
            "content": [span(c) for c in a["content"]],
        }

    return {
        "id": annotation["id"],
        "attributions": [attribution(a) for a in annotation["attributions"]],
        "provisions": [{**p, "evidence": span(p["evidence"])} for p in annotation["provisions"]],
    }


def text_of(report: Json) -> str | None:
    """The text of a corpus's report, None if it has none."""
    return next((report[name] for name in _TEXT if isinstance(report.get(name), str)), None)


def read_objects(path: str | Path) -> Iterator[Json]:
    """The JSON objects of a file: one a line (``.gz`` is unpacked), or arrays in a ``.zip`` as SaudiNewsNet comes.

    Raises :class:`~mithaq.errors.InputError` that names the file and the line.
    """
    if str(path).endswith(".zip"):
        yield from _zipped(Path(path))
        return
    place = str(path)
    try:
        with open_input(str(path)) as stream:
            for number, line in lines(stream):
                place = f"{path}:{number}"
                if line is None:
                    raise InputError(f"the line is over {MAX_BYTES // 1_000_000} MB", "one JSON object a line")
                yield parse_object(line)
    except InputError as error:
        raise InputError(f"{place}: {error.message}", error.hint) from error


def _zipped(path: Path) -> Iterator[Json]:
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield from _array(archive.read(name), f"{path}: {name}")
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: {error}", "check the path") from error


def _array(data: bytes, place: str) -> list[Json]:
    try:
        found = json.loads(data)
    except ValueError as error:
        raise InputError(f"{place}: not valid JSON: {error}", "a JSON array of reports") from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise InputError(f"{place}: not a JSON array of objects")
    return found


def write_objects(path: Path, objects: Iterable[Json]) -> None:
    """One JSON object a line, in UTF-8."""
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), encoding="utf-8")


def fail(error: Exception | str) -> int:
    """Print one message on standard error; the exit code is 2."""
    print(f"{Path(sys.argv[0]).name}: {error}", file=sys.stderr)
    return 2
