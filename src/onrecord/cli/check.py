"""`onrecord check`: what is wrong, where, and what would be right."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("text", "json", "github", "sarif", "junit")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to use.")
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
def command(paths: tuple[Path, ...], format_: str, workers: int, strict: bool) -> int:
    """Check PATHS: files, collections, a whole raw folder (the default), or records as JSON.

    Exit code 0: no error (with --strict: no warning); 1: there are some; 2: wrong usage.

    \b
    Examples:
      onrecord check
      onrecord check raw/astna/interview.txt
      onrecord check raw --format github
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.checking import check_paths
    from onrecord.findings import render

    report = check_paths(paths or (Path("raw"),), workers=workers)
    click.echo(render(report.findings, format_))
    if format_ == "text":
        click.echo(f"{report.interviews} interviews in {report.files} files checked", err=True)
    return report.exit_status(warnings=strict)
