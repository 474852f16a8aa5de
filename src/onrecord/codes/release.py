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
        hint="Release it under the version that the message names.",
    ),
    Code(
        name="withdrawn-id",
        level="error",
        summary="The id of a withdrawn record is used again.",
        why="Somebody asked for it to be gone; and an id that was withdrawn must never name anything else.",
        hint="Keep the withdrawal in raw/ledger.jsonl; another interview needs another file name.",
    ),
    Code(
        name="published-id-gone",
        level="error",
        summary="An interview that was published is not there any more.",
        why="Its id is cited, and whoever holds a copy is not told why it went: ids stay for ever, or are withdrawn.",
        hint="Put the file back under its old name, or write its withdrawal into raw/ledger.jsonl.",
    ),
    Code(
        name="published-id-reused",
        level="error",
        summary="A published id stands for another interview now.",
        why="Every citation of it, and of its turns and quotations, would lead to other words.",
        hint="Put the old file back, and give the new interview a name of its own.",
    ),
    Code(
        name="published-text-changed",
        level="warning",
        summary="The text is not the one that was published under this id.",
        why="Positions that others have noted do not fit it any more.",
        hint="Leave a raw text as it was received and correct it in the sidecar; if the change is meant, the release "
        "needs a new MAJOR version.",
    ),
    Code(
        name="published-split-moved",
        level="warning",
        summary="An interview would move to another split than the one it was published in.",
        why="Somebody may have trained on it; in a test split it would tell them nothing.",
        hint="Look at what names its interviewee (`person`, participants, corrections); if the change is meant, the "
        "release needs a new MAJOR version.",
    ),
    Code(
        name="withdrawn-text",
        level="warning",
        summary="The text of a withdrawn record is still in raw/.",
        why="No build publishes it, but whoever has this folder, or its history, has the text.",
        hint="Remove the file, and if need be from the history of the repository; keep the line in raw/ledger.jsonl.",
    ),
    Code(
        name="missing-copy",
        level="error",
        summary="There is no copy of the file that a standoff record was made from.",
        why="Its words are not in the release, and nothing but the file can give them back.",
        hint="Put the file into the folder that you name, under any name: it is known by its SHA-256.",
    ),
    Code(
        name="changed-copy",
        level="error",
        summary="A copy is not the text that a standoff record was made from.",
        why="The spans of the record would cut other words out of it than those that were meant.",
        hint="Get the file with the SHA-256 that raw.sha256 states: another edition or encoding is another file.",
    ),
    Code(
        name="words-not-restored",
        level="note",
        summary="Words about a record could not be made again from its text.",
        why="They came from a card, a sidecar or another version of the program; nothing is guessed in their place.",
        hint="Use the onrecord that the manifest names, and put the collection's card and sidecars beside the copies.",
    ),
)
