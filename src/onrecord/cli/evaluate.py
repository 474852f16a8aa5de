"""`onrecord evaluate`: score the automatic layers against gold."""

from __future__ import annotations

import click


@click.command("evaluate", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("subject")
@click.option("--gold", multiple=True, metavar="PATH", help="What people annotated; `quotes` takes it several times.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(context: click.Context, subject: str, gold: tuple[str, ...], arguments: tuple[str, ...]) -> int:
    """Score SUBJECT (quotes, turns, speakers, corrections, floors) against gold, and print the figures.

    Each subject has options of its own: `onrecord evaluate quotes --help` lists them. Gold of quotations is
    JSON lines, brat, Citron JSON or Web Annotation; docs/quotations.md describes the shape.

    \b
    Examples:
      onrecord evaluate quotes --gold my-gold.jsonl
      onrecord evaluate quotes --gold my-gold.jsonl --against other-system.jsonl
      onrecord evaluate turns --help
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.evaluation.subjects import SUBJECTS, run

    if subject in ("--help", "-h"):
        click.echo(context.get_help())
        return 0
    if subject not in SUBJECTS:
        raise click.UsageError(f"there is nothing to evaluate named `{subject}`. There are: {', '.join(SUBJECTS)}.")
    return run(subject, [*(word for path in gold for word in ("--gold", path)), *arguments])
