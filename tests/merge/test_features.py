from __future__ import annotations

import pytest
from merge_builders import TALKS, Row, make, read

from mithaq.errors import DataError, RecordError
from mithaq.lexicon.keys import fold
from mithaq.lexicon.tables import load_toml_raw
from mithaq.merge import settings as module
from mithaq.merge.features import features
from mithaq.merge.items import ReportFeatures
from mithaq.merge.settings import settings
from mithaq.merge.words import light_key, weighed


def test_features_come_back_from_storage_as_they_were() -> None:
    rows = [Row("ترميم خزان توركانا", "energy", when=("2031-04-01", "2031-04-30")), Row("محادثات", "visit")]
    made = features(*read("a", "2031-03-02", TALKS, rows, title="ترميم خزان"))
    back = ReportFeatures.from_bytes(made.to_bytes())
    assert back == made
    assert back.to_bytes() == made.to_bytes()


@pytest.mark.parametrize("data", [b"", b"[]", b"[0, [], [], [], []]", "كلام".encode(), b"\xff"])
def test_what_is_no_features_is_said(data: bytes) -> None:
    with pytest.raises(RecordError, match="no features of a report"):
        ReportFeatures.from_bytes(data)


def test_a_report_with_two_pairs_of_parties_has_two_dealings() -> None:
    text = TALKS + "\nوعلى صعيد آخر باعت بيرو النرويج زوارق دورية."
    report = make(
        "a", "2031-03-02", text, [Row("ترميم خزان", "energy"), Row("زوارق دورية", "arms_transfer", "done", "NOR PER")]
    )
    assert [set(d.parties) for d in report.dealings] == [{"KEN", "NOR"}, {"NOR", "PER"}]
    assert light_key(fold("زوارق")) in report.dealings[1].words
    assert light_key(fold("توربيناته")) not in report.dealings[1].words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الخزان", "خزان"),
        ("وبالخزان", "خزان"),
        ("الوزير", "وزير"),
        ("ووزير", "وزير"),
        ("للسد", "السد"),
        ("سياسيا", "سياسي"),
    ],
)
def test_light_keys_leave_clitics_and_endings_out(one: str, other: str) -> None:
    assert light_key(fold(one)) == light_key(fold(other))


def test_rare_words_say_more_than_common_ones() -> None:
    words = ("توركانا", "العسكري", "الوزير", "التي")
    rare, common, office, particle = (weighed(fold(word)).salience for word in words)
    assert rare > common > office > particle == 0


def test_a_setting_that_is_missing_or_unknown_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = load_toml_raw("merge/weights.toml")
    for broken, said in (
        ({k: v for k, v in whole.items() if k != "cells"}, "cells"),
        (whole | {"cells": {}}, "lacks party"),
        (whole | {"cells": {"party": 0.5, "area": 0.5}}, "unknown key 'area'"),
    ):
        monkeypatch.setattr(module, "load_toml_raw", lambda _, broken=broken: broken)
        settings.cache_clear()
        with pytest.raises(DataError, match=said):
            settings()
    monkeypatch.undo()
    settings.cache_clear()
    assert 0 < settings().dealings.join < 1
