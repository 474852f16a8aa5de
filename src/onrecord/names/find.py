"""Names in running text: capitalized words that can be a name, found in one pass and cheaply judged.

This is not a tagger: it says where a name may stand and what its own words say about its kind. Whether it
is a person of the interview, the context and the other names decide (`onrecord.stages.speakers`).
"""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from onrecord.names._fold import squash
from onrecord.names._lexicon import Words, words_for
from onrecord.names.person import title_run

NameKind = Literal["person", "organization", "place", "title", "unknown"]

_MAX_TOKENS = 12
_LONG = 160
_NOUN = 28  # characters the noun before a name and the blank between may take
_SUFFIX = re.compile(r"['’-][a-zçğıöşüə]{1,7}$")


class NameHit(NamedTuple):
    """A possible name: `text[start:end]` without titles, `text[outer:end]` with them and what qualifies them.

    `kind`: `person` (a title, a known given name, initials or a generation mark says so), `organization`
    (one of its words says so), `title` (a title alone: `President`), or `unknown`. `title` holds the title's
    words as printed (`Iranian President`), null if there is none.
    """

    start: int
    end: int
    kind: NameKind
    outer: int
    title: str | None = None


class _Part(NamedTuple):
    """A hit relative to the run of capitalized words it stands in."""

    start: int
    end: int
    kind: NameKind
    outer: int
    title: str | None


def find_names(text: str, language: str | None = None) -> list[NameHit]:
    """Return the possible names of `text` in order, without overlaps; linear in the length of `text`.

    A word that only opens a sentence (`The`, `But`) is no name. In German, where every noun has a capital,
    a hit needs a title, a known given name, initials or an organization's word.
    """
    return list(_found(text, language))


@lru_cache(maxsize=2)
def _found(text: str, language: str | None) -> tuple[NameHit, ...]:
    """The names of a text, kept for the next stage that asks for them."""
    hits: list[NameHit] = []
    after_noun = _after_article if words_for(language).capital_nouns else _after_noun
    for match in _runs(_particle_pattern(language)).finditer(text):
        run = match[0]
        parts = _judge(run, language) if len(run) <= _LONG else _judge_long(run, language)
        if not parts:
            continue  # most capitals only open a sentence
        base = match.start()
        behind_blank = base > 0 and text[base - 1] in " \u00a0"
        for start, end, kind, outer, title in parts:
            hit = NameHit(base + start, base + end, kind, base + outer, title)
            if outer == 0 and behind_blank and title is None and (kind == "unknown" or kind == "person"):
                noun = _word_before(text, base)
                if noun.islower():
                    hit = after_noun(text, hit, noun, language)
            hits.append(hit)
    return tuple(hits)


def _word_before(text: str, at: int) -> str:
    """Return the word before a name that stands behind a blank at `at`, without looking far; empty if there is none."""
    before = text[max(0, at - _NOUN) : at].rsplit(None, 1)
    return before[-1] if before else ""


def _after_noun(text: str, hit: NameHit, noun: str, language: str | None) -> NameHit:
    """Take a title or a person's noun in lower case before the name with it (`le président`, `analyst`)."""
    # "official Aran", "member Roe": before a single word only a title makes a person of it.
    name = text[hit.start : hit.end]
    whole = " " in name
    if not _is_person_noun(noun, language, whole) or (not whole and name.isupper()):
        return hit
    return hit._replace(kind="person", outer=hit.start - 1 - len(noun), title=noun)


def _after_article(text: str, hit: NameHit, article: str, language: str | None) -> NameHit:
    """Take the noun between an article and a whole name for what its bearer is (`der Geiger Ann Roe`)."""
    words = words_for(language)
    noun, _, rest = text[hit.start : hit.end].partition(" ")
    if squash(article) not in words.articles or " " not in rest or squash(noun) in words.given:
        return hit
    return hit._replace(start=hit.start + len(noun) + 1, outer=hit.start, kind="person", title=noun)


@lru_cache(maxsize=8192)
def _is_person_noun(word: str, language: str | None, whole: bool) -> bool:
    words = words_for(language)
    folded = squash(word)
    if folded in words.kin:
        return False  # "his father Ann Roe" is about kinship, not a priest
    if not whole:
        return len(folded) > 2 and words.lower_titles and words.is_head(folded)
    return len(folded) > 2 and words.is_person(folded)


