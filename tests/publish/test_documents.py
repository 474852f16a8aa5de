"""Card, Croissant, data package and citation say what the tables hold, and the tools that read them agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from onrecord.errors import ConfigError
from onrecord.publish import Manifest, ReleaseFacts, load_facts, write_release
from onrecord.publish.card import features
from onrecord.publish.card_check import card_problems
from onrecord.publish.citation import citation_cff, zenodo_json
from onrecord.publish.croissant import readable
from onrecord.schema.arrow import hub_features
from onrecord.tables import TABLES
from tests.samples import interview, interviews

FACTS = ReleaseFacts.model_validate(
    {
        "title": "Interviews of the Quay: a letter",
        "name": "quay-letter",
        "description": "Forty interviews\n\nwith <people> at the harbour.",
        "version": "1.2.0",
        "released": "2031-06-02",
        "licence": "CC-BY-4.0",
        "authors": [
            {"family": "Osk", "given": "Mira", "orcid": "0000-0002-1825-0097", "affiliation": "Harbour Museum"},
            {"name": "The Quay Letter"},
        ],
        "url": "https://quay-letter.example/interviews",
        "keywords": ["no", "1.0", "interviews"],
    }
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """A release with real, standoff and invented records in two splits."""
    folder = tmp_path_factory.mktemp("documents") / "processed"
    splits = ({"name": "train", "share": 0.5}, {"name": "test", "share": 0.5})
    facts = FACTS.model_validate({**FACTS.model_dump(), "splits": splits})
    records = [*interviews(6), interview("quay/s", redistribution="standoff"), interview("z/f", fictional=True)]
    return folder, write_release(records, folder, facts)


def _card(folder: Path) -> dict[str, Any]:
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("---\n")
    head: dict[str, Any] = yaml.safe_load(text[4:].split("\n---\n")[0])
    return head


@pytest.mark.parametrize("name", TABLES)
def test_features_are_those_datasets_would_write(name: str) -> None:
    """The card's columns are, to the letter, what `datasets` writes for the same schema."""
    assert features(TABLES[name].schema) == hub_features(TABLES[name].schema)._to_yaml_list()


def test_card_keeps_words_words(release: tuple[Path, Manifest]) -> None:
    """What YAML could take for a truth value or number stays text, and exactly `turns` is the default."""
    head = _card(release[0])
    assert head["tags"] == ["no", "1.0", "interviews"]
    assert [config["config_name"] for config in head["configs"] if config.get("default")] == ["turns"]
    assert head["license"] == "cc-by-4.0"
    assert head["language"] == ["en"]


