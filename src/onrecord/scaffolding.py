"""Put a raw text into a collection: the file as it is, a sidecar with what was found in it, and a card if it is new.

What the text says is proposed with its evidence; what no text can say, who holds the rights and whether those who
speak agreed, has to be given. Nothing that exists is overwritten, and if something goes wrong nothing is left behind.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from onrecord.collection.facts import Facts, Source
from onrecord.collection.facts import Participant as Known
from onrecord.collection.naming import CARD_NAME, SIDECAR_SUFFIX, fallback, ignored, slug, stem_of
from onrecord.errors import ConfigError
from onrecord.pipeline import process
from onrecord.readers import READERS, Reader, reader_for
from onrecord.review.yaml_edit import flow
from onrecord.schema.interview import Evidence, Interview, Redistribution, SpeakerRole
from onrecord.stages.speakers.rules import describe
from onrecord.text.lines import LineIndex

_LONGEST_NAME = 60
_COLLECTION = re.compile(r"[\w][\w.-]*")
METADATA = ("title", "outlet", "date", "place", "language")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that was found: the key of the sidecar, its value as written there, and why."""

    key: str
    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part, and why it is thought so."""

    name: str
    roles: tuple[SpeakerRole, ...]
    because: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way into a collection: its bytes, its name there, and what was found in it."""

    data: bytes
    name: str
    suffix: str
    reader: str
    convention: str
    turns: int
    proposals: tuple[Proposal, ...]
    participants: tuple[Participant, ...]
    interview: Interview = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rights:
    """What only people know: who holds the rights, what may be done with the text, and whether speakers agreed."""

    redistribution: Redistribution
    holder: str | None = None
    licence: str | None = None
    basis: str | None = None
    consent: str | None = None

    def card(self) -> dict[str, str | None]:
        """Return it as a card or sidecar holds it; consent is part of what the judgement rests on."""
        consent = f"Consent of those who speak: {self.consent.rstrip('.')}." if self.consent else None
        basis = self.basis and (self.basis if self.basis.endswith((".", "!", "?", "。")) else f"{self.basis}.")
        said = " ".join(part for part in (basis, consent) if part)
        return {
            "holder": self.holder,
            "licence": self.licence,
            "redistribution": self.redistribution,
            "basis": said or None,
        }


def draft_of(
    data: bytes,
    given: str,
    stated: Mapping[str, str],
    name: str | None = None,
    people: Sequence[Participant] = (),
) -> Draft:
    """Read `data`, a file that was called `given` (empty: it had no name), and propose what is known about it.

    `stated` holds what a person says (`title`, `outlet`, `date`, `place`, `language`), and `people`
    are those a person says take part; both win over what was found.
    Raises `ConfigError` for bytes in which there is no text.
    """
    reader = reader_for(given, data)
    suffix = _suffix(given, reader)
    known = tuple(Known(name=person.name, roles=person.roles) for person in people)
    source = Source(f"new{suffix}", f"new{suffix}", data, Facts(language=stated.get("language"), participants=known))
    interview = process(source)
    if not interview.text.strip():
        said = interview.findings[0].message if interview.findings else "There is no text in it."
        raise ConfigError(f"{given or 'standard input'}: {said}")
    proposals = tuple(_proposals(interview, stated))
    title = next((item.value for item in proposals if item.key == "title"), "")
    convention = interview.turns[0].evidence.convention if interview.turns else "none that was recognised"
    return Draft(
        data=data,
        name=_name(name, given, title),
        suffix=suffix,
        reader=reader.name,
        convention=convention,
        turns=len(interview.turns),
        proposals=proposals,
        participants=(*people, *_participants(interview, people)),
        interview=interview,
    )


