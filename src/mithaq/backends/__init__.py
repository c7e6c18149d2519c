"""What reads a report: the rules, a large model, both, or the rules with another tool's names.

contract.py   what a backend is, and the options that make one
table.py      the table BACKENDS, and :func:`make`
plugged.py    those of plug-ins
threads.py    many reports at once, for backends that wait for a server
pieces.py     a report → pieces of whole sentences that overlap
rows.py       rows of several origins → one record: order, ids, references, entities, details
needs.py      libraries of the extras, imported when they are used
llm/          any OpenAI-compatible server; nothing that it says is believed
hybrid.py     the rules, and the model where they are not sure
neural/       names and subjects from spaCy, GLiNER or transformers, for the rules
"""

from mithaq.backends.contract import Backend, Options
from mithaq.backends.table import BACKENDS, make
from mithaq.backends.threads import in_threads

__all__ = ["BACKENDS", "Backend", "Options", "in_threads", "make"]
