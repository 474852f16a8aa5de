"""The version and day of a release, written into `raw/release.yaml`: as text, so that comments and order stay."""

from __future__ import annotations

import datetime
import re
import tempfile
from pathlib import Path

from onrecord.errors import ConfigError
from onrecord.publish.facts import FILE, ReleaseFacts, load_facts

_LINE = r"^{}:[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[^#\s\"'][^#\n]*?)?(?=[ \t]*(?:#[^\n]*)?\r?$)"


def stated(facts: ReleaseFacts, version: str, released: datetime.date) -> ReleaseFacts:
    """Return `facts` with another version and day; raises `ConfigError` if `version` is none."""
    try:
        return ReleaseFacts.model_validate({**facts.model_dump(), "version": version, "released": released})
    except ValueError as error:
        raise ConfigError(f"{version!r} is no version of data: it has three numbers, like 1.2.0") from error


def restated(raw: Path, facts: ReleaseFacts) -> bytes | None:
    """Return the bytes of `raw/release.yaml` with the version and day of `facts`; None if it has them already.

    Nothing else in the file changes. Raises `ConfigError` if the two keys cannot be written so that the file is read as
    meant, for example because all of it stands in one line.
    """
    path = raw / FILE
    if path.exists() and load_facts(raw) == facts:
        return None
    old = path.read_bytes().decode("utf-8") if path.exists() else ""
    released = facts.released.isoformat() if facts.released else "null"
    new = _with(_with(old, "version", facts.version), "released", released).encode("utf-8")
    if _read(new) != facts:
        raise ConfigError(f"{path}: write `version: {facts.version}` and `released: {released}` there by hand")
    return new


def _read(data: bytes) -> ReleaseFacts | None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(data)
        try:
            return load_facts(Path(folder))
        except ConfigError:
            return None


def _with(text: str, key: str, value: str) -> str:
    line = f"{key}: {value}"
    new, count = re.subn(_LINE.format(key), line, text, count=1, flags=re.MULTILINE)
    if count:
        return new
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text}{'' if not text or text.endswith(end) else end}{line}{end}"