def test_card_is_valid_for_the_hub_client(release: tuple[Path, Manifest]) -> None:
    """The Hub's own client reads the card as we meant it."""
    from huggingface_hub import DatasetCard

    card = DatasetCard.load(release[0] / "README.md")
    assert card.data.to_dict() == _card(release[0])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("---\n", "\ufeff---\n", "first byte"),
        ("\n---\n\n#", "\n\n#", "not closed"),
        ("license: cc-by-4.0", "license: beer", "does not know 'beer'"),
        ("size_categories:", "size_category:", "size_category"),
        ("version: 1.2.0\n", "version: 1.2\n", "version"),
        ("- split: test", "- split: all", "cannot be the name"),
        ("path: data/turns/train-*.parquet", "path: data/*/train-*.parquet", "files of `turns`"),
        ("- config_name: quotes\n  version", "- config_name: turns\n  version", "each once"),
        ("Rows sha256:", "Rows sha512:0", "digest"),
        ("dtype: date32", "dtype: string", "columns"),
        ("num_examples: ", "num_examples: 9", "row counts"),
        ("- en\n", "- english\n", "language"),
        ("pretty_name: '", "pretty_name: [", "not YAML"),
        ("  default: true\n", "", "default"),
    ],
)
def test_a_card_that_loaders_would_misread_is_named(
    release: tuple[Path, Manifest], old: str, new: str, problem: str
) -> None:
    """Each way to break a card that the Hub or `datasets` would not report is reported here."""
    folder, manifest = release
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert list(card_problems(text.encode(), manifest)) == []
    assert old in text
    broken = text.replace(old, new) if old == "Rows sha256:" else text.replace(old, new, 1)
    if old == "Rows sha256:":
        broken = broken.replace(manifest.config("turns").digest, "0" * 64)
    assert any(problem in sentence for sentence in card_problems(broken.encode(), manifest)), problem


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's and pandas' own, in mlcroissant
def test_croissant_is_valid_and_gives_the_parquet_rows(release: tuple[Path, Manifest]) -> None:
    """Mlcroissant finds nothing wrong, and reads in every config the rows, columns and splits of the Parquet files."""
    mlcroissant = pytest.importorskip("mlcroissant")
    folder, manifest = release
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert (dataset.metadata.ctx.issues.errors, dataset.metadata.ctx.issues.warnings) == (set(), set())
    for config in manifest.configs:
        schema = TABLES[config.table].schema
        columns = [field.name for field in schema if readable(field.type)]
        expected = {
            json.dumps({"split": split.name, **_shown({name: row[name] for name in columns}, schema)}, sort_keys=True)
            for split in config.splits
            for file in split.files
            for row in pq.read_table(folder / file).to_pylist()
        }
        found = [json.dumps(_read(record, config.name), sort_keys=True) for record in dataset.records(config.name)]
        assert len(found) == config.rows
        assert set(found) == expected


def _read(record: dict[str, Any], config: str) -> dict[str, Any]:
    return {name.removeprefix(f"{config}/"): _plain(value, name) for name, value in record.items()}


