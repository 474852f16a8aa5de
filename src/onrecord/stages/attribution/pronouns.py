"""Sources that are pronouns: I, you, he, she, it, they, who."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from onrecord.schema.interview import Quote
from onrecord.stages.attribution.cast import Member
from onrecord.stages.attribution.reading import Reading
from onrecord.stages.attribution.verdicts import Verdict
from onrecord.stages.attribution.words import SourceWords, source_words

_WINDOW = 1200  # characters a pronoun may look back
_MOST = 60  # mentions it may look at
_WHO = 160  # characters between a name and its `who`
_BESIDE = 160  # characters between the agent of a sentence and its subject
_LEADS = 0.25  # what a mention at the head of a sentence counts more
_HEAD = 32  # characters that two words may take
_GENITIVE = re.compile(r"['’]")
_OWNED = 2  # words after a possessive that may stand for what somebody said


Rule = Callable[[Reading, Quote], Verdict | None]


def pronoun_rule(reading: Reading, quote: Quote) -> Rule | None:
    """Return the rule for a source that is a pronoun; null if it is none."""
    assert quote.source is not None
    span = quote.source[0]
    return _rule_for(span.of(reading.text), reading.language, reading.opens(span.start))


@lru_cache(maxsize=8192)
def _rule_for(phrase: str, language: str | None, opens: bool) -> Rule | None:
    words = source_words(language)
    lower = phrase.lower().strip(" ,.")
    bare = _GENITIVE.split(lower, maxsplit=1)[0]
    if lower in words.standing or bare in words.standing or phrase in words.polite:
        if lower in words.first or bare in words.first:
            return _first_person
        if lower in words.second or bare in words.second or (phrase in words.polite and not opens):
            return _second_person
        if lower in words.relatives:
            return _relative
        if lower in words.pronouns or lower in words.possessives or bare in words.pronouns:
            return partial(_third_person, word=bare if bare in words.pronouns else lower)
    owner = _owner(lower, words)
    return None if owner is None else partial(_third_person, word=owner)


def _owner(phrase: str, words: SourceWords) -> str | None:
    """Whose words they are, where a phrase says so by a pronoun alone: seinen Angaben, onun sözlərinə, ihm."""
    first, *rest = phrase.split() or [""]
    if first not in words.owners or len(rest) > _OWNED:
        return None
    return first if not rest or any(word in words.sayings for word in rest) else None


def _first_person(reading: Reading, quote: Quote) -> Verdict | None:
    """I within a quotation is the one quoted there; in a turn, the turn's own speaker."""
    if quote.parent is not None and quote.parent in reading.resolved:
        return Verdict(reading.resolved[quote.parent], "first-person-in-quote", 0.8)
    if quote.turn is not None:
        speaker = reading.interview.turns[reading.turns.place[quote.turn]].speaker
        if speaker is not None and speaker in reading.cast.by_id:
            return Verdict(reading.cast.by_id[speaker], "first-person-in-turn", 0.95)
        return None
    if quote.source and quote.source[0].of(reading.text).lower() in reading.words.singular:
        span = quote.source[0]
        return Verdict(reading.cast.narrator((span.start, span.end)), "narrator", 0.7)
    return None


def _second_person(reading: Reading, quote: Quote) -> Verdict | None:
    """You, in a question: the one who answers it."""
    turns = reading.interview.turns
    turn = turns[reading.turns.place[quote.turn]] if quote.turn is not None else None
    if turn is None or quote.parent is not None or turn.role != "question" or turn.speaker is None:
        return None
    place = reading.turns.place[turn.id] + 1
    answer = turns[place] if place < len(turns) else None
    if answer is None or answer.speaker in (None, turn.speaker) or answer.speaker not in reading.cast.by_id:
        return None
    return Verdict(reading.cast.by_id[answer.speaker], "second-person-in-question", 0.8)


def _relative(reading: Reading, quote: Quote) -> Verdict | None:
    """who, which: whoever is named just before."""
    at = _place(quote)
    for start, member in reading.cast.before(at, at - _WHO):
        return Verdict(member, "relative-antecedent", 0.75, ((start, start + 1),))
    return None


def _place(quote: Quote) -> int:
    """Where the source of a quotation is printed, or else what is quoted."""
    return quote.source[0].start if quote.source else quote.content[0].start


def _third_person(reading: Reading, quote: Quote, word: str) -> Verdict | None:
    """He, she: the nearest person before that no gender speaks against; the one quoted last is nearer."""
    words = reading.words
    owner = words.owners.get(word)
    if owner is None and word not in words.he and word not in words.she:
        return _it_or_they(reading, word, _place(quote))
    gender = owner or None if owner is not None else "f" if word in words.she else "m" if words.she else None
    candidates = _Candidates(reading, _place(quote), words.against(gender), reading.addressed(quote))
    candidates.look_back()
    candidates.take_turns()
    return candidates.verdict(gender)


