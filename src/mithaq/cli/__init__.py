"""The command line.

app.py       the commands, and the one place that turns errors into text and exit codes
options.py   options that several commands share
run.py       inputs → records, with what was set aside listed on standard error
read.py, evaluate.py, explain.py, plugins.py   one command each
compare.py   two files of records: compare_rows.py prints them, compare_page.py makes a page
render.py    a record as tables for people
layout.py    tables that fit the terminal, with Arabic kept in order
labels.py    what the tables write, in English and Arabic
output.py    lines of JSON and messages
"""

from mithaq.cli.app import main

__all__ = ["main"]
