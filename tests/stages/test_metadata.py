"""Metadata from the text: title, outlet, date, place, language."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.stages import speakers
from onrecord.stages.layout.datelines import dated_line
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.language import language_of, words_in
from onrecord.stages.metadata import explain_metadata, find_metadata
from onrecord.stages.metadata.head import Head
from tests.stages.layouts import laid
from tests.stages.test_turns import copy
from tests.work import steps


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


TALK = "\n\nQ: When was it?\n\nA: In the spring.\n\nQ: Why?\n\nA: Nobody knows.\n"


def told(head: str, after: str = "") -> dict[str, object]:
    """Return what is read of a text with a title, `head` under it, a talk, and `after` below."""
    record = find_metadata(laid(f"The river\n\n{head}{TALK}\n{after}\n"), Facts())
    iso = (
        record.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[record.date_precision or "day"]]
        if record.date
        else None
    )
    said = {
        "date": iso,
        "published": record.origin.published and record.origin.published.isoformat(),
        "place": record.place,
        "outlet": record.outlet,
        "deck": record.summary,
    }
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("3 May 2021, Skerry", {"date": "2021-05-03", "place": "Skerry"}),
        ("Skerry, 3 May 2021", {"date": "2021-05-03", "place": "Skerry"}),
        ("Port Skerry, 3 May 2021", {"date": "2021-05-03", "place": "Port Skerry"}),
        ("Morning Kettle, 3 May 2021", {"date": "2021-05-03"}),
        ("Interview recorded on 3 May 2021 in Skerry", {"date": "2021-05-03", "place": "Skerry"}),
        ("Recorded: 3 May 2021, Skerry", {"date": "2021-05-03", "place": "Skerry"}),
        ("Recorded in 1978", {"date": "1978"}),
        ("This interview took place on 3 and 4 May 2021 at the Old Mill.", {"date": "2021-05", "place": "Old Mill"}),
        ("Date and place: 3 May 2021, Port Skerry", {"date": "2021-05-03", "place": "Port Skerry"}),
        ("Published 3 May 2021, updated 5 May 2021", {"published": "2021-05-03"}),
        ("Last updated: 3 May 2021", {}),
        ("By Ada Lind, 3 May 2021", {"date": "2021-05-03", "published": "2021-05-03"}),
        ("Ada Lind | 3 May 2021", {"date": "2021-05-03", "published": "2021-05-03"}),
        ("The Quay Letter, 3 May 2021", {"date": "2021-05-03", "published": "2021-05-03", "outlet": "The Quay Letter"}),
        ("The Quay Letter, May 2021", {"date": "2021-05", "outlet": "The Quay Letter"}),
        ("SKERRY, 3 May 2021 (Quay News) – Ada Lind spoke about the river.", {"date": "2021-05-03", "published": "2021-05-03", "place": "SKERRY"}),
        ("Interviewed by Ada Lind, 3 May 2021", {"date": "2021-05-03"}),
        ("Aufgezeichnet am 3. Mai 2021 in Skerau", {"date": "2021-05-03", "place": "Skerau"}),
        ("Das Interview wurde im Mai 2021 in Skerau geführt.", {"date": "2021-05", "place": "Skerau"}),
        ("Veröffentlicht am 3.5.2021", {"published": "2021-05-03"}),
        ("Entretien réalisé le 3 mai 2021 à Saint-Bréal", {"date": "2021-05-03", "place": "Saint-Bréal"}),
        ("Publié le 3 mai 2021, mis à jour le 4 mai 2021", {"published": "2021-05-03"}),
        ("Entrevista grabada en Puerto Claro el 3 de mayo de 2021 para la revista Orilla.", {"date": "2021-05-03", "place": "Puerto Claro", "outlet": "Orilla"}),
        ("Publicado el 3 de mayo de 2021", {"published": "2021-05-03"}),
        ("Опубликовано 3 мая 2021", {"published": "2021-05-03"}),
        ("Запись сделана 3 мая 2021 г. в деревне Лужки.", {"date": "2021-05-03", "place": "Лужки"}),
        ("Место записи: с. Ручьи", {"place": "с. Ручьи"}),
        ("Bu görüşme 3 Mayıs 2021 tarihinde Akpınar'da yapılmıştır.", {"date": "2021-05-03", "place": "Akpınar"}),
        ("Yayın tarihi: 3 Mayıs 2021", {"published": "2021-05-03"}),
        ("Müsahibə 3 may 2021-ci ildə Göyçəlidə yazılıb.", {"date": "2021-05-03", "place": "Göyçəli"}),
        ("Dərc olunub: 3 may 2021", {"published": "2021-05-03"}),
        ("Date: 25/05/2021", {"date": "2021-05-25"}),
        ("Date: 05/06/2021", {}),
        ("Fecha: 05/06/2021", {"date": "2021-06-05"}),
        ("On 3 May 2021 the ferry left Skerry, and nobody on the quay waved.", {}),
        ("Photo: Marsh, 3 May 2021", {}),
        ("Media: https://example.org/talk.mp3", {}),
        ("Publication: https://example.org/talk", {}),
        ("Location: Quay Magazine (online)", {}),
        ("Broadcast: 3 May 2021 on Radio Tarn", {"published": "2021-05-03", "outlet": "Radio Tarn"}),
        ("Erschienen am 3. Mai 2021 in der Talzeitung", {"published": "2021-05-03", "outlet": "Talzeitung"}),
        ("Беседа состоялась в Лужках в мае 2021 года", {"date": "2021-05", "place": "Лужках"}),
        ("In-person attendees:\n\nBy Ada Lind", {}),
        ("She was recorded as missing on 3 May 2021 in Skerry, and nobody looked for her for a long time.", {}),
        ("A ferryman about the fog.\n\nBy Ada Lind", {"deck": "A ferryman about the fog."}),
        ("A ferryman on the fog", {"deck": "A ferryman on the fog"}),
        ("He is a ferryman. We met in the rain.", {}),
        ("Tom Berg answered the questions of the magazine «Orilla».\n\n«Orilla» spoke with him twice.", {"outlet": "Orilla"}),
    ],
)  # fmt: skip
def test_what_the_head_states_is_told_apart(head: str, said: dict[str, object]) -> None:
    """Dates of the talk, of publication and of changes, places, outlets and decks are what the words around them say."""
    assert told(head) == said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "This interview was conducted by Ada Lind in Skerry on 3 May 2021.",
            {"date": "2021-05-03", "place": "Skerry"},
        ),
        ("Das Gespräch führte Ada Lind am 3. Mai 2021 in Skerau.", {"date": "2021-05-03", "place": "Skerau"}),
        ("(Propos recueillis par Ada Lind à Skerac, le 3 mai 2021.)", {"date": "2021-05-03", "place": "Skerac"}),
    ],
)
def test_notes_after_the_talk_count(note: str, said: dict[str, object]) -> None:
    """A note below the last turn dates and places the talk like one above the first."""
    assert told("", note) == said


def test_a_date_the_source_calls_its_publication_is_not_the_talks() -> None:
    """Where the file itself states its day of publication, the same day printed above is not taken for the talk's."""
    interview = laid(f"The river\n\n3 May 2021{TALK}")
    known = interview.replace(origin=interview.origin.model_copy(update={"published": datetime.date(2021, 5, 3)}))
    assert find_metadata(interview, Facts()).date == datetime.date(2021, 5, 3)
    assert find_metadata(known, Facts()).date is None


