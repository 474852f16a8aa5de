"""Turns against gold: F1 per source, roles, lost text, a naive baseline, and false turns on prose.

Gold is a folder `<source>/<document>.<ext>` with `<document>.gold.json` beside each file:
`{"turns": [{"speaker", "role", "text"}] | null}`; null means that the source marks no speakers. Only letters and
digits are compared, since markup and white space differ. A turn is right if its text and its speaker's label are;
where gold has no label, any will do. Turns are compared as given and again after neighbouring turns of one voice
are merged on both sides (sources differ in whether they repeat a label on every paragraph); the better counts.
Sources differ, too, in whether a note between paragraphs (`(Laughter)`) is text; a turn may match with it or without.
Figures are means over documents, then over sources.
"""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.collection.facts import Source
from onrecord.pipeline import Settings, process
from onrecord.schema.interview import Interview, Turn
from onrecord.stages.layout import conventions

_NAIVE = re.compile(r"^([A-Z][^\n:]{0,60}):\s+(\S.*)$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,20}\]")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,200})\]\([^()\s]{1,300}\)")
_TAG = re.compile(r"</?[A-Za-z0-9:][^<>\n]{0,80}>")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_STAGES = ("blocks", "turns")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A turn for comparison: who (None: no label), in what role, and what; `also` is what markup calls the voice."""

    speaker: str | None
    role: str | None
    text: str
    also: str | None = None
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """One document: F1 as given, merged and without labels, that of the baseline, roles right, text lost."""

    source: str
    document: str
    given: float
    merged: float
    unlabelled: float
    naive: float
    roles: int
    roles_right: int
    lost: float
    conventions: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """The better of the two comparisons."""
        return max(self.given, self.merged)


def plain(text: str | None) -> str:
    """Return the letters and digits of `text` without its markup (tags, targets of links, notes), in lower case."""
    bare = html.unescape(_TAG.sub(" ", _LINK.sub(r"\1", _FOOTNOTE.sub("", text or ""))))
    return _NOT_LETTERS.sub("", bare).lower()


def said(interview: Interview) -> list[Said]:
    """Return the turns of a record for comparison; a voice without a label of its own goes on under the last one."""
    found: list[Said] = []
    for turn in interview.turns:
        text = "\n".join(span.of(interview.text) for span in turn.paragraphs)
        noted = _with_notes(interview, turn)
        before = found[-1].speaker if found and turn.evidence.attribution == "carried" else None
        convention = conventions.REGISTRY.by_name.get(turn.evidence.convention)
        note = turn.evidence.note if convention is not None and convention.notes_voice else None
        printed = turn.label.of(interview.text) if turn.label is not None else note
        found.append(Said(printed or before, turn.role, text or noted, note, noted))
    return found


def _with_notes(interview: Interview, turn: Turn) -> str:
    """The text of a turn with the notes of events that stand between its paragraphs."""
    apart = [event.span for event in turn.events if not any(span.covers(event.span) for span in turn.paragraphs)]
    return "\n".join(span.of(interview.text) for span in sorted((*turn.paragraphs, *apart), key=lambda s: s.start))


def naive(text: str) -> list[Said]:
    """Return what `^NAME: text` finds, line by line, other lines continuing the turn before."""
    found: list[Said] = []
    for line in text.splitlines():
        if match := _NAIVE.match(line):
            found.append(Said(match.group(1), None, match.group(2)))
        elif found and line.strip():
            found[-1] = Said(found[-1].speaker, None, f"{found[-1].text}\n{line}")
    return found


def merged(turns: Sequence[Said]) -> list[Said]:
    """Join neighbouring turns of one voice: the same label, or no label and the same role."""
    joined: list[Said] = []
    for turn in turns:
        last = joined[-1] if joined else None
        if last is not None and _voice(last) == _voice(turn) and _voice(turn) != ("", ""):
            noted = f"{last.noted or last.text}\n{turn.noted or turn.text}"
            joined[-1] = dataclasses.replace(last, text=f"{last.text}\n{turn.text}", noted=noted)
        else:
            joined.append(turn)
    return joined


def _voice(turn: Said) -> tuple[str, str]:
    return (plain(turn.speaker), "") if turn.speaker else ("", turn.role or "")


def f1(gold: Sequence[Said], found: Sequence[Said], *, labels: bool = True) -> float:
    """Return the F1 of turns: right means the same letters and digits, and the same label where gold has one."""
    wanted = [turn for turn in gold if plain(turn.text)]
    offered = [turn for turn in found if plain(turn.text)]
    if not wanted and not offered:
        return 1.0
    by_text: dict[str, list[int]] = {}
    for number, turn in enumerate(offered):
        for text in {plain(turn.text), plain(turn.noted or turn.text)}:
            by_text.setdefault(text, []).append(number)
    free = [True] * len(offered)
    right = 0
    for turn in wanted:
        for number in by_text.get(plain(turn.text), ()):
            if free[number] and (not labels or _fits(turn, offered[number])):
                free[number] = False
                right += 1
                break
    return 2 * right / (len(wanted) + len(offered))


def _fits(gold: Said, found: Said) -> bool:
    """Whether the voice is the one gold names; where it names none, any is."""
    return gold.speaker is None or plain(gold.speaker) in (plain(found.speaker), plain(found.also))


def roles(gold: Sequence[Said], found: Sequence[Said]) -> tuple[int, int]:
    """Return how many gold turns with a role were found by their text, and how many of them have the same role."""
    by_text: dict[str, list[str | None]] = {}
    for turn in found:
        by_text.setdefault(plain(turn.text), []).append(turn.role)
    compared = right = 0
    for turn in gold:
        offered = by_text.get(plain(turn.text))
        if offered:
            role = offered.pop(0) if len(offered) > 1 else offered[0]  # the same words said twice, in their order
            compared += turn.role is not None
            right += turn.role is not None and role == turn.role
    return compared, right


def visible(interview: Interview) -> str:
    """Return the text without what its file does not show: a word that a page's line number parts is whole again."""
    pieces, at = [], 0
    for span in sorted((mark.span for mark in interview.marks if mark.kind == "hidden"), key=lambda span: span.start):
        pieces.append(interview.text[at : span.start])
        at = max(at, span.end)
    return "".join((*pieces, interview.text[at:]))


