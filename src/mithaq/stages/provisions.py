"""Stage: acts between two or more parties, with area, stage, role and the attribution they stand on.

Rules come first (``rules.py``). What they leave, four small linear models decide for the words that the lexicon
proposes: whether a phrase names an act, of which areas, how far along it is, and between whom. What the models look at
is in ``clues.py`` and, made from that, in ``head_features.py``, ``act_features.py`` and ``party_features.py``;
``scripts/train_models.py`` makes them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from math import exp, log
from typing import NamedTuple, cast

from mithaq.lexicon.weights import Model, load_model, probability
from mithaq.model import Provision, Role, Span
from mithaq.stages.act_features import area_features, status_features
from mithaq.stages.clues import Clues
from mithaq.stages.document import Document
from mithaq.stages.head_features import Head, HeadFeatures, heads
from mithaq.stages.parties import NAMED, Parties, completed
from mithaq.stages.party_features import PartyFeatures
from mithaq.stages.phrases import phrase_end
from mithaq.stages.places import find_places
from mithaq.stages.rules import RuleFinder
from mithaq.stages.spans import after_letters, conjunction_letters

# Where precision and recall balance on the development reports:
ACT = 0.2  # the least probability of an act
HOPELESS = log(ACT / (1 - ACT)) - 0.9  # the words around it add more to 4 heads in 39,508
ROW = 0.36  # the least probability that a row is right
OF_ACT, OF_AREA, OF_ROW = 0.36, 0.6, -1.29  # how much the odds of its act and area count for it, and what it lacks
PARTY = 0.4  # the least probability of its second party
VETO = 0.04  # the least probability of an act that a rule has found
SURE = 0.45  # the least probability of a status that overrules that of a rule
SURE_AREA = 0.5  # the same of an area
UNKNOWN = 0.2  # the score of a rule's act at a word that the models don't look at
UNSURE = 0.0  # the same for a rule that is often wrong: the model knows what the rule says and decides
_WEAK = frozenset(
    ("default of the act", "verb: complete", "verb: carry_out", "before: carry_out", "verb: start", "purpose")
)
_KEPT = ("coming", "list: coming", "denied", "negated")  # rules that no model overrules: «سيتم توقيع ...», «نفى»
_AREA = 0.65  # the least probability of a further area of the same phrase
_PARTY = 0.5  # the least probability of a party that is not one of the two likeliest
_AGAIN = 0.5  # the least probability of an act that repeats area, parties and stage of one before
_LEAST = 0.001  # odds don't grow beyond this
_NAMED = ("instruments.toml", "topics.toml")  # what names the area outright: no model knows better
CONDITION = "condition"
_FAR = frozenset(("subject of the clause", "named behind the phrase"))  # rules of parties that a sure model overrules
_YES, _NO = 0.75, 0.25  # from where on the model is sure that someone is a party, and that someone is none
_BY_MODEL = ("parties", "models/party.tsv")
_OVERRULED = "models/party.tsv over the rule"


def _right(act: float, area: float) -> float:
    """The probability that a row is right, from that of its act and from the share of its area among all areas.

    How likely its second party is says nothing more: the model of acts asks already whether it is one between states.
    """
    act, area = (min(max(p, _LEAST), 1 - _LEAST) for p in (act, area))
    return probability(OF_ACT * log(act / (1 - act)) + OF_AREA * log(area / (1 - area)) + OF_ROW)


class Possible(NamedTuple):
    """A phrase that may name an act: its tokens (inclusive), its features, and the probability that it is one."""

    first: int
    last: int
    head: Head
    likely: float


def find_provisions(
    doc: Document,
    *,
    rules: bool = True,
    models: bool = True,
    sure: float | None = None,
    model: Callable[[str], Model] = load_model,
) -> None:
    """Fill ``provisions``.

    Everything but *doc* is for measuring what each part is worth (``scripts/compare_models.py``): do without the rules
    or without the models, take other models by name, or one least probability at which a status overrules any rule's.
    """
    places = find_places(doc)
    found = RuleFinder(doc, places).run() if rules else []
    codes = {doc.home, *(code for p in places for code in p.codes)} - {""}
    if models and len(codes) > 1:  # else there is nobody to agree with
        found = _Finder(Clues(doc, places), found, sure, model).run()
    doc.provisions = tuple(replace(p, id=f"p{n + 1}") for n, p in enumerate(found))
    doc.by_rule = frozenset(p.id for p in doc.provisions if p.why[-1] != _BY_MODEL)


def ruled_cells(doc: Document, by_rule: list[Provision], cell: str) -> dict[int, tuple[str, str]]:
    """First token → the area or status that a rule gave the act there, and the rule."""
    starts = {t.start: k for k, t in enumerate(doc.tokens)}
    found: dict[int, tuple[str, str]] = {}
    for p in by_rule:
        k = starts.get(p.evidence.start)
        if k is None:  # behind letters of its first word
            k = max(j for start, j in starts.items() if start < p.evidence.start)
        found.setdefault(k, (getattr(p, cell), dict(p.why)[cell]))
    return found


class _Finder:
    """Goes through the possible acts of a text in order; what has been found is the context of what comes."""

    def __init__(
        self, clues: Clues, by_rule: list[Provision], sure: float | None, model: Callable[[str], Model]
    ) -> None:
        self.sure = sure
        self.model = model
        self.doc = clues.doc
        self.clues = clues
        self.made: list[Provision] = []
        self.before: tuple[int, str, str] | None = None  # the act before: its last token, status and area
        self.seen = {(p.area, frozenset(p.parties), p.status) for p in by_rule}
        self.rules: dict[int, list[Provision]] = {}  # by their first token
        self.covered: set[int] = set()
        for p in by_rule:
            first = bisect_right(self.doc.tokens, p.evidence.start, key=lambda t: t.end)
            tokens = range(first, self._last_before(p.evidence.end) + 1)
            self.rules.setdefault(tokens[0], []).append(p)
            self.covered.update(tokens)

    @cached_property
    def parties(self) -> PartyFeatures:
        """Made for the first act: most reports have none."""
        return PartyFeatures(self.clues)

    @cached_property
    def ruled(self) -> Parties:
        """The parties by rule, in the context of the acts found so far."""
        return Parties(self.doc, self.clues.places)

    def run(self) -> list[Provision]:
        """The acts of the text in order."""
        possible = {p.first: p for p in self._possible()}
        likely = {p.first for p in possible.values() if p.likely >= ACT}
        last = -1
        for i in sorted({*possible, *self.rules}):
            if i in self.rules:
                if i not in possible or possible[i].likely >= VETO:
                    rows = self.rules[i] if i not in possible else self._rezoned(self.rules[i], possible[i])
                    rows = [self._restaged(q, possible.get(i)) for q in rows]
                    self._keep(rows)
                continue
            if i not in likely or i <= last or i in self.covered:
                continue
            if i + 1 in self.covered and i + 1 not in self.doc.actors:
                continue  # «لعقد قمة», «دفع التعاون»: what governs an act is none of its own
            p = possible[i]
            inside = range(i + 1, p.last + 1)
            end = next((k - 1 for k in inside if k in self.covered or (k in likely and self._apart(i, k))), p.last)
            if self._take(p._replace(last=end)):
                last = end
        return self.made

    def _keep(self, provisions: list[Provision]) -> None:
        self.made += provisions
        self.parties.keep(frozenset(provisions[-1].parties))
        self.ruled.keep(frozenset(provisions[-1].parties))
        end = max(p.evidence.end for p in provisions)
        self.before = (self._last_before(end), provisions[-1].status, provisions[-1].area)

    def _last_before(self, end: int) -> int:
        """The last token that begins before a character."""
        return bisect_left(self.doc.tokens, end, key=lambda t: t.start) - 1

    def _possible(self) -> list[Possible]:
        of_head = HeadFeatures(self.clues, self.model("act"))
        found = []
        for i in heads(self.clues):
            head = of_head.begun(i)
            if head.score < HOPELESS and i not in self.rules:
                continue
            end = phrase_end(self.doc, i, self.doc.sentences[self.doc.sentence_of[i]][1])
            of_head.finish(head, i, end)
            found.append(Possible(i, end, head, probability(head.score)))
        return found

    def _apart(self, i: int, k: int) -> bool:
        """Whether a later act begins at *k*: joined by و, or what a verb is about («بحث مع ... التعاون»)."""
        return self.doc.words[k].key.startswith("و") or bool(self.clues.verbs[i][0] and self.clues.acts[k])

    def _take(self, p: Possible) -> bool:
        """Add what the models make of a phrase; whether there was anything to add."""
        i, end = p.first, p.last
        if _right(p.likely, 1.0) < ROW:  # whatever its area
            return False
        area_model = self.model("area")
        of_area = area_features(self.clues, i, end, p.head.features, self.made[-1].area if self.made else "")
        scores = area_model.scores(of_area)
        best = max(range(len(scores)), key=scores.__getitem__)
        shares = [probability(score) for score in scores]
        row = _right(p.likely, shares[best] / sum(shares))
        if row < ROW:
            return False
        who, between = self._who(i, end, area_model.labels[best])
        if len(who) < 2 or between < PARTY:
            return False
        areas = [best, *(n for n, s in enumerate(scores) if n != best and probability(s) >= _AREA)]
        named = list(dict.fromkeys(self.clues.topics[k] for k in range(i, end + 1) if self.clues.topics[k]))
        if len(named) > 1 and self.clues.topical[i]:
            areas = [area_model.labels.index(area) for area in named]  # «التعاون الاقتصادي والعسكري» is two acts
        made = []
        for n in areas:
            area = area_model.labels[n]
            status, role, _, reasons = self._status(p, area)
            if (area, who, status) in self.seen and p.likely < _AGAIN:
                continue
            if self._goes_on(i, area, who, status):
                continue
            self.seen.add((area, who, status))
            why = (
                ("area", ", ".join(area_model.reasons(of_area, n))),
                ("status", reasons),
                _BY_MODEL,
            )
            made.append(self._provision(i, end, area, status, role, who, why, row))
        if made:
            self._keep(made)
        return bool(made)

    def _goes_on(self, i: int, area: str, who: frozenset[str], status: str) -> bool:
        """Whether a phrase only goes on with the one right before it («لقاءات واجتماعات عمل»)."""
        if not self.made or not self.doc.words[i].key.startswith("و"):
            return False
        last = self.made[-1]
        same = (last.area, frozenset(last.parties)) == (area, who) and last.status == status
        return same and 0 <= self.doc.tokens[i].start - last.evidence.end <= 1

    def _status(self, p: Possible, area: str, by_rule: tuple[str, str] | None = None) -> tuple[str, Role, float, str]:
        """The likeliest status and role, their probability, and what speaks for them."""
        model = self.model("status")
        features = status_features(self.clues, p.first, p.last, p.head.features, area, self.before, by_rule)
        scores = model.scores(features)
        best = max(range(len(scores)), key=scores.__getitem__)
        status, _, role = model.labels[best].partition(" ")
        sure = 1 / sum((exp(s - scores[best]) for s in scores), 0.0)
        return status, cast(Role, role or "provision"), sure, ", ".join(model.reasons(features, best))

    def _rezoned(self, by_rule: list[Provision], possible: Possible) -> list[Provision]:
        """A rule's act, with the area of the model where that is sure."""
        q = by_rule[0]
        if len(by_rule) > 1 or any(name in dict(q.why)["area"] for name in _NAMED):
            return by_rule
        model = self.model("area")
        ruled = (q.area, dict(q.why)["area"])
        before = self.made[-1].area if self.made else ""
        features = area_features(self.clues, possible.first, possible.last, possible.head.features, before, ruled)
        shares = [probability(score) for score in model.scores(features)]
        best = max(range(len(shares)), key=shares.__getitem__)
        if model.labels[best] == q.area or shares[best] / sum(shares) < SURE_AREA:
            return by_rule
        why = tuple((c, ", ".join(model.reasons(features, best)) if c == "area" else r) for c, r in q.why)
        return [replace(q, area=model.labels[best], why=why)]

    def _restaged(self, by_rule: Provision, possible: Possible | None) -> Provision:
        """A rule's act, with the status of the model where that is sure."""
        by_rule = replace(by_rule, confidence=possible.likely if possible is not None else UNKNOWN)
        by_rule = self._regrouped(by_rule, possible)
        rule = dict(by_rule.why)["status"]
        if possible is None or by_rule.role == CONDITION or rule.startswith(_KEPT):
            return by_rule
        status, _, sure, reasons = self._status(possible, by_rule.area, (by_rule.status, rule))
        least = UNSURE if rule in _WEAK else SURE
        if status == by_rule.status or sure < (least if self.sure is None else self.sure):
            return by_rule
        return replace(by_rule, status=status, why=tuple((c, reasons if c == "status" else r) for c, r in by_rule.why))

    def _regrouped(self, by_rule: Provision, possible: Possible | None) -> Provision:
        """A rule's act whose phrase does not name its parties, with those of the model where that is sure."""
        if possible is None or dict(by_rule.why)["parties"] not in _FAR:
            return by_rule
        model = self.model("party")
        given = self.parties.of(possible.first, possible.last, by_rule.area)
        scored = [(probability(model.score(features)), code) for code, features in given]
        if any(_NO < p < _YES for p, _ in scored):
            return by_rule
        who = completed(frozenset(c for p, c in scored if p >= _YES), by_rule.area, self.clues.places)
        if len(who) < 2 or who == frozenset(by_rule.parties):
            return by_rule
        why = tuple((c, _OVERRULED if c == "parties" else r) for c, r in by_rule.why)
        return replace(by_rule, parties=tuple(sorted(who)), why=why)

    def _who(self, i: int, end: int, area: str) -> tuple[frozenset[str], float]:
        """The parties: by rule where the phrase names them; and the probability of the second likeliest."""
        model = self.model("party")
        scored = sorted(((model.score(f), code) for code, f in self.parties.of(i, end, area)), reverse=True)
        if len(scored) < 2:
            return frozenset(), 0.0
        who = frozenset(code for n, (score, code) in enumerate(scored) if n < 2 or probability(score) >= _PARTY)
        number = self.clues.statement[i]
        statement = self.doc.statements[number] if number >= 0 else None
        ruled, rule = self.ruled.of(i, end, statement, visit=area == "visit", about=False)
        who = ruled if len(ruled) > 1 and rule in NAMED else completed(who, area, self.clues.places)
        return who, probability(scored[1][0])

    def _provision(
        self,
        i: int,
        end: int,
        area: str,
        status: str,
        role: Role,
        who: frozenset[str],
        why: tuple[tuple[str, str], ...],
        score: float,
    ) -> Provision:
        doc = self.doc
        start = after_letters(doc, i, conjunction_letters(doc, i) + self._attached(i))
        return Provision(
            id="",
            evidence=Span.of(doc.report.text, start, doc.tokens[end].end),
            area=area,
            status=status,
            parties=tuple(sorted(who)),
            role=role,
            attribution=doc.attribution_ids.get(self.clues.statement[i]),
            confidence=score,
            why=why,
        )

    def _attached(self, i: int) -> bool:
        """Whether the head is a masdar that can only have a preposition attached («بتقديم»)."""
        masdars = [v for v in self.doc.words[i].verbs if v.form.kind == "masdar" and not v.article]
        return bool(masdars) and all(v.preposition for v in masdars)
