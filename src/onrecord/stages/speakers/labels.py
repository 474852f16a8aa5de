"""From printed labels to voices: which labels are one speaker's, and which are kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial

from onrecord.names import Label, PersonName, fold, parse_name, squash
from onrecord.names.match import Match
from onrecord.schema.interview import Span, SpeakerKind
from onrecord.stages.speakers.cast import Cast, Voice, is_one_person, same_words
from onrecord.stages.speakers.scene import LabelUse, Scene


class Labels:
    """Which voice each label stands for; joint labels have their members resolved as labels of their own."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self.scene = scene
        self.cast = cast
        self.who: dict[str, Voice] = {}
        self.members: dict[str, list[str]] = {}
        self._uses: dict[str, LabelUse] = {use.text: use for use in scene.uses}
        for use in scene.uses:
            self._add_members(use)
        self._stated: dict[str, Voice] = {}
        self._by_key: dict[tuple[str, str], Voice] = {}

    def uses(self) -> list[LabelUse]:
        """All labels, those within joint labels included."""
        return list(self._uses.values())

    def voices_of(self, label: str) -> list[Voice]:
        """Return the voices of a label as printed: several for a joint one, none for a label that is none."""
        if label in self.members and label not in self.who:
            return [self.who[member] for member in self.members[label] if member in self.who]
        return [self.who[label]] if label in self.who else []

    def _add_members(self, use: LabelUse) -> None:
        names: list[str] = []
        position = 0
        for member in use.label.members:
            at = max(use.text.find(member.text, position), 0)
            position = at + len(member.text)
            known = self._uses.get(member.text)
            if known is None:
                known = self._uses[member.text] = LabelUse(member.text, member)
            # A label of the markup stands nowhere in the text; its members stand where it does.
            known.spans.extend(
                Span(start=s.start + at, end=s.start + position) if len(s) >= position else s for s in use.spans
            )
            known.turns.extend(use.turns)
            names.append(member.text)
        if names:
            self.members[use.text] = names

    def resolve_stated(self) -> None:
        """Make the participants of the facts voices, and give them the labels that people gave them."""
        voices: dict[str, Voice] = {}
        for participant in sorted(self.scene.facts.participants, key=lambda p: (p.name, p.labels)):
            voice = self.cast.new(participant.kind)
            voice.stated_name, voice.person = participant.name, participant.person
            for own, stated in (
                (voice.roles, participant.roles),
                (voice.descriptors, participant.descriptors),
                (voice.affiliations, participant.affiliations),
            ):
                own.update(dict.fromkeys(stated))
            voice.because("stated", 1.0)
            if participant.kind in ("person", "unknown"):
                self.cast.name(voice, parse_name(participant.name, self.scene.language), None)
            voices.setdefault(participant.name, voice)
            for label in participant.labels:
                self._stated.setdefault(label.strip().rstrip(":：").strip(), voice)
        for key, fact in sorted(self.scene.label_facts.items()):
            if fact.speaker is not None:
                self._stated.setdefault(key, voices.get(fact.speaker) or self._state(fact.speaker, voices))
        for use in self.uses():
            voice_ = self._stated.get(use.text.strip().rstrip(":：").strip())
            if voice_ is not None:
                self.take(use, voice_, "label-fact", 1.0)

    def _state(self, name: str, voices: dict[str, Voice]) -> Voice:
        voice = voices[name] = self.cast.new("person")
        voice.stated_name = name
        voice.because("stated", 1.0)
        self.cast.name(voice, parse_name(name, self.scene.language), None)
        return voice

    def resolve_full(self) -> None:
        """Give every label with a full name a voice; spellings of one name share it."""
        uses = [use for use in self._open("person") if use.label.name and not use.label.name.is_partial]
        for use in sorted(uses, key=_fullest_first):
            name = use.label.name
            assert name is not None
            found = self.cast.only(name)
            if found is not None and is_one_person(found[1]):
                self.take(use, found[0], _rule(found[1]), found[1].confidence)
            else:
                self.take(use, self.cast.new("person"), "label-name", 0.97)

    def resolve_organizations(self) -> None:
        """Give labels that are organizations, or the outlet, their voices."""
        for use in self.uses():
            if use.text in self.who or use.label.kind not in ("organization", "initials", "person", "unknown"):
                continue
            outlet = self.scene.outlet is not None and same_words(use.label.text, self.scene.outlet)
            if use.label.kind != "organization" and not outlet:
                continue
            voice = self.cast.organization(use.label.text)
            self.take(use, voice, "outlet-label" if outlet else "label-kind", 0.95 if outlet else 0.85, named=False)

    def resolve_partial(
        self, introduced: Callable[[Voice, int], bool], initials: Mapping[str, list[tuple[Voice, Span]]]
    ) -> None:
        """Give surnames, given names and initials the one full name that fits; the ambiguous stay apart.

        `introduced(voice, offset)` says whether the running text introduces a voice before `offset`;
        `initials` are those the text gives beside a full name.
        """
        uses = [u for u in self.uses() if u.text not in self.who and u.label.name and u.label.kind in _PARTIAL]
        for use in sorted(uses, key=_fullest_first):
            name = use.label.name
            assert name is not None
            if self._take_initials(use, initials):
                continue
            fitting = self.cast.fitting(name, lambda voice: voice.speaks or voice.stated_name is not None)
            rule: str | None = None
            if not fitting:
                # Letters are everybody's initials: only the text before all turns introduces by them.
                before = min(use.first, self.scene.first_turn) if use.label.kind == "initials" else use.first
                fitting = self.cast.fitting(name, partial(_before, introduced, before))
                rule = "introduced"
            if len(fitting) == 1:
                voice, match = fitting[0]
                self.take(use, voice, rule or _rule(match), 0.85 if rule else max(match.confidence, 0.75))
                continue
            kind: SpeakerKind = "person" if use.label.kind == "person" else "unknown"
            voice = self.cast.new(kind)
            self.take(use, voice, "label-name", 0.8)
            if len(fitting) > 1:
                rivals = ", ".join(sorted({next(iter(v.names), "") for v, _ in fitting}))
                voice.because("ambiguous-label", 0.9, use.spans, f"fits {rivals}")

    def _take_initials(self, use: LabelUse, initials: Mapping[str, list[tuple[Voice, Span]]]) -> bool:
        """Take initials that a full label or the text introduces; return whether it did."""
        voice = self._introduced_initials(use)
        spans: list[Span] = []
        if voice is None:
            given = initials.get(squash(use.text), [])
            if len({self.cast.root(entry[0]).number for entry in given}) != 1:
                return False
            voice, spans = given[0][0], [given[0][1]]
        self.take(use, voice, "initials-introduced", 0.97)
        self.cast.root(voice).because("initials-introduced", 0.97, spans)
        return True

    def _introduced_initials(self, use: LabelUse) -> Voice | None:
        """Return the voice whose full label introduces these initials: `Adam Jonas (AJ)`."""
        wanted = squash(use.text)
        found = {
            self.cast.root(self.who[other.text]).number
            for other in self._introducing.get(wanted, ())
            if other.text in self.who and other.text != use.text
        }
        return self.cast.voices[found.pop()] if len(found) == 1 else None

    @cached_property
    def _introducing(self) -> dict[str, list[LabelUse]]:
        found: dict[str, list[LabelUse]] = {}
        for use in self.uses():
            if use.label.initials and use.label.kind == "person":
                found.setdefault(squash(use.label.initials), []).append(use)
        return found

    def resolve_roles(self) -> None:
        """Give labels that are a function (`Host`) one voice each; the one known holder of the role if there is one."""
        for use in self._open("role"):
            if use.label.side is not None:
                continue
            role = use.label.role_class
            holders = [
                v for v in self.cast.all() if role and role in v.roles and v.stated_name is not None and not v.speaks
            ]
            if len(holders) == 1:
                self.take(use, holders[0], "stated", 0.95, named=False)
                continue
            known = self._same_key(use)
            holder = None if known is not None else self._holder(use)
            if holder is not None:
                self.take(use, holder, "role-holder", 0.8, named=False)
                continue
            self.take(use, known or self.cast.new(), "role-label", 0.9, named=False)

    def _holder(self, use: LabelUse) -> Voice | None:
        """Return the one speaker whose other labels name this function (`RUTH POLK, moderator`, `PRESIDENT ROE`)."""
        function = _function(use.label.role or use.label.text, self.scene)
        holders = self._holders.get(function) or self._holders_of(function)
        found = {self.cast.root(voice).number: voice for voice in holders}
        return self.cast.root(next(iter(found.values()))) if len(found) == 1 else None

    def _holders_of(self, function: str) -> list[Voice]:
        """Those who hold the function of something (`mayor` of a town): what stands before it makes another of it."""
        return [v for known, voices in self._holders.items() if known.startswith(f"{function} ") for v in voices]

    @cached_property
    def _holders(self) -> dict[str, list[Voice]]:
        found: dict[str, list[Voice]] = {}
        for text, voice in self.who.items():
            label = self._uses[text].label
            if label.kind == "person":
                for part in (label.role, label.title):
                    if part and (key := _function(part, self.scene)):
                        found.setdefault(key, []).append(voice)
        return found

    def resolve_anonymous(self) -> dict[int, Voice]:
        """Give unknown voices their own records; return those that are known by their turn only.

        A numbered voice is one voice; an unnumbered one is one voice per run of turns, for nobody can know
        whether the next `Unidentified Woman` is the same.
        """
        by_turn: dict[int, Voice] = {}
        for use in self.uses():
            if use.text in self.who or use.label.kind not in ("anonymous", "group", "unknown"):
                continue
            if use.text in self.members:
                continue
            if use.label.kind == "anonymous" and use.label.number is None and len(use.turns) > 1:
                by_turn.update(self._per_run(use))
                continue
            known = self._same_key(use) if use.label.kind != "anonymous" or use.label.number is not None else None
            rule = {"group": "group-voice", "unknown": "label-name"}.get(use.label.kind) or (
                "anonymous-voice" if use.label.number is None else "numbered-voice"
            )
            kind: SpeakerKind = "group" if use.label.kind == "group" else "unknown"
            self.take(use, known or self.cast.new(kind), rule, 0.9, named=False)
        return by_turn

    def _per_run(self, use: LabelUse) -> dict[int, Voice]:
        found: dict[int, Voice] = {}
        voice: Voice | None = None
        last = -2
        for turn, span in zip(use.turns, use.spans, strict=True):
            if voice is None or turn != last + 1:
                voice = self.cast.new()
            found[turn] = voice
            self._mark(voice, use, [span], 1)
            voice.because("anonymous-voice", 0.9, [span])
            last = turn
        return found

    def _same_key(self, use: LabelUse) -> Voice | None:
        voice = self._by_key.get(self._key(use))
        return self.cast.root(voice) if voice is not None else None

    def _key(self, use: LabelUse) -> tuple[str, str]:
        key = use.label.key
        return use.label.kind, _function(key, self.scene) if use.label.kind == "role" else key

    def _open(self, kind: str) -> Iterable[LabelUse]:
        return [use for use in self.uses() if use.text not in self.who and use.label.kind == kind]

    def take(self, use: LabelUse, voice: Voice, rule: str, confidence: float, *, named: bool = True) -> None:
        """Say that `use` is a label of `voice`, by which rule; `named`: the label is a form of the name."""
        voice = self.cast.root(voice)
        self.who[use.text] = voice
        self._by_key.setdefault(self._key(use), voice)
        if named and use.label.name is not None:
            self.cast.name(voice, use.label.name, use.first, len(use.turns))
        if voice.kind == "unknown" and use.label.kind == "person":
            voice.kind = "person"
        self._mark(voice, use, use.spans, len(use.turns))
        if use.label.name is not None and named:
            voice.mentions.extend(use.spans)
        voice.because(rule, confidence, use.spans[:1])

    def _mark(self, voice: Voice, use: LabelUse, spans: list[Span], turns: int) -> None:
        label = use.label
        voice.labels[use.text] = None
        voice.label_spans.extend(spans)
        voice.places.extend(span.start for span in spans[:1])
        voice.turns += turns
        add_roles(voice, label)
        fact = self.scene.label_fact(use.text)
        if fact is not None and fact.role in _ROLE_OF_TURN:
            voice.roles.setdefault(_ROLE_OF_TURN[fact.role], None)


