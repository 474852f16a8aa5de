"""Which interviews a change is about: what git says was changed, and which files these changes have to do with.

A text for itself or its sidecar, the collection for its card or for what was deleted, all of raw/ for what concerns it
all.
`python -m onrecord.changed BASE` prints the texts in raw/ to be looked at, with a NUL after each, for scripts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from onrecord.collection.naming import CARD_NAME, TOP_FILES, YAML_SUFFIXES, ignored
from onrecord.errors import OnrecordError
from onrecord.sources import find, home_of, texts_of

# What a repository may have configured to be run is not run: the files in it may be somebody else's.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--name-only", "-z")


class NotComparableError(OnrecordError):
    """It cannot be told what was changed; the message says why."""


class UnknownCommitError(NotComparableError):
    """There is no such branch or commit to compare with."""


def base_in_ci(environment: Mapping[str, str]) -> str | None:
    """Return the branch or commit that a pull request's run in CI compares with; None elsewhere."""
    if environment.get("CI", "").lower() not in ("true", "1"):
        return None
    if branch := environment.get("GITHUB_BASE_REF"):
        return f"origin/{branch}"
    return environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA") or None


def changed_below(raw: Path, base: str) -> list[str]:
    """Return the files below `raw` that differ from where `base` was left, by their path below it.

    They are those of commits since then, those not committed yet, new ones, and deleted ones. Raises
    `NotComparableError` outside of git, and `UnknownCommitError` if git knows no such commit.
    """
    top = Path(os.fsdecode(_git(raw, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    _git(raw, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    since = os.fsdecode(_git(raw, "merge-base", base, "HEAD").strip())
    listed = _git(raw, *_DIFF, since, "--", ".") + _git(
        raw, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", "."
    )
    prefix = raw.resolve().relative_to(top.resolve()).as_posix()
    names = dict.fromkeys(os.fsdecode(item) for item in listed.split(b"\0") if item)
    return [name if prefix == "." else name.removeprefix(f"{prefix}/") for name in names]


def changed_paths(paths: Sequence[Path], base: str) -> list[Path]:
    """Return what of `paths` (raw/, collections, files of one) has to be checked after the changes since `base`.

    Raises `NotComparableError` if git cannot tell.
    """
    wanted: dict[Path, None] = {}
    listed: dict[Path, list[Path]] = {}
    for path in paths:
        home = home_of(path)
        raw = path if home is None and path.is_dir() else (home.parent if home else path.parent)
        if raw not in listed:
            names = changed_below(raw, base)
            listed[raw] = [raw / name if name else raw for name in affected(names, raw)]
        for found in listed[raw]:
            one, other = Path(os.path.abspath(found)), Path(os.path.abspath(path))
            if one.is_relative_to(other):
                wanted[path / one.relative_to(other)] = None
            elif other.is_relative_to(one):
                wanted[path] = None
    return list(wanted)


def affected(names: Iterable[str], raw: Path) -> list[str]:
    """Return what below `raw` has to be checked after the files `names` (paths below it) were changed, each once.

    The empty path is all of it. Links are never followed: the collection they stand in is checked, and says what they
    are.
    """
    found: dict[str, None] = {}
    for name in names:
        parts = PurePosixPath(name).parts
        if parts and ".." not in parts:
            found.update(dict.fromkeys(_of(parts, raw)))
    return [""] if "" in found else [path for path in found if not _within(path, found)]


def _of(parts: tuple[str, ...], raw: Path) -> Iterator[str]:
    file, home = raw.joinpath(*parts), raw / parts[0]
    if len(parts) == 1:
        if parts[0] in TOP_FILES or file.is_file():
            yield ""
        return
    if any(part.startswith(".") for part in parts) or (ignored(parts[-1]) and not parts[-1].endswith(".gold.json")):
        return
    if not home.is_dir() or home.is_symlink():
        yield ""
    elif file.is_symlink() or not file.is_file() or parts[-1] == CARD_NAME:
        yield parts[0]
    elif parts[-1].lower().endswith(YAML_SUFFIXES):
        texts = texts_of(file)
        yield from (text.relative_to(raw).as_posix() for text in texts) if texts else (parts[0],)
    elif not parts[-1].endswith(".gold.json"):
        yield "/".join(parts)


def _within(path: str, found: Iterable[str]) -> bool:
    return any(path != other and path.startswith(f"{other}/") for other in found)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        run = subprocess.run([*_GIT, *arguments], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError:
        raise NotComparableError("git is not installed") from None
    if run.returncode:
        said = os.fsdecode(run.stderr).strip().removeprefix("fatal: ").splitlines()
        if "rev-parse" in arguments and "--verify" in arguments:
            raise UnknownCommitError(f"git knows no commit {arguments[-1].removesuffix('^{commit}')!r} here")
        if "merge-base" in arguments and not said:
            raise NotComparableError(f"git finds no common history with {arguments[1]}; fetch more than one commit")
        raise NotComparableError(said[0] if said else f"git {arguments[0]} failed")
    return run.stdout


def main(arguments: Sequence[str]) -> int:
    """Print the texts in raw/ that a change since the commit named first is about, a NUL after each."""
    for path in changed_paths([Path("raw")], arguments[0]):
        files = [path] if path.is_file() else [Path(os.path.relpath(source.here)) for source in find(path).sources]
        for file in dict.fromkeys(files):
            sys.stdout.buffer.write(os.fsencode(file.as_posix()) + b"\0")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