def _plain(value: Any, prefix: str) -> Any:
    """A record of mlcroissant without its prefixes; it says null for a struct and for a list by nulls inside."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.removeprefix(f"{prefix}/"): _plain(item, name) for name, item in value.items()}
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return [_plain(item, prefix) for item in value]
    return value.date().isoformat() if hasattr(value, "date") else value


def _shown(row: dict[str, Any], schema: pa.Schema) -> dict[str, Any]:
    """A Parquet row in the form in which mlcroissant gives it."""
    return {name: _as_read(row[name], schema.field(name).type) for name in row}


def _as_read(value: Any, kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        if value is None and pa.types.is_struct(kind.value_type):
            return [_as_read(None, kind.value_type)]
        return None if value is None else [_as_read(item, kind.value_type) for item in value]
    if pa.types.is_struct(kind):
        return dict(_leaves(value, kind, ""))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _leaves(value: Any, kind: pa.StructType, prefix: str) -> Iterator[tuple[str, Any]]:
    for index in range(kind.num_fields):
        field = kind.field(index)
        item = None if value is None else value[field.name]
        if pa.types.is_struct(field.type):
            yield from _leaves(item, field.type, f"{prefix}{field.name}/")
        else:
            yield f"{prefix}{field.name}", _as_read(item, field.type)


def test_croissant_names_the_columns_it_leaves_out(release: tuple[Path, Manifest]) -> None:
    """A column that Croissant tools cannot read is named in the description of its record set."""
    described = json.loads((release[0] / "croissant.json").read_text(encoding="utf-8"))
    (records,) = (item for item in described["recordSet"] if item["@id"] == "interviews")
    assert "blocks, speakers, turns, quotes" in records["description"]
    assert "http://mlcommons.org/croissant/1.1" in described["conformsTo"]


def test_data_package_is_valid(release: tuple[Path, Manifest]) -> None:
    """Frictionless accepts `datapackage.json`; hashes, sizes and columns are those of the files."""
    frictionless = pytest.importorskip("frictionless")
    folder, manifest = release
    assert frictionless.Package.validate_descriptor(str(folder / "datapackage.json")).valid
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    files = {file.path: (file.bytes, f"sha256:{file.sha256}") for file in manifest.files}
    for resource in package["resources"]:
        assert (resource["bytes"], resource["hash"]) == files[resource["path"]]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == pq.read_schema(folder / resource["path"]).names


PERSON = {
    "type": "object",
    "properties": {"family-names": {"type": "string"}, "given-names": {"type": "string"}, "affiliation": {},
                   "orcid": {"pattern": r"^https://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]{1}$"}},
    "additionalProperties": False, "required": ["family-names"],
}  # fmt: skip
ENTITY = {
    "type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": False, "required": ["name"],
}  # fmt: skip
CFF_SCHEMA = {
    "type": "object",
    "required": ["cff-version", "message", "title", "authors"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"}, "message": {"minLength": 1}, "title": {"minLength": 1},
        "type": {"enum": ["dataset", "software"]}, "version": {"type": ["string", "number"]},
        "date-released": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "type": "string"},
        "authors": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"anyOf": [PERSON, ENTITY]}},
        "abstract": {"minLength": 1}, "keywords": {"minItems": 1, "items": {"type": "string"}},
        "license": {"type": "string"}, "license-url": {"type": "string"}, "url": {"type": "string"},
        "doi": {"pattern": "^10\\.\\d{4,9}(\\.\\d+)?/[A-Za-z0-9-._;()/:]+$"}, "repository-code": {"type": "string"},
    },
}  # fmt: skip


def test_citation_and_zenodo_say_the_same() -> None:
    """Both files name the same title, version, day and people, and keep to the rules of their formats."""
    cff = yaml.safe_load(citation_cff(FACTS))
    cff["date-released"] = str(cff["date-released"])
    jsonschema.validate(cff, CFF_SCHEMA)
    zenodo = json.loads(zenodo_json(FACTS, ["en"]))
    assert (zenodo["title"], zenodo["version"], zenodo["publication_date"]) == (
        cff["title"],
        cff["version"],
        cff["date-released"],
    )
    assert [creator["name"] for creator in zenodo["creators"]] == ["Osk, Mira", "The Quay Letter"]
    assert zenodo["upload_type"] == "dataset"
    assert (zenodo["access_right"], zenodo["license"]) == ("open", "cc-by-4.0")
    assert "&lt;people&gt;" in zenodo["description"]


def test_an_unknown_licence_is_never_open() -> None:
    """Without a licence the card says unknown, CITATION.cff none, and Zenodo restricts access."""
    facts = ReleaseFacts(title="x", version="1.0.0", rights="Not verified.")
    assert facts.hub_licence == "unknown"
    cff = yaml.safe_load(citation_cff(facts))
    assert "license" not in cff
    jsonschema.validate(cff, CFF_SCHEMA)
    zenodo = json.loads(zenodo_json(facts, []))
    assert zenodo["access_right"] == "restricted"
    assert "license" not in zenodo


def test_facts_are_read_as_written(tmp_path: Path) -> None:
    """`release.yaml` is read without YAML's surprises, and without the file there are defaults."""
    assert load_facts(tmp_path).version == "0.0.0"
    (tmp_path / "release.yaml").write_text("title: no\nversion: 1.10.0\nreleased: 2031-06-02\nkeywords: [yes, 1.0]\n")
    facts = load_facts(tmp_path)
    assert (facts.title, facts.version, str(facts.released)) == ("no", "1.10.0", "2031-06-02")
    assert facts.keywords == ("yes", "1.0")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1.2", "release.yaml: version"),
        ("colour: red", "colour: means nothing here"),
        ("authors: [{given: Mira}]", "an organization has `name`"),
        ("splits: [{name: all, share: 1}]", "not `all`"),
        ("splits: [{name: a, share: 0.5}]", "add up to 1"),
        ("task_categories: [juggling]", "no task category 'juggling'"),
        ("a: &x 1\nb: *x", "aliases are not read"),
        ("a: [", "not YAML"),
        ("- a", "release.yaml: "),
        (b"\xff", "byte 0 is not UTF-8"),
    ],
)
def test_wrong_facts_are_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    """A wrong `release.yaml` stops the build and says which key and why."""
    (tmp_path / "release.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError, match=message):
        load_facts(tmp_path)