@cache
def _upper() -> str:
    """All capital letters of alphabets with capitals, as ranges for a character class."""
    ranges: list[list[int]] = []
    for first in range(0, 0x1_0000, 0x100):
        codes = range(first, first + 0x100)
        if not ("a" + "".join(map(chr, codes))).islower():  # one look at a block, of which most hold no capital
            for code in codes:
                if not (chr(code).isupper() or chr(code).istitle()):
                    continue
                if ranges and ranges[-1][1] == code - 1:
                    ranges[-1][1] = code
                else:
                    ranges.append([code, code])
    return sys.intern("".join(f"{chr(low)}-{chr(high)}" if high > low else chr(low) for low, high in ranges))


@lru_cache(maxsize=64)
def _particle_pattern(language: str | None) -> str:
    words = words_for(language)
    inside = words.particles | words.joints
    return "|".join(sorted(map(re.escape, inside), key=lambda word: (-len(word), word)))


@cache
def _runs(particles: str) -> re.Pattern[str]:
    """Capitalized words joined by single blanks, with lower-case particles between them."""
    upper = f"[{_upper()}]"
    # A short word with a dot goes on only before a capital: "Sen. Warren"; a sentence's end is undone later.
    # The look-behind ends a run after a possessive: "Aran’s President Olim Veda" names two.
    dot = "|".join(rf"(?<=\b{chr(92) + 'w'}{{{n}}}\.)" for n in range(1, 5))
    more = rf"(?:\.(?:{upper}\.){{1,3}}|\w*(?:['’ʼ‑-]\w+)*(?:\.(?:{dot})(?=[ \u00a0]{upper}))?)"
    joint = rf"(?<!['’]s)[ \u00a0-](?:(?:{particles})[ \u00a0]){{0,2}}(?:[dlDL]['’])?"
    # The pattern begins with the class of capitals, not with the look-behind, so that the search skips all else.
    return re.compile(rf"{upper}(?<=\b.){more}(?:{joint}{upper}{more})*")


def _judge_long(run: str, language: str | None) -> tuple[_Part, ...]:
    """Judge a long run piece by piece: a title in capitals or a list, where no name is longer than a piece."""
    found: list[_Part] = []
    position = 0
    while position < len(run):
        end = min(position + _LONG, len(run))
        if end < len(run):
            blank = run.rfind(" ", position + 1, end)
            end = blank if blank > position else end
        found.extend(
            part._replace(start=part.start + position, end=part.end + position, outer=part.outer + position)
            for part in _judge(run[position:end], language)
        )
        position = end
    return tuple(found)


@lru_cache(maxsize=8192)
def _judge(run: str, language: str | None) -> tuple[_Part, ...]:
    return tuple(_parts(run, language))


_TOKEN = re.compile(r"[^ \u00a0]+")


def _parts(run: str, language: str | None) -> list[_Part]:
    words = words_for(language)
    found: list[_Part] = []
    segment: list[tuple[int, int]] = []
    tokens = list(_TOKEN.finditer(run))
    for index, match in enumerate(tokens):
        segment.append(match.span())
        token = match.group()
        if not token.endswith("."):
            continue
        after = squash(tokens[index + 1].group()) if index + 1 < len(tokens) else ""
        if after in words.not_names or not _abbreviates(token, words, len(segment)):
            segment[-1] = (match.start(), match.end() - 1)
            _segment(run, segment, words, found)
            segment = []
    _segment(run, segment, words, found)
    return found


def _abbreviates(token: str, words: Words, position: int) -> bool:
    """Whether a dot belongs to the word (`Sen.`, `J.`) rather than ends a sentence."""
    word = squash(token)
    if len(word) <= 1 or token.count(".") > 1:
        return True
    return word in words.abbreviations or word in words.honorifics or (word in words.suffixes and position > 1)


