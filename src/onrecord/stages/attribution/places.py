"""Quotations without a source: whose turn, whose sentence, whom the paragraph is about, who takes turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.schema.interview import Interview, Quote
from onrecord.stages.attribution.cast import Member
from onrecord.stages.attribution.reading import Reading
from onrecord.stages.attribution.verdicts import Verdict
from onrecord.text.alignment import Aligned, align

_ECHO = 0.6  # similarity with a turn from which its speaker is taken to be quoted
_WINDOW = 1200  # characters that the other one who takes turns may be named back
_TOLD = frozenset(
    {"tag-after", "tag-inside", "tag-final", "clause-that", "clause-bare", "infinitive", "cue-quote", "object"}
)
_BESIDE = 160  # characters between a quotation and the mention that its paragraph starts a sentence with
_MARKS = frozenset("“\"„«‘'")
_BEAT = 60  # characters of the longest beat: what somebody does before speaking
_BACK = 6  # paragraphs a dialogue looks back for the other voice


def echoes(interview: Interview) -> dict[str, Aligned]:
    """Where the turns say what a quotation outside them says that names no source."""
    loose = [
        quote
        for quote in interview.quotes
        if not quote.source and quote.kind == "direct" and quote.turn is None and quote.parent is None
    ]
    if not loose or not interview.turns:
        return {}
    asked = [[(span.start, span.end) for span in quote.content] for quote in loose]
    said = [[(span.start, span.end) for span in turn.paragraphs] for turn in interview.turns]
    found = align(interview.text, asked, said)
    return {quote.id: place for quote, place in zip(loose, found, strict=False) if place is not None}


def unsourced(reading: Reading, quote: Quote, echoed: Aligned | None) -> Verdict | None:
    """Return who says a quotation that names nobody; null if nothing tells."""
    if quote.parent is not None:
        return None
    dropped = _dropped(reading, quote)
    if dropped is not None or quote.kind != "direct":
        return dropped
    said = _said_in_turn(reading, echoed)
    if said is not None or quote.turn:
        return said
    return _placed(reading, quote)


def _dropped(reading: Reading, quote: Quote) -> Verdict | None:
    """«…», añadió: a subject left out is the one who was quoted just before."""
    endings = reading.words.dropped
    if endings is None or quote.cue is None or quote.turn is not None or quote.evidence.rule not in _TOLD:
        return None
    cue = quote.cue.of(reading.text).lower()
    if cue.split()[0] in reading.words.impersonal or cue.endswith(endings):
        return None
    start, _ = reading.scene.bounds(reading.scene.unit_of(quote))
    if reading.last is not None and reading.last_at >= start:
        return Verdict(reading.last, "goes-on", 0.65, ((reading.last_at, reading.last_at + 1),))
    return None


def _said_in_turn(reading: Reading, found: Aligned | None) -> Verdict | None:
    """Whoever says the same words in a turn of the interview."""
    if found is None or found.similarity < _ECHO:
        return None
    speaker = reading.interview.turns[found.said].speaker
    if speaker is None or speaker not in reading.cast.by_id:
        return None
    confidence = 0.98 if found.similarity == 1.0 else round(0.5 + found.similarity / 2.5, 2)
    return Verdict(reading.cast.by_id[speaker], "said-in-turn", confidence, ((found.start, found.end),))


def _placed(reading: Reading, quote: Quote) -> Verdict | None:
    """By its place: the paragraph's own subject, two who take turns, or the one who was just speaking."""
    scene = reading.scene
    unit = scene.unit_of(quote)
    addressed = reading.addressed(quote)
    about = _about(reading, quote, unit, addressed)
    if about is not None:
        return about
    held = scene.speaker_in(unit)
    if held is not None and held not in addressed:
        return Verdict(reading.cast.members[held], "goes-on", 0.6)
    before = scene.speaker_in(unit - 1)
    if scene.dialogue:
        beat = _beat(reading, unit - 1, addressed, _BESIDE if before is None else _BEAT)
        before = scene.voice_in(unit - 1)
        if beat is not None or before is None:
            return beat
        return _takes_turns(reading, quote, unit, before, addressed)
    if before is None or before in addressed:
        return None
    return Verdict(reading.cast.members[before], "goes-on", 0.55)


