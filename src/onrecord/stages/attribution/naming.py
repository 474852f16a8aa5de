"""Sources that are a name, a title, or a description."""

from __future__ import annotations

from onrecord.names import NameHit, squash
from onrecord.schema.interview import Span, SpeakerKind
from onrecord.stages.attribution.phrases import head_name, main_of
from onrecord.stages.attribution.reading import Reading
from onrecord.stages.attribution.verdicts import Verdict

_TITLE = 100  # characters of the longest title before a name
_DESCRIPTION = 160  # characters of the longest description behind it


def phrase(reading: Reading, printed: str, span: Span) -> Verdict | None:
    """Return whom a source phrase, `printed` at `span`, names or describes."""
    hit = head_name(printed, reading.language)
    if hit is not None and not _common(reading, printed, hit):
        return _named(reading, printed, hit, span)
    known_name = _by_surname(reading, printed, span)
    if known_name is not None:
        return known_name
    main = main_of(printed, reading.language)
    titled = reading.cast.titled(main)
    if titled is not None:
        member, rule, confidence = titled
        reading.cast.mention(member, (span.start, span.end))
        return Verdict(member, rule, confidence)
    known = reading.cast.described(main)
    if known is not None:
        reading.cast.mention(known, (span.start, span.end))
        known.explain("quoted-description", 0.6, (span.start, span.end))
        return Verdict(known, "described-again", 0.7) if known.quoted else Verdict(known, "description", 0.6)
    return _described(reading, main, span)


def _described(reading: Reading, main: str, span: Span) -> Verdict | None:
    if not main or not main[0].isalpha() or len(main) > _TITLE + 20:
        return None
    chars = (span.start, span.start + len(main))
    member = reading.cast.add_described(main, _described_kind(reading, main), chars)
    member.gender = reading.words.gender(main)
    member.explain("quoted-description", 0.6, (span.start, span.end))
    return Verdict(member, "description", 0.6)


def _common(reading: Reading, printed: str, hit: NameHit) -> bool:
    """Whether a hit is a common noun with a capital: German prints one, and every language opens sentences so."""
    word = printed[hit.start : hit.end]
    if hit.kind == "person" or " " in word or word.isupper():
        return False
    names, plain = reading.words.names, squash(word)
    article = names.capital_nouns and squash(printed.split()[0]) in names.articles
    return article or names.is_person(plain) or plain in names.organization_words


def _by_surname(reading: Reading, printed: str, span: Span) -> Verdict | None:
    """A bare surname that only its bearer tells from a noun: where nouns have capitals, no other rule sees it."""
    main = main_of(printed, reading.language)
    if not main or " " in main or not main[0].isupper():
        return None
    bearers = reading.cast.named(main)
    member = bearers[0] if len(bearers) == 1 else reading.cast.nearest(bearers, span.start)
    rule, confidence = ("name", 0.85) if len(bearers) == 1 else ("name-nearest", 0.65)
    if member is None or member.kind not in ("person", "unknown") or member.name == main:
        return None
    reading.cast.mention(member, (span.start, span.start + len(main)))
    return Verdict(member, rule, confidence)


def _described_kind(reading: Reading, main: str) -> SpeakerKind:
    """What a description names: its last word says it, where the language's lists know that word."""
    words = reading.words
    last = squash(main.split()[-1])
    if last in words.names.organization_words:
        return "organization"
    if words.names.is_person(last) or last in words.feminine or last in words.masculine:
        return "person"
    plural = words.plural and last.endswith(words.plural) and last.removesuffix(words.plural)
    return "group" if plural or last in words.names.groups else "unknown"


def _named(reading: Reading, printed: str, hit: NameHit, span: Span) -> Verdict:
    cast = reading.cast
    name = reading.basic(printed[hit.start : hit.end])
    title = hit.title or printed[: hit.start].strip()
    gender = reading.words.gender(title) if title else None
    chars = (span.start + hit.start, span.start + hit.end)
    bearers = reading.bearers(name, gender)
    rule, confidence, note = "name", 0.95, None
    if not bearers:
        member = reading.add(name, hit.kind, hit.title, chars, gender)
        rule, confidence = "name-new", 0.85
    else:
        member = bearers[0]
        if len(bearers) > 1:
            member = cast.nearest(bearers, span.start) or member
            rule, confidence = "name-nearest", 0.7
            names = [other.name for other in bearers if other is not member and other.name]
            note = f"also possible: {', '.join(names[:3])}" if names else None
        cast.learn(member, name)
        cast.mention(member, chars)
    member.explain("quoted-name", 0.8, chars)
    if title and len(title) < _TITLE:
        cast.introduce(member.number, title)
        member.gender = gender or member.gender
    rest = printed[hit.end :].strip(" ,")
    if rest and len(rest) < _DESCRIPTION and rest[0].islower() and "," in printed[hit.end : hit.end + 2]:
        for clause in reading.relative:
            rest = rest.partition(clause)[0]
        member.descriptors.setdefault(rest)
    return Verdict(member, rule, confidence, (), note)
