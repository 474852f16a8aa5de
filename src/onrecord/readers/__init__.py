"""Readers: one module per format family; bytes become a text that never changes again, plus marks.

To add a reader: one module with a `READER`, one line in `READERS`, and a folder of cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from onrecord.errors import ConfigError, ReadError
from onrecord.readers import docx, html, markdown, pdf, plain, records, rtf, subtitles, xml
from onrecord.readers._base import Problem, Reader, Reading
from onrecord.readers._decode import encode
from onrecord.schema.interview import Interview

__all__ = ["READERS", "Problem", "Reader", "Reading", "reader_for", "reader_named", "rebuild"]

_ALL = (
    plain.READER,
    markdown.READER,
    subtitles.VTT,
    subtitles.SRT,
    html.READER,
    xml.READER,
    records.JSON,
    records.CSV,
    records.PARQUET,
    docx.READER,
    rtf.READER,
    pdf.READER,
)

READERS: Mapping[str, Reader] = {reader.name: reader for reader in _ALL}


def reader_named(name: str) -> Reader:
    """Return the reader called `name`. Raises `ConfigError` listing what exists."""
    try:
        return READERS[name]
    except KeyError:
        raise ConfigError(f"there is no reader named {name!r}; there are: {', '.join(READERS)}") from None


def reader_for(path: str) -> Reader:
    """Return the reader for a file by the end of its name; plain text if nothing else takes it."""
    suffix = PurePosixPath(path).suffix.lower()
    for reader in READERS.values():
        if suffix in reader.suffixes:
            return reader
    return plain.READER


def rebuild(interview: Interview) -> bytes:
    """Give back the bytes of the file `interview` was read from.

    Raises `ReadError` for a format whose text is derived from markup, and for a file that was not text.
    """
    origin = interview.origin
    if reader_named(origin.reader).derived:
        raise ReadError(f"{origin.path}: a text derived by the {origin.reader} reader cannot give the file back")
    return encode(interview.text, origin.encoding, origin.newline, interview.marks)
