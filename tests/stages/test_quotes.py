"""Finding quotations: bounds, cue and source, in invented sentences, one phenomenon each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checks.quotes import CHECKS
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview, Origin, Quote, text_digest
from onrecord.stages.quotes import find_quotes
from onrecord.stages.quotes.grammar import grammar_of
from tests.stages.made import made
from tests.work import steps


def bare(text: str, language: str = "en") -> Interview:
    """A record with nothing but its text."""
    origin = Origin(
        path="t.txt", sha256=text_digest(text), bytes=0, media_type="text/plain", encoding="utf-8", newline="lf",
        reader="plain", reader_version="1",
    )  # fmt: skip
    return Interview(id="t/t", language=language, text=text, text_sha256=text_digest(text), origin=origin)


def found(text: str, language: str = "en") -> list[tuple[Any, ...]]:
    """Kind, contents, cue and source of what is found."""
    interview = find_quotes(bare(text, language), Facts())
    return [_shown(quote, text) for quote in interview.quotes]


def _shown(quote: Quote, text: str) -> tuple[Any, ...]:
    source = quote.source[0].of(text) if quote.source else None
    return quote.kind, [span.of(text) for span in quote.content], quote.cue and quote.cue.of(text), source


CASES: list[tuple[str, str, str, list[tuple[Any, ...]]]] = [
    ("tag after", "en", "“The tide is late,” Orla Finch said.",
     [("direct", ["The tide is late,"], "said", "Orla Finch")]),
    ("tag inverted, with apposition", "en", "“The tide is late,” said Orla Finch, a pilot.",
     [("direct", ["The tide is late,"], "said", "Orla Finch, a pilot")]),
    ("split over a full stop", "en", "“The tide is late,” she said. “It will come.”",
     [("direct", ["The tide is late,", "It will come."], "said", "she")]),
    ("split within a sentence", "en", "“The tide,” she said, “will come.”",
     [("direct", ["The tide,", "will come."], "said", "she")]),
    ("split around a long tag", "en", "“If it floods,” Finch told the harbour board at noon, “we will swim.”",
     [("direct", ["If it floods,", "we will swim."], "told", "Finch")]),
    ("before the quotation", "en", "Finch told the board: “The tide is late.”",
     [("direct", ["The tide is late."], "told", "Finch")]),
    ("question before its tag", "en", "“Is it late?” Finch asked.",
     [("direct", ["Is it late?"], "asked", "Finch")]),
    ("a topic is the writer's", "en", "As for the tide, “it will come when it wants,” said Mr. Finch.",
     [("direct", ["it will come when it wants,"], "said", "Mr. Finch")]),
    ("mixed: the clause, not the marks", "en", "The mayor called the plan “a gift to the gulls”.",
     [("mixed", ["the plan “a gift to the gulls”"], "called", "The mayor")]),
    ("mixed ends before when it was said", "en", "Finch called the wall a “joke” on Monday.",
     [("mixed", ["the wall a “joke”"], "called", "Finch")]),
    ("mixed with a clause", "en", "Finch said that the harbour was “older than the sea” and unpaid.",
     [("mixed", ["that the harbour was “older than the sea” and unpaid"], "said", "Finch")]),
    ("that-clause", "en", "The pilot said that the ferry would sink.",
     [("indirect", ["that the ferry would sink"], "said", "The pilot")]),
    ("no complementizer", "en", "Officials said the ferry would sink on Monday.",
     [("indirect", ["the ferry would sink on Monday"], "said", "Officials")]),
    ("time between verb and clause", "en", "Finch said on Monday that the ferry would sink.",
     [("indirect", ["that the ferry would sink"], "said", "Finch")]),
    ("postposed", "en", "The ferry would sink, the minister said.",
     [("indirect", ["The ferry would sink"], "said", "the minister")]),
    ("tag in the middle", "en", "If it rains, she said, the ferry will sink.",
     [("indirect", ["If it rains", "the ferry will sink"], "said", "she")]),
    ("infinitive", "en", "The board promised to pay for the wall.",
     [("indirect", ["to pay for the wall"], "promised", "The board")]),
    ("according to, last", "en", "The ferry sank twice, according to the harbour log.",
     [("indirect", ["The ferry sank twice"], "according to", "the harbour log")]),
    ("according to, first", "en", "According to Finch, the ferry sank twice.",
     [("indirect", ["the ferry sank twice"], "According to", "Finch")]),
    ("second verb, same source", "en", "Finch said the ferry was late and added that it would sink.",
     [("indirect", ["the ferry was late"], "said", "Finch"),
      ("indirect", ["that it would sink"], "added", "Finch")]),
    ("participle", "en", "Finch left the room, saying that the ferry would sink.",
     [("indirect", ["that the ferry would sink"], "saying", "Finch")]),
    ("noun with a clause", "en", "Few believed his claim that the ferry would sink.",
     [("indirect", ["that the ferry would sink"], "claim", "his")]),
    ("nobody is named", "en", "It was said that the ferry would sink.",
     [("indirect", ["that the ferry would sink"], "was said", None)]),
    ("apposition between commas", "en", "Finch, a retired pilot from Corl, said the ferry would sink.",
     [("indirect", ["the ferry would sink"], "said", "Finch, a retired pilot from Corl")]),
    ("a name after a description", "en", "The judge, Irma Voss, said the ferry would sink.",
     [("indirect", ["the ferry would sink"], "said", "The judge, Irma Voss")]),
    ("that and marks are the whole clause", "en", "Finch said, insisting that “the ferry is a boat.”",
     [("direct", ["the ferry is a boat."], "insisting", "Finch")]),
    ("that belongs to the clause of a finite verb", "en", "Finch insisted that “the ferry is a boat.”",
     [("mixed", ["that “the ferry is a boat.”"], "insisted", "Finch")]),
    ("colon before a new paragraph", "en", "Finch added:\n\n“The ferry is a boat.”",
     [("direct", ["The ferry is a boat."], "added", "Finch")]),
    ("headline with a name", "en", "Orla Finch: “The ferry is a boat”\n\nIt rained in Corl.",
     [("direct", ["The ferry is a boat"], ":", "Orla Finch")]),
    ("signed with a dash", "en", "“The ferry is a boat.” — Orla Finch",
     [("direct", ["The ferry is a boat."], "—", "Orla Finch")]),
    ("a verb nobody listed", "en", "“The ferry is a boat,” Finch harrumphed.",
     [("direct", ["The ferry is a boat,"], "harrumphed", "Finch")]),
    ("wants and believes are no speech", "en", "Finch wants the ferry to sink and believes that it will.", []),
    ("a title is a mention", "en", "The film “Ferry” is long.", [("mention", ["Ferry"], None, None)]),
    ("a scare quote is a mention", "en", "The harbour, finding itself “trapped,” silted up.",
     [("mention", ["trapped,"], None, None)]),
    ("German tag", "de", "„Das Wasser kommt“, sagte die Lotsin.",
     [("direct", ["Das Wasser kommt"], "sagte", "die Lotsin")]),
    ("German clause without dass", "de", "Der Lotse sagte, das Wasser komme.",
     [("indirect", ["das Wasser komme"], "sagte", "Der Lotse")]),
    ("German separable verb", "de", "Die Reederei teilte mit, dass die Fähre sinke.",
     [("indirect", ["dass die Fähre sinke"], "teilte", "Die Reederei")]),
    ("German so", "de", "Die Fähre sei zu alt, so Finck.",
     [("indirect", ["Die Fähre sei zu alt"], "so", "Finck")]),
    ("German nach Angaben", "de", "Nach Angaben der Reederei sank die Fähre.",
     [("indirect", ["sank die Fähre"], "Nach", "Angaben der Reederei")]),
    ("French tag with its subject", "fr", "« La mer monte », dit-elle.",
     [("direct", ["La mer monte"], "dit-elle", "elle")]),
    ("French tag between the marks", "fr", "« La mer monte, explique-t-elle. Rien à faire. »",
     [("direct", ["La mer monte", "Rien à faire."], "explique-t-elle", "elle")]),
    ("French que", "fr", "Le maire a affirmé que la digue tiendrait.",
     [("indirect", ["que la digue tiendrait"], "a affirmé", "Le maire")]),
    ("Spanish dash dialogue", "es", "—No lo sé —respondió Ana—. Me voy.",
     [("direct", ["No lo sé", "Me voy."], "respondió", "Ana")]),
    ("Spanish without a subject", "es", "Dijo que la barca no volvería.",
     [("indirect", ["que la barca no volvería"], "Dijo", None)]),
    ("Russian tag behind a dash", "ru", "«Паром утонет», — сказал лоцман.",
     [("direct", ["Паром утонет"], "сказал", "лоцман")]),
    ("Russian addressee before a colon", "ru", "Лоцман сказал ей: «Паром утонет».",
     [("direct", ["Паром утонет"], "сказал", "Лоцман")]),
    ("a clause before a colon is no addressee", "en", "Finch said the plan was simple: “no boats”.",
     [("mixed", ["the plan was simple: “no boats”"], "said", "Finch")]),
    ("a comma within the marks ends the clause", "en", "Finch said the wall was “a joke,” drawing laughter.",
     [("mixed", ["the wall was “a joke,”"], "said", "Finch")]),
    ("Turkish participle", "tr", "Kaptan, geminin battığını söyledi.",
     [("indirect", ["geminin battığını"], "söyledi", "Kaptan")]),
    ("Azerbaijani ki", "az", "Kapitan bildirib ki, gəmi batacaq.",
     [("indirect", ["ki, gəmi batacaq"], "bildirib", "Kapitan")]),
    ("Azerbaijani deyə", "az", "“Gəmi batacaq”, – deyə kapitan bildirib.",
     [("direct", ["Gəmi batacaq"], "bildirib", "kapitan")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"), [c[2:0:-1] + c[3:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_one_phenomenon(text: str, language: str, expected: list[tuple[Any, ...]]) -> None:
    """Each way to report speech gives its kind, its contents, its cue and its source."""
    assert found(text, language) == expected


def test_a_quotation_over_paragraphs_has_one_content_each() -> None:
    """Paragraphs that open again belong to one quotation."""
    [quote] = found("“We rowed all night.\n\n“We came home at dawn,” said Finch.")
    assert quote == ("direct", ["We rowed all night.", "We came home at dawn,"], "said", "Finch")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a mark nobody closed
            "Question: Did he say, “we never left the harbour?\n\nAnswer: “We never left. That is all.",
            [["we never left the harbour?"], ["We never left. That is all."]],
        ),
        (  # a split quotation, and a turn that is nothing but a quotation
            "Question: “It rained,” Finch said.\n\nAnswer: “It did not.”",
            [["It rained,"], ["It did not."]],
        ),
        (  # a reporting verb and a colon at the end
            "Question: Then Orla Finch said:\n\nAnswer: “Never.”",
            [["Never."]],
        ),
    ],
    ids=["open mark", "split", "colon"],
)
def test_no_quotation_goes_beyond_its_turn(text: str, expected: list[list[str]]) -> None:
    """What one voice leaves open the next one does not continue, and no source is taken from another's turn."""
    interview = find_quotes(made(text), Facts())
    assert [[span.of(text) for span in quote.content] for quote in interview.quotes] == expected
    assert interview.quotes[-1].source is None
    assert [quote.turn for quote in interview.quotes][-1] == interview.turns[-1].id
    assert [f for check in CHECKS for f in check(interview, Facts()) if f.level == "error"] == []


