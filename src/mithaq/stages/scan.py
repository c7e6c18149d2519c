"""One noun phrase that names someone, read from left to right: titles, apposition, proper name and state."""

from __future__ import annotations

from mithaq.lexicon.function_words import function_words, name_words
from mithaq.lexicon.keys import fold
from mithaq.model import EntityKind
from mithaq.stages.bearers import bearer_ahead
from mithaq.stages.document import Actor, Document, Mention
from mithaq.stages.known_names import known_name
from mithaq.stages.name_shape import can_describe, goes_on, governed, many_things, names_nobody

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
_TITLES = ("role", "rank", "honorific")
_PLACES = ("state", "organisation", "group", "institution")
_NAME_LINKS = name_words()["name_link"]
_INSIDE = name_words()["inside_title"]
_AND = fold("و")
_FEMININE = ("f", "dual_f", "plural_f", "f_singular")
_OF_ANONYMOUS = name_words()["of_anonymous"]
_BODIES = ("institution", "media", "document", "anonymous")
_NAMED_AFTER = name_words()["named_after"]
_MANY = ("plural", "plural_f", "dual", "dual_f", "m_dual", "f_dual", "m_plural", "f_plural")
_COURTESY = ("honorific", "rank")
_RANK_PARTS = name_words()["rank_part"]
_PATERNAL = name_words()["paternal"]
_YA = fold("ي")
_COUNTERPART = "counterpart"  # «نظيره ...» may be named
_SAME = name_words()["same"]
_ITSELF = name_words()["itself"]
_NISBA = fold("ي")
_ADJECTIVE = (_NISBA, fold("ية"))
_PAIR = tuple(fold(e) for e in ("ان", "ين", "ون"))
_LINEAGE = 2  # tokens from a first name to the father's («صالح بن عبدالله»)
_LONGEST_NAME = 6
_LONGEST = 30


