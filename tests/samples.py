"""Invented interviews for tests of tables and releases: every layer filled, nulls at every depth."""

from __future__ import annotations

import datetime
from typing import Any

from onrecord.schema.interview import (
    Assignment,
    Block,
    Correction,
    Difference,
    Echo,
    Event,
    Evidence,
    Fact,
    Finding,
    Interview,
    Mark,
    Origin,
    Quote,
    QuoteEvidence,
    Rights,
    Span,
    Speaker,
    Step,
    Target,
    TextQuoteSelector,
    Turn,
    TurnEvidence,
    Waiver,
    text_digest,
)

TEXT = """\
“The harbour will outlive us all, whatever happens”
Ina Vellamo, a retired pilot, spoke to The Quay Letter. 😀
Question: Who owns the harbour these days?
Answer: Nobody does. My uncle liked to say that “the sea lends and the sea collects” on rainy evenings.

The harbour will outlive us all.
MR. OSK: May I add one small thing here?
Question: And the ferries in winter?
Question: Still late?
Answer: [laughs] They were never once on time. é 𝒳
Question: Anything else?
Leave a comment
"""


def interview(name: str = "harbour/one", **changes: Any) -> Interview:
    """One record; `changes` replace fields (`redistribution` replaces that of the rights)."""
    text = changes.pop("text", TEXT)
    rights = Rights(
        holder="The Quay Letter",
        licence=changes.pop("licence", "CC-BY-4.0"),
        redistribution=changes.pop("redistribution", "full"),
        basis="Invented for tests.",
    )
    record = Interview(
        id=name,
        title="The harbour will outlive us all, whatever happens",
        language="en",
        date=datetime.date(2031, 5, 1),
        date_precision="month",
        outlet="The Quay Letter",
        text=text,
        text_sha256=text_digest(text),
        origin=_origin(name, text),
        rights=rights,
        marks=(Mark(span=span(text, "MR. OSK"), kind="bold"), Mark(span=span(text, "é"), kind="link", value="x:y")),
        blocks=_blocks(text),
        speakers=_speakers(name, text),
        turns=_turns(name, text),
        quotes=_quotes(name, text),
        corrections=(_correction(text),),
        findings=_findings(name),
        steps=(Step(stage="blocks", version="1", settings="abc"),),
    )
    return record.replace(**changes)


def interviews(count: int, **changes: Any) -> list[Interview]:
    """Several records with different texts and interviewees, sorted by id."""
    made = []
    for number in range(count):
        record = interview(f"harbour/n{number:04}", text=f"{TEXT}\nNo. {number}\n", **changes)
        first, *others = record.speakers
        made.append(record.replace(speakers=(first.model_copy(update={"name": f"Ina Vellamo {number}"}), *others)))
    return made


def span(text: str, words: str, after: int = 0) -> Span:
    """The place of `words` in `text`."""
    start = text.index(words, after)
    return Span(start=start, end=start + len(words))


def _origin(name: str, text: str) -> Origin:
    data = text.encode()
    return Origin(
        collection=name.split("/")[0],
        path=f"{name}.txt",
        sha256=text_digest(text),
        bytes=len(data),
        media_type="text/plain",
        encoding="utf-8",
        newline="lf",
        reader="plain",
        reader_version="1",
        retrieved=datetime.date(2031, 6, 2),
    )


def _blocks(text: str) -> tuple[Block, ...]:
    cuts = [0, text.index("\n") + 1, text.index("Question: Who"), text.index("Leave"), len(text)]
    kinds = ("title", "paragraph", "turn", "boilerplate")
    facts = (Fact(kind="person", value="Ina Vellamo", span=span(text, "Ina Vellamo")),)
    return tuple(
        Block(span=Span(start=start, end=end), kind=kind, facts=facts if kind == "paragraph" else ())
        for start, end, kind in zip(cuts, cuts[1:], kinds, strict=False)
    )


