"""Every error that mithaq raises on purpose.

    MithaqError
    ├── InputError        what was given cannot be read (file, line, text)
    │   └── FetchError        an address that cannot be fetched, or must not be
    ├── RecordError       a record's JSON does not have the documented shape
    ├── BackendError      what reads with another tool cannot go on: unknown, not installed, no server, no key
    ├── QueryError        what was asked for does not exist, or cannot be asked so
    ├── ReviewError       a review that cannot be kept: of a row that there is not, with a cell that is wrong
    │   └── ConflictError     somebody else changed the row meanwhile
    ├── AccountError      an account that cannot be made, changed or entered
    ├── StoreError        the database cannot be used: missing, locked, full, of another version
    ├── RunError          a run cannot go on: a folder of another run, inputs that changed, workers that keep dying
    ├── ExportError       an export cannot be written: no such form, a missing package, a path or disk that refuses
    ├── LedgerError       stages of which no commitment can be made
    ├── PluginError       a plug-in that is asked for by name is not there, or fails at work
    └── DataError         a data file of the lexicon or ontology is wrong

A plug-in that is skipped is no error: :class:`PluginWarning` says it where nobody listens.

Each carries a message and a hint (what to do about it); only the CLI turns them into text for people.
"""


class MithaqError(Exception):
    """The root: catch this to catch them all."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class InputError(MithaqError):
    """An input that cannot be read as a report: missing, binary, empty, not Arabic, not valid JSON."""


class FetchError(InputError):
    """An address that cannot be fetched (no answer, too large, too slow), or must not be (private, another scheme)."""


class RecordError(MithaqError):
    """JSON that is not a record as ``docs/data-model.md`` describes it."""


class BackendError(MithaqError):
    """A backend that cannot be used at all: unknown, not installed, without its model, server or key.

    What goes wrong with one report alone is an :class:`InputError`.
    """


class ExportError(MithaqError):
    """An export that cannot be written: an unknown form, a missing package, a path or a disk that refuses."""


class DataError(MithaqError):
    """An entry of a data file that does not validate; names the file, the entry and the nearest valid key."""


class QueryError(MithaqError):
    """A question that has no answer: an unknown id, words that cannot be searched for, SQL that is not a query."""


class StoreError(MithaqError):
    """A database that cannot be used: not there, locked, full, damaged, unreachable, or of a newer mithaq."""


class RunError(MithaqError):
    """A run that cannot go on: a folder of other inputs or options, inputs that changed, workers that keep dying."""


class ReviewError(MithaqError):
    """A review that cannot be kept: of a row that there is not, or with a cell that is wrong."""


class ConflictError(ReviewError):
    """Somebody else changed the row since it was looked at; nothing was written."""


class AccountError(MithaqError):
    """An account that cannot be made, changed or entered: a name that is taken, a password that is too short."""


class LedgerError(MithaqError):
    """Stages of which no commitment can be made: none at all, or one with a status that the ontology does not have."""


class PluginError(MithaqError):
    """What a plug-in should give by name is not there, or the plug-in fails at work."""


class PluginWarning(UserWarning):
    """A plug-in is skipped: it cannot be imported, raises, or gives what there is already."""
