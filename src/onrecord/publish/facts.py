"""What people state about a dataset as a whole: `raw/release.yaml`, the one source of card, citation and metadata.

Every key may be left out. For example:

    title: Interviews of the Quay Letter
    name: quay-letter                  # of the dataset, in addresses and file names
    description: >-
      Forty interviews with people who work at the harbour.
    version: 1.2.0                     # of the data; `onrecord release` writes it here, see docs/releases.md
    released: 2031-06-02               # so is the day
    licence: CC-BY-4.0                 # of the dataset as a whole; leave it out if unknown
    authors:
      - {family: Osk, given: Mira, orcid: 0000-0002-1825-0097, affiliation: Harbour Museum}
      - {name: The Quay Letter}
    url: https://quay-letter.example/interviews
    keywords: [interviews, harbour]
    changes:
      - {version: 1.2.0, notes: [Two interviews with ferry pilots were added.]}
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from onrecord.errors import ConfigError
from onrecord.publish.manifest import VERSION
from onrecord.publish.vocabulary import HUB_LICENCES, TASK_CATEGORIES
from onrecord.schema.interview import Model

FILE = "release.yaml"
RELEASED = "facts.json"
"""The same facts in a release, so that a copy can be cited, cleaned and compared without its sources."""
_SPLIT = re.compile(r"[a-z][a-z0-9_]*")
Word = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x1f\x7f]*$")]
Paragraph = Annotated[str, Field(min_length=1)]
SemVer = Annotated[str, Field(pattern=VERSION)]
Url = Annotated[str, Field(pattern=r"^(https?|ftp|sftp)://[^\s<>\"{}|\\^`]+$")]
Licence = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$")]


class Author(Model):
    """A person (`family`, `given`) or an organization (`name`) to be cited."""

    family: Word | None = Field(default=None, description="Family name of a person.")
    given: Word | None = Field(default=None, description="Given names of a person.")
    name: Word | None = Field(default=None, description="Name of an organization, or of a person with one name.")
    orcid: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$")] | None = Field(
        default=None, description="ORCID iD, digits only."
    )
    affiliation: Word | None = Field(default=None, description="Where the person works.")

    @model_validator(mode="after")
    def _has_one_name(self) -> Self:
        if (self.family is None) == (self.name is None) or (self.given is not None and self.family is None):
            raise ValueError("an author has `family` and, if known, `given`; an organization has `name`")
        return self

    @property
    def last_first(self) -> str:
        """The name with the family name first: `Osk, Mira`."""
        return self.name or (f"{self.family}, {self.given}" if self.given else f"{self.family}")


class Split(Model):
    """One split and its share of the groups."""

    name: str = Field(description="Name of the split: small letters, digits and `_`.")
    share: float = Field(gt=0, le=1, description="Share of the groups, from 0 to 1.")

    @field_validator("name")
    @classmethod
    def _fit(cls, value: str) -> str:
        if not _SPLIT.fullmatch(value) or value == "all":
            raise ValueError("a split is named with small letters, digits and `_`, and not `all`")
        return value


class Change(Model):
    """What people say about one version of the data."""

    version: SemVer = Field(description="The version.")
    released: datetime.date | None = Field(default=None, description="Day of its release.")
    notes: tuple[Paragraph, ...] = Field(description="What changed, a sentence each.")


WHOLE = (Split(name="train", share=1.0),)
"""Without stated splits everything is in `train`, the name every loader expects."""


class ReleaseFacts(Model):
    """What is known about the dataset as a whole; the version is that of the data."""

    model_config = ConfigDict(title=FILE)

    title: Word = Field(default="Interviews", description="Title of the dataset.")
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=96)] = Field(
        default="interviews", description="Name in addresses and file names."
    )
    description: Paragraph = Field(default="Interviews as citable data.", description="A paragraph about the dataset.")
    version: SemVer = Field(default="0.0.0", description="Version of the data: MAJOR.MINOR.PATCH.")
    released: datetime.date | None = Field(default=None, description="Day of the release; null before it.")
    licence: Licence | None = Field(
        default=None, description="SPDX identifier or `LicenseRef-…` for the dataset as a whole; null if unknown."
    )
    licence_url: Url | None = Field(default=None, description="Address of the licence's text.")
    rights: Paragraph | None = Field(default=None, description="What else is to be said about rights.")
    authors: tuple[Author, ...] = Field(default=(), description="Who made the dataset.")
    contact: Word | None = Field(default=None, description="Where to write for corrections and withdrawals.")
    url: Url | None = Field(default=None, description="Home page of the dataset.")
    repository: Url | None = Field(default=None, description="Address of the source repository.")
    doi: Annotated[str, Field(pattern=r"^10\.[0-9]{4,9}(\.[0-9]+)?/[A-Za-z0-9._;()/:-]+$")] | None = Field(
        default=None, description="DOI of this version, without address."
    )
    keywords: tuple[Word, ...] = Field(default=("interviews", "quotations"), description="What it is about.")
    task_categories: tuple[str, ...] = Field(
        default=("text-classification", "token-classification", "text-generation"),
        description="Task categories of the Hub.",
    )
    changes: tuple[Change, ...] = Field(default=(), description="Notes on this version and those before it.")
    splits: tuple[Split, ...] = Field(default=WHOLE, description="Splits by a stable hash of the group.")

    @field_validator("task_categories")
    @classmethod
    def _known_tasks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [task for task in value if task not in TASK_CATEGORIES]
        if unknown:
            raise ValueError(f"the Hub has no task category {unknown[0]!r}; there are: {', '.join(TASK_CATEGORIES)}")
        return value

    @model_validator(mode="after")
    def _splits_add_up(self) -> Self:
        names = [split.name for split in self.splits]
        if len(set(names)) != len(names) or abs(sum(split.share for split in self.splits) - 1) > 1e-9:
            raise ValueError("the shares of the splits must add up to 1, and each has its own name")
        return self

    @property
    def hub_licence(self) -> str:
        """The Hub's identifier for the licence: `unknown`, one of its list, or `other`."""
        if self.licence is None:
            return "unknown"
        return self.licence.lower() if self.licence.lower() in HUB_LICENCES else "other"


