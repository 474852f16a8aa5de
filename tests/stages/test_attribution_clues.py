"""What a text says of people beside their names: descriptions, genders, and whom a quotation speaks to."""

from __future__ import annotations

import pytest

from onrecord.stages.attribution.clues import addresses, described, gender_after
from onrecord.stages.attribution.words import source_words
from tests.stages.test_attribution import names, resolved, rules
from tests.work import steps

TALK = "“Is it yours?” said Ann Roe.\n\n“It was,” said Ben Lund.\n\n“Since when?”\n\n“Since May.”\n\n"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The old gardener sat down. A rose fell.", [("The old gardener", None)]),
        ("en", "It rained.\nA woman laughed. He saw the boy.", [("A woman", "f")]),
        ("de", "Es regnete. Die junge Ärztin kam herein.", [("Die junge Ärztin", "f")]),
        ("fr", "Il pleuvait. L’homme posa la pendule.", [("L’homme", "m")]),
        ("ru", "Шёл дождь. Отец не поверил.", [("Отец", "m")]),
        ("en", "The river rose. The bridge held.", []),
    ],
)
def test_subjects_that_are_described(language: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    """A noun for a person at the head of a sentence describes somebody, with the gender the noun gives."""
    found = [(text[one.start : one.end], one.gender) for one in described(text, language)]
    assert found == expected


@pytest.mark.parametrize(
    ("clause", "gender"),
    [
        (" lost his hat in May.", "m"),
        (" says she never sang.", "f"),
        (" painted her own boat.", "f"),
        (" asked her about the boat.", None),
        (" met him there.", None),
        (" and Ben Lund lost his hat.", None),
        (" sang. He left.", None),
    ],
)
def test_gender_by_a_pronoun_of_the_same_clause(clause: str, gender: str | None) -> None:
    """A pronoun of the subject's own clause gives its gender; one that may be somebody else's does not."""
    text = "Ann" + clause
    assert gender_after(text, 3, len(text), source_words("en")) == gender


@pytest.mark.parametrize(
    ("language", "text", "gender"),
    [
        ("en", "Kim, an élite runner, lost her hat.", "f"),
        ("fr", "Dominique était sûr quand il parlait.", "m"),
        ("de", "Kim öffnete, bevor er ging.", "m"),
        ("de", "Kim sah Šárka, die er kannte.", None),
    ],
)
def test_letters_of_other_alphabets_are_small_or_capital(language: str, text: str, gender: str | None) -> None:
    """A small letter with an accent ends no clause, and a capital one begins another name."""
    start = text.index(" ") if "," not in text.split()[0] else text.index(",")
    assert gender_after(text, start, len(text), source_words(language)) == gender


@pytest.mark.parametrize(
    ("quotation", "name", "called"),
    [
        ("Well, Ann, what now?", "Ann", True),
        ("Come here, my dear Ann.", "Ann", True),
        ("Mr. Lund, sit down.", "Lund", True),
        ("I saw Ann yesterday.", "Ann", False),
        ("Ann said so.", "Ann", False),
    ],
)
def test_who_is_spoken_to(quotation: str, name: str, called: bool) -> None:
    """A name set apart by commas is how somebody is spoken to; one within the sentence is not."""
    assert addresses(quotation, 0, quotation.index(name), len(quotation)) is called


def test_a_sentence_that_goes_on_after_its_tag_has_one_speaker() -> None:
    """A quotation in the sentence of the tag before it is said by whoever is named there."""
    text = "Ben Lund waited. “I knew it,” said Ann Roe, smiling – “and so did everybody in the harbour town.”"
    found = resolved(text)
    assert set(names(found)) == {"Ann Roe"}
    assert rules(found)[-1] == "name"


def test_somebody_described_may_be_meant_by_a_pronoun() -> None:
    """He after a sentence about the gardener is the gardener, although the text never names him."""
    found = resolved("Ann Roe lost her way. The gardener put down his rake. “This way,” he said.")
    assert names(found) == ["The gardener"]


def test_nobody_says_what_is_said_to_them_by_name() -> None:
    """Who is spoken to by name is not the one who speaks, however near the name."""
    found = resolved("Ben Lund looked up. Then Ann Roe came in. “Good morning, Ann,” he said.")
    assert names(found) == ["Ben Lund"]


def test_who_was_spoken_to_answers() -> None:
    """In a dialogue, the one spoken to by name says the next quotation."""
    text = TALK + "Cora Bell came in.\n\n“And you, Cora, when did you come?” said Ann Roe.\n\n“Just now.”\n\n"
    found = resolved(text)
    assert names(found)[-1] == "Cora Bell"
    assert rules(found)[-1] == "was-addressed"


def test_a_word_that_opens_a_sentence_is_nobody() -> None:
    """A word with a capital only at the head of sentences is not taken for the one quoted beside it."""
    found = resolved("Outside it was cold. “Nobody has crossed that bridge since the flood.” Inside it was warm.")
    assert names(found) == [None]


def test_reading_people_takes_linear_time() -> None:
    """Twice the text takes twice the work, also where every sentence opens with a description."""
    piece = "The old man saw his dog. “Well, Ann, what now?” he said.\n\n"
    steps(lambda: resolved(piece * 2))
    small, large = steps(lambda: resolved(piece * 60)), steps(lambda: resolved(piece * 240))
    assert large <= 4.6 * small


def test_mr_and_mrs_are_two_people() -> None:
    """A title tells two bearers of one surname apart, and says which of them a pronoun can be."""
    found = resolved(
        "Mrs. Lund came down. “It is cold,” she said. Mr. Lund followed. “It is warm,” he said. “Sit,” said Mrs. Lund."
    )
    one, other, third = (quote.speaker for quote in found.quotes)
    assert one == third != other


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Игорь Манцев открыл мост. По словам Манцева, опоры готовы. Он уехал.", "Игорь Манцев"),
        ("Анна Крутова открыла мост. «Опоры готовы», — сказала Крутова.", "Анна Крутова"),
    ],
)
def test_a_surname_in_another_case_is_whoever_is_known(text: str, speaker: str) -> None:
    """Манцева is Игорь Манцев where he is the one known; Крутова stays a woman."""
    assert names(resolved(text, language="ru"))[0] == speaker


