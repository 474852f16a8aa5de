"""`onrecord build`: raw/ in, processed/ out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("build")
@click.argument("raw", default="raw")
@click.argument("out", default="processed")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to use.")
@click.option("--engine", default="local", show_default=True, help="Where records are made: `local` or `ray`.")
@click.option("--address", help="Of a Ray cluster: HOST:PORT, or `auto`; without it, one is started here.")
@click.option("--work", help="Where finished shards are kept; `.onrecord` beside OUT if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(raw: str, out: str, workers: int, engine: str, address: str | None, work: str | None, as_json: bool) -> int:
    """Make the dataset of RAW in OUT: tables, card and manifest.

    OUT is replaced in one step, when everything is written and verified; until then the old one stays whole.
    What is finished when a build is interrupted is kept and found again; if nothing changed, nothing is done.
    RAW, OUT and --work may be in an object store (`s3://bucket/path`, `hf://datasets/org/name`). The exit code is 1
    if a record has an error: `onrecord check RAW` shows them all.

    \b
    Examples:
      onrecord build
      onrecord build raw processed --workers 2
      onrecord build s3://press/raw s3://press/processed --engine ray --address 10.0.0.1:6379
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.cli._workers import fork_workers

    if engine == "local":
        fork_workers(workers, "onrecord.building")

    from onrecord.building import build
    from onrecord.cli._progress import progress
    from onrecord.engines import engine_named
    from onrecord.findings import failing, render

    for path in (Path(item) for item in (raw, out) if "://" not in item):
        if path.exists() and not path.is_dir():
            raise click.UsageError(f"{path} is a file; RAW and OUT are folders")
    with progress("records") as watch:
        built = build(raw, out, workers=workers, watch=watch, engine=engine_named(engine, workers, address), work=work)
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
