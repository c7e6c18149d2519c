"""How a mention of the lexicon goes on a noun phrase: as its head, a title, a body, a state, a family name, or not."""

from __future__ import annotations

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import courtesy_keys
from mithaq.model import EntityKind
from mithaq.stages.document import Mention
from mithaq.stages.phrase import BODIES, INSIDE, MANY, NAME_LINKS, SOMEONE, TITLES, Phrase, bare

KINDS: dict[str, EntityKind] = {
    "role": "person",
    "rank": "person",
    "honorific": "person",
    "person": "person",
    "anonymous": "anonymous",
    "institution": "institution",
    "document": "document",
    "media": "media",
    "outlet": "media",
    "state": "state",
    "organisation": "organisation",
    "group": "group",
    "coref": "person",
}
PLACES = ("state", "organisation", "group", "institution")
_TITLED = (*SOMEONE, "institution", "document", "media", "outlet")
_NAMED_AFTER = name_words()["named_after"]
_RANK_PARTS = name_words()["rank_part"]
_FOR = fold("ل")
_OF_PLACE = (fold("ل"), fold("ب"))
_LINEAGE = 2  # tokens from a first name to the father's («صالح بن عبدالله»)


class MentionReader(Phrase):
    """Takes the mentions of the lexicon into a phrase."""

    def mention(self, m: Mention) -> bool:
        """Take a mention into the phrase, or say that the phrase ends before it."""
        if self.last < self.first:
            return self.take_head(m) and self.enter(m)
        named = self.name[0] >= 0 and self.name[1] == m.first - 1
        linked = named and (self.doc.words[m.first - 1].key in NAME_LINKS or m.name.kind == "outlet")
        if (linked and not m.reading.prefix) or self.is_surname(m):
            return self.take_name()
        if not self.joins(m) or self.is_someone_else(m):
            return False
        if m.name.kind in TITLES:
            if self.names_body(m):
                return self.take_body_name(m)
            if self.kind in BODIES and self.closed and not self.is_adjective(m):
                return False
            if self.name[0] >= 0:
                if not self.may_follow_name(m):
                    return False
                self.title_after_name = m.name.kind == "role"
        return self.fits(m) and self.enter(m)

    def enter(self, m: Mention) -> bool:
        """Make a mention that fits the end of the phrase."""
        if m.name.kind == "person" and not self.take_listed(m):
            return False
        self.learn(m)
        self.heads.append(m)
        self.closed = self.is_closed(m)
        self.last, self.j, self.pending_comma = m.last, m.last + 1, False
        return True

    def joins(self, m: Mention) -> bool:
        """Whether what is attached to a mention lets it go on the phrase: «وزارة ... لشؤون»، «الجامعة بتونس»."""
        if m.reading.conjunction and not self.pending_comma and not self.pairs(m):
            return False
        if not m.reading.preposition:
            return True
        if self.title_after_name and m.name.kind == "role" and m.reading.preposition == _FOR:
            return True  # «..., النائب الثاني لرئيس مجلس الوزراء»
        country = bool(self.heads) and self.heads[0].name.kind == "coref"
        place = m.name.kind in PLACES and m.reading.preposition in _OF_PLACE and not country
        return self.name[0] < 0 and (place or (m.name.kind == "document" and m.reading.preposition == _FOR))

    def take_head(self, m: Mention) -> bool:
        """Begin the phrase with a mention."""
        if m.name.kind not in KINDS:
            return False
        self.kind = "person" if m.name.how == "title" else KINDS[m.name.kind]
        if "refers_states" in m.name.flags:
            self.kind = "state"
        return True

    def fits(self, m: Mention) -> bool:
        """Whether a mention can stand inside the phrase that was begun."""
        kind = m.name.kind
        if kind == "coref" or (kind == "person" and self.kind not in ("person", "anonymous")):
            return False
        if kind == "anonymous" and self.closed and not m.reading.article:
            return False
        if (
            kind == "document"
            and kind == self.kind
            and self.closed
            and not (m.reading.article or m.reading.preposition)
        ):
            return False  # «نقل التقرير تصريحات ...»
        if kind == "anonymous_modifier":
            return bool(self.heads) and not (m.reading.pronoun or self.heads[0].name.kind == "coref")
        if kind in ("anonymous", "document") and kind != self.kind:
            bound = bool(m.reading.preposition or m.reading.article)
            return self.kind in ("person", "institution", "document") and bound
        return True

    def take_listed(self, m: Mention) -> bool:
        """Take the name of a person of the lexicon."""
        if self.name[0] >= 0 and self.name[1] + 1 != m.first:
            return False
        if (
            self.name[0] >= 0
            and m.first < m.last
            and self.doc.words[m.first].given
            and not self.doc.words[self.name[1]].given
        ):
            return False  # «الرئيس أوباما هيلاري كلينتون»: subject and object
        lead = self.courtesies(m)
        self.title_before_name = self.title_before_name or self.has_office()
        self.name = (m.first + lead if self.name[0] < 0 else self.name[0], m.last)
        self.listed = not self.state or self.state == m.name.code  # another's namesake may have a longer name
        self.state = self.state or m.name.code
        return True

    def learn(self, m: Mention) -> None:
        """Add the titles and the state of a mention."""
        name = m.name
        if name.kind in _TITLED:
            self.titles.update(name.keys)
        elif name.how == "title":
            self.titles.update(bare(k) for k in name.keys)
        if name.code and not self.state and name.kind in PLACES:
            self.state = name.code

    def may_follow_name(self, m: Mention) -> bool:
        """Whether a title can stand behind the name: no office stood before it, and it is not another's.

        «الأمير محمد ... ولي العهد وزير الداخلية» is one, «استقبل الأمير محمد ... وزير الداخلية الفرنسي» two.
        """
        if m.name.how in MANY or self.title_before_name or (m.name.kind != "role" and self.title_after_name):
            return False
        if self.pending_comma or self.title_after_name:
            return True
        following = self.doc.mentions.get(m.last + 1)
        if following is None or following.first > self.limit:
            return True
        foreign = following.name.kind in ("state", "organisation") and following.name.code != self.state
        return not (foreign or (following.name.kind in ("person", "rank") and not following.reading.prefix))

    def courtesies(self, m: Mention) -> int:
        """How many titles a listed name begins with («المشير ...»); they are no part of the name."""
        k = m.first
        while k < m.last and (
            any(
                r.article and n.kind in TITLES
                for r, names in self.doc.words[k].names
                for n in names
                if len(n.keys) == 1
            )
            or (k > m.first and self.doc.words[k].key in _RANK_PARTS)
        ):
            self.titles.add(bare(self.doc.words[k].key))
            k += 1
        return k - m.first

    def pairs(self, m: Mention) -> bool:
        """«الجانبين السعودي والأردني»: the second adjective of two sides."""
        if not self.heads:
            return False
        head = self.heads[0].name
        return head.how in MANY and m.name.how == "demonym" and self.heads[-1].name.how == "demonym"

    def is_surname(self, m: Mention) -> bool:
        """«نبيل العربي», «الدكتور العربي»: a nisba that is a family name, behind a first name or known from before."""
        if not self.doc.words[m.first].article or m.reading.prefix or m.first != m.last:
            return False
        if m.name.how == "city":
            return 0 <= self.name[0] < self.name[1] == m.first - 1 and not self.listed
        if m.name.kind in SOMEONE:
            return self.wants_family(m) or self.is_middle(m)
        if m.name.how != "demonym":
            return False
        if self.name[0] >= 0:
            alone = self.name[0] == self.name[1] == m.first - 1 and not self.listed
            return alone or self.wants_family(m)
        return self.is_courteous() and self.doc.words[m.first].key in self.doc.known_names

    def wants_family(self, m: Mention) -> bool:
        """«صالح بن عبدالله القاضي»: behind a first name and a father's name comes the family's."""
        first, last = self.name
        if first < 0 or last != m.first - 1 or last - first < _LINEAGE or self.listed:
            return False
        keys = [self.doc.words[k].key for k in range(first, last + 1)]
        return keys[-2] in NAME_LINKS and not any(self.doc.words[k].article for k in range(first, last + 1))

    def is_middle(self, m: Mention) -> bool:
        """«سليم الحاج مبروك», «محمد سالم الأمين إن»: a courtesy inside a name, or a family name at the end of one."""
        first, last = self.name
        if first < 0 or last != m.first - 1 or self.listed or m.last + 1 > self.limit:
            return False
        after = self.doc.words[m.last + 1]
        if first == last:
            return m.name.keys in courtesy_keys() and not (after.function or after.article or after.verbs)
        ends = after.that or not self.doc.tokens[m.last + 1].is_word
        return ends and all(self.doc.words[k].given for k in range(first, last + 1))

    def is_someone_else(self, m: Mention) -> bool:
        """Whether a mention names another: «أبلغت الأمم المتحدة الحكومة», «زار الوزير بيروت»."""
        if not self.heads or self.doc.words[m.first - 1].key in INSIDE:
            return False
        if self.kind in ("state", "organisation", "group"):
            one = m.name.how == "demonym" and (m.name.code == self.state or not self.state)
            return not (one or self.heads[0].name.kind == "coref")  # «العلاقات السعودية التركية» are of two
        if self.kind != "person" or not self.closed or self.pending_comma:
            return False
        if m.name.kind in BODIES and m.reading.article and not m.reading.preposition and not self.is_adjective(m):
            ended = self.doc.words[self.last].article or self.name[1] == self.last
            return ended and not self.title_after_name
        if m.name.kind in ("state", "organisation") and m.name.how != "demonym":
            return not m.reading.preposition and m.name.how != "title" and self.heads[-1].name.kind != "coref"
        national = self.heads[-1].name.how == "demonym" and self.name[0] < 0
        follows = self.doc.mentions.get(m.last + 1)
        named = follows is not None and follows.name.how == "demonym"
        return national and m.name.kind == "role" and m.reading.article and named

    def names_body(self, m: Mention) -> bool:
        """«جامعة الملك عبدالعزيز»: a body named after someone."""
        before = self.doc.words[m.first - 1]
        if before.article:
            return False
        body = bool(self.heads) and self.heads[-1].name.kind == "institution" and self.heads[-1].last + 1 == m.first
        body = body or (self.last >= self.first and not _NAMED_AFTER.isdisjoint({before.key, *before.stems}))
        return body and m.reading.article and m.last < self.limit and self.doc.words[m.last + 1].given

    def take_body_name(self, m: Mention) -> bool:
        """Take the name of the person that a body is named after."""
        last = m.last + 1
        while last < self.limit and (
            self.doc.words[last + 1].key in NAME_LINKS or self.doc.words[last].key in NAME_LINKS
        ):
            last += 1
        self.titles.update(self.doc.words[k].key for k in range(m.first, last + 1))
        self.closed = True
        self.last, self.j = last, last + 1
        return True
