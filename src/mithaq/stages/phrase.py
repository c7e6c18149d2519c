"""A noun phrase while it is read: what was taken so far, what may still follow, and the actor that it makes."""

from __future__ import annotations

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import courtesy_keys
from mithaq.model import EntityKind
from mithaq.stages.document import Actor, Document, Mention
from mithaq.stages.known_names import known_name
from mithaq.stages.name_shape import goes_on, governed, is_quality, many_things, names_many, names_nobody

TITLES = ("role", "rank", "honorific")
SOMEONE = (*TITLES, "anonymous")
BODIES = ("institution", "media", "document", "anonymous")
MANY = ("plural", "plural_f", "dual", "dual_f", "m_dual", "f_dual", "m_plural", "f_plural")
NAME_LINKS = name_words()["name_link"]
INSIDE = name_words()["inside_title"]
NISBA = fold("ي")
ADJECTIVE = (NISBA, fold("ية"))
_FEMININE = ("f", "dual_f", "plural_f", "f_singular")
_OF_GENDER = (*TITLES, "coref")  # the kinds that say it, also behind another
_COURTESY = ("honorific", "rank")
_NO_NAME = (-1, -1)
_LONGEST_NAME = 8  # tokens: «محمد بن علي بن سعيد آل فلان»
_LONGEST = 30


