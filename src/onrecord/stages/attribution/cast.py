"""Who can be quoted: the speakers known so far, found by name, by title, by description, and in order of mention."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from functools import cache
from heapq import merge
from typing import Any

from onrecord.names import NameIndex, TitleIndex, compared, fold, parse_name, phrases, stated_gender
from onrecord.schema.interview import Interview, Span, Speaker, SpeakerKind, SpeakerRole

Chars = tuple[int, int]
Listed = Speaker | dict[str, Any]
"""A speaker who stays as they are, or another one as plain values: the record validates them as a whole."""


class Member:
    """One speaker while the stage runs: the record's speaker, or one the stage adds."""

    __slots__ = (
        "aliases", "descriptors", "forms", "gender", "kind", "mentions", "name", "number", "original", "proper",
        "quoted", "reason", "roles",
    )  # fmt: skip

    def __init__(self, number: int, name: str | None, kind: SpeakerKind, original: Speaker | None = None) -> None:
        self.number, self.name, self.kind, self.original = number, name, kind, original
        self.quoted = False
        self.reason: tuple[str, float, Chars] | None = None
        self.proper = original is not None  # a name beyond doubt, not a word with a capital that opens a sentence
        self.forms: set[str] = set()  # all under which the member can be looked up
        self.descriptors: dict[str, None] = {}
        self.gender: str | None = stated_gender(name) if name else None  # until the text says more
        self.aliases: dict[str, None] = {}
        self.mentions: dict[Chars, Span | None] = {}  # with the span where the record has it already
        self.roles: tuple[SpeakerRole, ...] = ()
        if original is not None:
            self.aliases = dict.fromkeys(original.aliases)
            self.mentions = {(span.start, span.end): span for span in original.mentions}
            self.roles = original.roles

    def explain(self, rule: str, confidence: float, chars: Chars) -> None:
        """Say by which rule, how surely and from which characters this is a speaker, unless that is said already."""
        self.reason = self.reason or (rule, confidence, chars)


