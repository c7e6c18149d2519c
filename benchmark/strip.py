#!/usr/bin/env python3
"""Records and their reports → annotations without a word of the texts.

    python benchmark/strip.py RECORDS.jsonl REPORTS.jsonl --split dev --out benchmark/annotations/dev.jsonl

The form is described in ``textfree.py``. Exit code 2, and nothing written, if a record does not fit its text.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from textfree import fail, read_objects, strip_record, text_of, write_objects

from mithaq.errors import InputError


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Records and their reports → annotations without texts.")
    parser.add_argument("records", metavar="RECORDS.jsonl")
    parser.add_argument("reports", metavar="REPORTS.jsonl")
    parser.add_argument("--split", required=True, help="the split that the records belong to")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    options = parser.parse_args(argv)
    try:
        texts = {r.get("id"): text_of(r) for r in read_objects(options.reports)}
        stripped = []
        for record in read_objects(options.records):
            text = texts.get(record.get("id"))
            if text is None:
                raise InputError(f"{options.reports}: no text of report {record.get('id')!r}")
            stripped.append(strip_record(record, text, options.split))
    except InputError as error:
        return fail(error)
    except KeyError as error:
        return fail(f"{options.records}: a record lacks the field {error}")
    write_objects(options.out, stripped)
    print(f"{len(stripped)} records written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
