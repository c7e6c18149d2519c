"""Names and subjects from other tools, for the rules: they know who is named where no list has the name.

backend.py   the rules with a finder's names and subjects
finders.py   spaCy, GLiNER, transformers → names and subjects in characters
"""

from mithaq.backends.neural.finders import from_spacy

__all__ = ["from_spacy"]
