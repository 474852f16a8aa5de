"""People the running text names: who is one of them, and how the text describes them."""

from __future__ import annotations

import re
from functools import cached_property

from onrecord.names import Match, PersonName, TitleIndex, parse_label, parse_name, squash, titled
from onrecord.names.endings import bases
from onrecord.schema.interview import Span
from onrecord.stages.speakers.cast import Cast, Voice, is_one_person
from onrecord.stages.speakers.context import apposition, follows, of_kin, reporting_verbs, says, title_phrase
from onrecord.stages.speakers.labels import fullness
from onrecord.stages.speakers.scene import Found, Scene

_OPENS = re.compile(r"(?:^|[.!?…:;\n“”\"«„(—–-])\s*$")
_INITIALS = re.compile(r"\s?[(\[|,=:–-]\s?((?:[A-ZÀ-Þ][a-z]?\.?){2,5})\s?[)\]|\n]")
_ROSTER = re.compile(r"[ \t]*+[-*•]?+[ \t]*+\**+([^:\n*]{1,32}?)\**:\**[ \t]*")  # possessive: a line of blanks is long
_LOWER_TITLE = re.compile(r" ((?:[^\W\d_]+(?:-[^\W\d_]+)? ?){1,3})")


class People:
    """Fills the cast from the running text; what was found stays here for the other rules."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self.scene = scene
        self.cast = cast
        self.titles: TitleIndex[int] = TitleIndex(scene.language)
        self.bearers: dict[int, Voice] = {}
        """Index in `scene.names` → the voice it names."""
        self._full: dict[str, list[int]] = {}
        # A surname that is printed as a label makes a person of whoever bears it in the text.
        self._label_words = {
            squash(" ".join(use.label.name.family))
            for use in scene.uses
            if use.label.kind == "person" and use.label.name is not None and use.label.name.is_partial
        } - {""}
        self._roster: dict[int, str] = {}
        self._of_text: dict[str, Voice] = {}
        self._introductions: dict[int, int] = {}
        self._in_a_case: set[str] = set()

    def add_full_names(self) -> None:
        """Make voices of the full names that are people's: by a title, a given name, a description, a roster."""
        self._read_roster()
        for index, found in enumerate(self.scene.names):
            if index in self._roster or self._is_person(found):
                self._full.setdefault(found.text, []).append(index)
        names = {text: parse_name(text, self.scene.language) for text in self._full}
        full = [text for text, name in names.items() if not name.is_partial]
        # What is printed often is more certainly a name than what is printed once and longer.
        for text in sorted(full, key=lambda t: (len(self._full[t]) < 3, *fullness(names[t]), self._full[t][0], t)):
            self._place(text, names[text])

    def _read_roster(self) -> None:
        """Note the names of lines such as `Interviewee: Ann Roe` before the turns."""
        for start, end in self.scene.lines_outside:
            if start >= self.scene.first_turn:
                return
            match = _ROSTER.match(self.scene.text, start, end)
            if match is None:
                continue
            label = parse_label(match.group(1), self.scene.language)
            if label.kind != "role" or label.role_class is None:
                continue
            index = self.scene.name_at(match.end())
            while index is not None and index < len(self.scene.names):
                found = self.scene.names[index]
                if found.hit.outer >= end:
                    break
                if found.hit.kind in ("person", "unknown") and " " in found.text:
                    self._roster[index] = label.role_class
                index += 1

    def _is_person(self, found: Found) -> bool:
        if found.hit.kind == "person":
            return True
        tokens = found.text.split()
        if found.hit.kind != "unknown" or not 2 <= len(tokens) <= 5 or found.text.isupper():
            return False
        last = squash(tokens[-1])
        if last in self._label_words or apposition(self.scene, found) is not None:
            return True
        # "Rival Ann Roe": a word before a given name is no name, so that it alone makes nobody of its own.
        if last in self._saying and not any(squash(token) in self.scene.words.given for token in tokens[1:-1]):
            return True
        return follows(self.scene, found.hit.outer, "self_introduction", "guest", "interviewed") is not None

    def _place(self, text: str, name: PersonName) -> None:
        indexes = self._full[text]
        first = self.scene.names[indexes[0]]
        found = self.cast.only(name)
        if found is not None and is_one_person(found[1]):
            voice, match = found
            if match.confidence < 0.97:
                voice.because(match.rule, match.confidence, [first.span])
        else:
            voice = self.cast.new("person")
            rule = "title-and-name" if first.hit.title else "described-as"
            if first.hit.kind == "person" and not first.hit.title:
                rule = "given-and-surname"
            voice.because(rule, 0.9 if rule != "given-and-surname" else 0.8, [first.outer])
        # A name whose case ending was undone is printed nowhere as it is called.
        printed = min(
            (self.scene.names[i].hit.start for i in indexes if self.scene.names[i].printed == text), default=None
        )
        self.cast.name(voice, name, printed, len(indexes))
        self._of_text[text] = voice
        for index in indexes:
            if index in self._roster:
                voice.roles.setdefault(self._roster[index], None)
                voice.because("roster", 0.95, [self.scene.names[index].span])
        for index in indexes:  # they are in the order of the text
            if not of_kin(self.scene, self.scene.names[index]):
                start = self.scene.names[index].hit.start
                self._introductions[voice.number] = min(start, self._introductions.get(voice.number, start))
                break

    @cached_property
    def _saying(self) -> frozenset[str]:
        """Surnames that say something by themselves (`Roe said`): in full they are people's names, too."""
        verbs = reporting_verbs(self.scene.language)
        return frozenset(
            squash(found.text)
            for found in self.scene.names
            if found.hit.kind == "unknown" and " " not in found.text and not found.text.isupper()
            and says(self.scene, found, verbs)
        )  # fmt: skip

    def introduced(self, voice: Voice, offset: int) -> bool:
        """Whether the running text names `voice` in full before `offset`, and not as somebody's relative."""
        return self._introductions.get(voice.number, offset) < offset

    @cached_property
    def initials(self) -> dict[str, list[tuple[Voice, Span]]]:
        """Initials that the text gives beside a full name: `Ann Lee (AL)`, a row `Ann Lee | AL`."""
        given: dict[str, list[tuple[Voice, Span]]] = {}
        for found in self.scene.names:
            voice = self._of_text.get(found.text)
            if voice is None:
                continue
            match = _INITIALS.match(self.scene.text, found.hit.end, min(len(self.scene.text), found.hit.end + 14))
            if match is not None:
                span = Span(start=found.hit.start, end=match.end(1))
                given.setdefault(squash(match.group(1)), []).append((self.cast.root(voice), span))
        return given

    def bear_names(self) -> None:
        """Say of every name in the text whose it is, where only one voice can bear it."""
        cache: dict[tuple[str, str], Voice | None] = {}
        for index, found in enumerate(self.scene.names):
            key = (found.text, found.hit.title or "")
            if key not in cache:
                cache[key] = self._bearer(found)
            voice = cache[key]
            if voice is None or (" " not in found.text and not found.hit.title and self._only_a_word(found)):
                continue
            self.bearers[index] = voice

    def bearer_of(self, found: Found) -> Voice | None:
        """Return whose name `found` is."""
        voice = self.bearers.get(self._positions[found.hit.start])
        return self.cast.root(voice) if voice is not None else None

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {found.hit.start: index for index, found in enumerate(self.scene.names)}

    def adopt(self, index: int) -> Voice:
        """Make a voice of a name that its place shows to be a person's (a byline, a title)."""
        found = self.scene.names[index]
        name = parse_name(found.text, self.scene.language)
        only = self.cast.only(name)
        voice = only[0] if only is not None and only[1].verdict == "same" else self.cast.new("person")
        self.cast.name(voice, name, found.hit.start)
        self.bearers[index] = voice
        return voice

    def _bearer(self, found: Found) -> Voice | None:
        if found.hit.kind in ("title", "place"):
            return None
        if not (found.hit.title or self.cast.may_know(found.text)):
            return self._declined(found)
        name = self._name_of(found)
        if not name.parts:
            return None
        only = self.cast.only(name)
        if only is not None and only[1].rule != "initialism":
            return only[0]
        tokens = found.text.split()
        if len(tokens) > 2 and found.hit.kind == "unknown":
            # "… of Aran Olim Veda": a place and a name that is known from elsewhere.
            only = self.cast.only(parse_name(" ".join(tokens[-2:]), self.scene.language))
            return only[0] if only is not None and only[1].verdict == "same" else None
        if self.cast.fitting(name):
            return None
        return self._declined(found) or (self._titled(name, found) if found.hit.kind == "person" else None)

    def _declined(self, found: Found) -> Voice | None:
        """Return the one voice whose name, in another case, `found` can be."""
        names = (parse_name(base, self.scene.language) for base in bases(found.text, self.scene.language))
        fitting = {voice.number: voice for name in names for voice, match in self.cast.fitting(name) if _whole(match)}
        if len(fitting) != 1:
            return None
        [voice] = fitting.values()
        voice.because("case-ending", 0.85, [found.span])
        self._in_a_case.add(found.text)
        return voice

    def _name_of(self, found: Found) -> PersonName:
        name = parse_name(found.text, self.scene.language)
        return titled(name, found.hit.title, self.scene.language) if found.hit.title else name

    def _titled(self, name: PersonName, found: Found) -> Voice | None:
        """Make a voice of a title with a surname that nobody else has (`President Veda`)."""
        if found.hit.title is None:
            return None
        voice = self.cast.new("person")
        voice.because("title-and-name", 0.75, [found.outer])
        self.cast.name(voice, name, found.hit.start)
        return voice

    def _only_a_word(self, found: Found) -> bool:
        """Whether a single word may be no name here: it opens a sentence and is a word of the language too."""
        if squash(found.text) not in self.scene.words.also_words:
            return False
        return _OPENS.search(self.scene.text[max(0, found.hit.start - 4) : found.hit.start]) is not None

    def describe(self) -> None:
        """Collect mentions, titles and descriptions of everybody who is named."""
        for index, found in enumerate(self.scene.names):
            voice = self.bearers.get(index) or self.cast.known_organization(found.text)
            if voice is None:
                continue
            voice = self.cast.root(voice)
            voice.mentions.append(self._mention(found, voice))
            if voice.kind == "organization":
                continue
            text = found.text
            voice.forms[found.printed] = min(found.hit.start, voice.forms.get(found.printed, found.hit.start))
            if text not in self._in_a_case:
                voice.names.setdefault(text, parse_name(text, self.scene.language))
            if (span := title_phrase(self.scene, found)) is not None:
                self._add_title(voice, span, found)
            if " " in text and (beside := apposition(self.scene, found)) is not None:
                voice.descriptors[beside.of(self.scene.text)] = None
                voice.because("described-as", 0.9, [Span(start=found.hit.start, end=beside.end)])
        self._describe_definitely()

    def _mention(self, found: Found, voice: Voice) -> Span:
        tokens = found.text.split()
        if len(tokens) > 2 and found.hit.kind == "unknown":
            tail = " ".join(tokens[-2:])
            if squash(found.text) not in {squash(form) for form in voice.names}:
                return Span(start=found.hit.end - len(tail), end=found.hit.end)
        return found.span

    def _add_title(self, voice: Voice, span: Span, found: Found) -> None:
        title = span.of(self.scene.text)
        words = self.scene.words
        if all(squash(token) in words.honorifics for token in title.split()):
            return
        voice.descriptors[title] = None
        voice.because("title-and-name", 0.9, [found.outer])
        self.titles.add(voice.number, title, self._possessor(span.start))

    def _possessor(self, offset: int) -> str | None:
        """Return whose the title is, if a possessive stands before it (`Aran’s president`)."""
        piece = self.scene.text[max(0, offset - 30) : offset].rstrip()
        if piece.endswith(("'s", "’s")):
            return piece[:-2].split()[-1] if piece[:-2].split() else None
        return None

    def _describe_definitely(self) -> None:
        """Add descriptions with a qualifier (`the Aranian president`) as mentions of the one person they fit."""
        heads = self.titles.heads()
        if not heads:
            return
        text = self.scene.text
        for index, found in enumerate(self.scene.names):
            if found.hit.kind not in ("unknown", "title") or index in self.bearers:
                continue
            end = self._description_end(found, heads)
            if end is None:
                continue
            start = self._with_article(found.hit.outer)
            described = self.titles.resolve(text[start:end])
            if described is not None and described.rule == "title-qualified":
                voice = self.cast.root(self.cast.voices[described.key])
                span = Span(start=start, end=end)
                voice.mentions.append(span)
                voice.forms.setdefault(span.of(text), start)
                voice.because("description", described.confidence, [span])

    def _description_end(self, found: Found, heads: frozenset[str]) -> int | None:
        if found.hit.kind == "title":
            return found.hit.end
        match = _LOWER_TITLE.match(self.scene.text, found.hit.end, min(len(self.scene.text), found.hit.end + 60))
        if match is None:
            return None
        position, end = match.start(1), None
        for token in match.group(1).split(" "):
            word = squash(token)
            if not token or not (self.scene.words.is_title(word)):
                break
            position_end = position + len(token)
            if word in heads:
                end = position_end
            position = position_end + 1
        return end

    def _with_article(self, offset: int) -> int:
        piece = self.scene.text[max(0, offset - 6) : offset]
        word = piece.rstrip().split("\n")[-1].split(" ")[-1]
        if word and squash(word) in self.scene.words.articles and piece.endswith(f"{word} "):
            return offset - len(word) - 1
        return offset


def _whole(match: Match) -> bool:
    """Whether the words themselves are the name's, not letters or a likeness of them."""
    return match.rule in ("identical", "case", "diacritics", "surname", "given-name", "middle-name")
