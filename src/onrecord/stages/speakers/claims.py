"""What the running text says about who asks and who answers, and who says their own name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicons import words
from onrecord.names import phrases, squash
from onrecord.names.find import NameHit
from onrecord.schema.interview import Span
from onrecord.stages.speakers.cast import Cast, Voice, same_words
from onrecord.stages.speakers.context import apposition, follows, leads
from onrecord.stages.speakers.people import People
from onrecord.stages.speakers.scene import Found, Scene

_DATIVE = re.compile(r"(?:['’-]?(?:[yn]?[aeə]))?\b")
_TITLE_COLON = re.compile(r"\s?[:：]")
_VOCATIVE_END = re.compile(r"\s?[?.!]?\s*$")

Part = Literal["interviewer", "interviewee"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Someone or some outlet is said to ask or to answer."""

    part: Part
    rule: str
    confidence: float
    spans: tuple[Span, ...]
    voice: Voice | None = None
    outlet: str | None = None


def claims(scene: Scene, cast: Cast, people: People) -> list[Claim]:
    """Return what the text before, after and between the turns says, most certain first."""
    found = [
        *_told(scene, cast, people),
        *_interviewed(scene, cast, people),
        *_bylines(scene, cast, people),
        *_title(scene, cast, people),
    ]
    asking = {cast.root(c.voice).number for c in found if c.voice is not None and c.part == "interviewer"}
    found.extend(_introduced(scene, cast, people, asking))
    return sorted(found, key=lambda claim: (-claim.confidence, claim.spans[0].start if claim.spans else 0, claim.part))


def _outside(scene: Scene) -> Iterator[tuple[int, Found]]:
    for index, found in enumerate(scene.names):
        if found.turn < 0:
            yield index, found


def _told(scene: Scene, cast: Cast, people: People) -> Iterator[Claim]:
    """`Roe told THE HERALD`: the teller answers, the outlet asks."""
    for index, found in _outside(scene):
        if index in people.bearers or found.hit.kind in ("title", "place"):
            continue
        known = scene.outlet is not None and same_words(found.text, scene.outlet)
        if not known and found.hit.kind != "organization" and not _outlet_like(found):
            continue
        if scene.words.phrases_follow:
            dative = _DATIVE.match(scene.text, found.hit.end)
            told = dative is not None and dative.end() > found.hit.end and leads(scene, dative.end(), "told")
            told = told or (known and leads(scene, found.hit.end, "told"))
        else:
            told = follows(scene, found.hit.outer, "told") is not None
        if not told:
            continue
        confidence = 0.95 if known else 0.9 if found.hit.kind == "organization" else 0.75
        teller = _teller(scene, people, found)
        spans = [found.span]
        if teller is not None:
            spans = [Span(start=teller[1].hit.start, end=found.hit.end)]
            voice = cast.root(teller[0])
            yield Claim("interviewee", "told-outlet", confidence, tuple(spans), voice=voice)
        name = scene.text[_article_start(scene, found.hit.outer) : found.hit.end]
        yield Claim("interviewer", "told-outlet", confidence - 0.02, tuple(spans), outlet=name)


def _article_start(scene: Scene, offset: int) -> int:
    """Take an article with a capital that is part of the outlet's name (`The Coast`) with it."""
    piece = scene.text[max(0, offset - 5) : offset]
    word = piece.strip().split("\n")[-1].split(" ")[-1]
    own = piece.endswith(" ") and word[:1].isupper() and squash(word) in scene.words.articles
    return offset - len(word) - 1 if own else offset


def _outlet_like(found: Found) -> bool:
    return found.hit.kind == "unknown" and found.hit.title is None


def _teller(scene: Scene, people: People, outlet: Found) -> tuple[Voice, Found] | None:
    """The nearest person named before the outlet in its sentence, else the last one named before it."""
    for found in scene.names_before(outlet.hit.outer):
        voice = people.bearer_of(found)
        if voice is not None and voice.kind != "organization":
            return voice, found
    return None


def _interviewed(scene: Scene, cast: Cast, people: People) -> Iterator[Claim]:
    """`An interview with Ann Roe`, `we spoke to Ann Roe`."""
    for index, found in _outside(scene):
        voice = people.bearers.get(index)
        if voice is None or cast.root(voice).kind == "organization":
            continue
        if scene.words.phrases_follow:
            said = "interviewed" if leads(scene, found.hit.end, "interviewed", 40) else None
        else:
            said = follows(scene, found.hit.outer, "interviewed")
        said = said or follows(scene, found.hit.outer, "guest")
        if said:
            yield Claim("interviewee", "interview-with", 0.93, (found.outer,), voice=cast.root(voice))


def _bylines(scene: Scene, cast: Cast, people: People) -> Iterator[Claim]:
    """`Interview: Ann Roe`, `Propos recueillis par Ann Roe`, `By Ann Roe` on a line of its own."""
    known = phrases(scene.language, "byline")
    for start, end in scene.lines_outside:
        if end - start > 120:
            continue
        line = scene.text[start:end]
        lowered = line.lower()
        if not lowered.startswith(known):
            continue
        phrase = next((p for p in known if lowered.startswith(p) and not lowered[len(p) : len(p) + 1].isalnum()), None)
        if phrase is None:
            continue
        at = start + len(phrase)
        while at < end and scene.text[at] in " \u00a0:—–-\t*_":
            at += 1
        index = scene.name_at(at)
        voice = people.bearers.get(index) if index is not None else None
        if voice is None and index is not None and _is_name(scene.names[index].hit, scene.text):
            voice = people.adopt(index)
        if voice is None or cast.root(voice).kind == "organization":
            continue
        # A single word that names who wrote a text (`By Ann Roe`) says less than one for the talk.
        asks = " " in phrase or phrase not in words("heads", "written_by")
        yield Claim(
            "interviewer", "byline", 0.93 if asks else 0.8, (Span(start=start, end=end),), voice=cast.root(voice)
        )


