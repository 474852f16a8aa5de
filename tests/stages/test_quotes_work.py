"""How little is done for text in which nobody reports anything, and what is looked up for all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.lexicons import LANGUAGES
from onrecord.stages.quotes import find_quotes
from onrecord.stages.quotes.grammar import ANCHOR, FREE, grammar_of
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.tokens import Token
from tests.stages.test_quotes import bare, found
from tests.work import steps

PLAIN = "The harbour was in fog, and the cranes of the new pier stood as still as herons in the shallow water."
REPORT = "The harbour was in fog, and the pilot said that the cranes of the pier stood as still as herons."


def work(paragraph: str) -> int:
    """Steps that each further copy of a paragraph costs."""
    few, many = (bare("\n\n".join([paragraph] * count)) for count in (10, 110))
    find_quotes(few, Facts())  # fills what is loaded once
    return (steps(lambda: find_quotes(many, Facts())) - steps(lambda: find_quotes(few, Facts()))) // 100


def test_a_paragraph_in_which_nobody_reports_is_left_alone() -> None:
    """Without marks and without a word that can report, a paragraph is looked over once and never taken apart."""
    assert 8 * work(PLAIN) < work(REPORT)


def test_a_sentence_in_which_nobody_reports_is_not_parsed() -> None:
    """Beside a sentence that reports, one that does not costs little."""
    assert 5 * (work(f"{REPORT} {PLAIN}") - work(REPORT)) < work(REPORT)


@pytest.mark.parametrize(
    ("paragraph", "content"),
    [
        ("In the words of Orla Finch, the tide is late.", "the tide is late"),
        ("The wall was cheap. As reported by the Courier, it leaks.", "it leaks"),
    ],
)
def test_a_phrase_that_introduces_a_source_is_seen_by_its_rarest_word(paragraph: str, content: str) -> None:
    """A paragraph whose only sign of a report is a phrase of common words is read all the same."""
    assert [quote[1] for quote in found(paragraph)] == [[content]]


def test_a_common_word_starts_no_report_by_itself() -> None:
    """`in` and `as` introduce a source only with the rest of their phrase."""
    text = "In the morning the words of the mayor were cheap as in the view of the harbour from the pier."
    items = Items(text, 0, len(text), [], [], grammar_of("en"))
    assert [items.words[at : at + 4] for at in items.anchors] == [("in", "the", "view", "of")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_can_report_is_seen(language: str) -> None:
    """No word of the lexicon from which a report can start is passed over, alone or with a mark behind it."""
    grammar = grammar_of(language)
    seen = 0
    for word in grammar.bits:
        tokens: list[Token] = []
        grammar.tokens.read(word, tokens)
        able = tokens[0][1] if len(tokens) == 1 else 0
        if able & ANCHOR and (able & FREE or grammar.order != "svo"):
            seen += 1
            assert grammar.tokens.reporting(f"x {word}, x")
    assert seen > 100


@pytest.mark.parametrize("blank", [" ", "  ", "\n", "\t ", "\xa0", " \xa0 "])
@pytest.mark.parametrize("lead", ["", " ", "  "])
def test_tokens_lie_where_they_are_printed(blank: str, lead: str) -> None:
    """The places of the items are those of the words in the text, whatever blanks stand between them."""
    words = ["Orla", "said", ",", "U.S", ".", "left-wing", "tide"]
    text = lead + blank.join(words)
    items = Items(text, 0, len(text), [], [], grammar_of("en"))
    assert [items.printed(at) for at in range(len(items))] == words


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.text("aAéİßжы10_.,'’-‑;:?!“…\u0301", min_size=1, max_size=9))
def test_a_stretch_without_blanks_is_always_taken_apart_alike(language: str, stretch: str) -> None:
    """What is known of a stretch by its look alone, as of a word with a mark behind it, is what the pattern finds."""
    tokens = grammar_of(language).tokens
    known: list[Token] = []
    closely: list[Token] = []
    tokens.read(f"a {stretch}", known)
    tokens.read_closely(f"a  {stretch}", closely)  # by the pattern alone, because of two blanks
    assert [(word, bits, *rest) for word, bits, _, *rest in known] == [
        (word, bits, *rest) for word, bits, _, *rest in closely
    ]
