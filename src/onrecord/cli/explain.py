"""`onrecord explain`: why this finding, this layout, this speaker, this quotation."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("explain")
@click.argument("what")
@click.option(
    "--dataset",
    default="processed",
    type=click.Path(path_type=Path),
    show_default=True,
    help="Where ids are looked up.",
)
def command(what: str, dataset: Path) -> int:
    """Explain a finding's code, a file or interview, or one item of it by its id.

    \b
    Examples:
      onrecord explain undecodable-bytes
      onrecord explain interview.txt
      onrecord explain "astna/000_e88328541b0bf3a9#quote@749"
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.explaining import explain

    click.echo("\n".join(explain(what, dataset)))
    return 0
