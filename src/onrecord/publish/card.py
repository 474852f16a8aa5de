"""`README.md` of a release: the Hub's dataset card, generated from facts, schema and files.

Its YAML makes `load_dataset(folder, config)` work. `datasets` caches a local folder by its name and this YAML, so each
config carries the digest of its rows in its description, and the version: other rows are never taken for these.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import yaml

from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import ConfigEntry, Manifest
from onrecord.publish.vocabulary import size_category
from onrecord.tables import DEFAULT, FICTIONAL, TABLES, config_names

NAME = "README.md"
_DTYPES = {
    pa.string(): "string",
    pa.int64(): "int64",
    pa.float64(): "float64",
    pa.bool_(): "bool",
    pa.date32(): "date32",
}


def card_bytes(facts: ReleaseFacts, manifest: Manifest) -> bytes:
    """Return the card's bytes: YAML between `---` lines from byte 0, then what people read."""
    head = yaml.safe_dump(front_matter(facts, manifest), sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{head}---\n\n{_prose(facts, manifest)}".encode()


def front_matter(facts: ReleaseFacts, manifest: Manifest) -> dict[str, Any]:
    """Return the card's metadata as plain values."""
    head: dict[str, Any] = {"pretty_name": facts.title, "license": facts.hub_licence}
    if head["license"] == "other":
        head["license_name"] = (facts.licence or "").lower()
        if facts.licence_url:
            head["license_link"] = facts.licence_url
    if languages := hub_languages(manifest):
        head["language"] = languages
    head |= {
        "annotations_creators": ["machine-generated"],
        "source_datasets": ["original"],
        "size_categories": [size_category(sum(config.rows for config in manifest.configs))],
        "task_categories": list(facts.task_categories),
        "tags": list(facts.keywords),
    }
    if manifest.configs:
        default = default_config(manifest)
        head["configs"] = [_config(config, facts.version, config.name == default) for config in manifest.configs]
        head["dataset_info"] = [_dataset_info(config, manifest) for config in manifest.configs]
    return head


def hub_languages(manifest: Manifest) -> list[str]:
    """Return the ISO 639 codes of the languages in the data: the first part of their BCP 47 tags."""
    tags = (item.name for item in manifest.statistics.languages)
    return sorted({tag.split("-")[0].lower() for tag in tags if tag != "unknown"})


def default_config(manifest: Manifest) -> str:
    """Return the config that is loaded when none is named: `turns`, or what comes nearest to it."""
    names = [config.name for config in manifest.configs]
    wanted = (DEFAULT, *(name for name in config_names() if not name.startswith(FICTIONAL)), FICTIONAL + DEFAULT)
    return next((name for name in wanted if name in names), names[0])


def features(schema: pa.Schema) -> list[dict[str, Any]]:
    """Return the columns as the card's `features` say them (what `datasets` itself would write, tested)."""
    return [_feature(field) for field in schema]


def _feature(field: pa.Field) -> dict[str, Any]:
    kind = field.type
    if pa.types.is_list(kind):
        inner = kind.value_type
        return {"name": field.name, "list": _fields(inner) if pa.types.is_struct(inner) else _DTYPES[inner]}
    if pa.types.is_struct(kind):
        return {"name": field.name, "struct": _fields(kind)}
    return {"name": field.name, "dtype": _DTYPES[kind]}


def _fields(struct: pa.StructType) -> list[dict[str, Any]]:
    return [_feature(struct.field(index)) for index in range(struct.num_fields)]


def _config(config: ConfigEntry, version: str, default: bool) -> dict[str, Any]:
    table = TABLES[config.table]
    invented = " of invented interviews" if config.name.startswith(FICTIONAL) else ""
    entry: dict[str, Any] = {
        "config_name": config.name,
        "version": version,
        "description": f"One row per {table.one_row_per}{invented}. Rows sha256:{config.digest}",
        "data_files": [
            {"split": split.name, "path": f"data/{config.name}/{split.name}-*.parquet"} for split in config.splits
        ],
    }
    return entry | ({"default": True} if default else {})


def _dataset_info(config: ConfigEntry, manifest: Manifest) -> dict[str, Any]:
    sizes = {file.path: file.bytes for file in manifest.files}
    return {
        "config_name": config.name,
        "features": features(TABLES[config.table].schema),
        "splits": [
            {"name": split.name, "num_bytes": split.bytes, "num_examples": split.rows} for split in config.splits
        ],
        "download_size": sum(sizes[name] for split in config.splits for name in split.files),
        "dataset_size": sum(split.bytes for split in config.splits),
    }


def _prose(facts: ReleaseFacts, manifest: Manifest) -> str:
    parts = [
        f"# {facts.title}",
        facts.description.strip(),
        f"Version **{facts.version}** of the data"
        + (f", released {facts.released.isoformat()}" if facts.released else ", not yet released")
        + f"; {_contents_line(manifest)}.",
        _tables(manifest),
        _loading(manifest),
        _reading(),
        _rights(facts, manifest),
        _checking(facts),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _contents_line(manifest: Manifest) -> str:
    counted = manifest.statistics
    parts = [f"{counted.interviews:,} interviews", f"{counted.turns:,} turns", f"{counted.quotes:,} quotations"]
    if counted.fictional:
        parts.append(f"and apart from these {counted.fictional:,} invented interviews for tests and examples")
    return ", ".join(parts)


def _tables(manifest: Manifest) -> str:
    lines = ["## Tables", "", "| config | rows | one row per | for |", "|---|---:|---|---|"]
    for config in manifest.configs:
        table = TABLES[config.table]
        lines.append(f"| `{config.name}` | {config.rows:,} | {table.one_row_per} | {table.purpose} |")
    if any(config.name.startswith(FICTIONAL) for config in manifest.configs):
        lines += ["", f"Configs that begin with `{FICTIONAL}` hold invented people and events: examples, not data."]
    return "\n".join(lines)


def _loading(manifest: Manifest) -> str:
    if not manifest.configs:
        return "No record of this release may be published, so there are no tables."
    name = default_config(manifest)
    split = manifest.config(name).splits[0].name
    return f"""## Loading

```python
from datasets import load_dataset

rows = load_dataset("path/or/org/of/this/dataset", "{name}", split="{split}")
```

From the Hub, add `revision="v{manifest.version}"` to get this version for ever. Every other reader of Parquet gets the
same rows from `data/{name}/*.parquet`: pyarrow, polars, DuckDB, and pandas with `dtype_backend="pyarrow"`."""


def _reading() -> str:
    return """## Reading the columns

- Positions (`start`, `end`) are half-open ranges of Unicode code points of the interview's `text`, as stored.
- Null means unknown or not printed, never *none*; an empty list means none.
- Who speaks, what is a quotation and whose it is was decided by rules; each decision names its rule and a confidence in
  `evidence`. It can be wrong: check a quotation against the text before you rely on it.
- Every column's description stands in the Parquet schema's field metadata and in `datapackage.json`."""


def _rights(facts: ReleaseFacts, manifest: Manifest) -> str:
    counted = manifest.statistics
    lines = ["## Rights", "", "Rights are stated per record (`rights`, `licence`); unknown does not mean free."]
    if facts.licence:
        lines.append(f"The dataset as a whole: `{facts.licence}`.")
    if facts.rights:
        lines.append(facts.rights.strip())
    licences = ", ".join(f"{item.name}: {item.count:,}" for item in counted.licences)
    if licences:
        lines.append(f"Interviews by licence: {licences}.")
    if counted.standoff:
        lines.append(
            f"{counted.standoff:,} interviews are published as standoff: spans, hashes and metadata, with every field "
            "that holds words of the source null. Whoever has the source can check their copy by its hashes."
        )
    if manifest.restored:
        lines.append(
            f"**In this copy the words of {manifest.restored:,} of them were filled in from copies of the source that "
            "somebody had: do not pass it on.**"
        )
    if counted.not_published:
        lines.append(f"{counted.not_published:,} further interviews may not be published and are only counted.")
    contact = f" Write to {facts.contact}." if facts.contact else ""
    lines += ["", f"Anyone concerned may ask for a record to be corrected or withdrawn.{contact}"]
    return "\n".join(lines)


def _checking(facts: ReleaseFacts) -> str:
    lines = [
        "## Checking and citing", "",
        "`manifest.json` lists every file with size and SHA-256, and a digest of every table's rows; `onrecord verify`",
        "checks them without the network. Cite the version you used, see `CITATION.cff`.",
    ]  # fmt: skip
    if facts.doi:
        lines.append(f"DOI of this version: <https://doi.org/{facts.doi}>.")
    return "\n".join(lines)
