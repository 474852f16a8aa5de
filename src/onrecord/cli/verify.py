"""`onrecord verify`: every hash and digest of a dataset, offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.storage import AnyPath


@click.command("verify")
@click.argument("dataset", default="processed")
@click.option(
    "--same-as",
    "other",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Also compare the logical digests with this dataset's.",
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes for large datasets.")
@click.option(
    "--format", "format_", default="text", show_default=True, type=click.Choice(["text", "json"]), help="How to print."
)
def command(dataset: str, other: Path | None, workers: int, format_: str) -> int:
    """Check that DATASET is what its manifest says: files, sizes, hashes, rows, schemas and digests.

    DATASET is a folder, here or in an object store (`s3://bucket/path`), or a dataset on the Hub as ORG/NAME or
    ORG/NAME@TAG, whose files are fetched first.

    Exit code 0: all as written; 1: something differs, and is named.

    \b
    Examples:
      onrecord verify
      onrecord verify processed --same-as ../other/processed
      onrecord verify org/name@v1.2.0
      onrecord verify s3://press/processed --workers 2
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.findings import exit_status, render
    from onrecord.loading import folder_of
    from onrecord.publish.verification import compare_digests, verify

    folder: AnyPath = Path(dataset)
    if "://" in dataset or not (Path(dataset).exists() or Path(dataset).is_absolute()):
        folder = folder_of(dataset)
    findings = verify(folder, workers=workers)
    if other is not None:
        findings = (*findings, *verify(other), *compare_digests(folder, other))
    if findings or format_ == "json":
        click.echo(render(findings, format_))
    if not findings and format_ == "text":
        click.echo(f"{dataset}: every file, hash and digest is as the manifest says.")
    return exit_status(findings)
