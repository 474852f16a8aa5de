"""Checking a release folder against its own manifest, without the network."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
from pydantic import ValidationError

from onrecord.batch import collector_paused
from onrecord.codes import finding
from onrecord.errors import ConfigError, ContractError
from onrecord.publish import card
from onrecord.publish.agreement import FLAT, disagreements, mark
from onrecord.publish.agreement import marks as expected_marks
from onrecord.publish.card_check import card_problems
from onrecord.publish.digest import TableDigest, row_digest
from onrecord.publish.manifest import FORMAT, NAME, ConfigEntry, Manifest, SplitEntry, release_digest
from onrecord.publish.parquet import read_rows, reading
from onrecord.publish.parts import holds_words
from onrecord.schema.arrow import require_schema
from onrecord.schema.interview import Finding
from onrecord.storage import AnyPath, RemotePath, open_input, parquet_input, place, sizes_below
from onrecord.tables import TABLES, Row, Table
from onrecord.tables.withheld import withhold
from onrecord.workers import outliving, process_pool

IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitattributes"})
"""Files that systems and the Hub put into folders by themselves: they hold nothing of anybody's."""
_IGNORED_FOLDERS = frozenset({".git", ".cache"})
_BLOCK = 2**20
_LARGE = 256 * 2**20
"""Bytes of rows for which it pays to start processes."""


