"""Codes about blocks and turns."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = (
    Code(
        name="empty-turn",
        level="warning",
        summary="A label has nothing after it.",
        why="Either words are missing from the source, or the line is no label but a name in a list.",
        hint="Complete the source, or list the label under `labels:` with `ignore: true` if it is none.",
    ),
    Code(
        name="answer-without-question",
        level="warning",
        summary="The first turn is an answer: nobody has asked yet.",
        why="Usually the beginning of the interview is missing, or the first question has no label.",
        hint="Look at the text above the first label; a correction can add the missing turn.",
    ),
    Code(
        name="no-turns",
        level="note",
        summary="The text marks no turns: nobody was found to speak.",
        why="That is right for an article and for a transcript without speakers; else a layout was not recognised.",
        hint="`onrecord explain FILE` tells what was tried; a card can state the `convention:` or the `labels:`.",
    ),
    Code(
        name="card-convention-disagrees",
        level="warning",
        summary="The card states how turns are marked, but the text does not mark them that way.",
        why="The card speaks for the whole collection; this file is laid out differently, or is another kind of text.",
        hint="Compare with `onrecord explain FILE`; state another `convention:` in the sidecar of this file.",
    ),
    Code(
        name="time-goes-back",
        level="warning",
        summary="A turn begins earlier in the recording than the turn before it.",
        why="A time is misprinted, or two recordings stand in one file.",
        hint="Correct the time in the source, or cut the file in two.",
    ),
)
