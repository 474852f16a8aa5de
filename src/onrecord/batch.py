"""The batch contract: an Arrow table of sources in, an Arrow table of interviews out, row for row.

Rows in = rows out, in the same order: a record that cannot be made is a row whose finding says so. The same
function runs inline, in a process pool, under `datasets.map` and as a task on a cluster; nothing here
knows where it runs.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyarrow as pa

from onrecord.codes import finding
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import Settings, failed, process
from onrecord.schema.arrow import rows_to_table, to_table
from onrecord.schema.interview import Interview
from onrecord.tables import Flat

SOURCE_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), metadata={"description": "Id of the interview: <collection>/<name>."}),
        pa.field("path", pa.string(), metadata={"description": "Path of its file below raw/."}),
        pa.field("locator", pa.string(), metadata={"description": "The part of a file with several interviews."}),
        pa.field("data", pa.binary(), metadata={"description": "The bytes as received."}),
        pa.field("unreadable", pa.string(), metadata={"description": "Why the file cannot be opened; else null."}),
        pa.field("facts_json", pa.string(), metadata={"description": "What card and sidecar state, as JSON."}),
    ]
)


def source_table(sources: Iterable[Source]) -> pa.Table:
    """Return `sources` as a table of `SOURCE_SCHEMA`."""
    rows = [
        {
            "id": source.id,
            "path": source.path,
            "locator": source.locator,
            "data": source.data,
            "unreadable": source.unreadable,
            "facts_json": source.facts.model_dump_json(exclude_defaults=True),
        }
        for source in sources
    ]
    return pa.Table.from_pylist(rows, schema=SOURCE_SCHEMA)


_AT_ONCE, _BYTES_AT_ONCE = 64, 2 * 2**20
"""Records that are Python values at one time, and bytes of their sources: many times as large as Arrow's."""


def run_batch(sources: pa.Table, settings: Settings | None = None) -> pa.Table:
    """Make the records of a table of sources: a table of the `interviews` schema with the same number of rows."""
    settings = settings or Settings()
    with collector_paused():
        return to_table(process_or_report(source, settings) for source in _sources(sources))


def made_records(sources: pa.Table, settings: Settings | None = None) -> Iterator[list[Flat]]:
    """Yield the records of a table of sources in order, some at a time, each with its row of `interviews`."""
    settings = settings or Settings()
    made: list[Flat] = []
    size = 0
    for source in _sources(sources):
        record = process_or_report(source, settings)
        made.append(Flat(record, record.model_dump()))
        size += len(source.data)
        if len(made) >= _AT_ONCE or size >= _BYTES_AT_ONCE:
            yield made
            made, size = [], 0
    if made:
        yield made


def records_table(made: Iterable[list[Flat]]) -> pa.Table:
    """Return records that come some at a time as one table of the `interviews` schema."""
    return rows_to_table([record.plain for record in some] for some in made)


def process_or_report(source: Source, settings: Settings) -> Interview:
    """Make one record; whatever goes wrong becomes the record's finding (the one broad `except` there is)."""
    try:
        return process(source, settings)
    except Exception as error:
        message = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        return failed(source, finding("stage-failed", source.path, message, where=source.id))


def _sources(table: pa.Table) -> Iterator[Source]:
    columns = (table.column(name) for name in SOURCE_SCHEMA.names)
    for values in zip(*columns, strict=True):
        id_, path, locator, data, unreadable, facts = (value.as_py() for value in values)
        yield Source(id_, path, data, Facts.model_validate_json(facts or "{}"), locator, unreadable)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Records are trees without cycles: pausing the cyclic collector for a batch saves much of validation's time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
