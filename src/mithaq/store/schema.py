"""The tables. Users query them with SQL, so names are DESIGN's words, and ``docs/database.md`` documents each column.

Offsets count code points of ``reports.text``. Dates are days. Lists stand as JSON where no query needs them apart.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from mithaq.store.metadata import metadata
from mithaq.store.watch_tables import digests, feed_entries, feeds, hosts

__all__ = ["REVISION", "digests", "feed_entries", "feeds", "hosts", "is_described", "metadata"]

REVISION = "0008"
"""The newest migration: what ``alembic_version`` holds in a database that this version can use as it is."""


def _report() -> Column[str]:
    return Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)


def _origin() -> list[Column[str]]:
    """What a report was made of, as the readers say."""
    return [
        Column("format", Text, comment="what read it: a format of docs/inputs.md; null if added by an earlier mithaq"),
        Column("sha256", Text, comment="SHA-256 of the bytes it was made of (line, row, page or file), hexadecimal"),
        Column("file", Text, comment="the input, as it was given"),
        Column("place", Text, comment="where in the file: line, row, member, address; empty for the whole file"),
    ]


reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True, comment="the input's"),
    Column("version", Integer, nullable=False, comment="1, and one more with each new text"),
    Column("outlet", Text, index=True),
    Column("url", Text, index=True),
    Column("title", Text),
    Column("published", Date, index=True),
    Column("text", Text, nullable=False),
    Column("hash", Text, nullable=False, index=True, comment="SHA-256 of the text, hexadecimal"),
    Column("reader", Text, nullable=False, comment="the version of mithaq that read it"),
    Column("added", DateTime, nullable=False, comment="UTC"),
    Column("copy_of", Text, index=True, comment="the earliest report whose text this one repeats; null if its own"),
    Column("merged", Boolean, nullable=False, comment="whether its provisions stand in the ledger"),
    *_origin(),
    Index("ix_reports_pending", "merged", "id"),
    comment="One row a report: its newest text.",
)

versions = Table(
    "versions",
    metadata,
    _report(),
    Column("version", Integer, primary_key=True),
    Column("outlet", Text),
    Column("url", Text),
    Column("title", Text),
    Column("published", Date),
    Column("text", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("record", JSON, nullable=False, comment="the record of this text, as docs/data-model.md has it"),
    Column("added", DateTime, nullable=False),
    Column("replaced", DateTime, nullable=False, comment="UTC"),
    *_origin(),
    comment="Earlier texts of a report, with the records they had.",
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", Text, primary_key=True, comment="another id under which the same report came"),
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    comment="Other ids under which a report came.",
)

features = Table(
    "features",
    metadata,
    _report(),
    Column("data", LargeBinary, nullable=False, comment="what merging compares, made when the report was read"),
    comment="What merging compares; for the program.",
)

entities = Table(
    "entities",
    metadata,
    _report(),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="state, organisation, person, ..."),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, index=True, comment="the name without marks, hamza seats and the like"),
    Column("state", Text, comment="the state or organisation that it speaks for"),
    Column("role", Text, comment="the office"),
    Column("mentions", JSON, nullable=False, comment="[[start, end], ...]"),
    comment="Who and what a report names.",
)

attributions = Table(
    "attributions",
    metadata,
    _report(),
    Column("id", Text, primary_key=True),
    Column("speaker", Text, nullable=False, comment="the fullest name that the report has"),
    Column("speaker_key", Text, nullable=False, index=True, comment="the same without marks, hamza seats and the like"),
    Column("kind", Text, nullable=False, comment="named, anonymous, institution, document, media"),
    Column("mode", Text, nullable=False, comment="direct, indirect, mixed"),
    Column("certainty", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("parent", Text, comment="the attribution of the same report whose content holds this one"),
    Column("entity", Text),
    Column("cue_start", Integer, nullable=False),
    Column("cue_end", Integer, nullable=False),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("content", JSON, nullable=False, comment="[[start, end], ...]"),
    Column("confidence", Float, nullable=False, comment="how likely it is to be right, 0 to 1"),
    Index("ix_attributions_confidence", "confidence", "report", "id"),
    comment="Who said what: a row of a record.",
)

provisions = Table(
    "provisions",
    metadata,
    _report(),
    Column("id", Text, primary_key=True),
    Column("area", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("parties", Text, nullable=False, comment="codes, in the report's order, a space between"),
    Column("role", Text, nullable=False, comment="provision or condition"),
    Column("attribution", Text, comment="the innermost attribution that it stands on"),
    Column("evidence", Text, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("when_from", Date, comment="of the first time that could be resolved"),
    Column("when_to", Date),
    Column("details", JSON, nullable=False, comment='{"when": [...], "frequency": ..., "quantities": [...]}'),
    Column("confidence", Float, nullable=False, comment="how likely it is to be right, 0 to 1"),
    Index("ix_provisions_area_status", "area", "status"),
    Index("ix_provisions_confidence", "confidence", "report", "id"),
    comment="What states do or would do: a row of a record, as the report gives it.",
)

provision_parties = Table(
    "provision_parties",
    metadata,
    _report(),
    Column("provision", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Index("ix_provision_parties_party", "party", "report", "provision"),
    comment="One row a party of a provision, for joins.",
)

agreements = Table(
    "agreements",
    metadata,
    Column("id", Text, primary_key=True),
    Column("parties", Text, nullable=False, comment="codes, sorted, a space between"),
    Column("name", Text, comment="the instrument's, where reports name one"),
    Column("first", Date, index=True, comment="day of the first report"),
    Column("last", Date, index=True),
    Column("reports", Integer, nullable=False),
    Column("commitments", Integer, nullable=False),
    comment="Commitments of one instrument or one round of talks.",
)

agreement_reports = Table(
    "agreement_reports",
    metadata,
    Column("agreement", Text, ForeignKey("agreements.id", ondelete="CASCADE"), primary_key=True),
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_agreement_reports_report", "report", "agreement"),
    comment="Which reports tell of an agreement, also those in which no provision of it was found.",
)

commitments = Table(
    "commitments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agreement", Text, ForeignKey("agreements.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("area", Text, nullable=False),
    Column("parties", Text, nullable=False, comment="codes, sorted, a space between"),
    Column("role", Text, nullable=False, comment="provision or condition"),
    Column("status", Text, nullable=False, comment="the current stage"),
    Column("rule", Text, nullable=False, comment="what gave the status: docs/ledger.md"),
    Column("first", Date, comment="day of the first report"),
    Column("last", Date, index=True),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False, comment="independent outlets: copies not counted"),
    Column("speakers", Integer, nullable=False, comment="named sources"),
    Column("contradictions", Integer, nullable=False, index=True),
    Column("due", Date, index=True, comment="by when what was announced, or what recurs, should be reported"),
    Column("confidence", Float, nullable=False, comment="of its surest stage"),
    Index("ix_commitments_area_status", "area", "status"),
    Index("ix_commitments_status_last", "status", "last"),
    comment="The same provision across reports: a row of the ledger.",
)

commitment_parties = Table(
    "commitment_parties",
    metadata,
    Column("commitment", Text, ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True),
    Column("party", Text, primary_key=True),
    Index("ix_commitment_parties_party", "party", "commitment"),
    comment="One row a party of a commitment, for joins.",
)

stages = Table(
    "stages",
    metadata,
    Column("report", Text, primary_key=True),
    Column("provision", Text, primary_key=True),
    Column("commitment", Text, ForeignKey("commitments.id", ondelete="CASCADE"), nullable=False, index=True),
    ForeignKeyConstraint(
        ["report", "provision"], ["provisions.report", "provisions.id"], ondelete="CASCADE", name="fk_stages_provision"
    ),
    comment="Which provision of which report is a stage of which commitment.",
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("judgement", Text, nullable=False, comment="same, different, unsure"),
    Column("level", Text, nullable=False, comment="whether of two commitments, or of the two agreements they are in"),
    # An anchor is a place, not a row: it outlives re-reading, and the removal of the report.
    Column("one_report", Text, nullable=False, index=True),
    Column("one_start", Integer, nullable=False),
    Column("one_end", Integer, nullable=False),
    Column("one_area", Text, nullable=False),
    Column("other_report", Text, nullable=False, index=True),
    Column("other_start", Integer, nullable=False),
    Column("other_end", Integer, nullable=False),
    Column("other_area", Text, nullable=False),
    Column("machine", Boolean, nullable=False, comment="true if the merger judged, false if a person"),
    Column("author", Text, nullable=False),
    Column("score", Float, comment="the machine's, 0 to 1"),
    Column("made", DateTime, nullable=False, comment="UTC"),
    Column("undone", DateTime, comment="UTC; an undone judgement has no effect"),
    Column("agreement", Text, index=True, comment="the machine's: where it judged"),
    Column("reasons", Text, comment="the machine's"),
    CheckConstraint("judgement IN ('same', 'different', 'unsure')", name="judgement"),
    CheckConstraint("level IN ('commitment', 'agreement')", name="level"),
    Index("ix_judgements_machine_undone", "machine", "undone"),
    comment="Whether two provisions are the same thing, by a person or the machine.",
)

# No references to reports in these: what is left of a report that was removed says what has to be merged again.
merged_reports = Table(
    "merged_reports",
    metadata,
    Column("report", Text, primary_key=True),
    Column("first", Text, nullable=False, index=True, comment="of its group of near-copies; itself if it is alone"),
    comment="Which reports stand in the ledger; for the program.",
)

dealings = Table(
    "dealings",
    metadata,
    Column("report", Text, primary_key=True),
    Column("number", Integer, primary_key=True, comment="of the report's dealings, from 0"),
    Column("component", Text, nullable=False, index=True, comment="what may be joined with one another"),
    Column("agreement", Text),
    comment="What a report tells of the same parties, and where it was put; for the program.",
)

merge_keys = Table(
    "merge_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("report", Text, primary_key=True, index=True),
    Column(
        "day",
        Integer,
        primary_key=True,
        autoincrement=False,
        comment="of the report, or one that it announces something for; 0 if it has none",
    ),
    comment="By what a report is found when others are merged; for the program.",
)

merge_scores = Table(
    "merge_scores",
    metadata,
    Column("component", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    comment="How much speaks for the pairs of dealings of a component; for the program.",
)

judged_reports = Table(
    "judged_reports",
    metadata,
    Column("report", Text, primary_key=True),
    comment="Of which reports a person judged something since the last merge; for the program.",
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # A place, not a row, and no reference: a review outlives re-reading, and the removal of the report.
    Column("report", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="attribution, provision, or report: the record as a whole"),
    Column("at_start", Integer, nullable=False, comment="of the cue or the evidence, as the reader had it"),
    Column("at_end", Integer, nullable=False),
    Column("at_area", Text, nullable=False, comment="the provision's, as the reader had it; else empty"),
    Column("words", Text, nullable=False, comment="what stood there"),
    Column("verdict", Text, nullable=False, comment="accept, reject, correct, add"),
    Column("cells", JSON, nullable=False, comment="what was corrected or added; spans as [start, end]"),
    Column("author", Text, nullable=False),
    Column("made", DateTime, nullable=False, comment="UTC"),
    Column("undone", DateTime, comment="UTC; an undone review has no effect"),
    Column("undone_by", Text),
    CheckConstraint("verdict IN ('accept', 'reject', 'correct', 'add')", name="verdict"),
    CheckConstraint("kind IN ('attribution', 'provision', 'report')", name="kind"),
    Index("ix_reviews_report", "report", "id"),
    comment="What persons say of single rows of records; never deleted, only undone.",
)

originals = Table(
    "originals",
    metadata,
    _report(),
    Column("record", JSON, nullable=False, comment="as docs/data-model.md has it"),
    comment="What the reader itself found in reports that were reviewed; the other tables hold it with the reviews "
    "applied.",
)

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False, comment="reader, reviewer, admin"),
    Column("password", Text, nullable=False, comment="Argon2id hash"),
    Column("made", DateTime, nullable=False, comment="UTC"),
    CheckConstraint("role IN ('reader', 'reviewer', 'admin')", name="role"),
    comment="Who may enter the reading room; mithaq user manages them.",
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True, comment="SHA-256 of what the browser holds, hexadecimal"),
    Column("user", Text, ForeignKey("users.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("made", DateTime, nullable=False, comment="UTC"),
    Column("seen", DateTime, nullable=False, comment="UTC; of the last request, within a minute"),
    comment="Who is logged in.",
)

search_index = Table(
    "search_index",
    metadata,
    # On SQLite the rowid in the virtual table search_words. Never used again: a removed report may leave words there.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True, unique=True),
    Column("checksum", BigInteger, nullable=False, comment="CRC-32 of the report's search keys"),
    Column("keys", TSVECTOR().with_variant(Text(), "sqlite"), comment="PostgreSQL: the search keys; null on SQLite"),
    sqlite_autoincrement=True,
    comment="What full-text search finds a report by; for the program. SQLite keeps the keys in search_words.",
)


_ONE_DATABASE = ("search_words", "ix_search_index_keys")  # FTS5's tables on SQLite; an index of PostgreSQL's own kind


def is_described(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether a table or index is described here; what only one of the databases has stands in the migrations."""
    return not (name or "").startswith(_ONE_DATABASE)