def _speakers(name: str, text: str) -> tuple[Speaker, ...]:
    ina, outlet, osk = span(text, "Ina Vellamo"), span(text, "The Quay Letter"), span(text, "MR. OSK")
    uncle = span(text, "My uncle")
    evidence = Evidence(rule="introduced", confidence=0.9, spans=(ina,), note="Ina Vellamo, a retired pilot")
    return (
        Speaker(
            id=f"{name}#speaker@{ina.start}", name="Ina Vellamo", kind="person", roles=("interviewee",),
            labels=("Answer",), descriptors=("a retired pilot",), mentions=(ina,), evidence=(evidence,),
        ),
        Speaker(id=f"{name}#speaker@{outlet.start}", name="The Quay Letter", kind="organization",
                roles=("interviewer",), labels=("Question",), affiliations=("harbour press of the coast",)),
        Speaker(id=f"{name}#speaker@{osk.start}", name="Mr. Osk", kind="person", roles=("guest",),
                labels=("MR. OSK",), aliases=("MR. OSK",), person="osk"),
        Speaker(id=f"{name}#speaker@{uncle.start}", name="My uncle liked to say", kind="unknown", roles=("quoted",)),
    )  # fmt: skip


def _turns(name: str, text: str) -> tuple[Turn, ...]:
    speakers = {label: speaker.id for speaker in _speakers(name, text) for label in speaker.labels}
    roles = {"Question": "question", "Answer": "answer", "MR. OSK": None}
    turns: list[Turn] = []
    start = text.index("Question: Who")
    while start < text.index("Leave a comment"):
        stop = min(at for word in (*roles, "Leave a") if (at := text.find(f"\n{word}", start)) > 0) + 1
        label = text[start : text.index(":", start)]
        said = start + len(label) + 2
        parts = text[said : stop - 1].split("\n\n")
        laughs = "[laughs]" in parts[0]
        turns.append(
            Turn(
                id=f"{name}#turn@{start}",
                speaker=speakers[label],
                role=roles[label],
                label=Span(start=start, end=start + len(label)),
                paragraphs=tuple(span(text, part, said) for part in parts),
                events=(Event(span=span(text, "[laughs]"), kind="laughter"),) if laughs else (),
                language="fi" if laughs else None,
                start_ms=0 if not turns else None,
                evidence=TurnEvidence(convention="label-colon", rule="label", attribution="printed", confidence=1.0),
            )
        )
        start = stop
    return tuple(turns)


def _quotes(name: str, text: str) -> tuple[Quote, ...]:
    title = span(text, "The harbour will outlive us all, whatever happens")
    sea, said = span(text, "the sea lends and the sea collects"), span(text, "liked to say")
    uncle, answer = span(text, "My uncle"), _turns(name, text)[1]
    speakers = _speakers(name, text)
    echo = Echo(
        turn=answer.id,
        span=span(text, "The harbour will outlive us all", title.end),
        kind="altered",
        similarity=0.75,
        differences=(Difference(quoted="whatever happens", said=""),),
    )
    return (
        Quote(id=f"{name}#quote@{title.start}", kind="direct", content=(title,), speaker=speakers[0].id,
              evidence=QuoteEvidence(rule="marks", confidence=1.0), echoes=(echo,)),
        Quote(id=f"{name}#quote@{sea.start}", kind="mixed",
              content=(Span(start=sea.start, end=sea.start + 13), Span(start=sea.start + 18, end=sea.end)),
              cue=said, source=(uncle,), speaker=speakers[3].id, turn=answer.id,
              evidence=QuoteEvidence(rule="marks", confidence=0.8, speaker_rule="source", spans=(uncle,),
                                     speaker_confidence=0.7, note="uncle liked to say that")),
    )  # fmt: skip


def _correction(text: str) -> Correction:
    words = TextQuoteSelector(exact="Ina Vellamo", suffix=", a retired pilot")
    return Correction(
        target=Target(layer="speakers", position=span(text, "Ina Vellamo"), quote=words),
        set=(Assignment(field="descriptors", value_json='["a retired pilot"]'),),
        by="R. Editor",
        on=datetime.date(2031, 7, 1),
        why="The lede says: a retired pilot.",
        status="agreed",
    )


def _findings(name: str) -> tuple[Finding, ...]:
    waiver = Waiver(reason="The ferries were never once on time.", by="R. Editor")
    return (
        Finding(code="mixed-newlines", level="note", path=f"{name}.txt", message="Some line ends differ."),
        Finding(
            code="control-characters", level="warning", path=f"{name}.txt", line=4, column=2, where=name,
            excerpt="They were never once on time.", message="“They were never once on time” has NUL.", waiver=waiver,
        ),
    )  # fmt: skip
