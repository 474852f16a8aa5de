"""What the page shows, as plain values: the text in pieces and runs, with what is known about each.

The pieces partition the text, and so do the runs of each piece: every character is shown once, as it is. A place is
the code point at which it stands; a run says where it begins, so the page never has to count the whole text.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from onrecord.checks.waivers import NOT_WAIVABLE
from onrecord.schema.interview import Evidence, Finding, Interview, Quote, Span, Speaker, Turn
from onrecord.tables.keys import citation_key
from onrecord.text.lines import split_lines

TONES = 8
"""How many voices have a colour and a sign of their own; after that they begin again."""

Json = dict[str, Any]


def page_model(interview: Interview, findings: Iterable[Finding], extra: Mapping[str, Any]) -> Json:
    """Return the model of the page: `extra` is added as it is (what the session knows about the sidecar)."""
    speakers = {speaker.id: number for number, speaker in enumerate(interview.speakers)}
    quotes = {quote.id: number for number, quote in enumerate(interview.quotes)}
    pieces = list(_pieces(interview))
    numbers = {turn.id: number for number, turn in enumerate(interview.turns, 1)}
    starts = [start for start, _, _, _ in pieces]
    told = [_finding(item, interview) for item in findings]
    _place(told, interview, starts)
    spans = _spans_by_piece(_annotations(interview, speakers, quotes), starts)
    return {
        "id": interview.id,
        "key": citation_key(interview.id),
        "facts": _facts(interview),
        "rights": interview.rights.model_dump(mode="json"),
        "path": interview.origin.path,
        "fictional": interview.fictional,
        "length": len(interview.text),
        "speakers": [_speaker(item, number) for number, item in enumerate(interview.speakers)],
        "quotes": [_quote(item, interview, speakers) for item in interview.quotes],
        "findings": told,
        "corrections": [_correction(item, number) for number, item in enumerate(interview.corrections)],
        "pieces": [
            {
                "at": start,
                "end": end,
                "kind": kind,
                "runs": _runs(interview.text, start, end, spans[number]),
                **(_turn(turn, numbers[turn.id], speakers) if turn is not None else {}),
            }
            for number, (start, end, kind, turn) in enumerate(pieces)
        ],
        **extra,
    }


def _facts(interview: Interview) -> Json:
    date = interview.date.isoformat() if interview.date else None
    length = {"year": 4, "month": 7}.get(interview.date_precision or "", 10)
    values = {"title": interview.title, "outlet": interview.outlet, "date": date[:length] if date else None}
    return {**values, "place": interview.place, "language": interview.language}


def _pieces(interview: Interview) -> Iterator[tuple[int, int, str, Turn | None]]:
    """Turns, and between them the blocks; what is blank belongs to the piece before it."""
    text, at = interview.text, 0
    for turn in interview.turns:
        span = turn.span
        if span.start < at:
            continue  # a record with overlapping turns is broken, and a finding says so; the text is shown once
        start = _with_its_sign(interview, at, span.start)
        yield from _between(interview, at, start)
        end = span.end
        while end < len(text) and text[end] in " \t\r\n":
            end += 1
        yield start, end, "turn", turn
        at = end
    yield from _between(interview, at, len(text))


def _with_its_sign(interview: Interview, at: int, start: int) -> int:
    """A dash or a bullet before a turn, in the same block, is shown with it."""
    index = bisect_right(interview.blocks, start, key=lambda block: block.span.start) - 1
    if index < 0 or interview.blocks[index].kind != "turn":
        return start
    begin = max(at, interview.blocks[index].span.start)
    return start if any(map(str.isalnum, interview.text[begin:start])) else begin


def _between(interview: Interview, start: int, end: int) -> Iterator[tuple[int, int, str, None]]:
    if start >= end:
        return
    blocks = interview.blocks
    first = max(0, bisect_right(blocks, start, key=lambda block: block.span.start) - 1)
    cuts: list[tuple[int, str]] = []
    for block in blocks[first:]:
        if block.span.start >= end:
            break
        blank = not interview.text[max(start, block.span.start) : min(end, block.span.end)].strip()
        if block.span.end > start and not (cuts and blank):
            # what the blocks call a turn, and no turn covers, is what is left of one that was moved or taken out
            cuts.append((max(start, block.span.start), "unassigned" if block.kind == "turn" else block.kind))
    if not cuts or cuts[0][0] > start:
        cuts.insert(0, (start, "paragraph"))
    for number, (at, kind) in enumerate(cuts):
        yield at, cuts[number + 1][0] if number + 1 < len(cuts) else end, kind, None


def _annotations(
    interview: Interview, speakers: Mapping[str, int], quotes: Mapping[str, int]
) -> Iterator[tuple[int, int, str]]:
    """Every span with what it is: a letter and a number (`q3` is the content of the fourth quotation)."""
    for turn in interview.turns:
        if turn.label is not None:
            yield turn.label.start, turn.label.end, "l"
        for event in turn.events:
            yield event.span.start, event.span.end, "e"
    for speaker in interview.speakers:
        for span in speaker.mentions:
            yield span.start, span.end, f"m{speakers[speaker.id]}"
    for quote in interview.quotes:
        number = quotes[quote.id]
        parts: Sequence[tuple[str, Iterable[Span]]] = (
            ("q", quote.content),
            ("c", (quote.cue,) if quote.cue else ()),
            ("s", quote.source or ()),
        )
        for letter, spans in parts:
            for span in spans:
                yield span.start, span.end, f"{letter}{number}"


def _spans_by_piece(
    annotations: Iterable[tuple[int, int, str]], starts: Sequence[int]
) -> list[list[tuple[int, int, str]]]:
    spans: list[list[tuple[int, int, str]]] = [[] for _ in starts]
    for start, end, name in annotations:
        piece = max(0, bisect_right(starts, start) - 1)
        while piece < len(starts) and (starts[piece] < end or starts[piece] <= start < end):
            spans[piece].append((start, end, name))
            piece += 1
    return spans


def _runs(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> list[Json]:
    """The piece cut at every edge of a span; each run says which spans cover it."""
    edges: dict[int, list[tuple[bool, str]]] = {start: [], end: []}
    last = start + len(text[start:end].rstrip())
    for low, high, name in (*spans, (last, end, "b")):  # blank lines at the end are there, but take no room
        low, high = max(low, start), min(high, end)
        if low < high:
            edges.setdefault(low, []).append((True, name))
            edges.setdefault(high, []).append((False, name))
    places = sorted(edges)
    runs: list[Json] = []
    active: dict[str, int] = {}
    for at, until in pairwise(places):
        for opens, name in edges[at]:
            active[name] = active.get(name, 0) + (1 if opens else -1)
        names = sorted(name for name, count in active.items() if count > 0)
        active = {name: count for name, count in active.items() if count}
        runs.append({"at": at, "text": text[at:until], **({"in": names} if names else {})})
    return runs


def _turn(turn: Turn, number: int, speakers: Mapping[str, int]) -> Json:
    evidence = turn.evidence
    how = {
        "printed": "a label is printed",
        "carried": "no label: the voice before goes on",
        "inferred": "the form of the text tells",
        "unknown": "nothing tells whose voice it is",
    }[evidence.attribution]
    said = f"{evidence.rule} ({evidence.convention}), {how}, confidence {evidence.confidence:.2f}"
    return {
        "id": turn.id,
        "speaker": speakers.get(turn.speaker or ""),
        "also": [speakers[item] for item in turn.also if item in speakers],
        "role": turn.role,
        "evidence": [said, *([evidence.note] if evidence.note else []), _cited(turn.id)],
        "corrected": evidence.rule == "correction",
        "labelled": turn.label is not None,
        "number": number,
    }


def _speaker(speaker: Speaker, number: int) -> Json:
    return {
        "id": speaker.id,
        "name": speaker.name or (speaker.labels[0] if speaker.labels else None),
        "named": speaker.name is not None,
        "kind": speaker.kind,
        "roles": list(speaker.roles),
        "labels": list(speaker.labels),
        "aliases": list(speaker.aliases),
        "descriptors": list(speaker.descriptors),
        "tone": number % TONES,
        "evidence": [*(_because(item) for item in speaker.evidence), _cited(speaker.id)],
    }


def _cited(id_: str) -> str:
    """The key under which tables and citations have the item, too."""
    return f"citation key: {citation_key(id_)}"


def _because(evidence: Evidence) -> str:
    note = f": {evidence.note}" if evidence.note else ""
    return f"{evidence.rule}, confidence {evidence.confidence:.2f}{note}"


def _quote(quote: Quote, interview: Interview, speakers: Mapping[str, int]) -> Json:
    evidence = quote.evidence
    reasons = [f"bounds: {evidence.rule}, confidence {evidence.confidence:.2f}"]
    if evidence.speaker_rule is not None:
        reasons.append(f"speaker: {evidence.speaker_rule}, confidence {evidence.speaker_confidence or 0:.2f}")
    reasons += [evidence.note] if evidence.note else []
    reasons += [
        f"{echo.kind} echo in {echo.turn.rsplit('#', 1)[-1]}, {echo.similarity:.0%} alike" for echo in quote.echoes
    ]
    reasons.append(_cited(quote.id))
    return {
        "id": quote.id,
        "kind": quote.kind,
        "speaker": speakers.get(quote.speaker or ""),
        "at": quote.content[0].start,
        "words": _short(" … ".join(span.of(interview.text) for span in quote.content)),
        "cue": quote.cue.of(interview.text) if quote.cue else None,
        "source": " … ".join(span.of(interview.text) for span in quote.source) if quote.source else None,
        "evidence": reasons,
        "corrected": evidence.rule == "correction",
    }


def _correction(item: Any, number: int) -> Json:
    target = item.target
    values = ", ".join(_in_words(assignment.field, _value(assignment.value_json)) for assignment in item.set)
    about = target.quote.exact if target.quote else target.item or target.layer
    return {
        "index": number,
        "status": item.status,
        "said": f"{target.layer}: {values}",
        "about": _short(about),
        "by": item.by,
        "on": item.on.isoformat(),
        "why": item.why,
    }


def _value(value_json: str) -> Any:
    try:
        return json.loads(value_json)
    except ValueError:  # a record that did not come from a sidecar may hold anything
        return value_json


def _in_words(name: str, value: Any) -> str:
    """What a correction sets, for people: places are seen in the text, so they are named, not counted."""
    if name == "add" and isinstance(value, dict):
        return "added" + "".join(f", {_in_words(key, item)}" for key, item in value.items() if not _is_place(item))
    if name == "delete":
        return "taken out"
    if _is_place(value):
        return f"another {name.removesuffix('s')}" if name != "paragraphs" else "other bounds"
    said = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"{name} {'unknown' if said is None else _short(str(said))}"


def _is_place(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and all(isinstance(item, int | list | dict) for item in value)
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else text[:119] + "…"


def _finding(item: Finding, interview: Interview) -> Json:
    own = item.path == interview.origin.path
    return {
        "code": item.code,
        "level": item.level,
        "path": item.path,
        "line": item.line,
        "column": item.column,
        "where": item.where,
        "excerpt": item.excerpt,
        "message": item.message,
        "hint": item.hint,
        "waived": f"{item.waiver.by}: {item.waiver.reason}" if item.waiver else None,
        "waivable": own and item.code not in NOT_WAIVABLE and item.waiver is None,
        "piece": None,
    }


def _place(findings: Sequence[Json], interview: Interview, starts: Sequence[int]) -> None:
    """Put each finding about the text beside the piece its line and column are in."""
    lines = [line.start for line in split_lines(interview.text)]
    for item in findings:
        if item["path"] == interview.origin.path and item["line"] and item["line"] <= len(lines) and starts:
            at = lines[item["line"] - 1] + (item["column"] or 1) - 1
            item["piece"] = max(0, bisect_right(starts, at) - 1)
