"""Codes about corrections: what became of what people said."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = (
    Code(
        name="correction-lost",
        level="error",
        summary="A correction cannot be applied: its words, or the item it is about, are no longer there.",
        why="What a person has said about the record would be missing without a word.",
        hint="Look at the place again; make the correction anew, or remove it from the sidecar.",
    ),
    Code(
        name="correction-ambiguous",
        level="error",
        summary="A correction cannot be applied: several places look like the one it was made for.",
        why="A guess could put it in the wrong place.",
        hint="Make the correction anew with more of the words around it (`prefix`, `suffix`), or remove it.",
    ),
    Code(
        name="correction-moved",
        level="note",
        summary="A correction was applied at another place than where it was made: the text has changed.",
        why="The words were found again, but a look does no harm.",
        hint="If it is in the right place, nothing has to be done; saving the corrections again updates the place.",
    ),
    Code(
        name="correction-agreed",
        level="note",
        summary="A correction changes nothing any more: the record says the same without it.",
        why="The parser has learned what had to be corrected.",
        hint="It may stay, in case the parser changes its mind, or be removed.",
    ),
    Code(
        name="contradictory-corrections",
        level="error",
        summary="Two corrections say different things about the same field of the same item.",
        why="The later one wins, which may not be what its author knew or meant.",
        hint="Agree on one of them and remove the other.",
    ),
)