def verify(
    folder: AnyPath, *, agreement: bool = True, workers: int = 1, pool: Executor | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with the release in `folder`: nothing, if it is as it was written.

    Checks the manifest, every file's size and SHA-256, files too many, columns, row counts and logical digests of every
    table, that the tables agree, that standoff records hold no words (unless they were restored), and the card.
    Without `agreement` the flat tables are not made again from the records, which takes as long as all the rest. The
    rows of a large release are read by `workers` processes, those of any release by `pool` if there is one; should a
    process die, this one reads what is left. `folder` may be in an object store.
    Raises nothing for a broken folder.
    """
    folder = place(folder)
    manifest, found = read_manifest(folder)
    if manifest is None:
        return found
    return tuple(_Check(folder, manifest).run(agreement, workers, pool))


def changes(folder: AnyPath) -> tuple[Finding, ...]:
    """Return how the files in `folder` differ from its manifest, by size and SHA-256 only: what was done by hand."""
    manifest, found = read_manifest(folder)
    return found if manifest is None else tuple(_Check(folder, manifest).files())


def compare_digests(folder: AnyPath, other: AnyPath) -> tuple[Finding, ...]:
    """Return which tables of two releases differ, by the logical digests in their manifests."""
    one, found = read_manifest(folder)
    two, found_too = read_manifest(other)
    if one is None or two is None:
        return (*found, *found_too)
    ours, theirs = ({config.name: config for config in manifest.configs} for manifest in (one, two))
    names = [*ours, *(name for name in theirs if name not in ours)]
    return tuple(
        finding("different-rows", f"{folder.name}/{NAME}", message)
        for name in names
        if (message := _difference(name, ours.get(name), theirs.get(name), other)) is not None
    )


def read_manifest(folder: AnyPath) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Return the manifest of a release, or None and what is wrong with it."""
    path, shown = folder / NAME, f"{folder.name}/{NAME}"
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None, (finding("missing-manifest", shown, f"{folder} has no {NAME}: it is no built dataset."),)
    except NotADirectoryError:
        return None, (finding("missing-manifest", str(folder), f"{folder} is a file: it is no built dataset."),)
    except OSError as error:
        return None, (finding("invalid-manifest", shown, f"It cannot be opened: {error.strerror}."),)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"{where}: {first['msg']}." if where else f"{first['msg']}."
        return None, (finding("invalid-manifest", shown, message),)
    if manifest.format != FORMAT:
        message = f"Its format is {manifest.format!r}; this version of onrecord reads {FORMAT!r}."
        return None, (finding("invalid-manifest", shown, message),)
    return manifest, ()


def _difference(name: str, ours: ConfigEntry | None, theirs: ConfigEntry | None, other: AnyPath) -> str | None:
    if ours is None or theirs is None:
        return f"Table `{name}` is only in {'this dataset' if theirs is None else other}."
    if ours.digest == theirs.digest:
        return None
    rows = "" if ours.rows == theirs.rows else f" ({ours.rows:,} here, {theirs.rows:,} there)"
    return f"The rows of table `{name}` differ from those in {other}{rows}."


class _Check:
    """One verification: a folder, its manifest, and what is found."""

    def __init__(self, folder: AnyPath, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self._said: dict[tuple[str, str], TableDigest] = defaultdict(TableDigest)
        self._expected: dict[tuple[str, str], TableDigest] = defaultdict(TableDigest)

    def run(self, agreement: bool, workers: int, pool: Executor | None) -> Iterator[Finding]:
        found = list(self.files())
        yield from found
        broken = {item.path for item in found}
        yield from self.manifest_itself()
        if self.shown(card.NAME) not in broken and any(file.path == card.NAME for file in self.manifest.files):
            for problem in card_problems((self.folder / card.NAME).read_bytes(), self.manifest):
                yield self.finding("invalid-card", card.NAME, problem)
        for found_here, names in self.tables(broken, agreement, workers, pool):
            yield from found_here
            broken.update(self.shown(name) for name in names if found_here)
        if agreement:
            yield from self.agreement(broken)

    def files(self) -> Iterator[Finding]:
        listed = {file.path: file for file in self.manifest.files}
        sizes = _sizes(self.folder)
        for name, entry in listed.items():
            size = sizes.get(name)
            if size is None:
                yield self.finding("missing-file", name, f"The manifest lists {name}, but it is not there.")
            elif size != entry.bytes:
                message = f"{name} has {size:,} bytes, and had {entry.bytes:,} when it was written."
                yield self.finding("changed-file", name, message)
            elif _sha256(self.folder / name) != entry.sha256:
                yield self.finding("changed-file", name, f"{name} has other bytes than when it was written.")
        for name in sizes:
            if name not in listed and name != NAME:
                yield self.finding("unexpected-file", name, f"The manifest does not list {name}.")

    def manifest_itself(self) -> Iterator[Finding]:
        manifest = self.manifest
        listed = [file.path for file in manifest.files]
        used = [name for config in manifest.configs for split in config.splits for name in split.files]
        if manifest.digest != release_digest(manifest.configs):
            yield self.finding("invalid-manifest", NAME, "Its digest is not that of its configs.")
        if sorted(used) != sorted(name for name in listed if name.endswith(".parquet")):
            yield self.finding("invalid-manifest", NAME, "Its Parquet files are not those of its configs, each once.")
        unknown = [config.name for config in manifest.configs if config.table not in TABLES]
        if unknown:
            yield self.finding("invalid-manifest", NAME, f"It has a config of no known table: {unknown[0]}.")

    def tables(
        self, broken: set[str], agreement: bool, workers: int, pool: Executor | None
    ) -> Iterator[tuple[list[Finding], tuple[str, ...]]]:
        """Yield what is wrong with the rows of each split whose files are whole, and the names of these files."""
        wanted = [
            (config, split)
            for config in self.manifest.configs
            for split in config.splits
            if config.table in TABLES and not broken.intersection(map(self.shown, split.files))
        ]
        groups = [
            _Group(self.folder, name, number, config.name, config.table, agreement)
            for config, split in wanted
            for name in split.files
            for number in range(_row_groups(self.folder / name))
        ]
        if sum(split.bytes for _, split in wanted) < _LARGE:
            workers = 1
        with closing(_read_all(groups, workers, pool)) as read:
            for config, split in wanted:
                count = sum(_row_groups(self.folder / name) for name in split.files)
                yield list(self.split(config, split, islice(read, count))), split.files

    def split(self, config: ConfigEntry, split: SplitEntry, read: Iterator[_Read]) -> Iterator[Finding]:
        digest, rows, words = TableDigest(), 0, 0
        wrong: Finding | None = None
        for group in read:  # to the end: what comes next belongs to another split
            if wrong is None and group.code is not None:
                wrong = self.finding(group.code, group.name, group.message)
            digest.extend(group.digests)
            rows += len(group.digests) // digest.size
            words += group.words
            self._said[_kind(config, split), config.table].extend(group.marks or group.digests)
            for table, marks in group.expected.items():
                self._expected[_kind(config, split), table].extend(marks)
        if wrong is not None:
            yield wrong
            return
        if rows != split.rows:
            message = f"`{config.name}` has {rows:,} rows in `{split.name}`; the manifest says {split.rows:,}."
            yield self.finding("wrong-rows", split.files[0], message)
        elif digest.hexdigest() != split.digest:
            message = f"The rows of `{config.name}` in `{split.name}` do not have the digest that the manifest says."
            yield self.finding("wrong-rows", split.files[0], message)
        if words and not self.manifest.restored:
            message = f"{words:,} standoff rows of `{config.name}` hold words of their source."
            yield self.finding("words-published", split.files[0], message)

    def agreement(self, broken: set[str]) -> Iterator[Finding]:
        for kind, splits in _by_kind(self.manifest).items():
            files = {table: tuple(self.folder / name for name in names) for table, names in splits.items()}
            if broken.intersection(self.shown(name) for names in splits.values() for name in names):
                continue
            if all(self._said[kind, table].hexdigest() == self._expected[kind, table].hexdigest() for table in FLAT):
                continue
            for table, message in disagreements(files):
                yield self.finding("tables-disagree", splits.get(table, (kind,))[0], message)

    def finding(self, code: str, name: str, message: str) -> Finding:
        return finding(code, self.shown(name), message)

    def shown(self, name: str) -> str:
        return f"{self.folder.name}/{name}"


class _Group(NamedTuple):
    """A row group of a file, which should be one of a table."""

    folder: AnyPath
    name: str
    number: int
    config: str
    table: str
    agreement: bool


class _Read(NamedTuple):
    """What was read of a row group: its rows' digests, and how many hold words they should not; or what is wrong.

    `marks` are those of the rows if they differ from the digests, `expected` those that its records' rows should have.
    """

    name: str
    digests: bytes = b""
    words: int = 0
    marks: bytes = b""
    expected: Mapping[str, bytes] = {}
    code: str | None = None
    message: str = ""


def _row_groups(path: AnyPath) -> int:
    """The number of row groups of a file; 1 if that cannot be read, so that it is tried and said."""
    try:
        with reading(path):
            return max(1, int(pq.read_metadata(parquet_input(path)).num_row_groups))
    except ConfigError:
        return 1


def _read_all(groups: Sequence[_Group], workers: int, pool: Executor | None) -> Generator[_Read]:
    with ExitStack() as own:
        if pool is None and min(workers, len(groups)) > 1:
            pool = own.enter_context(process_pool(workers))
        yield from outliving(pool, _read_group, groups)


def _read_group(group: _Group) -> _Read:
    table = TABLES[group.table]
    path = group.folder / group.name
    try:
        with reading(path):
            columns = pq.read_schema(parquet_input(path))
        require_schema(columns, table.schema, group.config)
        with collector_paused():
            return _looked_at(group, table, read_rows(path, group=group.number))
    except ContractError as error:
        return _Read(group.name, code="wrong-columns", message=f"{error}.")
    except ConfigError as error:
        return _Read(group.name, code="unreadable-table", message=f"{error}.")


def _looked_at(group: _Group, table: Table, rows: Iterable[Row]) -> _Read:
    digests, own, words = list[bytes](), list[bytes](), 0
    expected: dict[str, list[bytes]] = defaultdict(list)
    for row in rows:
        digests.append(row_digest(row))
        words += holds_words(row) and withhold(table.model, row) != row
        if group.agreement and table.name in FLAT:
            own.append(mark(table.name, row, digests[-1]))
        elif group.agreement:
            for name, marks in expected_marks(row).items():
                expected[name].append(marks)
    joined = {name: b"".join(marks) for name, marks in expected.items()}
    return _Read(group.name, b"".join(digests), words, b"".join(own) if own != digests else b"", joined)


def present_files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below `folder`, but those that systems put there by themselves."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _IGNORED_FOLDERS)
        for name in sorted(names):
            if name not in IGNORED:
                yield (Path(path) / name).relative_to(folder).as_posix()


def _sizes(folder: AnyPath) -> Mapping[str, int]:
    """The sizes of all files of a folder, by their paths below it."""
    if isinstance(folder, RemotePath):
        return sizes_below(folder)
    return {name: (folder / name).stat().st_size for name in present_files(folder) if (folder / name).is_file()}


def _by_kind(manifest: Manifest) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The files of each table, for real and invented records and each split apart: they hold the same interviews."""
    kinds: dict[str, dict[str, tuple[str, ...]]] = {}
    for config in manifest.configs:
        for split in config.splits:
            kinds.setdefault(_kind(config, split), {})[config.table] = split.files
    return kinds


def _kind(config: ConfigEntry, split: SplitEntry) -> str:
    return f"{config.name.removesuffix(config.table)}{split.name}"


def _sha256(path: AnyPath) -> str:
    digest = hashlib.sha256()
    with open_input(path) as file:
        read: Callable[[], bytes] = lambda: file.read(_BLOCK)  # noqa: E731 - `iter` wants a callable
        for block in iter(read, b""):
            digest.update(block)
    return digest.hexdigest()
