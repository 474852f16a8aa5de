"""Writing Parquet: explicit schema, rows in order, row groups of bounded size, and the same bytes every time.

What goes into which row group depends on the rows alone, never on how they arrive. `read_rows` reads them back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import RawIOBase
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import ConfigError
from onrecord.publish.digest import TableDigest, canonical_json
from onrecord.publish.manifest import SplitEntry
from onrecord.storage import AnyPath, parquet_input

CHUNKING: Mapping[str, int] = {"min_chunk_size": 256 * 1024, "max_chunk_size": 1024 * 1024, "norm_level": 0}
"""Content-defined chunking as `datasets` does it: an edited row changes few chunks of the file."""

BATCH_BYTES = 2 * 2**20
GROUP_BYTES = 64 * 2**20
FILE_BYTES = 1024 * 2**20
"""Sizes as canonical JSON. Viewers want row groups under 100 MB; pages are read within them by the page index."""

_READ_BYTES, _READ_ROWS = 2**20, 1024
"""What of a file is Python values at one time: at most so many rows, and about so many bytes as they lie there."""


class SplitWriter:
    """The Parquet files of one split of one config, written row by row, or many at a time, with bounded memory."""

    def __init__(self, name: str, prefix: str, schema: pa.Schema, open_file: Callable[[str], RawIOBase]) -> None:
        self.name, self._prefix, self._schema, self._open_file = name, prefix, schema, open_file
        self._digest = TableDigest()
        self._rows: list[Mapping[str, Any]] = []
        self._batches: list[pa.Table] = []
        self._batch_bytes = self._group_bytes = self._file_bytes = 0
        self._files: list[str] = []
        self._file: RawIOBase | None = None
        self._writer: pq.ParquetWriter | None = None
        self._count = self._bytes = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Add the next row, whose keys are the columns."""
        said = canonical_json(row)
        self._digest.add(said)
        self._rows.append(row)
        ends = self._ends_group(len(said))
        if not self._batch_bytes:
            self._to_arrow()
        if ends:
            self._write_group()

    def extend(self, rows: pa.Table, sizes: Sequence[int], digests: bytes) -> None:
        """Add the next rows: as a table of the schema, with their sizes and digests as canonical JSON.

        The files are those that `add` would write; a writer is used in one way or the other.
        """
        self._digest.extend(digests)
        start = 0
        for end, size in enumerate(sizes, 1):
            if self._ends_group(size):
                self._batches.append(rows.slice(start, end - start))
                self._write_group()
                start = end
        if start < rows.num_rows:
            self._batches.append(rows.slice(start))

    def close(self) -> SplitEntry:
        """Write what is left and return what was written; there must be a row."""
        self._to_arrow()
        self._write_group()
        self._close_file()
        return SplitEntry(
            name=self.name, files=tuple(self._files), rows=self._count, bytes=self._bytes,
            digest=self._digest.hexdigest(),
        )  # fmt: skip

    def abandon(self) -> None:
        """Let go of the open file after an error; what it holds is not a release."""
        if self._file is not None:
            self._file.close()

    def _ends_group(self, size: int) -> bool:
        """Count the next row; whether its row group ends with it. Sizes alone decide, not how rows arrive."""
        self._count += 1
        self._bytes += size
        self._batch_bytes += size
        if self._batch_bytes < BATCH_BYTES:
            return False
        self._group_bytes += self._batch_bytes
        self._batch_bytes = 0
        return self._group_bytes >= GROUP_BYTES

    def _to_arrow(self) -> None:
        if self._rows:
            self._batches.append(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def _write_group(self) -> None:
        if not self._batches:
            return
        # One chunk per column: where pages end depends on how the values lie in memory.
        group = pa.concat_tables(self._batches).combine_chunks()
        self._writer_now().write_table(group, row_group_size=group.num_rows)
        self._file_bytes += self._group_bytes
        self._batches, self._group_bytes = [], 0
        if self._file_bytes >= FILE_BYTES:
            self._close_file()

    def _writer_now(self) -> pq.ParquetWriter:
        if self._writer is None:
            name = f"{self._prefix}-{len(self._files):05}.parquet"
            self._files.append(name)
            self._file = self._open_file(name)
            self._writer = parquet_writer(self._file, self._schema)
        return self._writer

    def _close_file(self) -> None:
        if self._writer is not None and self._file is not None:
            self._writer.close()
            self._file.close()
            self._writer, self._file, self._file_bytes = None, None, 0


def parquet_writer(file: RawIOBase, schema: pa.Schema) -> pq.ParquetWriter:
    """Return a writer with the settings of a release; the keys tell the Hub and `datasets` how the file is chunked."""
    writer = pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=3,
        use_content_defined_chunking=dict(CHUNKING),
        write_page_index=True,
    )
    chunking = json.dumps(dict(CHUNKING))
    writer.add_key_value_metadata({"content_defined_chunking": chunking, "use_content_defined_chunking": chunking})
    return writer


def read_rows(
    path: AnyPath, columns: Sequence[str] | None = None, group: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file (these columns, this row group of it) as plain values, with bounded memory.

    Raises `ConfigError` that names the file if it is damaged, or no Parquet file.
    """
    with reading(path), pq.ParquetFile(parquet_input(path)) as file:
        for number in range(file.num_row_groups) if group is None else [group]:
            about = file.metadata.row_group(number)
            rows = max(1, min(_READ_ROWS, about.num_rows * _READ_BYTES // max(1, about.total_byte_size)))
            for batch in file.iter_batches(batch_size=rows, columns=columns, row_groups=[number], use_threads=False):
                yield from batch.to_pylist()


@contextmanager
def reading(path: AnyPath) -> Iterator[None]:
    """Let what Arrow says of a damaged file be a `ConfigError` that names it: it ends as any of three exceptions."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
