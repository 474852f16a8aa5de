"""What is known while the quotations of an interview are gone through: who is in it, who spoke, who was named where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from onrecord.names import NameKind, find_names, squash
from onrecord.names.endings import bases, declines, man_of, plain
from onrecord.schema.interview import Interview, Quote, SpeakerKind
from onrecord.stages.attribution.cast import Cast, Chars, Member
from onrecord.stages.attribution.clues import addresses, described, gender_after
from onrecord.stages.attribution.scene import Scene
from onrecord.stages.attribution.words import SourceWords, source_words
from onrecord.text.letters import UPPER

_DASHED = frozenset(("— ", "– "))  # what a turn of a dialogue begins with
_NOBODY = frozenset(("place", "title"))  # kinds of names that nobody bears
_KINDS: Mapping[NameKind, SpeakerKind] = {"person": "person", "organization": "organization"}
_SHORT = 2  # letters of surnames that are too short to be looked for
_CAPITALIZED = re.compile(rf"(?<!\w)[{UPPER}]\w+")
_HEAD = 32  # characters that two words before the head of a sentence may take
_SENTENCE_END = re.compile(r"[.!?…][”\"’'»)]*\s+|\n|[“\"„«]")


class _Turns:
    """Where the turns of an interview and their labels stand, and which turn an id is."""

    __slots__ = ("ends", "labels", "place", "starts")

    def __init__(self, interview: Interview) -> None:
        spans = [turn.span for turn in interview.turns]
        self.starts, self.ends = [span.start for span in spans], [span.end for span in spans]
        self.labels = frozenset(turn.label.start for turn in interview.turns if turn.label is not None)
        self.place = {turn.id: place for place, turn in enumerate(interview.turns)}


class Reading:
    """An interview while it is read from quotation to quotation."""

    def __init__(self, interview: Interview, language: str | None) -> None:
        self.interview, self.text, self.language = interview, interview.text, language
        self.words = source_words(language)
        self.cast = Cast(interview, language)
        self.scene = Scene(interview)
        self._turns: _Turns | None = None  # only pronouns ask for them
        self._declines = declines(language)
        # What a relative clause behind a name begins with; no text has the one of languages without such words.
        self.relative = tuple(f", {word} " for word in sorted(self.words.relatives)) or ("\0",)
        people = _needs_people(interview, self.words)
        subjects = self._read_names(people)
        if self.words.names.capital_nouns:
            self._read_surnames()
        if people:
            self._read_people(subjects)
        self.cast.put_in_order()
        self.last: Member | None = None  # who was quoted last
        self.last_at = -1
        self._leading: dict[int, bool] = {}  # several pronouns look back at one mention
        self.resolved: dict[str, Member] = {}

    @property
    def turns(self) -> _Turns:
        """The places of the turns, worked out when they are first asked for."""
        if self._turns is None:
            self._turns = _Turns(self.interview)
        return self._turns

    def _read_names(self, people: bool) -> list[tuple[int, Member]]:
        """Take the names of the text itself as candidates, beside the speakers known so far, who stay as they are.

        Returns where the names end that are the subject of a sentence, if what pronouns say of `people` is wanted.
        """
        text, cast, at = self.text, self.cast, self.cast.stated
        seen: dict[tuple[str, str | None], Member] = {}
        subjects: list[tuple[int, Member]] = []
        for start, end, kind, outer, title in find_names(text, self.language):
            if kind in _NOBODY:
                continue
            name, chars = text[start:end], (start, end)
            gender = self.words.gender(title) if title else None
            stated = at.get(chars)
            member = stated or seen.get((name, gender))
            if member is None:
                member = seen[name, gender] = self._bearer(name, kind, title, chars, gender)
            if people and (_opens(text[max(0, outer - 3) : outer]) or text.startswith(self.relative, end)):
                subjects.append((end, member))
            if gender and (stated is not None or member.original is None):
                member.gender = gender
            if member.original is not None:
                cast.pass_by(member, chars)
                continue
            cast.mention(member, chars)
            if not member.proper and (kind != "unknown" or not self._only_opens(name, outer)):
                member.proper = True
            if kind == "person":
                member.kind = "person"
            if title:
                cast.introduce(member.number, title)
        return subjects

    def _read_surnames(self) -> None:
        """Note where those named in full are named by surname: where nouns have capitals, no other rule sees it."""
        known: dict[str, tuple[str, Member]] = {}
        for member in self.cast.members:
            surname = member.name.split()[-1] if member.name and " " in member.name else ""
            if member.kind in ("person", "unknown") and len(surname) > _SHORT:
                known.setdefault(surname.split("-")[0], (surname, member))
        if not known:
            return
        for match in _CAPITALIZED.finditer(self.text):
            found = known.get(match.group())
            if found is None:
                continue
            surname, member = found
            start, end = match.start(), match.start() + len(surname)
            if self.text.startswith(surname, start) and not self.text[end : end + 1].isalnum():
                self.cast.pass_by(member, (start, end))

    def _only_opens(self, word: str, outer: int) -> bool:
        """Whether a word may have its capital from the head of a sentence alone; a given name has its own."""
        if " " in word or not (self.opens(outer) or self.text[max(0, outer - 2) : outer] in _DASHED):
            return False
        return not self.words.names.is_given(squash(word))

    def _bearer(self, name: str, kind: NameKind, title: str | None, chars: Chars, gender: str | None) -> Member:
        """Whoever bears a name that is read for the first time, new or known."""
        basic = self.basic(name)
        bearers = self.bearers(basic, gender) if self._knows(basic) else ()
        if not bearers:
            return self.add(basic, kind, title, chars, gender)
        member = bearers[0]
        if member.original is None:
            self.cast.learn(member, basic)
        return member

    def _knows(self, name: str) -> bool:
        """Whether anybody so far may bear a name, in this form or in another case."""
        return any(map(self.cast.knows, self._forms(name))) if self._declines else self.cast.knows(name)

    def _forms(self, name: str) -> tuple[str, ...]:
        """A name as it is printed, and what else it may be in its basic form; the likelier first."""
        if not self._declines:
            return (name,)
        man = man_of(name, self.language)
        return (name, *bases(name, self.language), *((man,) if man is not None else ()))

    def bearers(self, name: str, gender: str | None) -> Sequence[Member]:
        """Return the one who bears a name, or all who may; a title (Mrs.) says who does not.

        A form nobody bears may be a known name in another case (Манцева, of Игорь Манцев).
        """
        for form in self._forms(name):
            found = self.cast.named(form)
            if gender is not None:
                found = [member for member in found if member.gender is None or member.gender == gender]
            if found:
                return found
        return ()

    def add(self, name: str, kind: NameKind, title: str | None, chars: Chars, gender: str | None) -> Member:
        """Add the bearer of a new name; with the title where another bears the same name without it (Mrs. Roe)."""
        if title and gender and self.cast.knows(name) and self.cast.named(name):
            name = f"{title} {name}"
        return self.cast.add_named(name, _KINDS.get(kind, "unknown"), chars)

    def _read_people(self, subjects: list[tuple[int, Member]]) -> None:
        """Take the people the text describes, and what its pronouns say of those it names."""
        for found in described(self.text, self.language):
            phrase = self.text[found.start : found.end]
            chars = (found.start, found.end)
            titled = self.cast.titled(phrase)
            member = titled[0] if titled is not None else self.cast.described(phrase)
            if member is None:
                member = self.cast.add_described(phrase, "person", chars)
                member.proper = True
            else:
                self.cast.pass_by(member, chars)
            member.gender = member.gender or found.gender
            subjects.append((found.end, member))
        votes: dict[int, int] = {}
        for end, member in subjects:
            gender = None if member.gender else gender_after(self.text, end, len(self.text), self.words)
            if gender is not None:
                votes[member.number] = votes.get(member.number, 0) + (1 if gender == "f" else -1)
        for number, vote in votes.items():
            if vote:
                self.cast.members[number].gender = "f" if vote > 0 else "m"

    def basic(self, name: str) -> str:
        """A name as its bearer gives it: of `Глебом Тарасовым` Глеб Тарасов."""
        return (plain(name, self.language) or name) if self._declines else name

    def opens(self, at: int) -> bool:
        """Whether a mention opens a sentence."""
        return _opens(self.text[max(0, at - 3) : at])

    def leads(self, at: int) -> bool:
        """Whether a mention stands at the head of its sentence, behind two words at most (But Ann …, Mayor Ann …)."""
        leading = self._leading.get(at)
        if leading is None:
            leading = self._leading[at] = self._leads(at)
        return leading

    def _leads(self, at: int) -> bool:
        before = self.text[max(0, at - _HEAD) : at]
        opening = _SENTENCE_END.split(before)[-1] if at > _HEAD else _SENTENCE_END.split("\n" + before)[-1]
        words = opening.split()
        if len(opening) >= _HEAD or len(words) > 2:
            return False
        # In `Городскую библиотеку Зареченска` the name only qualifies what stands before it.
        return len(words) < 2 or words[-1][:1].isupper() or self._before_name(words[-1])

    def _before_name(self, word: str) -> bool:
        """Whether a word can stand between the head of a sentence and the name that is its subject."""
        plain = squash(word)
        return plain in self.words.small or self.words.names.is_person(plain) or not word[-1].isalnum()

    def voice_at(self, at: int) -> tuple[int | None, int]:
        """Who speaks the turn at a place, who is nobody's `he` there, and where that turn starts."""
        turns = self.turns
        place = bisect_right(turns.starts, at) - 1
        if place < 0 or at >= turns.ends[place]:
            return None, 0
        member = self.cast.by_id.get(self.interview.turns[place].speaker or "")
        return (member.number if member is not None else None), turns.starts[place]

    def addressed(self, quote: Quote) -> frozenset[int]:
        """The members a quotation speaks to by name: none of them says it."""
        if quote.kind != "direct":
            return frozenset()
        return frozenset(
            member.number
            for span in quote.content
            for at, member in self.cast.between(span.start, span.end)
            if member.proper and member.kind != "organization" and addresses(self.text, span.start, at, span.end)
        )


@lru_cache(maxsize=8192)
def _opens(near: str) -> bool:
    """Whether a sentence begins behind the few characters `near`."""
    before = near.strip()
    return not before or "\n" in near or before[-1:] in ".!?”\"'’»“"


def _needs_people(interview: Interview, words: SourceWords) -> bool:
    """Whether any quotation is left to who is near it: it has no source, or a pronoun for one."""
    pronouns = words.third
    for quote in interview.quotes:
        if quote.parent is not None or quote.kind == "mention":
            continue
        if not quote.source:
            if quote.kind == "direct" and quote.turn is None:
                return True
        elif quote.source[0].of(interview.text).lower().strip(" ,.") in pronouns:
            return True
    return False
