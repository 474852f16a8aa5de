"""Names: taken apart, folded, compared, indexed, found in text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.lexicons import LANGUAGES
from onrecord.names import (
    NameIndex,
    TitleIndex,
    find_names,
    fold,
    has_invisible,
    mixed_scripts,
    parse_name,
    same_name,
    skeleton,
    titled,
    words_for,
)
from onrecord.names.case import in_title_case
from onrecord.names.match import clearly_different, spelt
from tests.work import steps

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


@pytest.mark.parametrize(
    ("text", "given_names", "family", "titles"),
    [
        ("Neal Brandt", ("Neal",), ("Brandt",), ()),
        ("Mr. Neal Brandt", ("Neal",), ("Brandt",), ("Mr.",)),
        ("Vice President Lena Marsh", ("Lena",), ("Marsh",), ("Vice", "President")),
        ("Ludwig van der Aa", ("Ludwig",), ("van", "der", "Aa"), ()),
        ("van der Aa", (), ("van", "der", "Aa"), ()),
        ("Brandt, Neal", ("Neal",), ("Brandt",), ()),
        ("BRANDT Neal", ("Neal",), ("BRANDT",), ()),
        ("Ольховская Марина Петровна", ("Марина", "Петровна"), ("Ольховская",), ()),
        ("NealBrandt", ("Neal",), ("Brandt",), ()),
        ("McIlvane", (), ("McIlvane",), ()),
        ("Ahmet Bey", ("Ahmet",), (), ("Bey",)),
        ("Sir Hugh", ("Hugh",), (), ("Sir",)),
        ("J.D. Moss", ("J.D.",), ("Moss",), ()),
        ("周听雪", ("听雪",), ("周",), ()),
        ("", (), (), ()),
    ],
)
def test_a_name_is_taken_apart(
    text: str, given_names: tuple[str, ...], family: tuple[str, ...], titles: tuple[str, ...]
) -> None:
    """Given names, surname and titles are found in every order in which they are printed."""
    name = parse_name(text)
    assert (name.given, name.family, name.titles) == (given_names, family, titles)


def test_gender_comes_from_titles_only() -> None:
    """A title states a gender; a given name never does."""
    assert parse_name("Mrs. Holub").gender == "f"
    assert parse_name("Herr Kessel", "de").gender == "m"
    assert parse_name("Anna Holub").gender is None


@pytest.mark.parametrize(
    ("a", "b", "verdict", "rule"),
    [
        ("Neal Brandt", "NEAL BRANDT", "same", "case"),
        ("Zoë Háyek", "Zoe Hayek", "same", "diacritics"),
        ("Olim Vedaşyan", "Olim Vedashyan", "same", "transliteration"),
        ("Тарасов", "Tarasov", "same", "diacritics"),
        ("Jörg Müller", "Joerg Mueller", "same", "transliteration"),
        ("Taras Dobrovolsky", "Taras Dobrovolskyi", "same", "romanization"),
        ("Maria Teresa Lund", "Maria Lund", "same", "middle-name"),
        ("Rafael Kuznik", "Kuznik Rafael", "same", "name-order"),
        ("Bob Quill", "Robert Quill", "same", "nickname"),
        ("J. Farrell", "Jane Farrell", "compatible", "initials"),
        ("Farrell", "Jane Farrell", "compatible", "surname"),
        ("Jane", "Jane Farrell", "compatible", "given-name"),
        ("JvE", "Jonas van Eklund", "compatible", "initialism"),
        ("Bergstorm", "Bergstrom", "compatible", "typo"),
        ("Jane Farrell", "John Farrell", "different", "names-differ"),
        ("Meyer", "Maier", "different", "names-differ"),
        ("John Paul", "Paul John", "different", "names-differ"),
        ("Mr. Holub", "Mrs. Holub", "different", "gender"),
        ("Amos Treadwell Jr.", "Amos Treadwell Sr.", "different", "generation"),
        ("周听雪", "州听雪", "different", "names-differ"),
    ],
)
def test_two_names_are_compared_by_a_named_rule(a: str, b: str, verdict: str, rule: str) -> None:
    """Each way in which one name is printed twice has a rule, and different names have none."""
    match = same_name(a, b)
    assert (match.verdict, match.rule) == (verdict, rule)


@given(TEXTS, TEXTS)
def test_comparing_is_symmetric(a: str, b: str) -> None:
    """It does not matter which of two names comes first."""
    assert same_name(a, b) == same_name(b, a)


@given(TEXTS)
def test_a_name_is_itself(text: str) -> None:
    """A text that has parts of a name is the same name as itself."""
    if parse_name(text).key:
        assert same_name(text, text).verdict == "same"


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Folding and skeletons are stable."""
    assert fold(fold(text)) == fold(text)
    assert skeleton(text) == skeleton(text)


def test_look_alikes_and_invisible_characters_are_seen() -> None:
    """A Cyrillic letter in a Latin word and a zero-width space are noticed, and the name still found."""
    assert mixed_scripts("Cооperman") == ("Cооperman",)
    assert mixed_scripts("Юрий Тарасов") == ()
    assert has_invisible("Aag\u200baard")
    assert same_name("Cооperman", "Cooperman").verdict == "same"
    assert same_name("Aag\u200baard", "Aagaard").verdict == "same"


