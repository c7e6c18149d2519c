"""Inputs → reports, one at a time and with bounded memory; what cannot be read comes back as data, not as exceptions.

reports.py    all of it together: paths, addresses, or bytes that were fetched → reports
files.py      a path or standard input → bytes
packing.py    gzip, bzip2, xz, zstd → what they unpack to; streams.py counts it
formats/      the table FORMATS: how each format is recognised by its content, and its reader
parsers/      what pages, feeds, PDFs and documents hold; run by confined.py in a process of their own
cleanup.py    texts that a reader made, without what is no part of the report
encodings.py  bytes → text: UTF-8, UTF-16, windows-1256, ISO-8859-6, MacArabic
columns.py    which column or field holds what
lines.py      bytes → lines of bounded length; jsonl.py: one JSON object → report
limits.py     every limit, with its reason
records.py    a file of records (gold or predicted) → records
"""

from mithaq.readers.columns import parse_columns
from mithaq.readers.items import Defaults, Located, Origin, Place, SetAside
from mithaq.readers.records import read_records
from mithaq.readers.reports import read_answer, read_bytes, read_reports

__all__ = [
    "Defaults",
    "Located",
    "Origin",
    "Place",
    "SetAside",
    "parse_columns",
    "read_answer",
    "read_bytes",
    "read_records",
    "read_reports",
]
