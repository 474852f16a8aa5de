"""Documents that are a zip of XML files: their parts, unpacked within limits; nothing outside them is followed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

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


@dataclass(slots=True)
class Package:
    """The zip of a document; `kind` is what messages call it (`Word document`)."""

    zip: zipfile.ZipFile
    kind: str

    @classmethod
    def of(cls, data: bytes, kind: str) -> Package:
        """Open the zip in `data`. Raises `Unreadable`."""
        try:
            return cls(zipfile.ZipFile(io.BytesIO(data)), kind)
        except _DAMAGE as error:
            raise Unreadable("unreadable-format", f"The file is not a {kind}: {error}.") from None

    @property
    def names(self) -> list[str]:
        """Names of the parts."""
        return self.zip.namelist()

    def part(self, name: str) -> bytes | None:
        """Return a part; None if there is none of that name. Raises `Unreadable`."""
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
        return events(data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace"))[0]
