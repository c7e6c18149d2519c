"""Records against gold ones, by the metrics of the annotation guidelines' scorer.

matching.py  which predicted attribution or provision stands for which gold one
metrics.py   precision, recall, F1 and shares
misses.py    what was missed, and in which cell
causes.py    the same by cause, the most frequent first
comparing.py two records of one report, cell by cell; comparison.py: two files of them, which shelf.py holds
examples.py  whether the lexicon's entries hold to their examples
known.py     whether the lexicon has what a gold span uses
"""

from mithaq.evaluation.causes import CAUSES, Case, Cause, find_causes
from mithaq.evaluation.metrics import Score, Share, evaluate
from mithaq.evaluation.misses import Miss, find_misses

__all__ = ["CAUSES", "Case", "Cause", "Miss", "Score", "Share", "evaluate", "find_causes", "find_misses"]
