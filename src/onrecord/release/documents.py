"""The parts of documents that are generated: between two marks, so that people write around them.

`python -m onrecord.release.documents` writes DATASHEET.md's statistics (from processed/) and docs/tables.md's columns
(from the schemas) anew, and docs/conventions.md's table; `--check` only says whether they are current.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa

from onrecord.errors import ConfigError
from onrecord.publish.ledger import replace_file
from onrecord.publish.manifest import Count, Manifest
from onrecord.release.streams import manifest_of
from onrecord.stages.layout.document import table as conventions_markdown
from onrecord.tables import TABLES

BEGIN, END = "<!-- generated: {} -->", "<!-- end of generated: {} -->"


def filled(document: str, name: str, content: str) -> str:
    """Return `document` with what stands between the marks of `name` replaced.

    Raises `ConfigError` if the marks are not there, once each and in order.
    """
    begin, end = BEGIN.format(name), END.format(name)
    if document.count(begin) != 1 or document.count(end) != 1 or document.index(begin) > document.index(end):
        raise ConfigError(f"the document needs the lines {begin!r} and {end!r}, once each and in this order")
    before, rest = document.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{content.strip()}\n{end}{after}"


def statistics_markdown(manifest: Manifest) -> str:
    """Return the statistics of a release as Markdown."""
    counted = manifest.statistics
    numbers = [
        ("Interviews about real people", counted.interviews),
        ("of these and the next, without text (standoff)", counted.standoff),
        ("Interviews about invented people, in configs of their own", counted.fictional),
        ("Interviews only counted, for their rights", counted.not_published),
        ("Interviews withdrawn", counted.withdrawn),
        ("Groups of interviews with the same main interviewee", counted.groups),
        ("Speakers, in each interview anew", counted.speakers),
        ("Turns", counted.turns),
        ("Turns of unknown voices", counted.turns_without_speaker),
        ("Words in turns", counted.words),
        ("Quotations, mentions left out", counted.quotes),
        ("Quotations whose source is unknown", counted.quotes_without_speaker),
        ("Quotations whose words occur in the interview itself", counted.quotes_with_echo),
        ("Interviews without a known date", counted.without_date),
        ("Interviews that make no chat", counted.without_chat),
    ]
    lines = [
        f"Version {manifest.version}, schema {manifest.schema_version}, rows `{manifest.digest[:16]}`. "
        "All numbers but those of findings are of the interviews about real people.",
        "",
        "| what | number |",
        "|---|---:|",
        *(f"| {what} | {number:,} |" for what, number in numbers),
        "",
        *_list("Collections", counted.collections),
        *_list("Languages", counted.languages),
        *_list("Licences", counted.licences),
        *_list("Quotations and mentions by kind", counted.quote_kinds),
        *_list("Findings of all records, invented ones included", counted.findings),
    ]
    if counted.first_date and counted.last_date:
        lines.append(f"- Dates of the conversations: {counted.first_date} to {counted.last_date}")
    return "\n".join(lines)


def columns_markdown() -> str:
    """Return every column of every table as Markdown, from the schemas."""
    parts = []
    for table in TABLES.values():
        parts += [
            f"### `{table.name}`",
            "",
            f"One row per {table.one_row_per}; for {table.purpose}.",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
            *(f"| `{field.name}` | {_type(field.type)} | {_description(field)} |" for field in table.schema),
            "",
        ]
    return "\n".join(parts)


def datasheet_beside(raw: Path) -> Path | None:
    """Return the datasheet that stands beside a raw folder, if it has a place for statistics."""
    path = Path(raw).resolve().parent / "DATASHEET.md"
    try:
        return path if BEGIN.format("statistics") in path.read_text(encoding="utf-8") else None
    except (OSError, UnicodeDecodeError):
        return None


def fill_statistics(path: Path, manifest: Manifest) -> None:
    """Write the statistics of a release into a datasheet; raises `ConfigError` if its marks are not in order."""
    old = path.read_bytes().decode("utf-8")
    new = filled(old, "statistics", statistics_markdown(manifest))
    if new != old:
        replace_file(path, new.encode("utf-8"))


def main(arguments: list[str], root: Path = Path()) -> int:
    """Write the generated parts below `root` anew, or with `--check` say which are not current; 1 if one is not."""
    parts = {
        "docs/tables.md": ("columns", columns_markdown()),
        "docs/conventions.md": ("conventions", conventions_markdown()),
    }
    if (root / "processed").exists():
        parts["DATASHEET.md"] = ("statistics", statistics_markdown(manifest_of(root / "processed")))
    status = 0
    for name, (part, content) in parts.items():
        path = root / name
        old = path.read_text(encoding="utf-8")
        new = filled(old, part, content)
        if new != old and "--check" in arguments:
            print(f"{name} is not current: run scripts/docs")
            status = 1
        elif new != old:
            path.write_text(new, encoding="utf-8")
    return status


def _list(title: str, counts: tuple[Count, ...]) -> list[str]:
    return [f"- {title}: " + ", ".join(f"{item.name} {item.count:,}" for item in counts)] if counts else []


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(kind.field(index).name for index in range(kind.num_fields)) + "}"
    return {"double": "float64", "date32[day]": "date32"}.get(str(kind), str(kind))


def _description(field: pa.Field) -> str:
    description: bytes = (field.metadata or {}).get(b"description", b"")
    return description.decode().replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
