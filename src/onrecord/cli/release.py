"""`onrecord release`: the data of raw/ as a version, or everything that stands in its way."""

from __future__ import annotations

import datetime
from pathlib import Path

import click


@click.command("release")
@click.argument("version")
@click.argument("raw", default="raw", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", default="processed", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A copy of the release before, if OUT does not hold it any more.",
)
@click.option(
    "--date", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day of the release, else today."
)
@click.option(
    "--dry-run", is_flag=True, help="Do all but write: say what would be released, or what stands in the way."
)
@click.option("--no-tag", is_flag=True, help="Leave git alone.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to use.")
def command(
    version: str,
    raw: Path,
    out: Path,
    previous: Path | None,
    on: datetime.datetime | None,
    dry_run: bool,
    no_tag: bool,
    workers: int,
) -> int:
    """Release the data of RAW as VERSION in OUT.

    It is refused while a finding of level error stands that nobody waived, and unless VERSION agrees with what changed:
    PATCH for the same rows, MINOR for new records, MAJOR for edits, removals and moved splits. OUT is replaced in one
    step when all of it holds; version and day are written into RAW/release.yaml, the ledger remembers them, and in a
    git repository they are committed and tagged as vVERSION. Interrupted at any moment, the same command completes it.

    Exit code 0: released; 1: refused, and every reason is named; 2: wrong usage or configuration.

    \b
    Examples:
      onrecord release 1.0.0 --dry-run
      onrecord release 1.1.0 raw processed
      onrecord release 1.1.0 --previous ../copy-of-1.0.0 --no-tag
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.cli._workers import fork_workers

    fork_workers(workers, "onrecord.building")

    from onrecord.cli._progress import progress
    from onrecord.release import render_diff
    from onrecord.releasing import Choices, release

    day = on.date() if on is not None else None
    choices = Choices(previous=previous, on=day, dry_run=dry_run, tag=not no_tag, workers=workers)
    with progress("records") as watch:
        made = release(version, raw, out, choices, watch)
    click.echo(made.manifest.summary())
    if made.changes is not None:
        click.echo(render_diff(made.changes, "text"))
    for note in made.notes:
        click.echo(f"- {note}")
    if dry_run:
        click.echo("Nothing was written: this was a dry run, and nothing stands in the way.")
    elif made.tag is not None:
        click.echo(f"- committed as {made.commit} and tagged {made.tag}; `git push --follow-tags` publishes it")
    if open_ := sum(item.waiver is None for item in made.findings):
        click.echo(f"{open_} warnings and notes: `onrecord check {raw}` shows them.", err=True)
    return 0