def test_of_the_origin_only_the_day_of_publication_is_filled() -> None:
    """The stage leaves everything else that is known of the source alone, and a known day of publication, too."""
    interview = laid(f"The river\n\nPublished 3 May 2021{TALK}")
    found = find_metadata(interview, Facts()).origin
    assert found.model_copy(update={"published": None}) == interview.origin
    known = interview.origin.model_copy(update={"published": datetime.date(2020, 1, 1)})
    assert find_metadata(interview.replace(origin=known), Facts()).origin == known


def test_what_the_text_states_is_a_fact_of_its_block_and_is_explained() -> None:
    """Dates and places stand as facts over their characters, and the explanation names line, rule and words."""
    interview = find_metadata(laid(f"The river\n\nRecorded on 3 May 2021 in Skerry{TALK}"), Facts())
    facts = {fact.kind: fact.span.of(interview.text) for block in interview.blocks for fact in block.facts}
    assert facts == {"date": "3 May 2021", "place": "Skerry"}
    said = " ".join(explain_metadata(interview))
    assert "date in line 3 (rule date-note): “3 May 2021”" in said
    assert "place in line 3 (rule place-note): “Skerry”" in said


@pytest.mark.parametrize(
    "text", ["Posted " * 20000, "3 May 2021, " * 9000, "A | " * 30000, "in Vell, " * 12000, "Interview: " * 9000]
)
def test_heads_of_any_size_are_read_in_little_work(text: str) -> None:
    """A head that is one long line costs no more than a glance."""
    interview = laid(text)
    find_metadata(interview, Facts())  # loads the lexicons
    assert steps(lambda: find_metadata(interview, Facts())) < 150_000


