"""Reported clauses of languages that put the verb last (Turkish, Azerbaijani).

The source opens the sentence; what was said stands between it and the verb: in marks, as a clause that ends in a
participle with a case ending (…-dığını söyledi), or after `ki` behind the verb.
"""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.clauses import Sentence
from onrecord.stages.quotes.grammar import (
    CAPITAL,
    CHANNEL,
    CLAUSE_MARKS,
    COORDINATOR,
    CUE,
    DETERMINER,
    OBJECT,
    PRONOUN,
    QUOTE,
    QUOTE_LINK,
    SOMEONE,
    SPEECH_NOUN,
    THAT,
    TIME,
    WEAK,
)
from onrecord.stages.quotes.phrases import Range

_ACCUSATIVE = ("ını", "ini", "unu", "ünü")  # of what somebody made, no source: … deyərək iradını bildirib
_KNOWN = CAPITAL | SOMEONE | PRONOUN
_CONVERBS = ("arak", "erek", "rken", "araq", "ərək", "rkən")  # of a clause that shares the subject before it
_GENITIVE = ("ın", "in", "un", "ün")
_ABLATIVE = ("dan", "den", "tan", "ten", "dən")
_RELATIVE = (
    "dığı",
    "diği",
    "duğu",
    "düğü",
    "tığı",
    "tiği",
    "tuğu",
    "tüğü",
    "diyi",
    "düyü",
    "yapılan",
    "verilən",
    "verilen",
)
_SHORT = 4  # letters of words that show no case
_NAME = 5  # items that a name between a dash and its verb may take
_FAR = 8  # items between `deyə` and its verb


def _placed(word: str) -> bool:
    """Whether a name is that of a place where something happens: Ankara’da."""
    return word[-3:-2] in "'’" and word[-2:] in ("da", "de", "ta", "te", "də")