def test_a_headline_left_open_does_not_go_on_below() -> None:
    """A paragraph that opens with a mark is not the rest of a headline that lacks one."""
    text = "“We never left the harbour\n“We never left,” said Orla Finch."
    interview = find_quotes(made(text, labels=False), Facts())
    assert [len(quote.content) for quote in interview.quotes] == [1, 1]


def test_a_quotation_within_a_quotation_has_it_as_its_parent() -> None:
    """What somebody quotes within a quotation is a quotation of its own."""
    interview = find_quotes(bare("“My uncle said, ‘Go home,’ and I went,” said Finch."), Facts())
    outer, inner = interview.quotes
    assert inner.parent == outer.id
    assert inner.source is not None
    assert inner.source[0].of(interview.text) == "My uncle"


def test_writers_words_between_two_contents_are_not_within_the_quotation() -> None:
    """A report between the halves of a split quotation has no parent."""
    interview = find_quotes(bare("“It rained,” he said, adding that it stopped. “We rowed.”"), Facts())
    assert [quote.parent for quote in interview.quotes] == [None, None]


PIECES = [
    "“Go,”", "she said", "Finch said", "that it rained", "“", "”", "\n\n", ". ", ", ", "according to", "‘no’", "😀",
    "e\u0301", "\x00", "\r\n",
]  # fmt: skip
TEXTS = st.text(alphabet="“”\"'’‘«»—:,.?! \nabcSsaid", max_size=200) | st.lists(
    st.sampled_from(PIECES), max_size=30
).map(" ".join)


