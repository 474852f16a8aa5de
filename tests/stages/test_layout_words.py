"""Patterns for phrases of the lexicons: found in any case, without trying every phrase at every character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicons import load
from onrecord.stages.layout.words import LANGUAGES, any_case, opening, phrases, within

_PHRASES = ("has been edited", "edited", "éditeur", "ingmar", "ılık su", "straße", "k", "записано в", "kept")
_TEXTS = st.text(st.sampled_from("edit h\nasb nKkİiIıſSsßẞéÉ,ЗзаписноВв\u212a"), max_size=60)
_LISTED = re.compile("|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in _PHRASES), re.IGNORECASE)
_WHOLE = re.compile(rf"(?<!\w)(?:{_LISTED.pattern})(?!\w)", re.IGNORECASE)


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@given(_TEXTS, st.lists(st.sampled_from(_PHRASES), max_size=4))
def test_phrases_are_found_where_the_flag_for_any_case_finds_them(text: str, said: list[str]) -> None:
    """The quick form finds what a plain choice of phrases in any case finds, as parts of words and as whole words."""
    text += " ".join(phrase.upper() for phrase in said) + text
    assert _spans(re.compile(any_case(_PHRASES)), text) == _spans(_LISTED, text)
    assert _spans(re.compile(any_case(_PHRASES, whole=True)), text) == _spans(_WHOLE, text)


def test_every_first_letter_is_known_in_all_its_cases() -> None:
    """No letter that a phrase of the lexicons opens with has another case than those the pattern takes."""
    keys = {key for language in LANGUAGES for key, value in load(language, "turns").items() if isinstance(value, list)}
    letters = {phrase[0] for key in keys for phrase in phrases(key) if phrase}
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x20000))))
    for letter in letters:
        known = re.compile(any_case([letter]))
        assert set(known.findall(every)) == set(re.findall(re.escape(letter), every, re.IGNORECASE)), letter


def test_no_phrase_is_found_where_none_is_listed() -> None:
    """A list without phrases is found nowhere."""
    assert re.search(any_case([]), "anything") is None


@pytest.mark.parametrize("key", ["edited", "bylines", "captions"])
def test_a_phrase_is_read_at_the_head_and_within(key: str) -> None:
    """A phrase of the lexicon is read as whole words where a text opens with it, and anywhere within."""
    phrase = phrases(key)[0]
    assert opening(key).match(f"{phrase.upper()} and more") is not None
    assert opening(key).match(f"{phrase}s") is None or any(f"{phrase}s".startswith(p) for p in phrases(key))
    assert within(key).search(f"this {phrase.title()}") is not None
