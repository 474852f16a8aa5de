"""`onrecord diff`: what changed between two releases."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("new", default="processed", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How to print.",
)
@click.option("--check-version", "check", is_flag=True, help="Fail unless NEW's version says what changed.")
def command(old: Path, new: Path, format_: str, check: bool) -> int:
    """Say which records and items were added, removed or changed from OLD to NEW, field by field.

    The exit code is 1 if a folder is not as it was written, so that what is said may come from the damage; and, with
    --check-version, if the version of NEW does not agree with what changed: the right one is named.

    \b
    Examples:
      onrecord diff ../released/processed processed
      onrecord diff old new --format html > changes.html
      onrecord diff released processed --check-version
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.findings import exit_status, render
    from onrecord.publish.verification import changes as damages
    from onrecord.release import check_version, diff, render_diff

    changes = diff(old, new)
    click.echo(render_diff(changes, format_))
    findings = (*damages(old), *damages(new), *(check_version(changes) if check else ()))
    if findings:
        click.echo(render(findings, "text"), err=True)
    return exit_status(findings)
