"""`onrecord parse`: one record per file, to standard output."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("parse")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(["json", "text"]), default="json", show_default=True, help="How to print."
)
def command(files: tuple[Path, ...], format_: str) -> int:
    """Print the record of each FILE: JSON for one, JSON lines for several, in the order given.

    A file in a collection is read with its card and sidecar; a loose file with defaults. Problems in the data
    are in the record's `findings`; the exit code is 1 if one of them is an error.

    \b
    Examples:
      onrecord parse interview.txt
      onrecord parse raw/astna/*.txt > records.jsonl
      onrecord parse interview.txt --format text
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.api import parse
    from onrecord.findings import failing

    status = 0
    for file in files:
        interview = parse(file)
        if format_ == "json":
            click.echo(interview.model_dump_json(indent=2 if len(files) == 1 else None))
        else:
            from onrecord.cli._terminal import print_interview

            print_interview(interview)
        status = max(status, int(failing(interview.findings)))
    return status
