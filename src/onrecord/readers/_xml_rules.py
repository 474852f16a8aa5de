"""What elements and attributes of transcripts in XML mean: general words, compared in lower case without prefixes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.schema.interview import MarkKind

UTTERANCES = frozenset("u sp said turn utterance speech statement utt contribution interventie intervention".split())
QUESTIONS = frozenset(
    "question q interviewer pergunta pregunta frage domanda vopros soru sual preg ques kysymys".split()
)
ANSWERS = frozenset(
    "answer a interviewee resposta respuesta antwort reponse risposta otvet cevap cavab resp vastaus".split()
)
SPEAKER_ATTRIBUTES = ("who", "speaker", "spk", "speakerid", "speaker_id", "speakername", "by", "voice", "participant")
LABELS = frozenset({"speaker", "speakername", "sprecher", "hablante", "locuteur", "falante", "orador"})
HEADERS = frozenset({"teiheader", "metadata", "meta", "filedesc", "isohdr", "header_info"})
HEADINGS = frozenset({"head", "title", "heading", "titulo", "titel", "headline", "h1", "h2", "h3"})
# Of other elements, and of notes and quotes, the place decides: among words they are part of the line.
BLOCKS = frozenset(
    "p para paragraph seg ab div div1 div2 div3 body text front back lg l list item table row head title section "
    "epigraph opener closer figure dateline byline interview transcript segment line".split()
)
INLINE = frozenset(
    "hi emph foreign name persname placename orgname rolename num date time w pc c add del sic corr choice abbr expan "
    "orig reg unclear supplied ref ptr lb pb gap pause shift anchor term mentioned socalled distinct b i em "
    "strong span q s phr cl m measure desc event background who sync".split()
)
NOTES = frozenset("note stage incident vocal kinesic writing event comment nota gap background".split())
HAPPENINGS = NOTES - {"note", "comment", "nota"}
"""Notes of what happens while somebody speaks: their words stand apart from the words that are said."""
RENDITIONS: tuple[tuple[str, MarkKind], ...] = (
    ("bold", "bold"), ("ital", "italic"), ("underlin", "underline"), ("strike", "strike"),
)  # fmt: skip
MARKS: Mapping[str, MarkKind] = {
    "emph": "italic", "i": "italic", "em": "italic", "b": "bold", "strong": "bold", "quote": "quote", "q": "quote",
    "item": "list-item", "table": "table", "row": "row", "cell": "cell", "figcaption": "caption", "caption": "caption",
    "time": "time", "del": "strike",
}  # fmt: skip
START_TIMES = ("starttime", "start", "begin", "start_time", "starttimestamp", "from")
END_TIMES = ("endtime", "end", "end_time", "endtimestamp", "to")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?")
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*(s|ms|)")
_NO_BLANK_BEFORE = re.compile(r"[.,;:!?)\]}%”’»…]+|n't|['’](?:s|re|ve|ll|d|m|t)", re.IGNORECASE)
_NO_BLANK_AFTER = re.compile(r"[(\[{“‘«$€£#]+")


def milliseconds(value: str | None, *, integers_are_ms: bool = False) -> int | None:
    """Return a time in milliseconds: `00:01:02.5`, `62.5` (seconds), `62.5s`, `62500ms`; None for anything else."""
    value = (value or "").strip()
    if (clock := _CLOCK.fullmatch(value)) is not None:
        whole = (int(clock[1] or 0) * 60 + int(clock[2])) * 60 + int(clock[3])
        return whole * 1000 + int((clock[4] or "0")[:3].ljust(3, "0"))
    if (number := _NUMBER.fullmatch(value)) is not None:
        is_ms = number[2] == "ms" or (integers_are_ms and not number[2] and "." not in number[1])
        return round(float(number[1]) * (1 if is_ms else 1000))
    return None


def times(attributes: Mapping[str, str], *, integers_are_ms: bool = False) -> str | None:
    """Return `start-end` in milliseconds if an element says both, in order."""
    start = _first(attributes, START_TIMES, integers_are_ms)
    end = _first(attributes, END_TIMES, integers_are_ms)
    return f"{start}-{end}" if start is not None and end is not None and start <= end else None


def _first(attributes: Mapping[str, str], names: tuple[str, ...], integers_are_ms: bool) -> int | None:
    values = (milliseconds(attributes.get(name), integers_are_ms=integers_are_ms) for name in names)
    return next((value for value in values if value is not None), None)


def token_column(words: str) -> list[str] | None:
    """Return the first column of lines of a token and its analysis (`ants<TAB>NNS<TAB>ant`); None for other words."""
    if "\t" not in words:
        return None
    lines = [line for line in words.split("\n") if line.strip()]
    columns = lines[0].count("\t") if lines else 0
    if columns < 2 or any(line.count("\t") != columns or line[0] in " \t" for line in lines):
        return None
    return [line.partition("\t")[0] for line in lines]


def blank_between(before: str, after: str) -> bool:
    """Whether running text has a blank between two tokens."""
    return not (_NO_BLANK_BEFORE.fullmatch(after) or _NO_BLANK_AFTER.fullmatch(before))
