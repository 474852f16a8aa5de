"""Citing a dataset, an interview, a turn or a quotation: by version, id, and the characters it stands on.

Everything is gathered in one CSL-JSON item, as reference managers read it; the other formats are written from that.
Names of speakers are as the record has them: they are not taken apart into given and family names by guessing.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError
from onrecord.publish.facts import ReleaseFacts, released_facts
from onrecord.publish.ledger import released_takedowns
from onrecord.release.streams import manifest_of, records
from onrecord.tables import Row
from onrecord.tables.keys import citation_key

Item = dict[str, Any]

_LAYERS = {"turn": "turns", "quote": "quotes", "speaker": "speakers"}
_LATEX = str.maketrans({
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",  # BibTeX counts escaped braces, too
})  # fmt: skip


def cite(id_: str | None, source: Path, format_: str = "apa") -> str:
    """Return the citation of the dataset in `source`, or of one interview or item in it.

    `format_` is one of `FORMATS`. Raises `ConfigError` for a format or id that does not exist, with near ids.
    """
    if format_ not in FORMATS:
        raise ConfigError(f"there is no citation format {format_!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[format_](citation(id_, Path(source)))


def citation(id_: str | None, source: Path) -> Item:
    """Return the CSL-JSON item of the dataset, or of one interview or item in it; raises `ConfigError` as `cite`."""
    facts = released_facts(source)
    if id_ is None:
        return _dataset(facts)
    row = _record(id_, source)
    item = _interview(row, facts)
    if "#" in id_:
        item |= _part(id_, row, item)
    return {name: value for name, value in item.items() if value not in (None, [], "")}


def _dataset(facts: ReleaseFacts) -> Item:
    item = {
        "id": facts.name,
        "type": "dataset",
        "title": facts.title,
        "author": [_csl_author(author.model_dump()) for author in facts.authors],
        "issued": _date(facts.released, "day"),
        "version": facts.version,
        "DOI": facts.doi,
        "URL": facts.url or facts.repository,
        "keyword": ", ".join(facts.keywords),
    }
    return {name: value for name, value in item.items() if value not in (None, [], "")}


def _interview(row: Row, facts: ReleaseFacts) -> Item:
    people = {role: [s for s in row["speakers"] if role in s["roles"] and s["name"]] for role in _ROLES}
    published = row["origin"]["published"]
    return {
        "id": citation_key(row["id"]),
        "type": "interview",
        "title": row["title"] or "Untitled interview",
        "author": [_csl_speaker(speaker) for speaker in people["interviewee"]],
        "interviewer": [_csl_speaker(speaker) for speaker in people["interviewer"]],
        "issued": _date(row["date"], row["date_precision"]) or _date(published, "day"),
        "publisher": row["outlet"] or row["origin"]["publisher"],
        "container-title": facts.title,
        "container-author": [_csl_author(author.model_dump()) for author in facts.authors],
        "version": facts.version,
        "number": row["id"],
        "language": row["language"],
        "DOI": facts.doi,
        "URL": row["origin"]["url"] or facts.url or facts.repository,
        "note": f"Record {row['id']}",
    }


def _part(id_: str, row: Row, whole: Item) -> Item:
    """What differs when one turn, quotation or speaker is cited instead of the whole interview."""
    layer = _LAYERS.get(id_.split("#", 1)[1].split("@")[0], "")
    items: Mapping[str, Row] = {item["id"]: item for item in row.get(layer, ())}
    if id_ not in items:
        raise ConfigError(f"there is no item {id_!r}{_near_items(id_, row)}")
    item = items[id_]
    spans = {"turns": _turn_spans, "quotes": _quote_spans, "speakers": _speaker_spans}[layer](item)
    speaker = item if layer == "speakers" else _by_id(row, item["speaker"])
    name = speaker["name"] if speaker else None
    where = ", ".join(f"{span['start']}–{span['end']}" for span in spans)
    kind = {"turns": "Turn", "quotes": "Quotation", "speakers": "Speaker"}[layer]
    said = f" of {name}" if name and layer != "speakers" else ""
    return {
        "id": citation_key(id_),
        "number": id_,
        "author": [_csl_speaker(speaker)] if speaker and name else [],
        "note": f"{kind}{said}, {id_}, characters {where}" if where else f"{kind}{said}, {id_}",
        "title": whole["title"],
    }


def _record(id_: str, source: Path) -> Row:
    wanted = id_.split("#", 1)[0]
    seen = []
    for stored in records(source, manifest_of(source)):
        if stored.id == wanted:
            return stored.row
        seen.append(stored.id)
    withdrawn = released_takedowns(source).get(wanted)
    if withdrawn is not None:
        raise ConfigError(f"{wanted!r} was withdrawn on {withdrawn.on}: {withdrawn.why} Older versions held it")
    raise ConfigError(f"there is no interview {wanted!r} in {source}{_near(wanted, seen)}")


def _near(id_: str, known: list[str]) -> str:
    near = get_close_matches(id_, known, 3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _near_items(id_: str, row: Row) -> str:
    """The items of the layer that stand nearest to the place that was named, else those with the likest ids."""
    layer, _, at = id_.split("#", 1)[1].partition("@")
    items = [item["id"] for item in row.get(_LAYERS.get(layer, ""), ())]
    if not (items and at.isdecimal()):
        return _near(id_, [item["id"] for name in _LAYERS.values() for item in row[name]])
    nearest = sorted(items, key=lambda item: abs(int(item.split("@")[-1].split(".")[0]) - int(at)))
    return f"; did you mean {' or '.join(nearest[:2])}?"


def _by_id(row: Row, id_: str | None) -> Row | None:
    return next((speaker for speaker in row["speakers"] if speaker["id"] == id_), None)


def _turn_spans(turn: Row) -> list[Row]:
    return list(turn["paragraphs"])


def _quote_spans(quote: Row) -> list[Row]:
    return list(quote["content"])


def _speaker_spans(speaker: Row) -> list[Row]:
    return list(speaker["mentions"])[:1]


def _csl_author(author: Mapping[str, Any]) -> Item:
    if author["family"] is None:
        return {"literal": author["name"]}
    return {"family": author["family"]} | ({"given": author["given"]} if author["given"] else {})


def _csl_speaker(speaker: Row) -> Item:
    return {"literal": speaker["name"]}


def _date(day: datetime.date | None, precision: str | None) -> Item | None:
    if day is None:
        return None
    count = {"year": 1, "month": 2, "day": 3}[precision or "day"]
    return {"date-parts": [[day.year, day.month, day.day][:count]]}


_ROLES = ("interviewee", "interviewer")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _apa(item: Item) -> str:
    authors = _apa_names(item.get("author", []))
    parts = [f"{authors} ({_apa_date(item)})." if authors else ""]
    title = item["title"].rstrip(".")
    if item["type"] == "dataset":
        parts.append(f"{title} (Version {item['version']}) [Data set].")
    else:
        asked = ", ".join(name["literal"] for name in item.get("interviewer", []))
        outlet = item.get("publisher")
        parts.append(f"{title} [Interview{f' by {asked}' if asked else ''}].")
        parts.append(f"{outlet}." if outlet and outlet != asked else "")
        made = _apa_names(item.get("container-author", []))
        whole = f"{item['container-title']} (Version {item['version']}) [Data set]."
        parts.append(f"In {made}, {whole}" if made else f"In {whole}")
        parts.append(f"{item['note']}.")
    if not authors:
        parts.insert(2, f"({_apa_date(item)}).")
    parts.append(f"https://doi.org/{item['DOI']}" if "DOI" in item else item.get("URL", ""))
    return " ".join(part for part in parts if part)


def _apa_names(names: list[Item]) -> str:
    shown = [_apa_name(name) for name in names]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f", & {shown[-1]}" if shown else ""


def _apa_name(name: Item) -> str:
    if "literal" in name:
        return str(name["literal"])
    initials = " ".join(f"{part[0]}." for part in re.split(r"[\s.]+", name.get("given", "")) if part)
    return f"{name['family']}, {initials}" if initials else str(name["family"])


def _apa_date(item: Item) -> str:
    if "issued" not in item:
        return "n.d."
    parts = item["issued"]["date-parts"][0]
    if item["type"] == "dataset" or len(parts) == 1:
        return str(parts[0])
    return f"{parts[0]}, {_MONTHS[parts[1] - 1]}" + (f" {parts[2]}" if len(parts) == 3 else "")


def _bibtex(item: Item) -> str:
    names = " and ".join(_bibtex_name(name) for name in item.get("author", []))
    date = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "author": names,
        "title": f"{{{item['title'].translate(_LATEX)}}}",
        "year": str(date[0]) if date else "",
        "month": str(date[1]) if len(date) > 1 else "",
        "howpublished": "Data set" if item["type"] == "dataset" else f"In {item['container-title']}".translate(_LATEX),
        "organization": item.get("publisher", "").translate(_LATEX),
        "version": item["version"],
        "note": item.get("note", "").translate(_LATEX),
        "doi": item.get("DOI", ""),
        "url": item.get("URL", ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"])


def _bibtex_name(name: Item) -> str:
    if "literal" in name:
        return f"{{{name['literal'].translate(_LATEX)}}}"
    given = f", {name['given']}" if "given" in name else ""
    return f"{name['family']}{given}".translate(_LATEX)


def _ris(item: Item) -> str:
    date = item.get("issued", {}).get("date-parts", [[]])[0]
    names = [name.get("literal") or ", ".join(filter(None, (name["family"], name.get("given")))) for name in
             item.get("author", [])]  # fmt: skip
    lines = [
        ("TY", "DATA" if item["type"] == "dataset" else "GEN"),
        *(("AU", name) for name in names),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("PY", str(date[0]) if date else None),
        ("DA", "/".join(f"{part:02}" for part in date) if date else None),
        ("PB", item.get("publisher")),
        ("ET", item["version"]),
        ("LA", item.get("language")),
        ("ID", item["id"]),
        ("N1", item.get("note")),
        ("DO", item.get("DOI")),
        ("UR", item.get("URL")),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value is not None)


def _csl(item: Item) -> str:
    return json.dumps([item], indent=2, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Item], str]] = {"apa": _apa, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}
