"""What the property tests of stages and of the line share: records in every state of being made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import strategies as st

from onrecord import testing
from onrecord.checks import record
from onrecord.collection.facts import Facts, LabelFact, Participant, Source
from onrecord.pipeline import Settings, process, read
from onrecord.schema.interview import Interview
from onrecord.stages import STAGES

ID = "properties/one"
NO_FACTS = Facts()

# Facts as cards state them, right or wrong about the text.
FACTS = st.sampled_from(
    [
        NO_FACTS,
        Facts(
            language="en",
            outlet="The Quay Letter",
            participants=(Participant(name="Ada Berg", roles=("interviewee",)),),
        ),
        Facts(
            labels=(
                LabelFact(label="ADA BERG", speaker="Ada Berg", role="answer"),
                LabelFact(label="Answer", speaker="Ada Berg"),
                LabelFact(label="Photo", ignore=True),
            ),
            participants=(
                Participant(name="Harbour Post", kind="organization", roles=("interviewer",), labels=("Q",)),
            ),
        ),
    ]
)
# Half of the texts are made of what breaks programs, half are interviews as printed: rules find something in these.
TEXTS = st.one_of(testing.texts(), testing.scripts().map(lambda script: script.text), testing.texts(60))


def bare(text: str, facts: Facts = NO_FACTS) -> Interview:
    """The record of a text before any stage."""
    return read(Source(ID, "one.txt", text.encode("utf-8"), facts))


def processed(text: str, facts: Facts = NO_FACTS) -> Interview:
    """The complete record of a text."""
    return process(Source(ID, "one.txt", text.encode("utf-8"), facts), Settings())


def steps(text: str, facts: Facts) -> Iterator[tuple[str, Interview, Interview]]:
    """Yield every stage's name with the record before and after it."""
    before = bare(text, facts)
    for stage in STAGES:
        after = stage.run(before, facts)
        yield stage.name, before, after
        before = after


def changed(before: Interview, after: Interview) -> set[str]:
    """Names of the fields in which two records differ."""
    return {name for name in Interview.model_fields if getattr(before, name) != getattr(after, name)}


def broken(interview: Interview) -> Iterator[str]:
    """Yield what does not hold of a finished record that the design says holds of every one, a sentence each."""
    yield from _blocks(interview)
    yield from _turns(interview)
    yield from _references(interview)
    yield from _quotes(interview)
    yield from (item.message for item in record.broken(interview))


def _blocks(interview: Interview) -> Iterator[str]:
    end = 0
    for block in interview.blocks:
        if block.span.start != end:
            yield f"a block starts at {block.span.start}, the one before ends at {end}"
        if not len(block.span):
            yield f"the block at {block.span.start} is empty"
        if any(not block.span.covers(fact.span) for fact in block.facts):
            yield f"the block at {block.span.start} states a fact elsewhere"
        end = block.span.end
    if end != len(interview.text):
        yield f"the blocks end at {end}, the text at {len(interview.text)}"


def _turns(interview: Interview) -> Iterator[str]:
    for before, after in pairwise(interview.turns):
        if before.span.end > after.span.start:
            yield f"{before.id} and {after.id} overlap"
    kinds = [(block.span, block.kind) for block in interview.blocks]
    for turn in interview.turns:
        if any(first.end > second.start for first, second in pairwise(turn.paragraphs)):
            yield f"{turn.id}: its paragraphs are not in order"
        if not all(span.of(interview.text).strip() for span in turn.paragraphs):
            yield f"{turn.id}: a paragraph says nothing"
        if turn.label is not None and turn.paragraphs and turn.label.end > turn.paragraphs[0].start:
            yield f"{turn.id}: its label stands after its words"
        for span in turn.paragraphs:
            if any(kind != "turn" and span.overlaps(block) for block, kind in kinds):
                yield f"{turn.id}: a paragraph stands in a block that is no turn"


def _references(interview: Interview) -> Iterator[str]:
    speakers = [speaker.id for speaker in interview.speakers]
    turns = {turn.id: turn for turn in interview.turns}
    quotes = {quote.id: quote for quote in interview.quotes}
    ids = [*speakers, *(turn.id for turn in interview.turns), *(quote.id for quote in interview.quotes)]
    if len(set(ids)) != len(ids):
        yield f"an id is there twice: {sorted(id_ for id_ in ids if ids.count(id_) > 1)}"
    if not all(id_.startswith(f"{interview.id}#") for id_ in ids):
        yield "an id does not begin with that of the interview"
    for turn in interview.turns:
        if turn.id != f"{interview.id}#turn@{turn.span.start}":
            yield f"{turn.id} starts at {turn.span.start}"
        if not {turn.speaker, *turn.also} <= {None, *speakers}:
            yield f"{turn.id}: a speaker does not exist"
    for quote in interview.quotes:
        if not {quote.speaker} <= {None, *speakers} or not {quote.parent} <= {None, *quotes}:
            yield f"{quote.id}: a reference does not resolve"
        if quote.turn is not None and quote.turn not in turns:
            yield f"{quote.id}: its turn does not exist"
        for echo in quote.echoes:
            if echo.turn not in turns or not turns[echo.turn].span.covers(echo.span):
                yield f"{quote.id}: an echo is not in its turn"


def _quotes(interview: Interview) -> Iterator[str]:
    turns = {turn.id: turn for turn in interview.turns}
    starts = [quote.content[0].start for quote in interview.quotes if quote.content]
    if starts != sorted(starts):
        yield "the quotations are not in the order of the text"
    for quote in interview.quotes:
        if not quote.content or not all(span.of(interview.text).strip() for span in quote.content):
            yield f"{quote.id} has no content"
        if any(first.end > second.start for first, second in pairwise(quote.content)):
            yield f"{quote.id}: its content is not in order"
        if quote.turn in turns and not all(turns[quote.turn or ""].span.covers(span) for span in quote.content):
            yield f"{quote.id} is not in its turn"
        if quote.parent is not None:
            parent = next(other for other in interview.quotes if other.id == quote.parent)
            if not all(any(outer.covers(span) for outer in parent.content) for span in quote.content):
                yield f"{quote.id} is not inside its parent"
