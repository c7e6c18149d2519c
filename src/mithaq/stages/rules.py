"""Acts by rule: where a word of the lexicon, its phrase and what governs it leave little doubt."""

from __future__ import annotations

from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import Instrument, instruments
from mithaq.model import Provision, Role, Span
from mithaq.stages.acts import Found, find_acts, topics_in
from mithaq.stages.document import Document, Statement
from mithaq.stages.parties import ALONE, CONTEXT, NAMED, Parties
from mithaq.stages.phrases import phrase_end
from mithaq.stages.places import Place, expand
from mithaq.stages.spans import after_letters, conjunction_letters, tokens_between
from mithaq.stages.status import Stage, announced, is_default, named_stage, stage_of

_BY = fold("ب")
_DENIALS = frozenset(("deny", "deny_refute", "deny_know"))  # cues that say that an act is not so
_AGREEMENT = frozenset(fold(w) for w in ("اتفاق", "اتفاقية", "صفقة", "معاهدة", "عقد"))
_LISTS = ("agree", "contain")  # rules of stages whose objects are listed


def _innermost(doc: Document) -> list[int]:
    """The number of the smallest statement whose content holds each token, of equals the first; -1 for none."""
    found = [-1] * len(doc.tokens)
    spans = [(start - end, -number, start, end) for number, s in enumerate(doc.statements) for start, end in s.content]
    for _, number, start, end in sorted(spans):
        for k in tokens_between(doc, start, end):
            found[k] = -number
    return found