class Cast:
    """The speakers of one interview; members are added as sources name them."""

    def __init__(self, interview: Interview, language: str | None) -> None:
        self.prefix = interview.id
        self.language = language
        self.members: list[Member] = []
        self.by_id: dict[str, Member] = {}
        self._names: NameIndex[int] = NameIndex(language)
        self._looked_up: dict[str, list[Member]] = {}
        self._words: set[str] = set()
        self._titles: TitleIndex[int] = TitleIndex(language)
        self._described: dict[str, int] = {}
        self._timeline: list[tuple[int, int]] = []
        self._ordered = False  # whether that is in order: the names of the text come before anybody asks for it
        self._added: list[tuple[int, int]] = []  # mentions since: they come nearly in order, so that adding is cheap
        self._places: dict[int, list[int]] | None = None  # where each is mentioned; worked out when first asked for
        self._narrator: Member | None = None
        self.stated: dict[Chars, Member] = {}  # whom the record says to be mentioned where
        for speaker in interview.speakers:
            self._take(speaker)

    def _take(self, speaker: Speaker) -> None:
        """Take a speaker of the record: what they are called, what they are, and where they are mentioned."""
        member = self._append(speaker.name, speaker.kind, speaker)
        self.by_id[speaker.id] = member
        if speaker.kind != "group":
            for form in (speaker.name, *speaker.aliases, *speaker.labels):
                if form and not _is_description(form):
                    self._file(member, form)
        for descriptor in speaker.descriptors:
            self._titles.add(member.number, descriptor)
            self._described.setdefault(fold(descriptor), member.number)
        for chars in member.mentions:
            self.stated[chars] = member
            self._timeline.append((chars[0], member.number))
        if self._narrator is None and "narrator" in member.roles:
            self._narrator = member

    def _append(self, name: str | None, kind: SpeakerKind, original: Speaker | None = None) -> Member:
        member = Member(len(self.members), name, kind, original)
        self.members.append(member)
        return member

    def _file(self, member: Member, name: str) -> None:
        """File a form of a name; what was looked up before may now have another answer."""
        if name not in member.forms:
            member.forms.add(name)
            self._words.update(name.casefold().split())
            self._names.add(member.number, name)
            self._looked_up.clear()

    def knows(self, name: str) -> bool:
        """Whether a name shares a word with any so far; a cheap test: other spellings of a new name are another one."""
        return not self._words.isdisjoint(name.casefold().split())

    def named(self, name: str) -> Sequence[Member]:
        """Return the member a name stands for, or all it could stand for."""
        known = self._looked_up.get(name)
        if known is None:
            known = self._looked_up[name] = self._look_up(name)
        return known

    def _look_up(self, name: str) -> list[Member]:
        found = [
            item
            for item in self._names.lookup(name)
            if item.match.rule != "typo" and self._could_be(self.members[item.key], name)
        ]
        chosen = [item for item in found if item.match.verdict == "same"] or found
        # Several fit: the one named last before is meant, as a reader would take it.
        return [self.members[item.key] for item in (chosen if len(chosen) == 1 else found)]

    def _could_be(self, member: Member, name: str) -> bool:
        """Whether a name that fits a form fits the member: Joan, filed as Brackley too, is no Tom Brackley."""
        if len(member.forms) == 1 and member.name in member.forms:
            return True  # it was found by this very form
        if member.name is None:
            return True
        match = compared(parse_name(member.name, self.language), parse_name(name, self.language))
        return match.verdict != "different"

    def titled(self, phrase: str) -> tuple[Member, str, float] | None:
        """Return the one member introduced with the title in `phrase`, with the rule and how sure it is."""
        found = self._titles.resolve(phrase)
        return (self.members[found.key], found.rule, found.confidence) if found else None

    def described(self, phrase: str) -> Member | None:
        """Return the member last described with the same words."""
        number = self._described.get(_key(phrase))
        return None if number is None else self.members[number]

    def introduce(self, number: int, title: str) -> None:
        """Remember a title somebody was named with."""
        self._titles.add(number, title)

    def learn(self, member: Member, name: str) -> None:
        """Remember another form of a member's name; the longest one becomes the name."""
        self._file(member, name)
        if member.original is None and member.name and len(name.split()) > len(member.name.split()):
            member.aliases[member.name] = None
            member.name = name
        elif name != member.name:
            member.aliases[name] = None

    def add_named(self, name: str, kind: SpeakerKind, chars: Chars) -> Member:
        """Add a speaker with a name."""
        member = self._append(name, kind)
        self._file(member, name)
        self.mention(member, chars)
        return member

    def add_described(self, phrase: str, kind: SpeakerKind, chars: Chars) -> Member:
        """Add a speaker the text only describes."""
        member = self._append(None, kind)
        member.descriptors[phrase] = None
        self._described[_key(phrase)] = member.number
        self.mention(member, chars)
        return member

    def narrator(self, chars: Chars) -> Member:
        """Return the one who says `I` outside any turn, adding that voice if it is new."""
        if self._narrator is None:
            self._narrator = self._append(None, "person")
            self._narrator.roles = ("narrator",)
            self._narrator.gender = "-"  # no `he` or `she` stands for the one who says `I`
        self.mention(self._narrator, chars)
        return self._narrator

    def mention(self, member: Member, chars: Chars) -> None:
        """Note that a member is mentioned at `chars`."""
        if chars not in member.mentions:
            member.mentions[chars] = None
            self._note(member.number, chars[0])

    def pass_by(self, member: Member, chars: Chars) -> None:
        """Note that a member is named at `chars`, for who is nearest only: the record's mentions stay as they are."""
        if chars not in member.mentions:
            self._note(member.number, chars[0])

    def _note(self, number: int, place: int) -> None:
        if not self._ordered:
            self._timeline.append((place, number))
            return
        insort(self._added, (place, number))
        if self._places is not None:
            insort(self._places.setdefault(number, []), place)

    def put_in_order(self) -> None:
        """Put the mentions added so far in order, once, rather than each where it belongs."""
        self._timeline.sort()
        self._ordered = True

    def before(self, position: int, floor: int) -> Iterable[tuple[int, Member]]:
        """Members mentioned in `[floor, position)`, the nearest mention first."""
        return reversed(self.between(floor, position))

    def nearest(self, members: Iterable[Member], position: int) -> Member | None:
        """Return which of `members` is the last one mentioned before `position`, however far back that is."""
        if self._places is None:
            self._places = {}
            for place, number in merge(self._timeline, self._added):
                self._places.setdefault(number, []).append(place)
        found = _NOWHERE
        for member in members:
            places = self._places.get(member.number, [])
            at = bisect_left(places, position) - 1
            if at >= 0:
                found = max(found, (places[at], member.number))
        return self.members[found[1]] if found != _NOWHERE else None

    def between(self, start: int, end: int) -> Sequence[tuple[int, Member]]:
        """Members mentioned in `[start, end)`, in order."""
        found, added = _within(self._timeline, start, end), _within(self._added, start, end)
        members = self.members
        return [(place, members[number]) for place, number in (sorted(found + added) if added else found)]

    def speakers(self) -> tuple[list[Listed], dict[int, str]]:
        """Return the record's speakers, changed where they are quoted, and new ones after them; and all ids."""
        ids: dict[int, str] = {}
        used = {speaker.id for speaker in (m.original for m in self.members) if speaker is not None}
        result: list[Listed] = []
        for member in self.members:
            if member.original is not None:
                ids[member.number] = member.original.id
                result.append(_changed(member, member.original))
            elif member.quoted:
                name = ids[member.number] = _unused(f"{self.prefix}#speaker@{min(member.mentions)[0]}", used)
                result.append(_added(member, name))
        return result, ids


