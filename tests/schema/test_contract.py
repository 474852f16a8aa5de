"""The contract: schema/ is what the models say, everything in it is described, and what was released stays readable."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from onrecord import testing
from onrecord.errors import ContractError
from onrecord.schema import contract
from onrecord.schema._compatible import record_breaks, table_breaks
from onrecord.schema._dictionary import models
from onrecord.schema.interview import SCHEMA_VERSION, Interview, text_digest
from onrecord.tables import TABLES

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
EXAMPLE = SCHEMA / "example.json"
VALIDATOR = jsonschema.Draft202012Validator(
    contract.json_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every field of a record that holds something, lists without their positions."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    elif value is not None:
        yield path, value


def field_paths(name: str, definitions: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the path of every field of a model that holds a plain value."""
    for field, node in definitions[name]["properties"].items():
        yield from _paths_in(node, definitions, f"{path}.{field}".lstrip("."))


def _paths_in(node: dict[str, Any], definitions: dict[str, Any], path: str) -> Iterator[str]:
    parts = [part for part in node.get("anyOf", [node]) if part.get("type") != "null"]
    if "$ref" in parts[0]:
        yield from field_paths(parts[0]["$ref"].rsplit("/", 1)[-1], definitions, path)
    elif parts[0]["type"] == "array":
        yield from _paths_in(parts[0]["items"], definitions, f"{path}[]")
    else:
        yield path


# -- current -----------------------------------------------------------------------------------------------------------


def test_committed_contract_is_current() -> None:
    """`schema/` is what the models say; run `scripts/schema` after a change of a field."""
    assert contract.stale(SCHEMA) == []


def test_export_is_deterministic() -> None:
    """The same models give the same files, byte for byte."""
    assert contract.export() == contract.export()


