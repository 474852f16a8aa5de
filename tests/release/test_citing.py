"""Citations name who, when, where, which version, which item, and the characters it stands on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.errors import ConfigError
from onrecord.loading import load
from onrecord.publish import ReleaseFacts, write_release
from onrecord.release import FORMATS, citation, cite
from tests.samples import interview

RECORD = interview()
FACTS = ReleaseFacts.model_validate(
    {
        "title": "Voices of the_quay & more",
        "name": "quay",
        "version": "1.2.0",
        "released": "2031-06-02",
        "doi": "10.5281/zenodo.123",
        "authors": [{"family": "Osk", "given": "Mira Ann"}, {"name": "Harbour Museum"}],
    }
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a few records."""
    out = tmp_path_factory.mktemp("citing") / "processed"
    write_release(
        [RECORD, interview("harbour/s", redistribution="standoff"), interview("z/f", fictional=True)], out, FACTS
    )
    return out


def test_the_dataset_is_cited_with_its_version(folder: Path) -> None:
    """The dataset's citation has authors, year, title, version and DOI."""
    assert cite(None, folder) == (
        "Osk, M. A., & Harbour Museum (2031). Voices of the_quay & more (Version 1.2.0) [Data set]. "
        "https://doi.org/10.5281/zenodo.123"
    )


def test_an_interview_is_cited_with_people_date_and_outlet(folder: Path) -> None:
    """The interview's citation has the interviewee, the date as precise as known, the interviewer, and the whole."""
    said = cite("harbour/one", folder)
    assert said.startswith("Ina Vellamo (2031, May). The harbour will outlive us all, whatever happens [Interview by ")
    assert "In Osk, M. A., & Harbour Museum, Voices of the_quay & more (Version 1.2.0) [Data set]." in said
    assert "Record harbour/one" in said


@pytest.mark.parametrize("format_", FORMATS)
def test_items_are_cited_with_their_characters(folder: Path, format_: str) -> None:
    """A turn's and a quotation's citation has the speaker, the item's id and the characters, in every format."""
    quote, turn = RECORD.quotes[1], RECORD.turns[1]
    for item, spans in ((quote, quote.content), (turn, turn.paragraphs)):
        said = cite(item.id, folder, format_).replace("\\#", "#")
        assert item.id in said
        for span in spans:
            assert f"{span.start}–{span.end}" in said
    assert "Ina Vellamo" in cite(turn.id, folder, format_)
    assert "My uncle liked to say" in cite(quote.id, folder, format_)


def test_the_key_is_that_of_the_tables(folder: Path) -> None:
    """The key in a citation is the `citation_key` in the row of the table."""
    keys = {row["id"]: row["citation_key"] for row in load("turns", folder).to_pylist()}
    turn = RECORD.turns[2]
    assert citation(turn.id, folder)["id"] == keys[turn.id]
    assert cite(turn.id, folder, "bibtex").startswith(f"@misc{{{keys[turn.id]},\n")
    assert f"ID  - {keys[turn.id]}\n" in cite(turn.id, folder, "ris")


def test_csl_json_is_what_reference_managers_read(folder: Path) -> None:
    """CSL-JSON is a list of one item with a known type, names and date parts."""
    (item,) = json.loads(cite("harbour/one", folder, "csl-json"))
    assert item["type"] == "interview"
    assert item["author"] == [{"literal": "Ina Vellamo"}]
    assert item["issued"] == {"date-parts": [[2031, 5]]}
    assert item["container-author"][0] == {"family": "Osk", "given": "Mira Ann"}


def test_bibtex_escapes_and_closes(folder: Path) -> None:
    """What LaTeX would misread is escaped, and every brace is closed."""
    said = cite(None, folder, "bibtex")
    assert r"Voices of the\_quay \& more" in said
    assert said.count("{") == said.count("}")


def test_ris_has_one_tag_per_line(folder: Path) -> None:
    """Every line of RIS has a tag, it begins with the type and ends the record."""
    lines = cite("harbour/one", folder, "ris").splitlines()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert (lines[0][:2], lines[-1][:2]) == ("TY", "ER")


def test_a_standoff_record_is_cited_without_its_words(folder: Path) -> None:
    """Names, date and outlet are metadata and stay; the title is not known and is said to be so."""
    said = cite("harbour/s", folder)
    assert said.startswith("Ina Vellamo (2031, May). Untitled interview")


@pytest.mark.parametrize(
    ("id_", "format_", "message"),
    [
        ("harbour/on", "apa", "no interview 'harbour/on'.*did you mean harbour/one"),
        ("harbour/one#turn@152", "apa", r"no item 'harbour/one#turn@152'; did you mean harbour/one#turn@153"),
        ("harbour/one#verse@1", "apa", "no item"),
        (None, "mla", "no citation format 'mla'; there are: apa, bibtex, ris, csl-json"),
    ],
)
def test_what_does_not_exist_is_named_with_near_ids(folder: Path, id_: str | None, format_: str, message: str) -> None:
    """An id or format that does not exist is an error that names near ones."""
    with pytest.raises(ConfigError, match=message):
        cite(id_, folder, format_)


def test_without_authors_or_dates_nothing_is_invented(tmp_path: Path) -> None:
    """A dataset without authors or date is cited by title and n.d.; no name is made up."""
    write_release([interview().replace(speakers=(), turns=(), quotes=(), date=None, date_precision=None)],
                  tmp_path / "p", ReleaseFacts(version="1.0.0"))  # fmt: skip
    assert cite(None, tmp_path / "p") == "Interviews (Version 1.0.0) [Data set]. (n.d.)."
    assert "(n.d.)" in cite("harbour/one", tmp_path / "p")
