"""Invented reports with hand-built records: the reader has tests of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mithaq.merge.features import features
from mithaq.merge.items import Anchor, Merged, MergedAgreement, MergedCommitment, ReportFeatures
from mithaq.model import Entity, EntityKind, Provision, Record, Report, Span, When

STATES = {"كينيا": "KEN", "الكيني": "KEN", "النرويج": "NOR", "النرويجي": "NOR", "بيرو": "PER", "البيروفي": "PER"}


class Row(NamedTuple):
    """A provision by the words of its evidence."""

    words: str
    area: str
    status: str = "agreed"
    parties: str = "KEN NOR"
    when: tuple[str, str] | None = None
    confidence: float = 0.6


def read(
    id: str, day: str, text: str, rows: Sequence[Row], title: str = "", outlet: str = "النهر"
) -> tuple[Report, Record]:
    """A report with a record of these provisions; the states that *text* names are its entities."""
    report = Report(text, id, outlet, None, title, date.fromisoformat(day))
    provisions = []
    for n, row in enumerate(rows, 1):
        start = text.index(row.words)
        evidence = Span.of(text, start, start + len(row.words))
        when = (When(evidence, *map(date.fromisoformat, row.when)),) if row.when else ()
        parties = tuple(row.parties.split())
        provisions.append(
            Provision(
                f"p{n}", evidence, row.area, row.status, parties, "provision", None, when, confidence=row.confidence
            )
        )
    kind: EntityKind = "state"
    entities = tuple(
        Entity(f"e{n}", kind, name, code, (Span.of(text, text.index(name), text.index(name) + len(name)),))
        for n, (name, code) in enumerate(STATES.items())
        if name in text
    )
    return report, Record(id, (), tuple(provisions), entities, outlet, None, title, report.published)


def make(id: str, day: str, text: str, rows: Sequence[Row], title: str = "", outlet: str = "النهر") -> ReportFeatures:
    """Its features, as they come back from storage."""
    return ReportFeatures.from_bytes(features(*read(id, day, text, rows, title, outlet)).to_bytes())


def anchor(report: ReportFeatures, provision: str = "p1") -> Anchor:
    """The place of a provision."""
    p = next(p for p in report.provisions if p.id == provision)
    return Anchor(report.id, p.start, p.end, p.area)


def agreement_of(merged: Merged, report: str) -> MergedAgreement:
    """The one agreement that a report tells of."""
    (found,) = [a for a in merged.agreements if report in a.reports]
    return found


def commitment_of(merged: Merged, report: str, provision: str = "p1") -> MergedCommitment:
    """The one commitment that a provision is a stage of."""
    (found,) = [c for a in merged.agreements for c in a.commitments if (report, provision) in c.members]
    return found


TALKS = (
    "اتفق وزير الري الكيني مع نظيره في النرويج على ترميم خزان توركانا خلال محادثات في نيروبي.\n"
    "وقال الوزير إن البلدين سيتقاسمان كلفة ترميم الخزان وصيانة توربيناته على مدى خمس سنوات.\n"
    "وأضاف أن شركات هندسية ستبدأ مسح الموقع في الربيع، وأن لجنة فنية ستتابع أعمال الترميم."
)
TALKS_RETOLD = (
    "أعلنت النرويج أنها ستسهم مع كينيا في ترميم خزان توركانا، بعد محادثات أجراها الوزيران في نيروبي.\n"
    "وجاء في بيان أن توربينات الخزان قديمة، وأن أعمال الترميم تستمر سنوات."
)
SIGNED = (
    "وقعت كينيا والنرويج في أوسلو عقد ترميم خزان توركانا.\n"
    "ويشمل العقد صيانة توربينات الخزان، وتتولاه شركات هندسية من البلدين."
)
FISH = (
    "بحث وفد من النرويج في مومباسا مع مسؤولين من كينيا قواعد صيد التونة وتراخيص السفن.\n"
    "وتناول الاجتماع مراقبة القوارب وتعليب الأسماك."
)


def story() -> list[ReportFeatures]:
    """A repair that is agreed, retold by another outlet, and signed; and another matter between the same two states."""
    return [
        make("talks", "2031-03-02", TALKS, [Row("ترميم خزان توركانا", "energy"), Row("محادثات", "visit", "done")]),
        make("retold", "2031-03-03", TALKS_RETOLD, [Row("ترميم خزان توركانا", "energy", "planned")], outlet="الجبل"),
        make("signed", "2031-03-09", SIGNED, [Row("ترميم خزان توركانا", "energy", "signed")], outlet="الجبل"),
        make("fish", "2031-03-04", FISH, [Row("قواعد صيد التونة", "trade_investment", "discussed")]),
    ]
