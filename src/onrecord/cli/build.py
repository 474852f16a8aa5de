"""`onrecord build`: raw/ in, processed/ out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("build")
@click.argument("raw", default="raw", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", default="processed", type=click.Path(path_type=Path, file_okay=False))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to use.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(raw: Path, out: Path, workers: int, as_json: bool) -> int:
    """Make the dataset of RAW in OUT: tables, card and manifest.

    OUT is replaced in one step, when everything is written and verified; until then the old one stays whole.
    What is finished when a build is interrupted is kept and found again. The exit code is 1 if a record has an
    error: `onrecord check RAW` shows them all.

    \b
    Examples:
      onrecord build
      onrecord build raw processed --workers 2
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.building import build
    from onrecord.cli._progress import progress
    from onrecord.findings import failing, render

    with progress("records") as watch:
        built = build(raw, out, workers=workers, watch=watch)
    if as_json:
        click.echo(built.manifest.model_dump_json(indent=2))
    else:
        click.echo(built.manifest.summary())
    errors = [item for item in built.findings if failing([item])]
    if errors:
        click.echo(render(errors, "text"), err=True)
    if others := len(built.findings) - len(errors):
        click.echo(f"{others} warnings and notes: `onrecord check {raw}` shows them.", err=True)
    return int(bool(errors))
