"""JSON, JSON lines, CSV, TSV and Parquet: a text made of the utterances in records, one paragraph each.

Which field is which is recognised by name and shape; the card's `fields` say it where that fails: `text`, `speaker`,
`start`, `end`, `turns` (the list of utterances), `interview` (what tells the interviews of one file apart), `title`,
`date` … each with the path in the source. Other fields are no part of the text.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._builder import Builder
from onrecord.readers._decode import Decoded, decode
from onrecord.readers._json_cut import salvage
from onrecord.readers._shapes import Fields, Found, at_path, interview_in, is_interview, utterances_in
from onrecord.readers._stated import stated
from onrecord.readers._utterances import ANSWER_KEYS, QUESTION_KEYS, SPEAKER_KEYS, TEXT_KEYS, fold, is_figure, write

_ASSIGNMENT = re.compile(r"\s*(?:(?:var|let|const|export\s+default)\s+)?(?:[\w$.\[\]\"']{1,100}\s*=\s*)?(?=[\[{])")
_NUMBERS = re.compile(r"[\d:.,\[\]]+")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_GROUP_KEYS = ("conversation_id", "interview_id", "episode_id", "transcript_id")
_DELIMITERS = ",\t;|"
_SNIFFED = 1 << 16
_LONGEST_FIELD = 1 << 30
MAX_ROWS = 1_000_000
MAX_TABLE = 256 * 2**20
_BATCH = 8192
Parts = Iterable[tuple[str | None, bytes]]


class _NotReadable(Exception):
    """The file is not of its format; the message says where."""


def read_json(data: bytes, facts: Facts) -> Reading:
    """Make a text of a JSON value or of JSON lines; never raises for broken data."""
    decoded = decode(data, facts.encoding)
    if not decoded.text.strip():
        return _reading(decoded, None, [])
    problems: list[Problem] = []
    try:
        value = _json(decoded.text, problems)
    except _NotReadable as error:
        return _reading(decoded, None, [Problem("unreadable-format", str(error))])
    if _HALF.search(decoded.text) is not None:
        value = _whole(value, problems)
    return _reading(decoded, interview_in(value, dict(facts.fields)), problems)


def _whole(value: Any, problems: list[Problem]) -> Any:
    """Replace escapes of half a character (a surrogate without its other one) by U+FFFD; says so if there are any."""
    dumped = json.dumps(value, ensure_ascii=False)
    sound = dumped.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if sound == dumped:
        return value
    message = "The file has escapes that are half a character; they became U+FFFD."
    problems.append(Problem("malformed-markup", message))
    return json.loads(sound)


def _json(text: str, problems: list[Problem]) -> Any:
    """Parse one value, or one a line. Raises `_NotReadable`."""
    begin = text.lstrip("\ufeff \t\r\n")
    lead = _ASSIGNMENT.match(begin)
    try:
        if lead is not None and lead.end():  # a script that assigns the value; what follows is the script's
            return json.JSONDecoder().raw_decode(begin, lead.end())[0]
        return json.loads(begin)
    except RecursionError:
        raise _NotReadable("The file is nested too deeply to be a record of an interview.") from None
    except ValueError as error:
        rows = list(_json_lines(text, problems))
        if rows:
            return rows
        if isinstance(error, json.JSONDecodeError) and (found := _salvaged(begin, error, problems)) is not None:
            return found
        raise _NotReadable(f"The file is not JSON: {_reason(error)}.") from None


def _salvaged(text: str, error: json.JSONDecodeError, problems: list[Problem]) -> Any:
    """What stands before the place where a file breaks, with a problem that says what is missing; None if nothing."""
    # An open string is an error where it begins; what it holds is kept.
    stop = len(text) if error.msg.startswith("Unterminated string") else error.pos
    found = salvage(text, stop)
    if found is None or not found.value:
        return None
    missing = len(text) - found.size
    rest = f", the last {missing:,} of {len(text):,} characters are not" if missing else ""
    message = f"The file breaks off or is damaged ({_reason(error)}); what was said before is read{rest}."
    problems.append(Problem("cut-off", message))
    return found.value


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower().removesuffix(' starting at')} at line {error.lineno}, column {error.colno}"
    return str(error)[:100]


def _json_lines(text: str, problems: list[Problem]) -> Iterator[Any]:
    """Yield the value of every line that is one; broken lines are problems if the first line is sound."""
    sound = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            if not sound:
                return
            if len(problems) < 20:
                reason = _reason(error) if isinstance(error, ValueError) else "it is nested too deeply"
                problems.append(Problem("malformed-markup", f"Line {number} is not JSON and was left out: {reason}."))
            continue
        sound += 1
        yield value


def split_json(data: bytes, facts: Facts) -> Parts:
    """Yield the interviews of a file: objects that are interviews, or utterances that name their conversation."""
    text = decode(data, facts.encoding).text
    try:
        value = json.loads(text.lstrip("\ufeff")) if text.strip() else None
    except (ValueError, RecursionError):
        return _split_lines(text, facts, data)
    return _split(value, dict(facts.fields), data) if isinstance(value, list) else [(None, data)]


def _split_lines(text: str, facts: Facts, data: bytes) -> Parts:
    """Yield the lines that are interviews, and those that are broken: each of these has a record that says so."""
    problems: list[Problem] = []
    rows = list(_json_lines(text, problems))
    if len(rows) < 2 or not all(is_interview(row) for row in rows):
        return _split(rows, dict(facts.fields), data) if rows else [(None, data)]
    lines = enumerate(text.split("\n"), 1)
    return [(f"line={number}", line.encode("utf-8", "backslashreplace")) for number, line in lines if line.strip()]


def _split(rows: Sequence[Any], fields: Fields, data: bytes) -> Parts:
    key = fields.get("interview") or _group_key(rows)
    if key is not None:
        groups: dict[str, list[Any]] = {}
        for row in rows:
            groups.setdefault(str(at_path(row, key)), []).append(row)
        if len(groups) > 1:
            return [(f"{key}={name}", _dumped(group)) for name, group in groups.items()]
    if len(rows) > 1 and all(is_interview(row) for row in rows):
        return [(f"item={number}", _dumped(row)) for number, row in enumerate(rows, 1)]
    return [(None, data)]


def _group_key(rows: Sequence[Any]) -> str | None:
    first = rows[0] if rows else None
    if not isinstance(first, Mapping):
        return None
    return next((str(key) for key in first if fold(str(key)) in _GROUP_KEYS), None)


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace")


def read_table(data: bytes, facts: Facts) -> Reading:
    """Make a text of a table in CSV or TSV; never raises for broken data."""
    if data[:1] in (b"[", b"{"):  # a part of a file with several interviews
        return read_json(data, facts)
    decoded = decode(data, facts.encoding)
    problems: list[Problem] = []
    rows = _table(decoded.text, problems)
    if not rows:
        return _reading(decoded, None, problems)
    fields = dict(facts.fields)
    utterances = utterances_in(_as_records(rows, fields), fields)
    return _reading(decoded, Found(utterances) if utterances else None, problems)


def split_table(data: bytes, facts: Facts) -> Parts:
    """Yield the interviews of a table: by the column the card names, or one that names a conversation."""
    fields = dict(facts.fields)
    rows = _table(decode(data, facts.encoding).text, [])
    return _split(_as_records(rows, fields), fields, data) if rows else [(None, data)]


def _table(text: str, problems: list[Problem]) -> list[list[str]]:
    if not text.strip():
        return []
    delimiter = _delimiter(text)
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        try:
            return _rows(text, delimiter, strict=True)
        except csv.Error as error:
            message = f"The table breaks the rules for quotation marks ({error}); cells may be joined wrongly."
            problems.append(Problem("malformed-markup", message))
            return _rows(text, delimiter, strict=False)
    finally:
        csv.field_size_limit(limit)


def _rows(text: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return [row for row in reader if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str:
    """The delimiter that gives most rows the same number of cells, more than one."""
    sample = text[:_SNIFFED]
    best = (0.0, 0, ",")
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in _rows(sample, delimiter, strict=False)]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=1)
        if common > 1:
            best = max(best, (round(widths.count(common) / len(widths), 1), common, delimiter), key=lambda it: it[:2])
    return best[2]


def _as_records(rows: list[list[str]], fields: Fields) -> list[dict[str, str]]:
    """Rows as objects: by the names in the first row, or by what the columns look like."""
    header = [cell.strip() or f"column {number}" for number, cell in enumerate(rows[0], 1)]
    known = {*TEXT_KEYS, *SPEAKER_KEYS}
    named = fields.keys() & {"text", "speaker"} or _says(header, rows[1:])
    names = {fold(name) for name in header}
    paired = bool(names & set(QUESTION_KEYS) and names & set(ANSWER_KEYS))
    if named or paired or (names & known and len(rows) > 1):
        body = rows[1:]
        if not named and not paired:
            header[_longest(body, len(header))] = "text"
    else:
        header, body = _guessed_header(rows), rows[_has_head(rows) :]
    return [dict(zip(header, row, strict=False)) for row in body]


def _says(header: list[str], body: list[list[str]]) -> bool:
    """Whether a column has the name of what is said, and not only figures: `turn` may count the rows."""
    columns = [number for number, name in enumerate(header) if fold(name) in TEXT_KEYS]
    return any(not all(is_figure(row[column]) for row in body[:1000] if column < len(row)) for column in columns)


def _has_head(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: single words, where the longest column has sentences."""
    words = all(cell.replace("_", "").isalnum() and not cell[0].isdigit() for cell in rows[0])
    text = _longest(rows[1:], len(rows[0])) if len(rows) > 3 and words else 0
    said = [row[text] for row in rows[1:] if text < len(row)]
    return words and bool(said) and sum(" " in cell for cell in said) >= 0.6 * len(said)


