"""Which encoding a file has that says nothing about it: signs first, a statistical detector last.

The detector (chardet) is asked only about bytes that are neither marked, nor UTF-8, nor recognisably UTF-16 or
UTF-32. On a few words it confuses alphabets that share most of their bytes, so a guess is overruled where the
bytes read as flawless Western or Turkish Latin. Whatever is guessed is said in a finding.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

SAMPLE = 1 << 18
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27}) + b"\x7f"
_ASCII = bytes(range(128))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ISO_2022 = re.compile(rb"\x1b(?:\$[@AB(]|\([BIJ])")
_HIGH = re.compile(rb"[\x80-\xff]")
_BLANK = re.compile(rb"[\n\r ]")
_DETECTED, _BEFORE, _AFTER = 1 << 16, 40, 2000
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_SAMPLE = 4096
_BLANKS = frozenset(" \n\r\t　、。，")
_NOT_IN_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
_TYPOGRAPHIC = "‘’‚“”„–—…•«»·©®™°§¿¡€£½¼²³\xa0\xad"
_LATIN = {
    "cp1252": "àâäáãåæçèéêëíìîïñòóôöõøùúûüßœÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØÙÚÛÜŒ",
    "cp1254": "çğıöşüâîûÇĞİÖŞÜÂÎ",
}
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁґҐєЄіІїЇўЎ№"
# A capital after a small letter, a mark inside a word, three accented letters on end: read with another table.
_ODD = re.compile("[a-zß-ÿ][ÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØÙÚÛÜŒĞİŞ]|[^\\W\\d_][“”„‚«»¿¡…€£©®°§·²³][^\\W\\d_]|[^\x00-\x7f\\W]{3}")
# Bytes after the sample may use what the wider table adds; the narrower one would lose them.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "shift-jis": "cp932",
}  # fmt: skip
_REFUSED = frozenset({"unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode", "undefined", "mbcs", "oem"})


def codec_name(encoding: str) -> str | None:
    """Return the canonical name of a text encoding, None if there is none of that name that keeps every character.

    UTF-7, escapes and the like are refused: they write one text in many ways, and some of them no text at all.
    """
    try:
        found = codecs.lookup(encoding.strip())
    except (LookupError, ValueError):
        return None
    name = found.name.replace("_", "-")
    return name if found._is_text_encoding and name not in _REFUSED else None


def control_share(data: bytes) -> float:
    """Return the share of bytes that are control characters a text does not have."""
    sample = data[:SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / max(1, len(sample))


def is_damaged_utf8(data: bytes, at: int) -> bool:
    """Whether bytes whose first fault as UTF-8 is at `at` were meant to be it: most of the others are well formed."""
    sample = data[:SAMPLE] if at < SAMPLE else data[:SAMPLE] + data[at - SAMPLE : at + SAMPLE]
    outside = len(sample.translate(None, _ASCII))
    astray = len(_MULTIBYTE.sub(b"", sample).translate(None, _ASCII))
    return outside - astray > 0.5 * outside


def is_iso_2022(data: bytes) -> bool:
    """Whether bytes in the range of ASCII hold the escapes of ISO-2022-JP and its kin."""
    return b"\x1b" in data and _ISO_2022.search(data) is not None


def unmarked_wide(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 that `data` is although it has no byte-order mark, else None.

    Read the right way round, a text is all assigned characters, with blanks between them.
    """
    if b"\0" not in data[:SAMPLE]:  # blanks and line ends have one
        return None
    scores = {codec: _wide_score(data, codec) for codec in _WIDE if len(data) % (4 if "32" in codec else 2) == 0}
    best = max(scores, key=lambda codec: scores[codec], default=None)
    return best if best is not None and scores[best] > 0 else None


def _wide_score(data: bytes, codec: str) -> float:
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data[:_WIDE_SAMPLE])
    except UnicodeDecodeError:
        return 0.0
    strange = sum(unicodedata.category(char) in _NOT_IN_TEXT and char not in _BLANKS for char in text)
    blanks = sum(char in _BLANKS for char in text)
    letters = sum(char.isascii() and char.isalpha() for char in text)
    if strange > 0.02 * len(text) or not blanks:
        return 0.0
    return (blanks + letters) / len(text)


def guess(data: bytes) -> str | None:
    """Return the most likely encoding of bytes that are not UTF-8; None if they are no text."""
    import chardet
    from chardet import EncodingEra as Era

    sample = _sample(data) or data[:SAMPLE]  # ISO-2022 has nothing outside ASCII
    eras = Era.MODERN_WEB | Era.LEGACY_ISO | Era.LEGACY_MAC | Era.DOS
    found = chardet.detect(sample, encoding_era=eras, compat_names=False, max_bytes=len(sample))["encoding"]
    if found is None:
        return None
    name = codec_name(found)
    name = _WIDER.get(name or "", name)
    if name is None or _is_multibyte(name):
        return name
    if name == "mac-cyrillic" and _reads_as(sample, "cp1251"):  # they share all small letters but one
        return "cp1251"
    return next((latin for latin in _LATIN if _reads_as(sample, latin)), name)


def _sample(data: bytes) -> bytes:
    """Bytes for the detector: what stands around characters outside ASCII, wherever in the file they are."""
    pieces: list[bytes] = []
    size = at = 0
    while size < _DETECTED and (found := _HIGH.search(data, at)) is not None:
        start = max(at, found.start() - _BEFORE)
        blank = _BLANK.search(data, found.start() + _AFTER)
        at = min(blank.start(), found.start() + 3 * _AFTER) if blank is not None else len(data)
        pieces.append(data[start:at])
        size += at - start
    return b"\n".join(pieces).translate(None, b"\0")


def _is_multibyte(name: str) -> bool:
    try:
        return len("あ한中".encode(name, "ignore")) > 0
    except UnicodeError:
        return False


def _reads_as(sample: bytes, codec: str) -> bool:
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return False
    foreign = text.translate(_PLAIN[codec])
    return foreign.isascii() and _ODD_IN.get(codec, _ODD).search(text) is None


_PLAIN = {
    codec: str.maketrans("", "", letters + _TYPOGRAPHIC) for codec, letters in {**_LATIN, "cp1251": _CYRILLIC}.items()
}
_ODD_IN = {"cp1251": re.compile("[а-яёєії][А-ЯЁ]")}
