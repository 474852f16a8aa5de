"""Scripted cases about readers: a package that is not installed, and more markup than a record keeps."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

from onrecord.checking import check_found
from onrecord.readers import _marks
from onrecord.schema.interview import Finding
from onrecord.sources import discover
from tests.cases.running import SILENT_CARD, TODAY, Scripted
from tests.readers.make_pdf import Put, make_pdf

PAGE = (Put(72, 740, "Q: Who built the pier?"), Put(72, 712, "A: We did, in the spring."))


def _checked(folder: Path, name: str, data: bytes) -> Iterable[Finding]:
    home = folder / "raw" / "case"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text(SILENT_CARD)
    (home / name).write_bytes(data)
    return check_found(discover(home.parent), today=TODAY).findings


def without_the_package(folder: Path) -> Iterable[Finding]:
    """A PDF where pypdfium2 is not installed."""
    real = importlib.util.find_spec
    with mock.patch("onrecord.readers.pdf.find_spec", lambda name: None if name == "pypdfium2" else real(name)):
        return _checked(folder, "input.pdf", make_pdf([PAGE]))


def with_the_package(folder: Path) -> Iterable[Finding]:
    """The same PDF where it is."""
    return _checked(folder, "input.pdf", make_pdf([PAGE]))


def too_much_markup(folder: Path) -> Iterable[Finding]:
    """More emphasis than is kept (with a small limit: the real one takes seconds)."""
    with mock.patch.object(_marks, "MAX_MARKS", 2):
        return some_markup(folder)


def some_markup(folder: Path) -> Iterable[Finding]:
    """Less emphasis than that."""
    return _checked(folder, "input.md", b"Q: *Who* built *the* new *pier*?\n\nA: We did, in the spring.\n")


CASES: dict[str, Scripted] = {
    "extra-missing": Scripted(without_the_package, with_the_package),
    "too-many-marks": Scripted(too_much_markup, some_markup),
}
