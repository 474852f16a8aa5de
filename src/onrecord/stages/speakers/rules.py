"""The rules of the stage, each with its sentence: what `explain` says, and what docs/speakers.md lists."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "stated": "The card or the sidecar names this participant.",
    "label-fact": "The card or the sidecar says whom this label stands for.",
    "label-name": "The printed label names the speaker.",
    "label-spelling": "Labels differ only in case, accents, titles or invisible characters.",
    "transliteration": "Two spellings of one name in different alphabets or with and without accents.",
    "romanization": "Two common ways to write one Cyrillic ending in Latin letters.",
    "middle-name": "The same name with and without a middle name or a second surname.",
    "name-order": "The same names in the other order.",
    "nickname": "A common short form of the given name, with the same surname.",
    "generation": "The same name with and without its generation mark, and nobody else of that name.",
    "case-ending": "A name with a case ending, which only one known person of the interview can have.",
    "initials": "The same surname, and the given name's first letter; nobody else fits.",
    "surname": "A surname that only one known person of the interview has.",
    "given-name": "A given name that only one known person of the interview has.",
    "initialism": "The first letters of the name of only one known person of the interview.",
    "initials-introduced": "The text introduces these initials together with the full name.",
    "introduced": "The text introduces the only person of this surname in full before they speak.",
    "label-typo": "A rare label one letter away from a frequent one.",
    "ambiguous-label": "The label fits several people of the interview, so it is kept apart.",
    "anonymous-voice": "The label says that nobody knows who speaks; such voices are never pooled.",
    "numbered-voice": "The transcript numbers its unknown voices: one number is one voice of this interview.",
    "group-voice": "The label stands for several voices at once.",
    "role-label": "The label names a function, not a person.",
    "role-holder": "One speaker's other labels name this function, and nobody else's do.",
    "roster": "A line before the turns names who takes part, and as what.",
    "label-role": "The label states the role.",
    "label-kind": "The words of the label say that it is an organization.",
    "outlet-label": "The label is the outlet of the interview.",
    "side-label": "The labels mark questions and answers, and nothing says who stands behind them.",
    "told-outlet": "The text says that the interviewee told the outlet.",
    "interview-with": "The text says with whom the interview is.",
    "introduced-with-descriptor": "The introduction describes one person, who must be the one who answers.",
    "only-person-introduced": "The introduction names one person only, who must be the one who answers.",
    "title-name": "The title opens with the name of one person, as titles of interviews do.",
    "vocative": "The questions address the one who answers by name.",
    "byline": "A byline names who asked the questions.",
    "outlet": "The questions are the outlet's: nobody else is named who asks them.",
    "self-introduction": "The speaker says their own name.",
    "guest": "The host announces the guest by name.",
    "asks-questions": "Nearly all turns of the speaker ask, or nearly all answer.",
    "title-and-name": "The text gives a title before the name.",
    "described-as": "The text describes the person beside the name.",
    "given-and-surname": "A known given name stands before a surname.",
    "description": "A description fits the one person introduced with that title.",
    "full-name": "The fullest form printed is the name.",
}


def describe(rule: str) -> str:
    """Return the sentence of `rule`; a rule of another stage is returned as its name."""
    return RULES.get(rule, rule)
