"""A delta: what has to be known, besides the old release, to have the new one, byte for byte.

    delta/
      delta.json        which releases it leads from and to, and which records of which table are replaced
      changes.json      what changed, field by field, for people (`onrecord.release.diff`)
      rows/<config>/<split>.parquet     the rows of added and changed records
      files/…           everything of the new release that is no table

Tables are merged and written again, so the new files come out the same only with the pyarrow that wrote them; with
another one `apply_delta` says so and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field, ValidationError

from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish.digest import canonical_json
from onrecord.publish.manifest import ConfigEntry, Manifest
from onrecord.publish.parquet import read_rows
from onrecord.publish.rewriting import Group, config_of, grouped, interview_groups, merged, write_split
from onrecord.publish.staging import HashingFile, Staging, promote, staged
from onrecord.publish.verification import changes, present_files, verify
from onrecord.release.compare import diff
from onrecord.release.streams import manifest_of, paired
from onrecord.schema.interview import Model
from onrecord.tables import TABLES, Row

FILE = "delta.json"
CHANGES = "changes.json"


class Replaced(Model):
    """What happens to one split of one config."""

    config: str = Field(description="Name of the config.")
    table: str = Field(description="Its table.")
    split: str = Field(description="Name of the split.")
    dropped: tuple[str, ...] = Field(description="Interviews of the old release whose rows are left out.")
    added: int = Field(ge=0, description="Number of rows in the delta's file; 0: there is none.")


class Delta(Model):
    """`delta.json`."""

    format: Literal["onrecord-delta/1"] = "onrecord-delta/1"
    name: str = Field(description="Name of the dataset.")
    old_version: str = Field(description="Version it leads from.")
    new_version: str = Field(description="Version it leads to.")
    old_digest: str = Field(description="Logical digest of the release it leads from.")
    new_digest: str = Field(description="Logical digest of the release it leads to.")
    pyarrow: str = Field(description="Version of pyarrow that gives the same bytes.")
    splits: tuple[Replaced, ...] = Field(description="What happens to each split of each config.")


def make_delta(old: Path, new: Path, out: Path) -> Delta:
    """Write the delta from the release in `old` to that in `new` to the folder `out`, in one step.

    Raises `ConfigError` if one of them is no release, `ReleaseRefused` if `out` exists or one of them was changed.
    """
    old, new, out = Path(old), Path(new), Path(out).resolve()
    before, after = manifest_of(old), manifest_of(new)
    for folder in (old, new):
        if found := changes(folder):
            raise ReleaseRefused(f"{folder} is not as it was written", found)
    if out.exists():
        raise ReleaseRefused(f"{out} exists; name a folder that does not")
    with staged(out) as stage:
        delta = Delta(
            name=after.name,
            old_version=before.version,
            new_version=after.version,
            old_digest=before.digest,
            new_digest=after.digest,
            pyarrow=after.pyarrow,
            splits=tuple(_replaced(stage, old, new, before, after)),
        )
        for name in present_files(new):
            if not name.endswith(".parquet"):
                stage.write(f"files/{name}", (new / name).read_bytes())
        stage.write(CHANGES, diff(old, new).model_dump_json(indent=2).encode())
        stage.write(FILE, delta.model_dump_json(indent=2).encode())
        promote(stage, out)
    return delta


def apply_delta(old: Path, delta: Path, out: Path) -> Manifest:
    """Write to `out` the release that `delta` leads to from the one in `old`: the same bytes as the new release.

    Raises `ConfigError` if the folders are no release and no delta of it, or pyarrow has another version than the
    release; `ReleaseRefused` if `old` was changed, `out` exists, or the result is not the new release.
    """
    old, delta, out = Path(old), Path(delta), Path(out).resolve()
    said, before = _read(delta), manifest_of(old)
    if before.digest != said.old_digest:
        raise ConfigError(f"{delta} leads from {said.name} {said.old_version}; {old} holds other data")
    if said.pyarrow != pa.__version__:
        raise ConfigError(f"the same bytes need pyarrow {said.pyarrow}, and this is {pa.__version__}")
    if found := changes(old):
        raise ReleaseRefused(f"{old} is not as it was written", found)
    if out.exists():
        raise ReleaseRefused(f"{out} exists; name a folder that does not")
    with staged(out) as stage:
        for part in said.splits:
            write_split(stage, part.config, part.table, part.split, _new_rows(old, delta, before, part))
        for name in present_files(delta / "files"):
            stage.write(name, (delta / "files" / name).read_bytes())
        if found := verify(stage.folder, agreement=False):
            raise ReleaseRefused(f"{old} and {delta} do not give {said.name} {said.new_version}", found)
        promote(stage, out)
    return manifest_of(out)


def _new_rows(old: Path, delta: Path, before: Manifest, part: Replaced) -> Iterator[Row]:
    kept = interview_groups(old, config_of(before, part.config, part.table), part.split)
    fresh = _fresh(delta, part)
    return merged([kept, fresh], frozenset(part.dropped))


def _fresh(delta: Path, part: Replaced) -> Iterator[Group]:
    if part.added:
        yield from grouped(part.table, read_rows(delta / "rows" / part.config / f"{part.split}.parquet"))


def _replaced(stage: Staging, old: Path, new: Path, before: Manifest, after: Manifest) -> Iterator[Replaced]:
    for config in after.configs:
        earlier = config_of(before, config.name, config.table)
        for split in config.splits:
            yield _replaced_split(stage, (old, earlier), (new, config), split.name)


def _replaced_split(
    stage: Staging, old: tuple[Path, ConfigEntry], new: tuple[Path, ConfigEntry], split: str
) -> Replaced:
    config = new[1]
    dropped: list[str] = []
    fresh = _RowFile(stage, f"rows/{config.name}/{split}.parquet", TABLES[config.table].schema)
    groups = paired(interview_groups(*old, split), interview_groups(*new, split), lambda group: group[0])
    for was, now in groups:
        if was is not None and now is not None and canonical_json(was[1]) == canonical_json(now[1]):
            continue
        if was is not None:
            dropped.append(was[0])
        if now is not None:
            fresh.add(now[1])
    fresh.close()
    return Replaced(config=config.name, table=config.table, split=split, dropped=tuple(dropped), added=fresh.count)


class _RowFile:
    """The rows of a delta for one split; the file is made when the first rows come."""

    def __init__(self, stage: Staging, name: str, schema: pa.Schema) -> None:
        self._stage, self._name, self._schema = stage, name, schema
        self._file: HashingFile | None = None
        self._writer: pq.ParquetWriter | None = None
        self.count = 0

    def add(self, rows: list[Row]) -> None:
        if self._writer is None:
            self._file = self._stage.open(self._name)
            self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd")
        self._writer.write_table(pa.Table.from_pylist(rows, schema=self._schema))
        self.count += len(rows)

    def close(self) -> None:
        if self._writer is not None and self._file is not None:
            self._writer.close()
            self._file.close()


def _read(delta: Path) -> Delta:
    try:
        return Delta.model_validate_json((delta / FILE).read_bytes())
    except OSError as error:
        raise ConfigError(f"{delta} is no delta: {FILE} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ConfigError(f"{delta / FILE}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
