"""From a source phrase to a speaker: one rule per kind of phrase, each with its name and confidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from onrecord.lexicons import load
from onrecord.names import NameHit, find_names, squash, words_for
from onrecord.names.endings import plain
from onrecord.schema.interview import Evidence, Interview, Quote, Span, SpeakerKind
from onrecord.stages.attribution.cast import Cast, Member
from onrecord.stages.attribution.phrases import head_name, main_of
from onrecord.stages.attribution.scene import Scene
from onrecord.stages.attribution.verdicts import Verdict
from onrecord.text.alignment import Aligned, align

_ECHO = 0.6  # similarity with a turn from which its speaker is taken to be quoted
_WINDOW = 1200  # characters a pronoun may look back
_TOLD = frozenset(
    {"tag-after", "tag-inside", "tag-final", "clause-that", "clause-bare", "infinitive", "cue-quote", "object"}
)
_OWNED = 2  # words after a possessive that may stand for what somebody said
_BESIDE = 160  # characters between a quotation and the mention that its paragraph starts a sentence with
_HEAD = 32  # characters that two words before the head of a sentence may take
_SENTENCE_END = re.compile(r"[.!?…][”\"’'»)]*\s+|\n|[“\"„«]")


class Resolver:
    """Resolves the sources of an interview's quotations in the order of the text."""

    def __init__(self, interview: Interview, language: str | None) -> None:
        self.interview, self.text = interview, interview.text
        self.language = language
        words = load(language or "en", "quotes") or load("en", "quotes")
        self.first = frozenset(words.get("first_person", ()))
        self.singular = frozenset(words.get("first_person", ())[:1])
        self.second = frozenset(words.get("second_person", ()))
        self.he = frozenset(words.get("masculine_pronouns", ()))
        self.she = frozenset(words.get("feminine_pronouns", ()))
        self.they = frozenset(words.get("plural_pronouns", ()))
        self.owners: Mapping[str, str] = words.get("owners", {})
        self.sayings = frozenset(words.get("speech_nouns", ()))
        self.impersonal = frozenset(words.get("impersonal", ()))
        self.agents = frozenset(words.get("agents", ()))
        self.polite = frozenset(words.get("polite", ()))
        self.dropped = frozenset(words.get("impersonal_endings", ())) if words.get("pro_drop") else None
        self.relatives = frozenset(words.get("relatives", ()))
        self.pronouns = frozenset(words.get("subject_pronouns", ())) | self.first | self.second
        self.possessives = frozenset(words.get("possessives", ()))
        self.words = words_for(language)
        self.plural = str(words.get("plural_ending", ""))
        self.feminine = frozenset(words.get("genders_feminine", ()))
        self.feminine_endings = tuple(words.get("feminine_endings", ()))
        self.masculine = frozenset(words.get("genders_masculine", ()))
        self.cast = Cast(interview, language)
        spans = [turn.span for turn in interview.turns]
        self.turn_starts, self.turn_ends = [span.start for span in spans], [span.end for span in spans]
        self.labels = frozenset(turn.label.start for turn in interview.turns if turn.label is not None)
        self.turn_place = {turn.id: place for place, turn in enumerate(interview.turns)}
        self.turn_speaker = {turn.id: turn.speaker for turn in interview.turns}
        self.echoed = _echoed(interview)
        self.scene = Scene(interview)
        self._read_names()
        self.cast.put_in_order()
        self.last: Member | None = None  # who was quoted last
        self.last_at = -1
        self.resolved: dict[str, Member] = {}

    def _read_names(self) -> None:
        """Take the names of the text itself as candidates, beside the speakers known so far, who stay as they are."""
        seen: dict[str, Member] = {}
        for hit in find_names(self.text, self.language):
            if hit.kind in ("place", "title"):
                continue
            name = self.text[hit.start : hit.end]
            chars = (hit.start, hit.end)
            member = seen.get(name)
            if member is None:
                basic = self._basic(name)
                member, others = self.cast.named(basic) if self.cast.knows(basic) else (None, [])
                member = others[0] if member is None and others else member
                if member is None:
                    member = self.cast.add_named(basic, _kind(hit), chars)
                elif member.original is None:
                    self.cast.learn(member, basic)
                seen[name] = member
            if member.original is not None:
                self.cast.pass_by(member, chars)
                continue
            self.cast.mention(member, chars)
            if hit.kind == "person":
                member.kind = "person"
            if hit.title:
                self.cast.introduce(member.number, hit.title)
                self._gender_from(member, hit.title)

    def _basic(self, name: str) -> str:
        """A name as its bearer gives it: of `Глебом Тарасовым` Глеб Тарасов."""
        return plain(name, self.language) or name

    def _gender_from(self, member: Member, title: str) -> None:
        words = {word.strip(".,").lower() for word in title.split()}
        if words & self.feminine or any(len(word) > 5 and word.endswith(self.feminine_endings) for word in words):
            member.gender = "f"
        elif words & self.masculine:
            member.gender = "m"

    # ------------------------------------------------------------------ one quotation

    def resolve(self, quote: Quote) -> Verdict | None:
        """Return who is quoted; null if nobody can be named."""
        verdict = self._source(quote) if quote.source else self._unsourced(quote)
        if verdict is not None and verdict.member is not None:
            member = verdict.member
            member.quoted = True
            self.resolved[quote.id] = member
            if quote.evidence.rule == "on-paper":
                return verdict  # nobody takes turns with a wall
            if quote.kind == "direct" and quote.parent is None:
                self.scene.said(quote, member.number)
            elif quote.parent is None:
                self.scene.reported(quote, member.number)
            if quote.kind in ("direct", "mixed", "indirect") and quote.parent is None:
                self.last, self.last_at = member, quote.source[0].start if quote.source else quote.content[0].start
        return verdict

    def _unsourced(self, quote: Quote) -> Verdict | None:
        """A quotation without a source: who says it in a turn, whom its paragraph is about, or whose turn it is."""
        if quote.parent is not None:
            return None
        dropped = self._dropped(quote)
        if dropped is not None or quote.kind != "direct":
            return dropped
        return self._echoed(quote) or (None if quote.turn else self._placed(quote))

    def _dropped(self, quote: Quote) -> Verdict | None:
        """«…», añadió: a subject left out is the one who was quoted just before, or whom the paragraph is about."""
        if self.dropped is None or quote.cue is None or quote.turn is not None or quote.evidence.rule not in _TOLD:
            return None
        cue = quote.cue.of(self.text).lower()
        if cue.split()[0] in self.impersonal or cue.endswith(tuple(self.dropped)):
            return None
        unit = self.scene.unit_of(quote)
        start, _ = self.scene.bounds(unit)
        if self.last is not None and self.last_at >= start:
            return Verdict(self.last, "goes-on", 0.65, ((self.last_at, self.last_at + 1),))
        return None

    def _placed(self, quote: Quote) -> Verdict | None:
        """By its place: the paragraph's own subject, two who take turns, or the one who was just speaking."""
        scene = self.scene
        unit = scene.unit_of(quote)
        about = self._about(quote, unit)
        if about is not None:
            return about
        held = scene.speaker_in(unit)
        if held is not None:
            return Verdict(self.cast.members[held], "goes-on", 0.6)
        before = scene.speaker_in(unit - 1)
        if before is None:
            return self._beat(unit - 1) if scene.dialogue else None
        if not scene.dialogue:
            return Verdict(self.cast.members[before], "goes-on", 0.55)
        earlier = next(
            (n for n in (scene.voice_in(unit - back) for back in range(1, 7)) if n not in (None, before)), None
        )
        if earlier is None:
            return self._other(quote, before)
        return Verdict(self.cast.members[earlier], "takes-turns", 0.55)

    def _other(self, quote: Quote, speaker: int) -> Verdict | None:
        """Whoever was named last beside the one who has just spoken: nobody else has spoken so far."""
        at = quote.content[0].start
        for start, member in self.cast.before(at, at - _WINDOW):
            if member.number != speaker and member.kind in ("person", "unknown") and not self.scene.quoted(start):
                return Verdict(member, "takes-turns", 0.45, ((start, start + 1),))
        return None

    def _about(self, quote: Quote, unit: int) -> Verdict | None:
        """The person the rest of the paragraph starts with: “Yes?” Ann looked up."""
        first, last = sorted((quote.content[0].start, quote.content[-1].end))
        best: tuple[int, int, Member] | None = None
        for at, member in self._beside(first, last, unit):
            if member.kind in ("organization", "group") or self.scene.quoted(at) or not self._opens(at):
                continue
            distance = min(abs(at - first), abs(at - last))
            if best is None or distance < best[0]:
                best = distance, at, member
        if best is None:
            return None
        return Verdict(best[2], "same-paragraph", 0.6, ((best[1], best[1] + 1),))

    def _beside(self, first: int, last: int, unit: int) -> Iterable[tuple[int, Member]]:
        """Mentions in the paragraph near one of two places: the rest of it may be a whole book."""
        start, end = self.scene.bounds(unit)
        before = min(first + _BESIDE + 1, end)
        yield from self.cast.between(max(start, first - _BESIDE), before)
        yield from self.cast.between(max(start, last - _BESIDE, before), min(last + _BESIDE + 1, end))

    def _beat(self, unit: int) -> Verdict | None:
        """Ann sighed. “Yes.”: a short paragraph without quotation before it says who speaks next."""
        start, end = self.scene.bounds(unit)
        if unit < 0 or end - start > _BESIDE:
            return None
        for at, member in self.cast.between(start, min(end, start + 8)):
            if member.kind not in ("organization", "group"):
                return Verdict(member, "beat-before", 0.5, ((at, at + 1),))
        return None

    def settle(self, quotes: Sequence[Quote]) -> dict[str, Verdict]:
        """Go back over what is still open in a dialogue: whoever speaks two paragraphs later spoke here too."""
        found: dict[str, Verdict] = {}
        if not self.scene.dialogue:
            return found
        for quote in reversed(quotes):
            unit = self.scene.unit_of(quote)
            if quote.kind != "direct" or quote.parent or quote.source or self.scene.speaker_in(unit) is not None:
                continue
            later, next_ = self.scene.speaker_in(unit + 2), self.scene.speaker_in(unit + 1)
            if later is None or next_ is None or later == next_:
                continue
            member = self.cast.members[later]
            self.scene.said(quote, later)
            found[quote.id] = Verdict(member, "takes-turns", 0.5)
        return found

    def _opens(self, at: int) -> bool:
        """Whether a mention opens a sentence."""
        before = self.text[max(0, at - 3) : at].strip()
        return not before or before[-1:] in ".!?”\"'’»“\n"

    def _echoed(self, quote: Quote) -> Verdict | None:
        found = self.echoed.get(quote.id)
        if found is None or found.similarity < _ECHO:
            return None
        speaker = self.interview.turns[found.said].speaker
        if speaker is None or speaker not in self.cast.by_id:
            return None
        return Verdict(
            self.cast.by_id[speaker],
            "said-in-turn",
            0.98 if found.similarity == 1.0 else round(0.5 + found.similarity / 2.5, 2),
            ((found.start, found.end),),
        )

    def _source(self, quote: Quote) -> Verdict | None:
        assert quote.source is not None
        span = quote.source[0]
        phrase = self.text[span.start : span.end]
        lower = phrase.lower().strip(" ,.")
        bare = re.split(r"['’]", lower)[0]
        if lower in self.first or bare in self.first:
            return self._first_person(quote)
        if lower in self.second or bare in self.second or (phrase in self.polite and not self._opens(span.start)):
            return self._second_person(quote)
        if lower in self.relatives:
            return self._relative(span.start)
        if lower in self.pronouns or lower in self.possessives or bare in self.pronouns:
            return self._pronoun(bare if bare in self.pronouns else lower, span)
        owner = self._owner(lower)
        return self._pronoun(owner, span) if owner is not None else self._phrase(phrase, span)

    def _owner(self, phrase: str) -> str | None:
        """Whose words they are, where a phrase says so by a pronoun alone: seinen Angaben, onun sözlərinə, ihm."""
        first, *rest = phrase.split() or [""]
        if first not in self.owners or len(rest) > _OWNED:
            return None
        return first if not rest or any(word in self.sayings for word in rest) else None

    def _first_person(self, quote: Quote) -> Verdict | None:
        """I within a quotation is the one quoted there; in a turn, the turn's own speaker."""
        if quote.parent is not None and quote.parent in self.resolved:
            return Verdict(self.resolved[quote.parent], "first-person-in-quote", 0.8)
        if quote.turn is not None:
            speaker = self.turn_speaker.get(quote.turn)
            if speaker is not None and speaker in self.cast.by_id:
                return Verdict(self.cast.by_id[speaker], "first-person-in-turn", 0.95)
            return None
        if quote.source and quote.source[0].of(self.text).lower() in self.singular:
            span = quote.source[0]
            return Verdict(self.cast.narrator((span.start, span.end)), "narrator", 0.7)
        return None

    def _second_person(self, quote: Quote) -> Verdict | None:
        """You, in a question: the one who answers it."""
        turn = self.interview.turns[self.turn_place[quote.turn]] if quote.turn is not None else None
        if turn is None or quote.parent is not None or turn.role != "question" or turn.speaker is None:
            return None
        place = self.turn_place[turn.id] + 1
        answer = self.interview.turns[place] if place < len(self.interview.turns) else None
        if answer is None or answer.speaker in (None, turn.speaker) or answer.speaker not in self.cast.by_id:
            return None
        return Verdict(self.cast.by_id[answer.speaker], "second-person-in-question", 0.8)

    def _relative(self, at: int) -> Verdict | None:
        """who, which: whoever is named just before."""
        for start, member in self.cast.before(at, at - 160):
            return Verdict(member, "relative-antecedent", 0.75, ((start, start + 1),))
        return None

    def _pronoun(self, word: str, span: Span) -> Verdict | None:
        """He, she: the nearest person before that no gender speaks against; the one quoted last is nearer."""
        owner = self.owners.get(word)
        if owner is None and word not in self.he and word not in self.she:
            return self._it_or_they(word, span)
        gender = owner or None if owner is not None else "f" if word in self.she else "m" if self.she else None
        barred = {None: frozenset[str | None](("-",)), "f": frozenset(("-", "m")), "m": frozenset(("-", "f"))}[gender]
        scored: dict[int, float] = {}
        where: dict[int, int] = {}
        own, floor = self._voice_at(span.start)
        fresh: Member | None = None  # the subject of a sentence since somebody was quoted: attention has moved on
        for rank, (start, member) in enumerate(self.cast.before(span.start, span.start - _WINDOW)):
            if rank > 60:
                break
            if self.scene.quoted(start) or start in self.labels:
                continue  # those spoken of are not those who speak, and a label is no mention
            if start < floor and scored:
                break  # within a turn its own words come first
            if member.number == own or self._asks_here(start, span.start):
                continue
            if member.kind in ("organization", "group") or member.gender in barred:
                continue
            if member.kind == "unknown" and (member.name is None or not (member.quoted or " " in member.name)):
                continue
            if start > self.last_at and member is not self.last and self._leads(start):
                fresh = member
            score = self._nearness(start, span.start)
            if score > scored.get(member.number, 0.0):
                scored[member.number], where[member.number] = score, start
        turn = self.scene.expected(span.start)
        if turn is not None:
            member = self.cast.members[turn]
            if member.gender not in barred and member.kind in ("person", "unknown"):
                scored[turn] = scored.get(turn, 0.0) + 0.5
                where.setdefault(turn, span.start)
        elif self.last is not None and self.last.gender not in barred and self.last.kind in ("person", "unknown"):
            distance = span.start - self.last_at
            elsewhere = self.last.number == own or (self.last_at < floor and bool(scored))
            if distance < 2 * _WINDOW and not elsewhere:
                weight = 0.0 if fresh is not None else 0.45
                scored[self.last.number] = scored.get(self.last.number, 0.0) + weight * (1 - distance / (2 * _WINDOW))
                where.setdefault(self.last.number, self.last_at)
        if not scored:
            return None
        order = sorted(scored, key=lambda number: -scored[number])
        best = self.cast.members[order[0]]
        best.gender = best.gender or gender
        margin = scored[order[0]] - (scored[order[1]] if len(order) > 1 else 0.0)
        others = [self.cast.members[number].name for number in order[1:3]]
        note = f"also possible: {', '.join(filter(None, others))}" if any(others) else None
        at = where[order[0]]
        return Verdict(best, "pronoun-nearest", round(min(0.9, 0.55 + margin / 2), 2), ((at, at + 1),), note)

    def _asks_here(self, start: int, end: int) -> bool:
        """Whether a mention is the agent in the same sentence (asked by Ann Lee, she …): then it is not its subject."""
        if end - start > _BESIDE or not self.agents:
            return False
        between = self.text[start:end]
        before = self.text[max(0, start - _HEAD) : start].split()[-2:]
        return not any(mark in between for mark in ".!?\n") and any(word in self.agents for word in before)

    def _voice_at(self, at: int) -> tuple[int | None, int]:
        """Who speaks the turn at a place, who is nobody's `he` there, and where that turn starts."""
        place = bisect_right(self.turn_starts, at) - 1
        if place < 0 or at >= self.turn_ends[place]:
            return None, 0
        member = self.cast.by_id.get(self.interview.turns[place].speaker or "")
        return (member.number if member is not None else None), self.turn_starts[place]

    def _nearness(self, start: int, end: int) -> float:
        """Nearer mentions, and those that open a sentence (subjects), count more."""
        distance = end - start
        score = max(0.05, 1 - distance / _WINDOW)
        return score + 0.25 if self._leads(start) else score

    def _leads(self, at: int) -> bool:
        """Whether a mention stands at the head of its sentence, behind two words at most (But Ann …, Mayor Ann …)."""
        before = self.text[max(0, at - _HEAD) : at]
        opening = _SENTENCE_END.split(before)[-1] if at > _HEAD else _SENTENCE_END.split("\n" + before)[-1]
        if len(opening) >= _HEAD:
            return False
        return len(opening.split()) <= 2

    def _it_or_they(self, word: str, span: Span) -> Verdict | None:
        if self.last is None or span.start - self.last_at > _WINDOW:
            return None
        fits = self.last.kind in ("group", "organization") if word in self.they else self.last.kind == "organization"
        return Verdict(self.last, "pronoun-last-quoted", 0.6, ((self.last_at, self.last_at + 1),)) if fits else None

    def _phrase(self, phrase: str, span: Span) -> Verdict | None:
        """A name, a title, or a description."""
        hit = head_name(phrase, self.language)
        if hit is not None and not self._common(phrase, hit):
            return self._named(phrase, hit, span)
        known_name = self._by_surname(phrase, span)
        if known_name is not None:
            return known_name
        titled = self.cast.titled(main_of(phrase))
        if titled is not None:
            member, rule, confidence = titled
            self.cast.mention(member, (span.start, span.end))
            return Verdict(member, rule, confidence)
        known = self.cast.described(main_of(phrase))
        if known is not None:
            self.cast.mention(known, (span.start, span.end))
            return Verdict(known, "described-again", 0.7)
        main = main_of(phrase)
        if not main or not main[0].isalpha() or len(main) > 120:
            return None
        kind = self._described_kind(main)
        member = self.cast.add_described(main, kind, (span.start, span.start + len(main)))
        self._gender_from(member, main)
        member.evidence = (_why("quoted-description", 0.6, span),)
        return Verdict(member, "description", 0.6)

    def _common(self, phrase: str, hit: NameHit) -> bool:
        """Whether a hit is a common noun with a capital: German prints one, and every language opens sentences so."""
        word = phrase[hit.start : hit.end]
        if hit.kind == "person" or " " in word or word.isupper():
            return False
        plain = squash(word)
        article = self.words.capital_nouns and squash(phrase.split()[0]) in self.words.articles
        return article or self.words.is_person(plain) or plain in self.words.organization_words

    def _by_surname(self, phrase: str, span: Span) -> Verdict | None:
        """A bare surname that only its bearer tells from a noun: where nouns have capitals, no other rule sees it."""
        main = main_of(phrase)
        if not main or " " in main or not main[0].isupper():
            return None
        member, others = self.cast.named(main)
        rule, confidence = ("name", 0.85) if member is not None else ("name-nearest", 0.65)
        if member is None and others:
            member = self.cast.nearest(others, span.start)
        if member is None or member.kind not in ("person", "unknown") or member.name == main:
            return None
        self.cast.mention(member, (span.start, span.start + len(main)))
        return Verdict(member, rule, confidence)

    def _described_kind(self, main: str) -> SpeakerKind:
        """What a description names: its last word says it, where the language's lists know that word."""
        last = squash(main.split()[-1])
        if last in self.words.organization_words:
            return "organization"
        if self.words.is_person(last) or last in self.feminine or last in self.masculine:
            return "person"
        plural = self.plural and last.endswith(self.plural) and last.removesuffix(self.plural)
        if plural or last in self.words.groups:
            return "group"
        return "unknown"

    def _named(self, phrase: str, hit: NameHit, span: Span) -> Verdict:
        name = self._basic(phrase[hit.start : hit.end])
        chars = (span.start + hit.start, span.start + hit.end)
        member, others = self.cast.named(name)
        rule, confidence = "name", 0.95
        note: str | None = None
        if member is None and others:
            near = self.cast.nearest(others, span.start) or others[0]
            names = [other.name for other in others if other is not near]
            member, rule, confidence = near, "name-nearest", 0.7
            note = f"also possible: {', '.join(filter(None, names[:3]))}" if names else None
        if member is None:
            member = self.cast.add_named(name, _kind(hit), chars)
            member.evidence = (_why("quoted-name", 0.8, Span(start=chars[0], end=chars[1])),)
            rule, confidence = "name-new", 0.85
        else:
            self.cast.learn(member, name)
            self.cast.mention(member, chars)
            if not member.evidence:
                member.evidence = (_why("quoted-name", 0.8, Span(start=chars[0], end=chars[1])),)
        title = hit.title or phrase[: hit.start].strip()
        if title and len(title) < 100:
            self.cast.introduce(member.number, title)
            self._gender_from(member, title)
        rest = phrase[hit.end :].strip(" ,")
        if rest and len(rest) < 160 and rest[0].islower() and "," in phrase[hit.end : hit.end + 2]:
            member.descriptors.setdefault(rest.split(", who")[0])
        return Verdict(member, rule, confidence, (), note)


def _echoed(interview: Interview) -> dict[str, Aligned]:
    """Where the turns say what a quotation outside them says that names no source."""
    loose = [
        quote
        for quote in interview.quotes
        if not quote.source and quote.kind == "direct" and quote.turn is None and quote.parent is None
    ]
    asked = [[(span.start, span.end) for span in quote.content] for quote in loose]
    said = [[(span.start, span.end) for span in turn.paragraphs] for turn in interview.turns]
    found = align(interview.text, asked, said) if said else []
    return {quote.id: place for quote, place in zip(loose, found, strict=False) if place is not None}


def _why(rule: str, confidence: float, span: Span) -> Evidence:
    return Evidence(rule=rule, confidence=confidence, spans=(span,))


def _kind(hit: NameHit) -> SpeakerKind:
    return "person" if hit.kind == "person" else "organization" if hit.kind == "organization" else "unknown"
