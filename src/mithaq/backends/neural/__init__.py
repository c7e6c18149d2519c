"""Names and subjects from other tools, for the rules: they know who is named where no list has the name.

backend.py   the rules with a finder's names and subjects
finders.py   spaCy, GLiNER, transformers → names and subjects in characters
"""

from mithaq.backends.neural.backend import read_with
from mithaq.backends.neural.finders import Found, from_spacy

__all__ = ["Found", "from_spacy", "read_with"]