class _Candidates:
    """Who a pronoun can stand for, with what speaks for each."""

    def __init__(self, reading: Reading, at: int, barred: frozenset[str | None], addressed: frozenset[int]) -> None:
        self._reading, self._at, self._barred, self._addressed = reading, at, barred, addressed
        self._own, self._floor = reading.voice_at(at)
        self._scores: dict[int, float] = {}
        self._where: dict[int, int] = {}
        self._fresh = False  # whether somebody else was the subject since: attention has moved on

    def look_back(self) -> None:
        """Score those who are mentioned before, within the turn first."""
        reading, scores, at = self._reading, self._scores, self._at
        last, last_at, quoted = reading.last, reading.last_at, reading.scene.quoted
        for rank, (start, member) in enumerate(reading.cast.before(at, at - _WINDOW)):
            if rank > _MOST or (start < self._floor and scores):
                break  # within a turn its own words come first
            if not self._fits(member):
                continue
            score, known = max(0.05, 1 - (at - start) / _WINDOW), scores.get(member.number, 0.0)
            since = start > last_at and member is not last
            if known >= score + _LEADS and (self._fresh or not since):
                continue  # nothing this mention can show changes anything
            # Those spoken of in a quotation are not those who speak, and a label is no mention.
            if start in reading.turns.labels or quoted(start) or self._is_agent(start):
                continue
            if member.kind == "unknown" and not self._is_person(member, start):
                continue
            if reading.leads(start):
                self._fresh = self._fresh or since
                score += _LEADS
            if score > known:
                scores[member.number], self._where[member.number] = score, start

    def _fits(self, member: Member) -> bool:
        if member.kind == "organization" or member.kind == "group" or member.gender in self._barred:
            return False
        return member.number != self._own and member.number not in self._addressed

    def _is_person(self, member: Member, at: int) -> bool:
        """Whether a name that nothing says more of may be a person's: a full one, or one that does or says things."""
        if member.name is None:
            return False
        if member.quoted:
            return True
        if self._reading.words.names.capital_nouns:
            return False  # Ziel der Offensive: every noun has a capital
        if " " in member.name:
            return True
        before = self._reading.text[max(0, at - _HEAD) : at].split()
        governed = bool(before) and before[-1].lower() in self._reading.words.small  # the bridge over Solva
        return member.proper and not governed and self._reading.leads(at)

    def _is_agent(self, start: int) -> bool:
        """Whether a mention is the agent in the same sentence (asked by Ann Lee, she …): then it is not its subject."""
        reading = self._reading
        if self._at - start > _BESIDE or not reading.words.agents:
            return False
        between = reading.text[start : self._at]
        before = reading.text[max(0, start - _HEAD) : start].split()[-2:]
        return not any(mark in between for mark in ".!?\n") and any(word in reading.words.agents for word in before)

    def take_turns(self) -> None:
        """Favour whose turn it is in a dialogue, or else the one who was quoted last."""
        reading, last = self._reading, self._reading.last
        turn = reading.scene.expected(self._at)
        if turn is not None:
            if self._speaks(reading.cast.members[turn]):
                self._favour(turn, 0.5, self._at)
        elif last is not None and self._speaks(last):
            distance = self._at - reading.last_at
            elsewhere = last.number == self._own or (reading.last_at < self._floor and bool(self._scores))
            if distance < 2 * _WINDOW and not elsewhere:
                weight = 0.0 if self._fresh else 0.45
                self._favour(last.number, weight * (1 - distance / (2 * _WINDOW)), reading.last_at)

    def _speaks(self, member: Member) -> bool:
        fits = member.gender not in self._barred and member.number not in self._addressed
        return fits and member.kind in ("person", "unknown")

    def _favour(self, number: int, weight: float, at: int) -> None:
        self._scores[number] = self._scores.get(number, 0.0) + weight
        self._where.setdefault(number, at)

    def verdict(self, gender: str | None) -> Verdict | None:
        """The one with most for them, whose gender the pronoun then says."""
        if not self._scores:
            return None
        members = self._reading.cast.members
        order = sorted(self._scores, key=lambda number: -self._scores[number])
        best = members[order[0]]
        best.gender = best.gender or gender
        margin = self._scores[order[0]] - (self._scores[order[1]] if len(order) > 1 else 0.0)
        others = [name for name in (members[number].name for number in order[1:3]) if name]
        note = f"also possible: {', '.join(others)}" if others else None
        at = self._where[order[0]]
        return Verdict(best, "pronoun-nearest", round(min(0.9, 0.55 + margin / 2), 2), ((at, at + 1),), note)


def _it_or_they(reading: Reading, word: str, at: int) -> Verdict | None:
    last = reading.last
    if last is None or at - reading.last_at > _WINDOW:
        return None
    fits = last.kind in ("group", "organization") if word in reading.words.they else last.kind == "organization"
    return Verdict(last, "pronoun-last-quoted", 0.6, ((reading.last_at, reading.last_at + 1),)) if fits else None