def _longest(rows: list[list[str]], width: int) -> int:
    return max(range(width), key=lambda column: sum(len(row[column]) for row in rows if column < len(row)))


def _guessed_header(rows: list[list[str]]) -> list[str]:
    """Names for columns without any: the longest is the text, one of few short values before it the speaker."""
    width = max(map(len, rows))
    names = [f"column {number}" for number in range(1, width + 1)]
    text = _longest(rows, width)
    names[text] = "text"
    for column in range(text):
        values = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
        few = values and len(set(values)) <= max(2, len(values) // 2) and max(map(len, values)) <= 60
        if few and not all(_NUMBERS.fullmatch(value) for value in values):
            names[column] = "speaker"
    return names


def read_parquet(data: bytes, facts: Facts) -> Reading:
    """Make a text of a Parquet table; never raises for broken data."""
    if data[:64].lstrip()[:1] in b"[{":  # a part of a file with several interviews, or nothing
        return read_json(data, facts)
    rows, problem = _parquet_rows(data)
    decoded = Decoded("rows" if rows else "", "utf-8", "none")
    found = interview_in(rows, dict(facts.fields)) if rows else None
    return _reading(decoded, found, [problem] if problem is not None else [])


_PARQUET = b"PAR1"
"""A table begins and ends with these bytes."""


def split_parquet(data: bytes, facts: Facts) -> Parts:
    """Yield the interviews of a Parquet table: rows that are interviews, or rows that name their conversation."""
    rows, _ = _parquet_rows(data)
    return _split(rows, dict(facts.fields), data) if rows else [(None, data)]


def _parquet_rows(data: bytes) -> tuple[list[dict[str, Any]], Problem | None]:
    """The rows of a table, up to a limit: a few kilobytes can stand for as many rows as they like."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = []
    size = 0
    try:
        for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches(batch_size=_BATCH):
            size += batch.nbytes
            if len(rows) + batch.num_rows > MAX_ROWS or size > MAX_TABLE:
                message = f"The table holds more than {MAX_ROWS:,} rows or {MAX_TABLE >> 20} MB; it is read up to that."
                return rows, Problem("file-too-large", message)
            rows += batch.to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        if data.startswith(_PARQUET) and not data.endswith(_PARQUET):
            message = "The Parquet table breaks off: its end, which says where everything stands, is missing."
            return [], Problem("cut-off", message)
        reason = str(error).splitlines()[0][:100].rstrip(".")
        return [], Problem("unreadable-format", f"The file is not a Parquet table: {reason}.")
    return rows, None


def _reading(decoded: Decoded, found: Found | None, problems: list[Problem]) -> Reading:
    """The text of what was found; places in the file are no places in it."""
    kept = [Problem(p.code, p.message, None, p.hint) for p in decoded.problems if p.code not in ("mixed-newlines",)]
    if found is None:
        if decoded.text.strip() and not problems:
            message = "No utterances were recognised: no list of objects, or column, that has a text."
            hint = "Say in collection.yaml, under `fields`, which field holds the text, and which the speaker."
            problems = [Problem("nothing-recognised", message, hint=hint)]
        return Reading("", decoded.encoding, decoded.newline, (), (*kept, *problems))
    out = Builder()
    write(found.utterances, out)
    marks = out.marks.done()
    problems = [*kept, *problems, *out.marks.problems]
    return Reading(out.text, decoded.encoding, decoded.newline, marks, tuple(problems), stated(found.pairs))


JSON = Reader(
    name="json",
    version="1",
    media_type="application/json",
    suffixes=(".json", ".jsonl", ".ndjson", ".js"),
    read=read_json,
    derived=True,
    split=split_json,
)
CSV = Reader(
    name="csv",
    version="1",
    media_type="text/csv",
    suffixes=(".csv", ".tsv"),
    read=read_table,
    derived=True,
    split=split_table,
)
PARQUET = Reader(
    name="parquet",
    version="1",
    media_type="application/vnd.apache.parquet",
    suffixes=(".parquet",),
    read=read_parquet,
    derived=True,
    split=split_parquet,
    recognises=begins(_PARQUET),
)
