"""`onrecord publish`: a release goes to the Hub."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command("publish")
@click.argument("repository", metavar="ORG/NAME")
@click.argument("folder", default="processed", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--tag", help="Name of the tag; by default `v` and the version of the data, such as v1.2.0.")
@click.option("--dry-run", is_flag=True, help="Only say what would be added, changed and removed.")
@click.option("--private", is_flag=True, help="Make the dataset private, if it is new.")
@click.option("--endpoint", help="Address of another Hub; by default HF_ENDPOINT, or the public one.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    repository: str, folder: Path, tag: str | None, dry_run: bool, private: bool, endpoint: str | None, as_json: bool
) -> int:
    """Make the dataset ORG/NAME on the Hub hold the release in FOLDER, and put a tag on it.

    FOLDER is verified first. Only files that changed are sent, files that left are removed, all in one commit. After
    an interruption run it again: it goes on. A tag that exists is never moved. The login is that of the Hub's own
    client: `hf auth login`, HF_TOKEN, or a trusted publisher in a workflow (see docs/hub.md).

    Exit code 0: the Hub holds the release under its tag; 1: refused, because the folder does not verify or is no
    release, the tag exists with other files, or files of others are in the way; 2: it could not be done (login,
    address, Hub busy or away).

    \b
    Examples:
      onrecord publish org/name --dry-run
      onrecord publish org/name processed
      onrecord publish org/name processed --private
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from huggingface_hub.utils.tqdm import disable_progress_bars

    from onrecord import hub

    if not sys.stderr.isatty():
        disable_progress_bars()
    if dry_run:
        done = hub.plan(folder, repository, tag=tag, private=private, endpoint=endpoint)
    else:
        tell = lambda line: click.echo(line, err=True)  # noqa: E731 - a name for one argument
        done = hub.publish(folder, repository, tag=tag, private=private, endpoint=endpoint, said=tell)
    click.echo(json.dumps(done.to_dict(), indent=2) if as_json else done.summary())
    if dry_run and not as_json:
        click.echo("This was a dry run: nothing was sent.")
    return 0
