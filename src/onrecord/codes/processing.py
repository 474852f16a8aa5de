"""Codes about the run itself."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = (
    Code(
        name="stage-failed",
        level="error",
        summary="The program failed on this record.",
        why="This is a fault of the program, not of the data; the other records of the batch are not touched.",
        hint="Please report it with the file, if it may be shared; `onrecord parse FILE` shows the same error.",
    ),
    Code(
        name="worker-died",
        level="error",
        summary="The process working on this record was killed, alone as well as among others.",
        why="Usually the record needs more memory than there is; the other records are not touched.",
        hint="Split the file, or build it on a machine with more memory.",
    ),
)
