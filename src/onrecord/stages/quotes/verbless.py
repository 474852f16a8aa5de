"""What was said where no verb says so: behind a name and a colon, before a signature, on a banner, for somebody."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.ends import Ends
from onrecord.stages.quotes.grammar import (
    BE,
    CAPITAL,
    CUE,
    DETERMINER,
    FINITE,
    OWNER,
    PARTICIPLE,
    POSSESSIVE,
    PREPOSITION,
    QUOTE,
    SOMEONE,
    SPEECH_NOUN,
    VERBISH,
)
from onrecord.stages.quotes.inversions import subject_after
from onrecord.stages.quotes.phrases import starts_noun_phrase, subject_before

_VIEW = 14  # items that "pour" and whose view it is may take
_LONG_DASHES = frozenset("—–―-")


class Verbless(Ends):
    """Finds what was said in sentences without a reporting verb."""

    def _heading(self) -> Frame | None:
        """Ann Lee: “We won.” · in a headline also Ann Lee: We won."""
        items = self.items
        stop = min(self.a + 10, self.stop - 1)
        if ":" not in items.words[self.a : stop]:
            return None
        at = self.a
        while at < stop and items.words[at] != ":":
            if items.words[at] in ",;" or items.bits[at] & QUOTE:
                return None
            at += 1
        if at >= stop or at == self.a or not items.bits[self.a] & (CAPITAL | DETERMINER):
            return None
        quoted = bool(items.bits[at + 1] & QUOTE)
        if any(
            items.bits[place] & CUE and not items.bits[place] & (CAPITAL | SPEECH_NOUN) for place in range(self.a, at)
        ):
            return None
        if not quoted and not self.headline:
            return None
        source = subject_before(items, at, self.a)
        if (
            source is None
            or source[0] != self.a
            or any(items.bits[place] & FINITE and not items.bits[place] & CAPITAL for place in range(self.a, at))
        ):
            return None
        frame = self._content(source, at, at + 1, at + 1, self.stop, "headline-colon", 0.8 if quoted else 0.6)
        if frame is not None:
            frame.split = quoted
        return frame

    def _signed(self) -> Frame | None:
        """“We won.” — Ann Lee."""
        items = self.items
        if not items.bits[self.a] & QUOTE or self.a + 2 >= self.b or items.words[self.a + 1] not in _LONG_DASHES:
            return None
        first = self.a + 2
        while first < self.stop and items.words[first] in _LONG_DASHES:
            first += 1
        source = subject_after(items, first, self.b)
        if source is None or source[1] < self.stop or not items.bits[first] & CAPITAL or self.stop - first > 12:
            return None
        return Frame([(self.a, self.a + 1)], (self.a + 1, self.a + 2), source, "dash-name", 0.85)

    def _is_how(self) -> Frame | None:
        """“…” is how Ann Lee, a neighbour, put it: the clause behind the quotation says whose words they are."""
        items, bits = self.items, self.bits
        how = self.a + 2
        ways = items.grammar.words.get("wording_clauses", ())
        if how + 2 >= self.b or not bits[self.a + 1] & BE or items.words[how] not in ways:
            return None
        for cue in items.within(self.anchors, how + 2, self.stop):
            if bits[cue] & CUE and not bits[cue] & (PARTICIPLE | SPEECH_NOUN | CAPITAL):
                source = subject_before(items, cue, how + 1)
                if source is None or source[0] != how + 1:
                    return None
                return Frame([(self.a, self.a + 1)], (cue, cue + 1), source, "tag-after", 0.85)
        return None

    def _worded(self) -> Frame | None:
        """Pour le maire, « … » · …, in Varga's words, “…”: whose view it is stands before the quotation's comma."""
        items = self.items
        words, grammar = items.words, items.grammar.words
        quote = next(iter(items.within(items.quotes, self.a, self.b)), -1)
        if quote < self.a + 3:
            return None
        if words[self.a] in grammar.get("views", ()):
            comma = next((at for at in range(quote - 1, self.a, -1) if words[at] == ","), self.a)
            whole = starts_noun_phrase(items, self.a + 1) and comma - self.a <= _VIEW and quote - comma <= _VIEW
            verb = any(items.bits[at] & FINITE for at in range(self.a + 1, comma))
            known = comma == quote - 1 or any(items.bits[at] & (SOMEONE | CAPITAL) for at in range(self.a + 1, comma))
            if whole and known and not verb and comma > self.a + 1:
                source = (self.a + 1, comma)
                return self._content(source, self.a, self.a + 1, comma + 1, self.stop, "according-to", 0.75)
        if words[quote - 1] != ",":
            return None
        if words[quote - 2] not in grammar.get("wordings", ()):
            return None
        owner = quote - 3
        start = max((at for at in range(self.a, owner) if items.bits[at] & PREPOSITION), default=-1)
        owned = items.bits[owner] & POSSESSIVE or items.owns(owner)
        if start < 0 or not owned:
            return None
        return self._content((start + 1, owner + 1), quote - 2, quote - 1, quote, quote + 1, "according-to", 0.75)

    def _on_paper(self) -> Frame | None:
        """«…», peut-on lire sur une pancarte · En la pancarta se leía: «…»: the thing it is written on says it."""
        items = self.items
        quote = next(iter(items.within(items.quotes, self.a, self.b)), -1)
        if quote < 0:
            return None
        papers = items.grammar.words.get("papers", ())
        before, after = (self.a, quote), (quote + 1, self.stop)
        locative = items.grammar.order == "sov"  # the ending of its case says where the words stand
        stands = items.grammar.order == "v2" and items.bits[quote - 1] & VERBISH  # Auf dem Schild steht „…“
        opens = locative or stands or items.words[quote - 1] == ":"
        stretch = after if quote == self.a else before if opens else (0, 0)
        for noun in range(*stretch):
            if items.words[noun] not in papers:
                continue
            start = noun
            while start > stretch[0] and items.bits[start - 1] & OWNER:
                start -= 1
            if locative or (start > stretch[0] and items.bits[start - 1] & PREPOSITION):
                frame = Frame([(quote, quote + 1)], None, (start, noun + 1), "on-paper", 0.75)
                frame.split = stretch == before
                return frame
        return None

    def _colon_introduces(self) -> Frame | None:
        """She rolled out her message: “It is about us.”: whoever the sentence is about says what the colon opens."""
        items = self.items
        for quote in items.within(items.quotes, self.a + 2, self.stop):
            colon = quote - 1
            if items.words[colon] == ":" and self._sentence_like(quote):
                source = self._main_subject(colon)
                frame = Frame([(quote, quote + 1)], (colon, quote), source, "colon-introduces", 0.5)
                frame.split = quote + 1 >= self.stop
                return frame
        return None