@given(TEXTS, st.sampled_from(["en", "de", "fr", "es", "ru", "tr", "az", "xx"]))
def test_every_pair_of_marks_belongs_to_a_quotation(text: str, language: str) -> None:
    """On any text: contents are not empty, ids differ, and no check of this subject finds an error."""
    interview = find_quotes(bare(text, language), Facts())
    assert all(len(span) for quote in interview.quotes for span in quote.content)
    assert len({quote.id for quote in interview.quotes}) == len(interview.quotes)
    errors = [f for check in CHECKS for f in check(interview, Facts()) if f.level == "error"]
    assert errors == []


@pytest.mark.parametrize(
    "unit",
    ['"', "“‘", "“ said ", "she said he, that ", "a, ", "“A,” he said. ", "und, er habe „x“ ", "( ", "— a, — said b. "],
)
def test_time_is_linear(unit: str) -> None:
    """A text of one strange thing, ten times as long, takes about ten times the work."""
    small, large = bare(unit * (3_000 // len(unit))), bare(unit * (30_000 // len(unit)))
    find_quotes(small, Facts())  # fills what is loaded once
    assert steps(lambda: find_quotes(large, Facts())) < 12 * steps(lambda: find_quotes(small, Facts()))


def test_ten_thousand_nested_marks_are_read() -> None:
    """Nesting has no limit and no recursion."""
    interview = find_quotes(bare("“" * 10_000 + "x" + "”" * 10_000), Facts())
    assert interview.quotes


@pytest.mark.parametrize("text", ["she said .  according to", "He said ... according to", "., she said"])
def test_punctuation_alone_is_no_quotation(text: str) -> None:
    """A verb of saying beside nothing but punctuation reports nothing."""
    assert find_quotes(bare(text), Facts()).quotes == ()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Osk noted that the ice is late this year, a small yet pointed reminder.",
            "that the ice is late this year, a small yet pointed reminder",
        ),
        ("Osk noted that the ice is late and pointed out that it is thin.", "that the ice is late"),
    ],
)
def test_a_weak_verb_is_a_second_report_only_with_its_second_word(text: str, content: str) -> None:
    """`yet pointed reminder` goes on with the clause; `and pointed out that` begins another report."""
    first = find_quotes(bare(text), Facts()).quotes[0]
    assert [span.of(text) for span in first.content] == [content]


