"""Inputs → reports, one at a time and with bounded memory; what cannot be read comes back as data, not as exceptions.

files.py      a path or standard input → bytes (gzip undone), or why it cannot be opened
encodings.py  bytes → text: UTF-8, UTF-16 with a mark, windows-1256
lines.py      bytes → lines of bounded length
jsonl.py      one JSON object → report
reports.py    all of them together
records.py    a file of records (gold or predicted) → records
"""

from mithaq.readers.items import Defaults, Located, Place, SetAside
from mithaq.readers.records import read_records
from mithaq.readers.reports import read_reports

__all__ = ["Defaults", "Located", "Place", "SetAside", "read_records", "read_reports"]
