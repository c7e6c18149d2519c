"""``mithaq voices``: who speaks in a file of records, and how often."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from mithaq.readers import read_records


def voices_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS", help="Records, one JSON object a line.")],
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most so many.")] = 10,
) -> None:
    """Count the attributions of each speaker, the most frequent first."""
    counts = Counter(a.speaker for record, _ in read_records(records) for a in record.attributions)
    for speaker, count in counts.most_common(limit):
        typer.echo(f"{count}\t{speaker}")
