"""`onrecord takedown`: withdraw records from the next release and from old copies, and list what was withdrawn."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

_RAW = click.option(
    "--raw",
    default="raw",
    show_default=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder whose ledger remembers it.",
)


class _Withdrawing(click.Group):
    """A group whose first argument is an id, unless it is the name of a command of the group."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take everything that is no command's name as ids to withdraw."""
        if args and args[0] not in self.commands:
            args = ["add", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave options to the commands: `--why` may stand before the ids."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group("takedown", cls=_Withdrawing, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Withdraw records: `onrecord takedown ID... --why TEXT`, which is short for `takedown add`.

    The next build leaves them out, whatever RAW holds, and lists them in takedowns.jsonl; an id is never used again.
    `apply` removes them from a copy of an older release, `list` shows what was withdrawn.

    \b
    Examples:
      onrecord takedown quay/ice quay/fog --why "The speaker asked for it."
      onrecord takedown apply ../copy-of-1.0.0 --from processed
      onrecord takedown list
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"


@command.command("add")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--why", required=True, help="The reason, in one sentence; it is published.")
@click.option("--by", default=None, metavar="NAME", help="Who decided it; kept in the ledger, not published.")
@click.option(
    "--date", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day of the withdrawal, else today."
)
@_RAW
def add(ids: tuple[str, ...], why: str, by: str | None, on: datetime.datetime | None, raw: Path) -> int:
    """Write the withdrawal of records into the ledger of RAW.

    \b
    Examples:
      onrecord takedown quay/ice --why "The speaker asked for it." --by "R. Editor"
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.release import withdraw
    from onrecord.releasing import known_ids

    day = on.date() if on is not None else datetime.date.today()
    for entry in withdraw(raw, ids, why, day, known_ids(raw, ids), by):
        click.echo(f"{entry.id}: withdrawn on {entry.on}; the next release leaves it out (a MAJOR step).")
    click.echo(
        "The text is still in your files: remove it there, and from the history of the repository if need be.\n"
        "Old copies are cleaned with `onrecord takedown apply COPY`.",
        err=True,
    )
    return 0


@command.command("apply")
@click.argument("copy", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--from",
    "source",
    default="processed",
    show_default=True,
    type=click.Path(path_type=Path, exists=True),
    help="Who knows of the withdrawals: a newer release, a raw folder, or a takedowns.jsonl.",
)
def apply(copy: Path, source: Path) -> int:
    """Remove withdrawn records from COPY, an older release, in place and in one step.

    What is left is a release that verifies, but other rows than those that were released: cite it as a cleaned copy.

    \b
    Examples:
      onrecord takedown apply ../copy-of-1.0.0 --from processed
      onrecord takedown apply ../copy-of-1.0.0 --from takedowns.jsonl
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.release import clean, takedowns_in

    takedowns = takedowns_in(source)
    _, removed = clean(copy, takedowns)
    for id_ in removed:
        click.echo(f"{id_}: removed from {copy}")
    if not removed:
        click.echo(f"{copy} holds none of the {len(takedowns):,} withdrawn records; nothing was changed.")
    return 0


@command.command("list")
@click.argument("source", default="raw", type=click.Path(path_type=Path, exists=True))
def list_(source: Path) -> int:
    """List what was withdrawn, as SOURCE knows it: a raw folder, a release, or a takedowns.jsonl.

    \b
    Examples:
      onrecord takedown list
      onrecord takedown list processed
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.release import takedowns_in

    for entry in takedowns_in(source).values():
        by = f" ({entry.by})" if entry.by else ""
        click.echo(f"{entry.on}  {entry.id}: {entry.why or 'no reason is known'}{by}")
    return 0
