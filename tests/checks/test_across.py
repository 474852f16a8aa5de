"""Across interviews: the same text, nearly the same text, and collections unlike what their card expects."""

from __future__ import annotations

import random
import tracemalloc
from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from onrecord.checks.across import (
    NEAR,
    Totals,
    check_across,
    near_duplicates,
    resemblance,
    same_texts,
    unexpected,
)
from onrecord.checks.summaries import Summaries, Summary, sketch
from onrecord.collection.card import Card
from onrecord.schema.interview import Finding, text_digest
from tests.work import steps

WORDS = [
    f"{a}{b}" for a in ("ba", "ko", "mi", "ru", "te", "sa", "lo", "ne") for b in ("ra", "ti", "mo", "lu", "ke", "so")
]


def _text(seed: int, words: int = 400) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) + str(rng.randrange(30)) for _ in range(words))


def _summary(id_: str, text: str, **counts: Any) -> Summary:
    return Summary(
        id=id_, path=f"{id_}.txt", collection="c", text_sha256=text_digest(text), sha256=text_digest(id_),
        sketch=sketch(text), readable=bool(text.strip()), **counts,
    )  # fmt: skip


def _summaries(texts: Mapping[str, str]) -> Summaries:
    return Summaries(_summary(id_, text) for id_, text in texts.items())


def _near(texts: Mapping[str, str]) -> list[Finding]:
    return list(near_duplicates(_summaries(texts)))