def _before(introduced: Callable[[Voice, int], bool], offset: int, voice: Voice) -> bool:
    return introduced(voice, offset)


def _function(text: str, scene: Scene) -> str:
    """The words of a function without articles, folded: `THE PRESIDENT` → `president`."""
    return " ".join(word for word in fold(text).split() if word not in scene.words.articles)


_ROLE_OF_TURN: Mapping[str | None, str] = {"question": "interviewer", "answer": "interviewee"}
_PARTIAL = frozenset({"person", "initials", "unknown"})


def add_roles(voice: Voice, label: Label) -> None:
    """Give a voice what its label says beyond the name: role, description, affiliation."""
    if label.role_class:
        voice.roles[label.role_class] = None
    if label.role and (not label.role_class or " " in label.role) and label.kind != "role":
        voice.descriptors[label.role] = None
    if label.title and not _honorific(label):
        voice.descriptors[label.title] = None
    if label.affiliation:
        voice.affiliations[label.affiliation] = None
    if label.party:
        voice.affiliations[label.party] = None


def _honorific(label: Label) -> bool:
    return label.name is not None and all(len(squash(title)) <= 4 for title in label.name.titles)


def _rule(match: Match) -> str:
    spelling = ("identical", "case", "diacritics", "invisible-characters")
    return "label-spelling" if match.rule in spelling else match.rule


def _fullest_first(use: LabelUse) -> tuple[int, int, int, str]:
    name = use.label.name
    assert name is not None
    return (*fullness(name), use.first, use.text)


def fullness(name: PersonName) -> tuple[int, int]:
    """Sort key that puts fuller names first: whole words, then all parts."""
    whole = sum([len(squash(part)) > 1 for part in name.parts])
    return (-whole, -len(name.parts) - bool(name.suffix))