def test_the_index_resolves_only_what_is_unambiguous() -> None:
    """A surname two people share resolves to nobody; a full name, an initial or a rarer surname does."""
    index: NameIndex[str] = NameIndex("en")
    for key, name in (("j", "John Farrell"), ("a", "Anna Farrell"), ("v", "Vida Koren")):
        index.add(key, name)
    assert index.resolve("Farrell") is None
    assert {candidate.key for candidate in index.lookup("Farrell")} == {"j", "a"}
    for name, key in (("Anna Farrell", "a"), ("J. Farrell", "j"), ("Koren", "v"), ("Vida", "v"), ("VK", "v")):
        found = index.resolve(name)
        assert found is not None
        assert found.key == key


def test_the_index_takes_near_linear_time() -> None:
    """Ten times as many names take about ten times the work."""

    def fill(count: int) -> None:
        index: NameIndex[int] = NameIndex("en")
        for number in range(count):
            index.add(number, f"Anna{number % 97} Farrell{number}")
        for number in range(count):
            index.lookup(f"Farrell{number}")

    fill(10)  # loads the lexicons
    small = steps(lambda: fill(200))  # first, so that no cache is warm for it
    assert steps(lambda: fill(2000)) < 12 * small


def test_people_of_one_given_name_are_not_compared_with_one_another() -> None:
    """Full names that share a given name alone are looked up without comparing them, up to a typo or an initial."""
    surnames = [f"{a}{b}k" for a in "BDFGKLMNPRST" for b in ("al", "er", "on", "il")]
    index: NameIndex[str] = NameIndex("en")

    def look(given: str) -> None:
        for surname in surnames:
            index.lookup(f"{given} {surname}")

    for surname in surnames:
        index.add(surname, f"Ada {surname}")
    look("Bruno")
    assert steps(lambda: look("Ada")) < 3 * steps(lambda: look("Carla"))
    for near in ("Ada Balk", "Ada B.", "Ada", "Ada Quirin Balk", "Balk Ada"):
        assert "Balk" in {candidate.key for candidate in index.lookup(near)}
    index.add("typo", "Ada Morrissey")
    index.add("letter", "Ada R.")
    assert index.lookup("Ada Morissey")[0].key == "typo"
    assert "letter" in {candidate.key for candidate in index.lookup("Ada Rosk")}


_WORDS = st.sampled_from(
    "Ada Aada Anna A. J.D. Roe Roé Rowe Rowes Lind Lindt Ludwig Meyer Meier Müller Mueller Zelenskyy Zelensky van de "
    "del Ortega Luna Berg-Lind Jr. Sr. Bob Robert Иван Ivan Ли Li O’Malley Omalley King Nguyễn 王 x".split()
)
_NAMES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)


@given(_NAMES, _NAMES)
@settings(max_examples=600)
def test_what_is_clearly_different_is_different(a: str, b: str) -> None:
    """Names that are told apart by their words alone, without being compared, are different by every rule."""
    left, right = parse_name(a, "en"), parse_name(b, "en")
    if clearly_different(spelt(left), spelt(right)):
        assert same_name(left, right).verdict == "different"


def test_most_people_of_one_given_name_are_clearly_different() -> None:
    """Full names with other surnames are told apart without comparing them; a typo or a letter has to be looked at."""
    ada = spelt(parse_name("Ada Morrissey"))
    assert clearly_different(ada, spelt(parse_name("Ada Morgan")))
    for near in ("Ada Morissey", "Ada M.", "Morrissey", "Ada Quirin Morrissey", "Morrissey Ada"):
        assert not clearly_different(ada, spelt(parse_name(near)))


def test_a_title_is_looked_up_without_asking_everybody_who_has_it() -> None:
    """Of a thousand ministers, each of another place, the one of a place is found in the work of a few."""

    def ask(count: int) -> int:
        titles: TitleIndex[int] = TitleIndex("en")
        for number in range(count):
            titles.add(number, f"{chr(0x4E00 + number)}ia Minister")
        found = titles.resolve(f"the {chr(0x4E00)}ia minister")
        assert found is not None
        assert found.key == 0
        return steps(lambda: titles.resolve(f"the {chr(0x4E00 + count - 1)}ia minister"))

    assert ask(1_000) <= ask(10) + 50


def test_descriptions_mean_the_one_person_with_the_title() -> None:
    """`The president` is the one president introduced, never the vice president, and nobody if there are two."""
    titles: TitleIndex[str] = TitleIndex("en")
    titles.add("veda", "Aranian President")
    titles.add("kolt", "deputy prime minister", "Zembria")
    for phrase, key in (
        ("the president", "veda"),
        ("The Aranian president", "veda"),
        ("the Zembrian deputy prime minister", "kolt"),
    ):
        found = titles.resolve(phrase)
        assert found is not None
        assert found.key == key
    for phrase in ("the vice president", "the Zembrian president", "the prime minister", "the baker"):
        assert titles.resolve(phrase) is None
    titles.add("other", "President")
    assert titles.resolve("the president") is None


