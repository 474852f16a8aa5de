"""The people and voices of one interview while they are being told apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from onrecord.lexicons import words
from onrecord.names import NameIndex, PersonName, squash
from onrecord.names.match import Match, compared
from onrecord.schema.interview import Evidence, Span, SpeakerKind

_MAX_EVIDENCE_SPANS = 3


@dataclass(slots=True)
class Voice:
    """One speaker in the making."""

    number: int
    kind: SpeakerKind = "unknown"
    names: dict[str, PersonName] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    stated_name: str | None = None
    person: str | None = None
    own_name: str | None = None
    roles: dict[str, None] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    label_spans: list[Span] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    descriptors: dict[str, None] = field(default_factory=dict)
    affiliations: dict[str, None] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    turns: int = 0

    @property
    def speaks(self) -> bool:
        """Whether a turn is this voice's."""
        return self.turns > 0

    @property
    def named(self) -> bool:
        """Whether anything names the voice."""
        return bool(self.names) or self.stated_name is not None or self.own_name is not None

    def add_name(self, name: PersonName, offset: int | None, count: int = 1) -> None:
        """Remember a printed form of the name, where it first stands (null: in the facts only), and how often."""
        form = name.bare
        self.names.setdefault(form, name)
        self.counts[form] = self.counts.get(form, 0) + count
        if offset is not None:
            self.forms[form] = min(offset, self.forms.get(form, offset))

    def because(self, rule: str, confidence: float, spans: Iterable[Span] = (), note: str | None = None) -> None:
        """Record a judgement; a rule that was recorded before keeps its most certain form, with more spans."""
        kept = tuple(span for span in spans if span.end > span.start)[:_MAX_EVIDENCE_SPANS]
        for index, known in enumerate(self.evidence):
            if known.rule == rule and known.note == note:
                places: dict[tuple[int, int], Span] = {}
                for span in (*known.spans, *kept):
                    places.setdefault((span.start, span.end), span)
                merged = tuple(places.values())[:_MAX_EVIDENCE_SPANS]
                certain = max(known.confidence, confidence)
                if merged != known.spans or certain != known.confidence:  # a rule often says the same again
                    self.evidence[index] = Evidence(rule=rule, confidence=certain, spans=merged, note=note)
                return
        self.evidence.append(Evidence(rule=rule, confidence=confidence, spans=kept, note=note))