class VerbFinal(Sentence):
    """Finds the frames of a sentence of a verb-final language."""

    def run(self) -> list[Frame]:
        """Return the frames from left to right."""
        items = self.items
        heading = self._heading() if self.quoted else None
        if heading is not None:
            return [heading]
        for at in self.anchors:
            frame = None
            if items.bits[at] & CUE:
                frame = self._verb(at)
            elif items.words[at] in items.grammar.according_after:
                frame = self._according_after(at)
            if frame is not None and frame.content:
                self.frames.append(frame)
        if not self.frames and self.quoted:
            frame = self._linked() or self._on_paper()
            if frame is not None:
                self.frames.append(frame)
        return self.frames

    def _linked(self) -> Frame | None:
        """X, “…” diye iç geçirdi: the link says that the words were said, whatever the verb."""
        items = self.items
        for quote in items.within(items.quotes, self.a, self.b):
            link = quote + 1
            while link < self.stop and items.words[link] in ",—–-":
                link += 1
            named = link + 1 < self.stop and items.bits[link + 1] & DETERMINER  # “…” diye bir yer: a place so called
            if link + 1 < self.stop and items.bits[link] & QUOTE_LINK and not named:
                cue, source = self._linked_tag(link + 1)
                frame = Frame([(quote, quote + 1)], cue, source or self._opening(quote), "unknown-tag", 0.7)
                frame.split = True
                return frame
        return None

    def _linked_tag(self, start: int) -> tuple[Range, Range | None]:
        """Take the verb and its subject behind the link apart: diye şaka yaptı [Ece] · deyə [Ece] gileylənib."""
        bits = self.bits
        named = [at for at in range(start, min(self.stop, start + _NAME + 2)) if bits[at] & CAPITAL]
        if not named:
            return (start, self.stop), None
        first, last = named[0], named[-1] + 1
        while first > start and bits[first - 1] & SOMEONE:
            first -= 1
        if last >= self.stop and first > start:
            return (start, first), (first, last)
        return ((last, self.stop), (start, last)) if last < self.stop else ((start, self.stop), None)

    def _verb(self, at: int) -> Frame | None:
        bits, words = self.bits, self.words
        if bits[at] & CAPITAL and at > self.a:
            return None
        cue = self._compound(at)
        if cue is None:
            return None
        if at + 1 < self.b and bits[at + 1] & THAT:
            return self._following(cue, at, at + 1)
        if at + 2 < self.b and words[at + 1] == ":" and bits[at + 2] & QUOTE:
            return self._following(cue, at, at + 2)
        quote = self._quote_before(cue)
        if quote == cue - 1 and self._ends_in_clause(quote):
            return self._clause(cue, at)
        if quote is not None and bits[at] & OBJECT and not self._sentence_like(quote):
            named = self._named(cue, at)
            if named is not None:
                return named
        if quote is not None:
            return self._quoted(quote, cue, at)
        if bits[at] & OBJECT:
            return self._named(cue, at)
        if bits[at] & WEAK:
            return None
        return self._clause(cue, at)

    def _ends_in_clause(self, quote: int) -> bool:
        """Whether a quotation closes a reported clause: takımının “hazır olmadığını” itiraf etti."""
        items = self.items
        said = items.said(quote)
        opens = quote > self.a and items.words[quote - 1] not in ",:" and said[:1].islower()
        return opens and said.endswith(items.grammar.clause_endings)

    def _compound(self, at: int) -> int | None:
        """First item of the verb with its noun (ifade etti); null if a light verb has none."""
        items = self.items
        nouns = items.grammar.compounds.get(items.words[at])
        if nouns is None:
            return at
        cue = at - 1
        while cue > self.a and items.adverb(cue):
            cue -= 1
        return cue if cue >= self.a and items.words[cue] in nouns else None

    def _quote_before(self, cue: int) -> int | None:
        """The quotation the verb closes: “…” dedi · “…”, – deyə nazir bildirib."""
        items = self.items
        at = cue - 1
        while at >= self.a and (items.bits[at] & QUOTE_LINK or items.words[at] in ",—–-"):
            at -= 1
        if at >= self.a and items.bits[at] & QUOTE:
            return at
        while at > self.a and cue - at <= _NAME and items.words[at].isalnum():
            at -= 1  # “…”, – Brakov deyib · “…”, – kənd sakini deyib
        if cue - at > 1 and items.words[at] in "—–-":
            while at > self.a and items.words[at] in ",—–-":
                at -= 1
            if items.bits[at] & QUOTE:
                return at
        for link in range(cue - 1, max(self.a, cue - _FAR), -1):
            if items.words[link] == "," or items.bits[link] & QUOTE:
                return None
            if items.bits[link] & QUOTE_LINK:
                at = link - 1
                while at >= self.a and items.words[at] in ",—–-":
                    at -= 1
                return at if at >= self.a and items.bits[at] & QUOTE else None
        return None

    def _following(self, cue: int, at: int, after: int) -> Frame | None:
        """X dedi ki, …."""
        items = self.items
        first = after
        while first < self.stop and (items.bits[first] & THAT or items.words[first] in ":,"):
            first += 1
        if first >= self.b:
            return None
        source = self._opening(cue)
        if items.bits[first] & QUOTE and not self._bare_after(first + 1):
            frame = Frame([(first, first + 1)], (cue, at + 1), source, "cue-quote", 0.9)
            frame.split = first + 1 >= self.stop
            self.taken = first + 1
            return frame
        end = next((at for at in range(first, self.stop - 1) if self._colon_before_quote(at)), self.stop)
        return self._content(source, cue, at + 1, after, end, "clause-that", 0.9)

    def _colon_before_quote(self, at: int) -> bool:
        """Whether a colon introduces a quotation of its own."""
        items = self.items
        return items.words[at] == ":" and bool(items.bits[at + 1] & QUOTE) and self._sentence_like(at + 1)

    def _quoted(self, quote: int, cue: int, at: int) -> Frame | None:
        """“…” dedi X. · X, “…” dedi. · “…,” dedi X, “…”."""
        items = self.items
        between = quote + 1
        while between < cue and (items.bits[between] & QUOTE_LINK or items.words[between] in ",—–-"):
            between += 1
        if self._said_between(quote, between, cue):
            source: Range | None = (between, self._object_start(between, cue))
        else:
            source = self._closing(at) or self._opening(quote) or self._converb_subject()
        first = quote
        while first > self.a and items.bits[first - 1] & QUOTE:
            first -= 1
        frame = Frame([(first, quote + 1)], (cue, at + 1), source, "tag-final", 0.92)
        after = max(at + 1, source[1] if source else 0)
        goes_on = after + 1 < self.b and items.words[after] in ",—–-" and items.bits[after + 1] & QUOTE
        if goes_on and not self._verb_after(after + 2):
            frame.content.append((after + 1, after + 2))
            after += 2
        frame.split = after >= self.stop
        self.taken = after
        return frame

    def _said_between(self, quote: int, between: int, cue: int) -> bool:
        """Whether the one who said it stands between a quotation and its verb, and not only what was said."""
        items = self.items
        if between >= cue:
            return False
        if not items.words[cue - 1].endswith(_ACCUSATIVE):
            return True
        if items.words[between - 1] in "—–-" and not items.bits[quote + 1] & QUOTE_LINK:  # “…” – kənd sakini deyib
            return True
        return any(items.bits[place] & _KNOWN for place in range(between, cue))

    def _object_start(self, between: int, cue: int) -> int:
        """Where the words for what was said, or to whom, begin before the verb: Brakov [çıxışını] yekunlaşdırıb."""
        items = self.items
        start = cue
        if items.bits[between - 1] & QUOTE_LINK:
            while start > between + 1 and self._is_object(start - 1):
                start -= 1
        while start > between + 1 and items.words[start - 1] in items.grammar.words.get("addressees", ()):
            start -= 1
        return start

    def _is_object(self, at: int) -> bool:
        return self.items.words[at].endswith(_ACCUSATIVE) and not self.items.bits[at] & _KNOWN

    def _converb_subject(self) -> Range | None:
        """The subject of a converb before: X, …-dığını belirterek, “…” dedi."""
        last = self.frames[-1] if self.frames else None
        if last is None or last.cue is None:
            return None
        verb = last.cue[1] - 1
        joined = verb + 1 < self.b and self.bits[verb + 1] & COORDINATOR  # … söyledi ve “…” dedi
        return last.source if joined or self.items.words[verb].endswith(_CONVERBS) else None

    def _verb_after(self, at: int) -> bool:
        """Whether a verb of its own follows a quotation."""
        return any(self.bits[place] & CUE for place in range(at, min(at + 3, self.b)))

    def _named(self, cue: int, at: int) -> Frame | None:
        """X raporu “aşk mektubu” olarak nitelendirdi: what is called something, and what it is called."""
        items = self.items
        start = max(self.a, self.taken)
        if not any(items.bits[place] & QUOTE for place in range(start, cue)):
            return None
        source = self._opening(cue, start)
        if (
            source
            and source[1] - source[0] > 1
            and items.bits[source[1]] & QUOTE
            and items.words[source[1] - 1][-1] in "ıiuü"
        ):
            source = source[0], source[1] - 1  # müxalifət [hökuməti “…”] adlandırıb
        first = source[1] if source else start
        while first < cue and items.words[first] == ",":
            first += 1
        end = cue
        while end > first + 1 and items.words[end - 1] in items.grammar.naming:
            end -= 1
        return self._content(source, cue, at + 1, first, end, "object", 0.7)

    def _clause(self, cue: int, at: int) -> Frame | None:
        """X, …-dığını söyledi: the clause stands between the source and the verb."""
        items = self.items
        last = cue - 1
        while last > self.a and items.adverb(last) and not items.bits[last] & QUOTE:
            last -= 1
        if last <= self.a:
            return None
        if not items.words[last].endswith(items.grammar.clause_endings) and not (
            items.bits[last] & QUOTE and self._ends_in_clause(last)
        ):
            return None
        start = max(self.a, self.taken)
        if start > last:
            return None  # the clause is that of the report before
        source = self._opening(last, start)
        first = source[1] if source else start
        if source is None and self.frames and items.words[start] == ",":
            source = self.frames[-1].source  # “…” diye soran Tuna, …-dığını söyledi
        addressees = items.grammar.words.get("addressees", ())
        while first < last and (items.words[first] == "," or items.adverb(first) or items.words[first] in addressees):
            first += 1
        spoken = [place for place in range(first, last) if items.bits[place] & CHANNEL]
        first = spoken[-1] + 1 if spoken and source else first  # yaptığı açıklamada [soruşturmanın sürdüğünü]
        if first > last:
            return None
        return self._content(source, cue, at + 1, first, last + 1, "clause-participle", 0.8)

    def _opening(self, limit: int, start: int = -1) -> Range | None:
        """The source that opens the sentence: up to a comma, or through its last capital or person's noun."""
        items = self.items
        bits, words = self.bits, self.words
        start = max(self.a, self.taken) if start < 0 else start
        while start < limit and (bits[start] & (COORDINATOR | TIME) or items.adverb(start) or words[start] in ",—–-"):
            start += 1
        if start >= limit or bits[start] & QUOTE:
            return None
        if bits[start] & PRONOUN and not bits[start] & DETERMINER:
            return start, start + 1
        comma = start
        while comma < min(limit, start + 9) and words[comma] != "," and not bits[comma] & QUOTE:
            comma += 1
        if comma < limit and words[comma] == "," and not words[comma - 1].endswith(_CONVERBS):
            return start, self._before_channel(start, comma)
        end = start
        for at in range(start, min(limit, start + 7)):
            if bits[at] & QUOTE or words[at] == ",":
                break
            if (bits[at] & CAPITAL and (at == start or not bits[at - 1] & DETERMINER)) or bits[at] & SOMEONE:
                end = at + 1
            elif items.adverb(at) or words[at].endswith(_ABLATIVE) or (end > start and self._clause_subject(at)):
                break
        return (start, end) if end > start else None

    def _before_channel(self, start: int, comma: int) -> int:
        """The end of a source before where it spoke: başkan [yaptığı konuşmada], …."""
        bits, words = self.bits, self.words
        for at in range(start + 1, comma):
            if words[at].endswith(_RELATIVE) or bits[at] & CHANNEL:
                end = at
                while end > start + 1 and (
                    bits[end - 1] & TIME or self.items.adverb(end - 1) or _placed(words[end - 1])
                ):
                    end -= 1
                return end
        return comma

    def _clause_subject(self, at: int) -> bool:
        """Whether a plain noun in the genitive opens the reported clause: bakan [fiyatların] düştüğünü söyledi."""
        bit, word = self.bits[at], self.words[at]
        return bool(bit & TIME) or (not bit & (CAPITAL | SOMEONE) and len(word) > _SHORT and word.endswith(_GENITIVE))

    def _closing(self, at: int) -> Range | None:
        """The source after the verb at the sentence's end: “…” dedi [Ayşe Yılmaz]."""
        items = self.items
        end = at + 1
        known = CAPITAL | SOMEONE
        while end < self.stop and items.words[end] not in ",;:—–" and not items.bits[end] & QUOTE:
            if end > at + 1 and items.words[end].endswith(_ACCUSATIVE) and not items.bits[end] & known:
                break  # diyen aileler [bekleyişini] sürdürüyor
            end += 1
        if end == at + 1 or end - at > 9:
            return None
        return at + 1, end

    def _according_after(self, at: int) -> Frame | None:
        """X'e göre, …."""
        items = self.items
        start = at
        while start > self.a and items.words[start - 1] not in CLAUSE_MARKS and items.words[start - 1] != ",":
            start -= 1
        if start >= at:
            return None
        after = at + 1
        while after < self.stop and items.words[after] in ",":
            after += 1
        if after >= self.stop:
            return None
        cue = at - 1 if at - 1 > start and items.bits[at - 1] & SPEECH_NOUN else at  # ekspertin [sözlərinə görə]
        while start < cue and (items.bits[start] & TIME or items.adverb(start)):
            start += 1
        return Frame([(after, self.stop)], (cue, at + 1), (start, cue), "according-to", 0.8) if start < cue else None
