"""One noun phrase that names someone, read from left to right: titles, apposition, proper name and state."""

from __future__ import annotations

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.function_words import function_words, name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.bearers import bearer_ahead
from mithaq.stages.document import Actor, Document
from mithaq.stages.known_names import known_name
from mithaq.stages.name_shape import can_describe, governed, is_given, names_nobody
from mithaq.stages.phrase import ADJECTIVE, BODIES, INSIDE, MANY, NAME_LINKS, NISBA, SOMEONE, TITLES, bare
from mithaq.stages.phrase_mentions import KINDS, PLACES, MentionReader

_QUOTES = '«“"'
_BETWEEN = 3  # from one comma to the next around a first and a family name
_QUOTED = 3  # tokens from the first to the last of a name in quotation marks
_AND = fold("و")
_WITH = fold("ب")
_ONE_OF = "one_of"
_OWNERS = (*BODIES, "organisation")
_INSIDE = (*PLACES, "role")
_ACTING = frozenset(fold(w) for w in ("بالإنابة", "بالنيابة", "بالوكالة"))
_THESE = frozenset(fold(w) for w in ("هذه", "هؤلاء", "تلك", "أولئك"))
_OF_ANONYMOUS = name_words()["of_anonymous"]
_PATERNAL = name_words()["paternal"]
_CALLED = name_words()["called"]
_HYPHENS = "-‐‑–"
_AL = "ال"
_YA = fold("ي")
_REPORTS = "media_reports"
_COUNTERPART = "counterpart"  # «نظيره ...» may be named
_SAME = name_words()["same"]
_ITSELF = name_words()["itself"]
_PEOPLE = fold("ين")
_PAIR = tuple(fold(e) for e in ("ان", "ين", "ون"))

__all__ = ["KINDS", "scan_actor"]


