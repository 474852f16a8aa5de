"""The stage `attribution`: from the source of each quotation to a speaker; adds the speakers only quotations name."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages._base import Stage
from onrecord.stages.attribution.explain import explain_quote
from onrecord.stages.attribution.resolve import resolve
from onrecord.stages.attribution.verdicts import attach

__all__ = ["STAGE", "explain_quote", "resolve_speakers"]


def resolve_speakers(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 (every stage is given the facts)
    """Fill `speaker` of the quotations and add quoted sources to `speakers`.

    Where nobody is quoted there is nothing to do. Quotations that are attributed already stay as they are, all of
    them: what this stage adds to `speakers` would lead it to other rules. The quotes stage makes them anew, without
    speakers.
    """
    if all(quote.kind == "mention" for quote in interview.quotes):
        return interview
    if any(quote.evidence.speaker_rule is not None for quote in interview.quotes):
        return interview
    language = (interview.language or "en").split("-")[0].lower()
    verdicts, cast = resolve(interview, language)
    speakers, ids = cast.speakers()
    return interview.replace(speakers=speakers, quotes=attach(interview.quotes, verdicts, ids))


STAGE = Stage("attribution", "2", ("quotes", "speakers"), resolve_speakers)