def _changed(text: str, share: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return " ".join("changed" if rng.random() < share else word for word in text.split())


def test_the_same_text_in_another_file_is_named() -> None:
    """Also if the files differ, as UTF-8 and UTF-16 do; blank texts are not compared."""
    text = _text(1)
    texts = {"c/a": text, "c/b": text, "c/x": " ", "c/y": " "}
    found = list(same_texts(_summaries(texts)))
    assert [(item.code, item.where) for item in found] == [("duplicate-text", "c/b")]
    assert "c/a" in found[0].message


@pytest.mark.parametrize("seed", range(20))
def test_a_lightly_edited_copy_is_found(seed: int) -> None:
    """One word in fifty changed: at four words a shingle, about 92 % of the shingles are the same."""
    text = _text(seed)
    found = _near({"c/a": text, "c/b": _changed(text, 0.02, seed)})
    assert [(item.code, item.where) for item in found] == [("near-duplicate", "c/b")]


@pytest.mark.parametrize("seed", range(20))
def test_a_shortened_copy_is_found(seed: int) -> None:
    """The first half of an interview lies wholly within it: what counts is the share of the shorter one."""
    text = _text(seed, 800)
    half = " ".join(text.split()[:400])
    assert len(_near({"c/a": text, "c/b": half})) == 1
    assert len(_near({"c/b": half, "c/a": text})) == 1


def test_different_interviews_are_not_called_duplicates() -> None:
    """Two hundred texts of the same few words, with a common opening paragraph: none is near another."""
    opening = _text(99, 60)
    assert _near({f"c/{n}": f"{opening} {_text(n)}" for n in range(200)}) == []


def test_a_text_rewritten_in_large_part_is_not_called_a_duplicate() -> None:
    """One word in five changed leaves about 40 % of the shingles."""
    text = _text(5)
    assert _near({"c/a": text, "c/b": _changed(text, 0.2)}) == []


def test_equal_texts_are_left_to_the_other_check() -> None:
    """One thing is said once."""
    text = _text(3)
    assert _near({"c/a": text, "c/b": text}) == []


def test_the_estimate_is_the_share_of_shingles_in_common() -> None:
    """From 64 hashes: within 0.15 of the true share of the shorter text."""
    for seed in range(30):
        text = _text(seed)
        other = _changed(text, 0.05, seed)
        one, two = ({" ".join(w[i : i + 4]) for i in range(len(w) - 3)} for w in (text.split(), other.split()))
        true = len(one & two) / min(len(one), len(two))
        assert abs(resemblance(sketch(text), sketch(other)) - true) < 0.15
    assert resemblance((), sketch(_text(1))) == 0.0


def test_cost_grows_with_the_number_of_texts_even_if_all_share_a_phrase() -> None:
    """Four times as many texts, at most five times the work: the shared phrase does not make pairs of all."""
    phrase = _text(98, 120)
    many = [_summary(f"c/{n}", f"{phrase} {_text(n, 120)}") for n in range(1200)]

    def work(items: list[Summary]) -> int:
        return steps(lambda: list(near_duplicates(Summaries(items))))

    assert work(many) < 5 * work(many[:300])


def test_many_interviews_take_little_memory_each() -> None:
    """A thousand that share nothing, ten speakers each: less than 750 bytes each are kept, and 1,500 while compared."""
    rng = random.Random(5)
    speakers = tuple((f"#speaker@{n * 99}", None) for n in range(10))
    tracemalloc.start()
    try:
        many = Summaries(
            replace(
                _summary(id_, ""),
                text_sha256=text_digest(id_),
                sketch=array("I", sorted(rng.sample(range(2**31), 64))),
                speakers=tuple((f"{id_}{name}", None) for name, _ in speakers),
            )
            for id_ in map("c/{}".format, range(1_000))
        )
        assert tracemalloc.get_traced_memory()[0] < 750 * len(many)
        assert list(near_duplicates(many)) == []
        assert tracemalloc.get_traced_memory()[1] < 1_500 * len(many)
    finally:
        tracemalloc.stop()


def test_summaries_are_given_back_as_they_were_added() -> None:
    """With speakers of whom a person is stated, without any, with few shingles and with none."""
    few = _summary("c/b", "One two three.", turns=3, speakers=(("c/b#speaker@0", "hale"), ("c/b#speaker@9", None)))
    own = replace(few, id="c/é\udcff", collection=None, speakers=(("c/é\udcff#speaker@4.2", None), ("odd", None)))
    some = [
        _summary("c/a", _text(1), voices=2, speakers=(("c/a#speaker@4", None), ("c/a#speaker@4.2", None))),
        few,
        own,
    ]
    kept = Summaries(some)
    assert list(kept) == [kept.summary(index) for index in range(3)] == some
    assert list(kept.all_speakers()) == [id_ for item in some for id_, _ in item.speakers]


def _expecting(side: str, measure: str, bound: float) -> Card:
    return Card.model_validate({"expect": {side: {measure: bound}}})


MEMBERS = [
    _summary("c/a", "x", turns=10, unknown_turns=1, questions=5, voices=2, quotes=4, unknown_quotes=2),
    _summary("c/b", "y", turns=0, unknown_turns=0, questions=0, voices=0, quotes=0, unknown_quotes=0),
    _summary("c/z", " "),
]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("interviews", 2),
        ("turns_per_interview", 5),
        ("quotes_per_interview", 2),
        ("speakers_per_interview", 1),
        ("unattributed_turns", 0.1),
        ("unattributed_quotes", 0.5),
        ("no_interviewer", 0.5),
        ("no_turns", 0.5),
    ],
)
def test_each_measure_is_held_against_both_bounds(measure: str, value: float) -> None:
    """On the bound all is well; beyond it, one finding that names measure, value and bound."""
    totals = Totals()
    for member in MEMBERS:
        totals.add(member)
    for side, beyond in (("min", value + 0.01), ("max", value - 0.01)):
        assert list(unexpected("c", "c/collection.yaml", _expecting(side, measure, value), totals)) == []
        (item,) = unexpected("c", "c/collection.yaml", _expecting(side, measure, beyond), totals)
        assert item.code == "outside-expectation"
        assert f"`{measure}` is {value:.4g}" in item.message
        assert item.path == "c/collection.yaml"


def test_an_emptied_collection_is_noticed() -> None:
    """A source that was emptied upstream looks fine file by file: there are none."""
    found = list(check_across(Summaries(), {"c": ("c/collection.yaml", _expecting("min", "interviews", 1))}))
    assert [item.code for item in found] == ["outside-expectation"]


def test_the_threshold_is_what_the_documentation_says() -> None:
    """docs/findings.md speaks of most of the text."""
    assert 0.5 < NEAR < 0.9
