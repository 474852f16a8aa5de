"""Readers: one module per format family; bytes become a text that never changes again, plus marks.

To add a reader: one module with a `READER`, one line in `_ALL`, and a folder of cases. What a reader takes, by name
or by first bytes, it says itself. The order counts where two recognise a file: the first one takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from onrecord.errors import ConfigError, ReadError
from onrecord.readers import (
    ass,
    chat,
    docx,
    html,
    markdown,
    odt,
    pdf,
    plain,
    records,
    rtf,
    rttm,
    subtitles,
    textgrid,
    xml,
)
from onrecord.readers._base import Problem, Reader, Reading
from onrecord.readers._decode import encode
from onrecord.readers._stated import people_of
from onrecord.schema.interview import Interview

__all__ = ["READERS", "Problem", "Reader", "Reading", "misnamed", "people_of", "reader_for", "reader_named", "rebuild"]

_ALL = (
    plain.READER,
    markdown.READER,
    subtitles.VTT,
    subtitles.SRT,
    ass.READER,
    chat.READER,
    textgrid.READER,
    odt.READER,
    html.READER,
    xml.READER,
    records.JSON,
    records.CSV,
    records.PARQUET,
    docx.READER,
    rtf.READER,
    pdf.READER,
    rttm.READER,
)

_HEAD = 4096

READERS: Mapping[str, Reader] = {reader.name: reader for reader in _ALL}


def reader_named(name: str) -> Reader:
    """Return the reader called `name`. Raises `ConfigError` listing what exists."""
    try:
        return READERS[name]
    except KeyError:
        raise ConfigError(f"there is no reader named {name!r}; there are: {', '.join(READERS)}") from None


def reader_for(path: str, data: bytes = b"") -> Reader:
    """Return the reader for a file by the end of its name; plain text if nothing else takes it.

    Where the first bytes of `data` say plainly that the file is of another format, that format's reader is returned.
    """
    suffix = PurePosixPath(path).suffix.lower()
    named = next((reader for reader in _ALL if suffix in reader.suffixes), plain.READER)
    if not data:
        return named
    head = data[:_HEAD]
    found = next((reader for reader in _ALL if reader.recognises(head)), named)
    return named if found.name in named.also else found


def misnamed(path: str, reader: Reader) -> tuple[Problem, ...]:
    """Return a problem if `reader` was chosen against the end of the file's name."""
    named = reader_for(path)
    if named is reader:
        return ()
    message = f"The name says {named.media_type}, but the file is {reader.media_type}; it was read as that."
    return (Problem("wrong-extension", message),)


def rebuild(interview: Interview) -> bytes:
    """Give back the bytes of the file `interview` was read from.

    Raises `ReadError` for a format whose text is derived from markup, and for a file that was not text.
    """
    origin = interview.origin
    if reader_named(origin.reader).derived:
        raise ReadError(f"{origin.path}: a text derived by the {origin.reader} reader cannot give the file back")
    return encode(interview.text, origin.encoding, origin.newline, interview.marks)
