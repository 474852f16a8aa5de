"""docs/readers.md says what there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from onrecord.codes import reading
from onrecord.readers import READERS
from onrecord.schema.interview import MarkKind

PAGE = (Path(__file__).parents[2] / "docs" / "readers.md").read_text(encoding="utf-8")
FIRST_TABLE = PAGE.partition("## Encodings")[0]
OTHERS = {"empty-file", "binary-file", "file-too-large", "unreadable-file", "undecodable-bytes", "wrong-encoding"}
OTHERS |= {"control-characters", "mixed-newlines"}


def test_every_reader_stands_in_the_table_with_its_endings() -> None:
    """The first table has a row for each reader, with all endings, and says whether the text is derived."""
    rows = {match[1]: match[0] for match in re.finditer(r"^\| `(\w+)` \|.*$", FIRST_TABLE, re.MULTILINE)}
    assert set(rows) == set(READERS)
    for name, reader in READERS.items():
        assert all(f"`{suffix}`" in rows[name] for suffix in reader.suffixes if suffix), name
        assert ("| derived |" in rows[name]) == reader.derived, name


def test_every_mark_and_every_problem_is_explained() -> None:
    """All kinds of marks are in the second table, and all problems that are about formats are named."""
    assert [kind for kind in get_args(MarkKind) if f"`{kind}`" not in PAGE] == []
    assert [code.name for code in reading.CODES if f"`{code.name}`" not in PAGE and code.name not in OTHERS] == []
