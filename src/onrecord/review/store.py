"""The sidecar on disk: what is there now, and replacing it only if nobody else has changed it meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import OnrecordError

_STALE = 30.0  # seconds after which a lock belongs to a process that died: it is held for milliseconds
_PATIENCE = 5.0


class ConflictError(OnrecordError):
    """Somebody else has changed the sidecar since it was read; nothing was written."""


class NotWritableError(OnrecordError):
    """The sidecar cannot be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of a file at one moment (None: there is no file), and their digest, which names that state."""

    data: bytes | None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes in hexadecimal, or `none`."""
        return "none" if self.data is None else hashlib.sha256(self.data).hexdigest()


def snapshot(path: Path) -> Snapshot:
    """Return the state of the file at `path`."""
    try:
        return Snapshot(path.read_bytes())
    except FileNotFoundError:
        return Snapshot(None)


def problem_with(path: Path) -> str | None:
    """Say why `path` cannot be written, or None. What is marked read-only is left alone, also by root."""
    if path.is_symlink():
        return f"{path.name} is a link; it is not written through"
    try:
        mode = path.stat().st_mode if path.exists() else None
    except OSError as error:
        return f"{path.name}: {error.strerror or error}"
    if mode is not None and not stat.S_ISREG(mode):
        return f"{path.name} is not a regular file"
    if mode is not None and not mode & 0o222:
        return f"{path.name} is read-only"
    folder = path.parent
    if not folder.stat().st_mode & 0o222 or not os.access(folder, os.W_OK):
        return f"the folder {folder} is read-only"
    if mode is not None and not os.access(path, os.W_OK):
        return f"{path.name} is not yours to write"
    return None


def replace(path: Path, base: str, data: bytes | None) -> Snapshot:
    """Write `data` (None: no file) to `path` if its state is still the one named `base`; whole or not at all.

    Raises `ConflictError` if the file was changed since, `NotWritableError` if it cannot be written.
    """
    if (problem := problem_with(path)) is not None:
        raise NotWritableError(problem)
    with _locked(path):
        now = snapshot(path)
        if now.digest != base:
            raise ConflictError(f"{path.name} was changed by somebody else since this page read it")
        if data is None:
            path.unlink(missing_ok=True)
        else:
            _write(path, data)
    return Snapshot(data)


def _write(path: Path, data: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the hidden file beside `path` that says: somebody is writing it."""
    lock = path.with_name(f".{path.name}.lock")
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with contextlib.suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime > _STALE:
                    lock.unlink()
                    continue
            if time.monotonic() > until:
                raise ConflictError(f"{path.name} is being written by somebody else ({lock.name})") from None
            time.sleep(0.02)
    try:
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):
            lock.unlink()
