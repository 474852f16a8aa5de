"""Markdown: which markup becomes which mark, and what is no markup."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read as record_of
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds


def read(text: str) -> Reading:
    """Read a text as Markdown."""
    return READERS["markdown"].read(text.encode(), Facts())


def words(text: str, kind: str) -> list[str]:
    """The characters of all marks of a kind."""
    return [covered for covered, _ in kinds(read(text), kind)]


@pytest.mark.parametrize(
    ("text", "bold", "italic"),
    [
        ("**Ada Quill:** Yes.", ["Ada Quill:"], []),
        ("**Ada Quill**: Yes.", ["Ada Quill"], []),
        ("**Ada:**Yes.", ["Ada:"], []),
        ("**Ada: **Yes.", ["Ada:"], []),
        ("__Ada:__ Yes.", ["Ada:"], []),
        ("**问：****你好**吗", ["问：", "你好"], []),
        ("*Ada:* Yes. _No._", [], ["Ada:", "No."]),
        ("***Both.***", ["Both."], ["**Both.**"]),
        ("**Bold *and italic* too.**", ["Bold *and italic* too."], ["and italic"]),
        ("_**Both.**_ **_too._**", ["Both.", "_too._"], ["**Both.**", "too."]),
        ("~~**Gone.**~~", ["Gone."], []),
        ("**Two\nlines.**", ["Two\nlines."], []),
        ("> **Quoted.**", ["Quoted."], []),
        ("- **Ada:** Yes.", ["Ada:"], []),
        ("| **Ada** | *Yes.* |\n|---|---|\n", ["Ada"], ["Yes."]),
        ("**Never closed.\n\nNext** one.", [], []),
        ("snake_case_word and 2 * 3 * 4", [], []),
        ("5*3*2 is thirty", [], []),
        (r"\*not\* \_this\_", [], []),
        ("`**code**` and ``a ` *b* c``", [], []),
        ("We were in Cl***** for weeks", [], []),
        ("(**Ada**)", ["Ada"], []),
        ("«**Ада**»", ["Ада"], []),
        ("**One** and **two** and **three**", ["One", "two", "three"], []),
        ("<b>Ada:</b> <em>Yes.</em>", ["Ada:"], ["Yes."]),
        ("** not bold ** either", [], []),
        ("****", [], []),
    ],
)
def test_emphasis_is_paired_as_readers_see_it(text: str, bold: list[str], italic: list[str]) -> None:
    """Bold and italics have marks over their words; other asterisks and underscores have none."""
    assert words(text, "bold") == bold
    assert words(text, "italic") == italic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One #\n", [("One", "1")]),
        ("###### Six\n", [("Six", "6")]),
        ("####### Seven\n", []),
        ("#hashtag\n", []),
        ("Title\n=====\n", [("Title", "1")]),
        ("Title\n-----\n", [("Title", "2")]),
        ("> ## Quoted\n", [("Quoted", "2")]),
        ("A paragraph\nof two lines\n---\n", []),
        ("- item\n---\n", []),
    ],
)
def test_headings_have_their_level(text: str, expected: list[tuple[str, str]]) -> None:
    """Headings with hashes or underlined ones carry their level; hashtags and rules are no headings."""
    assert kinds(read(text), "heading") == expected


@pytest.mark.parametrize("rule", ["***", "* * *", "---", "_ _ _", "- - - -", "   ***"])
def test_rules_are_separators(rule: str) -> None:
    """A line of three or more asterisks, dashes or underscores divides the text."""
    assert words(f"One.\n\n{rule}\n\nTwo.\n", "separator") == [rule.strip()]


def test_links_have_their_address_wherever_it_is_written() -> None:
    """Inline links, references, automatic links and bare addresses have the address as value."""
    text = "[a](https://x.example/b_(c) 'T') [d][E] [f][] <https://g.example> see http://h.example/i_j_k."
    text += "\n\n[e]: e.example\n[F]: <f>\n"
    assert kinds(read(text), "link") == [
        ("a", "https://x.example/b_(c)"),
        ("d", "e.example"),
        ("f", "f"),
        ("https://g.example", "https://g.example"),
        ("http://h.example/i_j_k", "http://h.example/i_j_k"),
    ]
    assert words(text, "hidden") == ["[e]: e.example", "[F]: <f>"]
    assert words(text, "italic") == []


def test_brackets_that_are_no_links_are_left_alone() -> None:
    """`[inaudible]` and `[00:12]` stand for themselves."""
    reading = read("**Ada:** So [inaudible 00:12:03] it was [laughs](not closed.\n")
    assert kinds(reading, "link") == []


def test_quotes_lists_definitions_tables_and_notes_are_marked_by_their_content() -> None:
    """Blocks have a mark over what they hold, without the markup at its ends."""
    assert kinds(read("> One\n> two\nlazy\n\nNo.\n"), "quote") == [("One\n> two\nlazy", None)]
    assert kinds(read(">> Deep\n"), "quote") == [("Deep", "2")]
    assert kinds(read("- a\n  b\n* c\n12) d\n"), "list-item") == [("a\n  b", "-"), ("c", "*"), ("d", "12)")]
    terms = read("Ada\n: Yes.\n: No.\n")
    assert (kinds(terms, "list-term"), kinds(terms, "list-definition")) == (
        [("Ada", None)],
        [("Yes.", None), ("No.", None)],
    )
    table = read("Who | Said\n--- | ---\nAda | a \\| b\n\nafter | all\n")
    assert kinds(table, "cell") == [("Who", None), ("Said", None), ("Ada", "Who"), ("a \\| b", "Said")]
    assert kinds(table, "table") == [("Who | Said\n--- | ---\nAda | a \\| b", None)]
    assert kinds(read("So[^n].\n\n[^n]: Not *so*.\n"), "footnote") == [("n", "^n"), ("Not *so*.", "n")]
    assert kinds(read("```\nlog\n```\nwords\n"), "code") == [("```\nlog\n```", None)]


def test_front_matter_states_facts_and_marks_every_value() -> None:
    """YAML at the top is read: what it states under our names, and where each value stands."""
    reading = read(
        "---\ntitle: 'It''s: so'\ndate: 2020-4-2 10:00\nlang: de\nguests:\n- name: Ada\n  role: host\n"
        "location: Sorrel\n---\nText.\n"
    )
    assert dict(reading.stated) == {"title": "It's: so", "date": "2020-04-02", "language": "de", "place": "Sorrel"}
    assert kinds(reading, "field") == [
        ("It''s: so", "title"),
        ("2020-4-2 10:00", "date"),
        ("de", "lang"),
        ("Ada", "guests.name"),
        ("host", "guests.role"),
        ("Sorrel", "location"),
    ]
    assert len(kinds(reading, "header")) == 1


def test_front_matter_in_toml_is_read() -> None:
    """TOML between plus signs is read pair by pair."""
    reading = read('+++\ntitle = "The lamp"\ndraft = false\n+++\nText.\n')
    assert dict(reading.stated) == {"title": "The lamp"}


def test_broken_front_matter_is_a_problem_and_read_line_by_line() -> None:
    """A colon too many in a title is common: it is said, and the simple lines are still read."""
    reading = read("---\ntitle: Talk: the lamp\ndate: 2020-04-02\n---\nText.\n")
    assert codes(reading) == ["malformed-markup"]
    assert dict(reading.stated) == {"title": "Talk: the lamp", "date": "2020-04-02"}


@pytest.mark.parametrize(
    "text", ["---\n\nAda said so.\n\n---\n\nAnd so.\n", "---\ntitle: never closed\n", "Text\n---\na: b\n---\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    """A text that begins with a separator, or never ends what it begins, has no front matter."""
    assert kinds(read(text), "header") == []


def test_anchors_in_front_matter_build_nothing() -> None:
    """Aliases in YAML are passed over, whatever they stand for."""
    reading = read("---\na: &x [1, 2]\nb: *x\ntitle: T\n---\n")
    assert [value for _, value in kinds(reading, "field")] == ["a", "a", "title"]


NAMES = st.sampled_from(["Ada Quill", "Бо", "李", "Zoë W.", "Q"])


@given(
    st.lists(
        st.tuples(NAMES, st.text("abc é,.?", min_size=1, max_size=20).map(str.strip).filter(bool)),
        min_size=1,
        max_size=5,
    )
)
def test_bold_labels_are_found_in_any_dialogue(turns: list[tuple[str, str]]) -> None:
    """A dialogue written with bold names has exactly these names in bold."""
    text = "\n\n".join(f"**{name}:** {said}" for name, said in turns)
    assert words(text, "bold") == [f"{name}:" for name, _ in turns]


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [
        ("2020-04-02", datetime.date(2020, 4, 2), "day"),
        ("2020-04", datetime.date(2020, 4, 1), "month"),
        ("2020", datetime.date(2020, 1, 1), "year"),
        ("2020-02-31", None, None),
        ("April 2020", None, None),
        ("03/04/2020", None, None),
    ],
)
def test_a_stated_date_is_as_precise_as_it_is_written(written: str, date: datetime.date | None, precision: str) -> None:
    """A month or year makes a date of that precision; a day that does not exist, or might be two days, makes none."""
    record = record_of(Source("x/y", "y.md", f"---\ndate: {written}\n---\n\nWords.\n".encode()))
    assert (record.date, record.date_precision) == (date, precision)