class Cast:
    """All voices; names are looked up in one index, and two voices found to be one are joined for good."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.voices: list[Voice] = []
        self._joined: list[int] = []
        self._organizations: dict[str, Voice] = {}
        self._index: NameIndex[int] = NameIndex(language)

    def new(self, kind: SpeakerKind = "unknown") -> Voice:
        """Add a voice that is nobody else's."""
        voice = Voice(len(self.voices), kind)
        self.voices.append(voice)
        self._joined.append(voice.number)
        return voice

    def organization(self, name: str) -> Voice:
        """Return the voice of the organization called so, made if it is not there yet."""
        key = _organization_key(name)
        if key not in self._organizations:
            voice = self._organizations[key] = self.new("organization")
            voice.own_name = name
        return self.root(self._organizations[key])

    def known_organization(self, name: str) -> Voice | None:
        """Return the voice of the organization called so, if it is one of the voices."""
        if not self._organizations:
            return None
        voice = self._organizations.get(_organization_key(name))
        return self.root(voice) if voice is not None else None

    def root(self, voice: Voice) -> Voice:
        """Return the voice that `voice` was joined into, or itself."""
        number = voice.number
        while self._joined[number] != number:
            self._joined[number] = self._joined[self._joined[number]]
            number = self._joined[number]
        return self.voices[number]

    def all(self) -> list[Voice]:
        """Return the voices that were not joined into others, in the order they came up."""
        return [voice for voice in self.voices if self._joined[voice.number] == voice.number]

    def name(self, voice: Voice, name: PersonName, offset: int | None, count: int = 1) -> None:
        """Give `voice` a name under which it can be found."""
        voice = self.root(voice)
        voice.add_name(name, offset, count)
        self._index.add(voice.number, name)

    def join(self, kept: Voice, gone: Voice) -> Voice:
        """Make two voices one; `kept` keeps its place and takes everything the other has."""
        kept, gone = self.root(kept), self.root(gone)
        if kept is gone:
            return kept
        self._joined[gone.number] = kept.number
        for form, name in gone.names.items():
            kept.names.setdefault(form, name)
            self._index.add(kept.number, name)
        for form, count in gone.counts.items():
            kept.counts[form] = kept.counts.get(form, 0) + count
        for form, offset in gone.forms.items():
            kept.forms[form] = min(offset, kept.forms.get(form, offset))
        for mine, theirs in (
            (kept.roles, gone.roles),
            (kept.labels, gone.labels),
            (kept.descriptors, gone.descriptors),
            (kept.affiliations, gone.affiliations),
        ):
            mine.update(theirs)
        kept.label_spans.extend(gone.label_spans)
        kept.mentions.extend(gone.mentions)
        kept.places.extend(gone.places)
        kept.turns += gone.turns
        kept.stated_name = kept.stated_name or gone.stated_name
        kept.own_name = kept.own_name or gone.own_name
        kept.person = kept.person or gone.person
        if kept.kind == "unknown":
            kept.kind = gone.kind
        for evidence in gone.evidence:
            kept.because(evidence.rule, evidence.confidence, evidence.spans, evidence.note)
        return kept

    def candidates(self, name: PersonName) -> list[tuple[Voice, Match]]:
        """Return the voices that may bear `name`, each once with its best match, certain ones first.

        A voice is no candidate if another of its full names cannot be this person's (Anna, not Ann, Lee).
        """
        found: dict[int, tuple[Voice, Match]] = {}
        for candidate in self._index.lookup(name):
            voice = self.root(self.voices[candidate.key])
            if voice.number not in found and not self._barred(voice, name):
                found[voice.number] = (voice, candidate.match)
        return list(found.values())

    def _barred(self, voice: Voice, name: PersonName) -> bool:
        """Whether another full name of the voice excludes this one; short forms of one given name do not."""
        if name.is_partial and name.gender is None:
            return False
        known_names = voice.names.values()
        differing = [
            (known, match)
            for known in known_names
            if not (known.is_partial and known.gender is None)
            and (match := compared(known, name)).verdict == "different"
        ]
        if not differing:
            return False
        nicknamed = any(compared(known, name).rule == "nickname" for known in known_names)
        whole = [known for known in known_names if not known.is_partial and not known.has_initials]
        for known, match in differing:
            if (nicknamed and match.rule == "names-differ") or _is_part(known, known_names):
                continue
            if known.has_initials and (whole or name.is_partial):
                continue  # "E. Roe" says nothing of whether Ezra is meant, and Ezra Roe does
            if name.has_initials and _is_short(known, whole):
                continue  # the letters are those of the long form
            return True
        return False

    def may_know(self, text: str) -> bool:
        """Whether a word of `text` is part of any name: a cheap test before looking the name up."""
        return self._index.may_know(text)

    def fitting(self, name: PersonName, where: Callable[[Voice], bool] | None = None) -> list[tuple[Voice, Match]]:
        """Return the voices that can bear `name`, as few as the certainty of their matches leaves."""
        found = [
            (voice, match)
            for voice, match in self.candidates(name)
            if match.rule != "typo" and (where is None or where(voice))
        ]
        same = [entry for entry in found if entry[1].verdict == "same"]
        return same or _by_office(name, _by_surname(found))

    def only(self, name: PersonName, where: Callable[[Voice], bool] | None = None) -> tuple[Voice, Match] | None:
        """Return the one voice that can bear `name`; null if there is none or the name is ambiguous."""
        chosen = self.fitting(name, where)
        return chosen[0] if len(chosen) == 1 else None


def _is_part(name: PersonName, others: Collection[PersonName]) -> bool:
    """Whether another name has all the words of this one and more: then that one decides."""
    parts = set(name.key.split())
    return name.gender is None and any(parts < set(other.key.split()) for other in others)


def _by_office(name: PersonName, found: list[tuple[Voice, Match]]) -> list[tuple[Voice, Match]]:
    """Prefer the one who is printed with the same office (`Mayor Roe`), where the others have another one."""
    if len(found) < 2 or not (mine := name.offices):
        return found
    theirs = [frozenset(o for known in voice.names.values() for o in known.offices) for voice, _ in found]
    chosen = [entry for entry, offices in zip(found, theirs, strict=True) if mine & offices]
    return chosen if len(chosen) == 1 and all(theirs) else found


def _is_short(name: PersonName, others: list[PersonName]) -> bool:
    """Whether `name` is a short form of another one: fewer names, or a nickname."""
    longer = (other for other in others if len(other.parts) > len(name.parts))
    return any(compared(name, other).rule in ("nickname", "middle-name") for other in longer)


def _by_surname(found: list[tuple[Voice, Match]]) -> list[tuple[Voice, Match]]:
    """Prefer surnames to given names and letters: `Jordan` is Ann Jordan before it is Jordan Roe."""
    for rules in (("surname",), ("generation", "initials", "middle-name"), ("given-name", "nickname"), ("initialism",)):
        chosen = [entry for entry in found if entry[1].rule in rules]
        if chosen:
            return chosen if rules != ("surname",) or len(chosen) == 1 else found
    return found


def is_one_person(match: Match) -> bool:
    """Whether a full name and the only one that fits it are one person's, though one of them says more."""
    return match.verdict == "same" or match.rule in ("generation", "initials", "middle-name", "surname")


def same_words(a: str, b: str) -> bool:
    """Whether two names of organizations are the same letters, an article aside."""
    return _organization_key(a) == _organization_key(b) != ""


def _organization_key(text: str) -> str:
    parts = text.split()
    if len(parts) > 1 and parts[0].lower() in words("names", "name_articles"):
        parts = parts[1:]
    return squash("".join(parts))
