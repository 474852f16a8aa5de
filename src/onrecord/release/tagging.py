"""The tag of a release in the git repository that holds `raw/`: what was released is committed, and that commit tagged.

Only what the release itself wrote is committed: `release.yaml`, the ledger, the statistics in the datasheet, and the
dataset if it is in the repository already. Everything else must be committed before: the tag is what was released from.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ConfigError, OnrecordError, ReleaseRefused
from onrecord.publish.facts import FILE as FACTS
from onrecord.publish.ledger import FILE as LEDGER

_SHOWN = 5


class TagFailed(OnrecordError):
    """The release is in place, and git did not take it; the message says why and how to go on."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The git repository around a raw folder."""

    raw: Path
    out: Path
    datasheet: Path | None = None

    def refuse_unless_clean(self, tag: str) -> None:
        """Raise `ReleaseRefused` if `tag` exists, or if something but what a release writes is not committed."""
        if self._git("tag", "--list", tag).strip():
            raise ReleaseRefused(f"the tag {tag} exists: this version was released. Choose the next one")
        dirty = sorted(
            {*self._changed("--untracked-files=no", ":(top)"), *self._changed("--untracked-files=all", self.raw)}
        )
        if dirty:
            more = f" and {len(dirty) - _SHOWN} more" if len(dirty) > _SHOWN else ""
            raise ReleaseRefused(
                f"not committed: {', '.join(dirty[:_SHOWN])}{more}. A tag has to name what was released: commit first, "
                "or release with `--no-tag`"
            )

    def out_at(self, tag: str, folder: Path) -> Path | None:
        """Write the dataset as it was at `tag` below `folder` and return where; None if it is not in the repository."""
        root = Path(self._git("rev-parse", "--show-toplevel").rstrip("\n"))
        if not self.out.is_relative_to(root) or not self._git("tag", "--list", tag).strip():
            return None
        name = self.out.relative_to(root).as_posix()
        with tempfile.TemporaryFile() as archive:
            done = subprocess.run(
                ["git", "-C", str(root), "archive", "--format=tar", tag, "--", name],
                stdout=archive, stderr=subprocess.DEVNULL, check=False,
            )  # fmt: skip
            if done.returncode:
                return None
            archive.seek(0)
            with tarfile.open(fileobj=archive) as files:
                files.extractall(folder, filter="data")
        return folder / name

    def commit_and_tag(self, tag: str, message: str) -> str:
        """Commit what the release wrote, tag it, and return the commit's short name; raises `TagFailed`."""
        paths = [path for path in self._written() if path.exists()]
        if self._git("ls-files", "--", self.out).strip():
            paths.append(self.out)
        try:
            self._git("add", "--all", "--", *paths)
            if self._git("diff", "--cached", "--name-only", "--", *paths).strip():
                self._git("commit", "--quiet", "-m", message, "--", *paths)
            self._git("tag", "--annotate", "-m", message, tag)
        except ConfigError as error:
            raise TagFailed(
                f"the release is in place, but it is not tagged: {error}. Mend it and run the same command again"
            ) from error
        return self._git("rev-parse", "--short", "HEAD").strip()

    def _written(self) -> list[Path]:
        found = [self.raw / FACTS, self.raw / LEDGER]
        if self.datasheet is not None and self._git("ls-files", "--", self.datasheet).strip():
            found.append(self.datasheet)
        return found

    def _changed(self, untracked: str, where: Path | str) -> list[str]:
        root = Path(self._git("rev-parse", "--show-toplevel").rstrip("\n"))
        ours = {path.resolve() for path in self._written()}
        said = self._git("status", "--porcelain=v1", "-z", "--no-renames", untracked, "--", where)
        changed = [entry[3:] for entry in said.split("\0") if entry]
        return [
            name
            for name in changed
            if (path := (root / name).resolve()) not in ours and not path.is_relative_to(self.out.resolve())
        ]

    def _git(self, *arguments: str | Path) -> str:
        return _git(self.raw, *arguments)


def repository(raw: Path, out: Path, datasheet: Path | None = None) -> Repository | None:
    """Return the git repository that holds `raw`, and what a release writes in it; None if there is none, or no git."""
    try:
        _git(raw, "rev-parse", "--show-toplevel")
    except ConfigError:
        return None
    return Repository(Path(raw).resolve(), Path(out).resolve(), datasheet)


def _git(folder: Path, *arguments: str | Path) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *map(str, arguments)],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise ConfigError(f"git: {error.strerror}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ConfigError(f"git {arguments[0]}: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout
