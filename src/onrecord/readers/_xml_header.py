"""What an XML file states about itself and its people, and what is header and not text: one look before the walk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.readers import _xml_rules as rules
from onrecord.readers._html_tokens import End, Start, Token, Words
from onrecord.readers._stated import key_of

_PEOPLE = frozenset({"person", "participant", "speaker", "persons", "actor"})
_NAMES = frozenset({"persname", "name", "forename", "surname", "firstname", "lastname"})
_LONGEST = 500


@dataclass(slots=True)
class Header:
    """What the look found: `body` is the tokens that make the text."""

    body: list[Token] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    integers_are_ms: bool = False

    def role(self, name: str) -> str | None:
        """Return `question` or `answer` if elements of this name are that: one alone is a name in a header."""
        if name in ("q", "a") and not (self.names["q"] > 1 and self.names["a"] > 1):
            return None
        if self.names[name] < 2:
            return None
        return "question" if name in rules.QUESTIONS else "answer" if name in rules.ANSWERS else None


def look(tokens: Sequence[Token]) -> Header:
    """Divide the tokens of a file into header and body, and read the header."""
    found = Header(names=Counter(token.name for token in tokens if isinstance(token, Start)))
    found.integers_are_ms = _integers_are_ms(tokens)
    is_ohms = found.names["transcript"] > 0 and found.names["record"] > 0
    _root(tokens, found)
    depth = 0  # of header elements that are open
    transcript = 0
    path: list[str] = []
    for number, token in enumerate(tokens):
        if isinstance(token, Start):
            path.append(token.name)
            depth += token.name in rules.HEADERS
            transcript += token.name == "transcript"
            _person(tokens, number, token, found)
            _statement(tokens, number, token, path, found, in_header=depth > 0)
        in_body = transcript > 0 if is_ohms else depth == 0
        if in_body:
            found.body.append(token)
        if isinstance(token, End):
            if path:
                path.pop()
            depth -= token.name in rules.HEADERS and depth > 0
            transcript -= token.name == "transcript" and transcript > 0
    return found


def _integers_are_ms(tokens: Sequence[Token]) -> bool:
    """Whether times without unit are milliseconds: all are whole numbers, and seconds would make a day of it."""
    largest = 0
    for token in tokens:
        if isinstance(token, Start) and token.attributes:
            for key in (*rules.START_TIMES, *rules.END_TIMES):
                value = token.attributes.get(key, "")
                if value and not value.isdigit():
                    return False
                largest = max(largest, int(value[:12] or 0))
    return largest >= 86_400


def _root(tokens: Sequence[Token], found: Header) -> None:
    root = next((token for token in tokens if isinstance(token, Start)), None)
    if root is not None:
        found.pairs += [(name, value) for name, value in root.attributes.items() if len(value) <= _LONGEST]
    for token in tokens[:2000]:
        if isinstance(token, Start) and token.name == "text" and token.attributes.get("lang"):
            found.pairs.append(("language", token.attributes["lang"]))


def _inner(tokens: Sequence[Token], number: int) -> str | None:
    """Return the words of a leaf element at `number`, None if it has elements inside."""
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    after = tokens[number + 2] if number + 2 < len(tokens) else None
    if isinstance(following, Words) and isinstance(after, End) and len(following.text) <= _LONGEST:
        return " ".join(following.text.split()) or None
    return None


def _person(tokens: Sequence[Token], number: int, tag: Start, found: Header) -> None:
    """A person with an id is known by the name in an attribute or in the elements within."""
    id_ = tag.attributes.get("id")
    if tag.name not in _PEOPLE or not id_:
        return
    name = tag.attributes.get("name")
    if not name:
        parts: list[tuple[int, str]] = []  # the family's name last, whatever the order of the elements
        for at in range(number + 1, min(number + 60, len(tokens))):
            inner = tokens[at]
            if isinstance(inner, End) and inner.name == tag.name:
                break
            if isinstance(inner, Start) and inner.name in _NAMES and (words := _inner(tokens, at)):
                parts.append((int(inner.name in ("surname", "lastname")), words))
                if inner.name in ("persname", "name"):
                    break
        name = " ".join(part for _, part in sorted(parts, key=lambda part: part[0]))
    if name and len(name) <= _LONGEST:
        found.people.setdefault(id_, name)
        role = tag.attributes.get("role", "").lower()
        if role in ("interviewer", "interviewee"):
            found.pairs.append((role, name))


def _statement(
    tokens: Sequence[Token], number: int, tag: Start, path: Sequence[str], found: Header, *, in_header: bool
) -> None:
    """Take leaf elements whose name means one of our fields: all of a header, elsewhere those that stand once."""
    ours = key_of(tag.name)
    is_near_root = len(path) <= 3  # of several the first counts, if it stands where a file states something of itself
    if ours is None or not (in_header or is_near_root or found.names[tag.name] == 1) or len(found.pairs) > 200:
        return
    if ours == "date":
        source = {"bibl", "recording", "setting", "settingdesc", "sourcedesc", "recordingstmt"}.intersection(path)
        published = "publicationstmt" in path
        key = "interview date" if source else "published" if published else "date"
        value = tag.attributes.get("when") or tag.attributes.get("value") or _inner(tokens, number)
    else:
        key, value = tag.name, _inner(tokens, number)
        if ours == "title" and tag.attributes.get("type", "main") != "main":
            return
    if value:
        found.pairs.append((key, value))
