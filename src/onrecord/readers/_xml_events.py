"""XML as a list of events, safely: no entity is expanded by the parser, nothing is fetched, depth costs nothing.

Entities that the file declares as plain words are put in; those that hold other entities, or stand for a file, stay
as they are written (`&bomb;`), with a problem. A file that is not well formed is read by the lenient rules of pages.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from onrecord.readers import _html_tokens
from onrecord.readers._base import Problem
from onrecord.readers._html_tokens import End, Start, Token, Words

_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_CHUNK = 1 << 16
_ENTITY = re.compile(r"&([^&;\s]{1,64});")
_LONGEST_ENTITY = 1000


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding an XML declaration names, if there is one."""
    found = _DECLARED.match(data[:1024].lstrip())
    return found[1].decode("ascii") if found else None


@dataclass(slots=True)
class _Events:
    """What expat reports, with neighbouring words joined."""

    tokens: list[Token] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _entities: dict[str, str] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)

    def parse(self, text: str) -> None:
        """Parse all of `text`. Raises `expat.ExpatError` where it is not well formed."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        parser.UseForeignDTD(True)  # so that an undeclared entity is reported, not fatal; nothing is loaded for it
        parser.ExternalEntityRefHandler = lambda context, *_: self._external(parser, context)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words.append
        parser.EntityDeclHandler = self._declare
        parser.DefaultHandler = self._other  # with it, expat expands no entity
        parser.SkippedEntityHandler = lambda name, is_parameter: None if is_parameter else self._entity(name)
        for at in range(0, len(text), _CHUNK):
            parser.Parse(text[at : at + _CHUNK], False)
        parser.Parse("", True)
        self._flush()

    def _flush(self) -> None:
        if self._words:
            self.tokens.append(Words("".join(self._words)))
            self._words.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._flush()
        named = {_local(key): value for key, value in attributes.items()} if attributes else {}
        if len(named) < len(attributes):  # `lang` beside `xml:lang`: the first wins
            named = {_local(key): value for key, value in reversed(attributes.items())}
        self.tokens.append(Start(_local(name), named))

    def _end(self, name: str) -> None:
        self._flush()
        self.tokens.append(End(_local(name)))

    def _declare(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if is_parameter:
            return
        if value is None or "&" in value or "<" in value or len(value) > _LONGEST_ENTITY:
            self._refused.add(name)
            message = f"The entity `{name}` stands for a file or for other entities; it is not followed."
            self.problems.append(Problem("refused-markup", message))
        elif name not in self._refused:
            self._entities.setdefault(name, value)

    def _external(self, parser: expat.XMLParserType, context: str | None) -> int:
        """Stand in for what an external entity names: its own words for text, nothing for a document type.

        The parser must be given something, or it takes the next unknown entity as the end of the file.
        """
        if context:
            self._entity(context.split("\f", 1)[0])
        parser.ExternalEntityParserCreate(context).Parse("", True)
        return 1

    def _other(self, data: str) -> None:
        if data.startswith("&") and (match := _ENTITY.fullmatch(data)) is not None:
            self._entity(match[1])

    def _entity(self, name: str) -> None:
        if name in self._entities:
            self._words.append(self._entities[name])
            return
        shown = html.unescape(f"&{name};")
        if shown == f"&{name};" and name not in self._refused:
            self._refused.add(name)
            self.problems.append(Problem("malformed-markup", f"The entity `{name}` is not declared."))
        self._words.append(shown)


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def events(text: str) -> tuple[list[Token], list[Problem]]:
    """Return the tags and words of an XML text, with names in lower case and without prefixes, and what is wrong."""
    found = _Events()
    try:
        found.parse(text.lstrip("\ufeff \t\r\n"))
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        message = f"The file is not well-formed XML: {reason} (line {error.lineno}); it was read leniently."
        return _lenient(text), [*found.problems, Problem("malformed-markup", message)]
    return found.tokens, found.problems


def _lenient(text: str) -> list[Token]:
    tokens: list[Token] = []
    for token in _html_tokens.tokens(text, raw=False):
        if isinstance(token, Start):
            named = {_local(key): value for key, value in token.attributes.items()}
            tokens.append(Start(_local(token.name), named))
            if token.closed:
                tokens.append(End(_local(token.name)))
        elif isinstance(token, End):
            tokens.append(End(_local(token.name)))
        else:
            tokens.append(token)
    return tokens
