"""`onrecord delta`: what changed between two releases as a folder; the old release and it give the new one."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_NEW = click.Path(path_type=Path, file_okay=False)


@click.group("delta", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Pack what changed from one release to the next, and put it together again: byte for byte.

    \b
    Examples:
      onrecord delta make old processed delta
      onrecord delta apply old delta new
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"


@command.command("make")
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.argument("delta", type=_NEW)
def make(old: Path, new: Path, delta: Path) -> int:
    """Write into the new folder DELTA what has to be known, besides OLD, to have NEW.

    \b
    Examples:
      onrecord delta make old processed delta
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.release import make_delta

    made = make_delta(old, new, delta)
    size = sum(path.stat().st_size for path in delta.rglob("*") if path.is_file())
    rows = sum(part.added for part in made.splits)
    click.echo(f"{delta}: {made.old_version} → {made.new_version}, {rows:,} rows, {size:,} bytes")
    return 0


@command.command("apply")
@click.argument("old", type=_FOLDER)
@click.argument("delta", type=_FOLDER)
@click.argument("out", type=_NEW)
def apply(old: Path, delta: Path, out: Path) -> int:
    """Write into the new folder OUT the release that DELTA leads to from OLD, and verify it.

    \b
    Examples:
      onrecord delta apply old delta new
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.release import apply_delta

    manifest = apply_delta(old, delta, out)
    click.echo(f"{out}: {manifest.title} {manifest.version}, verified, digest {manifest.digest[:12]}")
    return 0