def _segment(run: str, spans: list[tuple[int, int]], words: Words, found: list[_Part]) -> None:
    """Judge the capitalized words of one stretch; a possessive or an apostrophe with a suffix divides it."""
    first = 0
    for index, (start, end) in enumerate(spans):
        token = run[start:end]
        cut = 2 if token.endswith(("'s", "’s")) else 0
        if not cut and words.suffixing and (match := _SUFFIX.search(token)) is not None:
            cut = len(token) - match.start()
        if cut:
            _stretch(run, [*spans[first:index], (start, end - cut)], words, found)
            first = index + 1
    if first < len(spans):
        _stretch(run, spans[first:], words, found)


def _stretch(run: str, spans: list[tuple[int, int]], words: Words, found: list[_Part]) -> None:
    """Read `Secretary of State Ann Lee`, `Bank of Aran`, or the words on both sides of `of` by themselves."""
    joints = [index for index, (start, end) in enumerate(spans) if run[start:end] in words.joints]
    if not joints:
        _name(run, spans, words, found)
        return
    folded = [squash(run[start:end]) for start, end in spans]
    first, last = joints[0], joints[-1]
    left, right = spans[:first], spans[last + 1 :]
    if left and right and any(words.is_head(word) for word in folded[:first]) and words.is_title(folded[first - 1]):
        given = next((i for i in range(last + 1, len(spans)) if folded[i] in words.given), None)
        start = given if given is not None and given < len(spans) - 1 else len(spans) - 2
        if last + 1 < start or given == last + 1:
            title = run[spans[0][0] : spans[start - 1][1]]
            found.append(_Part(spans[start][0], spans[-1][1], "person", spans[0][0], title))
            return
    if left and right and any(word in words.organization_words for word in folded[:first]):
        found.append(_Part(left[0][0], right[-1][1], "organization", left[0][0], None))
        return
    for side in (left, spans[first + 1 : last], right):
        if side:
            _name(run, side, words, found)


def _name(run: str, spans: list[tuple[int, int]], words: Words, found: list[_Part]) -> None:
    tokens = [run[start:end] for start, end in spans]
    folded = [squash(token) for token in tokens]
    for index in range(1, len(folded) - 1):
        if folded[index] in words.not_names and not (
            _in_names(folded[index], words) or folded[index] in words.honorifics
        ):
            _name(run, spans[:index], words, found)  # "Deposition Of Ann Roe": a heading in title case
            _name(run, spans[index + 1 :], words, found)
            return
    if len(spans) > 2 and _acronym(tokens[0]) and not any(map(str.isupper, tokens[1:])):
        found.append(_Part(*spans[0], "organization", spans[0][0], None))
        spans, tokens, folded = spans[1:], tokens[1:], folded[1:]
    elif (
        len(spans) > 2
        and _acronym(tokens[-1])
        and not any(map(str.isupper, tokens[:-1]))
        and folded[-1] not in words.suffixes
        and folded[-1] not in words.credentials
    ):
        _name(run, spans[:-1], words, found)
        found.append(_Part(*spans[-1], "organization", spans[-1][0], None))
        return
    while spans and "." not in tokens[0] and _opens_only(folded, words):
        spans, tokens, folded = spans[1:], tokens[1:], folded[1:]
    while len(spans) > 1 and folded[-1] in words.not_names and folded[-1] not in words.also_words:
        spans, tokens, folded = spans[:-1], tokens[:-1], folded[:-1]  # a sentence without its full stop
    if not spans or len(spans) > _MAX_TOKENS:
        return
    while len(spans) > 2 and tokens[-1].isupper() and folded[-1] in words.credentials:
        spans, tokens, folded = spans[:-1], tokens[:-1], folded[:-1]  # "Ann Roe KC"
    size, first = _find_title(folded, tokens, words)
    if 1 < size == len(spans) and folded[-1] in words.title_surnames and folded[-2] in words.honorifics:
        size -= 1  # Mr King
    title = run[spans[first][0] : spans[size - 1][1]] if size else None
    rest = spans[size:]
    if not rest:
        found.append(_Part(spans[0][0], spans[-1][1], "title", spans[0][0], title))
        return
    if size and words.capital_nouns and folded[size] in words.title_genitives:
        found.append(_Part(spans[0][0], spans[-1][1], "title", spans[0][0], title))  # der Sprecher der Reederei
        return
    kind = _kind(tokens[size:], folded[size:], words, titled=size > 0)
    if kind == "organization" and size:
        rest, title, size = spans, None, 0  # "General Motors"
    if words.capital_nouns and kind == "unknown" and len(rest) == 1:
        return
    found.append(_Part(rest[0][0], rest[-1][1], kind, spans[first if size else 0][0], title))


