"""Interviews packed into Parquet or JSON lines: one row each, with an `id`, a `text`, and what is known about it.

The text of a row is read as a file of its own would be (as plain text, unless the card names a reader): its bytes have
their own SHA-256, and the record says in which row or line of which file it stood. Columns that mean a title, a date,
an outlet … by their names, or because the card's `fields` say so, and keys within a column `metadata`, fill in what
card and sidecar leave open. Rows are read by row group or line, as they are wanted: memory does not grow with the file.
"""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord.collection.facts import Facts, Participant
from onrecord.collection.found import PackedRow
from onrecord.readers._stated import key_of, people_of, stated
from onrecord.readers._utterances import START_KEYS, fold
from onrecord.storage import AnyPath, open_input, parquet_input, size_of

_UTTERANCES = frozenset({
    "speaker", "speaker_id", "speaker_name", "conversation_id", "interview_id", "episode_id", "transcript_id", "utt",
    "utterances", "turns", *START_KEYS,
}) - {"timestamp", "time"}  # fmt: skip
_CONTAINERS = ("metadata", "meta")
_VOICES = ("participants", "speakers", "interviewee", "interviewees", "guest", "guests")
_PRECISIONS = {4: ("year", "-01-01"), 7: ("month", "-01"), 10: ("day", "")}
_SUFFIXES = (".parquet", ".jsonl", ".ndjson")
_RECORDS = (None, "json", "csv", "parquet")
_BATCH_BYTES = 8 * 2**20
_BUFFER = 4 * 2**20


def packed_in(file: AnyPath, facts: Facts) -> ParquetRows | JsonLines | str | None:
    """Return the rows of a file of packed interviews, None if it is something else, or what is wrong with it.

    It is one if it has the columns for `id` and `text`, and none that utterances have, or if the card's `fields` name
    its `id`.
    """
    if file.suffix.lower() not in _SUFFIXES:
        return None
    try:
        return _parquet(file, facts) if file.suffix.lower() == ".parquet" else _json_lines(file, facts)
    except OSError:
        return None  # whoever reads the file says so
    except ValueError:  # pyarrow's errors for broken files are ValueErrors, and so are those of JSON
        return None


def _parquet(file: AnyPath, facts: Facts) -> ParquetRows | str | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _opened(file) as stream:
        schema = pq.read_schema(stream)
    id_, text = _names(facts)
    if (problem := _missing(schema.names, facts)) is not None:
        return problem or None
    if twice := [name for name in (id_, text) if schema.names.count(name) > 1]:
        return f"it has several columns `{twice[0]}`"
    strings = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    if not _is(schema.field(text).type, *strings):
        return f"its column `{text}` is {schema.field(text).type}, and should be a string"
    if not _is(schema.field(id_).type, *strings, pa.types.is_integer):
        return f"its column `{id_}` is {schema.field(id_).type}, and should be a string or an integer"
    return ParquetRows(file, id_, text, tuple(schema.names), _stamp(file))


def _json_lines(file: AnyPath, facts: Facts) -> JsonLines | str | None:
    with _opened(file) as stream:
        first = json.loads(stream.readline(facts.max_bytes))
    if not isinstance(first, dict):
        return None
    first = {_whole(key): value for key, value in first.items()}
    if (problem := _missing(first, facts)) is not None:
        return problem or None
    id_, text = _names(facts)
    if not isinstance(first[text], str):
        return None if "id" not in dict(facts.fields) else f"`{text}` in its first line is no string"
    return JsonLines(file, id_, text, tuple(first), _stamp(file))


def _names(facts: Facts) -> tuple[str, str]:
    fields = dict(facts.fields)
    return fields.get("id", "id"), fields.get("text", "text")


def _missing(names: Any, facts: Facts) -> str | None:
    """Why these columns are not those of packed interviews: "" where they need not be, None if they are."""
    wanted = _names(facts)
    missing = [name for name in wanted if name not in names]
    if "id" in dict(facts.fields):
        return f"it has no column `{'`, `'.join(missing)}`; there are: {', '.join(names)}" if missing else None
    return "" if missing or any(fold(name) in _UTTERANCES for name in names) else None


def _is(type_: Any, *tests: Any) -> bool:
    return any(test(type_) for test in tests)


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """The interviews of a Parquet file; `stamp` tells one state of the file from another."""

    file: AnyPath
    id: str
    text: str
    columns: tuple[str, ...]
    stamp: int

    def rows(self, max_bytes: int) -> Iterator[PackedRow]:  # noqa: ARG002 - a row's size shows when it is read
        """Yield what stands in which row; of a part that cannot be read, one row that says so."""
        import pyarrow as pa

        cursor = _cursor(self)
        for group, start in enumerate(cursor.starts[:-1]):
            end, size = cursor.starts[group + 1], cursor.size(group)
            number = start
            try:
                for batch in cursor.file.iter_batches(16_384, [group], [self.id]):
                    for value in _cells(batch.column(0)):
                        yield PackedRow(_id(value), f"row={number + 1}", number, size)
                        number += 1
            except (pa.ArrowException, OSError) as error:
                yield PackedRow(None, f"row={number + 1}-{end}", number, 0, _said(error))

    def load(self, part: int, size: int, facts: Facts) -> tuple[bytes, Facts, str | None]:  # noqa: ARG002 - see above
        """Return the bytes of one row, what is known about it, and why there are none, if so."""
        import pyarrow as pa

        try:
            row, bytes_ = _cursor(self).row(part, facts.max_bytes)
        except (pa.ArrowException, OSError) as error:
            return b"", facts, _said(error)
        return _loaded(row, bytes_, self.id, self.text, facts)

    def unread(self, facts: Facts) -> list[str]:
        """Return the columns that mean nothing here."""
        return _unread(self.columns, facts)


