"""Parts: what a release publishes of some records, made wherever there is room, and put in order afterwards.

    part = make_part(interviews, Rules.of(facts, ledger))

A part is an Arrow table with one row per record: its rows of every table, as its rights allow, with their sizes and
digests as canonical JSON. Everything that is done to a record by itself is done here, so that it can be done by many
processes; what is left to do is to sort parts and to write them (`onrecord.publish.contents`).
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batch import collector_paused
from onrecord.publish.digest import canonical_json
from onrecord.publish.facts import WHOLE, ReleaseFacts, Split
from onrecord.publish.ledger import Ledger
from onrecord.publish.seals import seal_line, seals_of
from onrecord.publish.splits import split_of
from onrecord.publish.statistics import Counters
from onrecord.schema.arrow import INTERVIEW_SCHEMA, interview_of, require_schema
from onrecord.schema.interview import Interview
from onrecord.storage import AnyPath, exists, open_input, parquet_input, write_whole
from onrecord.tables import TABLES, Flat, Row, Table, rows_table
from onrecord.tables.withheld import withhold

_COUNTED = b"onrecord.counted"
_PERSONS = b"onrecord.persons"
_SLICE_ROWS, _SLICE_BYTES = 64, 8 * 2**20
"""Records that are Python values at one time: these take many times the memory of Arrow's."""


def digests_of(table: str) -> str:
    """Return the column of a part that holds the SHA-256 of each row of a table, one after the other."""
    return f"{table}.digests"


def sizes_of(table: str) -> str:
    """Return the column of a part that holds the bytes of each row of a table as canonical JSON."""
    return f"{table}.sizes"


def _of_table(table: Table) -> tuple[pa.Field, ...]:
    return (
        pa.field(table.name, pa.list_(pa.struct(list(table.schema)))),
        pa.field(digests_of(table.name), pa.binary()),
        pa.field(sizes_of(table.name), pa.list_(pa.int64())),
    )


PART_SCHEMA: pa.Schema = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("fictional", pa.bool_()),
        pa.field("split", pa.string()),  # null: nothing of the record is published
        pa.field("group", pa.int64()),  # the first half of its digest; null unless it counts among the groups
        pa.field("sum", pa.binary()),  # its line in raw.sha256
        pa.field("seal", pa.binary()),  # its line in standoff.jsonl
        *(column for table in TABLES.values() for column in _of_table(table)),
    ]
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides how records are published, beyond themselves.

    `released` has the version that first held a record, by id (`version` for all others); `persons` has who each
    speaker is, by the speaker's id, or is None if the records say so themselves.
    """

    version: str = "0.0.0"
    splits: tuple[Split, ...] = WHOLE
    released: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    persons: Mapping[str, str] | None = None

    @classmethod
    def of(cls, facts: ReleaseFacts, ledger: Ledger) -> Rules:
        """Return the rules for any records."""
        return cls(facts.version, facts.splits, ledger.released, frozenset(ledger.withdrawn))

    def only(self, ids: Iterable[str], persons: Mapping[str, str] | None) -> Rules:
        """Return what the rules say of some records, and `persons` of their speakers."""
        ids = list(ids)
        return replace(
            self,
            released={id_: self.released.get(id_, self.version) for id_ in ids},
            version="",
            withdrawn=self.withdrawn.intersection(ids),
            persons=persons,
        )

    def about(self, ids: Sequence[str]) -> Rules:
        """Return the rules without what they say of other records than these, of which there may be many."""
        if not self.released and not self.withdrawn:
            return self
        released = {id_: self.released[id_] for id_ in ids if id_ in self.released}
        return replace(self, released=released, withdrawn=self.withdrawn.intersection(ids))

    @property
    def digest(self) -> str:
        """SHA-256 over all that the rules say, in hexadecimal."""
        said = [
            self.version,
            [split.model_dump() for split in self.splits],
            sorted(self.released.items()),
            sorted(self.withdrawn),
            None if self.persons is None else sorted(self.persons.items()),
        ]
        return hashlib.sha256(canonical_json(said)).hexdigest()


@dataclass(frozen=True, slots=True)
class Parting:
    """The task of making the part of a finished shard, for an engine."""

    shard: AnyPath
    rules: Rules
    rows: int

    @property
    def size(self) -> int:
        """Number of records."""
        return self.rows

    @property
    def name(self) -> str:
        """Name of the part's file: a digest over everything that can change it."""
        return hashlib.sha256(f"{self.shard.name} {self.rules.digest}".encode()).hexdigest()[:32] + ".arrow"

    def run(self, folder: AnyPath) -> AnyPath:
        """Make the part in `folder`, or find it made."""
        target = folder / self.name
        if not exists(target):
            with pq.ParquetFile(parquet_input(self.shard)) as file:
                _write_part(make_part(file.read(), self.rules), target)
        return target

    def found(self, folder: AnyPath) -> AnyPath | None:
        """Return the part if it was made before; whoever makes it looks for it elsewhere than on this machine."""
        target = folder / self.name
        return target if isinstance(target, Path) and target.exists() else None

    def halves(self) -> tuple[Parting, ...]:
        """Return nothing: records that could be made can be published, so it is for no record that a worker dies."""
        return ()

    def died(self, _folder: AnyPath) -> AnyPath:
        """Raise `OSError`: there is no memory for it."""
        message = "the process that makes the tables of these records was killed each time, as where memory is short"
        raise OSError(errno.ENOMEM, message, str(self.shard))


