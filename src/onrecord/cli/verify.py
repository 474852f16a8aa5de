"""`onrecord verify`: every hash and digest of a dataset, offline."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("verify")
@click.argument("dataset", default="processed", type=click.Path(path_type=Path))
@click.option(
    "--same-as",
    "other",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Also compare the logical digests with this dataset's.",
)
@click.option(
    "--format", "format_", default="text", show_default=True, type=click.Choice(["text", "json"]), help="How to print."
)
def command(dataset: Path, other: Path | None, format_: str) -> int:
    """Check that DATASET is what its manifest says: files, sizes, hashes, rows, schemas and digests.

    Exit code 0: all as written; 1: something differs, and is named.

    \b
    Examples:
      onrecord verify
      onrecord verify processed --same-as ../other/processed
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.findings import exit_status, render
    from onrecord.publish.verification import compare_digests, verify

    findings = verify(dataset)
    if other is not None:
        findings = (*findings, *verify(other), *compare_digests(dataset, other))
    if findings or format_ == "json":
        click.echo(render(findings, format_))
    if not findings and format_ == "text":
        click.echo(f"{dataset}: every file, hash and digest is as the manifest says.")
    return exit_status(findings)