def _in_names(word: str, words: Words) -> bool:
    return word in words.also_words or word in words.particles or word in words.given


def _acronym(token: str) -> bool:
    return 2 < len(token) <= 5 and token.isupper() and token.isalpha()


def _opens_only(folded: list[str], words: Words) -> bool:
    """Whether the first word has its capital from opening a sentence (`But`); `Will Smith` is a name."""
    if not folded[0]:
        return True
    if folded[0] not in words.not_names:
        return False
    second = folded[1] if len(folded) > 1 else ""
    if folded[0] in words.honorifics and second and second not in words.not_names:
        return folded[-1] in words.place_words  # Mrs Roe, as British papers print it, but Lord Street
    names = folded[0] in words.given and second and not words.is_title(second) and second not in words.not_names
    return not names


def _find_title(folded: list[str], tokens: list[str], words: Words) -> tuple[int, int]:
    """Return how many leading words are a title with what qualifies it, and where that begins."""
    noun = _leading_noun(folded, squash(tokens[0].rpartition("-")[2]), words)
    if noun:
        return noun, 0
    for start in range(min(len(tokens), 4)):
        if words.capital_nouns and start + 1 < len(tokens) and words.is_person(folded[start]) and start == 0:
            run = max(title_run(tokens[start:], words), 1)
            whole = run < len(tokens) or folded[start] in words.honorifics
            return (_with_nouns(run, folded, words), 0) if whole else (0, 0)
        if not (words.is_title(folded[start]) or folded[start] in words.honorifics):
            if folded[start] in words.given:
                return 0, 0
            continue
        run = title_run(tokens[start:], words)
        if run:
            return _with_nouns(start + run, folded, words), 0
    return 0, 0


def _with_nouns(size: int, folded: list[str], words: Words) -> int:
    """Return how many words before a name are a title, with the nouns behind it that have capitals (`Frau Anwältin`).

    The last word is the name, whatever else it means: Herr Schneider.
    """
    while words.capital_nouns and size < len(folded) - 1 and words.is_person(folded[size]):
        size += 1
    return size


def _leading_noun(folded: list[str], head: str, words: Words) -> int:
    """Return how many words before a whole name say what its bearer is, by a noun with a capital (`Baker Ann Roe`)."""
    if len(folded) < 3 or folded[0] in words.given:
        return 0
    person = words.is_person(head)
    if not words.noun_before_given:
        return 1 if person and not words.is_title(folded[0]) else 0
    for index in range(1, len(folded) - 1):
        if words.is_given(folded[index]):
            # A noun, or an office with its place (Мэр Орла Иван Волов); a surname before a given name stands alone.
            return index if person or (index == 1 and not words.is_patronymic(folded[-1])) else 0
    return 0


def _kind(tokens: list[str], folded: list[str], words: Words, *, titled: bool) -> NameKind:
    if any(word in words.organization_words for word in folded[1:]) or (
        folded[0] in words.organization_words and folded[0] not in words.given
    ):
        return "organization"
    if titled:
        return "person"
    if len(tokens) == 1 and tokens[0].isupper() and 2 <= len(tokens[0]) <= 6:
        return "organization"
    # Where nouns have capitals, a place is one word: behind a given name, Berg and See are surnames.
    surname = words.capital_nouns and len(tokens) > 1 and words.is_given(folded[0])
    if not surname and any(word in words.place_words for word in folded):
        return "place"
    if len(tokens) == 1:
        return "unknown"
    if (
        squash(tokens[0].split("-")[0]) in words.given
        or folded[-1] in words.suffixes
        or folded[-1] in words.after_given
    ):
        return "person"
    if any(token.endswith(".") and len(word) == 1 for token, word in zip(tokens, folded, strict=True)):
        return "person"
    return "unknown"
