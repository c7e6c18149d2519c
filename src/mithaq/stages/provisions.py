"""Stage: acts between two or more parties, with area, stage, role and the attribution they stand on."""

from __future__ import annotations

from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import Instrument, instruments
from mithaq.model import Provision, Role, Span
from mithaq.stages.acts import Found, find_acts, topics_in
from mithaq.stages.document import Document, Statement
from mithaq.stages.parties import ALONE, CONTEXT, NAMED, Parties, expand
from mithaq.stages.spans import after_letters, conjunction_letters
from mithaq.stages.status import Stage, announced, is_default, named_stage, stage_of

_BY = fold("ب")
_DENIALS = frozenset(("deny", "deny_refute", "deny_know"))  # cues that say that an act is not so
_AGREEMENT = frozenset(fold(w) for w in ("اتفاق", "اتفاقية", "صفقة", "معاهدة", "عقد"))


def find_provisions(doc: Document) -> None:
    """Fill ``provisions``."""
    doc.provisions = tuple(_Finder(doc).run())


class _Finder:
    """Goes through the acts of a text in order; what it has made is the context of what comes."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.parties = Parties(doc)
        self.made: list[Provision] = []
        self.seen: set[tuple[object, ...]] = set()
        self.met = False  # a meeting has been recorded, so that «المباحثات» is no new one
        self.agreement: tuple[str, frozenset[str]] | None = None  # what «الاتفاق» refers to
        self.before: tuple[Found, Stage] | None = None
        self.areas: list[tuple[str, str]] = []

    def run(self) -> list[Provision]:
        for found in find_acts(self.doc):
            self._take(found)
        return self.made

    def _take(self, found: Found) -> None:
        doc = self.doc
        number = self._statement(found)
        statement = doc.statements[number] if number >= 0 else None
        areas = self._areas(found)
        who, who_rule = self._who(found, areas, statement)
        bare = not areas
        if bare and self.agreement is not None:
            area, who = self.agreement
            areas, who_rule = [(area, "the agreement named before")], CONTEXT
        nested = (
            self.before is not None
            and found.first <= self.before[0].end
            and [a for a, _ in areas[:1]] == [a for a, _ in self.areas[:1]]
        )
        if nested or not areas or len(who) < 2 or self._unnamed(found, who_rule) or self._repeated(found, who_rule):
            return
        refers = found.act is not None and found.act.bare and doc.words[found.first].article
        stage = named_stage(doc, found) if refers else self._stage(found)
        if is_default(stage) and statement is not None and self._written(statement):
            stage = stage._replace(status="agreed", rule="a document says so")
        if statement is not None and statement.cue.id in _DENIALS and not stage.condition:
            stage = stage._replace(status="refused", rule=f"denied: {statement.cue.id}")
        if self._without_stage(found, stage, bare=bare):
            return
        self.before, self.areas = (found, stage), areas
        for area, area_rule in areas:
            key = self._key(found, area, who, stage)
            if key in self.seen:
                continue
            self.seen.add(key)
            why = (("area", area_rule), ("status", stage.rule), ("parties", who_rule))
            self._add(found, area, stage, who, number, why)
        self.met = self.met or areas[0][0] == "visit"
        if not doc.words[found.first].stems.isdisjoint(_AGREEMENT) or found.instrument is not None:
            self.agreement = (areas[0][0], who)

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

    def _written(self, statement: Statement) -> bool:
        """Whether an agreement or declaration itself speaks."""
        return statement.speaker >= 0 and self.doc.people[statement.speaker].kind == "document"

    def _statement(self, found: Found) -> int:
        """The number of the innermost statement whose content holds the act, -1 for the reporter's own voice."""
        at = self.doc.tokens[found.first].start
        best, size = -1, 0
        for number, s in enumerate(self.doc.statements):
            for start, end in s.content:
                if start <= at < end and (best < 0 or end - start < size):
                    best, size = number, end - start
        return best

    def _areas(self, found: Found) -> list[tuple[str, str]]:
        """The areas of an act with their rules; none for a bare «الاتفاق», which takes that of the one named before."""
        if found.instrument is not None:
            return [(found.instrument.area, f"instruments.toml: {found.instrument.id}")]
        act = found.act
        assert act is not None
        if act.topical:
            areas = topics_in(self.doc, found.start, found.end)
            if areas:
                return [(a, f"acts.toml: {act.id}, topics.toml: {a}") for a in areas]
            if act.needs_topic:
                return []
        return [(act.area, f"acts.toml: {act.id}")]

    def _who(
        self, found: Found, areas: list[tuple[str, str]], statement: Statement | None
    ) -> tuple[frozenset[str], str]:
        if found.instrument is not None:
            return _parties_of(found.instrument)
        visit = bool(areas) and areas[0][0] == "visit"
        who, rule = self.parties.of(found.start, found.end, statement, visit)
        if found.act is not None and found.act.topical and areas:
            for instrument in instruments():
                if instrument.area == areas[0][0] and instrument.implied_by in who and rule not in NAMED:
                    return _parties_of(instrument)
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
            return stage_of(doc, found, before, stage, item=item)
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


def _parties_of(instrument: Instrument) -> tuple[frozenset[str], str]:
    return frozenset(c for p in instrument.parties for c in expand(p)), f"instruments.toml: {instrument.id}"