@pytest.mark.parametrize("word", ["A" * 200_000, "_A" * 100_000, "Aa" * 100_000])
def test_a_word_of_any_length_is_read_once(word: str) -> None:
    """A pattern for names begins at the start of a word only, else this takes many minutes (`steps` sees no patterns)."""
    assert Head(laid(f"The river\n\nIn the rain {word} on the quay.\n\n{TALK}")).outlet() is None


def test_a_name_begins_where_its_word_begins() -> None:
    """Of a word with capitals inside, the part from a capital on is no name beside a word for a publication."""
    assert "outlet" not in told("Recorded for x-Tarn radio on 3 May 2021")
    assert told("Recorded for Tarn radio on 3 May 2021")["outlet"] == "Tarn"


PEOPLE = [
    "Pacheco", "Raymonde", "Raimundo", "Emily Post", "Anna Welt", "Lena Record", "Sam Leader", "Marta Pacheco",
]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_who_asks_under_a_persons_name_is_no_outlet(name: str) -> None:
    """Surnames end like words for newspapers, and are such words after a given name: neither is a publication."""
    talk = f"{name}: When was it?\n\nBERG: In the spring.\n\n{name}: Why?\n\nBERG: Nobody knows.\n"
    record = speakers.run(find_metadata(laid(f"The river\n\n{talk}"), Facts()), Facts())
    assert record.outlet is None
    assert "organization" not in {speaker.kind for speaker in record.speakers}


@pytest.mark.parametrize(
    "name", ["Citynews", "Talbote", "Kulturfunk", "Vell Courier", "Tarn Post", "Radio Kellan", "Tal-Echo"]
)
def test_who_asks_under_a_publications_name_is_the_outlet(name: str) -> None:
    """Compounds of languages that have them, and words for a publication at either end, are still outlets."""
    talk = f"{name}: When was it?\n\nBERG: In the spring.\n\n{name}: Why?\n\nBERG: Nobody knows.\n"
    assert find_metadata(laid(f"The river\n\n{talk}"), Facts()).outlet == name


@pytest.mark.parametrize("name", ["Marta Pacheco", "Emily Post", "Zelka Raymonde", "Anna Maria Post"])
def test_a_name_beside_a_bar_is_the_authors(name: str) -> None:
    """Not an outlet's, though its surname reads like one, or questions are printed under it; a bar in the line above is not beside it."""
    assert told(f"{name} | 3 May 2021") == {"date": "2021-05-03", "published": "2021-05-03"}
    asked = (
        f"The river\n\n{name} | 3 May 2021\n\n{name}: Why?\n\nBERG: Nobody knows.\n\n{name}: When?\n\nBERG: Later.\n"
    )
    assert find_metadata(laid(asked), Facts()).outlet is None
    above = f"a |\n{name}, 3 May 2021"
    assert "person" not in {item.kind for item in dated_line(above, 4, len(above))}


@pytest.mark.parametrize(
    "day",
    ["31 February 2021", "February 31, 2021", "31. Februar 2021", "31. 02. 2021", "31.02.2021", "2021.02.31", "2021年2月31日", "2021-02-31"],
)  # fmt: skip
def test_of_a_date_that_cannot_be_the_year_is_not_taken(day: str) -> None:
    """Which part of an impossible date is wrong nobody knows: it dates nothing, not even by its year."""
    assert "date" not in told(f"Recorded on {day}")
    assert told("Recorded in summer 2021") == {"date": "2021"}


def test_a_field_is_the_title_where_no_line_is() -> None:
    """`title: …` among the fields of a head is the title; a title printed above them is left alone."""
    fields = "title: The quay in the rain\nrecorded: 3 May 2021\nplace: Skerry"
    assert find_metadata(laid(fields + TALK), Facts()).title == "The quay in the rain"
    assert find_metadata(laid("Rain\n\n" + fields + TALK), Facts()).title == "Rain"
