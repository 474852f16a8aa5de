"""`onrecord check`: what is wrong, where, and what would be right."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

FORMATS = ("text", "json", "github", "sarif", "junit")
RAW, LAST = Path("raw"), Path("processed")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print."
)
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[=BASE]",
    help="Only what git says was changed since BASE was left; without BASE what is not committed yet.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Everything, also in CI, where only a pull request's changes are."
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="Dataset that was published last; by default processed/, if it is there.",
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to use.")
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
def command(
    paths: tuple[Path, ...],
    format_: str,
    changed: str | None,
    everything: bool,
    against: Path | None,
    workers: int,
    strict: bool,
) -> int:
    """Check PATHS: files, collections, a whole raw folder (the default), or records as JSON.

    A sidecar or a card stands for the interviews it is about. In a pull request's run in CI, and without PATHS, only
    what the pull request changes is checked.

    Exit code 0: no error (with --strict: no warning); 1: there are some; 2: wrong usage.

    \b
    Examples:
      onrecord check
      onrecord check raw/astna/interview.txt
      onrecord check --changed=origin/main
      onrecord check raw --format github
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.cli._workers import fork_workers

    if everything and changed is not None:
        raise click.UsageError("--all and --changed contradict one another")
    last = LAST if against is None and (LAST / "manifest.json").is_file() and _below_raw(paths) else against
    several = not paths or any(path.is_dir() for path in paths)  # a few files are checked here
    fork_workers(workers if several else 1, "onrecord.checking", None if last is None else "onrecord.against")

    from onrecord.checking import check_paths
    from onrecord.findings import render

    wanted = list(paths) or [RAW]
    base = changed or (None if paths or everything else _base_in_ci())
    if base is not None:
        wanted = _changed(wanted, base, asked=changed is not None)
    report = check_paths(wanted, workers=workers, against=last)
    click.echo(render(report.findings, format_, report.lines))
    if format_ == "text":
        interviews, files = _counted(report.interviews, "interview"), _counted(report.files, "file")
        click.echo(f"{interviews} in {files} checked", err=True)
    return report.exit_status(warnings=strict)


def _below_raw(paths: Sequence[Path]) -> bool:
    """Whether what is checked is what processed/ was made of: other folders have a dataset of their own."""
    raw = RAW.resolve()
    return all(path.resolve().is_relative_to(raw) for path in paths)


def _base_in_ci() -> str | None:
    from onrecord.changed import base_in_ci

    return base_in_ci(os.environ)


def _changed(paths: Sequence[Path], base: str, *, asked: bool) -> list[Path]:
    """What of `paths` was changed; all of them, and a word about it, if git cannot tell."""
    from onrecord.changed import NotComparableError, UnknownCommitError, changed_paths

    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {path}")
    try:
        found = changed_paths(paths, base)
    except UnknownCommitError as error:
        if asked:
            raise click.UsageError(f"{error}; write --changed=BASE with a branch or commit") from None
        click.echo(f"onrecord: {error}; everything is checked", err=True)
        return list(paths)
    except NotComparableError as error:
        click.echo(f"onrecord: what was changed cannot be told ({error}); everything is checked", err=True)
        return list(paths)
    shown = ", ".join(path.as_posix() for path in found[:5])
    more = f" and {len(found) - 5:,} more" if len(found) > 5 else ""
    click.echo(f"changed since {base}: {shown or 'no interview'}{more}", err=True)
    return found


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
