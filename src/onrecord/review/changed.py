"""Which interviews a set of changed files is about: `python -m onrecord.review.changed [--files] [FILE...]`.

The names of the changed files are arguments, or stand on standard input with a NUL after each. What has to be checked
is printed the same way: a text for itself or its sidecar, the collection for its card or for what was deleted, all of
raw/ for what concerns all. With `--files` the texts in these, of which a page can be made.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from onrecord.collection.naming import CARD_NAME, TOP_FILES, YAML_SUFFIXES, ignored, stem_of
from onrecord.sources import find


def affected(names: Iterable[str], root: Path, raw: str = "raw") -> list[str]:
    """Return the paths below `root` that have to be checked after the files `names` were changed, each once.

    Links are never followed: the collection they stand in is checked, and says what they are.
    """
    found: dict[str, None] = {}
    for name in names:
        parts = PurePosixPath(name).parts
        if ".." in parts or parts[:1] != (raw,) or len(parts) < 2:
            continue
        found.update(dict.fromkeys(_of(parts, root, raw)))
    return [path for path in found if not _within(path, found)]


def _of(parts: tuple[str, ...], root: Path, raw: str) -> Iterator[str]:
    file = root.joinpath(*parts)
    home = root / raw / parts[1]
    if len(parts) == 2:
        if parts[1] in TOP_FILES or file.is_file():
            yield raw
        return
    if parts[-1].startswith(".") or (ignored(parts[-1]) and not parts[-1].endswith(".gold.json")):
        return
    if not home.is_dir() or home.is_symlink():
        yield raw
    elif file.is_symlink() or not file.is_file() or parts[-1] == CARD_NAME:
        yield f"{raw}/{parts[1]}"
    elif parts[-1].lower().endswith(YAML_SUFFIXES):
        texts = [other for other in sorted(file.parent.iterdir()) if _is_text_of(other, file)]
        yield from (other.relative_to(root).as_posix() for other in texts or [home])
    elif not parts[-1].endswith(".gold.json"):
        yield "/".join(parts)


def _is_text_of(other: Path, sidecar: Path) -> bool:
    if other.is_symlink() or not other.is_file() or ignored(other.name):
        return False
    return not other.name.lower().endswith(YAML_SUFFIXES) and stem_of(other.name) == sidecar.stem


def _within(path: str, found: Iterable[str]) -> bool:
    return any(path != other and path.startswith(f"{other}/") for other in found)


def main(arguments: list[str]) -> int:
    """Print what is affected, a NUL after each."""
    only_files = "--files" in arguments
    names = [item for item in arguments if item != "--files"]
    if not names:
        names = [os.fsdecode(item) for item in sys.stdin.buffer.read().split(b"\0") if item]
    for path in affected(names, Path.cwd()):
        for name in _texts(Path(path)) if only_files else (path,):
            sys.stdout.buffer.write(os.fsencode(name) + b"\0")
    return 0


def _texts(path: Path) -> Iterator[str]:
    if path.is_file():
        yield path.as_posix()
    elif path.is_dir():
        yield from dict.fromkeys(os.path.relpath(source.file) for source in find(path).sources)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
