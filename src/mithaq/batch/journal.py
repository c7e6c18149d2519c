"""Which report a worker was at when it died, so that the next one knows.

A small file beside the output holds it: what the process writes there survives its death. It counts for one run only:
a whole run that is stopped, several times at the same report perhaps, says nothing against that report.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

DEATHS = 3
"""How often a worker must die at a report for the report to be set aside. Once more than a crash needs to prove itself,
since workers also die of other things (out of memory, killed), now and then twice at the same place."""
_WIDTH = 20
_NONE = -1


class Journal:
    """The journal of one shard, opened at each attempt; *run* tells the runs of the command apart."""

    def __init__(self, path: Path, run: str) -> None:
        self._path = path
        deaths = _deaths(path, run)
        self.killers = {number for number, times in deaths.items() if times >= DEATHS}
        state = json.dumps({"run": run, "deaths": sorted(deaths.items())})
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        temporary.write_text(f"{_NONE:{_WIDTH}d}\n{state}\n", "utf-8")
        os.replace(temporary, path)
        self._file = os.open(path, os.O_WRONLY)

    def at(self, number: int) -> None:
        """The report of this number (from 0) is being read."""
        os.pwrite(self._file, b"%*d" % (_WIDTH, number), 0)

    def between(self) -> None:
        """No report is being read."""
        self.at(_NONE)

    def close(self, done: bool) -> None:
        """The attempt has ended; when the shard is *done* its journal is gone."""
        os.close(self._file)
        if done:
            with suppress(FileNotFoundError):
                self._path.unlink()


def _deaths(path: Path, run: str) -> Counter[int]:
    """How often workers of this run died at which report, this time included."""
    try:
        at, state = path.read_text("utf-8").splitlines()
        found = json.loads(state)
    except (OSError, ValueError):
        return Counter()
    if found["run"] != run:
        return Counter()
    deaths = Counter(dict(map(tuple, found["deaths"])))
    if int(at) != _NONE:
        deaths[int(at)] += 1
    return deaths