class RuleFinder:
    """Goes through the acts of a text in order; what it has made is the context of what comes."""

    def __init__(self, doc: Document, places: list[Place]) -> None:
        self.doc = doc
        self.parties = Parties(doc, places)
        self.innermost = _innermost(doc)
        self.made: list[Provision] = []
        self.seen: set[tuple[object, ...]] = set()
        self.met = False  # a meeting has been recorded, so that «المباحثات» is no new one
        self.agreement: tuple[str, frozenset[str]] | None = None  # what «الاتفاق» refers to
        self.signed = False  # an agreement of the report has been signed
        self.before: tuple[Found, Stage] | None = None
        self.areas: list[tuple[str, str]] = []

    def run(self) -> list[Provision]:
        """The acts of the text in order."""
        acts = find_acts(self.doc)
        for n, found in enumerate(acts):
            following = acts[n + 1] if n + 1 < len(acts) else None
            self._take(found)
            self._items(found, following)
        return self.made

    def _items(self, found: Found, following: Found | None) -> None:
        """Further masdars joined to what was agreed on are acts too («... وإعداد الخرائط والمشاركة في المعارض»)."""
        if self.before is None or self.before[0] is not found or not self.before[1].rule.endswith(_LISTS):
            return
        doc, given = self.doc, self.made[-1]
        if given.area == "visit":
            return
        stage = self.before[1]._replace(rule=f"list: {self.before[1].rule}")
        high = doc.sentences[doc.sentence_of[found.first]][1]
        limit = high if following is None else min(high, following.start - 1)
        number = self._statement(found)
        low = doc.tokens[doc.sentences[doc.sentence_of[found.first]][0]].start
        listed = (p.area for p in reversed(self.made) if p.evidence.start >= low and p.area not in ("general", "visit"))
        inherited = next(listed, given.area)
        k = found.end + 1
        while k <= limit:
            if self._begins_item(k):
                end = phrase_end(doc, k, limit)
                item = found._replace(first=k, last=k, start=k, end=end)
                if end > k and self._statement(item) == number:
                    area = next(iter(topics_in(doc, k, end)), inherited)
                    why = (("area", "item of a list"), ("status", stage.rule), ("parties", CONTEXT))
                    self._add(item, area, stage, frozenset(given.parties), number, why)
                k = max(end, k)
            k += 1

    def _begins_item(self, k: int) -> bool:
        """Whether a masdar with a complement, joined by و, begins at *k* («وإعداد الخرائط», «والمشاركة في ...»).

        «وبحث الجانبان» is a verb with its subject, «للتربية والعلم» the rest of a name.
        """
        w = self.doc.words[k]
        complement = not w.article or (k + 1 < len(self.doc.words) and "preposition" in self.doc.words[k + 1].classes)
        if not complement or (k + 1 in self.doc.mentions and w.finite):
            return False
        masdar = any(v.form.kind == "masdar" and v.conjunction and not v.preposition for v in w.verbs)
        return masdar and k not in self.doc.mentions

    def _take(self, found: Found) -> None:
        doc = self.doc
        number = self._statement(found)
        statement = doc.statements[number] if number >= 0 else None
        areas = self._areas(found)
        who, who_rule = self._who(found, areas, statement)
        refers = found.act is not None and found.act.bare and doc.words[found.first].article
        if not areas and found.act is not None and self._of_its_own(found, who, who_rule):
            areas = [("general", f"acts.toml: {found.act.id}, no topic")]
        bare = not areas
        if bare and refers and self.agreement is not None:
            area, who = self.agreement
            areas, who_rule = [(area, "the agreement named before")], CONTEXT
        nested = (
            self.before is not None
            and found.first <= self.before[0].end
            and [a for a, _ in areas[:1]] == [a for a, _ in self.areas[:1]]
        )
        if nested or not areas or len(who) < 2 or self._unnamed(found, who_rule) or self._repeated(found, who_rule):
            return
        stage = named_stage(doc, found) if refers else self._stage(found)
        if is_default(stage) and statement is not None and self._written(statement):
            stage = stage._replace(status="agreed", rule="a document says so")
        if stage.rule.endswith("contain") and self.signed:
            stage = stage._replace(status="signed")  # what an agreement contains is signed with it
        if statement is not None and statement.cue.id in _DENIALS and not stage.condition:
            stage = stage._replace(status="refused", rule=f"denied: {statement.cue.id}")
        if self._without_stage(found, stage, bare=bare):
            return
        self.before, self.areas = (found, stage), areas
        if who_rule not in (CONTEXT, ALONE) and found.instrument is None:
            self.parties.keep(who)
        for area, area_rule in areas:
            key = self._key(found, area, who, stage)
            if key in self.seen:
                continue
            self.seen.add(key)
            why = (("area", area_rule), ("status", stage.rule), ("parties", who_rule))
            self._add(found, area, stage, who, number, why)
        self.met = self.met or areas[0][0] == "visit"
        instrument = found.instrument is not None or (found.act is not None and found.act.bare)
        if not doc.words[found.first].stems.isdisjoint(_AGREEMENT) or found.instrument is not None:
            self.agreement = (areas[0][0], who)
        self.signed = self.signed or (instrument and stage.status == "signed")

    def _add(
        self,
        found: Found,
        area: str,
        stage: Stage,
        who: frozenset[str],
        number: int,
        why: tuple[tuple[str, str], ...],
    ) -> None:
        doc = self.doc
        masdars = [v for v in doc.words[found.start].verbs if v.form.kind == "masdar" and not v.article]
        attached = bool(masdars) and all(v.preposition for v in masdars)
        start = after_letters(doc, found.start, conjunction_letters(doc, found.start) + attached)
        role: Role = "condition" if stage.condition else "provision"
        self.made.append(
            Provision(
                id=f"p{len(self.made) + 1}",
                evidence=Span.of(doc.report.text, start, doc.tokens[found.end].end),
                area=area,
                status=stage.status,
                parties=tuple(sorted(who)),
                role=role,
                attribution=doc.attribution_ids.get(number),
                why=why,
            )
        )

    def _of_its_own(self, found: Found, who: frozenset[str], rule: str) -> bool:
        """Whether an agreement without a topic is one of its own: it is signed, and its phrase names its parties."""
        if len(who) < 2 or rule != "named in the phrase" or self.doc.words[found.first].article:
            return False
        return stage_of(self.doc, found, None, None, item=False).status == "signed"

    def _written(self, statement: Statement) -> bool:
        """Whether an agreement or declaration itself speaks."""
        return statement.speaker >= 0 and self.doc.people[statement.speaker].kind == "document"

    def _statement(self, found: Found) -> int:
        """The number of the innermost statement whose content holds the act, -1 for the reporter's own voice."""
        return self.innermost[found.first]

    def _areas(self, found: Found) -> list[tuple[str, str]]:
        """The areas of an act with their rules; none for a bare «الاتفاق», which takes that of the one named before."""
        if found.instrument is not None:
            return [(found.instrument.area, f"instruments.toml: {found.instrument.id}")]
        act = found.act
        assert act is not None
        if act.topical:
            areas = topics_in(self.doc, found.first, found.end)
            if areas:
                return [(a, f"acts.toml: {act.id}, topics.toml: {a}") for a in areas]
            if act.needs_topic:
                return []
        return [(act.area, f"acts.toml: {act.id}")]

    def _who(
        self, found: Found, areas: list[tuple[str, str]], statement: Statement | None
    ) -> tuple[frozenset[str], str]:
        if found.instrument is not None:
            return self._parties_of(found.instrument)
        visit = bool(areas) and areas[0][0] == "visit"
        about = found.act is not None and found.act.about
        who, rule = self.parties.of(found.start, found.end, statement, visit=visit, about=about)
        if found.act is not None and found.act.topical and areas:
            for instrument in instruments():
                if instrument.area == areas[0][0] and instrument.implied_by in who and rule not in NAMED:
                    return self._parties_of(instrument)
        return who, rule

    def _unnamed(self, found: Found, rule: str) -> bool:
        """Whether only the context gives the parties of an act that may as well be domestic.

        A meeting must name whom it joins; other acts may leave it to the context right behind another act.
        """
        if found.act is None or rule in NAMED:
            return False
        if found.act.topical and self.doc.words[found.first].key.startswith(_BY):
            return True  # «بالتعاون مع الشرطة» says how something was done
        if rule not in (CONTEXT, ALONE):
            return False
        sentence = self.doc.sentence_of[found.first]
        alone = self.before is None or sentence - self.doc.sentence_of[self.before[0].first] > 1
        return found.act.named or found.act.area == "visit" or (alone and rule == ALONE)

    def _repeated(self, found: Found, rule: str) -> bool:
        """«المباحثات», «الزيارة»: a meeting that the report has already given, with no one named."""
        w = self.doc.words[found.first]
        meeting = found.act is not None and found.act.area == "visit" and found.verb is None
        if not (self.met and meeting and (w.article or rule not in NAMED)):
            return False
        return not self.parties.names(found.start, found.end)

    def _stage(self, found: Found) -> Stage:
        doc = self.doc
        here = doc.sentence_of[found.first]
        before, stage = self.before if self.before is not None else (None, None)
        there = doc.sentence_of[before.first] if before is not None else -1
        item = self._is_item(here)
        if item and (stage is None or here - there > 1 or not self._is_item(there)):
            intro = self._announcement(here)
            return stage_of(doc, found, None, intro, item=intro is not None)
        if item and here != there:
            return stage_of(doc, found, None, stage, item=True)
        if here == there:
            if stage is not None and before is not None and stage.status == "signed":
                own = self._statement(found) == self._statement(before)
                stage = stage if own else None  # what is said of an agreement is not signed with it
            return stage_of(doc, found, before, stage, item=item and stage is not None)
        return stage_of(doc, found, None, None, item=False)

    def _is_item(self, sentence: int) -> bool:
        """Whether a sentence is an item of a list: «1 - ...», «- ...»."""
        text = self.doc.tokens[self.doc.sentences[sentence][0]].text
        return text[0].isdigit() or text in "-–•*"

    def _announcement(self, sentence: int) -> Stage | None:
        """The stage given by the sentence that ends in a colon before a list."""
        while sentence > 0 and self._is_item(sentence):
            sentence -= 1
        ends = self.doc.tokens[self.doc.sentences[sentence][1]].text
        return announced(self.doc, sentence) if ends == ":" else None

    def _without_stage(self, found: Found, stage: Stage, *, bare: bool) -> bool:
        """Whether an act that needs a stage of its own in the text has none that counts."""
        if bare:
            return not stage.rule.startswith(("behind", "relative", "close"))
        if found.act is not None and found.act.bare and self.doc.words[found.first].article and is_default(stage):
            return True  # «الاتفاقية» with its article and no stage only refers to one
        if found.instrument is not None:
            return is_default(stage) and any(k[0] == found.instrument.id for k in self.seen)
        return found.act is not None and bool(found.act.only) and (stage.status != found.act.only or is_default(stage))

    def _key(self, found: Found, area: str, who: frozenset[str], stage: Stage) -> tuple[object, ...]:
        """What makes two mentions one act: its area, parties and stage; for acts that recur in lists, its words too."""
        if found.instrument is not None:
            return found.instrument.id, stage.status
        once = found.act is not None and (found.act.once or found.act.topical)
        if area == "visit" and not self.doc.words[found.first].article:
            return area, who, stage.status, found.first  # «اجتماعا», «التقى»: each is a meeting of its own
        words = () if once else tuple(self.doc.words[k].key for k in range(found.first, found.last + 1))
        return area, who, stage.status, stage.condition, words

    def _parties_of(self, instrument: Instrument) -> tuple[frozenset[str], str]:
        """Its parties; of a group that the report never names, only those that it does name."""
        rule = f"instruments.toml: {instrument.id}"
        parties = frozenset(c for p in instrument.parties for c in expand(p))
        places = [p.codes for p in self.parties.places]
        if len(parties) == len(instrument.parties) or any(len(codes) > 1 and codes <= parties for codes in places):
            return parties, rule
        named = parties & frozenset().union(*places)
        return (named if len(named) > 1 else parties), rule
