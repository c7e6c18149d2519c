"""Records against gold ones, by the metrics of the annotation guidelines' scorer.

matching.py  which predicted attribution or provision stands for which gold one
metrics.py   precision, recall, F1 and shares
misses.py    what was missed, and why
"""

from mithaq.evaluation.metrics import Score, Share, evaluate
from mithaq.evaluation.misses import Miss, find_misses

__all__ = ["Miss", "Score", "Share", "evaluate", "find_misses"]
