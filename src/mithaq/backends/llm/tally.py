"""What a run has used and dropped, and the budget that ends it."""

from __future__ import annotations

from collections import Counter
from threading import Lock

from mithaq.backends.contract import Options

_MILLION = 1_000_000
_TOKENS_A_CHARACTER = 0.5  # of Arabic; until the server has said how many it counts
_ANSWER = 0.5  # tokens of an answer for each of the question's piece, until some are known


class Tally:
    """Counts of one run; safe to use from several threads.

    ``calls``, ``cached`` (answered from disk), ``retries``, ``tokens_in`` and ``tokens_out`` of the server's own count,
    or *guessed* from the length where it gives none; ``found`` by how spans were aligned, ``dropped`` by reason.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = Lock()
        self._reserved = 0.0
        self._reserved_cost = 0.0
        self._characters = 0
        self._piece_characters = 0
        self.counts: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.over = ""

    def add(self, name: str, number: int = 1) -> None:
        """Count something: ``calls``, ``cached``, ``retries``, ``rows``, ``spared``."""
        with self._lock:
            self.counts[name] += number

    def ground(self, found: Counter[str], dropped: Counter[str]) -> None:
        """Enter what became of an answer's spans and rows."""
        with self._lock:
            self.found.update(found)
            self.dropped.update(dropped)

    def reserve(self, question: int, piece: int) -> tuple[float, float] | None:
        """Tokens set apart for a question of so many code points; ``None`` if the budget does not hold them any more.

        What a question will take is estimated by those before it, so a run may pass its budget by the error of the
        questions that are under way. Give what this returns to :meth:`settle`.
        """
        with self._lock:
            tokens_in, tokens_out = self._estimate(question, piece)
            tokens, cost = tokens_in + tokens_out, self._price(tokens_in, tokens_out)
            limit, most = self._options.max_tokens, self._options.max_cost
            used = self.counts["tokens_in"] + self.counts["tokens_out"]
            if limit is not None and used + self._reserved + tokens > limit:
                self.over = f"{used:,} of {limit:,} tokens are used"
            if most is not None and self.cost + self._reserved_cost + cost > most:
                self.over = f"{self.cost:.4f} of {most:g} is spent"
            if self.over:
                return None
            self._reserved += tokens
            self._reserved_cost += cost
            return tokens, cost

    def settle(
        self, reserved: tuple[float, float], question: int, piece: int, usage: tuple[int, int] | None, answer: int = 0
    ) -> None:
        """A question is answered (*usage*: tokens in and out, by the server), or has failed (no usage, no answer)."""
        with self._lock:
            self._reserved -= reserved[0]
            self._reserved_cost -= reserved[1]
            if usage is None and not answer:
                return
            if usage is None:
                usage = round(question * _TOKENS_A_CHARACTER), round(answer * _TOKENS_A_CHARACTER)
                self.counts["guessed"] += 1
            self.counts["tokens_in"] += usage[0]
            self.counts["tokens_out"] += usage[1]
            self.counts["answered"] += 1
            self._characters += question
            self._piece_characters += piece

    @property
    def cost(self) -> float:
        """What the tokens cost so far, in the currency of the prices."""
        return self._price(self.counts["tokens_in"], self.counts["tokens_out"])

    def estimate(self, question: int, piece: int) -> tuple[float, float]:
        """Tokens in and out that a question of so many code points, its piece so many of them, is likely to take."""
        with self._lock:
            return self._estimate(question, piece)

    def price(self, tokens_in: float, tokens_out: float) -> float:
        """What so many tokens cost."""
        return self._price(tokens_in, tokens_out)

    def _estimate(self, question: int, piece: int) -> tuple[float, float]:
        if not self._characters:
            return question * _TOKENS_A_CHARACTER, piece * _TOKENS_A_CHARACTER * _ANSWER
        answers = self.counts["tokens_out"] / max(1, self._piece_characters)
        return question * self.counts["tokens_in"] / self._characters, piece * answers

    def _price(self, tokens_in: float, tokens_out: float) -> float:
        return (tokens_in * self._options.price_in + tokens_out * self._options.price_out) / _MILLION

    def lines(self, model: str) -> list[str]:
        """The summary of a run."""
        n = self.counts
        used = f"{model}: {n['calls']:,} calls"
        if n["retries"]:
            used += f" ({n['retries']:,} tried again)"
        if n["cached"]:
            used += f", {n['cached']:,} answers from the cache"
        guessed = " (estimated: the server counts none)" if n["guessed"] else ""
        used += f"; {n['tokens_in']:,} tokens in, {n['tokens_out']:,} out{guessed}"
        if self._options.price_in or self._options.price_out:
            used += f"; cost {self.cost:.4f}"
        spans = ", ".join(f"{self.found[s]:,} {s}" for s in ("exact", "normalised", "clitic"))
        kept = f"{n['rows']:,} rows kept; spans in the text: {spans}"
        dropped = "; ".join(f"{count:,} {reason}" for reason, count in sorted(self.dropped.items()))
        return [used, kept, *([f"dropped: {dropped}"] if dropped else [])]
