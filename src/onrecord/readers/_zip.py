"""Documents that are a zip of XML files: their parts, unpacked within limits; nothing outside them is followed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onrecord.readers._base import Problem
from onrecord.readers._html_tokens import Token
from onrecord.readers._xml_events import events

MAX_PART = 64 * 2**20
"""A larger part is no transcript: a thousand pages have three million characters, and markup ten times that."""

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


class Unreadable(Exception):
    """The file cannot be read; carries the problem."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, hint=hint)


_LOCAL = struct.Struct("<4s5H3L2H")
_MOST_PARTS = 1000
_MOST_SAID = 5
_MOST_SALVAGED = 2 * MAX_PART
_TELLING = (".xml", ".rels", "mimetype")


def _salvage(data: bytes) -> dict[str, bytes]:
    """Return what can be unpacked of a zip without its list of parts, from the head that stands before each part.

    A part that is cut off is kept as far as it goes. Parts that are no markup are passed over, and no more than 128 MB
    is unpacked.
    """
    found: dict[str, bytes] = {}
    room, at = _MOST_SALVAGED, 0
    for _ in range(_MOST_PARTS):
        at = data.find(b"PK\x03\x04", at)
        if at < 0 or at + _LOCAL.size > len(data):
            break
        _, _, flags, method, _, _, _, packed, _, name_size, extra_size = _LOCAL.unpack_from(data, at)
        begin = at + _LOCAL.size + name_size + extra_size
        name = data[at + _LOCAL.size : at + _LOCAL.size + name_size].decode("utf-8", "replace")
        at += 4
        if flags & 1 or not name.endswith(_TELLING) or name in found or begin > len(data):
            continue
        if method == zipfile.ZIP_DEFLATED:
            content = _inflated(data, begin, min(MAX_PART, room))
        elif method == zipfile.ZIP_STORED and not flags & 8:
            content = data[begin : begin + min(packed, MAX_PART, room)]
        else:
            continue
        if content:
            found[name] = content
            room -= len(content)
            if room <= 0:
                break
    return found


def _inflated(data: bytes, begin: int, most: int) -> bytes:
    """Unpack from `begin` on to the end of the packed part, the end of the file or the first damage."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = 0
    view = memoryview(data)
    for at in range(begin, len(data), _PIECE):
        try:
            pieces.append(unpacker.decompress(view[at : at + _PIECE], most - size))
        except zlib.error:
            break
        size += len(pieces[-1])
        if unpacker.eof or unpacker.unconsumed_tail or size >= most:
            break
    return b"".join(pieces)


_PIECE = 1 << 16


@dataclass(slots=True)
class Package:
    """The zip of a document; `kind` is what messages call it (`Word document`).

    `zip` is None where the file breaks off before its list of parts: then `salvaged` holds what can be unpacked of
    those that stand before the break. `problems` say so, and what is wrong with the markup of parts.
    """

    zip: zipfile.ZipFile | None
    kind: str
    salvaged: Mapping[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes, kind: str) -> Package:
        """Open the zip in `data`. Raises `Unreadable`."""
        try:
            return cls(zipfile.ZipFile(io.BytesIO(data)), kind)
        except _DAMAGE as error:
            if parts := _salvage(data):
                message = f"The {kind} breaks off or is damaged; what could be unpacked of {len(parts)} parts was read."
                return cls(None, kind, parts, [Problem("cut-off", message)])
            raise Unreadable("unreadable-format", f"The file is not a {kind}: {error}.") from None

    @property
    def names(self) -> list[str]:
        """Names of the parts."""
        return list(self.salvaged) if self.zip is None else self.zip.namelist()

    def part(self, name: str) -> bytes | None:
        """Return a part; None if there is none of that name. Raises `Unreadable`."""
        if self.zip is None:
            return self.salvaged.get(name)
        try:
            with self.zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except KeyError:
            return None
        except _DAMAGE as error:
            raise Unreadable("unreadable-format", f"The part {name} of the document is damaged: {error}.") from None
        if len(data) > MAX_PART:
            message = f"The part {name} unpacks to more than {MAX_PART >> 20} MB; it is not read."
            raise Unreadable("unreadable-format", message)
        return data

    def tokens(self, name: str) -> list[Token] | None:
        """Return the events of a part in XML; None if there is none of that name. Raises `Unreadable`."""
        data = self.part(name)
        if data is None:
            return None
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
        tokens, problems = events(text)
        if self.zip is not None:  # of a document that breaks off, this is what a part looks like
            # A place in a part is no place in the text.
            said = [replace(problem, offset=None) for problem in problems[:_MOST_SAID]]
            self.problems += [problem for problem in said if problem not in self.problems]
        return tokens