WORDS = {
    language: [*sorted(grammar_of(language).bits), *"“x” “Rain,” Ann Orla . , : ; — ( ) ? …".split()]
    for language in ("en", "de", "fr", "es", "ru", "tr", "az")
}


@given(st.data(), st.sampled_from(sorted(WORDS)))
def test_no_row_of_the_lexicons_words_breaks_the_stage(data: st.DataObject, language: str) -> None:
    """Verbs of saying, conjunctions and marks in any order give quotations with something in every content."""
    row = data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=25))
    interview = find_quotes(bare(" ".join(row), language), Facts())
    assert all(len(span) for quote in interview.quotes for span in quote.content)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He called for not", "en"),
        ("She denied that", "en"),
        ("« — dit-il — »", "fr"),
        ("“Да,” некоторые слух чтобы", "ru"),
        ("“It leaks,” said Orr, when it rained,", "en"),
        ("„ ''X'' habe \" ? 2\" habe", "de"),
        (
            "On Monday, he complained bitterly about the dam, and complained about the mill where he saw fit. “No.”",
            "en",
        ),
        ("Warnen behaupten so neulich ( “a b,” dich doch", "de"),
        ("Fragt Leute — gefragt plädiere : einiger", "de"),
        ("«y» исключили поправили завтра похвастал судья Lee от зрителей вздыхали , утверждают", "ru"),
        ("Orla şərhçi kimi “x” dəqiqləşdirir birliyi Ann üç ekspert məhkəməsi mızıldandıq", "az"),
    ],
)
def test_a_report_that_breaks_off_is_read_to_its_end(text: str, language: str) -> None:
    """A bracket nobody closes, or a clause that ends where it begins, costs at most its own report."""
    interview = find_quotes(bare(text, language), Facts())
    assert all(len(span) for quote in interview.quotes for span in quote.content)
