"""Decoding files that declare their encoding themselves: pages, XML, RTF. The text is derived, so only it matters."""

from __future__ import annotations

import dataclasses

from onrecord.readers import _detect
from onrecord.readers._base import Problem
from onrecord.readers._decode import Decoded, decode

# What declarations say and what browsers take them to mean: the older name for its superset.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "shift-jis": "cp932",
}  # fmt: skip


def decode_declared(data: bytes, stated: str | None, declared: str | None) -> Decoded:
    """Decode by the card, else by a byte-order mark, else by what the file declares if the bytes bear it out.

    Places in the file are no places in a derived text: problems lose their offsets, and marks are dropped.
    """
    decoded = _decode(data, stated, declared)
    problems = tuple(dataclasses.replace(problem, offset=None) for problem in decoded.problems if _matters(problem))
    return Decoded(decoded.text, decoded.encoding, decoded.newline, (), problems)


def _decode(data: bytes, stated: str | None, declared: str | None) -> Decoded:
    if stated is not None or declared is None:
        return decode(data, stated)
    codec = _detect.codec_name(declared)
    codec = _WIDER.get(codec or "", codec)
    if codec is None or codec.startswith(("utf-16", "utf-32")):  # it was read to find the declaration: it is not wide
        return decode(data)
    undeclared = decode(data)
    if undeclared.encoding is not None and undeclared.encoding.startswith("utf") and not undeclared.problems:
        return undeclared
    as_declared = decode(data, codec)
    if any(problem.code == "wrong-encoding" for problem in as_declared.problems):
        message = f"The file declares {codec.upper()}, but its bytes are not."
        others = [problem for problem in as_declared.problems if problem.code != "wrong-encoding"]
        return dataclasses.replace(as_declared, problems=(Problem("wrong-encoding", message), *others))
    return as_declared


def _matters(problem: Problem) -> bool:
    return problem.code not in ("mixed-newlines", "control-characters")