def lost(gold: Sequence[Said], text: str, shown: str = "") -> float:
    """Return the share of gold's words that neither the text of the record nor what it shows has as often.

    Words are counted, not places: tags and times may stand between them. Scripts without blanks count letters, and a
    word of some length that only stands in two pieces is not lost.
    """
    wanted = _words("\n".join(turn.text for turn in gold))
    missing = wanted - (_words(text) | _words(shown))
    letters = plain(text) if any(len(word) > _SHORT for word in missing) else ""
    for word in [word for word in missing if len(word) > _SHORT and word in letters]:
        del missing[word]  # `you 'll` of one is `youll` of the other
    return missing.total() / max(1, wanted.total())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(html.unescape(_TAG.sub(" ", text)).lower()))


def score(path: Path, gold_path: Path, run: Callable[[Source], Interview]) -> Scores:
    """Score one document against its gold."""
    gold_turns = json.loads(gold_path.read_text(encoding="utf-8"))["turns"]
    gold = [Said(turn.get("speaker"), turn.get("role"), turn["text"]) for turn in gold_turns or ()]
    interview = run(Source(id=f"{path.parent.name}/{path.stem}", path=path.name, data=path.read_bytes()))
    found = said(interview)
    compared, right = roles(gold, found)
    return Scores(
        source=path.parent.name,
        document=path.name,
        given=f1(gold, found),
        merged=f1(merged(gold), merged(found)),
        unlabelled=max(f1(gold, found, labels=False), f1(merged(gold), merged(found), labels=False)),
        naive=max(f1(gold, naive(interview.text)), f1(merged(gold), merged(naive(interview.text)))),
        roles=compared,
        roles_right=right,
        lost=lost(gold, interview.text, visible(interview)),
        conventions=tuple(name for name, _ in Counter(t.evidence.convention for t in interview.turns).most_common()),
    )


def documents(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield every file of a gold folder that has a gold file beside it."""
    for gold in sorted(folder.glob("*/*.gold.json")):
        stem = gold.name.removesuffix(".gold.json")
        for path in sorted(gold.parent.iterdir()):
            if path.stem == stem and path.suffix not in (".yaml", ".yml"):
                yield path, gold


def segment(source: Source) -> Interview:
    """Read a source and find its blocks and turns, nothing more."""
    return process(source, Settings(stages=_STAGES))


def evaluate(folder: Path, run: Callable[[Source], Interview] = segment) -> list[Scores]:
    """Score every document of a gold folder."""
    return [score(path, gold, run) for path, gold in documents(folder)]


def false_turns(texts: Iterable[tuple[str, str]]) -> tuple[int, list[str]]:
    """Return how many texts there are, and the names of those in which turns were found; none of them has any."""
    count, wrong = 0, []
    for name, text in texts:
        count += 1
        if segment(Source(id=f"prose/{name}", path=f"{count}.txt", data=text.encode("utf-8"))).turns:
            wrong.append(name)
    return count, wrong


def prose(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of a folder of `.txt` files, or of a JSON-lines file whose objects have a `text`."""
    if path.is_dir():
        for file in sorted(path.rglob("*.txt")):
            yield str(file.relative_to(path)), file.read_text(encoding="utf-8")
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            record = json.loads(line)
            yield f"{path.name}:{record.get('id', number)}", record["text"]