def test_what_a_bridge_spans_is_nobody() -> None:
    """A name behind a preposition is not taken for the one a pronoun stands for."""
    found = resolved("The bridge over Solva was closed. Ben Lund had built it. “It will open,” he said.")
    assert names(found) == ["Ben Lund"]


def test_surnames_are_read_where_nouns_have_capitals() -> None:
    """In German a surname alone is no name by its form; whoever bears it is still the one `er` stands for."""
    found = resolved(
        "Bürgermeister Frank Thole traf Uwe Harms. „Nein“, sagte Uwe Harms. Thole widersprach. „Doch“, sagte er.",
        language="de",
    )
    assert names(found) == ["Uwe Harms", "Frank Thole"]


def test_a_name_that_qualifies_is_no_subject() -> None:
    """Of a noun at the head of a sentence, the name behind it only says which one it is."""
    text = "Городскую библиотеку Зареченска закроют. Об этом сообщила Полина Гремина. «Крыша течёт», — объяснила она."
    assert names(resolved(text, language="ru"))[-1] == "Полина Гремина"


def test_a_relative_clause_gives_gender() -> None:
    """Who lost his wife is a man, so that `she` is somebody else."""
    found = resolved("“No,” said Paul Ings, who lost his wife. His sister-in-law agreed. “Never,” she said.")
    assert names(found) == ["Paul Ings", "His sister-in-law"]


def test_a_word_that_opens_a_paragraph_is_no_name_for_it() -> None:
    """A headline ends without a full stop; the word behind it has its capital all the same from its place."""
    text = "Библиотеку закрывают\n\nГородскую крышу чинит Полина Гремина. «Течёт», — объяснила она."
    assert names(resolved(text, language="ru")) == ["Полина Гремина"]


def test_i_outside_a_turn_is_the_narrator_in_french() -> None:
    """J’ai dit is said by the narrator, also where the pronoun has lost its vowel."""
    found = resolved("J’ai dit que le pont était fermé.", language="fr")
    assert rules(found) == ["narrator"]


def test_reading_surnames_takes_linear_time() -> None:
    """Ten times the people named in a German text take ten times the work, however many surnames are looked for."""

    def text(count: int) -> str:
        letters = "abcdefghij"
        names = [f"Uwe L{''.join(letters[int(d)] for d in str(10_000 * count + n))}" for n in range(count)]
        return "".join(f"„Nein“, sagte {name}. Das Tor war zu. {name.split()[1]} schwieg.\n\n" for name in names)

    def work(count: int) -> int:
        said = text(count)
        return steps(lambda: resolved(said, language="de"))

    work(20)
    assert work(600) <= 5 * work(150)