def test_what_stands_alone_behind_sir_is_a_given_name() -> None:
    """A title found before a name in running text is read as it is in a name: Sir Hugh is Hugh Calder, no Mr. Hugh."""
    assert titled(parse_name("Hugh"), "Sir", "en") == replace(parse_name("Sir Hugh", "en"), text="Hugh")
    assert titled(parse_name("Calder"), "Mr.", "en").family == ("Calder",)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "But Aranian President Olim Veda met Ann Lee.", [("Olim Veda", "person"), ("Ann Lee", "person")]),
        (
            "en",
            "We saw Sen. Calder. He left Marl University.",
            [("Calder", "person"), ("Marl University", "organization")],
        ),
        ("en", "Secretary of State Hilda Crane spoke.", [("Hilda Crane", "person")]),
        (
            "en",
            "The Aranian border runs through Virginia Beach.",
            [("Aranian", "unknown"), ("Virginia Beach", "place")],
        ),
        ("en", "analyst Mir Tolan agreed", [("Mir Tolan", "person")]),
        ("en", "Then Mrs Calder saw Lord Marl.", [("Calder", "person"), ("Marl", "person")]),
        ("de", "Die Biologin Wiebke Aden sah das Moor.", [("Wiebke Aden", "person")]),
        ("en", "Lord Street runs to Lord Marl.", [("Street", "place"), ("Marl", "person")]),
        (
            "en",
            "Mr King met Mrs. Bishop and Mr. President.",
            [("King", "person"), ("Bishop", "person"), ("Mr. President", "title")],
        ),
        (
            "de",
            "Frau Ministerin, sagte Herr Anwalt Aden. Da schwieg Frau Ärztin Voss.",
            [("Frau Ministerin", "title"), ("Aden", "person"), ("Voss", "person")],
        ),
        ("fr", "Selon le président Armand Delorme, oui.", [("Armand Delorme", "person")]),
        ("tr", "Cumhurbaşkanı Mesut Saz'ın sözleri.", [("Mesut Saz", "person")]),
        ("en", "", []),
    ],
)
def test_names_are_found_in_text(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    """Names are found without titles, with what their own words say of their kind."""
    assert [(text[hit.start : hit.end], hit.kind) for hit in find_names(text, language)] == expected


@given(TEXTS, st.sampled_from((*LANGUAGES, None)))
@settings(max_examples=150)
def test_found_names_are_ordered_and_inside_the_text(text: str, language: str | None) -> None:
    """On any text, hits are in order, disjoint and not empty, and a title stands before its name."""
    position = 0
    for hit in find_names(text, language):
        assert position <= hit.outer <= hit.start < hit.end <= len(text)
        position = hit.end


@pytest.mark.parametrize("piece", ["A ", "Mr. ", "A. ", "Ab-", "É’s ", "Van de ", "(A, B) ", "of Of "])
def test_finding_names_is_linear(piece: str) -> None:
    """Four times the text takes about four times the work, also where everything looks like a name."""
    find_names(piece, "en")  # loads the lexicons
    small, large = piece * 1_000, piece * 4_000
    assert steps(lambda: find_names(large, "en")) < 6 * steps(lambda: find_names(small, "en"))


@pytest.mark.parametrize(
    ("printed", "language", "shown"),
    [
        ("NEAL BRANDT", "en", "Neal Brandt"),
        ("O'SHANE", "en", "O'Shane"),
        ("MCTAVISH", "en", "McTavish"),
        ("LUDWIG VAN DER AA", "en", "Ludwig van der Aa"),
        ("FERİDE IŞIK", "tr", "Feride Işık"),
        ("AJ", "en", "AJ"),
        ("Neal Brandt", "en", "Neal Brandt"),
        ("J. D. MOSS III", "en", "J. D. Moss III"),
    ],
)
def test_capitals_are_undone_as_a_reader_expects(printed: str, language: str, shown: str) -> None:
    """Names in capitals get the case of their language; others stay as they are."""
    assert in_title_case(printed, language) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_words_the_rules_need(language: str) -> None:
    """No language lacks titles, honorifics, sides, unknown voices, roles or given names."""
    words = words_for(language)
    for value in (
        words.titles, words.honorifics, words.question_side, words.answer_side, words.unidentified, words.voices,
        words.groups, words.roles, words.given, words.person_nouns, words.organization_words, words.not_names,
    ):  # fmt: skip
        assert value


def test_roles_of_the_lexicons_are_roles_of_the_record() -> None:
    """Every role a lexicon names is one the schema knows, or none."""
    from typing import get_args

    from onrecord.schema.interview import SpeakerRole

    known = {*get_args(SpeakerRole), ""}
    assert set(words_for(None).roles.values()) <= known


def test_what_an_office_is_for_is_no_name() -> None:
    """Behind an office in German, an article begins what it is the office of, and nobody's name."""
    text = "Die Fraktionsvorsitzende der Bürgerunion, Anke Voss, kam. Der Sprecher der Reederei sprach."
    assert [text[hit.start : hit.end] for hit in find_names(text, "de") if hit.kind != "title"] == ["Anke Voss"]
