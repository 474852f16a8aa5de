"""`onrecord new`: from a raw text to a file in a collection, with what is known about it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.scaffolding import Draft, Participant, Rights

_REDISTRIBUTION = ("full", "standoff", "none")


@click.command("new")
@click.argument("source", metavar="FILE|-")
@click.option("--collection", required=True, metavar="NAME", help="Folder of raw/ it belongs to; made if it is new.")
@click.option("--raw", default="raw", show_default=True, type=click.Path(path_type=Path), help="The raw folder.")
@click.option("--name", help="Name of the interview; otherwise the file's, or from the title.")
@click.option("--title", help="Title, if what is found is wrong.")
@click.option("--outlet", help="Publication or broadcaster, if what is found is wrong.")
@click.option("--date", help="Day of the conversation: 2024-10-14, 2024-10 or 2024.")
@click.option("--place", help="Place of the conversation.")
@click.option("--language", help="BCP 47 tag.")
@click.option("--participant", "people", multiple=True, metavar="NAME=ROLE", help="Who takes part; several times.")
@click.option("--url", help="Where it is or was published.")
@click.option("--holder", help="Who holds the rights.")
@click.option("--licence", help="SPDX identifier or LicenseRef-….")
@click.option("--redistribution", type=click.Choice(_REDISTRIBUTION), help="What may be done with the text.")
@click.option("--basis", help="What this judgement rests on, in a sentence.")
@click.option("--consent", help="How those who speak agreed, or that it is not known.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def command(
    source: str, collection: str, raw: Path, name: str | None, people: tuple[str, ...], dry_run: bool, **given: Any
) -> int:
    """Put a raw text into a collection: from a FILE (a saved web page, too) or, with -, from standard input.

    Format, convention, language, title, outlet, date and participants are found out and written down with the
    evidence, for you to correct. You are asked only for what no text can tell: the rights, and whether those who speak
    agreed. With the options for these nothing is asked. Nothing that exists is overwritten.

    \b
    Examples:
      onrecord new saved-page.html --collection harbour
      onrecord new talk.txt --collection harbour --redistribution full --basis "Letter of 2 May" --consent "in writing"
      pbpaste | onrecord new - --collection harbour --name first-talk --redistribution standoff
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.collection.naming import CARD_NAME
    from onrecord.scaffolding import draft_of, place

    data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    stated = _stated(given)
    draft = draft_of(
        data, "" if source == "-" else Path(source).name, stated, name, [_participant(item) for item in people]
    )
    _tell(draft)
    new = not (raw / collection / CARD_NAME).exists()
    rights = _rights(given, new=new, asking=source != "-" and sys.stdin.isatty())
    files = place(draft, raw, collection, rights, source=None if source == "-" else Path(source), dry=dry_run)
    for path, content in files:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}")
        if dry_run and content is not None:
            click.echo("".join(f"    {line}\n" for line in content.splitlines()), nl=False)
    if dry_run:
        return 0
    text = next(path for path, content in files if content is None)
    if draft.turns == 0:
        click.echo("No turns were recognised; mark them on the page, or name the convention in the sidecar.")
    click.echo(f"\nNext:\n  onrecord check {text}\n  onrecord review {text}")
    return 0


def _stated(given: dict[str, Any]) -> dict[str, str]:
    from onrecord.collection.dates import partial_date
    from onrecord.collection.sidecar import Sidecar
    from onrecord.errors import ConfigError

    stated = {key: value for key in ("title", "outlet", "date", "place", "language", "url") if (value := given[key])}
    if "date" in stated:
        try:
            partial_date(stated["date"])
        except ValueError as error:
            raise ConfigError(f"--date: {error}") from None
    if "language" in stated:
        try:
            Sidecar(language=stated["language"])
        except ValueError:
            raise ConfigError(f"--language: {stated['language']!r} is no BCP 47 tag like `en` or `pt-BR`") from None
    return stated


def _participant(value: str) -> Participant:
    """`Ruth Hale=interviewee`; a name alone is an interviewee's."""
    from typing import get_args

    from onrecord.errors import ConfigError
    from onrecord.scaffolding import Participant
    from onrecord.schema.interview import SpeakerRole

    name, _, role = (part.strip() for part in value.partition("="))
    known = get_args(SpeakerRole)
    if not name or (role and role not in known):
        raise ConfigError(f"--participant {value!r}: write NAME=ROLE; roles are {', '.join(known)}")
    return Participant(name, (role or "interviewee",), "stated by you", stated=True)  # type: ignore[arg-type]  # checked


def _tell(draft: Draft) -> None:
    from onrecord.scaffolding import METADATA

    turns = f"{draft.turns} turn{'s' * (draft.turns != 1)}"
    click.echo(f"Read as {draft.reader}; turns: {draft.convention} ({turns}).")
    width = max([len(item.key) for item in draft.proposals] + [len("participant")])
    for item in draft.proposals:
        click.echo(f"  {item.key:<{width}}  {item.value}   [{item.because}]")
    for person in draft.participants:
        roles = ", ".join(person.roles) or "role unknown"
        click.echo(f"  {'participant':<{width}}  {person.name}, {roles}   [{person.because}]")
    found = {item.key for item in draft.proposals}
    if missing := [key for key in METADATA if key not in found]:
        options = " ".join(f"--{key}" for key in missing)
        click.echo(
            f"  Not found: {', '.join(missing)}. If you know it, say so with {options}, or later in the sidecar."
        )


def _rights(given: dict[str, Any], *, new: bool, asking: bool) -> Rights | None:
    """What was given, or what a person answers; None for a collection whose card says it."""
    from onrecord.collection.card import RightsCard
    from onrecord.errors import ConfigError
    from onrecord.scaffolding import Rights

    said: dict[str, Any] = {key: given[key] for key in ("holder", "licence", "redistribution", "basis", "consent")}
    if not any(said.values()):
        if not new:
            return None
        if not asking:
            raise click.UsageError(
                "a new collection needs its rights: --redistribution, and --basis and --consent for `full`"
            )
        said = _asked()
    said["redistribution"] = said["redistribution"] or "standoff"
    if said["redistribution"] == "full" and not (said["basis"] and said["consent"]):
        raise click.UsageError(
            "`full` needs --basis (why the text may be published) and --consent (of those who speak)"
        )
    rights = Rights(**said)
    try:
        RightsCard.model_validate(rights.card())
    except ValueError:
        raise ConfigError(f"--licence: {said['licence']!r} is no SPDX identifier or LicenseRef-…") from None
    return rights


def _asked() -> dict[str, Any]:
    click.echo("\nWhat no text can tell; leave empty what you do not know.")
    holder = click.prompt("Who holds the rights?", default="", show_default=False)
    licence = click.prompt("Licence (SPDX identifier)?", default="", show_default=False)
    redistribution = click.prompt(
        "May the text be published (full), only positions and metadata (standoff), or nothing (none)?",
        type=click.Choice(_REDISTRIBUTION),
        default="standoff",
    )
    default = None if redistribution == "full" else ""
    basis = click.prompt("What does this rest on, in a sentence?", default=default, show_default=False)
    consent = click.prompt("How did those who speak agree?", default=default, show_default=False)
    answers = {
        "holder": holder,
        "licence": licence,
        "redistribution": redistribution,
        "basis": basis,
        "consent": consent,
    }
    return {key: value or None for key, value in answers.items()}