def place(
    draft: Draft, raw: Path, collection: str, rights: Rights | None, *, source: Path | None = None, dry: bool = False
) -> list[tuple[Path, str | None]]:
    """Write the text, its sidecar and, if there is none, the card; return the paths with what is written in them.

    The text itself is returned with None: it is copied as it is, or stays where it is if it is in the collection
    already. With `dry` nothing is written. Raises `ConfigError` if a name is taken or cannot be one, if the same text
    is there already, or if a new collection has no rights.
    """
    if not _COLLECTION.fullmatch(collection) or ignored(collection):
        raise ConfigError(f"{collection!r} is no name for a collection: letters, digits, `-`, `_` and `.`")
    folder = raw / collection
    card, text = folder / CARD_NAME, folder / f"{draft.name}{draft.suffix}"
    if source is not None and source.resolve().parent == folder.resolve():
        text = source
    sidecar = text.with_name(stem_of(text.name) + SIDECAR_SUFFIX)
    if rights is None and not card.exists():
        raise ConfigError(f"{collection} is new: its rights have to be stated (--redistribution, --basis, --consent)")
    files: list[tuple[Path, str | None]] = [(text, None), (sidecar, _sidecar(draft, rights if card.exists() else None))]
    if not card.exists():
        assert rights is not None
        files.insert(0, (card, _card(draft, collection, rights)))
    _refuse_taken(draft, folder, files, text == source)
    if not dry:
        _write(files, draft.data, keep=source if text == source else None)
    return files


def _refuse_taken(draft: Draft, folder: Path, files: Sequence[tuple[Path, str | None]], there: bool) -> None:
    for path, content in files:
        if (content is not None or not there) and path.exists():
            raise ConfigError(f"{path} exists already; give another --name, or change it with `onrecord review {path}`")
    text = next(path for path, content in files if content is None)
    for other in sorted(folder.iterdir()) if folder.is_dir() else ():
        if other == text or not other.is_file():
            continue
        if stem_of(other.name) == stem_of(text.name) and not other.name.endswith((SIDECAR_SUFFIX, ".gold.json")):
            raise ConfigError(
                f"{other} has the same name but for its ending, and would share the sidecar; give a --name"
            )
        if other.stat().st_size == len(draft.data) and other.read_bytes() == draft.data:
            raise ConfigError(f"{other} has the same content, byte for byte")