def test_version_is_one_everywhere() -> None:
    """VERSION, the record's `schema_version` and the top of the schema's changelog name one version."""
    assert (SCHEMA / "VERSION").read_text(encoding="utf-8").strip() == SCHEMA_VERSION
    headings = [
        line for line in (SCHEMA / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "
    ]
    assert headings[0].split()[1] == SCHEMA_VERSION


def test_writing_mends_a_folder_and_then_changes_nothing(tmp_path: Path) -> None:
    """`write` creates, repairs and removes generated files, says which, and is quiet the second time."""
    assert set(contract.write(tmp_path)) == set(contract.export())
    (tmp_path / "fields.md").write_text("edited by hand", encoding="utf-8")
    (tmp_path / "tables" / "gone.json").write_text("{}", encoding="utf-8")
    assert contract.write(tmp_path) == ["fields.md", "tables/gone.json"]
    assert contract.write(tmp_path) == []


def test_the_json_schema_is_one() -> None:
    """`interview.schema.json` is a valid JSON Schema of the dialect it names."""
    assert contract.json_schema()["$schema"] == contract.DIALECT
    jsonschema.Draft202012Validator.check_schema(contract.json_schema())


@given(testing.interviews())
def test_a_record_as_printed_is_valid(interview: Interview) -> None:
    """What `onrecord parse` prints is valid under `interview.schema.json`."""
    VALIDATOR.validate(json.loads(interview.model_dump_json()))


def test_an_unknown_field_is_not_valid() -> None:
    """A misspelt field does not pass unnoticed, at the top or deep inside."""
    record = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    deep = copy.deepcopy(record)
    record["titel"] = "x"
    deep["turns"][0]["evidence"]["rules"] = "x"
    assert not VALIDATOR.is_valid(record)
    assert not VALIDATOR.is_valid(deep)


# -- described ---------------------------------------------------------------------------------------------------------


def test_every_field_and_model_has_a_description() -> None:
    """Every field and every model says what it means, in a sentence: it becomes the data dictionary."""
    for name, definition in models(contract.json_schema()):
        assert definition["description"].strip(), name
        for field, node in definition["properties"].items():
            description = node.get("description", "")
            assert description.rstrip().endswith((".", ")")), f"{name}.{field}: {description!r}"


def test_every_column_has_a_description() -> None:
    """Every column of every table, nested ones too, says what it means."""

    def undescribed(columns: list[dict[str, Any]], place: str) -> Iterator[str]:
        for column in columns:
            if not column.get("description"):
                yield f"{place}.{column['name']}"
            yield from undescribed(
                column.get("columns", []) + column.get("item", {}).get("columns", []), column["name"]
            )

    for name, table in TABLES.items():
        assert list(undescribed(contract.describe_table(table)["columns"], name)) == []


def test_every_field_is_in_the_dictionary() -> None:
    """`fields.md` has a section for every model and table, and a row for every field and column."""
    page = contract.export()["fields.md"]
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n### ")[1:]}
    for name, definition in models(contract.json_schema()):
        assert all(f"| `{field}` |" in sections[name] for field in definition["properties"]), name
    for name, table in TABLES.items():
        if name != "interviews":
            assert all(f"| `{field.name}` |" in sections[f"Table `{name}`"] for field in table.schema), name


def test_the_example_shows_every_field() -> None:
    """`example.json` is a valid record in which every field of the model holds something, on its own text."""
    raw = EXAMPLE.read_text(encoding="utf-8")
    record = json.loads(raw)
    VALIDATOR.validate(record)
    interview = Interview.model_validate_json(raw)
    assert interview.text_sha256 == text_digest(interview.text)
    schema = contract.json_schema()
    definitions = {**schema["$defs"], schema["title"]: schema}
    assert set(field_paths(schema["title"], definitions)) - {path for path, _ in leaves(record)} == set()


# -- compatible --------------------------------------------------------------------------------------------------------


def test_what_was_released_stays_readable() -> None:
    """Nothing a released major promises is broken by the present models."""
    assert contract.breaks(SCHEMA) == []


@pytest.mark.parametrize(
    "path", sorted((SCHEMA / "released").glob("*/example.json")), ids=lambda path: path.parent.name
)
def test_a_released_record_is_read_today(path: Path) -> None:
    """A record as a released version of this major wrote it is read by the present models, losing nothing."""
    if path.parent.name != SCHEMA_VERSION.split(".", 1)[0]:
        pytest.skip("of an earlier major")
    written = json.loads(path.read_text(encoding="utf-8"))
    read = Interview.model_validate_json(path.read_text(encoding="utf-8")).model_dump(mode="json")
    assert dict(leaves(written)).items() <= dict(leaves(read)).items()


def _drop_field(schema: dict[str, Any]) -> None:
    del schema["$defs"]["Turn"]["properties"]["label"]


def _retype(schema: dict[str, Any]) -> None:
    schema["$defs"]["Span"]["properties"]["start"]["type"] = "number"


def _no_longer_null(schema: dict[str, Any]) -> None:
    schema["properties"]["title"] = {"type": "string", "description": "Title."}


def _newly_null(schema: dict[str, Any]) -> None:
    schema["properties"]["id"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def _drop_word(schema: dict[str, Any]) -> None:
    schema["$defs"]["Block"]["properties"]["kind"]["enum"].remove("caption")


def _close_a_list(schema: dict[str, Any]) -> None:
    schema["$defs"]["Step"]["properties"]["stage"]["enum"] = ["blocks"]


def _require(schema: dict[str, Any]) -> None:
    schema["required"].append("language")


def _require_new(schema: dict[str, Any]) -> None:
    schema["properties"]["mood"] = {"type": "string"}
    schema["required"].append("mood")


def _tighten(schema: dict[str, Any]) -> None:
    schema["$defs"]["Evidence"]["properties"]["confidence"]["minimum"] = 0.5


def _items(schema: dict[str, Any]) -> None:
    schema["$defs"]["Turn"]["properties"]["paragraphs"]["items"] = {"type": "string"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_drop_field, "turns[].label: the field is gone"),
        (_retype, "start: was integer, is number"),
        (_no_longer_null, "title: was null or string, is string"),
        (_newly_null, "id: was string, is null or string"),
        (_drop_word, "blocks[].kind: no longer allowed: caption"),
        (_close_a_list, "steps[].stage: any string was allowed, now only 1 words are"),
        (_require, "language: the field is required now"),
        (_require_new, "mood: the field is required now"),
        (_tighten, "confidence: minimum was 0.0, is 0.5"),
        (_items, "turns[].paragraphs[]: was object, is string"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_break_of_the_record_is_told(change: Callable[[dict[str, Any]], None], told: str) -> None:
    """Removing, retyping, requiring or narrowing a field is told, with the field's place."""
    released = json.loads(json.dumps(contract.json_schema()))
    current = copy.deepcopy(released)
    change(current)
    broken = record_breaks(released, current)
    assert len(broken) == 1
    assert told in broken[0]


def test_an_addition_to_the_record_breaks_nothing() -> None:
    """A new optional field, a new word in a closed list, a looser bound and a renamed model are fine."""
    released = json.loads(json.dumps(contract.json_schema()))
    current = copy.deepcopy(released)
    current["properties"]["mood"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
    current["$defs"]["Block"]["properties"]["kind"]["enum"].append("verse")
    del current["$defs"]["Evidence"]["properties"]["confidence"]["maximum"]
    current["$defs"]["Passage"] = current["$defs"].pop("Block")
    current["properties"]["blocks"]["items"]["$ref"] = "#/$defs/Passage"
    assert record_breaks(released, current) == []


def _columns() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(json.dumps(contract.describe_table(TABLES["interviews"])))
    return described


def _column(table: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(column for column in table["columns"] if column["name"] == name)
    return found


def test_a_break_of_a_table_is_told() -> None:
    """A column that is gone, has another type, or is new and never null is told, nested ones too."""
    current = _columns()
    _column(current, "title")["type"] = "int64"
    _column(current, "place")["nullable"] = False
    _column(current, "turns")["item"]["columns"].pop(0)
    current["columns"] = [column for column in current["columns"] if column["name"] != "summary"]
    current["columns"].append({"name": "mood", "type": "string", "nullable": False})
    assert sorted(table_breaks(_columns(), current)) == [
        "interviews.mood: a new column has to be nullable, released files lack it",
        "interviews.place: could be null, and no longer can",
        "interviews.summary: the column is gone",
        "interviews.title: was string, is int64",
        "interviews.turns[].id: the column is gone",
    ]


def test_an_addition_to_a_table_breaks_nothing() -> None:
    """A new nullable column and another order of columns are fine: columns are read by name."""
    current = _columns()
    current["columns"].insert(0, {"name": "mood", "type": "string", "nullable": True})
    assert table_breaks(_columns(), current) == []


def test_freezing_keeps_a_copy_and_refuses_a_break(tmp_path: Path) -> None:
    """A release keeps a copy of its contract; a later one that breaks it is refused and told why."""
    with pytest.raises(ContractError, match="run scripts/schema first"):
        contract.freeze(tmp_path)
    contract.write(tmp_path)
    shutil.copy(EXAMPLE, tmp_path)
    frozen = contract.freeze(tmp_path)
    assert contract.breaks(tmp_path) == []
    assert (frozen / "example.json").is_file()
    released = json.loads((frozen / contract.RECORD).read_text(encoding="utf-8"))
    released["properties"]["mood"] = {"type": "string"}
    (frozen / contract.RECORD).write_text(json.dumps(released), encoding="utf-8")
    (frozen / "tables" / "moods.json").write_text('{"name": "moods", "columns": []}', encoding="utf-8")
    assert contract.breaks(tmp_path) == ["mood: the field is gone", "moods: the table is gone"]
    with pytest.raises(ContractError, match="needs a new major version"):
        contract.freeze(tmp_path)
