"""Codes about a built or released folder."""

from __future__ import annotations

from onrecord.codes._code import Code

_AGAIN = "Keep your own changes elsewhere, delete the folder and build it again, or get a whole copy."

CODES: tuple[Code, ...] = (
    Code(
        name="missing-manifest",
        level="error",
        summary="The folder has no manifest.json.",
        why="Without it nothing says what belongs to the dataset, so nothing can be checked or replaced safely.",
        hint="Name the folder of a built dataset; if it is one, get a whole copy or build it again.",
    ),
    Code(
        name="invalid-manifest",
        level="error",
        summary="The manifest cannot be read, or contradicts itself.",
        why="It is what everything else is checked against.",
        hint=_AGAIN,
    ),
    Code(
        name="missing-file",
        level="error",
        summary="A file of the dataset is missing.",
        why="Loaders would stop, or silently give fewer rows.",
        hint=_AGAIN,
    ),
    Code(
        name="changed-file",
        level="error",
        summary="A file of the dataset is not as it was written.",
        why="It was edited by hand, damaged, or cut off; what it says is not what was released.",
        hint=_AGAIN,
    ),
    Code(
        name="unexpected-file",
        level="error",
        summary="The folder holds a file that does not belong to the dataset.",
        why="Loaders may take it for data, and the next build would have to delete it.",
        hint="Move it out of the folder.",
    ),
    Code(
        name="unreadable-table",
        level="error",
        summary="A Parquet file cannot be read.",
        why="Its rows are lost to every reader.",
        hint=_AGAIN,
    ),
    Code(
        name="wrong-columns",
        level="error",
        summary="A table's columns are not those of the schema.",
        why="Programs that follow the schema would stop, or find nulls where there are values.",
        hint="Use the version of onrecord that the manifest names, or build the dataset again.",
    ),
    Code(
        name="wrong-rows",
        level="error",
        summary="A table's rows are not those the manifest describes.",
        why="Their number or their digest differs: other rows than those of this release.",
        hint=_AGAIN,
    ),
    Code(
        name="tables-disagree",
        level="error",
        summary="A flat table does not say the same as the records in `interviews`.",
        why="Whoever uses one table would get other answers than whoever uses another.",
        hint=_AGAIN,
    ),
    Code(
        name="words-published",
        level="error",
        summary="A record that may only be published as standoff holds words of its source.",
        why="The text would be given away against its rights.",
        hint="Do not pass this folder on; build it again, and report this if it happens again.",
    ),
    Code(
        name="invalid-card",
        level="error",
        summary="The dataset card is not one that the Hub and `datasets` read as meant.",
        why="Configs would be missing or mixed, or old rows would come from a cache.",
        hint=_AGAIN,
    ),
    Code(
        name="different-rows",
        level="error",
        summary="Two datasets that should be the same are not.",
        why="The committed dataset is not what its sources give today.",
        hint="Build it again with `onrecord build` and commit the result.",
    ),
    Code(
        name="wrong-version",
        level="error",
        summary="The version of the data does not agree with what changed.",
        why="Who pins a version relies on it: PATCH is the same data, MINOR adds records, MAJOR may change anything.",
        hint="Set the version that the message names in raw/release.yaml.",
    ),
    Code(
        name="withdrawn-id",
        level="error",
        summary="A record that was withdrawn is in the release again.",
        why="Somebody asked for it to be gone; and an id that was withdrawn must never name anything else.",
        hint="Keep the withdrawal in raw/ledger.jsonl; another interview needs another file name.",
    ),
)
