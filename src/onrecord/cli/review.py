"""`onrecord review`: look at an interview in the browser, and correct it there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.review import View


@click.command("review")
@click.argument("what", nargs=-1, required=True, metavar="FILE|ID...")
@click.option(
    "--static",
    "static",
    type=click.Path(path_type=Path),
    help="Write the page, for reading only: a folder, or a file NAME.html.",
)
@click.option(
    "--any-rights", is_flag=True, help="With --static: also texts that may not be published. For your own eyes."
)
@click.option(
    "--raw", default="raw", show_default=True, type=click.Path(path_type=Path), help="Where ids are looked up."
)
@click.option("--by", default=None, metavar="NAME", help="Who corrects; otherwise the name git knows.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port; otherwise a free one.")
@click.option("--no-open", is_flag=True, help="Print the address and open no browser.")
def command(
    what: tuple[str, ...], static: Path | None, any_rights: bool, raw: Path, by: str | None, port: int, no_open: bool
) -> int:
    """Show the text of an interview with its turns, speakers, quotations and findings, and correct them.

    The page is served to this machine only, under an address nobody can guess. What you correct is written into the
    sidecar beside the text, and the interview is checked again at once. Ctrl-C ends it.

    \b
    Examples:
      onrecord review raw/astna/interview.txt
      onrecord review astna/interview
      onrecord review raw/astna/*.txt --static pages
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    if static is not None:
        return _static(what, static, raw, any_rights)
    if len(what) > 1:
        raise click.UsageError("one interview is reviewed at a time; --static takes several")
    import webbrowser

    from onrecord.review import Session, locate, serve

    (file, id_), *others = locate(what[0], raw)
    if others:
        ids = ", ".join([id_, *(id_ for _, id_ in others[:4]), *(["…"] if len(others) > 4 else [])])
        raise click.UsageError(f"{what[0]} holds {len(others) + 1} interviews; name one by its id: {ids}")
    item = what[0].partition("#")[2] if not Path(what[0]).is_file() else ""

    def ready(address: str) -> None:
        url = f"{address}#{item}" if item else address
        click.echo(f"Reviewing {file}: {url}")
        click.echo("Saved at once into the sidecar; Ctrl-C ends it.", err=True)
        if not no_open:
            webbrowser.open(url)

    session = Session(file, id_, by=_author() if by is None else by)
    session.view()  # what cannot be read is said here, not in the browser
    try:
        serve(session, port, ready)
    except KeyboardInterrupt:
        click.echo("", err=True)
    return 0


def _static(what: Sequence[str], out: Path, raw: Path, any_rights: bool) -> int:
    from onrecord.review import Session, locate, write_static

    views = [Session(*found).view() for name in what for found in locate(name, raw)]
    closed = [] if any_rights else [view for view in views if view.interview.rights.redistribution != "full"]
    for view in closed:
        click.echo(f"{view.interview.id}: not written, its text may not be published ({_rights(view)}).", err=True)
    written = write_static([view for view in views if view not in closed], out) if len(closed) < len(views) else []
    for path in written:
        click.echo(path.as_posix())
    if closed:
        click.echo("--any-rights writes them for your own eyes.", err=True)
    return int(bool(closed))


def _rights(view: View) -> str:
    return f"redistribution: {view.interview.rights.redistribution}"


def _author() -> str:
    """The name git knows; empty if there is none."""
    import subprocess

    try:
        said = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip()
