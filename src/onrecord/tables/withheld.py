"""What a record publishes, by its rights: everything, everything but words of the source, or nothing.

A `standoff` record keeps spans, hashes, ids, kinds and metadata; every field that holds words of the source, or words
somebody wrote about them, becomes null. Which fields these are is stated here, field by field, and a test holds
that no text field of any model is in neither list.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from onrecord.names import words_for
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
    Model,
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
)
from onrecord.tables.rows import Message, MessagesRow, QuoteRow, SpeakerRow, TurnRow

Value = Any
_CONTEXT_OPEN = "interview citation_key collection date_precision outlet language group licence redistribution"


def _by_model(fields: Mapping[type[Model], str]) -> Mapping[type[Model], frozenset[str]]:
    return {model: frozenset(names.split()) for model, names in fields.items()}


WORDS = _by_model(
    {
        Interview: "title summary text",
        Origin: "",
        Rights: "",
        Mark: "value",
        Fact: "value",
        Block: "",
        Event: "",
        Span: "",
        Step: "",
        Evidence: "note",
        TurnEvidence: "note",
        QuoteEvidence: "note",
        Speaker: "labels aliases descriptors affiliations",
        Turn: "",
        Quote: "",
        Echo: "",
        Difference: "quoted said",
        TextQuoteSelector: "exact prefix suffix",
        Target: "",
        Assignment: "value_json",
        Correction: "why",
        Waiver: "reason",
        Finding: "excerpt message hint",
        TurnRow: "title text label_text",
        SpeakerRow: "title labels aliases descriptors affiliations",
        QuoteRow: "title text cue_text source_text echo_text turn_speaker_name",
        MessagesRow: "title messages assistant_name user_name named",
        Message: "content",
    }
)
"""Per model, the fields that hold words of the source or about them: null in a standoff record."""

OPEN = _by_model(
    {
        Interview: "schema_version id language date_precision outlet place text_sha256 first_release",
        Origin: "collection path sha256 media_type encoding newline locator reader reader_version url publisher",
        Rights: "holder licence redistribution basis",
        Mark: "kind",
        Fact: "kind",
        Block: "kind",
        Event: "kind",
        Span: "",
        Step: "stage version settings",
        Evidence: "rule",
        TurnEvidence: "convention rule attribution",
        QuoteEvidence: "rule speaker_rule",
        Speaker: "id name kind roles person",
        Turn: "id speaker also role language",
        Quote: "id kind speaker turn parent",
        Echo: "turn kind",
        Difference: "",
        TextQuoteSelector: "",
        Target: "layer item",
        Assignment: "field",
        Correction: "by status",
        Waiver: "by rule_version",
        Finding: "code level path where",
        TurnRow: f"id speaker also role own_language speaker_name speaker_kind person text_sha256 {_CONTEXT_OPEN}",
        SpeakerRow: f"id name kind roles person {_CONTEXT_OPEN}",
        QuoteRow: "id kind speaker turn parent speaker_name speaker_kind person turn_role turn_speaker echo "
        + f"text_sha256 {_CONTEXT_OPEN}",
        MessagesRow: f"assistant user {_CONTEXT_OPEN}",
        Message: "role",
    }
)
"""Per model, the text fields that stay: ids, kinds, rules, and the metadata a citation needs, names included."""

NAMED: Mapping[type[Model], tuple[tuple[str, str], ...]] = {
    Speaker: (("name", "kind"),),
    SpeakerRow: (("name", "kind"),),
    TurnRow: (("speaker_name", "speaker_kind"),),
    QuoteRow: (("speaker_name", "speaker_kind"),),
}
"""Where a name stands, and the kind that tells whether it is one: "two officials who saw it" is words of the source."""

HASHED = frozenset({TurnRow, QuoteRow})
GUESSABLE = 40
"""Rows whose text has a hash of its own, and the length below which a hash can give the text away."""

_PROPER = frozenset({"person", "organization"})


def withhold(model: type[Model], row: Mapping[str, Value]) -> dict[str, Value]:
    """Return a row of `model` with every field of `WORDS` null, at every depth."""
    result: dict[str, Value] = _withholder(model)(row)
    return result


@cache
def _withholder(model: type[Model]) -> Callable[[Mapping[str, Value]], dict[str, Value]]:
    words, names = WORDS[model], NAMED.get(model, ())
    nested = {
        name: convert
        for name, info in model.model_fields.items()
        if name not in words and (convert := _converter(info.annotation)) is not None
    }

    def convert_row(row: Mapping[str, Value]) -> dict[str, Value]:
        result = {name: None if name in words else value for name, value in row.items()}
        for name, convert in nested.items():
            result[name] = convert(result[name])
        for name, kind in names:
            if row[kind] not in _PROPER or (row[kind] == "person" and _describes(row[name] or "")):
                result[name] = None
        if model in HASHED and row["text"] is not None and len(row["text"]) < GUESSABLE:
            result["text_sha256"] = None
        return result

    return convert_row


def _describes(name: str) -> bool:
    """Whether what stands for a name is a description as printed, "A Deaf Bellringer": it begins with an article."""
    first, *others = name.casefold().split() or [""]
    words = words_for(None)
    return len(others) > 1 and first in words.articles - words.particles


def _converter(annotation: Any) -> Callable[[Value], Value] | None:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _converter(arguments[0])
    if origin in (Union, types.UnionType):
        return next((found for item in arguments if (found := _converter(item)) is not None), None)
    if origin is tuple:
        inner = _converter(arguments[0])
        return None if inner is None else lambda value: None if value is None else [inner(item) for item in value]
    if isinstance(annotation, type) and issubclass(annotation, Model) and _has_words(annotation):
        convert = _withholder(annotation)
        return lambda value: None if value is None else convert(value)
    return None


@cache
def _has_words(model: type[Model]) -> bool:
    return bool(WORDS[model]) or any(_converter(info.annotation) for info in model.model_fields.values())
