"""`onrecord cite`: a citation of the dataset, an interview, a turn or a quotation."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("cite")
@click.argument("item", required=False)
@click.option(
    "--dataset",
    default="processed",
    show_default=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The release to cite from.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["apa", "bibtex", "ris", "csl-json"]),
    default="apa",
    show_default=True,
    help="Style of the citation.",
)
def command(item: str | None, dataset: Path, format_: str) -> int:
    """Print the citation of ITEM, an id of an interview, turn or quotation; without ITEM, of the dataset.

    An id that does not exist is an error that names near ones.

    \b
    Examples:
      onrecord cite
      onrecord cite "astna/000_e88328541b0bf3a9#quote@749" --format bibtex
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.release import cite

    click.echo(cite(item, dataset, format_).rstrip("\n"))
    return 0
