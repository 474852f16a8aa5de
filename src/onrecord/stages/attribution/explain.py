"""Why this is a quotation, and why it is this speaker's, in words."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.schema.interview import Interview, Quote, Span

FINDING_RULES: Mapping[str, str] = {
    "tag-after": "the reporting verb follows what was said (…, she said)",
    "tag-inverted": "the reporting verb follows what was said, and its subject follows the verb (…, said the mayor)",
    "tag-final": "the reporting verb stands right behind the quotation marks",
    "cue-quote": "a quotation in marks follows a reporting verb (she said, “…”)",
    "cue-fragment": "a reporting verb governs a few words in quotation marks",
    "cue-colon": "a reporting verb and a colon introduce what was said",
    "clause-that": "a reporting verb introduces a clause with `that` (or the language's word for it)",
    "clause-bare": "a reporting verb introduces a clause without `that`",
    "clause-question": "a reporting verb introduces an embedded question",
    "clause-participle": "a clause that ends in a participle stands before the reporting verb",
    "infinitive": "a verb of promising or claiming introduces an infinitive",
    "order": "a verb of asking introduces what somebody is to do",
    "object": "what was said is the object of a reporting verb",
    "according-to": "a phrase like `according to` names the source",
    "as-said": "a parenthesis like `as the police said` names the source",
    "noun-that": "a noun for something said introduces a clause (his claim that …)",
    "label-in-quotation": "a label opens the words between the marks, as in a transcript that is quoted",
    "headline-colon": "a name and a colon open a headline",
    "dash-name": "a dash and a name follow the quotation",
    "colon-paragraph": "the paragraph before ends in a reporting verb and a colon",
    "tag-inside": "the reporting verb and its subject stand between the marks, as French prints them",
    "dash-dialogue": "a dash opens the paragraph, as dialogue is printed in this language",
    "mood": "the subjunctive of reported speech stands beside a verb the lexicon does not know",
    "passive-that": "a passive of a reporting verb (it was said that …)",
    "passive-bare": "a passive verb of telling with a clause after it; who told is not printed",
    "with-words": "a phrase like `with the words` introduces or follows what was said",
    "same-sentence": "the sentence of a tag goes on into another quotation (…, she said; “…”)",
    "reply-noun": "a noun for an answer follows (“…” was her reply)",
    "headline-quotation": "quotation marks around several words of a headline",
    "colon-introduces": "a colon introduces a quotation that is a sentence of its own",
    "unknown-tag": "a verb the lexicon does not know stands where a reporting verb would",
    "on-paper": "the words stand on a sign, a banner or another thing that says them",
    "goes-on-reporting": "an adverb refers to a report (`demnach`)",
    "hearsay": "a modal verb and a perfect infinitive say that somebody says so",
    "hypothetical": "the sentence stands in the subjunctive, right behind a report",
    "subjunctive": "the sentence stands in the subjunctive of reported speech",
    "fragment-in-clause": "quoted words within a reported clause",
    "stands-alone": "quotation marks around a whole sentence, without a reporting verb",
    "long-in-sentence": "quotation marks around many words, without a reporting verb",
    "short-in-sentence": "quotation marks around a few words that no reporting verb governs: a title, a scare quote",
    "named-as": "quotation marks behind the word for `as`: what somebody calls something",
    "name-like": "quotation marks around what looks like a name or a title",
    "nested-deep": "quotation marks nested deeper than anybody reads",
}
SPEAKER_RULES: Mapping[str, str] = {
    "name": "the source names this speaker",
    "name-new": "the source names somebody the text had not introduced",
    "name-nearest": "several speakers can be meant by this name; this one is named last before",
    "title-qualified": "the source is a title only this speaker was introduced with",
    "title-only": "the source is a title that fits only this speaker",
    "description": "the source describes somebody the text does not name",
    "described-again": "the source repeats an earlier description",
    "second-person-in-question": "`you` in a question is the one who answers it",
    "first-person-in-turn": "`I` in a turn is the one whose turn it is",
    "first-person-in-quote": "`I` within a quotation is the one quoted there",
    "narrator": "`I` outside any turn is the narrator",
    "relative-antecedent": "a relative pronoun stands for the name just before it",
    "pronoun-nearest": "the pronoun stands for the person mentioned last, subjects and the one quoted last first",
    "pronoun-last-quoted": "the pronoun stands for the organization or group quoted last",
    "said-in-turn": "the words are said in this speaker's turn",
    "same-paragraph": "no source is named; the paragraph is about this speaker",
    "beat-before": "no source is named; the short paragraph before is about this speaker",
    "was-addressed": "no source is named; the quotation before speaks to this speaker by name",
    "goes-on": "no source is named; the one quoted just before goes on",
    "takes-turns": "no source is named; the two who talk take turns",
}


def explain_quote(interview: Interview, quote_id: str) -> list[str]:
    """Explain one quotation in lines of plain words: the rule, what it rests on, whose it is, who else it could be.

    Raises `KeyError` if the interview has no quotation with this id.
    """
    quote = next((quote for quote in interview.quotes if quote.id == quote_id), None)
    if quote is None:
        raise KeyError(quote_id)
    text = interview.text
    lines = [f"{quote.id}: {_KINDS[quote.kind]}.", f"It says: {_shown(' … '.join(s.of(text) for s in quote.content))}"]
    evidence = quote.evidence
    lines.append(
        f"Found by the rule {evidence.rule}, confidence {evidence.confidence:.2f}: "
        f"{FINDING_RULES.get(evidence.rule, 'see docs/quotations.md')}."
    )
    if quote.cue is not None:
        lines.append(f"Reporting expression: {_shown(quote.cue.of(text))}.")
    if quote.source:
        lines.append(f"Source: {_shown(' … '.join(span.of(text) for span in quote.source))}.")
    elif quote.kind != "mention":
        lines.append("No source is printed with it.")
    return [*lines, *_speaker_lines(interview, quote), *_place_lines(interview, quote)]


_KINDS = {
    "direct": "a direct quotation, the words themselves",
    "mixed": "a mixed quotation, a reported clause with quoted words in it",
    "indirect": "an indirect quotation, a reported clause",
    "mention": "quotation marks that quote nobody: a title, a nickname, a scare quote, a word as a word",
}


def _speaker_lines(interview: Interview, quote: Quote) -> list[str]:
    if quote.kind == "mention":
        return []
    evidence = quote.evidence
    if quote.speaker is None:
        return ["Whose it is, no rule can tell: the speaker is null."]
    speaker = next((speaker for speaker in interview.speakers if speaker.id == quote.speaker), None)
    name = "unknown" if speaker is None else speaker.name or " / ".join(speaker.descriptors) or "an unnamed voice"
    rule = evidence.speaker_rule or "a correction"
    confidence = "" if evidence.speaker_confidence is None else f", confidence {evidence.speaker_confidence:.2f}"
    lines = [f"Attributed to {name} by the rule {rule}{confidence}: {SPEAKER_RULES.get(rule, 'stated by a person')}."]
    if evidence.spans:
        lines.append(f"It rests on: {'; '.join(_around(interview.text, span) for span in evidence.spans[:3])}.")
    if evidence.note:
        lines.append(evidence.note[:1].upper() + evidence.note[1:] + ".")
    return lines


def _place_lines(interview: Interview, quote: Quote) -> list[str]:
    lines = []
    if quote.turn is not None:
        lines.append(f"It stands in the turn {quote.turn}.")
    if quote.parent is not None:
        lines.append(f"It stands within the quotation {quote.parent}.")
    for echo in quote.echoes:
        said = _shown(echo.span.of(interview.text))
        lines.append(f"Echo, {echo.kind}, similarity {echo.similarity:.2f}, in {echo.turn}: {said}")
        lines += [f"  quoted {d.quoted!r}, said {d.said!r}" for d in echo.differences[:8]]
    return lines


def _shown(words: str) -> str:
    flat = " ".join(words.split())
    return f"“{flat if len(flat) <= 160 else flat[:159] + '…'}”"


def _around(text: str, span: Span) -> str:
    """The characters of a span, with the rest of its line's words where the span marks only a place."""
    if len(span) > 1:
        return _shown(span.of(text))
    return _shown(text[span.start : span.start + 40].split("\n", 1)[0])