def load_facts(raw: Path) -> ReleaseFacts:
    """Return the facts in `raw/release.yaml`, or the defaults if there is no such file.

    Raises `ConfigError` if the file is not valid; the message names the key and what would be right.
    """
    path = Path(raw) / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ReleaseFacts()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8") from error
    try:
        data: Any = yaml.load(text, Loader=_TextLoader)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: this is not YAML: {error}") from error
    try:
        return ReleaseFacts.model_validate({} if data is None else data)
    except ValidationError as error:
        raise ConfigError(_said(path, error)) from error


def facts_bytes(facts: ReleaseFacts) -> bytes:
    """Return the facts as they stand in a release."""
    return (json.dumps(facts.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()


def released_facts(folder: Path) -> ReleaseFacts:
    """Return the facts of a release; raises `ConfigError` if they are missing or not valid."""
    path = Path(folder) / RELEASED
    try:
        return ReleaseFacts.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(_said(path, error)) from error


def _said(path: Path, error: ValidationError) -> str:
    lines = []
    for item in error.errors(include_url=False):
        where = ".".join(str(part) for part in item["loc"])
        message = (
            "means nothing here" if item["type"] == "extra_forbidden" else item["msg"].removeprefix("Value error, ")
        )
        lines.append(f"{path}: {where}: {message}" if where else f"{path}: {message}")
    return "\n".join(lines)


class _TextLoader(yaml.SafeLoader):
    """YAML without surprises: dates, `no` and versions stay text, and aliases are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not read")
        return super().compose_node(parent, index)


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