class Phrase:
    """The state of reading one actor from left to right; ``j`` is the token that comes next."""

    def __init__(self, doc: Document, first: int, limit: int) -> None:
        self.doc = doc
        self.first = first
        self.limit = min(limit, first + _LONGEST)
        self.j = first
        self.last = first - 1
        self.kind: EntityKind | None = None
        self.heads: list[Mention] = []
        self.titles: set[str] = set()
        self.name = _NO_NAME
        self.title_before_name = False  # an office stands before the name, and not just a courtesy
        self.title_after_name = False
        self.closed = False  # the phrase so far ends in a definite word or a name, so a bare noun begins something new
        self.state = ""
        self.pending_comma = False
        self.listed = False  # the name is one of the lexicon's and needs no more words

    def is_empty(self) -> bool:
        """«المزيد من الجهود», «عدد من الملفات»: a number that is not said to be of people."""
        return (
            len(self.heads) == 1
            and "counts" in self.heads[0].name.flags
            and self.last == self.heads[0].last
            and self.last < self.limit
            and (
                self.doc.words[self.last + 1].stem_key in INSIDE or not self.doc.tokens[self.last + 1].text[0].isalpha()
            )
        )

    def has_office(self) -> bool:
        """Whether the titles so far are more than courtesies («صاحب السمو الملكي الأمير», «الدكتور»)."""
        courtesies = courtesy_keys()
        return any(h.name.kind not in _COURTESY and h.name.keys not in courtesies for h in self.heads)

    def has_plural(self) -> bool:
        """Whether the phrase names a plural («قضاة المحكمة»), which no one name can follow."""
        return bool(self.heads) and self.heads[0].name.how in ("plural", "plural_f")

    def has_many(self) -> bool:
        """Whether the phrase names several people, or refers back."""
        head = self.heads[0].name if self.heads else None
        return head is not None and (head.how in MANY or head.kind == "coref")

    def is_courteous(self) -> bool:
        """Whether what was taken last is a courtesy or a rank with its article: «الدكتور», «اللواء»."""
        last = self.heads[-1] if self.heads else None
        return last is not None and last.last == self.last and last.name.kind in _COURTESY and last.reading.article

    def is_adjective(self, m: Mention) -> bool:
        """«البنك المركزي», «الأوساط السياسية»: a nisba that agrees in its article with the word before it."""
        return (
            m.first == m.last
            and self.doc.words[m.first].key.endswith(ADJECTIVE)
            and self.doc.words[m.first - 1].article == m.reading.article
        )

    def is_closed(self, m: Mention) -> bool:
        """Whether the phrase is definite with this mention, so that a bare noun behind it begins something new."""
        if m.name.kind in ("rank", "honorific"):
            return True
        if m.name.term:
            if m.first == m.last:
                return m.reading.article or bool(m.reading.pronoun)  # «رئيستها»
            return self.doc.words[m.last].article or (m.name.how == "demonym" and m.reading.article)
        return True

    def has_article(self, j: int) -> bool:
        """Whether a word begins with the article, and not with the أل of «ألفارو»."""
        return self.doc.words[j].article and self.doc.tokens[j].text[:1] not in "أإآ"

    def take(self, *, closed: bool) -> bool:
        """Take the word at ``j`` as part of the title."""
        self.titles.add(bare(self.doc.words[self.j].key))
        self.closed = closed
        self.last = self.j
        self.j += 1
        return True

    def take_name(self) -> bool:
        """Take the word at ``j`` as part of the proper name, if it can be one there."""
        if self.kind != "person" or (self.name[0] >= 0 and self.j - self.name[0] >= _LONGEST_NAME):
            return False
        if self.name[0] >= 0 and self.title_after_name:
            return self.take(closed=True)
        link = self.name[0] >= 0 and self.doc.words[self.j].key in NAME_LINKS  # فان, لو
        if (names_nobody(self.doc, self.j) and not link) or self.has_plural():
            return False
        if self.name[0] < 0 and self.titles and self.is_common():
            return False
        if self.name[0] >= 0 and not goes_on(self.doc, self.name[0], self.j):
            return False
        if (
            self.listed
            and not self.doc.words[self.j].given
            and self.doc.words[self.j].key not in NAME_LINKS
            and (self.doc.words[self.j - 1].key not in NAME_LINKS)
        ):
            return False
        if self.name[0] < 0:
            self.name = (self.j, self.j)
            self.title_before_name = self.has_office()
        self.name = (self.name[0], self.j)
        self.closed = True
        self.pending_comma = False
        self.last = self.j
        self.j += 1
        return True

    def is_common(self) -> bool:
        """Whether the word behind a title is a noun and no name: «نقل السفير تحيات», «نوه أمير قطر بجهود»."""
        word = self.doc.words[self.j]
        if word.given or word.key in self.doc.known_names:
            return False
        woman = any(h.name.how in _FEMININE for h in self.heads if h.name.kind in TITLES)
        return governed(word) or many_things(word) or is_quality(self.doc, self.j, woman=woman)

    def is_event(self) -> bool:
        """«مباحثات بوتين وأوباما»: an unlisted noun before a name that the report knows is no first name."""
        doc = self.doc
        start, end = self.name
        if doc.words[start].given or start in doc.mentions or start == end:
            return False
        return any(known_name(doc, k, end) or k in doc.mentions for k in range(start + 1, end + 1))

    def is_group(self, head: Mention) -> bool:
        """«وزراء الخارجية العرب»: a title of an organisation that begins with a plural."""
        if head.name.how != "title":
            return False
        return any(n.how in MANY and len(n.keys) == 1 for _, names in self.doc.words[head.first].names for n in names)

    def is_feminine(self) -> bool:
        """Whether the first noun is feminine, or the title right behind it in the phrase of a person."""
        if not self.heads:
            return False
        if self.heads[0].name.how in _FEMININE:
            return True
        second = self.heads[1].name if self.kind == "person" and len(self.heads) > 1 else None
        return second is not None and second.how in _FEMININE and second.kind in _OF_GENDER

    def actor(self) -> Actor:
        """The actor that the phrase names."""
        head = self.heads[0] if self.heads else None
        name = self.name
        kind = self.kind or "person"
        if not self.titles and name[0] >= 0 and self.is_event():
            kind, name = "institution", _NO_NAME
        plural = head is not None and (head.name.how in MANY or self.is_group(head))
        if not self.titles and kind == "person" and names_many(self.doc, self.first, self.last):
            plural, name = True, _NO_NAME
            self.titles.add(bare(self.doc.words[self.first].key))
        pair = plural and head is not None and "refers_states" in head.name.flags
        return Actor(
            self.first,
            self.last,
            kind,
            name[0],
            name[1],
            frozenset(self.titles),
            "" if pair else self.state,
            self.is_feminine(),
            plural,
            definite=self.closed or (head is not None and (head.reading.article or not head.name.term)),
            office=any("state_office" in h.name.flags and not h.reading.pronoun for h in self.heads),
            coreferent=_coreferent(head),
        )


def bare(key: str) -> str:
    """A title word without its article."""
    return key.removeprefix("وال").removeprefix("لل").removeprefix("ال")


def _coreferent(head: Mention | None) -> str:
    """How an actor that names no one refers back: the entry's id, or "latest" for «سموه», «الأخير»."""
    if head is None or head.name.kind != "coref":
        return ""
    return "latest" if "refers_latest" in head.name.flags else head.name.id
