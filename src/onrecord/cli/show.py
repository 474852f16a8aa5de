"""`onrecord show`: a record for eyes."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("show")
@click.argument("what")
@click.option(
    "--dataset",
    default="processed",
    type=click.Path(path_type=Path),
    show_default=True,
    help="Where ids are looked up.",
)
def command(what: str, dataset: Path) -> int:
    """Show a file, or the interview with an id in a dataset: who speaks, what is said, who is quoted.

    \b
    Examples:
      onrecord show interview.txt
      onrecord show astna/000_e88328541b0bf3a9
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.cli._terminal import print_interview
    from onrecord.looking import interview_of

    print_interview(interview_of(what, dataset))
    return 0
