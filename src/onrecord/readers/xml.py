"""Transcripts in XML: TEI, Parla-CLARIN, OHMS, Transcriber, TTML, ELAN, and files that say who speaks in another way.

No scheme is required: an element is an utterance if it is named like one or says who speaks; names and times become
marks over what is said, printed labels stay in the text under `cite` marks, elements named like question and answer
get a `style` mark. Headers are read for what they state and are not part of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.collection.facts import Facts
from onrecord.readers import _elan as elan
from onrecord.readers import _xml_rules as rules
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._builder import Break, Builder, Opened
from onrecord.readers._declared import decode_declared
from onrecord.readers._decode import Decoded
from onrecord.readers._html_tokens import End, Start, Token, Words
from onrecord.readers._stated import stated
from onrecord.readers._utterances import write
from onrecord.readers._xml_events import declared_encoding, events
from onrecord.readers._xml_header import Header, look
from onrecord.schema.interview import MarkKind

_STRAIGHT = frozenset("\"'")
_OPENED = "<opened>"


@dataclass(slots=True)
class _Element:
    """An open element: its marks, and what decides how it breaks the text."""

    name: str
    marks: list[Opened] = field(default_factory=list)
    is_block: bool = False
    has_words: bool = False
    is_soft: bool = False
    after_soft: bool = False
    utterance: Opened | None = None
    cue: Opened | None = None
    holds_cues: bool = False
    is_label: bool = False
    start: int = 0


@dataclass(slots=True)
class _Walk:
    """The walk over the elements of a text."""

    header: Header
    out: Builder = field(default_factory=Builder)
    stack: list[_Element] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    glued: int = 0
    last_token: str = ""
    quoted: bool = False
    happens: bool = False

    def words(self, words: str) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.name in ("transcript", "plaintext"):
            self._lines(words)
            return
        if parent is not None and words.strip():
            if parent.after_soft:
                self.out.relax()  # the element before was among words after all
            parent.has_words = True
            parent.after_soft = False
            self._apart(words)
        if (column := rules.token_column(words)) is not None:
            self._tokens(column)
        else:
            self.out.flow(words)

    def _apart(self, words: str) -> None:
        """Divide words that are said from those that note what happens; points and brackets stay where they are."""
        happens = any(self.open[name] for name in rules.HAPPENINGS)
        if happens != self.happens and words[:1].isalnum():
            self.out.want(Break.BLANK)
        self.happens = happens

    def _lines(self, words: str) -> None:
        for number, line in enumerate(words.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self.out.line()
            self.out.write(line.strip())

    def _tokens(self, tokens: Sequence[str]) -> None:
        for token in tokens:
            closes = self.last_token == _OPENED or (token in _STRAIGHT and self.quoted)
            if not self.glued and not closes and rules.blank_between(self.last_token, token):
                self.out.want(Break.BLANK)
            self.out.write(token)
            self.last_token = token
            if token in _STRAIGHT:  # the same mark opens and closes: the first leans on what follows
                self.quoted = not self.quoted
                self.last_token = _OPENED if self.quoted else token

    def start(self, tag: Start) -> None:
        name, attributes = tag.name, tag.attributes
        parent = self.stack[-1] if self.stack else None
        speaker = _speaker(name, attributes)
        is_utterance = name in rules.UTTERANCES or speaker is not None
        element = _Element(name, start=self.out.size)
        element.is_block = self._is_block(name, is_utterance=is_utterance)
        element.is_soft = not element.is_block and self._is_soft(name, parent)
        if element.is_block or element.is_soft:
            self.out.want(Break.PARAGRAPH)
            self.last_token, self.quoted = "", False
        elif name in ("lb", "br"):
            self.out.line()
        elif name in ("cell", "w", "pc"):
            self.out.want(
                Break.TAB
                if name == "cell"
                else Break.BLANK
                if not self.glued and self.last_token != _OPENED
                else Break.NONE
            )
        if is_utterance:
            element.utterance = self.out.open("speaker", self._named(speaker))
        if (when := rules.times(attributes, integers_are_ms=self.header.integers_are_ms)) is not None:
            element.cue = self.out.open("cue", when)
        element.is_label = (name in rules.LABELS and not attributes.keys() & {"id", "name"}) or (
            name == "note" and attributes.get("type", "").lower() == "speaker"
        )
        element.marks += [self.out.open(kind, value) for kind, value in self._marks(tag, element)]
        if name == "w" and not attributes.keys() & {"lemma", "msd", "pos", "ana"}:
            self.glued += 1
        self.stack.append(element)
        self.open[name] += 1

    def _marks(self, tag: Start, element: _Element) -> Iterator[tuple[MarkKind, str | None]]:
        name, attributes = tag.name, tag.attributes
        if element.is_label:
            yield "cite", "speaker"
        elif (role := self.header.role(name)) is not None:
            yield "style", role
        elif name in rules.NOTES:
            yield "note", attributes.get("type") or name
        elif name in rules.HEADINGS:
            yield "heading", None
        elif name in rules.MARKS:
            yield rules.MARKS[name], attributes.get("when") if name == "time" else None
        rend = f"{attributes.get('rend', '')} {attributes.get('style', '')}".lower()
        for part, kind in rules.RENDITIONS:
            if part in rend:
                yield kind, None

    def _is_block(self, name: str, *, is_utterance: bool) -> bool:
        if self.header.role(name) is not None or name in rules.BLOCKS or name in rules.LABELS:
            return True
        return is_utterance and name not in ("q", "s")

    def _is_soft(self, name: str, parent: _Element | None) -> bool:
        """Whether an element of no known kind breaks the text: not where its parent has words."""
        return name not in rules.INLINE and (parent is None or not parent.has_words)

    def end(self, tag: End) -> None:
        if not self.open[tag.name]:
            return
        while self.stack:
            if self._pop() == tag.name:
                return

    def _pop(self) -> str:
        element = self.stack.pop()
        self.open[element.name] -= 1
        if element.is_label:
            self._label(element)
        for opened in reversed(element.marks):
            self.out.close(opened)
        if element.cue is not None and not element.holds_cues:  # a section's times are its turns' times
            self.out.close(element.cue)
        if element.utterance is not None:
            if element.utterance.value is None:  # somebody speaks, but nothing says who
                element.utterance.kind, element.utterance.value = "style", "utterance"
            self.out.close(element.utterance)
        if element.is_block or element.is_soft:
            self.out.want(Break.PARAGRAPH)
        if element.name == "w" and self.glued:
            self.glued -= 1
        if self.stack:
            self.stack[-1].after_soft = element.is_soft
            self.stack[-1].holds_cues |= element.cue is not None or element.holds_cues
        return element.name

    def _label(self, element: _Element) -> None:
        """A printed label within an utterance names it where no attribute does; what is said begins after it."""
        holder = next((held for held in reversed(self.stack) if held.utterance is not None), None)
        if holder is None or holder.utterance is None:
            return
        words = self.out.since(element.start).strip()
        if holder.utterance.value is None and words:
            holder.utterance.value = words.rstrip(" :.–—-") or None
        self.out.restart(holder.utterance)

    def _named(self, speaker: str | None) -> str | None:
        if not speaker:
            return None
        ids = [part.lstrip("#") for part in speaker.split()] if speaker.startswith("#") else [speaker.strip()]
        return ", ".join(self.header.people.get(id_, id_) for id_ in ids) or None


def _speaker(name: str, attributes: dict[str, str]) -> str | None:
    """Return who an element says is speaking, None if it does not say."""
    if not attributes or name in ("person", "participant", "name"):
        return None
    return next((attributes[key] for key in rules.SPEAKER_ATTRIBUTES if attributes.get(key, "").strip()), None)


def read(data: bytes, facts: Facts) -> Reading:
    """Make a text and marks of an XML transcript; never raises for broken data."""
    decoded = decode_declared(data, facts.encoding, declared_encoding(data))
    if not decoded.text.strip():
        return Reading("", decoded.encoding, decoded.newline, (), decoded.problems)
    tokens, found = events(decoded.text)
    header = look(tokens)
    if header.names["annotation_document"]:
        return _annotations(decoded, tokens, found)
    walk = _Walk(header)
    for token in header.body:
        if isinstance(token, Words):
            walk.words(token.text)
        elif isinstance(token, Start):
            walk.start(token)
        else:
            walk.end(token)
    while walk.stack:
        walk.end(End(walk.stack[-1].name))
    text = walk.out.text
    problems = [*decoded.problems, *found]
    if not text:
        problems.append(Problem("nothing-recognised", "The file has elements, but no words in them."))
    marks = walk.out.marks.done()
    problems += walk.out.marks.problems
    return Reading(text, decoded.encoding, decoded.newline, marks, tuple(problems), stated(header.pairs))


def _annotations(decoded: Decoded, tokens: list[Token], found: list[Problem]) -> Reading:
    """ELAN: what the annotations of all voices say, by time."""
    out = Builder()
    write(elan.utterances(tokens), out)
    problems = [*decoded.problems, *found]
    if not out.size:
        problems.append(Problem("nothing-recognised", "The file has no annotation with words."))
    marks = out.marks.done()
    problems += out.marks.problems
    return Reading(out.text, decoded.encoding, decoded.newline, marks, tuple(problems))


READER = Reader(
    name="xml",
    version="1",
    media_type="application/xml",
    suffixes=(".xml", ".tei", ".trs", ".ttml", ".dfxp", ".eaf"),
    read=read,
    derived=True,
    recognises=begins(b"<?xml", b"<?XML"),
)