class _Scan:
    """Reads one actor from left to right; each method says whether the token at ``j`` still belongs to it."""

    def __init__(self, doc: Document, first: int, limit: int) -> None:
        self.doc = doc
        self.first = first
        self.limit = min(limit, first + _LONGEST)
        self.j = first
        self.last = first - 1
        self.kind: EntityKind | None = None
        self.heads: list[Mention] = []
        self.titles: set[str] = set()
        self.name = (-1, -1)
        self.title_before_name = False
        self.title_after_name = False
        self.closed = False  # the phrase so far ends in a definite word or a name, so a bare noun begins something new
        self.state = ""
        self.pending_comma = False
        self.listed = False  # the name is one of the lexicon's and needs no more words

    def run(self) -> Actor | None:
        doc = self.doc
        if doc.tokens[self.first].text[0].isdigit():
            return None
        while self.j <= self.limit:
            token = doc.tokens[self.j]
            if not token.is_word:
                if not self._mark(token.text) and not self._bridge():
                    break
                continue
            if not self._take_any() and not self._bridge():
                break
        if self.last < self.first or self.kind is None or self._is_empty():
            return None
        return self._actor()

    def _is_empty(self) -> bool:
        """«المزيد من الجهود», «عدد من الملفات»: a number that is not said to be of people."""
        return (
            len(self.heads) == 1
            and "counts" in self.heads[0].name.flags
            and self.last == self.heads[0].last
            and self.last < self.limit
            and (
                self.doc.words[self.last + 1].stem_key in _INSIDE
                or not self.doc.tokens[self.last + 1].text[0].isalpha()
            )
        )

    def _take_any(self) -> bool:
        """Take the word or the mention at ``j``, or say that the phrase ends before it."""
        mention = self.doc.mentions.get(self.j)
        return self._mention(mention) if mention is not None else self._word()

    def _bridge(self) -> bool:
        """Go on at the name of the bearer of a title, if one stands beyond words that the title holds."""
        if self.kind != "person" or self.name[0] >= 0 or not self.titles or self._has_many():
            return False
        at = bearer_ahead(self.doc, self.j, self.limit)
        if at < 0:
            return False
        before = self.last, self.j, self.closed, self.pending_comma
        between = range(self.j, at)
        self.last, self.j, self.closed, self.pending_comma = at - 1, at, True, self.doc.tokens[at - 1].text in "،,"
        if not self._take_any():
            self.last, self.j, self.closed, self.pending_comma = before
            return False
        self.titles.update(_bare(self.doc.words[k].key) for k in between if self.doc.words[k].article)
        return True

    def _has_plural(self) -> bool:
        """Whether the phrase names a plural («قضاة المحكمة»), which no one name can follow."""
        return bool(self.heads) and self.heads[0].name.how in ("plural", "plural_f")

    def _has_many(self) -> bool:
        """Whether the phrase names several people, or refers back."""
        head = self.heads[0].name if self.heads else None
        return head is not None and (head.how in _MANY or head.kind == "coref")

    def _mark(self, mark: str) -> bool:
        doc, j = self.doc, self.j
        if self.last < self.first:
            return False
        if mark in "،,":
            following = doc.mentions.get(j + 1)
            if self.pending_comma or self.kind != "person":
                return False
            if following is None:
                return self._bare_name_after_comma()
            if following.reading.prefix:
                return False
            titled = following.name.kind in _TITLES and self.name[0] >= 0 and not self.title_before_name
            named = following.name.kind in ("person", "rank", "honorific") and self.name[0] < 0
            if not (titled or named):
                return self._bare_name_after_comma()
            self.pending_comma = True
            self.j += 1
            return True
        if mark == "(":
            close = next((k for k in range(j + 1, min(j + 7, self.limit + 1)) if doc.tokens[k].text == ")"), -1)
            if close < 0:
                return False
            self.j = close + 1
            return True
        if mark in '«“"' and self.kind == "media" and self.name[0] < 0:
            quote = next((q for q in doc.quotes if q.opening == j), None)
            if quote is None or quote.last - quote.first > 3 or not quote.closed:
                return False
            self.name = (quote.first, quote.last)
            self.last, self.j = quote.closing, quote.closing + 1
            return True
        return False

    def _bare_name_after_comma(self) -> bool:
        """«وزير الدفاع العراقي، خالد ...»: a name that no lexicon has, between commas or before a verb."""
        doc, j = self.doc, self.j
        if self.name[0] >= 0 or not self.titles or j + 2 > self.limit:
            return False
        word = doc.words[j + 1]
        if not word.given and (
            not doc.tokens[j + 1].is_word or word.function or word.article or word.verbs or "adverb" in word.classes
        ):
            return False
        self.pending_comma = True
        self.j += 1
        return True

    def _mention(self, m: Mention) -> bool:
        kind = m.name.kind
        first = self.last < self.first
        if not first and self.name[0] >= 0 and self.doc.words[m.first - 1].key in _NAME_LINKS and not m.reading.prefix:
            return self._take_name()
        if not first:
            if m.reading.conjunction and not self.pending_comma and not self._pairs(m):
                return False
            country = self.heads[0].name.kind == "coref" if self.heads else False
            inside = (kind in _PLACES and m.reading.preposition in "لب" and not country) or (
                kind == "document" and m.reading.preposition == "ل"
            )
            if m.reading.preposition and not (inside and self.name[0] < 0):
                return False
            if self._is_surname(m):
                return self._take_name()
            if self._is_someone_else(m):
                return False
        if kind in _TITLES and self._names_body(m):
            return self._take_body_name(m)
        if kind in _TITLES and self.kind in _BODIES and self.closed and not self._is_adjective(m):
            return False
        if kind in _TITLES and self.name[0] >= 0:
            if self.title_before_name or self.title_after_name:
                return False
            self.title_after_name = kind == "role"
        if first:
            if kind not in KINDS:
                return False
            self.kind = "person" if m.name.how == "title" else KINDS[kind]
            if "refers_states" in m.name.flags:
                self.kind = "state"
            if kind == "coref":
                self.heads.append(m)
        elif (
            (kind == "anonymous" and self.closed and not m.reading.article)
            or (
                kind in ("anonymous", "document")
                and kind != self.kind
                and (
                    self.kind not in ("person", "institution", "document")
                    or not (m.reading.preposition or m.reading.article)
                )
            )
            or kind == "coref"
            or (kind == "anonymous_modifier" and (m.reading.pronoun or self.heads[0].name.kind == "coref"))
            or (kind == "person" and self.kind not in ("person", "anonymous"))
        ):
            return False
        if kind == "person":
            if self.name[0] >= 0 and self.name[1] + 1 != m.first:
                return False
            lead = self._courtesies(m)
            self.name = (m.first + lead if self.name[0] < 0 else self.name[0], m.last)
            self.title_before_name = self.title_before_name or bool(self.titles)
            self.state = self.state or m.name.code
            self.listed = True
        elif kind in _TITLES:
            self.title_before_name = self.title_before_name or self.name[0] < 0
        if kind in (*_TITLES, "anonymous", "institution", "document", "media"):
            self.titles.update(m.name.keys)
        elif m.name.how == "title":
            self.titles.update(_bare(k) for k in m.name.keys)
        if m.name.code and kind in _PLACES and (kind != "organisation" or not self.state):
            self.state = self.state or m.name.code
        self.heads.append(m)
        self.closed = self._is_closed(m)
        self.last, self.j, self.pending_comma = m.last, m.last + 1, False
        return True

    def _courtesies(self, m: Mention) -> int:
        """How many titles a listed name begins with («المشير ...»); they are no part of the name."""
        k = m.first
        while k < m.last and (
            any(
                r.article and n.kind in _TITLES
                for r, names in self.doc.words[k].names
                for n in names
                if len(n.keys) == 1
            )
            or (k > m.first and self.doc.words[k].key in _RANK_PARTS)
        ):
            self.titles.add(_bare(self.doc.words[k].key))
            k += 1
        return k - m.first

    def _pairs(self, m: Mention) -> bool:
        """«الجانبين السعودي والأردني»: the second adjective of two sides."""
        if not self.heads:
            return False
        head = self.heads[0].name
        return head.how in _MANY and m.name.how == "demonym" and self.heads[-1].name.how == "demonym"

    def _is_surname(self, m: Mention) -> bool:
        """«نبيل العربي», «الدكتور العربي»: a nisba that is a family name, behind a first name or known from before."""
        if not self.doc.words[m.first].article or m.reading.prefix or m.first != m.last:
            return False
        if m.name.how == "city":
            return 0 <= self.name[0] < self.name[1] == m.first - 1 and not self.listed
        if m.name.kind in (*_TITLES, "anonymous"):
            return self._wants_family(m)
        if m.name.how != "demonym":
            return False
        if self.name[0] >= 0:
            return self.name[0] == self.name[1] == m.first - 1 and not self.listed
        return self._is_courteous() and self.doc.words[m.first].key in self.doc.known_names

    def _wants_family(self, m: Mention) -> bool:
        """«صالح بن عبدالله القاضي»: behind a first name and a father's name comes the family's."""
        first, last = self.name
        if first < 0 or last != m.first - 1 or last - first < _LINEAGE or self.listed:
            return False
        keys = [self.doc.words[k].key for k in range(first, last + 1)]
        return keys[-2] in _NAME_LINKS and not any(self.doc.words[k].article for k in range(first, last + 1))

    def _is_courteous(self) -> bool:
        """Whether what was taken last is a courtesy or a rank with its article: «الدكتور», «اللواء»."""
        last = self.heads[-1] if self.heads else None
        return last is not None and last.last == self.last and last.name.kind in _COURTESY and last.reading.article

    def _is_someone_else(self, m: Mention) -> bool:
        """Whether a mention names another: «أبلغت الأمم المتحدة الحكومة», «زار الوزير بيروت»."""
        if not self.heads or self.doc.words[m.first - 1].key in _INSIDE:
            return False
        if self.kind in ("state", "organisation", "group"):
            return m.name.how != "demonym"
        if self.kind != "person" or not self.closed or self.pending_comma:
            return False
        if m.name.kind in _BODIES and m.reading.article and not m.reading.preposition and not self._is_adjective(m):
            ended = self.doc.words[self.last].article or self.name[1] == self.last
            return ended and not self.title_after_name
        if m.name.kind in ("state", "organisation") and m.name.how != "demonym":
            return not m.reading.preposition and m.name.how != "title" and self.heads[-1].name.kind != "coref"
        national = self.heads[-1].name.how == "demonym" and self.name[0] < 0
        follows = self.doc.mentions.get(m.last + 1)
        named = follows is not None and follows.name.how == "demonym"
        return national and m.name.kind == "role" and m.reading.article and named

    def _is_adjective(self, m: Mention) -> bool:
        """«البنك المركزي», «الأوساط السياسية»: a nisba that agrees in its article with the word before it."""
        return (
            m.first == m.last
            and self.doc.words[m.first].key.endswith(_ADJECTIVE)
            and self.doc.words[m.first - 1].article == m.reading.article
        )

    def _names_body(self, m: Mention) -> bool:
        """«جامعة الملك عبدالعزيز»: a body named after someone."""
        before = self.doc.words[m.first - 1]
        if before.article:
            return False
        body = bool(self.heads) and self.heads[-1].name.kind == "institution" and self.heads[-1].last + 1 == m.first
        body = body or (self.last >= self.first and not _NAMED_AFTER.isdisjoint({before.key, *before.stems}))
        return body and m.reading.article and m.last < self.limit and self.doc.words[m.last + 1].given

    def _take_body_name(self, m: Mention) -> bool:
        last = m.last + 1
        while last < self.limit and (
            self.doc.words[last + 1].key in _NAME_LINKS or self.doc.words[last].key in _NAME_LINKS
        ):
            last += 1
        self.titles.update(self.doc.words[k].key for k in range(m.first, last + 1))
        self.closed = True
        self.last, self.j = last, last + 1
        return True

    def _is_closed(self, m: Mention) -> bool:
        if m.name.kind in ("rank", "honorific"):
            return True
        if m.name.term:
            owned = bool(m.reading.pronoun) and m.first == m.last  # «رئيستها»
            return owned or self.doc.words[m.last].article or (m.name.how == "demonym" and m.reading.article)
        return True

    def _word(self) -> bool:
        doc, j = self.doc, self.j
        word = doc.words[j]
        first = self.last < self.first
        beyond = bool(self.heads) and self.heads[-1].last < j - 1  # «أمين منطقة كذا صالح ...»
        if word.given and (self.closed or first or beyond) and self._is_given(j):
            if self.kind is None:
                self.kind = "person"
            return self._take_name()
        paternal = j < self.limit and doc.words[j + 1].key in _PATERNAL and not governed(word)
        if self.titles and self.closed and self.name[0] < 0 and paternal:
            return self._take_name()  # «ولي الله ...», «سفر بن ...»
        if word.key == _AND and not first and self.name[0] < 0 and j < self.limit and doc.words[j + 1].article:
            self.j += 1  # «وزير الزراعة و الموارد البحرية»: the conjunction written apart
            return self._take(closed=True)
        if word.function or word.key in _INSIDE:
            return not first and self._inside(j)
        if "adverb" in word.classes or "turn" in word.classes:
            return False
        if not doc.tokens[j].text[0].isalpha() and self.kind != "document":
            return False
        article = self._has_article(j)
        if first and any(v.form.kind == "masdar" for v in word.verbs) and not (article or word.given):
            return False
        if self._complete(article and not word.key.startswith("و")):
            return False
        if not first and (word.key in _NAME_LINKS or doc.words[j - 1].key in _NAME_LINKS):
            body = self.name[0] < 0 and self.heads and self.heads[-1].name.kind in _BODIES
            return self._take(closed=True) if body else self._take_name()  # «حزب الله» is no person
        if self._is_second_name(j):
            return self._take_name()
        if any(v.cue is not None and (v.finite or v.circumstantial) for v in word.verbs):
            return False
        if any(v.finite and v.form.person == 3 for v in word.verbs) and not article:
            return False
        if self.kind == "document" and self._is_clause(j):
            return False
        if "abstract" in word.classes or (
            self.closed and not article and any(v.form.kind == "masdar" for v in word.verbs)
        ):
            return False
        if article:
            return self._definite(word.key)
        if self.closed or first:
            if self.kind in (None, "person"):
                if self.kind is None:
                    self.kind = "person"
                return self._take_name()
            return False
        return self._take(closed=False)

    def _is_second_name(self, j: int) -> bool:
        """«مارك روت، ...»: a family name that is spelled like a rare verb, between a first name and the end of a phrase."""
        doc = self.doc
        if self.name[0] < 0 or self.name != (j - 1, j - 1) or not doc.words[j - 1].given or j >= self.limit:
            return False
        if any(v.cue is not None or v.conjunction for v in doc.words[j].verbs) or doc.words[j].article:
            return False
        after = doc.words[j + 1]
        return after.that or not doc.tokens[j + 1].is_word

    def _is_clause(self, j: int) -> bool:
        """«قرار يلحظ ...»: a verb that the table lacks, behind a noun without article."""
        key = self.doc.words[j].key
        behind = bool(self.heads) and self.heads[-1].last == j - 1 and not self.doc.words[j - 1].article
        return behind and key.startswith(_YA) and not key.endswith(_ADJECTIVE)

    def _has_article(self, j: int) -> bool:
        """Whether a word begins with the article, and not with the أل of «ألفارو»."""
        return self.doc.words[j].article and self.doc.tokens[j].text[:1] not in "أإآ"

    def _complete(self, article: bool) -> bool:
        """A state, «خادم الحرمين» or «البلدين» takes titles and names of the lexicon, but no word of its own."""
        if not self.heads:
            return False
        last, head = self.heads[-1].name, self.heads[0].name
        if head.kind != "coref" and (self.kind in ("state", "organisation", "group") or last.how == "title"):
            return True
        if head.kind != "coref" or head.id.startswith(_COUNTERPART):
            return False
        return not (article and head.how in _MANY)

    def _is_given(self, j: int) -> bool:
        """Whether a first name is one here: على is spelled like علي, and what follows tells them apart."""
        doc = self.doc
        if "preposition" not in doc.words[j].classes:
            return True
        return (
            doc.tokens[j].text.endswith("ي") and j + 1 <= self.limit and not doc.words[j + 1].that and bool(self.titles)
        )

    def _definite(self, key: str) -> bool:
        if key[:1] in "ولبفك" and not key.startswith("ال"):
            complement = (
                key.startswith("وال") and self.name[0] < 0 and self.kind in ("person", "institution") and self.closed
            )
            service = key.startswith("لل") and self.name[0] < 0 and self.last >= self.first
            return self._take(closed=True) if complement or service else False
        last = self.heads[-1] if self.heads else None
        national = last is not None and last.name.how == "demonym" and last.last == self.last
        if national and not key.endswith(("ي", "يه")) and key not in function_words()["title_adjective"]:
            return False
        if self.name[0] >= 0 or self.last < self.first:
            if self.last < self.first:
                self.kind = "person"
            return self._take_name()
        if self._is_courteous() and (key in self.doc.known_names or (key.endswith(_NISBA) and len(self.heads) == 1)):
            return self._take_name()
        pair = self.heads and self.heads[0].name.kind == "coref" and self.heads[0].name.how in _MANY
        if pair and not key.endswith(_PAIR):
            return False
        if (
            self.closed
            and self.doc.words[self.last].article
            and not can_describe(self.doc, self.j, many=self._has_many())
        ):
            return False
        return self._take(closed=True)

    def _take(self, *, closed: bool) -> bool:
        self.titles.add(_bare(self.doc.words[self.j].key))
        self.closed = closed
        self.last = self.j
        self.j += 1
        return True

    def _take_name(self) -> bool:
        if self.kind != "person" or (self.name[0] >= 0 and self.j - self.name[0] >= _LONGEST_NAME):
            return False
        if self.name[0] >= 0 and self.title_after_name:
            return self._take(closed=True)
        if names_nobody(self.doc, self.j) or self._has_plural():
            return False
        if self.name[0] < 0 and self.titles and self._is_common():
            return False
        if self.name[0] >= 0 and not goes_on(self.doc, self.name[0], self.j):
            return False
        if (
            self.listed
            and not self.doc.words[self.j].given
            and self.doc.words[self.j].key not in _NAME_LINKS
            and (self.doc.words[self.j - 1].key not in _NAME_LINKS)
        ):
            return False
        if self.name[0] < 0:
            self.name = (self.j, self.j)
            self.title_before_name = bool(self.titles)
        self.name = (self.name[0], self.j)
        self.closed = True
        self.pending_comma = False
        self.last = self.j
        self.j += 1
        return True

    def _is_common(self) -> bool:
        """Whether the word behind a title is a noun and no name: «نقل السفير تحيات», «نوه أمير قطر بجهود»."""
        word = self.doc.words[self.j]
        if word.given or word.key in self.doc.known_names:
            return False
        return governed(word) or many_things(word)

    def _inside(self, j: int) -> bool:
        """«سفيرة ... لدى الأمم المتحدة», «مصدر في الخارجية»: a preposition that a place or body follows."""
        key = self.doc.words[j].key
        if (
            key not in _INSIDE
            or j + 1 > self.limit
            or (self.name[0] >= 0 and self.kind == "person" and not self.title_after_name)
        ):
            return False
        following = self.doc.mentions.get(j + 1)
        if "turn" in self.doc.words[j + 1].classes:
            return False
        if following is None or following.name.kind not in (*_PLACES, "role") or following.reading.prefix:
            return False
        if key in _OF_ANONYMOUS and self.kind != "anonymous":
            return False
        if key == "في" and following.name.how == "demonym":
            return False
        self.last, self.j = j, j + 1
        if self._mention(following):
            return True
        self.last = j - 1
        return False

    def _is_event(self) -> bool:
        """«مباحثات بوتين وأوباما»: an unlisted noun before a name that the report knows is no first name."""
        doc = self.doc
        start, end = self.name
        if doc.words[start].given or start in doc.mentions or start == end:
            return False
        return any(known_name(doc, k, end) or k in doc.mentions for k in range(start + 1, end + 1))

    def _actor(self) -> Actor:
        head = self.heads[0] if self.heads else None
        name_keys = [self.doc.words[k].key for k in range(self.name[0], self.name[1] + 1)] if self.name[0] >= 0 else []
        heads = self.heads if self.kind == "person" else self.heads[:1]
        feminine = any(
            (h.name.how in _FEMININE and h.name.kind in (*_TITLES, "coref"))
            or (h is self.heads[0] and h.name.how in _FEMININE)
            for h in heads[:2]
        )
        kind = self.kind or "person"
        if not self.titles and name_keys and self._is_event():
            kind, name_keys = "institution", []
        plural = head is not None and head.name.how in _MANY
        pair = plural and head is not None and "refers_states" in head.name.flags
        return Actor(
            self.first,
            self.last,
            kind,
            self.name[0] if name_keys else -1,
            self.name[1] if name_keys else -1,
            frozenset(self.titles),
            "" if pair else self.state,
            feminine,
            plural,
            definite=self.closed or (head is not None and (head.reading.article or not head.name.term)),
            office=any("state_office" in h.name.flags and not h.reading.pronoun for h in self.heads),
            coreferent=_coreferent(head),
        )


