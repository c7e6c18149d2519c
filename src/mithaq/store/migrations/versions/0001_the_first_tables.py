"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False, comment="codes, sorted, a space between"),
        sa.Column("name", sa.Text(), nullable=True, comment="the instrument's, where reports name one"),
        sa.Column("first", sa.Date(), nullable=True, comment="day of the first report"),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("commitments", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        comment="Commitments of one instrument or one round of talks.",
    )
    op.create_index(op.f("ix_agreements_first"), "agreements", ["first"], unique=False)
    op.create_index(op.f("ix_agreements_last"), "agreements", ["last"], unique=False)

    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False, comment="same, different, unsure"),
        sa.Column(
            "level",
            sa.Text(),
            nullable=False,
            comment="whether of two commitments, or of the two agreements they are in",
        ),
        sa.Column("one_report", sa.Text(), nullable=False),
        sa.Column("one_start", sa.Integer(), nullable=False),
        sa.Column("one_end", sa.Integer(), nullable=False),
        sa.Column("one_area", sa.Text(), nullable=False),
        sa.Column("other_report", sa.Text(), nullable=False),
        sa.Column("other_start", sa.Integer(), nullable=False),
        sa.Column("other_end", sa.Integer(), nullable=False),
        sa.Column("other_area", sa.Text(), nullable=False),
        sa.Column("machine", sa.Boolean(), nullable=False, comment="true if the merger judged, false if a person"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True, comment="the machine's, 0 to 1"),
        sa.Column("made", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("undone", sa.DateTime(), nullable=True, comment="UTC; an undone judgement has no effect"),
        sa.CheckConstraint("judgement IN ('same', 'different', 'unsure')", name=op.f("ck_judgements_judgement")),
        sa.CheckConstraint("level IN ('commitment', 'agreement')", name=op.f("ck_judgements_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        comment="Whether two provisions are the same thing, by a person or the machine.",
    )
    op.create_index("ix_judgements_machine_undone", "judgements", ["machine", "undone"], unique=False)
    op.create_index(op.f("ix_judgements_one_report"), "judgements", ["one_report"], unique=False)
    op.create_index(op.f("ix_judgements_other_report"), "judgements", ["other_report"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False, comment="the input's"),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, and one more with each new text"),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 of the text, hexadecimal"),
        sa.Column("reader", sa.Text(), nullable=False, comment="the version of mithaq that read it"),
        sa.Column("added", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column(
            "copy_of",
            sa.Text(),
            nullable=True,
            comment="the earliest report whose text this one repeats; null if its own",
        ),
        sa.Column("merged", sa.Boolean(), nullable=False, comment="whether its provisions stand in the ledger"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        comment="One row a report: its newest text.",
    )
    op.create_index(op.f("ix_reports_copy_of"), "reports", ["copy_of"], unique=False)
    op.create_index(op.f("ix_reports_hash"), "reports", ["hash"], unique=False)
    op.create_index(op.f("ix_reports_outlet"), "reports", ["outlet"], unique=False)
    op.create_index("ix_reports_pending", "reports", ["merged", "id"], unique=False)
    op.create_index(op.f("ix_reports_published"), "reports", ["published"], unique=False)
    op.create_index(op.f("ix_reports_url"), "reports", ["url"], unique=False)

    op.create_table(
        "agreement_reports",
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement"], ["agreements.id"], name=op.f("fk_agreement_reports_agreement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_agreement_reports_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("agreement", "report", name=op.f("pk_agreement_reports")),
        comment="Which reports tell of an agreement, also those in which no provision of it was found.",
    )
    op.create_index("ix_agreement_reports_report", "agreement_reports", ["report", "agreement"], unique=False)

    op.create_table(
        "aliases",
        sa.Column("id", sa.Text(), nullable=False, comment="another id under which the same report came"),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_aliases_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        comment="Other ids under which a report came.",
    )
    op.create_index(op.f("ix_aliases_report"), "aliases", ["report"], unique=False)

    op.create_table(
        "attributions",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False, comment="the fullest name that the report has"),
        sa.Column("speaker_key", sa.Text(), nullable=False, comment="the same without marks, hamza seats and the like"),
        sa.Column("kind", sa.Text(), nullable=False, comment="named, anonymous, institution, document, media"),
        sa.Column("mode", sa.Text(), nullable=False, comment="direct, indirect, mixed"),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column(
            "parent",
            sa.Text(),
            nullable=True,
            comment="the attribution of the same report whose content holds this one",
        ),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=False),
        sa.Column("cue_end", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False, comment="[[start, end], ...]"),
        sa.Column("confidence", sa.Float(), nullable=False, comment="how likely it is to be right, 0 to 1"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_attributions_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_attributions")),
        comment="Who said what: a row of a record.",
    )
    op.create_index(op.f("ix_attributions_speaker_key"), "attributions", ["speaker_key"], unique=False)

    op.create_table(
        "commitments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False, comment="codes, sorted, a space between"),
        sa.Column("role", sa.Text(), nullable=False, comment="provision or condition"),
        sa.Column("status", sa.Text(), nullable=False, comment="the current stage"),
        sa.Column("rule", sa.Text(), nullable=False, comment="what gave the status: docs/ledger.md"),
        sa.Column("first", sa.Date(), nullable=True, comment="day of the first report"),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False, comment="independent outlets: copies not counted"),
        sa.Column("speakers", sa.Integer(), nullable=False, comment="named sources"),
        sa.Column("contradictions", sa.Integer(), nullable=False),
        sa.Column(
            "due", sa.Date(), nullable=True, comment="by when what was announced, or what recurs, should be reported"
        ),
        sa.Column("confidence", sa.Float(), nullable=False, comment="of its surest stage"),
        sa.ForeignKeyConstraint(
            ["agreement"], ["agreements.id"], name=op.f("fk_commitments_agreement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        comment="The same provision across reports: a row of the ledger.",
    )
    op.create_index(op.f("ix_commitments_agreement"), "commitments", ["agreement"], unique=False)
    op.create_index("ix_commitments_area_status", "commitments", ["area", "status"], unique=False)
    op.create_index(op.f("ix_commitments_contradictions"), "commitments", ["contradictions"], unique=False)
    op.create_index(op.f("ix_commitments_due"), "commitments", ["due"], unique=False)
    op.create_index(op.f("ix_commitments_last"), "commitments", ["last"], unique=False)
    op.create_index("ix_commitments_status_last", "commitments", ["status", "last"], unique=False)

    op.create_table(
        "entities",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="state, organisation, person, ..."),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False, comment="the name without marks, hamza seats and the like"),
        sa.Column("state", sa.Text(), nullable=True, comment="the state or organisation that it speaks for"),
        sa.Column("role", sa.Text(), nullable=True, comment="the office"),
        sa.Column("mentions", sa.JSON(), nullable=False, comment="[[start, end], ...]"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_entities_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_entities")),
        comment="Who and what a report names.",
    )
    op.create_index(op.f("ix_entities_name_key"), "entities", ["name_key"], unique=False)

    op.create_table(
        "features",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column(
            "data", sa.LargeBinary(), nullable=False, comment="what merging compares, made when the report was read"
        ),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_features_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_features")),
        comment="What merging compares; for the program.",
    )
    op.create_table(
        "provision_parties",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("provision", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_provision_parties_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "provision", "party", name=op.f("pk_provision_parties")),
        comment="One row a party of a provision, for joins.",
    )
    op.create_index("ix_provision_parties_party", "provision_parties", ["party", "report", "provision"], unique=False)

    op.create_table(
        "provisions",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False, comment="codes, in the report's order, a space between"),
        sa.Column("role", sa.Text(), nullable=False, comment="provision or condition"),
        sa.Column("attribution", sa.Text(), nullable=True, comment="the innermost attribution that it stands on"),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("when_from", sa.Date(), nullable=True, comment="of the first time that could be resolved"),
        sa.Column("when_to", sa.Date(), nullable=True),
        sa.Column(
            "details", sa.JSON(), nullable=False, comment='{"when": [...], "frequency": ..., "quantities": [...]}'
        ),
        sa.Column("confidence", sa.Float(), nullable=False, comment="how likely it is to be right, 0 to 1"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_provisions_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_provisions")),
        comment="What states do or would do: a row of a record, as the report gives it.",
    )
    op.create_index("ix_provisions_area_status", "provisions", ["area", "status"], unique=False)

    op.create_table(
        "versions",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False, comment="the record of this text, as docs/data-model.md has it"),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("replaced", sa.DateTime(), nullable=False, comment="UTC"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_versions_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "version", name=op.f("pk_versions")),
        comment="Earlier texts of a report, with the records they had.",
    )
    op.create_table(
        "commitment_parties",
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment"], ["commitments.id"], name=op.f("fk_commitment_parties_commitment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("commitment", "party", name=op.f("pk_commitment_parties")),
        comment="One row a party of a commitment, for joins.",
    )
    op.create_index("ix_commitment_parties_party", "commitment_parties", ["party", "commitment"], unique=False)

    op.create_table(
        "stages",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("provision", sa.Text(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment"], ["commitments.id"], name=op.f("fk_stages_commitment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report", "provision"],
            ["provisions.report", "provisions.id"],
            name="fk_stages_provision",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report", "provision", name=op.f("pk_stages")),
        comment="Which provision of which report is a stage of which commitment.",
    )
    op.create_index(op.f("ix_stages_commitment"), "stages", ["commitment"], unique=False)


def downgrade() -> None:
    op.drop_table("stages")
    op.drop_table("commitment_parties")
    op.drop_table("versions")
    op.drop_table("provisions")
    op.drop_table("provision_parties")
    op.drop_table("features")
    op.drop_table("entities")
    op.drop_table("commitments")
    op.drop_table("attributions")
    op.drop_table("aliases")
    op.drop_table("agreement_reports")
    op.drop_table("reports")
    op.drop_table("judgements")
    op.drop_table("agreements")
