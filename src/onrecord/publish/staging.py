"""A folder that is written aside and put in place in one step, or not at all.

`staged(out)` gives an empty folder next to `out`. What is written there is hashed on the way and flushed to the disk;
`promote` then exchanges the two folders. A kill, a full disk or an error at any moment leaves the old `out` whole; what
was left aside is swept by the next run. A lock, which dies with its process, keeps two runs apart.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import ReleaseRefused
from onrecord.publish.manifest import FileEntry
from onrecord.storage import naming


class HashingFile(RawIOBase):
    """A file that is only written, and knows its size and SHA-256 when it is closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("xb", buffering=0)
        self._hash = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """Return True: writing is all this file does."""
        return True

    def write(self, data: Any) -> int:
        """Write all of `data` and return its length; raises `OSError` if the disk does not take it."""
        view = memoryview(data).cast("B")
        self._hash.update(view)
        self.size += len(view)
        at = 0
        with naming(self._path):
            while at < len(view):
                at += self._file.write(view[at:])
        return len(view)

    def tell(self) -> int:
        """Return the number of bytes written."""
        return self.size

    def close(self) -> None:
        """Flush the file to the disk and close it."""
        if not self.closed:
            try:
                with naming(self._path):
                    os.fsync(self._file.fileno())
            finally:
                self._file.close()
                super().close()

    @property
    def sha256(self) -> str:
        """SHA-256 of what was written, in hexadecimal."""
        return self._hash.hexdigest()


class Staging:
    """The folder that is being written; `files` lists what is in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.spool = folder.with_name(folder.name + ".spool")
        self._open: dict[str, HashingFile] = {}
        self._others: list[FileEntry] = []

    def open(self, name: str) -> HashingFile:
        """Open a new file; `name` is its path below the folder, with slashes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        file = self._open[name] = HashingFile(path)
        return file

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        with self.open(name) as file:
            file.write(data)

    def discard(self, name: str) -> None:
        """Remove a file, or a folder and all in it, that this object has not opened, if there is one."""
        path = self.folder / name
        _remove(path) if path.is_dir() else path.unlink(missing_ok=True)

    def include(self, files: Iterable[FileEntry]) -> None:
        """Take note of files that were written to the folder elsewhere."""
        self._others += files

    def files(self) -> tuple[FileEntry, ...]:
        """Return the files written so far, by name."""
        own = (FileEntry(path=name, bytes=file.size, sha256=file.sha256) for name, file in self._open.items())
        return tuple(sorted([*own, *self._others], key=lambda file: file.path))


@contextmanager
def staged(out: Path) -> Iterator[Staging]:
    """Give an empty folder next to `out`; it is removed afterwards unless it was promoted.

    Raises `ReleaseRefused` if another process is writing `out`, and `OSError` if the disk fails.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with locked(out):
        sweep(out)
        folder = _beside(out, "staging")
        folder.mkdir()
        try:
            yield Staging(folder)
        finally:
            _remove(folder)
            _remove(folder.with_name(folder.name + ".spool"))


def promote(stage: Staging, out: Path) -> None:
    """Put the staged folder in the place of `out`, in one step where the system can exchange folders.

    Elsewhere there are two renames; a kill between them leaves the old folder aside, and `sweep` puts it back.
    """
    _sync_folders(stage.folder)
    if not out.exists():
        os.rename(stage.folder, out)
    elif not _exchange(stage.folder, out):
        old = _beside(out, "old")
        os.rename(out, old)
        os.rename(stage.folder, out)
        _remove(old)
    _sync(out.parent)


def sweep(out: Path) -> None:
    """Remove what an interrupted run left next to `out`, and put an old folder back that lost its place."""
    old = _beside(out, "old")
    if old.exists() and not out.exists():
        os.rename(old, out)
    for name in ("staging", "staging.spool", "old"):
        _remove(_beside(out, name))


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f".{out.name}.{what}")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep other processes from writing `out` until the end; raises `ReleaseRefused` if one is writing it now.

    The lock lies beside `out` and dies with its process.
    """
    try:
        import fcntl
    except ImportError:  # Windows: no lock that dies with its process in the standard library; runs are not kept apart
        yield
        return
    path = _beside(out, "lock")
    while True:
        with path.open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ReleaseRefused(f"{out} is being written by another process; try again when it is done") from None
            if not _is_at(lock.fileno(), path):  # its last holder removed it while it was opened here: try the new one
                continue
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    call = _exchange_call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _exchange_call() -> Any:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        return lambda one, other: library.renameat2(here, one, here, other, exchange)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return lambda one, other: library.renamex_np(one, other, 2)  # RENAME_SWAP
    return None


def _sync_folders(folder: Path) -> None:
    for path, _, _ in os.walk(folder, topdown=False):
        _sync(Path(path))


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle on a folder to flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
