"""`onrecord rebuild`: the raw files back from the dataset, or the words of a standoff release back from the files."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("rebuild")
@click.argument("dataset", default="processed", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--id", "ids", multiple=True, help="Rebuild only this interview; may be given several times.")
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to."
)
@click.option(
    "--from",
    "copies",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Your own copies of the sources: restore the words of standoff records from them.",
)
def command(dataset: Path, ids: tuple[str, ...], target: Path, copies: Path | None) -> int:
    """Write the files from which DATASET was made into a folder, byte for byte, and compare their SHA-256.

    A file whose text was derived from markup, was not text, or is not in DATASET, cannot be given back: it is named.
    Existing files are not overwritten. The exit code is 1 if a file could not be given back.

    With --from it is the other way round: DATASET holds records without their text, and --to becomes
    the same release with the words filled in from your copies, found by path or SHA-256. Every text is checked by its
    hash; a missing, wrong or changed copy is named, and its record stays without words. The result loads like any
    release, and is for yourself: the rights are as they were.

    \b
    Examples:
      onrecord rebuild processed --to again
      onrecord rebuild processed --id astna/000_e88328541b0bf3a9 --to again
      onrecord rebuild processed --from my-copies --to restored
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    if copies is not None:
        if ids:
            raise click.UsageError("--from restores the whole release: leave --id out")
        return _restore(dataset, copies, target)
    from onrecord.rebuilding import rebuild_files

    status = 0
    for outcome in rebuild_files(dataset, target, ids):
        click.echo(f"{outcome.path}: {outcome.message}", err=not outcome.done)
        status = max(status, int(not outcome.done))
    return status


def _restore(dataset: Path, copies: Path, target: Path) -> int:
    from onrecord.findings import exit_status, render
    from onrecord.restoring import restore

    made = restore(dataset, copies, target)
    if made.findings:
        click.echo(render(made.findings, "text"), err=True)
    missing = made.manifest.statistics.standoff - len(made.ids)
    click.echo(f"{target}: {len(made.ids):,} records restored, {missing:,} still without words.")
    return exit_status(made.findings)