@dataclass(frozen=True, slots=True)
class JsonLines:
    """The interviews of a file with one JSON object a line; `stamp` tells one state of the file from another."""

    file: AnyPath
    id: str
    text: str
    columns: tuple[str, ...]
    stamp: int

    def rows(self, max_bytes: int) -> Iterator[PackedRow]:
        """Yield what stands in which line; a broken line is a row that says so."""
        offset = 0
        with _opened(self.file) as stream:
            for number, line in enumerate(_lines(stream, max_bytes), 1):
                size, data = line
                if data is None:
                    problem = f"it has {size:,} bytes; at most {max_bytes:,} are read as one interview"
                    yield PackedRow(None, f"line={number}", offset, 0, problem)
                elif data.strip():
                    yield self._row(data, number, offset, size)
                offset += size

    def _row(self, data: bytes, number: int, offset: int, size: int) -> PackedRow:
        locator = f"line={number}"
        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            return PackedRow(None, locator, offset, 0, f"it is not JSON: {_said(error)}")
        if not isinstance(value, dict) or not isinstance(value.get(self.text), str):
            return PackedRow(None, locator, offset, 0, f"it is no object with a string under `{self.text}`")
        return PackedRow(_id(value.get(self.id)), locator, offset, size)

    def load(self, part: int, size: int, facts: Facts) -> tuple[bytes, Facts, str | None]:
        """Return the bytes of the text in one line, what is known about it, and why there are none, if so."""
        try:
            value = json.loads(_line(self, part, size))
        except (OSError, ValueError, RecursionError) as error:
            return b"", facts, _said(error)
        return _loaded(value, len(value[self.text]), self.id, self.text, facts)

    def unread(self, facts: Facts) -> list[str]:
        """Return the keys of the first line that mean nothing here."""
        return _unread(self.columns, facts)