_NOWHERE = (-1, -1)


def _within(timeline: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return timeline[bisect_left(timeline, (start, -1)) : bisect_left(timeline, (end, -1))]


def _is_description(form: str) -> bool:
    """Whether a form ends like a description: of `the Corl mayor`, `Corl` alone names a town and no mayor."""
    words = form.split()
    return len(words) > 1 and words[-1][:1].islower()


def _key(phrase: str) -> str:
    """The descriptive words without the article: `the source` is `a source` again."""
    words = fold(phrase).split()
    return " ".join(words[1:] if words and words[0] in _articles() else words)


@cache
def _articles() -> frozenset[str]:
    """What opens a description without being part of it, in any language."""
    return frozenset(phrases(None, "opening_articles"))


def _changed(member: Member, original: Speaker) -> Listed:
    """A speaker of the record, with what quotations add."""
    roles = _roles(member)
    grown = len(member.aliases) != len(original.aliases) or len(member.mentions) != len(original.mentions)
    if roles == original.roles and not grown:
        return original
    return {**vars(original), "roles": roles, "aliases": list(member.aliases), "mentions": _mentions(member)}


def _added(member: Member, name: str) -> Listed:
    """A speaker only quotations name; a pronoun or a place may have led to somebody no source names."""
    seen_as = "quoted-name" if member.name else "quoted-description"
    rule, confidence, (start, end) = member.reason or (seen_as, 0.6, min(member.mentions))
    return {
        "id": name,
        "name": member.name,
        "kind": member.kind,
        "roles": _roles(member),
        "aliases": [alias for alias in member.aliases if alias != member.name],
        "descriptors": list(member.descriptors),
        "mentions": _mentions(member),
        "evidence": [{"rule": rule, "confidence": confidence, "spans": [{"start": start, "end": end}]}],
    }


def _unused(wanted: str, used: set[str]) -> str:
    name, count = wanted, 1
    while name in used:
        count += 1
        name = f"{wanted}.{count}"
    used.add(name)
    return name


def _roles(member: Member) -> tuple[SpeakerRole, ...]:
    roles = member.roles
    if not member.quoted or "quoted" in roles or not _SPEAKING.isdisjoint(roles):
        return roles
    return (*(role for role in roles if role != "mentioned"), "quoted")


def _mentions(member: Member) -> list[Span | dict[str, int]]:
    return [member.mentions[chars] or {"start": chars[0], "end": chars[1]} for chars in sorted(member.mentions)]


_SPEAKING = frozenset({"interviewer", "interviewee", "host", "moderator", "guest", "panelist", "reporter"})
