"""The data of the ledger's rules: what is wrong in it is said with the entry and the nearest valid key."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from mithaq.errors import DataError
from mithaq.ledger.rules import FILE, ledger_rules, parse
from mithaq.lexicon.tables import load_toml_raw
from mithaq.ontology import statuses


def test_the_packaged_rules_cover_every_status() -> None:
    rules = ledger_rules()
    assert list(rules.rank) == list(rules.line) == list(statuses())
    assert {s for s in rules.line if rules.is_stop(s)} == {"refused", "suspended"}


def test_every_name_has_both_languages() -> None:
    for table in ledger_rules().names.values():
        for fields in table.values():
            assert fields["en"].isascii()
            assert any("؀" <= c <= "ۿ" for c in fields["ar"])


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("status", "agreed", "line"), "promis", r"'status.agreed': 'line' is 'promis' \(did you mean 'promise'\?\)"),
        (("status", "agreed", "undone_by"), {"done": 1}, "'undone_by' is 'done'"),
        (("status", "agred"), {}, r"'agred' \(did you mean 'agreed'\?\)"),
        (("denies", "signed"), ["sined"], "did you mean 'signed'"),
        (("limits", "several", "value"), -1, "value is -1"),
        (("limits", "sevral"), {"value": 2, "means": ""}, "did you mean 'several'"),
        (("compare", "by_the_hour", "list"), ["visits"], "did you mean 'visit'"),
        (("rule", "kept"), {"en": "kept", "means": "so"}, "has no 'ar'"),
        (("expect", "closed_by"), {}, "'expect.closed_by' has no 'agreed'"),
        (("recur", "days"), {"day": 1}, "has no 'week'"),
        (("incompatible",), [{"one": "refused"}], "has no 'with'"),
        (("surplus",), {}, "'the file'"),
    ],
)
def test_what_is_wrong_is_said(path: tuple[str, ...], value: Any, message: str) -> None:
    data = deepcopy(load_toml_raw(FILE))
    entry = data
    for key in path[:-1]:
        entry = entry[key]
    entry[path[-1]] = value
    with pytest.raises(DataError, match=message):
        parse(data)


def test_a_missing_table_is_said() -> None:
    data = deepcopy(load_toml_raw(FILE))
    del data["denies"]
    with pytest.raises(DataError, match="has no 'denies'"):
        parse(data)
