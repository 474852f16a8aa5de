"""Readers: one module per format family; bytes become a text that never changes again, plus marks.

To add a reader: one module with a `READER`, one line in `READERS`, and a folder of cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from onrecord.errors import ConfigError, ReadError
from onrecord.readers import chat, docx, html, markdown, odt, pdf, plain, records, rtf, subtitles, textgrid, xml
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
    chat.READER,
    textgrid.READER,
    html.READER,
    xml.READER,
    records.JSON,
    records.CSV,
    records.PARQUET,
    docx.READER,
    odt.READER,
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


def reader_for(path: str, data: bytes = b"") -> Reader:
    """Return the reader for a file by the end of its name; plain text if nothing else takes it.

    Where the first bytes of `data` say plainly that the file is of another format, that format's reader is returned.
    """
    suffix = PurePosixPath(path).suffix.lower()
    named = next((reader for reader in _ALL if suffix in reader.suffixes), plain.READER)
    found = _by_signature(data[:_HEAD])
    return named if found is None or found.name in _FITS.get(named.name, ()) else found


def misnamed(path: str, reader: Reader) -> tuple[Problem, ...]:
    """Return a problem if `reader` was chosen against the end of the file's name."""
    named = reader_for(path)
    if named is reader:
        return ()
    message = f"The name says {named.media_type}, but the file is {reader.media_type}; it was read as that."
    return (Problem("wrong-extension", message),)


def _by_signature(head: bytes) -> Reader | None:
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, reader in _SIGNATURES:
        if begin.startswith(signature):
            return reader
    if begin.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]:
        return odt.READER
    if begin.startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head):
        return docx.READER
    lower = begin[:200].lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        return html.READER
    if lower.startswith(b"<?xml"):
        return html.READER if b"<html" in head.lower() else xml.READER
    return None


_HEAD = 4096
_SIGNATURES: tuple[tuple[bytes, Reader], ...] = (
    (b"%PDF-", pdf.READER),
    (b"{\\rtf", rtf.READER),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", docx.READER),
    (b"PAR1", records.PARQUET),
    (b"WEBVTT", subtitles.VTT),
    (b'File type = "ooTextFile"', textgrid.READER),
)
# Readers that also read what the signature says: pages in XML, subtitles named .srt.
_FITS: Mapping[str, tuple[str, ...]] = {
    **{reader.name: (reader.name,) for reader in _ALL},
    "html": ("html", "xml"),
    "srt": ("srt", "vtt"),
}


def rebuild(interview: Interview) -> bytes:
    """Give back the bytes of the file `interview` was read from.

    Raises `ReadError` for a format whose text is derived from markup, and for a file that was not text.
    """
    origin = interview.origin
    if reader_named(origin.reader).derived:
        raise ReadError(f"{origin.path}: a text derived by the {origin.reader} reader cannot give the file back")
    return encode(interview.text, origin.encoding, origin.newline, interview.marks)
