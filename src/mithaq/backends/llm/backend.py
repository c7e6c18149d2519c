"""The backend ``llm``: a report goes to the model in pieces, and what holds of its answers becomes the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mithaq.arabic.align import Aligner
from mithaq.backends.contract import Options
from mithaq.backends.llm.answers import NoAnswerError, parse_answer
from mithaq.backends.llm.cache import Cache
from mithaq.backends.llm.client import Client, Reply, TooLongError
from mithaq.backends.llm.grounding import Rows, ground
from mithaq.backends.llm.prompt import instructions, question, version
from mithaq.backends.llm.tally import Tally
from mithaq.backends.pieces import Piece, pieces
from mithaq.backends.rows import assemble, overlap, renamed, same_act
from mithaq.errors import BackendError, InputError
from mithaq.model import Attribution, Provision, Record, Report
from mithaq.pipeline import annotate, attempt, check_arabic
from mithaq.stages.document import Document

_ATTEMPTS = 3  # answers that are no JSON before the report is set aside


class Model:
    """One model, asked about pieces of reports; used by several threads.

    Raises :class:`~mithaq.errors.BackendError` if it cannot be asked at all. *sleep* is for tests.
    """

    def __init__(self, options: Options, sleep: Callable[[float], Any] | None = None) -> None:
        if options.max_cost is not None and not (options.price_in or options.price_out):
            raise BackendError("a limit of cost needs prices", "give --price-in and --price-out, or --max-tokens")
        self.tally = Tally(options)
        self.name = options.model
        self._client = Client(options, lambda: self.tally.add("retries"), sleep)
        self._cache = Cache(options.cache) if options.cache is not None else None
        self._told = sum(len(m["content"]) for m in instructions())

    def rows(self, report: Report, whole: Aligner, piece: Piece, home: str) -> Rows:
        """What the model says of one piece, grounded.

        An answer that breaks off is asked for in halves. Raises :class:`~mithaq.errors.InputError` if there is none.
        """
        try:
            answer = self._answer(question(report.text, piece, home), piece)
        except (TooLongError, NoAnswerError) as error:
            halves = piece.halves()
            if not halves:
                what = "too long for the model" if isinstance(error, TooLongError) else "answered without JSON"
                raise InputError(f"a sentence of {piece.end - piece.start:,} characters is {what}: {error}") from error
            return _joined([self.rows(report, whole, half, home) for half in halves])
        rows = ground(answer, whole, piece, self.name)
        self.tally.ground(rows.found, rows.dropped)
        self.tally.add("rows", len(rows.attributions) + len(rows.provisions))
        return rows

    def size(self, piece: Piece) -> tuple[int, int]:
        """Code points of the whole question about a piece, and of the piece alone."""
        length = piece.end - piece.start
        return self._told + length, length

    def close(self) -> None:
        """End what waits for an answer."""
        self._client.close()

    def _answer(self, asked: dict[str, str], piece: Piece) -> dict[str, Any]:
        key = Cache.key(self.name, version(), asked["content"])
        if self._cache is not None and (kept := self._cache.get(key)) is not None:
            self.tally.add("cached")
            return kept
        attempts = 0
        while True:
            reply = self._ask([*instructions(), asked], piece)
            attempts += 1
            try:
                answer = parse_answer(reply.text)
            except NoAnswerError as error:
                if reply.cut or (error.cut and attempts == _ATTEMPTS):
                    raise NoAnswerError(str(error), cut=True) from error
                if attempts == _ATTEMPTS:
                    said = f"{self.name} gave {_ATTEMPTS} answers without a record: {error}"
                    raise InputError(said, "try another model") from error
                self.tally.add("retries")
                continue
            if self._cache is not None:
                self._cache.put(key, answer)
            return answer

    def _ask(self, messages: list[dict[str, str]], piece: Piece) -> Reply:
        """One reply, within the budget."""
        asked, length = sum(len(m["content"]) for m in messages), piece.end - piece.start
        reserved = self.tally.reserve(asked, length)
        if reserved is None:
            raise InputError(
                f"the budget is used up: {self.tally.over}", "raise it; with --cache nothing is paid twice"
            )
        reply: Reply | None = None
        try:
            self.tally.add("calls")
            reply = self._client.ask(messages)
            return reply
        finally:
            self.tally.settle(
                reserved, asked, length, reply.usage if reply else None, max(1, len(reply.text)) if reply else 0
            )


class LlmBackend:
    """Reads reports by a large model."""

    def __init__(self, options: Options, sleep: Callable[[float], Any] | None = None) -> None:
        self.model = Model(options, sleep)
        self.name = f"llm {options.model}"
        self.threads = options.concurrency
        self._piece = options.piece

    def __call__(self, report: Report) -> Record | InputError:
        """The record of *report*, or why it has none."""
        return attempt(report, self._read)

    def summary(self) -> list[str]:
        """Calls, tokens, cost; rows that were kept; what was dropped, and why."""
        return self.model.tally.lines(self.name)

    def close(self) -> None:
        """End what waits for an answer."""
        self.model.close()

    def _read(self, report: Report) -> Record:
        check_arabic(report)
        doc = annotate(report)
        attributions, provisions = read_pieces(self.model, doc, pieces(report.text, self._piece))
        return assemble(doc, attributions, provisions)


def read_pieces(model: Model, doc: Document, some: list[Piece]) -> tuple[list[Attribution], list[Provision]]:
    """The rows of pieces of a report, each once: what two pieces have in common is told twice."""
    whole = Aligner(doc.report.text)
    read = _joined([model.rows(doc.report, whole, piece, doc.home) for piece in some])
    return read.attributions, read.provisions


def _joined(several: list[Rows]) -> Rows:
    """The rows of several pieces; of two that stand at one place the first, to which references to either lead."""
    rows = Rows()
    same: dict[str, str] = {}
    said: list[Attribution] = []
    acts: list[Provision] = []
    for number, one in enumerate(several):
        attributions, provisions = renamed(one.attributions, one.provisions, f"{number}.")
        for a in attributions:
            twin = next((b for b in said if overlap(a.cue, b.cue)), None)
            if twin is None:
                rows.attributions.append(a)
            else:
                same[a.id] = twin.id
        for p in provisions:
            if not any(same_act(p, q) and p.status == q.status for q in acts):
                rows.provisions.append(p)
        said, acts = attributions, provisions
    rows.attributions = [replace(a, parent=same.get(a.parent or "", a.parent)) for a in rows.attributions]
    rows.provisions = [replace(p, attribution=same.get(p.attribution or "", p.attribution)) for p in rows.provisions]
    return rows


def make_llm(options: Options) -> LlmBackend:
    """The backend of ``Options.model`` at ``Options.base_url``."""
    return LlmBackend(options)