def _write(files: Sequence[tuple[Path, str | None]], data: bytes, keep: Path | None) -> None:
    made: list[Path] = []
    folder = files[0][0].parent
    new_folders = [path for path in (folder.parent, folder) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for path, content in files:
            if path == keep:
                continue
            with path.open("xb") as file:  # never over a file that has appeared meanwhile
                made.append(path)
                file.write(data if content is None else content.encode("utf-8"))
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        for path in reversed(new_folders):
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _suffix(given: str, reader: Reader) -> str:
    suffix = PurePosixPath(given).suffix.lower()
    if suffix and reader_for(given) is reader and (suffix in reader.suffixes or reader is READERS["plain"]):
        return suffix if suffix not in (".yaml", ".yml") else ".txt"
    return reader.suffixes[0]


def _name(name: str | None, given: str, title: str) -> str:
    if name is not None:
        if slug(name) != name or ignored(name) or "/" in name:
            raise ConfigError(f"{name!r} cannot be the name of an interview; {slug(name) or 'a plain word'!r} can")
        return name
    stem = slug(stem_of(PurePosixPath(given).name)) if given else ""
    words = re.findall(r"\w+", title.lower())
    while words and len("-".join(words)) > _LONGEST_NAME:
        words.pop()
    return stem or slug("-".join(words)) or fallback(title or "interview")


def _proposals(interview: Interview, stated: Mapping[str, str]) -> Iterator[Proposal]:
    found = {
        "title": interview.title,
        "outlet": interview.outlet,
        "date": _date(interview),
        "place": interview.place,
        "language": interview.language,
    }
    for key in METADATA:
        value = stated.get(key) or found[key]
        if value:
            yield Proposal(key, value, "stated by you" if key in stated else _evidence(interview, key, value))
    if interview.origin.url and "url" not in stated:
        yield Proposal("url", interview.origin.url, "stated in the file itself")
    if "url" in stated:
        yield Proposal("url", stated["url"], "stated by you")


def _date(interview: Interview) -> str | None:
    if interview.date is None:
        return None
    return interview.date.isoformat()[: {"year": 4, "month": 7}.get(interview.date_precision or "", 10)]


def _evidence(interview: Interview, key: str, value: str) -> str:
    """Where it stands: as a fact of a block, or as words of the text."""
    lines = LineIndex(interview.text)
    for block in interview.blocks:
        for fact in block.facts:
            if fact.kind == key:
                line, _ = lines.position(fact.span.start)
                return f"line {line}, {block.kind}: “{_short(fact.span.of(interview.text))}”"
    if key == "language":
        return "told by the words of the text"
    at = interview.text.find(value)
    if at >= 0:
        return f"line {lines.position(at)[0]} of the text"
    return "found in the file"


def _participants(interview: Interview, people: Sequence[Participant]) -> Iterator[Participant]:
    stated = {person.name.casefold() for person in people}
    speaking = {turn.speaker for turn in interview.turns}
    lines = LineIndex(interview.text)
    for speaker in interview.speakers:
        roles = tuple(role for role in speaker.roles if role not in ("quoted", "mentioned"))
        if (
            speaker.name
            and speaker.name.casefold() not in stated
            and (speaker.id in speaking or "interviewer" in roles)
        ):
            told = [item for item in speaker.evidence if item.rule != "full-name"]  # which form it is, not who it is
            because = " ".join(dict.fromkeys(_reason(item, lines) for item in told[:2]))
            yield Participant(speaker.name, roles, because or "speaks in the text")


def _reason(evidence: Evidence, lines: LineIndex) -> str:
    """The sentence of a rule, and the line it rests on."""
    said = describe(evidence.rule)
    if not evidence.spans:
        return said
    return f"{said.removesuffix('.')} (line {lines.position(evidence.spans[0].start)[0]})."


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else f"{text[:69]}…"


def _comment(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", " ", text).split())


def _sidecar(draft: Draft, rights: Rights | None) -> str:
    turns = f"{draft.turns} turn{'s' * (draft.turns != 1)}"
    lines = [f"# Proposed by `onrecord new`; correct what is wrong. Turns: {draft.convention}, {turns}."]
    lines += [f"{item.key}: {_value(item)} # {_comment(item.because)}" for item in draft.proposals]
    if draft.participants:
        # What a sidecar says wins over the rules, so a guess about people is not written as a fact.
        sure = [person for person in draft.participants if person.stated]
        guessed = [person for person in draft.participants if not person.stated]
        lines += ["participants:", *(f"  - {_entry(person)}" for person in sure)] if sure else []
        lines += ["# Found by the rules; state it if it is right, or wrong otherwise:"] if guessed else []
        lines += ["# participants:"] if guessed and not sure else []
        lines += [f"#  - {_entry(person)}" for person in guessed]
    if rights is not None:
        lines += ["rights:", *_rights(rights)]
    return "\n".join(lines) + "\n"


def _entry(person: Participant) -> str:
    roles = {"roles": list(person.roles)} if person.roles else {}
    return f"{flow({'name': person.name, **roles})} # {_comment(person.because)}"


def _value(item: Proposal) -> str:
    return item.value if item.key == "date" else flow(item.value)


def _card(draft: Draft, collection: str, rights: Rights) -> str:
    known = {item.key: item.value for item in draft.proposals}
    lines = [
        "# The card: what holds for every text of this collection. See docs/cards.md.",
        f"title: {flow(collection)}",
        *([f"language: {flow(known['language'])}"] if "language" in known else []),
        *([f"outlet: {flow(known['outlet'])}"] if "outlet" in known else []),
        "rights: # null means unknown, never free",
        *_rights(rights),
    ]
    return "\n".join(lines) + "\n"


def _rights(rights: Rights) -> list[str]:
    return [f"  {key}: {'null' if value is None else flow(value)}" for key, value in rights.card().items()]
