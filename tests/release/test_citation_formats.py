"""Citations read back by parsers that are not ours give what was cited, whatever characters it has."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from onrecord.release.citing import FORMATS
from onrecord.tables.keys import citation_key

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40).filter(
    lambda text: text == " ".join(text.split())
)
PEOPLE = st.lists(
    st.one_of(
        st.builds(lambda n: {"literal": n}, WORDS), st.builds(lambda f, g: {"family": f, "given": g}, WORDS, WORDS)
    ),
    max_size=3,
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """The CSL-JSON item of an interview, as `citation` gives it."""
    id_ = f"quay/{draw(WORDS)}#quote@{draw(st.integers(0, 9999))}"
    item = {
        "id": citation_key(id_),
        "type": "interview",
        "title": draw(WORDS),
        "author": [{"literal": draw(WORDS)} for _ in range(draw(st.integers(0, 3)))],
        "interviewer": [{"literal": draw(WORDS)}],
        "issued": {"date-parts": [[2031, 5, 1][: draw(st.integers(1, 3))]]},
        "publisher": draw(WORDS),
        "container-title": draw(WORDS),
        "container-author": draw(PEOPLE),
        "version": "1.2.0",
        "number": id_,
        "language": "en",
        "URL": "https://quay-letter.example/a_b#c",
        "note": f"Quotation of {draw(WORDS)}, {id_}, characters 1–9",
    }
    return {name: value for name, value in item.items() if value not in ([], "")}


def plain(latex: str) -> str:
    """What LaTeX shows; the reader does not know the braces by name."""
    latex = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    shown: str = LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=True).latex_to_text(
        latex
    )
    return shown


@given(item=items())
def test_bibtex_is_read_as_one_entry(item: dict[str, Any]) -> None:
    """A parser of BibTeX finds one entry with the key, and every field shows the words that were cited."""
    library = parse_string(FORMATS["bibtex"](item))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == item["id"]
    fields = {field.key: field.value for field in entry.fields}
    assert fields["version"] == "1.2.0"
    assert fields["url"] == item["URL"]
    for name, words in (("title", item["title"]), ("organization", item["publisher"]), ("note", item["note"])):
        assert letters(plain(fields[name])) == letters(words), name
    authors = fields.get("author", "")
    assert letters(plain(authors.replace("} and {", "}{"))) == letters(
        "".join(a["literal"] for a in item.get("author", []))
    )


def letters(words: str) -> str:
    """Words without blanks, and with the signs that LaTeX has ligatures for made one."""
    table = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "`": "'", "¡": "!", "¿": "?", "ˆ": "^"}
    made = "".join(table.get(char, char) for char in words if not char.isspace())
    return made.replace("''", '"').replace("--", "-").replace("--", "-").replace("?'", "?").replace("!'", "!")


@given(item=items())
def test_ris_is_read_as_one_reference(item: dict[str, Any]) -> None:
    """A parser of RIS finds one reference, and every field is the words that were cited."""
    (reference,) = rispy.loads(FORMATS["ris"](item) + "\n")
    assert reference["id"] == item["id"]
    assert reference.get("authors", []) == [name["literal"] for name in item.get("author", [])]
    assert reference["title"] == item["title"]
    assert reference["notes"] == [item["note"]]
    assert (reference["publisher"], reference["secondary_title"]) == (item["publisher"], item["container-title"])
    assert (reference["year"], reference["urls"]) == ("2031", [item["URL"]])


NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
    "additionalProperties": False,
    "minProperties": 1,
}
CSL = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["dataset", "interview"]},
            **{
                name: {"type": "string"}
                for name in (
                    "id", "title", "publisher", "container-title", "version", "number", "language", "URL", "DOI",
                    "note", "keyword",
                )
            },
            **{name: {"type": "array", "items": NAME} for name in ("author", "interviewer", "container-author")},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
            },
        },
    },
}  # fmt: skip


@given(item=items())
def test_csl_json_is_as_its_schema_says(item: dict[str, Any]) -> None:
    """CSL-JSON is a list of one item that has the variables and forms of the standard, and nothing else."""
    said = json.loads(FORMATS["csl-json"](item))
    jsonschema.validate(said, CSL)
    assert said == [item]


@given(item=items())
def test_apa_is_one_line_with_all_of_it(item: dict[str, Any]) -> None:
    """The line names title, version, record and characters."""
    said = FORMATS["apa"](item)
    assert "\n" not in said
    for part in (item["title"].rstrip("."), "(Version 1.2.0)", item["number"], "characters 1–9", item["URL"]):
        assert part in said
