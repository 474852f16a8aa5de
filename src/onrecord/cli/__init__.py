"""The command line: parse arguments, call one public function, print.

Commands are imported when they are called, so that `onrecord --help` starts fast. Exit codes: 0 fine,
1 findings or a refusal, 2 wrong usage or configuration, 3 an error of the program.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Mapping

import click

from onrecord._version import __version__
from onrecord.errors import OnrecordError, ReleaseRefused

COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("onrecord.cli.build", "Make the dataset: raw/ in, processed/ out."),
    "new": ("onrecord.cli.new", "Put a raw text into a collection, with what is known about it."),
    "check": ("onrecord.cli.check", "Say what is wrong, where, and what would be right."),
    "parse": ("onrecord.cli.parse", "Print the record of a file as JSON."),
    "show": ("onrecord.cli.show", "Show a record in the terminal."),
    "review": ("onrecord.cli.review", "Look at an interview in the browser, and correct it there."),
    "explain": ("onrecord.cli.explain", "Explain a finding's code, a record, or one judgement in it."),
    "people": ("onrecord.cli.people", "Who is whom across interviews: ask, and decide."),
    "evaluate": ("onrecord.cli.evaluate", "Score the automatic layers against gold."),
    "rebuild": ("onrecord.cli.rebuild", "Give the raw files back from the dataset, byte for byte."),
    "schema": ("onrecord.cli.schema", "Print the published contract."),
    "release": ("onrecord.cli.release", "Release the data as a version, or say what stands in its way."),
    "takedown": ("onrecord.cli.takedown", "Withdraw records: from the next release, and from old copies."),
    "diff": ("onrecord.cli.diff", "Say what changed between two releases."),
    "delta": ("onrecord.cli.delta", "Pack what changed between two releases; apply it, byte for byte."),
    "cite": ("onrecord.cli.cite", "Cite the dataset, an interview, a turn or a quotation."),
    "verify": ("onrecord.cli.verify", "Check every hash and digest of a built dataset, offline."),
    "publish": ("onrecord.cli.publish", "Put a release on the Hub, under the tag of its version."),
}
"""Name -> (module with a `command`, one-line help). The registry is read for help, modules are not."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the registry: the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command; None for a name that does not exist."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the registry, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            meant = f" Did you mean `{near[0]}`?" if near else f" There are: {', '.join(COMMANDS)}."
            raise click.UsageError(f"there is no command `{args[0]}`.{meant}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def cli() -> None:
    """Interviews as citable data.

    \b
    Examples:
      onrecord parse interview.txt            one record, as JSON
      onrecord check raw                      what is wrong, and where
      onrecord build raw processed            the dataset
      onrecord explain undecodable-bytes      what a finding means
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"


def main() -> None:
    """Run the command line and end the process with the documented exit code."""
    try:
        status = cli.main(prog_name="onrecord", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was finished is kept: run the same command again to go on.", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except ReleaseRefused as refused:
        _refuse(refused)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"onrecord: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        sys.exit(2)
    except Exception:  # the last resort, so that a fault of ours is told from the user's
        traceback.print_exc()
        click.echo("onrecord: this is an error of the program; please report the lines above.", err=True)
        sys.exit(3)


def _refuse(refused: ReleaseRefused) -> None:
    from onrecord.findings import render

    if refused.findings:
        click.echo(render(refused.findings, "text"), err=True)
    click.echo(f"onrecord: {refused}", err=True)
    sys.exit(1)
