"""`croissant.json`: the release in the Croissant 1.1 vocabulary, generated from the Arrow schema and the files.

Croissant tools read a column, a list, a struct, or a list of structs, but no list within a list. Columns that hold one
are named in their record set's description and are not described as fields; every such layer has a flat table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import ConfigEntry, Manifest
from onrecord.tables import TABLES

NAME = "croissant.json"
Json = dict[str, Any]

_TYPES = {
    pa.string(): "sc:Text",
    pa.int64(): "sc:Integer",
    pa.float64(): "sc:Float",
    pa.bool_(): "sc:Boolean",
    pa.date32(): "sc:Date",
}
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(facts: ReleaseFacts, manifest: Manifest) -> bytes:
    """Return the bytes of `croissant.json`."""
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": facts.name,
        "alternateName": facts.title,
        "description": facts.description.strip(),
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "version": facts.version,
        "isLiveDataset": False,
        "keywords": list(facts.keywords),
        **_about(facts),
        **_responsible(facts, manifest),
        "distribution": [*_files(manifest), *(_file_set(config) for config in manifest.configs)],
        "recordSet": [record for config in manifest.configs for record in _record_sets(config)],
    }
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def readable(kind: pa.DataType) -> bool:
    """Whether Croissant tools can read a column of this type: nothing in it lists lists."""
    if pa.types.is_list(kind):
        return _flat(kind.value_type)
    return _flat(kind)


def _flat(kind: pa.DataType) -> bool:
    if pa.types.is_struct(kind):
        return all(_flat(kind.field(index).type) for index in range(kind.num_fields))
    return kind in _TYPES


def _about(facts: ReleaseFacts) -> Json:
    licence = facts.licence_url
    if licence is None and facts.licence is not None and not facts.licence.startswith("LicenseRef-"):
        licence = f"https://spdx.org/licenses/{facts.licence}.html"
    about = {
        "license": licence,
        "url": facts.url or facts.repository,
        "datePublished": facts.released.isoformat() if facts.released else None,
        "identifier": f"https://doi.org/{facts.doi}" if facts.doi else None,
        "creator": [_creator(author.model_dump(), author.last_first) for author in facts.authors] or None,
        "citeAs": _cite_as(facts),
    }
    return {name: value for name, value in about.items() if value is not None}


def _creator(author: Json, shown: str) -> Json:
    if author["family"] is None:
        return {"@type": "sc:Organization", "name": shown}
    person = {"@type": "sc:Person", "name": shown, "familyName": author["family"], "givenName": author["given"]}
    if author["orcid"]:
        person["identifier"] = f"https://orcid.org/{author['orcid']}"
    return {name: value for name, value in person.items() if value is not None}


def _cite_as(facts: ReleaseFacts) -> str:
    who = "; ".join(author.last_first for author in facts.authors)
    year = f" ({facts.released.year})" if facts.released else ""
    return f"{who}{year}. {facts.title}, version {facts.version} [Data set].".lstrip(". ")


def _responsible(facts: ReleaseFacts, manifest: Manifest) -> Json:
    """The fields of the Responsible AI extension; what is special to a dataset stands in its DATASHEET.md."""
    contact = f" Write to {facts.contact}." if facts.contact else ""
    return {
        "rai:dataCollection": "Published or supplied interviews, kept as received; each record names its file, its "
        "SHA-256 and, where known, its address, publisher and dates.",
        "rai:dataCollectionType": ["Others"],
        "rai:dataAnnotationProtocol": "Blocks, turns, speakers and quotations were found by rules. Each judgement "
        "names its rule and a confidence; corrections by people name author, day and reason.",
        "rai:machineAnnotationTools": [f"onrecord {manifest.tool}"],
        "rai:dataLimitations": [
            "Automatic judgements can be wrong; they have to be checked against the text before they are relied on.",
            "The interviews are those that were supplied; they stand for no population of interviews or speakers.",
        ],
        "rai:dataBiases": ["Who is interviewed, by whom and in which language follows the sources' choices."],
        "rai:personalSensitiveInformation": [
            "Names, opinions and offices of people who spoke for publication or were quoted; political opinions occur."
        ],
        "rai:dataUseCases": [
            "Research on interviews, speakers and quotations; checking quotations; teaching and evaluating attribution."
        ],
        "rai:dataSocialImpact": "Words may be taken out of context or attributed to the wrong person: every quotation "
        "leads to its place in the text so that it can be read there.",
        "rai:dataReleaseMaintenancePlan": "Versions are MAJOR.MINOR.PATCH: edits and removals, additions, same data. "
        f"Records can be corrected or withdrawn.{contact}",
    }


def _files(manifest: Manifest) -> Iterator[Json]:
    for file in manifest.files:
        if file.path.endswith(".parquet"):
            yield {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.bytes} B",
                "encodingFormat": "application/x-parquet",
                "sha256": file.sha256,
            }


def _file_set(config: ConfigEntry) -> Json:
    # Without `containedIn` the set lies beside croissant.json: a folder, on the disk or on the Hub, not an archive.
    return {
        "@type": "cr:FileSet",
        "@id": f"{config.name}-files",
        "name": f"{config.name}-files",
        "description": f"The Parquet files of `{config.name}`.",
        "encodingFormat": "application/x-parquet",
        "includes": f"data/{config.name}/*.parquet",
    }


def _record_sets(config: ConfigEntry) -> Iterator[Json]:
    table = TABLES[config.table]
    unread = [field.name for field in table.schema if not readable(field.type)]
    more = f" Only in the Parquet files, because they list lists: {', '.join(unread)}." if unread else ""
    yield {
        "@type": "cr:RecordSet",
        "@id": f"{config.name}-splits",
        "name": f"{config.name}-splits",
        "description": f"The splits of `{config.name}`.",
        "dataType": "cr:Split",
        "key": {"@id": f"{config.name}-splits/name"},
        "field": [{"@type": "cr:Field", "@id": f"{config.name}-splits/name", "dataType": "sc:Text"}],
        "data": [{f"{config.name}-splits/name": split.name} for split in config.splits],
    }
    yield {
        "@type": "cr:RecordSet",
        "@id": config.name,
        "name": config.name,
        "description": f"One record per {table.one_row_per}.{more}",
        "field": [
            _split_field(config.name),
            *(_field(field, config.name) for field in table.schema if readable(field.type)),
        ],
    }


def _split_field(config: str) -> Json:
    return {
        "@type": "cr:Field",
        "@id": f"{config}/split",
        "dataType": "sc:Text",
        "source": {
            "fileSet": {"@id": f"{config}-files"},
            "extract": {"fileProperty": "fullpath"},
            # Some tools apply a transform to its own result as well: a split's name gives itself.
            "transform": {"regex": f"(?:(?:.*/)?data/{config}/)?(\\w+?)(?:-[0-9]+\\.parquet)?$"},
        },
        "references": {"field": {"@id": f"{config}-splits/name"}},
    }


def _field(field: pa.Field, config: str) -> Json:
    kind, listed = field.type, pa.types.is_list(field.type)
    inner = kind.value_type if listed else kind
    described = _described(field, f"{config}/{field.name}")
    if listed:
        described |= {"isArray": True, "arrayShape": "-1"}
    if pa.types.is_struct(inner):
        described["subField"] = list(_leaves(inner, f"{config}/{field.name}", config, field.name, "$"))
        return described
    return described | {"dataType": _TYPES[inner], "source": _source(config, field.name, None)}


def _leaves(struct: pa.StructType, prefix: str, config: str, column: str, path: str) -> Iterator[Json]:
    """The leaves below a struct as sub-fields of one level, each with its path in the value."""
    for index in range(struct.num_fields):
        field = struct.field(index)
        here, id_ = f"{path}['{field.name}']", f"{prefix}/{field.name}"
        if pa.types.is_struct(field.type):
            yield from _leaves(field.type, id_, config, column, here)
        else:
            source = _source(config, column, here)
            yield _described(field, id_) | {"dataType": _TYPES[field.type], "source": source}


def _described(field: pa.Field, id_: str) -> Json:
    return {
        "@type": "cr:Field",
        "@id": id_,
        "name": id_,
        "description": (field.metadata or {}).get(b"description", b"").decode(),
    }


def _source(config: str, column: str, path: str | None) -> Json:
    source: Json = {"fileSet": {"@id": f"{config}-files"}, "extract": {"column": column}}
    return source if path is None else source | {"transform": {"jsonPath": path}}