@dataclass(frozen=True, slots=True)
class PartsAlso:
    """Makes the part of a shard from its records as they are made, so that nobody has to read them again for it.

    It is the part that `Parting` makes with these rules. They say nothing of people: whoever does, makes another.
    """

    rules: Rules
    folder: AnyPath

    def about(self, ids: Sequence[str]) -> PartsAlso:
        """Return the same for records with these ids only, to be sent to whoever makes them."""
        return replace(self, rules=self.rules.about(ids))

    def passing(self, shard: AnyPath, ids: Sequence[str], records: Iterator[list[Flat]]) -> Iterator[list[Flat]]:
        """Yield the records as they come; when the last one has passed the part is written."""
        task = Parting(shard, self.rules.only(ids, None), len(ids))
        draft = _Draft(task.rules)
        for some in records:
            draft.add([_dated(record, task.rules) for record in some])
            yield some
        _write_part(draft.part(), self.folder / task.name)


BATCH_BYTES = 2**20
"""What is in memory of a part that is read, or one record if that is larger."""


class PartFile:
    """A part in a file, open; raises `OSError`."""

    def __init__(self, path: AnyPath, columns: Sequence[str] | None = None) -> None:
        # A memory map would count as memory, all of it in the end.
        self._source = pa.OSFile(str(path)) if isinstance(path, Path) else open_input(path)
        fields = None if columns is None else [PART_SCHEMA.get_field_index(name) for name in columns]
        # A batch is hundreds of small buffers: to share them out among threads costs more than it saves.
        options = pa.ipc.IpcReadOptions(included_fields=fields, use_threads=False)
        self._file = pa.ipc.open_file(self._source, options=options)
        self.batches: int = self._file.num_record_batches

    def __enter__(self) -> PartFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def batch(self, number: int) -> pa.Table:
        """Return one batch, which is a table of some records."""
        return pa.Table.from_batches([self._file.get_batch(number)])

    def all(self) -> pa.Table:
        """Return the whole part, with its counts."""
        return self._file.read_all()

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()


