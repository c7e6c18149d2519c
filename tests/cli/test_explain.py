"""``mithaq explain``: each cell with what gave it."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from mithaq.cli.app import app

TEXT = "قال وزير النقل المصري سالم ناصر إن بلاده ترحب بالزيارة."


def test_json_names_the_lexicon_entry() -> None:
    result = CliRunner().invoke(app, ["explain", "-"], input=TEXT)
    assert (result.exit_code, result.stderr) == (0, "")
    why = json.loads(result.stdout)["attributions"][0]["why"]
    assert {"cell": "cue", "reason": "cues/saying.toml: say"} in why


def test_table() -> None:
    result = CliRunner().invoke(app, ["explain", "-", "--format", "table", "--lang", "ar"], input=TEXT)
    assert result.exit_code == 0
    assert "cues/saying.toml: say" in result.stdout
    assert "لفظ القول" in result.stdout


def test_bad_input_is_set_aside() -> None:
    result = CliRunner().invoke(app, ["explain", "-"], input="Hello")
    assert result.exit_code == 2
    assert "mithaq: <stdin>: the text holds no Arabic" in result.stderr
