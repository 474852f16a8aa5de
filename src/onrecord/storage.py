"""Files here and elsewhere: local paths, and places in an object store, with the few operations a build needs.

    place("raw")                      a pathlib.Path
    place("s3://bucket/raw")          a RemotePath: S3 and its like through pyarrow (nothing more to install)
    place("hf://datasets/org/name")   a RemotePath: everything else through fsspec

What is written is complete or absent: a local file is renamed into place, an object appears when its upload is done.
Credentials are those the stores' own tools use (environment, configuration files); none are kept here.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from onrecord.errors import ConfigError

_PYARROW = frozenset({"s3", "gs", "gcs", "abfs", "abfss"})
_BLOCK = 8 * 2**20
_PATIENCE: Mapping[str, str] = dict.fromkeys(("gs", "gcs"), "?retry_limit_seconds=30")
"""Of stores that would ask in vain for a quarter of an hour, without a word."""


@dataclass(frozen=True, slots=True, order=True)
class RemotePath:
    """A file or folder in an object store; small, and the same in every process that may reach the store."""

    scheme: str
    path: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.path}"

    def __truediv__(self, name: str) -> RemotePath:
        return RemotePath(self.scheme, f"{self.path.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """The end of the name, with its point."""
        return PurePosixPath(self.path).suffix

    @property
    def parent(self) -> RemotePath:
        """The folder around it."""
        return RemotePath(self.scheme, self.path.rstrip("/").rpartition("/")[0])

    def with_name(self, name: str) -> RemotePath:
        """Return the path of a neighbour."""
        return self.parent / name

    def relative_to(self, other: RemotePath) -> PurePosixPath:
        """Return the path below `other`; raises `ValueError` if it is not below it."""
        return PurePosixPath(self.path).relative_to(other.path)

    def is_symlink(self) -> bool:
        """Return False: object stores have no links."""
        return False

    def is_file(self) -> bool:
        """Whether the folder around it lists it as a file."""
        return not _listing(self.parent).get(self.name, _NOTHING).is_dir

    def open(self, mode: str = "rb") -> Any:
        """Open it for reading, at any place; raises `OSError`."""
        if mode != "rb":
            raise ValueError("what is elsewhere is opened for reading only")
        return open_input(self)

    def read_bytes(self) -> bytes:
        """Read all of it; raises `OSError`."""
        with self.open() as file:
            return bytes(file.read())


AnyPath = Path | RemotePath


@dataclass(frozen=True, slots=True)
class Entry:
    """What a folder lists: a name, and what it stands for."""

    name: str
    is_dir: bool
    is_link: bool = False
    size: int = 0


_NOTHING = Entry("", True)


def place(text: str | AnyPath) -> AnyPath:
    """Return what `text` names: a path here, or a place in an object store if it begins like `s3://`.

    Raises `ConfigError` if nothing knows the scheme.
    """
    if not isinstance(text, str) or "://" not in text:
        return text if isinstance(text, RemotePath) else Path(text)
    scheme, _, path = text.partition("://")
    if scheme == "file":
        return Path(path)
    _filesystem(scheme, path.strip("/").split("/")[0])
    return RemotePath(scheme, path.rstrip("/"))


def local(path: AnyPath) -> Path:
    """Return a path that is on this machine; raises `ConfigError` if it is in an object store."""
    if isinstance(path, RemotePath):
        raise ConfigError(f"{path} is in an object store: only `onrecord build` works there; copy it here first")
    return path


def entries(folder: AnyPath) -> list[Entry]:
    """Return what is in a folder, by name; raises `OSError` if it cannot be listed."""
    if isinstance(folder, RemotePath):
        return list(_listing(folder).values())
    found = sorted(os.scandir(folder), key=lambda item: item.name)
    return [Entry(item.name, item.is_dir(), item.is_symlink()) for item in found]


def size_of(file: AnyPath) -> tuple[int, str | None]:
    """Return the size of a file in bytes, and why it cannot be read, if so.

    Only regular files are opened: a pipe would be waited for. What is elsewhere is not opened, for that takes time.
    """
    try:
        if isinstance(file, RemotePath):
            return _listing(file.parent)[file.name].size, None
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return 0, "it is not a regular file"
        with file.open("rb"):
            return status.st_size, None
    except KeyError:
        return 0, "there is no such file"
    except OSError as error:
        return 0, error.strerror or str(error)


def forget_listings() -> None:
    """Look at folders elsewhere anew: what a listing said is kept for the time of one walk."""
    _listing.cache_clear()


def sizes_below(folder: RemotePath) -> dict[str, int]:
    """Return the sizes of all files below a place in an object store, by their paths, as they are now."""
    forget_listings()
    found: dict[str, int] = {}
    waiting = [("", folder)]
    while waiting:
        prefix, place_ = waiting.pop()
        listed = entries(place_)
        waiting += [(f"{prefix}{entry.name}/", place_ / entry.name) for entry in listed if entry.is_dir]
        found |= {f"{prefix}{entry.name}": entry.size for entry in listed if not entry.is_dir}
    return found


def exists(file: AnyPath) -> bool:
    """Whether a file exists now; raises `OSError` if the store cannot be asked."""
    if isinstance(file, RemotePath):
        with naming(file):
            return bool(_of(file).get_file_info(file.path).is_file)
    return file.exists()


def open_input(file: AnyPath) -> Any:
    """Open a file for reading at any place, as Arrow and Python read files; raises `OSError`."""
    if isinstance(file, RemotePath):
        with naming(file):
            return _of(file).open_input_file(file.path)
    return file.open("rb")


def parquet_input(file: AnyPath) -> Any:
    """Return what Arrow reads a Parquet file from: a local one from its path, another from its open file.

    Never from a file of Python's: Arrow's threads may let go of it while the interpreter ends, and abort the process
    (seen with pyarrow 21; apache/arrow issues 34314 and 50482).
    """
    return str(file) if isinstance(file, Path) else open_input(file)


def write_whole(file: AnyPath, data: bytes | memoryview) -> None:
    """Write a file so that it is complete or absent, whatever happens; raises `OSError`."""
    if isinstance(file, RemotePath):
        with naming(file), _of(file).open_output_stream(file.path) as stream:
            stream.write(data)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.{uuid.uuid4().hex}.tmp")
    try:
        with naming(file), temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


def upload(source: Path, target: RemotePath) -> None:
    """Copy a local file to an object store in parts; the object appears when all of it is there.

    Raises `OSError`. The source must not change meanwhile.
    """
    with source.open("rb") as file, naming(target):
        stream = _of(target).open_output_stream(target.path)
        shutil.copyfileobj(file, stream, _BLOCK)
        stream.close()  # not in a `with`: after an error there is nothing to complete


def reach(folder: RemotePath) -> None:
    """Make sure that a place can be listed; raises `ConfigError` with what to do if it cannot."""
    import pyarrow.fs as fs

    try:
        _of(folder).get_file_info(fs.FileSelector(folder.path))
    except FileNotFoundError:  # there is the store, and nothing in it yet
        return
    except Exception as error:  # each store has its own kinds; all mean that there is no way in
        raise _unreachable(str(folder), folder.scheme, error) from error


def _unreachable(where: str, scheme: str, error: Exception) -> ConfigError:
    reason = str(error).splitlines()[0][:300]
    credentials = _CREDENTIALS.get(scheme, "as the store documents them")
    return ConfigError(
        f"{where} cannot be reached: {reason}. Check the address, the network and the credentials ({credentials})"
    )


_CREDENTIALS: Mapping[str, str] = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or ~/.aws; AWS_ENDPOINT_URL for stores that are like S3",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS",
    "gcs": "GOOGLE_APPLICATION_CREDENTIALS",
    "hf": "HF_TOKEN, or `hf auth login`",
}


@lru_cache(maxsize=4)
def _listing(folder: RemotePath) -> Mapping[str, Entry]:
    """The files and folders in a folder, by name; the last few are kept, since each file is asked for in turn."""
    import pyarrow.fs as fs

    with naming(folder):
        found = _of(folder).get_file_info(fs.FileSelector(folder.path, allow_not_found=True))
    made = (Entry(info.base_name, info.type == fs.FileType.Directory, False, info.size or 0) for info in found)
    return {entry.name: entry for entry in sorted(made, key=lambda entry: entry.name)}


def _of(file: RemotePath) -> Any:
    return _filesystem(file.scheme, file.path.strip("/").split("/")[0])


@lru_cache(maxsize=16)
def _filesystem(scheme: str, bucket: str) -> Any:
    """The file system of a store. Raises `ConfigError` if there is none for the scheme."""
    import pyarrow.fs as fs

    if scheme in _PYARROW:
        try:
            return fs.FileSystem.from_uri(f"{scheme}://{bucket}{_PATIENCE.get(scheme, '')}")[0]
        except (OSError, ValueError, NotImplementedError) as error:
            raise _unreachable(f"{scheme}://{bucket}", scheme, error) from error
    import fsspec

    try:
        return fs.PyFileSystem(fs.FSSpecHandler(fsspec.filesystem(scheme)))
    except (ValueError, ImportError) as error:
        raise ConfigError(f"nothing here reads {scheme}:// addresses: {error}") from error


@contextmanager
def naming(file: AnyPath) -> Iterator[None]:
    """Let an `OSError` name the file: those of stores do not, nor those of a disk that is full."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        said = error.strerror or str(error).splitlines()[0]
        raise type(error)(error.errno or errno.EIO, said, str(file)) from error