def _takes_turns(reading: Reading, quote: Quote, unit: int, before: int, addressed: frozenset[int]) -> Verdict | None:
    """In a dialogue: whom the last quotation spoke to, or the voice before the last, or the other one who is near."""
    scene = reading.scene
    spoken_to = scene.addressed_in(unit - 1)
    if spoken_to is not None and spoken_to not in addressed and spoken_to != before:
        return Verdict(reading.cast.members[spoken_to], "was-addressed", 0.6)
    voices = (scene.voice_in(unit - back) for back in range(1, _BACK + 1))
    earlier = next((number for number in voices if number not in (None, before) and number not in addressed), None)
    if earlier is not None:
        return Verdict(reading.cast.members[earlier], "takes-turns", 0.55)
    return _other(reading, quote, before, addressed)


def _other(reading: Reading, quote: Quote, speaker: int, addressed: frozenset[int]) -> Verdict | None:
    """Whoever was named last beside the one who has just spoken: nobody else has spoken so far."""
    at = quote.content[0].start
    for start, member in reading.cast.before(at, at - _WINDOW):
        if member.number == speaker or member.number in addressed or reading.scene.quoted(start):
            continue
        if _may_speak(member):
            return Verdict(member, "takes-turns", 0.45, ((start, start + 1),))
    return None


def _about(reading: Reading, quote: Quote, unit: int, addressed: frozenset[int]) -> Verdict | None:
    """The person the rest of the paragraph starts with: “Yes?” Ann looked up."""
    first, last = sorted((quote.content[0].start, quote.content[-1].end))
    best: tuple[int, int, Member] | None = None
    for at, member in _beside(reading, first, last, unit):
        if not _may_speak(member) or member.number in addressed:
            continue
        if reading.scene.quoted(at) or not reading.opens(at):
            continue
        distance = min(abs(at - first), abs(at - last))
        if best is None or distance < best[0]:
            best = distance, at, member
    if best is None:
        return None
    return Verdict(best[2], "same-paragraph", 0.6, ((best[1], best[1] + 1),))


def _beside(reading: Reading, first: int, last: int, unit: int) -> Iterable[tuple[int, Member]]:
    """Mentions in the paragraph near one of two places: the rest of it may be a whole book."""
    start, end = reading.scene.bounds(unit)
    before = min(first + _BESIDE + 1, end)
    yield from reading.cast.between(max(start, first - _BESIDE), before)
    yield from reading.cast.between(max(start, last - _BESIDE, before), min(last + _BESIDE + 1, end))


def _beat(reading: Reading, unit: int, addressed: frozenset[int], longest: int) -> Verdict | None:
    """Ann sighed. “Yes.”: a short paragraph without quotation before it says who speaks next."""
    start, end = reading.scene.bounds(unit)
    if unit < 0 or end - start > longest or reading.text[start : start + 1] in _MARKS:
        return None
    if reading.scene.holds_quotation(unit) or reading.scene.voice_in(unit) is not None:
        return None  # somebody has spoken there: it is the other one's turn
    for at, member in reading.cast.between(start, min(end, start + 8)):
        if _may_speak(member) and member.number not in addressed:
            return Verdict(member, "beat-before", 0.5, ((at, at + 1),))
    return None


def _may_speak(member: Member) -> bool:
    """Whether somebody who is only near a quotation may be the one quoted."""
    return member.proper and member.kind in ("person", "unknown")


def settle(reading: Reading, quotes: Sequence[Quote]) -> dict[str, Verdict]:
    """Go back over what is still open in a dialogue: whoever speaks two paragraphs later spoke here too."""
    found: dict[str, Verdict] = {}
    scene = reading.scene
    if not scene.dialogue:
        return found
    for quote in reversed(quotes):
        unit = scene.unit_of(quote)
        if quote.kind != "direct" or quote.parent or quote.source or scene.speaker_in(unit) is not None:
            continue
        later, next_ = scene.speaker_in(unit + 2), scene.speaker_in(unit + 1)
        if later is None or next_ is None or later == next_ or later in reading.addressed(quote):
            continue
        scene.said(quote, later)
        found[quote.id] = Verdict(reading.cast.members[later], "takes-turns", 0.5)
    return found