class _Cursor:
    """Rows of a Parquet file, asked for one after the other: each row group is decoded once, a few rows at a time."""

    def __init__(self, rows: ParquetRows) -> None:
        import pyarrow.parquet as pq

        self.file = pq.ParquetFile(parquet_input(rows.file), buffer_size=_BUFFER, pre_buffer=False)
        self._metadata = self.file.metadata
        self._text = next(n for n in range(self._metadata.num_columns) if self.file.schema.column(n).path == rows.text)
        self._name = rows.text
        self.starts = [0]
        for group in range(self._metadata.num_row_groups):
            self.starts.append(self.starts[-1] + self._metadata.row_group(group).num_rows)
        self._group = -1
        self._at = 0
        self._batch: Any = ()
        self._batches: Iterator[Any] = iter(())

    def size(self, group: int) -> int:
        """Bytes of a text in a row group, on average."""
        said = self._metadata.row_group(group)
        return int(said.column(self._text).total_uncompressed_size // max(1, said.num_rows))

    def row(self, number: int, max_bytes: int) -> tuple[dict[str, Any] | None, int]:
        """Return a row, its text as bytes, and their number; None for a row that is too large to be one interview."""
        if not self.starts[self._group] <= self._at <= number < self.starts[self._group + 1] or self._group < 0:
            self._begin(number)
        try:
            while number >= self._at + len(self._batch):
                self._at += len(self._batch)
                self._batch = next(self._batches)
        except BaseException:
            self._group = -1  # what broke gives nothing more: the next row begins its row group anew
            raise
        row = self._batch.slice(number - self._at, 1)
        text = row.column(self._name)[0].as_buffer()
        if text is not None and text.size > max_bytes:
            return None, text.size
        values: dict[str, Any] = {}
        for name, column in zip(row.schema.names, row.columns, strict=True):
            values[name] = _cells(column)[0] if name != self._name else None
        # As it stands there: bytes that are no UTF-8 are for the reader of the text to report.
        data = b"" if text is None else text.to_pybytes()
        return values | {self._name: data}, len(data)

    def _begin(self, number: int) -> None:
        self._group = next(g for g in range(len(self.starts) - 1) if number < self.starts[g + 1])
        self._at, self._batch = self.starts[self._group], ()
        rows = max(1, min(256, _BATCH_BYTES // max(1, self.size(self._group))))
        self._batches = self.file.iter_batches(rows, [self._group])


@lru_cache(maxsize=1)
def _cursor(rows: ParquetRows) -> _Cursor:
    return _Cursor(rows)


def _cells(column: Any) -> list[Any]:
    """The values of a column; of one that Python cannot hold, how Arrow writes it, or None if that fails, too.

    Times may have nanoseconds or lie after the year 9999, zones have no name, strings be no UTF-8: what a cell other
    than the text's cannot say is unknown, and costs nothing else.
    """
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError):
        return [_cell(cell) for cell in column]


def _cell(cell: Any) -> Any:
    for said in (cell.as_py, lambda: cell.cast("string").as_py()):
        try:
            return said()
        except (ValueError, OverflowError, NotImplementedError):  # pyarrow's errors of values are kinds of these
            continue
    return None


def _line(rows: JsonLines, offset: int, size: int) -> bytes:
    if isinstance(rows.file, Path):
        with rows.file.open("rb") as stream:
            stream.seek(offset)
            return stream.read(size)
    away = _away(rows)
    away.seek(offset)
    return bytes(away.read(size))


@lru_cache(maxsize=1)
def _away(rows: JsonLines) -> Any:
    """A file elsewhere, kept open: its lines are asked for in order, and each request takes time."""
    return _opened(rows.file)


def _opened(file: AnyPath) -> Any:
    stream = open_input(file)
    return stream if isinstance(file, Path) else io.BufferedReader(stream, _BUFFER)


def _lines(stream: Any, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the size of each line and its bytes; no bytes of a line that is too long to be held."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield len(line), line
            continue
        size = len(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(_BUFFER)
            size += len(line)
        yield size, None


def _loaded(
    row: Mapping[str, Any] | None, size: int, id_: str, text: str, facts: Facts
) -> tuple[bytes, Facts, str | None]:
    if row is None:
        return b"", facts, f"it has {size:,} bytes; at most {facts.max_bytes:,} are read as one interview"
    words = row[text]
    data = words if isinstance(words, bytes) else words.encode("utf-8", "backslashreplace")
    return data, row_facts({key: value for key, value in row.items() if key not in (id_, text)}, facts), None


def row_facts(values: Mapping[str, Any], facts: Facts) -> Facts:
    """Return `facts` with what a row states where card and sidecar are silent, and the reader of its text."""
    values = {**_flat(values), **_mapped(values, facts)}
    pairs = stated((key, word) for key, value in values.items() if (word := _word(value)))
    said: dict[str, Any] = {key: value for key, value in pairs if key in Facts.model_fields}
    if "date" in said:
        precision, rest = _PRECISIONS[len(said["date"])]
        said["date"], said["date_precision"] = _day(said["date"] + rest), precision
    if "published" in said:
        said["published"] = _day(said["published"])
    new = {key: value for key, value in said.items() if value is not None and getattr(facts, key) is None}
    if facts.date is not None or said.get("date") is None:
        new.pop("date_precision", None)
    if not facts.participants and (voices := _voices(values, people_of(pairs))):
        new["participants"] = voices
    reader = "plain" if facts.reader in _RECORDS else facts.reader
    return Facts.model_validate({**dict(facts), **new, "reader": reader, "encoding": "utf-8"})


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, and the keys of a column of metadata, an object or one written as JSON."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        held = _object(value) if fold(name) in _CONTAINERS else None
        flat |= (
            {str(key): item for key, item in held.items() if key not in values} if held is not None else {name: value}
        )
    return flat


def _object(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    if isinstance(value, list) and all(isinstance(item, tuple) and len(item) == 2 for item in value):
        value = dict(value)  # an Arrow map
    return value if isinstance(value, Mapping) else None


def _mapped(values: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    return {ours: values[column] for ours, column in facts.fields if column in values}


def _word(value: Any) -> str | None:
    """A value in words: strings of a list divided by semicolons; None for objects and what else is no word."""
    if isinstance(value, list):
        value = "; ".join(item for item in value if isinstance(item, str))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _whole(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _whole(words: str) -> str:
    """`words` with U+FFFD for each half of a character, which JSON can write and nothing else can."""
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _day(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _voices(values: Mapping[str, Any], stated_: Sequence[Participant]) -> tuple[Participant, ...]:
    """Who takes part: those stated with their role, and all others in columns of people."""
    names: list[str] = []
    for key, value in values.items():
        if fold(key) in _VOICES:
            items = value if isinstance(value, list) else value.split(";") if isinstance(value, str) else []
            names += [_whole(item.strip()) for item in items if isinstance(item, str) and item.strip()]
    people = {person.name: person for person in stated_}
    return tuple((people | {name: Participant(name=name) for name in names if name not in people}).values())


def _unread(columns: tuple[str, ...], facts: Facts) -> list[str]:
    mapped = {column for _, column in facts.fields}
    known = {*_names(facts), *mapped}
    return [
        name
        for name in columns
        if name not in known and key_of(name) is None and fold(name) not in (*_CONTAINERS, *_VOICES)
    ]


def _id(value: Any) -> str | None:
    return _whole(str(value)) if isinstance(value, str | int) and str(value).strip() else None


def _stamp(file: AnyPath) -> int:
    return file.stat().st_mtime_ns if isinstance(file, Path) else size_of(file)[0]


def _said(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200].rstrip(".")
