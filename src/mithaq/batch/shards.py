"""A shard is a slice of the input: what a worker reads at once, and what a stop costs at most.

Its name says which input it begins in and which part of it it is: ``000002-000017``. A shard that only says where its
reports stand is a few hundred bytes; one that holds them is for inputs that can only be read from their beginning.
"""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.readers import Defaults, Located, SetAside
from mithaq.readers.items import Wishes

NO_DEFAULTS = Defaults()


@dataclass(frozen=True, slots=True)
class Files:
    """Whole small inputs, read together; *size* (bytes on the disk, here and below) tells how far a run is."""

    name: str
    size: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """*count* lines of JSON Lines from line *first* (from 1) on, which begins at *offset* (bytes).

    *held* has the lines themselves, by number, where the file is packed and nobody can begin in its middle.
    *fault* (message, hint) is why nothing behind them can be read.
    """

    name: str
    size: int
    path: str
    first: int
    offset: int
    count: int
    held: tuple[tuple[int, bytes | None], ...] | None = None
    fault: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """Reports that were cut out of their input already, and what of it was set aside."""

    name: str
    size: int
    items: tuple[Located | SetAside, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A large input from which one worker makes all shards, one after the other."""

    number: int
    size: int
    path: str


Shard = Files | Lines | Items
Piece = Shard | Whole
"""What an engine gives to a worker."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker has to know: where to write, how to read, how to cut.

    *run* is another one each time the command is started; *reader* is the version of mithaq.
    """

    folder: str
    run: str
    reader: str
    shard: int = 1000
    defaults: Defaults = NO_DEFAULTS
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def wishes(self) -> Wishes:
        """For the readers."""
        return Wishes(self.defaults, dict(self.columns))


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is written: how many rows it has. *before* says that it was found so."""

    name: str
    size: int
    reports: int
    provisions: int
    aside: int
    before: bool = False
    shown: tuple[str, ...] = ()
    """Messages for people: the first of what was set aside."""