def write_arrow(sink: Any, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    """Write a part in Arrow's own format, compressed, in batches that take little memory when they are read.

    Each of the hundreds of buffers of a batch is compressed by itself; LZ4 has far less to set up for that than zstd.
    """
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(sink, schema, options=options) as writer:
        for table in tables:
            rows = max(1, table.num_rows * BATCH_BYTES // max(1, table.nbytes))
            writer.write_table(table, max_chunksize=rows)


def make_part(records: pa.Table, rules: Rules) -> pa.Table:
    """Return the part of `records`, a table of interviews, in the order of their ids.

    Raises `ContractError` if the table is not one of interviews, or a row is not a valid record.
    """
    require_schema(records.schema, INTERVIEW_SCHEMA, "interviews")
    draft = _Draft(rules)
    with collector_paused():
        for rows in _slices(in_order(records)):
            draft.add([_ruled(row, rules) for row in rows])
    return draft.part()


class _Draft:
    """A part while it is made of records, some at a time."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._counters, self._persons = Counters(rules.withdrawn), set[str]()
        self._batches: list[pa.RecordBatch] = []

    def add(self, records: list[Flat]) -> None:
        """Add records as the rules want them."""
        self._batches.append(batch := _batch(records, self._rules))
        for record, chats in zip(records, batch["messages"].value_lengths().to_pylist(), strict=True):
            self._counters.add(record, chats=chats > 0)
        published = (record.interview for record in records if _is_published(record.interview, self._rules))
        self._persons.update(_persons(published))

    def part(self) -> pa.Table:
        """Return the part: its records in the order in which they came."""
        said = {_COUNTED: json.dumps(self._counters.state()), _PERSONS: json.dumps(sorted(self._persons))}
        return pa.Table.from_batches(self._batches, PART_SCHEMA).replace_schema_metadata(said)


def _write_part(part: pa.Table, target: AnyPath) -> None:
    sink = pa.BufferOutputStream()
    write_arrow(sink, part.schema, [part])
    write_whole(target, sink.getvalue())


def in_order(table: pa.Table) -> pa.Table:
    """Return a table in the order of its column `id`; as it is, if it is in order."""
    import pyarrow.compute as pc  # only to write: it takes as long to import as most of this package

    ids = table.column("id")
    if len(ids) < 2 or pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py():
        return table
    return table.take(pc.sort_indices(ids))


def counted(part: pa.Table, counters: Counters) -> frozenset[str]:
    """Add to `counters` what was counted in a part; return the keys of the people its published records name."""
    counters.include(json.loads(part.schema.metadata[_COUNTED]))
    return frozenset(json.loads(part.schema.metadata[_PERSONS]))


def published_rows(table: Table, record: Flat) -> list[Row]:
    """Return the rows of `record` in `table` as they may be published by its rights."""
    rights = record.interview.rights.redistribution
    if rights == "none" or (rights == "standoff" and table.name == "messages"):
        return []
    rows = table.rows(record)
    return rows if rights == "full" else [withhold(table.model, row) for row in rows]


def _slices(records: pa.Table) -> Iterator[list[Row]]:
    each = max(1, min(_SLICE_ROWS, records.num_rows * _SLICE_BYTES // max(1, records.nbytes)))
    for at in range(0, records.num_rows, each):
        yield records.slice(at, each).to_pylist()


def _ruled(row: Row, rules: Rules) -> Flat:
    row["first_release"] = rules.released.get(row["id"], rules.version)
    if rules.persons is not None:
        for speaker in row["speakers"]:
            speaker["person"] = rules.persons.get(speaker["id"])
    return Flat(interview_of(row), row)


def _dated(record: Flat, rules: Rules) -> Flat:
    """A record that was just made, with its first release, which is all that rules without persons say of it."""
    release = rules.released.get(record.interview.id, rules.version)
    return Flat(record.interview.replace(first_release=release), {**record.plain, "first_release": release})


def _is_published(interview: Interview, rules: Rules) -> bool:
    return interview.id not in rules.withdrawn and interview.rights.redistribution != "none"


def _persons(interviews: Iterable[Interview]) -> Iterator[str]:
    for interview in interviews:
        yield from (speaker.person for speaker in interview.speakers if speaker.person is not None)


def _batch(records: list[Flat], rules: Rules) -> pa.RecordBatch:
    shown = [record if _is_published(record.interview, rules) else None for record in records]
    columns: dict[str, pa.Array] = {
        "id": pa.array([record.interview.id for record in records], pa.string()),
        "fictional": pa.array([record.interview.fictional for record in records]),
        "split": _array(shown, lambda record: split_of(record.group, rules.splits), pa.string()),
        "group": _array(shown, _counted_group, pa.int64()),
        "sum": _array(shown, _sum_line, pa.binary()),
        "seal": _array(shown, _seal_line, pa.binary()),
    }
    for table in TABLES.values():
        columns |= _columns(table, [[] if record is None else published_rows(table, record) for record in shown])
    return pa.RecordBatch.from_arrays([columns[name] for name in PART_SCHEMA.names], schema=PART_SCHEMA)


def _array(shown: Iterable[Flat | None], value: Callable[[Flat], Any], type_: pa.DataType) -> pa.Array:
    return pa.array([None if record is None else value(record) for record in shown], type_)


def _counted_group(record: Flat) -> int | None:
    if record.interview.fictional:
        return None
    return int.from_bytes(bytes.fromhex(record.group), "big", signed=True)


def _sum_line(record: Flat) -> bytes | None:
    origin = record.interview.origin
    if origin.locator is not None:  # a part of a file has a digest of its own, which no tool can check on the file
        return None
    return f"{origin.sha256}  {origin.path}\n".encode()


def _seal_line(record: Flat) -> bytes | None:
    if record.interview.rights.redistribution != "standoff":
        return None
    return seal_line(record.interview.id, seals_of(record.plain))


def _columns(table: Table, by_record: list[list[Row]]) -> dict[str, pa.Array]:
    """The rows of one table, with their sizes and digests."""
    rows = [row for part in by_record for row in part]
    sizes, hashed = [], []
    for row in rows:  # each let go of at once: of a large record they are as much again
        said = canonical_json(row)
        sizes.append(len(said))
        hashed.append(hashlib.sha256(said).digest())
    made = rows_table(table, rows).combine_chunks()
    ends = [0]
    for part in by_record:
        ends.append(ends[-1] + len(part))
    values = pa.StructArray.from_arrays(
        [made.column(name).combine_chunks() for name in table.schema.names], fields=list(table.schema)
    )
    pairs = list(pairwise(ends))
    offsets = pa.array(ends, pa.int32())
    return {
        table.name: pa.ListArray.from_arrays(offsets, values),
        digests_of(table.name): pa.array([b"".join(hashed[a:b]) for a, b in pairs], pa.binary()),
        sizes_of(table.name): pa.ListArray.from_arrays(offsets, pa.array(sizes, pa.int64())),
    }


def holds_words(row: Mapping[str, Any]) -> bool:
    """Whether words would have to be withheld from a row of any table."""
    rights = row["rights"]["redistribution"] if "rights" in row else row["redistribution"]
    return bool(rights != "full")
