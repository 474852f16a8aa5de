"""Codes about speakers and people."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = (
    Code(
        name="label-typo",
        level="warning",
        summary="A rare label is one letter away from a frequent one and was read as the same speaker.",
        why="Most such labels are typing errors, but two people can have names one letter apart.",
        hint="If they are two people, name both under `participants:` with their `labels:`; if not, correct the "
        "label under `labels:` so that the reading no longer rests on a guess.",
    ),
    Code(
        name="ambiguous-label",
        level="warning",
        summary="A label fits several people of the interview, so it was kept apart from all of them.",
        why="Two people with one surname are never merged; what this label says is attributed to nobody known.",
        hint="Say under `labels:` in the sidecar whom the label stands for.",
    ),
    Code(
        name="confusable-name",
        level="warning",
        summary="A name mixes letters of several alphabets that look alike, or holds invisible characters.",
        why="It looks like another name but is found by no search for it.",
        hint="Correct the name in the source file if it is damage; the text is kept as it is, and the name is "
        "compared as it looks.",
    ),
    Code(
        name="placeholder-name",
        level="warning",
        summary="A participant is called by a word for an unknown voice.",
        why="`Unknown` as a name makes one person of everybody whom nobody knows.",
        hint="Leave the participant out: unknown voices get a record of their own, without a name.",
    ),
    Code(
        name="participant-not-found",
        level="warning",
        summary="The card or the sidecar names a participant whom nothing in the text belongs to.",
        why="Usually the label in the text is another one than expected, and somebody's turns have no name.",
        hint="Add the participant's `labels:` as printed, or remove the participant.",
    ),
    Code(
        name="label-not-found",
        level="note",
        summary="The card or the sidecar says whom a label stands for, but it is printed nowhere.",
        why="The entry has no effect here; often the label is printed a little differently.",
        hint="Copy the label from the text exactly as printed.",
    ),
    Code(
        name="unmapped-label",
        level="note",
        summary="The sidecar names the participants, but this label belongs to none of them.",
        why="Where somebody took the trouble to list who takes part, a further voice is worth a look.",
        hint="Add the label to a participant, or add a participant for it.",
    ),
    Code(
        name="similar-speakers",
        level="note",
        summary="Two speakers of the interview have names that differ by one letter or in the order of the names.",
        why="They may be one person, spelt in two ways.",
        hint="If they are one person, name them under `participants:` with both `labels:`.",
    ),
    Code(
        name="no-interviewer",
        level="note",
        summary="Somebody is interviewed, but nobody asks.",
        why="The turns of the interviewer may have been read as part of the answers.",
        hint="Look at the turns; name the right `convention:` if the questions are marked in another way.",
    ),
    Code(
        name="people-conflict",
        level="error",
        summary="Decisions about people contradict each other.",
        why="If A is not B, but both are C, a decision is wrong; until it is found, nobody they touch is linked.",
        hint="Read the chain with `onrecord people why A B` and take back what is wrong with `onrecord people undo`.",
    ),
    Code(
        name="unknown-reference",
        level="warning",
        summary="A decision, or a participant's `person`, names a person or speaker there is not.",
        why="The decision has no effect: often the text before a speaker has changed, and with it the speaker's id.",
        hint="Decide again with the id of today; `onrecord people why` and the tables of the release show it.",
    ),
    Code(
        name="duplicate-person",
        level="warning",
        summary="Two entries of people.yaml have one key, or one Wikidata, ORCID or VIAF id.",
        why="One person under two keys is counted as two; two people under one id would be taken for one elsewhere.",
        hint="Correct the id, or keep one entry and decide that its speakers are the `same`.",
    ),
    Code(
        name="people-ring",
        level="note",
        summary="Decisions that two references are the same close a ring.",
        why="It is no mistake, but to part two of them more than one decision has to be taken back.",
        hint="Nothing has to be done; `onrecord people why A B` shows the shortest chain.",
    ),
    Code(
        name="decision-without-effect",
        level="note",
        summary="A decision says again what stands, or takes back what does not.",
        why="Usually a line was added twice, or meant somebody else.",
        hint="Nothing has to be done; if somebody else was meant, add the decision about them.",
    ),
)
