"""Who the speakers of finished records are: the decisions of people.yaml put into tables of interviews.

Records are linked after they were made and before a release is written, so that a changed people.yaml makes no
record anew: only the release is written again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.pseudonymising import STEP
from onrecord.storage import AnyPath, parquet_input

_COLUMNS = [
    "id", "origin.path", "speakers.list.element.id", "speakers.list.element.person", "steps.list.element.stage",
]  # fmt: skip


def speakers_in(shards: Iterable[AnyPath], named: Container[str] = ()) -> tuple[dict[str, str | None], dict[str, str]]:
    """Return, of finished shards, each speaker's id with the person its facts state, and the files of their interviews.

    Only those speakers are returned of whom a person is stated or who are in `named`: about all others nothing is
    decided, and they need no memory.
    """
    stated: dict[str, str | None] = {}
    paths: dict[str, str] = {}
    for row in _rows(shards):
        for speaker in row["speakers"]:
            if speaker["person"] is not None or speaker["id"] in named:
                stated[speaker["id"]] = speaker["person"]
                paths[row["id"]] = row["origin"]["path"]
    return stated, paths


def all_speakers(shards: Iterable[AnyPath]) -> Iterator[str]:
    """Yield the ids of all speakers in finished shards."""
    return (speaker["id"] for row in _rows(shards) for speaker in row["speakers"])


def _rows(shards: Iterable[AnyPath]) -> Iterator[dict[str, Any]]:
    """The records whose speakers people.yaml may speak of: it has real names, which some were promised to lose."""
    for shard in shards:
        with pq.ParquetFile(parquet_input(shard)) as file:
            for row in file.read(columns=_COLUMNS).to_pylist():
                if all(step["stage"] != STEP for step in row["steps"]):
                    yield row


def linked(table: pa.Table, persons: Mapping[str, str]) -> pa.Table:
    """Return a table of interviews with `speakers[].person` filled from `persons`, by speaker."""
    if not persons:
        return table
    index = table.schema.get_field_index("speakers")
    field = table.schema.field(index)
    chunks = [_linked(chunk, persons) for chunk in table.column(index).chunks]
    return table.set_column(index, field, pa.chunked_array(chunks, field.type))


def _linked(column: pa.ListArray, persons: Mapping[str, str]) -> pa.ListArray:
    speakers = column.flatten()
    parts = speakers.flatten()
    names = [field.name for field in speakers.type]
    found = [persons.get(reference) for reference in parts[names.index("id")].to_pylist()]
    parts[names.index("person")] = pa.array(found, pa.string())
    filled = pa.StructArray.from_arrays(parts, fields=list(speakers.type))
    ends = pc.cumulative_sum(pc.list_value_length(column).cast(pa.int32()))
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends])
    return pa.ListArray.from_arrays(offsets, filled, type=column.type)
