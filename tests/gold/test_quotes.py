"""The gold set of quotations: what is committed is what the annotated texts say, and they say it consistently."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from tests.gold import compile as gold

MINIMUM = {"en": 24, "de": 10, "fr": 6, "es": 6, "ru": 6, "tr": 4, "az": 4}
PROSE = gold.HERE / "prose"


def _all() -> list[dict[str, Any]]:
    return [document for language in gold.languages() for document in gold.load(language)]


@pytest.mark.parametrize("language", gold.languages())
def test_compiled_is_committed(language: str) -> None:
    """`<lang>.jsonl` is what `scripts/gold` makes of the annotated texts."""
    assert (gold.COMPILED / f"{language}.jsonl").read_text("utf-8") == gold.lines(gold.load(language))


@pytest.mark.parametrize("document", _all(), ids=lambda document: document["id"])
def test_documents_are_consistent(document: dict[str, Any]) -> None:
    """Kinds agree with the quotation marks, no mark is left over, no span has white space at its edges."""
    assert gold.problems(document) == []
    for quote in document["quotes"]:
        for layer in ("content", "source", "cue"):
            spans = quote[layer] or []
            assert all(0 <= start < end <= len(document["text"]) for start, end in spans)
            assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
        assert quote["content"]
        if quote["type"] == "mention":
            assert (quote["source"], quote["cue"], quote["speaker"]) == (None, None, None)


def test_set_is_as_large_as_promised() -> None:
    """At least sixty documents and six hundred quotations over the seven languages, each with its share."""
    documents = _all()
    assert len(documents) >= 60
    assert sum(len(document["quotes"]) for document in documents) >= 600
    for language, least in MINIMUM.items():
        assert sum(document["language"] == language for document in documents) >= least
    assert len({document["id"] for document in documents}) == len(documents)


def test_lines_are_the_public_shape() -> None:
    """A line reads back as the document it was written from."""
    (document,) = [gold.parse("en-one", "“[[d1=Ruth Hale|No,]]” [[v1|said]] [[s1|Hale]]. “[[d1|Never.]]”")]
    assert (
        json.loads(gold.lines([document]))
        == document
        == {
            "id": "en-one",
            "language": "en",
            "text": "“No,” said Hale. “Never.”",
            "quotes": [
                {
                    "content": [[1, 4], [18, 24]],
                    "source": [[11, 15]],
                    "cue": [[6, 10]],
                    "type": "direct",
                    "speaker": "Ruth Hale",
                }
            ],
        }
    )


def test_nested_and_shared_tags() -> None:
    """A quotation inside a quotation keeps its own offsets; one source can serve two quotations."""
    document = gold.parse("en-two", "[[s1,2=Orr|Orr]] [[v1|said]] [[i1|he had [[v2|said]] [[i2|no]]]].")
    outer, inner = document["quotes"]
    text = document["text"]
    assert [text[slice(*quote["content"][0])] for quote in (outer, inner)] == ["he had said no", "no"]
    assert outer["source"] == inner["source"] == [[0, 3]]


@pytest.mark.parametrize(
    ("annotated", "complaint"),
    [
        ("[[d1|open", "never closes"),
        ("shut]]", "never opened"),
        ("[[s1|she]] said", "no content"),
        ("“[[d1|a]]” [[i1|b]]", "both direct and indirect"),
        ("“[[d1=A|a]]” [[s1=B|she]]", "is said by 'A' and 'B'"),
    ],
)
def test_contradictions_are_refused(annotated: str, complaint: str) -> None:
    """Annotation that contradicts itself does not compile, and the message says why."""
    with pytest.raises(gold.AnnotationError, match=complaint):
        gold.parse("en-bad", annotated)


@pytest.mark.parametrize(
    ("annotated", "complaint"),
    [
        ("She said [[d1|yes]].", "without a mark"),
        ("She said [[i1|“yes” and no]].", "indirect with marks"),
        ("She said [[x1|yes]].", "mixed without marks"),
        ("She spoke of [[x1|“yes”]].", "all of it stands in marks"),
        ("She said “yes”.", "belongs to nothing"),
        ("She said “[[d1|yes ]]”.", "white space"),
    ],
)
def test_suspicious_annotation_is_found(annotated: str, complaint: str) -> None:
    """The second look finds kinds that disagree with the marks, marks left over, and sloppy edges."""
    assert any(complaint in problem for problem in gold.problems(gold.parse("en-odd", annotated)))


def test_readme_states_the_counts() -> None:
    """The counts in the README are those of the set."""
    assert gold.counts() in (gold.HERE / "README.md").read_text("utf-8")


def test_prose_is_there() -> None:
    """At least twenty texts that are no interviews, none of them empty."""
    paths = sorted(PROSE.iterdir())
    assert len(paths) >= 20
    assert all(path.read_text("utf-8").strip() for path in paths)
