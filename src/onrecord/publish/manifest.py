"""`manifest.json`: what a release holds, to the byte, and what it was made with."""

from __future__ import annotations

import datetime
import json

from pydantic import Field

from onrecord.publish.digest import combined_digest
from onrecord.schema.interview import Model, Sha256

NAME = "manifest.json"
LATEST = "latest.json"
"""In an object store: which of the releases beside it is the current one."""
FORMAT = "onrecord-release/1"
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
"""A version of the data: MAJOR.MINOR.PATCH."""


class FileEntry(Model):
    """One file of the release."""

    path: str = Field(description="Path below the release, with slashes.")
    bytes: int = Field(ge=0, description="Size in bytes.")
    sha256: Sha256 = Field(description="SHA-256 of the bytes, in hexadecimal.")


class SplitEntry(Model):
    """One split of one config."""

    name: str = Field(description="Name of the split.")
    files: tuple[str, ...] = Field(description="Its Parquet files, in order.")
    rows: int = Field(ge=1, description="Number of rows; a split without rows is left out.")
    bytes: int = Field(ge=0, description="Size of the rows as canonical JSON.")
    digest: Sha256 = Field(description="Logical digest of the rows, see docs/releases.md.")


class ConfigEntry(Model):
    """One table as it is loaded."""

    name: str = Field(description="Name of the config.")
    table: str = Field(description="Table it belongs to: its schema is that of the table.")
    splits: tuple[SplitEntry, ...] = Field(description="Its splits.")

    @property
    def rows(self) -> int:
        """Number of rows in all splits."""
        return sum(split.rows for split in self.splits)

    @property
    def digest(self) -> str:
        """Logical digest of the config: over those of its splits."""
        return combined_digest({split.name: split.digest for split in self.splits})


class Count(Model):
    """How often something occurs."""

    name: str = Field(description="What is counted.")
    count: int = Field(ge=0, description="How often it occurs.")


class Statistics(Model):
    """What a release contains, counted; invented records apart."""

    interviews: int = Field(default=0, description="Published interviews about real people.")
    fictional: int = Field(default=0, description="Published interviews about invented people.")
    standoff: int = Field(default=0, description="Of all these, how many are published without their text.")
    not_published: int = Field(default=0, description="Interviews that are only counted, for their rights.")
    withdrawn: int = Field(default=0, description="Interviews left out because they were withdrawn.")
    without_chat: int = Field(default=0, description="Interviews with text and no question that is answered.")
    turns: int = Field(default=0, description="Turns of the interviews about real people; so with all that follows.")
    turns_without_speaker: int = Field(default=0, description="Turns of unknown voices.")
    words: int = Field(default=0, description="Words in turns, counted between blanks.")
    speakers: int = Field(default=0, description="Speakers, in each interview anew.")
    groups: int = Field(default=0, description="Groups of interviews with the same main interviewee.")
    quotes: int = Field(default=0, description="Quotations, mentions left out.")
    quotes_without_speaker: int = Field(default=0, description="Quotations whose source is unknown.")
    quotes_with_echo: int = Field(default=0, description="Quotations whose words occur in the interview itself.")
    quote_kinds: tuple[Count, ...] = Field(default=(), description="Quotations and mentions by kind.")
    collections: tuple[Count, ...] = Field(default=(), description="Interviews by collection.")
    languages: tuple[Count, ...] = Field(default=(), description="Interviews by language.")
    licences: tuple[Count, ...] = Field(default=(), description="Interviews by licence, or `unknown`.")
    first_releases: tuple[Count, ...] = Field(default=(), description="All published records by first release.")
    findings: tuple[Count, ...] = Field(default=(), description="Findings by code, waived ones left out.")
    first_date: datetime.date | None = Field(default=None, description="Earliest known date of a conversation.")
    last_date: datetime.date | None = Field(default=None, description="Latest known date of a conversation.")
    without_date: int = Field(default=0, description="Interviews whose date is unknown.")


class Manifest(Model):
    """Everything needed to check a release without the network, and to know how it was made."""

    format: str = Field(default=FORMAT, description="Version of this file's form.")
    name: str = Field(description="Name of the dataset.")
    title: str = Field(description="Title of the dataset.")
    version: str = Field(description="Version of the data.")
    released: datetime.date | None = Field(default=None, description="Day of the release; null before it.")
    schema_version: str = Field(description="Version of the schema of the records.")
    tool: str = Field(description="Version of onrecord that wrote the release.")
    pyarrow: str = Field(description="Version of pyarrow that wrote the Parquet files: only it gives the same bytes.")
    digest: Sha256 = Field(description="Logical digest of the release: over those of its configs.")
    configs: tuple[ConfigEntry, ...] = Field(description="The tables, in the order of the card.")
    statistics: Statistics = Field(description="What it contains.")
    restored: int = Field(
        default=0, ge=0, description="Standoff records whose words came from copies of one's own: not to be published."
    )
    files: tuple[FileEntry, ...] = Field(description="All files but this one, by path.")

    def to_bytes(self) -> bytes:
        """Return the file's bytes: JSON with two blanks of indentation."""
        return (json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()

    def config(self, name: str) -> ConfigEntry:
        """Return a config by name; raises `KeyError` if the release does not have it."""
        return next((config for config in self.configs if config.name == name), None) or _missing(name)

    def summary(self) -> str:
        """Return a few lines that say what was made."""
        size = sum(file.bytes for file in self.files)
        rows = [f"  {config.name:<20} {config.rows:>9,} rows" for config in self.configs]
        head = f"{self.title} {self.version}: {len(self.files) + 1} files, {size:,} bytes, digest {self.digest[:12]}"
        return "\n".join([head, *rows, *self._asides()])

    def _asides(self) -> list[str]:
        counted = self.statistics
        said = [
            (counted.standoff, "published without text (standoff)"),
            (counted.not_published, "only counted (rights: none)"),
            (counted.withdrawn, "withdrawn"),
        ]
        return [f"  {count:,} interviews {what}" for count, what in said if count]


def _missing(name: str) -> ConfigEntry:
    raise KeyError(name)


def release_digest(configs: tuple[ConfigEntry, ...]) -> str:
    """Return the logical digest of a release: over those of its configs."""
    return combined_digest({config.name: config.digest for config in configs})
