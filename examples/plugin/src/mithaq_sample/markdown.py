"""Export: a table in Markdown, one row a commitment."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mithaq.export import Options
from mithaq.export.files import whole_text
from mithaq.ledger.items import Agreement, Commitment
from mithaq.ontology import areas, statuses


def write_markdown(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the table; the file is there whole or not at all. Returns how many rows it has."""
    written = 0
    with whole_text(path) as file:
        file.write("| parties | area | stage | first report | outlets |\n| --- | --- | --- | --- | --- |\n")
        for agreement in agreements:
            for commitment in agreement.commitments:
                file.write(_row(commitment, options.lang))
                written += 1
    return written


def _row(commitment: Commitment, lang: str) -> str:
    cells = (
        " ".join(commitment.parties),
        areas()[commitment.area][lang],
        statuses()[commitment.status][lang],
        commitment.first.isoformat() if commitment.first else "",
        ", ".join(commitment.outlets),
    )
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |\n"
