"""`onrecord people`: who is whom across interviews; what to ask a human, and what humans decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from onrecord.people.model import Verdict

Command = TypeVar("Command", bound=Callable[..., object])


@click.group("people")
def command() -> None:
    """Who is whom across interviews: pairs to look at, and the decisions of humans in raw/people.yaml.

    A and B are ids of speakers, or keys of people.yaml. Every decision is a new line with author, date and reason;
    `undo` is one, too. `onrecord build` puts the decisions into the column `person` of the tables.

    \b
    Examples:
      onrecord people propose --limit 20
      onrecord people merge "kesh/one#speaker@18" "weir/two#speaker@0" --by "Ann Lee" --why "Both name the mill."
      onrecord people why hale-ruth
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"


def _places(function: Command) -> Command:
    raw = click.option(
        "--raw", default="raw", show_default=True, type=click.Path(path_type=Path), help="Where people.yaml lies."
    )
    where = click.option(
        "--in", "where", type=click.Path(path_type=Path, exists=True),
        help="Release or raw folder with the speakers.  [default: processed, or else RAW]",
    )  # fmt: skip
    return raw(where(function))


@command.command("propose")
@click.argument("where", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--raw", default="raw", show_default=True, type=click.Path(path_type=Path), help="Where people.yaml lies."
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many pairs to print.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def propose(where: Path | None, raw: Path, limit: int, format_: str) -> int:
    """Print pairs of speakers that may be one person, most convincing first, each with the evidence.

    WHERE is a release or a raw folder (default: processed, or else raw). Nothing is decided: answer with `merge`,
    `split` or `unsure`, and the pair is not asked again.

    \b
    Example:
      onrecord people propose processed --limit 20 --format json
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    import json

    from onrecord.deciding import cast_of, proposals

    raw = where if where is not None and not (where / "manifest.json").is_file() else raw
    cast = cast_of(where or _default(raw))
    found = proposals(cast, raw)
    if format_ == "json":
        rows = [
            {
                "a": item.a, "a_name": cast.names.get(item.a), "b": item.b, "b_name": cast.names.get(item.b),
                "score": item.score, "rule": item.rule, "reasons": item.reasons,
            }
            for item in found[:limit]
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for item in found[:limit]:
        click.echo(f"{item.score:.2f}  {item.a}  {item.b}\n      {'; '.join(item.reasons)}")
    click.echo(f"{min(limit, len(found))} of {len(found)} pairs shown; nothing was decided", err=True)
    return 0


def _decision(name: str, verdict: Verdict, line: str) -> None:
    @command.command(name, help=f"{line}\n\n\b\nExample:\n  onrecord people {name} A B --by NAME --why REASON")
    @click.argument("a")
    @click.argument("b")
    @click.option("--by", required=True, help="Who decides.")
    @click.option("--why", required=True, help="Why, in a sentence.")
    @_places
    def decide_(a: str, b: str, by: str, why: str, raw: Path, where: Path | None) -> int:
        import datetime

        from onrecord.deciding import cast_of, decide

        cast = cast_of(where or _default(raw))
        written = decide(verdict, a, b, by=by, why=why, raw=raw, cast=cast, on=datetime.date.today())
        click.echo("\n".join(f"{written.path}: {text}" for text in written.lines))
        for conflict in written.conflicts:
            click.echo(f"Contradiction, so nobody it touches is linked: {conflict}", err=True)
        return int(bool(written.conflicts))


_decision("merge", "same", "Write down that A and B are one person.")
_decision("split", "different", "Write down that A and B are two people.")
_decision("unsure", "unsure", "Write down that it cannot be known whether A and B are one person.")
_decision("undo", "undo", "Take back what was decided about A and B, with a new line.")


@command.command("why")
@click.argument("a")
@click.argument("b", required=False)
@_places
def why_(a: str, b: str | None, raw: Path, where: Path | None) -> int:
    """Say who A is by whose decisions, or why A and B are one person, two, or undecided.

    \b
    Example:
      onrecord people why "kesh/one#speaker@18" hale-ruth
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.deciding import cast_of, why

    click.echo("\n".join(why(a, b, raw, cast_of(where or _default(raw)))))
    return 0


def _default(raw: Path) -> Path:
    release = Path("processed")
    return release if (release / "manifest.json").is_file() else raw