class _Scan(MentionReader):
    """Reads one actor from left to right; each method says whether the token at ``j`` still belongs to it."""

    def run(self) -> Actor | None:
        tokens = self.doc.tokens
        if tokens[self.first].text[0].isdigit():
            return None
        while self.j <= self.limit:
            token = tokens[self.j]
            goes_on = self.take_any() if token.is_word else self.mark(token.text)
            if not goes_on and not self.bridge():
                break
        if self.last < self.first or self.kind is None or self.is_empty():
            return None
        return self.actor()

    def take_any(self) -> bool:
        """Take the word or the mention at ``j``, or say that the phrase ends before it."""
        mention = self.doc.mentions.get(self.j)
        return self.mention(mention) if mention is not None else self.word()

    def bridge(self) -> bool:
        """Go on at the name of the bearer of a title, if one stands beyond words that the title holds."""
        if self.kind != "person" or self.name[0] >= 0 or not self.titles or self.has_many():
            return False
        at = bearer_ahead(self.doc, self.j, self.limit)
        if at < 0:
            return False
        before = self.last, self.j, self.closed, self.pending_comma
        between = range(self.j, at)
        self.last, self.j, self.closed, self.pending_comma = at - 1, at, True, self.doc.tokens[at - 1].text in COMMAS
        if not self.take_any():
            self.last, self.j, self.closed, self.pending_comma = before
            return False
        self.titles.update(bare(self.doc.words[k].key) for k in between if self.doc.words[k].article)
        return True

    def mark(self, mark: str) -> bool:
        doc, j = self.doc, self.j
        if self.last < self.first:
            return False
        if mark in COMMAS:
            following = doc.mentions.get(j + 1)
            if self.kind == "anonymous" and following is None and self.is_named_after_all():
                self.kind = "person"
            if self.pending_comma or self.kind != "person":
                return False
            if following is None:
                return self.bare_name_after_comma()
            if following.reading.prefix:
                return False
            titled = following.name.kind in TITLES and self.name[0] >= 0 and not self.title_before_name
            named = following.name.kind in ("person", "rank", "honorific") and self.name[0] < 0
            if following.name.how == "demonym" and following.reading.article and self.name[0] < 0:
                named = following.last < self.limit and doc.words[following.last + 1].given  # «المدرب، الكيني جومو ...»
            if not (titled or named):
                return self.bare_name_after_comma()
            self.pending_comma = True
            self.j += 1
            return True
        if mark in _HYPHENS:
            return self.hyphen()
        if mark == "(":
            close = next((k for k in range(j + 1, min(j + 7, self.limit + 1)) if doc.tokens[k].text == ")"), -1)
            if close < 0:
                return False
            self.j = close + 1
            return True
        return mark in _QUOTES and self.quoted_name()

    def hyphen(self) -> bool:
        """«جان-ماري»: the parts of one name, with nothing between them."""
        doc, j = self.doc, self.j
        joined = doc.tokens[j - 1].end == doc.tokens[j].start and j < self.limit
        if not joined or self.name[1] != j - 1 or doc.tokens[j].end != doc.tokens[j + 1].start:
            return False
        self.j += 1
        if doc.tokens[j + 1].is_word and self.take_name():
            return True
        self.j = j
        return False

    def quoted_name(self) -> bool:
        """«صحيفة «...»», «حركة "..."»: the name of an outlet or body in quotation marks."""
        body = self.kind == "institution" and not self.doc.words[self.last].article and not self.state
        if self.name[0] >= 0 or not (self.kind == "media" or (body and self.heads[-1].last == self.last)):
            return False
        quote = self.doc.quote_at.get(self.j)
        if quote is None or quote.last - quote.first > _QUOTED or not quote.closed:
            return False
        self.name = (quote.first, quote.last)
        self.closed = True
        self.last, self.j = quote.closing, quote.closing + 1
        return True

    def is_named_after_all(self) -> bool:
        """«الدبلوماسي الكيني، جون موانغي، ...»: two words between commas behind someone definite."""
        doc, j = self.doc, self.j
        if (
            not self.closed
            or self.has_many()
            or j + _BETWEEN > self.limit
            or doc.tokens[j + _BETWEEN].text not in COMMAS
        ):
            return False
        return all(
            doc.tokens[k].is_word and k not in doc.mentions and not (names_nobody(doc, k) or doc.words[k].article)
            for k in range(j + 1, j + _BETWEEN)
        )

    def bare_name_after_comma(self) -> bool:
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

    def word(self) -> bool:
        doc, j = self.doc, self.j
        word = doc.words[j]
        first = self.last < self.first
        beyond = bool(self.heads) and self.heads[-1].last < j - 1  # «أمين منطقة كذا صالح ...»
        if word.given and (self.closed or first or beyond) and self.is_given(j):
            if self.kind is None:
                self.kind = "person"
            return self.take_name()
        if self.titles and self.closed and self.name[0] < 0 and self.is_paternal(j):
            return self.take_name()  # «ولي الله ...», «سفر بن ...»
        if word.key == _AND and not first and self.name[0] < 0 and j < self.limit and doc.words[j + 1].article:
            self.j += 1  # «وزير الزراعة و الموارد البحرية»: the conjunction written apart
            return self.take(closed=True)
        if word.key in _ACTING and self.titles and self.name[0] < 0:
            return self.take(closed=True)  # «رئيس المجلس بالإنابة مبارك ...»
        if word.key in _THESE and j < self.limit and doc.words[j + 1].article and self.is_one_of(j):
            self.j += 1  # «أحد هذه المصادر»
            return True
        if word.key in _CALLED and self.is_called(j):
            self.kind, self.j, self.last = "person", j + 1, j
            return self.take_name()
        if word.function and self.is_link(j):
            return self.take_name()
        if word.function or word.key in INSIDE:
            return not first and self.inside(j)
        if "adverb" in word.classes or "turn" in word.classes:
            return False
        if not doc.tokens[j].text[0].isalpha() and self.kind != "document":
            return False
        article = self.has_article(j)
        masdar = word.masdar and not (article or word.given)
        if first and not article and not word.given and (masdar or self.is_possessed(j)):
            return False
        if masdar and beyond and self.kind != "document" and doc.words[j - 1].key not in NAME_LINKS:
            return False  # «بحسب صحف محلية إقرار ...»
        if self.complete(article and not word.key.startswith("و")):
            return False
        if not first and (word.key in NAME_LINKS or doc.words[j - 1].key in NAME_LINKS):
            body = self.name[0] < 0 and self.heads and self.heads[-1].name.kind in BODIES
            return self.take(closed=True) if body else self.take_name()  # «حزب الله» is no person
        if self.is_second_name(j) or self.is_first_of_courteous(j):
            return self.take_name()
        if word.says:
            return False
        if word.finite and not article and any(v.finite and v.form.person == 3 for v in word.verbs):
            return False
        if self.kind == "document" and self.is_clause(j):
            return False
        if "abstract" in word.classes or (self.closed and not article and word.masdar):
            return False
        if article:
            return self.definite(word.key)
        if self.closed or first:
            if self.kind in (None, "person"):
                if self.kind is None:
                    self.kind = "person"
                return self.take_name()
            return False
        return not (governed(word) and word.key.startswith(_WITH)) and self.take(closed=False)  # «خبراء بوقف ...»

    def is_paternal(self, j: int) -> bool:
        """Whether a father's name, or one of God's, follows the word at *j*, which makes it a first name."""
        words = self.doc.words
        return j < self.limit and words[j + 1].key in _PATERNAL and not governed(words[j])

    def is_called(self, j: int) -> bool:
        """«شاهد عيان يدعى ...»: a name behind someone that has none."""
        someone = self.kind in ("person", "anonymous") and self.name[0] < 0 and self.last == j - 1 and j < self.limit
        return someone and self.doc.tokens[j + 1].is_word and not names_nobody(self.doc, j + 1)

    def is_link(self, j: int) -> bool:
        """«ماريو فان دورن», «جان لو دريان»: a particle of a foreign name, and no «فإن» or «لو»."""
        words = self.doc.words
        if self.name[0] < 0 or self.name[1] != j - 1 or words[j].key not in NAME_LINKS or j >= self.limit:
            return False
        after = words[j + 1]
        linked = after.key in NAME_LINKS or not (after.function or after.article or after.verbs or after.classes)
        return linked and self.doc.tokens[j + 1].is_word and j + 1 not in self.doc.mentions

    def is_one_of(self, j: int) -> bool:
        return bool(self.heads) and self.heads[-1].last == j - 1 and self.heads[-1].name.id == _ONE_OF

    def is_possessed(self, j: int) -> bool:
        """«امتنان السلطات», «شائعات الأوساط»: what belongs to others, and no name."""
        following = self.doc.mentions.get(j + 1)
        if following is None or j + 1 > self.limit or not following.reading.article:
            return False
        return following.name.kind in _OWNERS or following.name.how in MANY

    def is_second_name(self, j: int) -> bool:
        """A family name that is spelled like a rare verb, between a first name and the end of a phrase."""
        doc = self.doc
        if self.name[0] < 0 or self.name != (j - 1, j - 1) or not doc.words[j - 1].given or j >= self.limit:
            return False
        nisba = doc.tokens[j].text.startswith(_AL) and doc.tokens[j].text.endswith(_YA)  # «التقي», not «التقى»
        after = doc.words[j + 1]
        relative = "relative" in after.classes
        told = any(v.cue is not None or (v.conjunction and not relative) for v in doc.words[j].verbs)
        if doc.words[j].article or (told and not nisba):
            return False
        if doc.words[j].masdar and not doc.words[j].finite:
            return not (after.article or j + 1 in doc.mentions)  # «نعمة طعمة»
        return after.that or relative or not doc.tokens[j + 1].is_word or nisba

    def is_first_of_courteous(self, j: int) -> bool:
        """«الدكتور صدقة فاضل»: behind a courtesy, whatever stands before a first name is a first name itself."""
        doc = self.doc
        if not self.is_courteous() or self.name[0] >= 0 or j >= self.limit or doc.words[j].article:
            return False
        return is_given(doc, j + 1) and j + 1 not in doc.mentions

    def is_clause(self, j: int) -> bool:
        """«قرار يلحظ ...»: a verb that the table lacks, behind a noun without article."""
        key = self.doc.words[j].key
        behind = bool(self.heads) and self.heads[-1].last == j - 1 and not self.doc.words[j - 1].article
        return behind and key.startswith(_YA) and not key.endswith(ADJECTIVE)

    def complete(self, article: bool) -> bool:
        """A state, «خادم الحرمين» or «البلدين» takes titles and names of the lexicon, but no word of its own."""
        if not self.heads:
            return False
        last, head = self.heads[-1].name, self.heads[0].name
        if head.kind != "coref" and (self.kind in ("state", "organisation", "group") or last.how == "title"):
            return True
        if head.kind != "coref" or head.id.startswith(_COUNTERPART):
            return False
        return not (article and head.how in MANY)

    def counts_people(self, j: int) -> bool:
        """«عدد من المشرعين»: a sound masculine plural behind a number is of people; «عدد من الملفات» is not."""
        word = self.doc.words[j]
        return (
            bool(self.heads)
            and "counts" in self.heads[0].name.flags
            and word.article
            and word.key.endswith(_PEOPLE)
            and not word.masdar
        )

    def is_given(self, j: int) -> bool:
        """Whether a first name is one here: على is spelled like علي, and what follows tells them apart."""
        doc = self.doc
        if "preposition" not in doc.words[j].classes:
            return is_given(doc, j)
        if not is_given(doc, j) or j + 1 > self.limit or doc.words[j + 1].that:
            return False
        return bool(self.titles) or doc.words[j + 1].given or doc.words[j + 1].key in _PATERNAL

    def definite(self, key: str) -> bool:
        if key[:1] in "ولبفك" and not key.startswith("ال"):
            complement = (
                key.startswith("وال") and self.name[0] < 0 and self.kind in ("person", "institution") and self.closed
            )
            service = key.startswith("لل") and self.name[0] < 0 and self.last >= self.first
            return self.take(closed=True) if complement or service else False
        last = self.heads[-1] if self.heads else None
        national = last is not None and last.name.how == "demonym" and last.last == self.last
        if national and not key.endswith(("ي", "يه")) and key not in function_words()["title_adjective"]:
            return False
        if self.name[0] >= 0 or self.last < self.first:
            if self.last < self.first:
                self.kind = "person"
                if self.j < self.limit and is_given(self.doc, self.j + 1):
                    return self.take(closed=True)  # «العداء زياد الهويش»
            return self.take_name()
        titled = last is not None and last.last == self.last and last.name.kind in TITLES and last.reading.article
        if titled and key in self.doc.known_names:
            return self.take_name()  # «الوزير الحلبي»
        if self.is_courteous() and key.endswith(NISBA) and len(self.heads) == 1:
            return self.take_name()
        pair = self.heads and self.heads[0].name.kind == "coref" and self.heads[0].name.how in MANY
        if pair and not key.endswith(_PAIR):
            return False
        if (
            self.closed
            and self.doc.words[self.last].article
            and not can_describe(self.doc, self.j, many=self.has_many())
        ):
            return False
        return self.take(closed=True)

    def inside(self, j: int) -> bool:
        """«سفيرة ... لدى الأمم المتحدة», «مصدر في الخارجية»: a preposition that a place or body follows."""
        key = self.doc.words[j].key
        if (
            key not in INSIDE
            or j + 1 > self.limit
            or (self.name[0] >= 0 and self.kind == "person" and not self.title_after_name)
        ):
            return False
        following = self.doc.mentions.get(j + 1)
        if "turn" in self.doc.words[j + 1].classes:
            return False
        if following is None and key in _OF_ANONYMOUS and self.counts_people(j + 1):
            self.j = j + 1
            return self.take(closed=True)
        if following is None or following.name.kind not in _INSIDE or following.reading.prefix:
            return False
        if key in _OF_ANONYMOUS and (self.kind != "anonymous" or self.heads[0].name.id == _REPORTS):
            return False  # «نقلت وسائل إعلام عن ...»
        if key == "في" and following.name.how == "demonym":
            return False
        self.last, self.j = j, j + 1
        if self.mention(following):
            return True
        self.last = j - 1
        return False


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
        and (mention.name.how == "demonym" or mention.name.kind in SOMEONE)
    )
    if plain and (known := known_name(doc, first, limit)) is not None:
        return known
    actor = _Scan(doc, first, limit).run()
    if actor is not None and actor.last < limit and doc.words[actor.last + 1].key in _ITSELF:
        actor.coreferent = actor.coreferent or "same"
    return actor
