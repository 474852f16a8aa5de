"""Metadata from the text: title, outlet, date, place, language."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.language import language_of, words_in
from onrecord.stages.metadata import find_metadata
from tests.stages.layouts import laid
from tests.stages.test_turns import copy


def test_the_text_states_title_and_outlet_but_not_the_date_of_the_talk() -> None:
    """A pull quote above the lede is the title, `told KVB` names the outlet, and a picture's date is not the interview's."""
    interview = find_metadata(laid(copy("Q:", "A:")), Facts())
    assert interview.title == '"The towns have understood that promises run downhill like water"'
    assert interview.outlet == "KVB"
    assert interview.date is None
    assert interview.date_precision is None
    assert interview.language == "en"


def test_what_is_known_already_wins() -> None:
    """Fields that people or the file state are left alone."""
    interview = laid(copy("Q:", "A:")).replace(
        title="Stated",
        outlet="Stated",
        language="de",
        date=datetime.date(2001, 1, 1),
        date_precision="year",
        place="Vell",
    )
    assert find_metadata(interview, Facts()).replace(turns=interview.turns) == interview


@pytest.mark.parametrize(
    ("head", "day", "precision"),
    [
        ("The river\n3 May 2021\n\n", datetime.date(2021, 5, 3), "day"),
        ("The river\nVell, May 2021\n\n", datetime.date(2021, 5, 1), "month"),
        ("The river\n\nThis interview was recorded on 12. Mai 2020 in Vell.\n\n", datetime.date(2020, 5, 12), "day"),
        ("The river\n\nFoto: Marsh, 3. Mai 2021\n\n", None, None),
        ("The river\n\nIn May 2021 the river rose, and nobody was there to see it.\n\n", None, None),
    ],
)
def test_dates_are_taken_from_lines_that_date_the_document(
    head: str, day: datetime.date | None, precision: str | None
) -> None:
    """A line that is a date, or says when the talk was recorded, dates it with its precision; a sentence does not."""
    interview = find_metadata(
        laid(head + "Q: When was it?\n\nA: In the spring.\n\nQ: Why?\n\nA: Nobody knows.\n"), Facts()
    )
    assert (interview.date, interview.date_precision) == (day, precision)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("October 14, 2024", "2024-10-14"), ("14 October 2024", "2024-10-14"), ("14. Oktober 2024", "2024-10-14"), ("14 de octubre de 2024", "2024-10-14"),
        ("14 октября 2024", "2024-10-14"), ("14 octobre 2024", "2024-10-14"), ("14 Ekim 2024", "2024-10-14"), ("14 oktyabr 2024", "2024-10-14"),
        ("2024-10-14", "2024-10-14"), ("2024年10月14日", "2024-10-14"), ("Oct. 2024", "2024-10"), ("31 February 2024", None), ("in 2024", None),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_language(text: str, iso: str | None) -> None:
    """Printed dates are read as precisely as they are printed; impossible ones and bare years are none."""
    found = dates_in(text, 0, len(text))
    assert [date.iso for date in found] == ([iso] if iso else [])


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("When did it begin? It was in the month of May, and they have not been there since that day.", "en"),
        ("Wann begann das alles? Ich war nicht dabei, aber die Leute haben es mir auch so erzählt.", "de"),
        ("Quand est-ce que cela a commencé ? Je ne sais pas, mais les gens de la ville étaient avec nous.", "fr"),
        ("¿Cuándo empezó todo esto? No lo sé, pero la gente que estaba con nosotros dijo que fue en mayo.", "es"),
        ("Когда всё это началось? Я не знаю, но люди из города были с нами, и они так говорили.", "ru"),
        ("Bütün bunlar ne zaman başladı? Ben bilmiyorum ama o gün bizimle çok kişi vardı ve öyle dediler.", "tr"),
        ("Bütün bunlar nə vaxt başladı? Mən bilmirəm, amma o gün bizimlə çox adam var idi və belə dedilər.", "az"),
        ("这一切是什么时候开始的？我不知道，不过那天有很多人。", "zh"), ("いつ始まりましたか。わかりませんが、たくさんの人がいました。", "ja"),
        ("Ok.", None), ("123 456 7890", None), ("", None), ("Vell Marsh Berg Lind Frost Okafor Pell Hale Ortega Ruiz Holm", None),
    ],
)  # fmt: skip
def test_the_language_is_told_or_left_open(text: str, tag: str | None) -> None:
    """The language of a text of some length is told by script and frequent words; unsure is None."""
    assert language_of(text, model=False) == tag


@given(st.text("aZké'’ “”‘–…\n\t0_-.,\x00\u00a0жİ\u212a`", max_size=40))
def test_words_are_the_same_with_and_without_a_pattern(text: str) -> None:
    """Words are runs of letters, with one apostrophe inside, whatever marks stand between them."""
    pattern = r"[^\W\d_]+(?:'[^\W\d_]+)?"
    assert words_in(text) == re.findall(pattern, text.lower().replace("’", "'"))


def test_a_printed_apostrophe_is_an_apostrophe() -> None:
    """French is told by `c’est` as by `c'est`."""
    text = "C’est vrai, c’est long, c’est loin, c’est tard, c’est haut, c’est bas, c’est clair"
    assert language_of(text, model=False) == language_of(text.replace("’", "'"), model=False) == "fr"


def test_a_turn_in_another_language_says_so() -> None:
    """A long turn in another language than the interview's has its own language; the others have none."""
    text = (
        "LIND: When did it begin, and who was there with you on that day? I have been told that nobody was.\n"
        "BERG: Das weiß ich nicht mehr, aber die Leute aus der Stadt waren auch da, und sie haben es nicht vergessen.\n"
        "LIND: And what did they say to you about it when they came? Have they been back since that time?\nBERG: No.\n"
    )
    assert [turn.language for turn in find_metadata(laid(text), Facts()).turns] == [None, "de", None, None]
