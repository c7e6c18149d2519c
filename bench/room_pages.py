"""How long the server takes for each page of the reading room, on a database that is there.

    mithaq add REPORTS.jsonl.gz --db corpus.db && python bench/room_pages.py corpus.db [--rounds 5]

The pages are those of what is largest: the agreement of most reports, the pair of most commitments, the speaker who is
quoted most, the longest report. Each is asked for by HTTP from a server of its own, in a process of its own, first once
and then in rounds; the table has the median and the most, in milliseconds by the clock.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from urllib.parse import quote

from sqlalchemy import func, select

from mithaq.store import schema
from mithaq.store.database import open_database

_REPORTS, _TOLD, _SAID = schema.reports.c, schema.agreement_reports.c, schema.attributions.c
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_WAIT = 30  # seconds for the server to begin


def pages(path: str) -> dict[str, str]:
    """What is measured → its address."""
    with open_database(path) as database, database.read() as connection:

        def first(query: object) -> tuple[str, ...]:
            return tuple(map(str, connection.execute(query).first() or ()))  # type: ignore[call-overload]

        (agreement, *_) = first(select(_TOLD.agreement).group_by(_TOLD.agreement).order_by(func.count().desc()))
        (commitment, *_) = first(
            select(schema.stages.c.commitment).group_by(schema.stages.c.commitment).order_by(func.count().desc())
        )
        a, b = schema.commitment_parties.alias(), schema.commitment_parties.alias()
        pair = first(
            select(a.c.party, b.c.party)
            .join(b, (a.c.commitment == b.c.commitment) & (a.c.party < b.c.party))
            .group_by(a.c.party, b.c.party)
            .order_by(func.count().desc())
        )
        (speaker, *_) = first(
            select(_SAID.speaker).where(_SAID.kind == "named").group_by(_SAID.speaker).order_by(func.count().desc())
        )
        (longest, *_) = first(select(_REPORTS.id).order_by(func.length(_REPORTS.text).desc()))
    return {
        "first page": "/",
        "agreements": "/agreements",
        "agreements of a pair": f"/agreements?party={pair[0]}&party={pair[1]}",
        "the agreement of most reports": f"/agreements/{quote(agreement, safe='')}",
        "commitments": "/commitments",
        "commitments, a status": "/commitments?status=planned",
        "the commitment of most stages": f"/commitments/{quote(commitment, safe='')}",
        "pairs": "/pairs",
        "the pair of most commitments": f"/pairs/{pair[0]}-{pair[1]}",
        "network": "/network",
        "follow-up": "/due",
        "speakers": "/speakers",
        "the speaker who is quoted most": f"/speakers?name={quote(speaker)}",
        "search": f"/search?q={quote('اتفاقية دفاع')}",
        "the longest report": f"/reports/{quote(longest, safe='')}",
        "what is to be reviewed": "/review",
        "the longest report in review": f"/review/reports/{quote(longest, safe='')}",
        "join or split the largest agreement": f"/review/agreements/{quote(agreement, safe='')}",
        "add": "/add",
    }


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="a database's path or URL")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    asked = pages(options.database)
    command = [sys.executable, "-m", "mithaq", "serve", "--db", options.database, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            address = _address(server)
            times: dict[str, list[float]] = {name: [] for name in asked}
            for number in range(options.rounds + 1):
                for name, page in asked.items():
                    began = time.perf_counter()
                    with urllib.request.urlopen(address + page) as answer:
                        answer.read()
                    if number:  # the first time is that of the server's own beginning
                        times[name].append((time.perf_counter() - began) * 1000)
        finally:
            server.terminate()
    print("| page | median, ms | most, ms |\n| --- | --: | --: |")
    for name, found in times.items():
        print(f"| {name} | {statistics.median(found):.0f} | {max(found):.0f} |")


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and (line := server.stdout.readline()):
        if found := _ADDRESS.search(line):
            return found.group()
    raise SystemExit("the server did not begin")


if __name__ == "__main__":
    main()
