"""`onrecord schema`: the published contract."""

from __future__ import annotations

import click


@click.command("schema")
@click.argument("what", default="interview")
def command(what: str) -> int:
    """Print a part of the contract: `interview` (JSON Schema, the default), `fields` (data dictionary), or a table.

    \b
    Examples:
      onrecord schema > interview.schema.json
      onrecord schema fields
      onrecord schema turns
    """  # noqa: D301 - \b is click's mark for "do not re-wrap"
    from onrecord.errors import ConfigError
    from onrecord.schema.contract import export

    parts = {
        path.removesuffix(".json").removesuffix(".md").removesuffix(".schema"): text for path, text in export().items()
    }
    parts |= {name.rsplit("/", 1)[-1]: text for name, text in parts.items()}
    if what not in parts:
        known = sorted(name for name in parts if "/" not in name)
        raise ConfigError(f"there is no part {what!r} of the contract; there are: {', '.join(known)}")
    click.echo(parts[what].rstrip("\n"))
    return 0
