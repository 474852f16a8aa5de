"""Forms of English news: long tags, openings, titles, and quotations that go on in the next sentence or paragraph."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stages.test_quotes import found

_OPENING = "The fair opened on Monday.\n\n"

FORMS: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("a film that shows something", "“It leaks,” Mr. Tarn said in a film that showed the deck. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "said", "Mr. Tarn")]),
    ("a verb with whom one told", "“It leaks,” Orrin Lott, who was mayor under Ann Vane, told clerks on a visit to "
     "Corl. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "told", "Orrin Lott, who was mayor under Ann Vane")]),
    ("a name behind a description", "“It leaks,” the pilot, Jon Marr, told a Corl paper. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "told", "the pilot, Jon Marr")]),
    ("the title of a programme", "“It leaks,” Finch told the television programme “Inside Line” after the trip. "
     "“It always did.”",
     [("direct", ["It leaks,", "It always did."], "told", "Finch"), ("mention", ["Inside Line"], None, None)]),
    ("the title of a book", "“It leaks,” said Orla Finch, the author of “The Long Deck.” “It always did.”",
     [("direct", ["It leaks,", "It always did."], "said", "Orla Finch, the author of “The Long Deck.”"),
      ("mention", ["The Long Deck."], None, None)]),
    ("a party and its state", "“It leaks,” Peter T. Kray, Republican of Ohio, said of the boat. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "said", "Peter T. Kray, Republican of Ohio")]),
    ("an abbreviation at the end", "“It leaks,” said Rachel Wold, of Corl, Fla. “It always did leak there.”",
     [("direct", ["It leaks,", "It always did leak there."], "said", "Rachel Wold")]),
    ("a sentence of its own behind", "“It leaks,” Mr. Orr said. “The deck is old, and so am I.” He said, twice, that "
     "he would go.",
     [("direct", ["It leaks,", "The deck is old, and so am I."], "said", "Mr. Orr"),
      ("indirect", ["that he would go"], "said", "He")]),
    ("a lone coordinator", "But, Mr. Rynd said, “the deck is a series of leaks.”",
     [("direct", ["the deck is a series of leaks."], "said", "Mr. Rynd")]),
    ("an opening of the writer's", "At the same time, the mayor added, “You saw the deck.”",
     [("direct", ["You saw the deck."], "added", "the mayor")]),
    ("a beginning of the content", "An old deck, he said, “could be a good thing to mend.”",
     [("mixed", ["An old deck", "“could be a good thing to mend.”"], "said", "he")]),
    ("to whom, with a comma", "Mr. Bolt told the Radio Nine host Matt Boyd, “The deck might as well be new.”",
     [("direct", ["The deck might as well be new."], "told", "Mr. Bolt")]),
    ("on what, with a colon", "Finch recalled her own first year: “It rained through the deck.”",
     [("direct", ["It rained through the deck."], "recalled", "Finch")]),
    ("a clause with a colon", "He said that it was simple: “You sink.”",
     [("mixed", ["that it was simple: “You sink.”"], "said", "He")]),
    ("what goes on in the next paragraph", "“It leaks,” Mr. Orr said.\n\n“It always did, and all of us on the pier "
     "knew that from the first day on, whatever the paper wrote.”",
     [("direct", ["It leaks,", "It always did, and all of us on the pier knew that from the first day on, whatever "
       "the paper wrote."], "said", "Mr. Orr")]),
    ("what the next paragraph opens again", "“It leaks,” Mr. Orr said. “The deck is old.\n\n“It always did.”",
     [("direct", ["It leaks,", "The deck is old.", "It always did."], "said", "Mr. Orr")]),
    ("an abbreviation before marks", "She put out a statement saying the U.K. “does not have the paint.”",
     [("mixed", ["the U.K. “does not have the paint.”"], "saying", "a statement")]),
    ("an aside before the verb", "Marr, when asked about the deck, replied that it “is right for a boat.”",
     [("mixed", ["that it “is right for a boat.”"], "replied", "Marr, when asked about the deck")]),
    ("an aside between two hyphens", "A former pilot -- Jon Marr, who lost his boat -- said the deck “offered no "
     "cover.”",
     [("mixed", ["the deck “offered no cover.”"], "said", "A former pilot -- Jon Marr, who lost his boat --")]),
    ("a noun and a form of be", "The pilot’s answer was that “a deck is a deck.”",
     [("mixed", ["that “a deck is a deck.”"], "answer was", "The pilot’s")]),
    ("but and a quotation", "Greene said he had seen the deck, but “the holes were for the rain to go through.”",
     [("mixed", ["he had seen the deck, but “the holes were for the rain to go through.”"], "said", "Greene")]),
    ("an infinitive behind a place", "Sann promised on Sunday at a Corl fair to end “the wasteful painting of the "
     "deck.”",
     [("mixed", ["to end “the wasteful painting of the deck.”"], "promised", "Sann")]),
    ("a clause about its subject", "He argued the deck, which is older than the town, “wouldn't hold a cat” without "
     "new boards.",
     [("mixed", ["the deck, which is older than the town, “wouldn't hold a cat” without new boards"], "argued", "He")]),
    ("a coordinated verb without its subject", "One of the crew lives in Corl and wrote in an email to the paper "
     "that the deck was “worse in the year of the rain.”",
     [("mixed", ["that the deck was “worse in the year of the rain.”"], "wrote", None)]),
    ("and another participle", "Lott praised the deck, telling a paper it was “sound” and calling the pier “rotten.”",
     [("indirect", ["the deck"], "praised", "Lott"),
      ("mixed", ["it was “sound”"], "telling", "Lott"),
      ("mixed", ["the pier “rotten.”"], "calling", "Lott")]),
    ("a relative clause behind the marks", "He said the deck was “not there yet” in May, which led to a quarrel.",
     [("mixed", ["the deck was “not there yet” in May"], "said", "He")]),
    ("a verb behind the marks", "He said the deck was “not there yet” and walked to the pier.",
     [("mixed", ["the deck was “not there yet”"], "said", "He")]),
    ("a participle behind the marks", "He said the deck was “not there yet” in May, leaving the crew without a boat.",
     [("mixed", ["the deck was “not there yet” in May"], "said", "He")]),
    ("what goes on behind an opening", "“It leaks,” he said. But “the crew is fine.”",
     [("mixed", ["“It leaks,”", "But “the crew is fine.”"], "said", "he")]),
    ("a long aside in a tag", "“It leaks,” Orr, after a long pause, said of the deck. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "said", "Orr, after a long pause")]),
    ("an unknown apposition", "“It leaks,” Will M. Dale, Mayor Vane's former chief of staff, said of their days at "
     "sea. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "said", "Will M. Dale, Mayor Vane's former chief of staff")]),
    ("a passive tag", "“It leaks,” Brann is quoted as saying. “It always did.”",
     [("direct", ["It leaks,", "It always did."], "is quoted", "Brann")]),
    ("a question to somebody", "“Does it leak?” Orr asked the Corl crew. “What does it say about us?”",
     [("direct", ["Does it leak?", "What does it say about us?"], "asked", "Orr")]),
    ("a topic behind a tag", "“It leaks,” Kray said, asked about the deck in an interview. “Why should I be "
     "surprised?”",
     [("direct", ["It leaks,", "Why should I be surprised?"], "said", "Kray")]),
    ("two pairs of marks closed at once", "''I call it 'old deck,''' said Greg Slann, who runs it. ''It leaks.''",
     [("direct", ["I call it 'old deck,'", "It leaks."], "said", "Greg Slann, who runs it"),
      ("mixed", ["it 'old deck,'"], "call", "I")]),
    ("a date before the channel", "“It is the best!” Donn wrote in a June 16, 2012 email to the crew. “Thanks for "
     "the deck.”",
     [("direct", ["It is the best!", "Thanks for the deck."], "wrote", "Donn")]),
    ("mixed, going on in the next paragraph", "“Maybe it leaks” but it is a boat “that we all like,” Orr "
     "said.\n\n“And that is why a crew is needed on the old deck, come what may, and in any weather.”",
     [("mixed", ["“Maybe it leaks” but it is a boat “that we all like,”", "“And that is why a crew is needed on the "
      "old deck, come what may, and in any weather.”"], "said", "Orr")]),
    ("two names behind a description", "Clay’s pilots, David and Jane Hold, wrote that the deck “had a tin rail” then.",
     [("mixed", ["that the deck “had a tin rail” then"], "wrote", "Clay’s pilots, David and Jane Hold")]),
    ("an event before that", "Marr mused in Thursday night’s Corl debate that the deck was “unfit for a crew” in the "
     "rain.",
     [("mixed", ["that the deck was “unfit for a crew” in the rain"], "mused", "Marr")]),
    ("to whom, with a name", "She vented to her husband, Frank Finch, that it would be “very ugly” and “a huge shock.”",
     [("mixed", ["that it would be “very ugly” and “a huge shock.”"], "vented", "She")]),
    ("a tag before that", "He sincerely believes, he said, that “the deck is a good thing.”",
     [("mixed", ["He sincerely believes", "that “the deck is a good thing.”"], "said", "he")]),
    ("a tag before while", "One offered to shelter the crew, Bob said, while others “didn’t want to know.”",
     [("mixed", ["One offered to shelter the crew", "while others “didn’t want to know.”"], "said", "Bob"),
      ("indirect", ["to shelter the crew"], "offered", "One")]),
    ("by warning", "Marr roused the crew by warning darkly that “the deck is in danger” in the rain.",
     [("mixed", ["that “the deck is in danger” in the rain"], "warning", "Marr")]),
    ("but, before an inverted tag", "But, said Lovey, “I would rather go home.”",
     [("direct", ["I would rather go home."], "said", "Lovey")]),
    ("went on to say", "He went on to say the deck is “very different from the old one.”",
     [("mixed", ["the deck is “very different from the old one.”"], "went on to say", "He")]),
    ("a reflexive object", "Shill describes himself on his page as a “plain man of the deck.”",
     [("mixed", ["himself on his page as a “plain man of the deck.”"], "describes", "Shill")]),
    ("the title of a programme before the tag", "Asked about it on “Corl This Morning,” Sann said he had not “heard "
     "her say the things.”",
     [("mention", ["Corl This Morning,"], None, None),
      ("mixed", ["he had not “heard her say the things.”"], "said", "Sann")]),
    ("the name of a work behind its verb", "Bream, who wrote “The Old Deck,” has been with the crew since May.",
     [("mention", ["The Old Deck,"], None, None)]),
    ("the name of a work in its sentence", "He sat through all of “The Deck: How It Leaked.”",
     [("mention", ["The Deck: How It Leaked."], None, None)]),
    ("an object behind when", "That was when Vane lamented the “sorry” state of the deck.",
     [("mixed", ["the “sorry” state of the deck"], "lamented", "Vane")]),
    ("a quotation in brackets", "The crew fears rain (“The deck is a sieve,” Monk wrote last week) and cold.",
     [("direct", ["The deck is a sieve,"], "wrote", "Monk")]),
    ("a quotation behind a dash", "No one was moved by the deck — “It was born with a hole,” Mr. Elk said.",
     [("direct", ["It was born with a hole,"], "said", "Mr. Elk")]),
    ("the title of a programme in the tag", "“It leaks,” Vane told the hosts of “Morning Deck,” adding that it "
     "always did.",
     [("direct", ["It leaks,"], "told", "Vane"),
      ("mention", ["Morning Deck,"], None, None),
      ("indirect", ["that it always did"], "adding", "Vane")]),
    ("two adjectives in a source", "“It leaks,” the bearded, 70-year-old pilot said.",
     [("direct", ["It leaks,"], "said", "the bearded, 70-year-old pilot")]),
    ("an adverb before a participle", "According to Orr, “the deck is a sieve,” presumably meaning the holes.",
     [("direct", ["the deck is a sieve,"], "According to", "Orr")]),
    ("a title of a part in other marks", "“It leaks,” Orr said.\n\n'A poor deck.'\n\nThe fair went on until the "
     "evening, and the rain with it.",
     [("direct", ["It leaks,"], "said", "Orr"),
      ("direct", ["A poor deck."], None, None)]),
    ("an owner in the plural", "Tad Dean, the Sanders' media adviser, said the crew shows its “disconnect with the "
     "deck.”",
     [("mixed", ["the crew shows its “disconnect with the deck.”"], "said", "Tad Dean, the Sanders' media adviser")]),
    ("an apposition that ends in a title", "Wash, star of the series “Deck Talk,” thanked Vane for “mending the deck.”",
     [("mention", ["Deck Talk,"], None, None),
      ("mixed", ["Vane for “mending the deck.”"], "thanked", "Wash, star of the series “Deck Talk,”")]),
    ("where and a form of be", "It was a fair, where the secretary of state said she was “not here for long” but to "
     "help.",
     [("mixed", ["she was “not here for long” but to help"], "said", "the secretary of state")]),
    ("an adverb that is a noun", "“It leaks!” shouted a man at the back.",
     [("direct", ["It leaks!"], "shouted", "a man at the back")]),
    ("a piece that is played", "The band plays “The Old Deck” every night.",
     [("mention", ["The Old Deck"], None, None)]),
    ("as somebody puts it", "As Orr put it, the deck “does not leak by itself.”",
     [("mixed", ["the deck “does not leak by itself.”"], "put it", "Orr")]),
    ("as somebody puts it, in the middle", "The deck is seen, as Orr puts it, as “a sieve.”",
     [("mixed", ["as “a sieve.”"], "puts it", "Orr")]),
    ("how somebody puts it", "“A wave came in” is how Ann Vane, a pilot, described the flood.",
     [("direct", ["A wave came in"], "described", "Ann Vane, a pilot")]),
    ("a clause within the subject", "Vane’s claim that the deck leaked was rejected by the court.",
     [("indirect", ["that the deck leaked"], "claim", "Vane’s")]),
    ("what is said but not reported", "Orr went on to say goodbye to the crew in the rain.", []),
    ("went on to praise", "Orr went on to praise the crew.",
     [("indirect", ["the crew"], "went on to praise", "Orr")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS])
def test_form_of_news(text: str, expected: list[tuple[Any, ...]]) -> None:
    """Each form gives its kind, its contents, its cue and its source, as a reader of news would mark them."""
    assert found(_OPENING + text, "en") == expected


_REPLY = "“It is the deck and not the hull that lets the water in, as anybody on the pier could have told you, sir.”"


@pytest.mark.parametrize(("reply", "goes_on"), [(_REPLY, True), ("“No.”", False), (_REPLY[:-2] + "?”", False)])
def test_paragraphs_answer_each_other(reply: str, goes_on: bool) -> None:
    """Where paragraphs of quotation follow one another, a long one goes on; one that is short or asks answers."""
    tags = "\n\n".join(f"“The boat of pier {n} leaks,” Orla Finch said on the day after." for n in range(4))
    contents = [content for _, content, _, _ in found(f"{_OPENING}{tags}\n\n{reply}", "en")]
    assert (len(contents[-1]) == 2) is goes_on
