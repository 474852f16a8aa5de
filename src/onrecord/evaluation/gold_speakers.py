"""Gold for speakers within one interview: short cases in a plain notation, made into interviews with turns.

The notation is described in tests/gold/speakers/README.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.collection.facts import Facts, Participant
from onrecord.errors import ConfigError
from onrecord.schema.interview import Interview, Origin, Span, SpeakerRole, Turn, TurnEvidence, TurnRole, text_digest

ALONE = "?"
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Print:
    """One turn of a case: who speaks (several keys for a joint label), the label as printed, and the words.

    `label` is null where the turn has none; then `role` says what its form says.
    """

    who: tuple[str, ...]
    label: str | None
    words: str
    role: TurnRole | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a voice must be called (null: nothing), and the role it must have, if one is demanded."""

    who: str
    name: str | None
    role: str | None


@dataclass(slots=True)
class Case:
    """One small interview with the truth about its speakers."""

    name: str
    language: str
    lede: list[str] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    outlet: str | None = None
    participants: list[Participant] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        """What people state about the case."""
        return Facts(language=self.language, outlet=self.outlet, participants=tuple(self.participants))

    def interview(self) -> Interview:
        """Return the case as the stage before `speakers` would hand it over."""
        return interview_of(self.name, self.language, self.lede, self.prints, self.outlet)


def read_cases(folder: Path) -> list[Case]:
    """Read all cases of a folder, one file per language.

    Raises `ConfigError` for a line that is not in the notation.
    """
    return [case for path in sorted(folder.glob("*.txt")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    case: Case | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.startswith("=== "):
            if case is not None:
                yield case
            case = Case(line[4:].strip(), path.stem)
        elif line.strip() and (case is None or not _read(case, line)):
            raise ConfigError(f"{path.name}:{number}: not in the notation of README.md: {line!r}")
    if case is not None:
        yield case


def _read(case: Case, line: str) -> bool:
    mark, rest = line[:2], line[2:].strip()
    if mark == "> ":
        case.lede.append(rest)
        return True
    if mark == "@ ":
        return _fact(case, rest)
    fields = [piece.strip() for piece in (rest if mark == "= " else line).split("|")]
    if mark == "= " and len(fields) in (2, 3):
        case.expected.append(Expected(fields[0], fields[1] or None, fields[2] if len(fields) == 3 else None))
        return True
    if len(fields) not in (2, 3):
        return False
    words = fields[2] if len(fields) == 3 else "Words."
    roles: dict[str, TurnRole] = {"~?": "question", "~!": "answer"}
    role = roles.get(fields[1])
    who = () if fields[0] == NOBODY else tuple(fields[0].split("+"))
    case.prints.append(Print(who, None if role else fields[1], words, role))
    return True


def _fact(case: Case, rest: str) -> bool:
    kind, _, value = rest.partition(":")
    if kind == "outlet":
        case.outlet = value.strip()
        return True
    if kind == "participant":
        name, _, role = (piece.strip() for piece in value.partition("|"))
        roles: tuple[SpeakerRole, ...] = (role,) if role else ()  # type: ignore[assignment]  # checked by the model
        case.participants.append(Participant(name=name, roles=roles))
        return True
    return False


def interview_of(
    name: str, language: str | None, lede: list[str], prints: list[Print], outlet: str | None = None
) -> Interview:
    """Make an interview with turns out of a lede and prints; every offset is what a turn stage would give."""
    lines = [*lede]
    turns: list[Turn] = []
    position = sum(len(line) + 1 for line in lede)
    identifier = f"gold/{name}"
    for entry in prints:
        head = "" if entry.label is None else f"{entry.label}: "
        line = head + entry.words
        label = None if entry.label is None else Span(start=position, end=position + len(entry.label))
        turns.append(
            Turn(
                id=f"{identifier}#turn@{position}",
                speaker=None,
                role=entry.role,
                label=label,
                paragraphs=(Span(start=position + len(head), end=position + len(line)),),
                evidence=TurnEvidence(
                    convention="gold",
                    rule="gold",
                    attribution="printed" if label is not None else "inferred",
                    confidence=1.0,
                ),
            )
        )
        lines.append(line)
        position += len(line) + 1
    text = "\n".join(lines) + "\n"
    data = text.encode("utf-8")
    origin = Origin(
        path=f"{name}.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type="text/plain",
        encoding="utf-8",
        newline="lf",
        reader="gold",
        reader_version="1",
    )
    return Interview(
        id=identifier,
        language=language,
        outlet=outlet,
        text=text,
        text_sha256=text_digest(text),
        origin=origin,
        turns=tuple(turns),
    )