def _bare(key: str) -> str:
    """A title word without its article."""
    return key.removeprefix("وال").removeprefix("لل").removeprefix("ال")


def _coreferent(head: Mention | None) -> str:
    """How an actor that names no one refers back: the entry's id, or "latest" for «سموه», «الأخير»."""
    if head is None or head.name.kind != "coref":
        return ""
    return "latest" if "refers_latest" in head.name.flags else head.name.id


def scan_actor(doc: Document, first: int, limit: int, *, governed: bool = False) -> Actor | None:
    """The actor that begins at token *first* and ends at or before *limit*, or None; may be a bare, unlisted name.

    One with a preposition attached («لموفدة ...») is only given where it may be *governed*.
    """
    mention = doc.mentions.get(first)
    if mention is not None and mention.reading.preposition and not governed:
        return None
    if mention is None and doc.words[first].stem_key in _SAME and first < limit and doc.words[first + 1].article:
        actor = scan_actor(doc, first + 1, limit, governed=governed)  # «نفس المصدر»
        if actor is not None:
            actor.first, actor.coreferent = first, actor.coreferent or "same"
        return actor
    plain = mention is None or (
        mention.reading.article
        and mention.first == mention.last
        and first + 1 not in doc.mentions
        and (mention.name.how == "demonym" or mention.name.kind in (*_TITLES, "anonymous"))
    )
    if plain and (known := known_name(doc, first, limit)) is not None:
        return known
    actor = _Scan(doc, first, limit).run()
    if actor is not None and actor.last < limit and doc.words[actor.last + 1].key in _ITSELF:
        actor.coreferent = actor.coreferent or "same"
    return actor
