"""What the pages say: every word is there in both languages."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from mithaq.lexicon.tables import load_toml
from mithaq.web.labels import LANGS, Lang, labels

TEMPLATES = files("mithaq.web") / "templates"


def asked_for() -> set[str]:
    """The keys that templates name."""
    found: set[str] = set()
    for template in TEMPLATES.iterdir():
        if template.name.endswith(".html"):
            found |= set(re.findall(r"""\bt\((?:"|')(\w+)(?:"|')[,)]""", template.read_text("utf-8")))
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_of_a_template_has_a_label(lang: Lang) -> None:
    known = {**load_toml("labels.toml", {"en": str, "ar": str}), **load_toml("web.toml", {"en": str, "ar": str})}
    assert len(asked_for()) > 80
    assert sorted(key for key in asked_for() if not known.get(key, {}).get(lang)) == []


def test_what_the_ledger_finds_has_a_name_in_both_languages() -> None:
    assert labels("en").ledger("step", "denial") == "denied"
    assert labels("ar").ledger("contradiction", "status") == "مرحلة أخرى"
