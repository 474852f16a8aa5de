"""Codes about bytes that do not become text as they should."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = (
    Code(
        name="empty-file",
        level="error",
        summary="The file has no characters, or only blank ones.",
        why="There is nothing to cite; usually a download or an export that failed.",
        hint="Put the text into the file, or remove the file from the collection.",
    ),
    Code(
        name="binary-file",
        level="error",
        summary="The file is not text.",
        why="Bytes that are no characters cannot be quoted; no text is made up for them.",
        hint="Save the interview as text (UTF-8), or name the right `reader` in collection.yaml.",
    ),
    Code(
        name="file-too-large",
        level="error",
        summary="The file is larger than one interview may be.",
        why="A very large file is nearly always many interviews, or none.",
        hint="Split the file into one file per interview, or raise `max_bytes` in collection.yaml.",
    ),
    Code(
        name="unreadable-file",
        level="error",
        summary="The file, or a part of it, cannot be read.",
        why="The record would be missing from the release without a word.",
        hint="Repair what the message names, let the user who runs the build read the file, or remove it.",
    ),
    Code(
        name="undecodable-bytes",
        level="error",
        summary="Some bytes are not characters of the file's encoding.",
        why="The characters they stood for are unknown. Each place is kept as U+FFFD with its bytes in a mark, "
        "so that the file can be rebuilt, but it should not be published like this.",
        hint="Repair the place, or set `encoding:` in collection.yaml if the whole file is in another encoding.",
    ),
    Code(
        name="encoding-guessed",
        level="warning",
        summary="The encoding was neither marked nor UTF-8, and had to be guessed.",
        why="A wrong guess changes letters silently.",
        hint="Look at the letters outside ASCII; then set `encoding:` in collection.yaml.",
    ),
    Code(
        name="wrong-encoding",
        level="error",
        summary="The file is not in the encoding that its card or sidecar names.",
        why="Read as stated, a large part of the text would be undecodable; it was read as if nothing had been stated.",
        hint="Correct `encoding:`, or remove it and look at what is guessed.",
    ),
    Code(
        name="control-characters",
        level="warning",
        summary="The text has control characters such as NUL.",
        why="They are invisible, and many programs stop or cut the text there.",
        hint="Remove them from the source file if they are damage; they are kept in the text as they are.",
    ),
    Code(
        name="mixed-newlines",
        level="note",
        summary="The file mixes LF, CR LF or CR line ends.",
        why="Offsets count each of them as it stands; other programs may not.",
        hint="Nothing has to be done: the text is kept as it is.",
    ),
    Code(
        name="unreadable-format",
        level="error",
        summary="The file is not of the format its name or card says, or is damaged beyond reading.",
        why="No text can be made of it; the record is empty but for this finding.",
        hint="Get the file again (it may be cut off), or name the right `reader` in collection.yaml.",
    ),
    Code(
        name="password-protected",
        level="error",
        summary="The file is encrypted with a password.",
        why="It cannot be read without the password, which does not belong into a collection.",
        hint="Save the document without a password.",
    ),
    Code(
        name="no-text-layer",
        level="error",
        summary="Pages of the PDF are pictures: they have no text.",
        why="What stands on them is not in the record, and no text is guessed from pictures.",
        hint="Recognise the text with another program (OCR), correct it, and put that file here.",
    ),
    Code(
        name="wrong-extension",
        level="note",
        summary="The file is of another format than its name says.",
        why="Its first bytes are those of the other format, and it was read as that. Other programs go by the name.",
        hint="Rename the file, or name the `reader` in collection.yaml if it was recognised wrongly.",
    ),
    Code(
        name="malformed-markup",
        level="warning",
        summary="The markup breaks the rules of its format at this place.",
        why="It was read as far as it could be understood, and no character is lost, but what the markup was meant to "
        "say here (a time, a voice, the end of an element) may be missing from the record.",
        hint="Compare the record with the source at this place; repair the source if it is yours.",
    ),
    Code(
        name="cut-off",
        level="error",
        summary="The file breaks off in the middle.",
        why="What was said before the break is in the record, what came after is not. An interview that ends in the "
        "middle of a sentence should not be published as if it were whole.",
        hint="Get the file again: a download or an export stopped before its end.",
    ),
    Code(
        name="nothing-recognised",
        level="warning",
        summary="The file has none of the parts that its format is made of.",
        why="A subtitle file without a cue or a data file without an utterance was probably cut off, or is of another "
        "format than its name says.",
        hint="Look at the file; name the right `reader` in collection.yaml, or the `fields` its records have.",
    ),
    Code(
        name="too-many-marks",
        level="warning",
        summary="The file has more markup than a record keeps.",
        why="A record with millions of marks cannot be worked with. The text is complete; marks after the limit are "
        "missing.",
        hint="Split the file into one file per interview.",
    ),
    Code(
        name="refused-markup",
        level="warning",
        summary="The file asks for something that is not done: to follow an entity or an address.",
        why="Files can name other files, or hold a few lines that stand for gigabytes. Neither is followed; the place "
        "keeps its words as they are written.",
        hint="Put the words themselves into the file if they are missing.",
    ),
    Code(
        name="hidden-text",
        level="note",
        summary="The source holds words that it does not show.",
        why="A page or document can hide words from its readers. What nobody was shown is not in the text.",
        hint="Nothing has to be done, unless the words should have been shown.",
    ),
    Code(
        name="extra-missing",
        level="error",
        summary="The reader for this format needs an optional package that is not installed.",
        why="Without it the file cannot be read.",
        hint="Install the extra that the message names.",
    ),
)
