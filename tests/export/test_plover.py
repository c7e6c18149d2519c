"""PLOVER events: the mapping is whole and within the manual's lists, and its rules hold."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from export_builder import agreement, commitment, full, hostile, stage, when

from mithaq.errors import DataError
from mithaq.export import export
from mithaq.export.coding import actor_code, code, tables
from mithaq.export.plover import OWN, POLECAT, event, events
from mithaq.export.speakers import speaks_for
from mithaq.ledger.items import Voice
from mithaq.lexicon import tables as lexicon_tables
from mithaq.lexicon.names import names
from mithaq.ontology import areas, statuses

# PLOVER_MANUAL.tex (draft 2.0): the 16 categories, and those of which it says "Supplementary fields: None".
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
    "PROTEST SANCTION MOBILIZE COERCE ASSAULT"
)
WITHOUT_MODES = {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}


def made(**fields: Any) -> dict[str, Any]:
    """The event of a stage with *fields*."""
    held = commitment("c1", stage(**fields))
    return event(agreement("a1", held), held, held.stages[0])


def test_the_sixteen_types_and_their_modes() -> None:
    types = tables()["type"]
    assert list(types) == TYPES.split()
    assert {name for name, fields in types.items() if not fields.get("modes")} == WITHOUT_MODES
    assert {name for name, fields in types.items() if fields.get("recipient")} == {"COOPERATE", "AID", "SANCTION"}
    assert len(set(tables()["contexts"]["names"])) == 37


def test_every_area_at_every_status_is_an_event_with_a_reason() -> None:
    for area in areas():
        for status in statuses():
            coded = code(area, status, False)
            assert coded.why
            assert coded.score is not None
            assert coded.type != "ACCUSE"
            assert not (coded.mode and coded.type in WITHOUT_MODES)


@pytest.mark.parametrize("area", sorted(areas()))
def test_what_is_only_to_come_is_agree_or_for_retreats_concede(area: str) -> None:
    coded = code(area, "planned", False)
    done = code(area, "done", False)
    assert coded.type == ("CONCEDE" if done.type == "RETREAT" else "AGREE")


def test_the_rules_of_the_manual_that_differ_between_areas() -> None:
    def type_and_mode(area: str, status: str) -> tuple[str, str]:
        coded = code(area, status, False)
        return coded.type, coded.mode

    assert type_and_mode("visit", "done") == ("CONSULT", "")
    assert code("visit", "done", True).mode == "multilateral"
    assert type_and_mode("visit", "suspended") == ("REJECT", "meet")
    assert type_and_mode("exercise", "done") == ("COOPERATE", "")
    assert type_and_mode("exercise", "suspended") == ("SANCTION", "discontinue")
    assert type_and_mode("finance_aid", "done") == ("AID", "")
    assert type_and_mode("peace", "agreed") == ("CONCEDE", "")
    assert type_and_mode("diplomatic", "demanded") == ("REQUEST", "assist")
    assert type_and_mode("trade_investment", "signed") == ("SUPPORT", "")
    assert code("exercise", "done", False).contexts == ("military",)
    assert code("arms_transfer", "agreed", False).sure
    assert not code("arms_transfer", "done", False).sure
    assert not code("sanctions", "done", False).sure


def test_who_demands_is_the_actor() -> None:
    fields = made(status="demanded")
    assert (fields["Event Type"], fields["Event Mode"], fields["Quad Code"]) == ("REQUEST", ["assist"], 3)
    assert (fields["Actor Country"], fields["Recipient Country"], fields["Direction"]) == (["JOR"], ["JPN"], "speaker")
    assert (fields["Primary Actor Sector"], fields["Actor Sectors"]) == (["GOV"], ["GOV", "MIL"])


def test_both_act_where_nobody_is_known_to_act_alone() -> None:
    talked = made(status="discussed")
    assert (talked["Actor Country"], talked["Recipient Country"]) == (["JOR", "JPN"], [])
    held = made(status="done")
    assert (held["Event Type"], held["Direction"]) == ("COOPERATE", "mutual")
    assert held["Actor Country"] == held["Recipient Country"] == ["JOR", "JPN"]
    aid = made(area="finance_aid", status="done", chain=())
    assert (aid["Event Type"], aid["Direction"]) == ("AID", "unknown")


def test_organisations_and_kosovo_have_plovers_codes() -> None:
    fields = made(area="visit", status="done", parties=("JOR", "UNO"))
    assert fields["Event Mode"] == ["multilateral"]
    assert fields["Intensity"] == 4.0
    assert (fields["Actor Name"], fields["Actor Country"]) == (["Jordan", "United Nations"], ["JOR", "UNO"])
    assert [actor_code(c) for c in ("EUU", "GCC", "XKX", "PSE")] == ["EUR", "IGO", "KOS", "PSE"]


def test_the_day_of_what_happened_and_of_what_is_said() -> None:
    yesterday = (when("أمس", date(2026, 3, 9), date(2026, 3, 9)),)
    tomorrow = (when("غدا", date(2026, 3, 11), date(2026, 3, 11)),)
    assert made(status="done", when=yesterday)["Event Date"] == date(2026, 3, 9)
    assert made(status="planned", when=tomorrow)["Event Date"] == date(2026, 3, 10)
    assert made(status="done", when=tomorrow)["Event Date"] == date(2026, 3, 10)


def test_copies_and_denials_are_no_events() -> None:
    assert [e["Report"] for e in events([full()])] == ["r1", "r4", "r1"]


def test_json_and_csv_have_polecats_columns_in_order(tmp_path: Path) -> None:
    assert len(POLECAT) == 40
    assert export("plover", [full()], tmp_path / "x.jsonl") == 3
    assert export("plover", [full()], tmp_path / "x.csv") == 3
    first = json.loads((tmp_path / "x.jsonl").read_text("utf-8").splitlines()[0])
    assert list(first) == [*POLECAT, *OWN]
    assert (first["Contexts"], first["Event Date"]) == (["military"], "2026-03-10")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [*POLECAT, *OWN]
    assert (rows[0]["Actor Country"], rows[0]["Intensity"], rows[0]["Placename"]) == ("JOR; JPN", "2.5", "")
    assert len({r["Event ID"] for r in rows}) == 3


def test_hostile_text_does_not_break_a_row(tmp_path: Path) -> None:
    export("plover", hostile(), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert set(row) == {*POLECAT, *OWN}
            assert not any(v.startswith(("=", "+", "@", "-")) for v in row.values())


@pytest.mark.parametrize(
    ("name", "state", "office"),
    [
        ("وزير الدفاع الأردني سالم ناصر", "JOR", "defence_minister"),
        ("وَزِيرُ الخارجيةِ المصريُّ", "EGY", "foreign_minister"),
        ("وزارة الدفاع الروسية", "RUS", "ministry_defence"),
        ("رئيس الأركان السعودي", "SAU", "chief_of_staff"),
        ("الأمين العام للأمم المتحدة", "UNO", None),
        ("مصدر عسكري", None, None),
        ("", None, None),
    ],
)
def test_for_whom_a_speaker_speaks(name: str, state: str | None, office: str | None) -> None:
    assert speaks_for(name) == (state, office)


def test_an_officer_gives_his_state_the_sector_of_the_military() -> None:
    fields = made(status="refused", chain=(Voice("رئيس الأركان الياباني", "named"),))
    assert (fields["Actor Country"], fields["Primary Actor Sector"]) == (["JPN"], ["MIL"])
    assert fields["Primary Recipient Sector"] == ["GOV"]


def test_the_offices_of_the_sectors_are_offices() -> None:
    known = {name.id for name in names() if name.term}
    assert set(tables()["sector"]["office"]) <= known


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('mode = "meet"', 'mode = "visit"', "'mode' is 'visit'"),
        ('type = "AID"', 'type = "AIDS"', "did you mean 'AID'"),
        ('contexts = ["military"]', 'contexts = ["militray"]', "did you mean 'military'"),
        ('act = "give"', 'act = "gvie"', "did you mean 'give'"),
        ("exercise = {", "exercize = {", "area 'exercise' is missing"),
    ],
)
def test_a_wrong_table_is_said(
    old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = lexicon_tables.data_file("export/plover.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "plover.toml").write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(lexicon_tables, "data_file", lambda name: tmp_path / Path(name).name)
    with pytest.raises(DataError, match=message):
        tables.__wrapped__()
