"""`onrecord rebuild`: the raw files back from the dataset."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("rebuild")
@click.argument("dataset", default="processed", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--id", "ids", multiple=True, help="Rebuild only this interview; may be given several times.")
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to."
)
def command(dataset: Path, ids: tuple[str, ...], target: Path) -> int:
    """Write the files from which DATASET was made into a folder, byte for byte, and compare their SHA-256.

    A file whose text was derived from markup, or that was not text, cannot be given back: it is named. Existing
    files are not overwritten. The exit code is 1 if a file could not be given back.

    \b
    Examples:
      onrecord rebuild processed --to again
      onrecord rebuild processed --id astna/000_e88328541b0bf3a9 --to again
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.rebuilding import rebuild_files

    status = 0
    for outcome in rebuild_files(dataset, target, ids):
        click.echo(f"{outcome.path}: {outcome.message}", err=not outcome.done)
        status = max(status, int(not outcome.done))
    return status