def _is_name(hit: NameHit, text: str) -> bool:
    tokens = text[hit.start : hit.end].split()
    return hit.kind in ("person", "unknown") and 2 <= len(tokens) <= 4 and "\n" not in text[hit.start : hit.end]


def _title(scene: Scene, cast: Cast, people: People) -> Iterator[Claim]:
    """`Ann Roe: “A sentence of hers”` as the title."""
    starts = {block.span.start for block in scene.interview.blocks if block.kind == "title"}
    for index, found in enumerate(scene.names):
        if found.hit.outer in starts and _TITLE_COLON.match(scene.text, found.hit.end):
            voice = people.bearers.get(index)
            if voice is None and _is_name(found.hit, scene.text):
                voice = people.adopt(index)
            if voice is not None and cast.root(voice).kind != "organization":
                yield Claim("interviewee", "title-name", 0.88, (found.span,), voice=cast.root(voice))


def _introduced(scene: Scene, cast: Cast, people: People, asking: set[int]) -> Iterator[Claim]:
    """The one person the lede describes; failing that, the one name in it, if nothing else can be a person's."""
    named: dict[int, Found] = {}
    described: dict[int, Found] = {}
    others = False
    for index, found in _outside(scene):
        if not scene.in_lede(found.hit.start):
            continue
        voice = people.bearers.get(index)
        if voice is None:
            others = others or (found.hit.kind == "unknown" and " " in found.text and not found.text.isupper())
            continue
        number = cast.root(voice).number
        if number in asking or cast.root(voice).kind == "organization":
            continue
        named.setdefault(number, found)
        if " " in found.text and apposition(scene, found) is not None:
            described.setdefault(number, found)
    for people_, rule, confidence in (
        (described, "introduced-with-descriptor", 0.8),
        (named, "only-person-introduced", 0.7),
    ):
        if len(people_) == 1 and not (others and rule == "only-person-introduced"):
            [(number, found)] = people_.items()
            yield Claim("interviewee", rule, confidence, (found.span,), voice=cast.root(cast.voices[number]))


def vocatives(scene: Scene, cast: Cast, people: People, turns: set[int]) -> list[Claim]:
    """Return who is addressed by name in the given turns: `Ms. Roe, how …?`, `…, Professor?` says nothing."""
    counted: dict[int, list[Found]] = {}
    ends = {p.end for t in turns for p in scene.turns[t].paragraphs}
    starts = {p.start for t in turns for p in scene.turns[t].paragraphs}
    for index, found in enumerate(scene.names):
        if found.turn not in turns:
            continue
        voice = people.bearers.get(index)
        if voice is None or cast.root(voice).kind == "organization":
            continue
        opens = found.hit.outer in starts and scene.text[found.hit.end : found.hit.end + 1] in (",", "!")
        tail = _VOCATIVE_END.match(scene.text, found.hit.end, min(len(scene.text), found.hit.end + 3))
        closes = (
            tail is not None
            and (found.hit.end in ends or found.hit.end + 1 in ends)
            and scene.text[max(0, found.hit.outer - 2) : found.hit.outer] == ", "
        )
        if opens or closes:
            counted.setdefault(cast.root(voice).number, []).append(found)
    if len(counted) != 1:
        return []
    [(number, hits)] = counted.items()
    spans = tuple(found.span for found in hits[:3])
    return [Claim("interviewee", "vocative", 0.85, spans, voice=cast.root(cast.voices[number]))]


def own_names(scene: Scene, people: People) -> Iterator[tuple[int, Found, int]]:
    """Yield `(turn, name, index)` where the speaker of a turn says their own name."""
    for index, found in enumerate(scene.names):
        if found.turn < 0 or found.hit.kind not in ("person", "unknown"):
            continue
        phrase = follows(scene, found.hit.outer, "self_introduction")
        if phrase is None or not _clause_end().match(scene.text, found.hit.end):
            continue
        whole = " " in found.text
        known = index in people.bearers or squash(found.text) in scene.words.given
        if (whole and (found.hit.kind == "person" or phrase not in words("names", "presents"))) or known:
            yield found.turn, found, index


@cache
def _clause_end() -> re.Pattern[str]:
    """What comes after a name that somebody says as their own."""
    goes_on = "|".join(sorted(words("names", "after_own_name")))
    return re.compile(rf"[\"”’']?(?:[.,!;:?\n—–-]|\s(?:{goes_on})\b|\s[—–-]|$)")


def guests(scene: Scene, people: People) -> Iterator[tuple[Voice, Found]]:
    """Yield those whom a host announces as a guest."""
    for index, found in enumerate(scene.names):
        voice = people.bearers.get(index)
        if voice is not None and follows(scene, found.hit.outer, "guest") is not None:
            yield voice, found
