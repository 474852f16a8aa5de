"""`CHANGELOG.md` of the data: what people say about each version, and how many records came with it."""

from __future__ import annotations

from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import Statistics

NAME = "CHANGELOG.md"


def changelog(facts: ReleaseFacts, counted: Statistics) -> bytes:
    """Return the bytes of the changelog, versions from new to old."""
    came = {item.name: item.count for item in counted.first_releases}
    said = {change.version: change for change in facts.changes}
    lines = [f"# Changes to the data of {facts.title}", ""]
    for version in sorted({*came, *said, facts.version}, key=_numbers, reverse=True):
        change = said.get(version)
        day = change.released if change else facts.released if version == facts.version else None
        notes = [f"- {note}" for note in (change.notes if change else ())]
        if version in came:
            notes.append(f"- Records that came with this version and are still here: {came[version]:,}.")
        lines += [f"## {version}{f' ({day.isoformat()})' if day else ''}", "", *(notes or ["- No notes."]), ""]
    if counted.withdrawn:
        lines += ["## Withdrawn", "", f"- Records: {counted.withdrawn:,}, listed in takedowns.jsonl.", ""]
    return "\n".join(lines).encode()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
