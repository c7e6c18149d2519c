"""Every command and every piece of Python in ``docs/backends.md`` is run, against a server on loopback."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_taggers import fake_gliner, fake_transformers
from stub_server import Stub, completion
from typer.testing import CliRunner

from mithaq.backends import BACKENDS
from mithaq.backends.llm.client import ATTEMPTS
from mithaq.backends.pieces import OVERLAP
from mithaq.cli.app import app

PAGE = (Path(__file__).parents[2] / "docs" / "backends.md").read_text("utf-8")
TEXT = "أعلن وزير النقل الكيني أن بلاده والنرويج وقعتا اتفاقية."
ADDRESS = "http://localhost:8000/v1"
ROW = {"sentence": 1, "id": "a1", "cue": "أعلن", "source": "وزير النقل الكيني", "speaker": "وزير النقل الكيني"}
ROW |= {"content": "بلاده والنرويج وقعتا اتفاقية", "mode": "indirect", "parent": None, "kind": "named"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("bash") for line in block.splitlines() if line.startswith("mithaq ")]


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A folder with what the page's commands name, and a server at the address that they name."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'mithaq[spacy]'")
    from spacy.tokens import DocBin

    monkeypatch.chdir(tmp_path)
    Path("news.jsonl").write_text(json.dumps({"id": "r1", "text": TEXT}), "utf-8")
    spacy.blank("ar").to_disk("pipeline")
    DocBin(docs=[spacy.blank("ar")(TEXT)]).to_disk("docs.spacy")
    monkeypatch.setitem(sys.modules, "gliner", fake_gliner())
    monkeypatch.setitem(sys.modules, "transformers", fake_transformers())
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    with Stub(completion({"attributions": [ROW], "provisions": []})).running() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(stub: Stub, command: str) -> None:
    arguments = [stub.url if word == ADDRESS else word for word in shlex.split(command)[1:]]
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    if arguments[0] == "read":
        (line,) = done.stdout.splitlines()
        assert json.loads(line)["attributions"][0]["cue"]["text"] == "أعلن"
    assert bool(stub.requests) == ("llm" in arguments)  # the rules are sure of this report


@pytest.mark.parametrize("code", blocks("python"))
def test_every_piece_of_python_runs(stub: Stub, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code.replace(ADDRESS, stub.url), "docs/backends.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "aligned: exact" in printed or "زلفيان كرمبات" in printed or "clitic" in printed


def test_the_page_names_every_backend_and_the_limits_that_the_code_has() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [*BACKENDS]
    assert f"up to {ATTEMPTS} times" in PAGE
    assert f"up to {OVERLAP} characters in common" in PAGE
    assert len(COMMANDS) == 8
